"""Letters that the font of a figure lacks are drawn in one that has them, or it is told that none has."""

from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager, ft2font

from bonerx.page import Forest, ForestRow, Funnel, Graph, Plot
from bonerx.render import fonts
from bonerx.render.figure import draw

CHINESE, KOREAN, EMOJI = "阿仑膦酸", "김철수", "👩\u200d⚕\ufe0f"


def forest(name: str) -> Forest:
    row = ForestRow(f"{name} 2001", 0.5, 0.2, 1.3, "study", "5/100", "10/100", 1.0)
    return Forest(f"{name} against none", "RR", name, "none", (row,), log=True, null=1.0)


def funnel(name: str) -> Funnel:
    return Funnel(f"{name} against none", "RR", log=True, centre=-0.5, points=((name, -0.7, 0.5), ("B", -0.4, 0.2)))


def network(name: str) -> Graph:
    return Graph(f"Trials on {name}", ("none", name), (("none", name, 2),))


def font(path: Path, letters: str, family: str) -> str:
    """Make a font that has just these letters, each a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (850, 700), (850, 0)):
        pen.lineTo(corner)
    pen.closePath()
    glyph = pen.glyph()
    names = [".notdef", *(f"u{ord(letter):X}" for letter in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (900, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(str(path))
    return str(path)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fonts of the machine besides the library's own, at first none."""
    found: list[str] = []
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: list(found))
    monkeypatch.setattr(font_manager.fontManager, "ttflist", list(font_manager.fontManager.ttflist))
    return found


@pytest.mark.parametrize("drawing", [forest, funnel, network])
@pytest.mark.parametrize("form", ["png", "pdf"])
def test_letters_that_no_font_has_are_told(drawing: Any, form: str, machine: list[str], tmp_path: Path) -> None:
    said = draw(Plot(str(tmp_path / f"a.{form}"), drawing(CHINESE)))
    assert said is not None
    assert all(letter in said for letter in CHINESE)
    assert "`.svg`" in said


@pytest.mark.parametrize("drawing", [forest, funnel, network])
def test_an_svg_keeps_every_letter_as_text(drawing: Any, machine: list[str], tmp_path: Path) -> None:
    name = f"{CHINESE} {KOREAN} {EMOJI}"
    assert draw(Plot(str(tmp_path / "a.svg"), drawing(name))) is None
    assert name in (tmp_path / "a.svg").read_text("utf-8")


@pytest.mark.parametrize("name", ["drug", "Ångström β", "Кузнецов", "أليندرونات"])
def test_letters_that_the_own_font_has_need_no_other(name: str, machine: list[str], tmp_path: Path) -> None:
    machine.append("/nowhere/never-opened.ttf")
    said = draw(Plot(str(tmp_path / "a.png"), forest(name)))
    assert said is None or not hasattr(ft2font, "__libraqm_version__")


@pytest.mark.parametrize("form", ["png", "pdf", "svg"])
def test_a_font_of_the_machine_that_has_them_is_used(form: str, machine: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"a.{form}"
    draw(Plot(str(path), forest(CHINESE)))
    boxes = path.read_bytes()
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    machine += [str(tmp_path / "broken.ttf"), str(tmp_path / "absent.ttf"), font(tmp_path / "b.ttf", "甲", "Other")]
    machine.append(font(tmp_path / "c.ttf", CHINESE, "Has Chinese"))
    for _ in range(2):
        assert draw(Plot(str(path), forest(CHINESE))) is None
        found = path.read_bytes()
        assert found != boxes
    assert draw(Plot(str(path), forest(CHINESE))) is None
    assert path.read_bytes() == found  # the same figure, the same bytes
    if form == "svg":
        assert "Has Chinese" in found.decode()
        assert "Other" not in found.decode()


def test_several_fonts_are_used_together_and_what_none_has_is_told(machine: list[str], tmp_path: Path) -> None:
    machine += [font(tmp_path / "c.ttf", CHINESE, "Has Chinese"), font(tmp_path / "k.ttf", KOREAN, "Has Korean")]
    said = draw(Plot(str(tmp_path / "a.png"), forest(f"{CHINESE}{KOREAN}甲")))
    assert said is not None
    assert "甲" in said
    assert not any(letter in said for letter in CHINESE + KOREAN)


def test_of_fonts_that_have_all_letters_the_plainest_is_taken(machine: list[str], tmp_path: Path) -> None:
    machine += [font(tmp_path / f"{name}.ttf", CHINESE, name) for name in ("A Bold", "B Serif", "C Sans", "D Mono")]
    draw(Plot(str(tmp_path / "a.svg"), forest(CHINESE)))
    assert "C Sans" in (tmp_path / "a.svg").read_text("utf-8")


def test_what_joins_letters_that_are_missing_is_left_out_and_the_rest_kept(machine: list[str]) -> None:
    assert fonts._unjoined(EMOJI, {"👩"}) == "👩⚕\ufe0f"
    assert fonts._unjoined("می\u200cخواهم", {"👩"}) == "می\u200cخواهم"


def test_a_title_that_begins_with_an_arabic_name_is_read_as_it_is_written(machine: list[str]) -> None:
    assert fonts._in_our_order("أليندرونات against placebo") == "\u200eأليندرونات against placebo"
    assert fonts._in_our_order("إبراهيم 2001") == "إبراهيم 2001"
    assert fonts._in_our_order("lower with أليندرونات") == "lower with أليندرونات"


def test_what_would_be_obeyed_is_drawn_as_an_escape(machine: list[str], tmp_path: Path) -> None:
    assert draw(Plot(str(tmp_path / "a.svg"), forest("x\u202e\x07\x1b[31my"))) is None
    text = (tmp_path / "a.svg").read_text("utf-8")
    assert r"x\u202e\x07\x1b[31my" in text
    assert not set("\u202e\x07\x1b") & set(text)
