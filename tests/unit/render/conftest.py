"""Invented answers: no name, sentence or number of the shipped table."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bonerx.answer import Answer, Records
from bonerx.page import Cell, Column, Facts, Listing, Mark, Notes, Quote, Quotes, Section
from bonerx.render import Format, Options, render

HOSTILE = [
    "Plain words on a plain matter.",
    "甲药可增加腰椎骨密度,并预防新的椎体骨折;而乙药仅能“维持”骨密度(见表2),因此应首选甲药。" * 3,
    "[bold]Not markup[/bold], nor [/i], nor [link=http://x]this[/link] :smile:",
    "Steers \x1b[31mred\x1b[0m, bell \x07, C1 \x9b2J, right to left \u202egnorw\u202c, zero\u200bwidth, line\u2028sep",
    "A | pipe, `code`, *stars*, _lines_, <script>alert('x')</script>, &amp; and ~tildes~ # $ \\ end",
    "Antidisestablishmentarianism" * 12,
    "https://example.org/a/very/long/address?with=many&parts=that-never-end" * 3,
    "=SUM(A1:A9)",
    "一",
    "Combining e\u0301 and family 👨‍👩‍👧 and flag 🇯🇵 and 가나다 and ありがとうございました。",
    "tab\tand\nbreak",
]


@pytest.fixture(scope="session")
def hostile() -> list[str]:
    return HOSTILE


@pytest.fixture(scope="session")
def ask() -> Callable[..., Answer]:
    """An answer with the given sections and rows."""

    def asked(*view: Section, headline: str = "Favours A.", scope: str = "gout · human", **more: Any) -> Answer:
        document = {"status": "answered", "query": {"command": "compare"}, "answer": {}, "claims": [], "sources": []}
        records = more.pop("records", Records((), ()))
        return Answer({**document, **more}, "A or B?", scope, headline, lambda: view, lambda: records)

    return asked


@pytest.fixture(scope="session")
def full(ask: Callable[..., Answer]) -> Callable[[Iterable[str]], Answer]:
    """An answer that shows each text as a quote, a summary, a note, a fact and a cell of a listing."""

    def filled(texts: Iterable[str], **more: Any) -> Answer:
        texts = list(texts)
        columns = (Column("Outcome"), Column("Drug A"), Column("Drug B"), Column("Effect"), Column("n", number=True))
        estimate = Cell((0.538, 0.441, 0.656, "RR"), "estimate")
        says, silent = Cell("increases", "direction", (1, 2)), Cell("not stated", "silent")
        rows = ((Cell(text, "outcome"), says, silent, estimate, Cell(1234, "count")) for text in texts)
        quotes = [
            Quote(number, text, number % 2 == 0, "Doe 2001 · S1", "retracted", ("asserted",), (Mark(0, 3, "agent"),))
            for number, text in enumerate(texts, 1)
        ]
        return ask(
            Listing("Outcomes", columns, rows),
            Quotes("Sentences", quotes),
            Facts("Record", tuple((f"Field {number}", Cell(text)) for number, text in enumerate(texts))),
            Notes("Limits", tuple(texts)),
            **more,
        )

    return filled


@pytest.fixture(scope="session")
def draw() -> Callable[..., str]:
    """The whole text of an answer in a format."""

    def drawn(answer: Answer, form: str = "table", **options: Any) -> str:
        return "".join(render(answer, Format(form), Options(**options)))

    return drawn
