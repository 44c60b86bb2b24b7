"""Sentences as a person reads them: numbered as first cited, each with its source, its claims and what to look at."""

from typing import Any

import pytest
from asking import store_of
from small_table import Record, says, table

from bonerx import Compare

TEXT = "Alpha 1 may be better than alpha 10, X or xylitol, though x, it seems, may be cheaper."
SENTENCES: list[Record] = [
    {"id": "doe-2001/S1", "source": "doe-2001", "passages": {"en": {"start": 0, "end": len(TEXT), "text": TEXT}}},
    {"id": "roe-2010/S7", "source": "roe-2010", "passages": {"en": {"start": 0, "end": 12, "text": "X is better."}}},
]


def quotes(*claims: Record, question: Any = None) -> list[Any]:
    """Return the quotes that a person sees under a comparison of alpha-1 with x."""
    answer = (question or Compare("alpha-1", "x")).answer(store_of(table(*claims, sentences=SENTENCES)))
    (section,) = (section for section in answer.view if getattr(section, "title", None) == "In the sources' words")
    return list(section.quotes)


def quoting(text: str, *sentences: str, cues: tuple[str, ...] = (), **more: Any) -> Record:
    record = {name: value for name, value in says(text, **more).items() if name not in ("summary", "sources")}
    if cues:
        record["hedge"] = record["hedge"] | {"cues": {"en": list(cues)}}
    return record | {"sentences": list(sentences)}


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        pytest.param(
            [quoting("alpha-1 > x", "doe-2001/S1")], [(1, TEXT, True, "Doe 2001 · S1")], id="a sentence is verbatim"
        ),
        pytest.param(
            [says("alpha-1 > x", source="doe-2001 roe-2010")],
            [(1, "What is said: alpha-1 > x.", False, "Doe 2001; Roe 2010")],
            id="a summary is not, and names all sources",
        ),
        pytest.param(
            [quoting("alpha-1 > x", "roe-2010/S7", "doe-2001/S1")],
            [(1, "X is better.", True, "Roe 2010 · S7"), (2, TEXT, True, "Doe 2001 · S1")],
            id="sentences of one claim in its order",
        ),
        pytest.param(
            [quoting("x treats", "roe-2010/S7"), quoting("alpha-1 > x", "doe-2001/S1")],
            [(1, TEXT, True, "Doe 2001 · S1"), (2, "X is better.", True, "Roe 2010 · S7")],
            id="numbered in the order of the answer, not of the table",
        ),
        pytest.param(
            [quoting("alpha-1 > x", "doe-2001/S1"), quoting("x treats", "doe-2001/S1")],
            [(1, TEXT, True, "Doe 2001 · S1")], id="a sentence behind two claims stands once",
        ),
    ],
)  # fmt: skip
def test_what_is_cited_is_quoted_once(claims: list[Record], shown: list[tuple[object, ...]]) -> None:
    assert [(quote.number, quote.text, quote.verbatim, quote.cite) for quote in quotes(*claims)] == shown


@pytest.mark.parametrize(
    ("claim", "fact"),
    [
        pytest.param(says("alpha-1 > x"), "comparison, asserted · population: not stated · human", id="plain"),
        pytest.param(
            quoting("alpha-1 > x", "doe-2001/S1", cues=("may be", "seems"), hedge="possible", whom="women"),
            "comparison, possible (“may be”, “seems”) · population: ill women, stated · human", id="with its cues",
        ),
        pytest.param(
            says("alphas > x", setting="Japan"),
            "comparison, asserted · population: not stated · human · setting: Japan · by class", id="by class",
        ),
        pytest.param(
            says("alpha-1 > x", population={"id": "ill", "basis": "inherited", "emphasis": "women"}),
            "comparison, asserted · population: the ill, inherited, emphasis on ill women · human", id="inherited",
        ),
        pytest.param(
            says("alpha-1 > x", population={"basis": "not-stated", "emphasis": "women"}),
            "comparison, asserted · population: not stated, emphasis on ill women · human", id="emphasis alone",
        ),
        pytest.param(
            says("alpha-1 > x", whom="rats"), "comparison, asserted · population: spayed rats, stated · rat",
            id="of rats",
        ),
    ],
)  # fmt: skip
def test_a_fact_says_what_a_claim_is(claim: Record, fact: str) -> None:
    (quote,) = quotes(claim)
    assert quote.facts == (fact,)


@pytest.mark.parametrize(
    ("claim", "marked"),
    [
        pytest.param(
            quoting("alpha-1 > x", "doe-2001/S1"), [("Alpha 1", "agent"), ("X", "agent"), ("x", "agent")],
            id="agents in any case, and never inside another word",
        ),
        pytest.param(
            quoting("alpha-1 treats", "doe-2001/S1"), [("Alpha 1", "agent")], id="only agents that the claim names"
        ),
        pytest.param(
            quoting("alpha-1 treats", "doe-2001/S1", cues=("may be",), hedge="possible"),
            [("Alpha 1", "agent"), ("may be", "cue"), ("may be", "cue")], id="every place of a cue",
        ),
        pytest.param(
            quoting("alpha-1 treats", "doe-2001/S1", cues=("Alpha 1 may be", "may be better"), hedge="possible"),
            [("Alpha 1 may be", "cue"), ("may be", "cue")][:1], id="of overlapping marks the first and longest",
        ),
        pytest.param(
            quoting("alphas treats", "doe-2001/S1", named=["alpha-1"]), [("Alpha 1", "agent")], id="a member it names"
        ),
    ],
)  # fmt: skip
def test_the_words_that_matter_are_marked(claim: Record, marked: list[tuple[str, str]]) -> None:
    (quote,) = quotes(claim)
    assert [(quote.text[mark.start : mark.end], mark.role) for mark in quote.marks] == marked
    assert all(one.end <= other.start for one, other in zip(quote.marks, quote.marks[1:], strict=False))


@pytest.mark.parametrize(
    ("source", "warning"),
    [
        pytest.param("doe-2001", None, id="nothing known against it"),
        pytest.param("gone-1999", "RETRACTED: invented", id="retracted"),
        pytest.param("doubted-2005", "CONCERN: figures do not add up", id="of concern"),
        pytest.param("doe-2001 doubted-2005", "CONCERN: figures do not add up", id="one of two"),
    ],
)
def test_what_is_known_against_a_source_stands_with_it(source: str, warning: str | None) -> None:
    (quote,) = quotes(says("alpha-1 > x", source=source))
    assert quote.warning == warning


def test_a_cue_without_spaces_around_it_is_marked_beside_letters_too() -> None:
    text = "X可能更好。"
    sentence = {"id": "doe-2001/S1", "source": "doe-2001", "passages": {"zh": {"start": 0, "end": 6, "text": text}}}
    claim = quoting("x treats", "doe-2001/S1", hedge="possible")
    claim["hedge"]["cues"] = {"zh": ["可能"]}
    store = store_of(table(claim, sentences=[sentence]))
    (section,) = (each for each in Compare("x", "y").answer(store).view if hasattr(each, "quotes"))
    (quote,) = section.quotes
    assert [quote.text[mark.start : mark.end] for mark in quote.marks] == ["X", "可能"]
