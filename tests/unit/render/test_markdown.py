"""Markdown shows what was said: third-party text stays text in a reader's eyes."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bonerx.page import Cell, Column, Facts, Listing, Notes, Quote, Quotes
from bonerx.render.options import Options
from bonerx.render.visible import visible


class Reader(HTMLParser):
    """Collects the text a reader sees, and the tags around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def read(markdown: str) -> Reader:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader = Reader()
    reader.feed(parser.render(markdown))
    reader.close()
    return reader


def bare(text: str) -> str:
    return "".join(text.split())


def shown(text: str) -> str:
    return bare(visible(text, Options()))


def test_every_text_is_read_back_as_it_was(full, draw, hostile):
    text = bare(read(draw(full(hostile), "markdown")).text)
    assert [one for one in hostile if text.count(shown(one)) < 4] == []


@given(text=st.text(max_size=60).filter(shown))
def test_no_text_is_taken_for_markup(ask, draw, text):
    quotes = Quotes(None, [Quote(1, text, verbatim=True, cite="Doe", facts=(text,))])
    listing = Listing(None, (Column("a"), Column("b", number=True)), [(Cell(text), Cell(1, "count"))])
    view = (quotes, listing, Notes(None, (text, text)), Facts(None, ((text, Cell(text)),)))
    page = read(draw(ask(*view), "markdown"))
    plain = read(draw(ask(*blank(view)), "markdown"))
    assert page.tags == plain.tags
    assert bare(page.text).count(shown(text)) >= 6


def blank(view: tuple) -> tuple:
    """The same sections with a harmless word for the text."""
    word = "word"
    return (
        Quotes(None, [Quote(1, word, verbatim=True, cite="Doe", facts=(word,))]),
        Listing(None, (Column("a"), Column("b", number=True)), [(Cell(word), Cell(1, "count"))]),
        Notes(None, (word, word)),
        Facts(None, ((word, Cell(word)),)),
    )


def test_the_page_in_full(ask, draw):
    listing = Listing(
        "Outcomes",
        (Column("Outcome"), Column("A|B"), Column("n", number=True)),
        [(Cell("Flares <1>"), Cell("prevents", "direction", (1,)), Cell(12, "count"))],
    )
    quotes = Quotes("Sentences", [Quote(1, "It *helps*.", verbatim=True, cite="Doe 2001", warning="retracted")])
    assert draw(ask(listing, quotes, Notes("Steps", ("one", "two"), numbered=True)), "markdown") == (
        "## A or B?\n"
        "\n"
        "gout · human\n"
        "\n"
        "**Favours A.**\n"
        "\n"
        "### Outcomes\n"
        "\n"
        "| Outcome | A\\|B | n |\n"
        "|---|---|---:|\n"
        "| Flares &lt;1&gt; | prevents \\[1\\] | 12 |\n"
        "\n"
        "### Sentences\n"
        "\n"
        "> “It \\*helps\\*.”\n"
        ">\n"
        "> \\[1\\] Doe 2001 **retracted**\n"
        "\n"
        "### Steps\n"
        "\n"
        "1. one\n"
        "2. two\n"
    )
