"""Lines for pipes: one record each, whole, without box or colour."""

from bonerx.page import Cell, Column, Facts, Listing, Notes, Quote, Quotes
from bonerx.render.options import Options
from bonerx.render.visible import visible


def test_the_lines_in_full(ask, draw):
    listing = Listing(
        None,
        (Column("Outcome"), Column("A"), Column("Effect")),
        [(Cell("Flares"), Cell("prevents", "direction", (1,), "by class"), Cell((0.5, 0.4, 0.6, "RR"), "estimate"))],
    )
    quotes = [
        Quote(1, "It helps.", verbatim=True, cite="Doe 2001 · S1", warning="retracted", facts=("asserted", "stated")),
        Quote(2, "It may.", verbatim=False, cite="Roe 2010"),
    ]
    view = (
        listing,
        Quotes("Sentences", quotes),
        Facts("Record", (("Year", Cell(2001, "count")),)),
        Notes("Steps", ("one",), numbered=True),
    )
    assert draw(ask(*view), "plain") == (
        "Favours A.\n"
        "Asked:\tA or B?\tgout · human\n"
        "\n"
        "Outcome\tA\tEffect\n"
        "Flares\tprevents (by class) [1]\tRR 0.50 (0.40 to 0.60)\n"
        "\n"
        "Sentences\n"
        "[1]\t“It helps.”\tDoe 2001 · S1\tretracted\tasserted\tstated\n"
        "[2]\tcurator's summary: It may.\tRoe 2010\n"
        "\n"
        "Record\n"
        "Year\t2001\n"
        "\n"
        "Steps\n"
        "1. one\n"
    )


def test_each_sentence_is_whole_on_one_line(full, draw, hostile):
    lines = draw(full(hostile), "plain", width=20).split("\n")
    for text in hostile:
        assert sum(visible(text, Options()) in line for line in lines) >= 4


def test_nothing_of_a_terminal_is_in_it(full, draw, hostile):
    text = draw(full(hostile), "plain", colour=True)
    assert "\x1b" not in text
    assert "│" not in text


def test_ascii_uses_ascii_quotation_marks(full, draw):
    text = draw(full(["甲", "Said so."]), "plain", ascii=True)
    assert '"Said so."' in text
    assert text.replace("甲", "").isascii()
