"""The figure of a pool is drawn beside the answer, of the kind that is asked for."""

import xml.etree.ElementTree as ET
from pathlib import Path

from asking import run

POOL = ("pool", "alendronate", "placebo", "--outcome", "hip-fracture")


def words(path: Path) -> str:
    return " ".join(ET.fromstring(path.read_bytes()).itertext())


def test_the_name_of_the_file_says_which_figure(tmp_path: Path) -> None:
    for name in ("forest.svg", "funnel.svg"):
        assert run(*POOL, "--plot", tmp_path / name).code == 0
    assert "22/965" in words(tmp_path / "forest.svg")
    assert "Standard error of log RR" in words(tmp_path / "funnel.svg")


def test_an_option_says_which_figure(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    assert run(*POOL, "--plot", path, "--plot-kind", "funnel").code == 0
    assert "Standard error of log RR" in words(path)


def test_nothing_is_drawn_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    assert run("pool", "vitamin-k2", "placebo", "--outcome", "hip-fracture", "--plot", path).code == 1
    assert not path.exists()


def test_a_figure_that_cannot_be_written_ends_without_an_answer(tmp_path: Path) -> None:
    ran = run(*POOL, "--plot", tmp_path / "no" / "x.svg")
    assert (ran.code, ran.out) == (4, "")
    assert run(*POOL, "--plot", tmp_path / "x.bmp").code == 2
