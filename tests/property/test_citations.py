"""Every claim that an answer names is among its claims, and every source of these among its sources."""

from collections.abc import Iterator
from typing import Any

from asking import answer_of, store_of
from generated import asked, cases, populations, species
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare
from bonerx.questions.rank.by_statements import Rank
from bonerx.questions.records.evidence import Evidence
from bonerx.questions.records.show import Show

outcomes = st.none() | st.just("fracture")


def named(value: Any) -> Iterator[str]:
    """Yield every string in an answer that is the id of a claim."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from named(inner)
    elif isinstance(value, list):
        for item in value:
            yield from named(item)
    elif isinstance(value, str) and value.startswith("claim-"):
        yield value


@given(case=cases(), one=asked, population=populations, species=species, outcome=outcomes)
@settings(max_examples=40, deadline=None)
def test_what_an_answer_names_it_cites(case, one, population, species, outcome) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    store = store_of(table)
    for question in (
        Compare(*pair, outcome=outcome, population=population, species=species),
        Combo(("alpha-one", "vitamin"), outcome=outcome, population=population, species=species),
        Rank(population),
        Evidence((one,), outcome=outcome, population=population, species=species),
        Show("claim-0"),
    ):
        document = answer_of(store, question)
        cited = [claim["id"] for claim in document["claims"]]
        assert len(cited) == len(set(cited))
        assert set(named(document["answer"])) <= set(cited)
        sources = {source["id"] for source in document["sources"]}
        assert {source for claim in document["claims"] for source in claim["sources"]} == sources
        if sources:
            assert document["caveats"][0].startswith(f"rests on {len(sources)} source")


@given(case=cases(), population=populations, species=species, outcome=outcomes)
@settings(max_examples=40, deadline=None)
def test_what_a_choice_cites_it_names(case, population, species, outcome) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    store = store_of(table)
    for question in (
        Compare(*pair, outcome=outcome, population=population, species=species),
        Combo(("alpha-one", "vitamin"), outcome=outcome, population=population, species=species),
        Rank(population),
    ):
        document = answer_of(store, question)
        assert {claim["id"] for claim in document["claims"]} <= set(named(document["answer"]))
