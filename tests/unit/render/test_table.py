"""The page for a person: right at any width, with everything on it, and readable without colour."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from bonerx.page import Cell, Column, Facts, Listing, Mark, Notes, Quote, Quotes, Raw
from bonerx.render.options import Options
from bonerx.render.visible import visible

WIDTHS = [20, 40, 80, 200]
SGR = re.compile(r"\x1b\[[0-9;]*m")
ANY = st.text(max_size=200)


def bare(text: str) -> str:
    return "".join(text.split())


def shown(text: str) -> str:
    return bare(visible(text, Options()))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_page(full, draw, hostile, width):
    page = draw(full(hostile), width=width)
    assert [line for line in page.splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colour", [False, True])
def test_every_character_of_every_sentence_is_there_in_order(full, draw, hostile, width, colour):
    page = bare(SGR.sub("", draw(full(hostile), width=width, colour=colour)))
    assert [text for text in hostile if shown(text) not in page] == []


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(ANY, min_size=1, max_size=3), width=st.integers(20, 120), colour=st.booleans())
def test_nothing_is_lost_whatever_the_text(full, draw, texts, width, colour):
    page = SGR.sub("", draw(full(texts), width=width, colour=colour))
    assert all(shown(text) in bare(page) for text in texts)
    assert all(cell_len(line) <= width for line in page.split("\n"))
    assert "\x1b" not in page


@pytest.mark.parametrize("width", WIDTHS)
def test_every_number_is_there(full, draw, hostile, width):
    page = draw(full(hostile), width=width)
    assert page.count("(0.44 to 0.66)") == len(hostile)
    assert page.count("1234") >= len(hostile)


def test_without_colour_there_is_no_escape_code(full, draw, hostile):
    assert "\x1b" not in draw(full(hostile), width=80)


def test_third_party_text_brings_no_escape_code_of_its_own(full, draw, hostile):
    page = draw(full(hostile), width=80, colour=True)
    assert "\x1b" not in SGR.sub("", page)
    assert r"\x1b[31mred\x1b[0m" in bare(SGR.sub("", page))


def test_ascii_decoration_is_all_ascii(full, draw):
    page = draw(
        full(["Plain words.", "More plain words, and more of them than a line of this page could hold."]), ascii=True
    )
    assert page.isascii()
    assert '"More plain words' in page
    assert "^ increases" in page


def test_text_that_the_output_lacks_still_fits(full, draw, hostile):
    page = draw(full(hostile), width=40, ascii=True, encoding="ascii")
    assert page.isascii()
    assert max(map(len, page.splitlines())) <= 40
    assert r"\u7532\u836f" in page


def test_lines_end_where_their_words_end(full, draw, hostile):
    page = draw(full(hostile), width=80)
    assert [line for line in page.splitlines() if line != line.rstrip(" ")] == []


def test_the_page_in_full(ask, draw):
    text = "Drug A, rather than drug B, should be chosen in gout."
    says = Cell(["preferred"], "direction", (1,), "by class")
    listing = Listing(
        None,
        (Column("Outcome"), Column("A"), Column("B"), Column("Compared?")),
        [
            (Cell("Flares"), Cell("prevents", "direction", (2,)), Cell("not stated", "silent"), Cell("–", "silent")),
            (Cell("First choice"), says, Cell(None, "silent"), Cell("favours A", "verdict")),
        ],
    )
    quotes = [
        Quote(1, text, verbatim=True, cite="Doe 2001 · S4", facts=("recommendation, asserted (“should be”)",)),
        Quote(
            2,
            "Fewer flares.",
            verbatim=False,
            cite="Roe 2010",
            warning="retracted: invented data",
            facts=("efficacy", "mechanism"),
        ),
    ]
    answer = ask(listing, Quotes("Sentences", quotes), Notes("Limits", ("Rests on one source.",)))
    assert draw(answer, width=72) == (
        "A or B?                                                     gout · human\n"
        "\n"
        "Favours A.\n"
        "\n"
        "  Outcome        A                            B              Compared?\n"
        "  ────────────   ──────────────────────────   ────────────   ─────────\n"
        "  Flares         ✓ prevents             [2]   – not stated   –\n"
        "  First choice   ★ preferred (by class) [1]   –              favours A\n"
        "\n"
        "Sentences\n"
        "  [1] “Drug A, rather than drug B, should be chosen in gout.”\n"
        "      Doe 2001 · S4\n"
        "      • recommendation, asserted (“should be”)\n"
        "\n"
        "  [2] curator's summary: Fewer flares.\n"
        "      Roe 2010\n"
        "      ! retracted: invented data\n"
        "      • efficacy\n"
        "      • mechanism\n"
        "\n"
        "Limits\n"
        "  Rests on one source.\n"
    )


def test_marks_stand_on_the_words_of_the_sentence_whatever_comes_before_them(ask, draw):
    text = "\x1b甲 drug A may help"
    marks = (Mark(3, 9, "agent"), Mark(10, 13, "cue"))
    page = draw(ask(Quotes(None, [Quote(1, text, verbatim=True, cite="Doe 2001", marks=marks)])), colour=True)
    assert "\x1b[1mdrug A\x1b[0m" in page
    assert re.search(r"\x1b\[[0-9;]+mmay\x1b\[0m", page)


def test_the_strength_of_the_wording_is_in_colour_as_well_as_in_words(ask, draw):
    facts = ("efficacy, possible (“may be”) · population: gout", "usage")
    page = draw(ask(Quotes(None, [Quote(1, "It may.", verbatim=True, cite="Doe 2001", facts=facts)])), colour=True)
    assert "efficacy, \x1b[0m\x1b[33mpossible\x1b[0m\x1b[2m (“may be”)" in page


def test_without_colour_what_is_marked_is_told_in_words(ask, draw):
    marks = (Mark(0, 6, "agent"), Mark(7, 10, "cue"), Mark(11, 15, "hit"))
    page = draw(ask(Quotes(None, [Quote(1, "Drug A may help", verbatim=True, cite="Doe 2001", marks=marks)])))
    assert [part.strip() for part in page.split("•")[1:]] == ["agents: Drug A", "cue words: may", "found: help"]


def test_a_listing_that_does_not_fit_becomes_records(ask, draw):
    row = (Cell("Lumbar spine density"), Cell("increases", "direction", (1,)), Cell((0.5, 0.4, 0.6, "RR"), "estimate"))
    listing = Listing(None, (Column("Outcome"), Column("Drug A"), Column("Compared?")), [row, row])
    page = draw(ask(listing, scope=""), width=30)
    record = "Lumbar spine density\n  Drug A:    ▲ increases [1]\n  Compared?  RR 0.50\n             (0.40 to 0.60)\n"
    assert page.endswith(f"{record}\n{record}")


def test_a_folded_cell_has_its_references_behind_its_words_and_others_once_in_their_place(ask, draw):
    columns = (Column("Outcome"), Column("Drug A"), Column("Compared?"))
    rows = [
        (Cell("pain"), Cell("prevents", "direction", (1,)), Cell("–", "silent")),
        (Cell("a long name of an outcome that folds"), Cell("increases", "direction", (1,)), Cell("–", "silent", (3,))),
        (
            Cell("flares"),
            Cell("prevents", "direction", (1,)),
            Cell("favours drug A", "verdict", (2,), "by class, possible"),
        ),
    ]
    page = draw(ask(Listing(None, columns, rows)), width=60)
    assert page.split("\n\n")[-1] == (
        "  Outcome             Drug A           Compared?\n"
        "  ──────────────────  ───────────────  ─────────────────────\n"
        "  pain                ✓ prevents  [1]  –\n"
        "  a long name of an   ▲ increases [1]  –                 [3]\n"
        "    outcome that\n"
        "    folds\n"
        "  flares              ✓ prevents  [1]  favours drug A (by\n"
        "                                       class, possible) [2]\n"
    )


def test_thousands_of_rows_come_page_by_page(ask):
    from bonerx.render.table import render

    taken = []

    def rows():
        for number in range(5000):
            taken.append(number)
            yield (Cell(f"outcome {number}"), Cell(number, "count"))

    pieces = render(ask(Listing(None, (Column("Outcome"), Column("n", number=True)), rows())), Options())
    head = [next(pieces) for _ in range(10)]
    assert len(taken) < 1000
    body = "".join([*head, *pieces])
    assert all(f"outcome {number} " in body for number in (0, 4999))
    assert body.count("─────") < 10


def test_a_later_page_with_longer_words_gets_columns_of_its_own(ask, draw):
    rows = ((Cell("x" * (3 if number < 600 else 20)), Cell(1000 + number, "count")) for number in range(1200))
    page = draw(ask(Listing(None, (Column("Name"), Column("n", number=True)), rows)), width=80)
    assert page.count("Name") == 2
    assert page.count("x" * 20) == 600


def test_raw_text_alone_is_the_whole_page(ask, draw):
    text = '{"$schema": "…"}\n'
    for form in ("table", "plain", "markdown"):
        assert draw(ask(Raw(text)), form, width=20) == text


def test_raw_text_among_sections_is_left_as_it_stands(ask, draw):
    assert draw(ask(Notes(None, ("one",)), Raw("a" * 100)), width=40).endswith("one\n\n" + "a" * 100 + "\n")


def test_steps_are_numbered_and_facts_lined_up(ask, draw):
    notes = Notes("Steps", ("asked", "found"), numbered=True)
    facts = Facts(
        "Record", (("Year", Cell(2003, "count")), ("Share", Cell(0.42, "percent", (3,))), ("p", Cell(0.2, "p")))
    )
    page = draw(ask(notes, facts), width=80)
    assert "  1. asked\n  2. found\n" in page
    assert "  Year:   2003\n  Share:  42% [3]\n  p:      0.20\n" in page


def test_an_empty_section_is_no_fault(ask, draw):
    view = (Listing(None, (Column("a"),), ()), Quotes("q", ()), Notes("n", ()), Facts(None, ()))
    assert "Favours A." in draw(ask(*view), width=40)
