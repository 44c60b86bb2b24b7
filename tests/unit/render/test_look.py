"""Every role has words of its own, and a symbol never stands without them."""

import pytest

from bonerx.model.kinds import Direction, HedgeLevel, Integrity, Stance
from bonerx.page import ROLES, Cell
from bonerx.render.look import SYMBOLS, runs, words
from bonerx.render.options import Options

PAGE, ASCII = Options(), Options(ascii=True)


def text(cell: Cell, options: Options = PAGE, label: str = "") -> str:
    return "".join(run.text for run in runs(cell, options, label))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell("increases", "direction"), "▲ increases"),
        (Cell("no-difference", "direction"), "≈ no difference"),
        (Cell(["increases", "maintains"], "direction"), "▲ increases, ▬ maintains"),
        (Cell("superior", "direction", (), "to etidronate"), "> superior (to etidronate)"),
        (Cell("not stated", "silent"), "– not stated"),
        (Cell("side by side", "silent"), "side by side"),
        (Cell(None, "silent"), "–"),
        (Cell("none-known", "integrity"), "none known"),
        (Cell("retracted", "integrity"), "✗ retracted"),
        (Cell("no-difference", "verdict"), "no difference"),
        (Cell("favours drug-a", "verdict"), "favours drug-a"),
        (Cell("possible", "hedge"), "possible"),
        (Cell("pending", "stance"), "… pending"),
        (Cell(12, "count"), "12"),
        (Cell(None, "count"), "not known"),
        (Cell(None, "estimate"), "not known"),
        (Cell((None, None, None, "RR"), "estimate"), "not known"),
        (Cell((None, 0.5, 0.9, "RR"), "estimate"), "RR (0.50 to 0.90)"),
        (Cell((0.7, 0.5, 0.9, "RR"), "estimate"), "RR 0.70 (0.50 to 0.90)"),
        (Cell((0.7, 0.5, 0.9, None), "estimate"), "0.70 (0.50 to 0.90)"),
        (Cell(0.2, "p"), "p = 0.20"),
        (Cell(0.42, "percent"), "42%"),
        (Cell(0.538, "number"), "0.54"),
        (Cell("about 3", "number"), "about 3"),
        (Cell(value=True), "yes"),
        (Cell(value=False), "no"),
        (Cell(["a", "b"]), "a, b"),
        (Cell([]), ""),
        (Cell("drug-a", "id"), "drug-a"),
    ],
)
def test_a_cell_reads(cell, shown):
    assert text(cell) == shown


def test_what_a_label_says_is_not_said_again():
    assert text(Cell((0.7, 0.5, 0.9, "RR"), "estimate"), label="RR (95% CI)") == "0.70 (0.50 to 0.90)"
    assert text(Cell(0.2, "p"), label="p") == "0.20"


def test_words_have_references_and_no_symbol():
    assert words(Cell("increases", "direction", (2, 4), "by class"), PAGE) == "increases (by class) [2] [4]"


@pytest.mark.parametrize(
    ("role", "kinds"), [("direction", Direction), ("stance", Stance), ("integrity", Integrity), ("hedge", HedgeLevel)]
)
def test_every_value_of_the_vocabularies_is_in_words_and_in_ascii(role, kinds):
    for kind in kinds:
        assert any(part.isalpha() for part in text(Cell(str(kind), role)).split())
        assert text(Cell(str(kind), role), ASCII).isascii()


def test_every_direction_has_a_symbol():
    assert set(Direction) <= set(SYMBOLS)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_and_words_can_stand_in_any_role(role):
    assert text(Cell(None, role)) in ("not known", "–")
    assert text(Cell("some words", role)) == "some words"
