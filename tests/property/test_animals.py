"""What is said of animals never changes a verdict about people."""

from asking import answer_of, store_of
from generated import cases, claims, populations, table, verdicts
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare
from bonerx.questions.rank.by_statements import Rank

OF_ONE = ("alpha-one", "vitamin", "alpha-one+vitamin")
FIELDS = ("verdict", "favoured", "basis", "hedge")


@given(case=cases(), data=st.data(), population=populations)
@settings(max_examples=40, deadline=None)
def test_claims_on_animals_change_no_verdict(case, data, population) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    rats = data.draw(st.lists(claims(pair, human=False), min_size=1, max_size=5))
    more = [{"id": f"rats-{number}", **record} for number, record in enumerate(rats)]
    before, after = store_of(table), store_of({**table, "claims": [*table["claims"], *more]})
    for species in ("human", "any"):
        question = Compare(*pair, population=population, species=species)
        old, new = answer_of(before, question)["answer"], answer_of(after, question)["answer"]
        known = {row["outcome"]: row for row in old["outcomes"]}
        for name in ("overall", "preference"):
            assert new[name] == old[name]
        for row in new["outcomes"]:
            judged = [known.get(row["outcome"], {"verdict": "undetermined"}).get(field) for field in FIELDS[:2]]
            assert [row[field] for field in FIELDS[:2]] == judged
    ranked = [answer_of(store, Rank(population)) for store in (before, after)]
    assert ranked[0] == ranked[1]


@given(rats=st.lists(claims(OF_ONE, human=False), min_size=1, max_size=5), pair=st.permutations(OF_ONE))
@settings(max_examples=40, deadline=None)
def test_of_animals_alone_nothing_follows_for_people(rats, pair) -> None:  # type: ignore[no-untyped-def]
    store = store_of(table(rats))
    document = answer_of(store, Compare(*pair[:2]))
    assert document["status"] == "no-evidence"
    assert {verdict["verdict"] for verdict in verdicts(document["answer"])} == {"undetermined"}
    together = answer_of(store, Combo(("alpha-one", "vitamin")))
    assert together["status"] == "no-evidence"
    assert together["answer"]["stated"] == together["answer"]["by_class"] == together["answer"]["versus"] == []
