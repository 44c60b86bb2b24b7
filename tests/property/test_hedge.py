"""An answer is never worded more strongly than the weakest of the claims that decide it."""

from asking import answer_of, store_of
from generated import HEDGES, cases, populations, tables, verdicts
from hypothesis import given, settings

from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare
from bonerx.questions.rank.by_statements import Rank

STRONG = {"suggested": "suggested", "possible": "may", "proposed": "proposed"}


@given(case=cases(), population=populations)
@settings(max_examples=40, deadline=None)
def test_a_verdict_is_as_weak_as_the_weakest_claim_behind_it(case, population) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    document = answer_of(store_of(table), Compare(*pair, population=population))
    said = {claim["id"]: claim["hedge"]["level"] for claim in document["claims"]}
    headline = document["answer"]["headline"].casefold()
    for verdict in verdicts(document["answer"]):
        if verdict["verdict"] == "undetermined":
            assert verdict["hedge"] is None
            continue
        deciding = verdict["claims"]
        if "outcome" in verdict:
            bases = {claim["id"]: claim["basis"] for claim in document["claims"]}
            counted = {claim["id"] for claim in document["claims"] if not claim["retracted"]}
            advice = {
                claim["id"] for claim in document["claims"] if claim["kind"] in ("recommendation", "proposal", "usage")
            }
            silent = {claim["id"] for claim in document["claims"]
                      if claim["favours"] is None and claim["direction"] != "no-difference"}  # fmt: skip
            deciding = [id_ for id_ in deciding if id_ in counted - advice - silent and bases[id_] == verdict["basis"]]
        assert deciding
        assert HEDGES.index(verdict["hedge"]) >= max(HEDGES.index(said[id_]) for id_ in deciding)
        if verdict["favoured"] and verdict["hedge"] in STRONG:
            assert STRONG[verdict["hedge"]] in headline


@given(table=tables("alpha-one", "vitamin", "alpha-one+vitamin", "beta-one"), population=populations)
@settings(max_examples=40, deadline=None)
def test_an_order_and_a_combination_are_too(table, population) -> None:  # type: ignore[no-untyped-def]
    store = store_of(table)
    ranked = answer_of(store, Rank(population))
    said = {claim["id"]: claim["hedge"]["level"] for claim in ranked["claims"]}
    for placed in ranked["answer"]["tiers"] + ranked["answer"]["add_on"] + ranked["answer"]["advised"]:
        assert HEDGES.index(placed["hedge"]) == max(HEDGES.index(said[id_]) for id_ in placed["claims"])
        if placed["hedge"] != "asserted" and placed not in ranked["answer"]["advised"]:
            assert placed["hedge"] in ranked["answer"]["headline"]
    together = answer_of(store, Combo(("alpha-one", "vitamin"), population=population))
    said = {claim["id"]: claim["hedge"]["level"] for claim in together["claims"]}
    for versus in together["answer"]["versus"]:
        if versus["hedge"]:
            assert versus["hedge"] in {said[id_] for id_ in versus["claims"]}
