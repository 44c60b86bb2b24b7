"""Figures for publication: drawn into their file, the same each time, or refused with what to do."""

import builtins
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from bonerx.errors import Unreadable, UsageError
from bonerx.page import Forest, ForestRow, Funnel, Plot
from bonerx.render.figure import draw

ROWS = (
    ForestRow("A $trial$ of 1999", 0.5, 0.2, 1.3, "study", "5/100", "10/100", 0.3),
    ForestRow("B", 0.7, 0.001, 80.0, "study", "6/120", "9/110", 0.7),
    ForestRow("C", None, None, None, "study", "0/9", "0/9"),
    ForestRow("Random effects", 0.6, 0.4, 0.9, "pooled"),
    ForestRow("Prediction", None, 0.2, 2.0, "prediction"),
)
FOREST = Forest(
    "drug against none", "RR", "drug", "none", ROWS, log=True, null=1.0, left="favours drug", right="favours none"
)
FUNNEL = Funnel("drug against none", "RR", log=True, centre=-0.5, points=(("A", -0.7, 0.5), ("B", -0.4, 0.2)))


@pytest.mark.parametrize("drawing", [FOREST, FUNNEL], ids=["forest", "funnel"])
def test_an_svg_is_xml_with_words_and_the_same_each_time(drawing: Any, tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw(Plot(str(tmp_path / name), drawing))
    one = (tmp_path / "one.svg").read_bytes()
    assert one == (tmp_path / "two.svg").read_bytes()
    words = " ".join(ET.fromstring(one).itertext())
    assert "drug against none" in words
    assert "<dc:date>" not in one.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.svg", "two.svg"]


def test_a_forest_plot_holds_every_row(tmp_path: Path) -> None:
    path = tmp_path / "forest.svg"
    draw(Plot(str(path), FOREST))
    words = " ".join(ET.fromstring(path.read_bytes()).itertext())
    for part in ("A $trial$ of 1999", "5/100", "0.50 (0.20 to 1.30)", "not estimable", "30%", "favours drug"):
        assert part in words


@pytest.mark.parametrize(("name", "begins"), [("x.PNG", b"\x89PNG"), ("x.pdf", b"%PDF")])
def test_other_formats(name: str, begins: bytes, tmp_path: Path) -> None:
    for drawing in (FOREST._replace(log=False, null=0.0, measure="MD"), FUNNEL._replace(log=False)):
        draw(Plot(str(tmp_path / name), drawing))
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_what_cannot_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no figure can be drawn as"):
        draw(Plot(str(tmp_path / "x.gif"), FOREST))
    with pytest.raises(UsageError, match="is no page"):
        draw(Plot(str(tmp_path / "x.svg"), FOREST._replace(rows=ROWS * 100)))
    with pytest.raises(Unreadable):
        draw(Plot(str(tmp_path / "no" / "x.svg"), FUNNEL))
    assert not list(tmp_path.iterdir())


def test_without_matplotlib_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as raised:
        draw(Plot(str(tmp_path / "x.svg"), FOREST))
    assert "pip install 'bonerx[plot]'" in (raised.value.hint or "")
