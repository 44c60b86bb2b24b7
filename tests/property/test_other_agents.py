"""What is said of other agents changes nothing."""

from asking import answer_of, store_of
from generated import cases, claims, populations, species
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare

strangers = st.lists(claims(("stranger", "other-stranger")), min_size=1, max_size=4)


@given(case=cases(), others=strangers, population=populations, species=species)
@settings(max_examples=40, deadline=None)
def test_claims_about_other_agents_change_nothing(case, others, population, species) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    more = [{"id": f"other-{number}", **record} for number, record in enumerate(others)]
    before, after = store_of(table), store_of({**table, "claims": [*more, *table["claims"]]})
    together = Combo(("alpha-one", "vitamin"), population=population, species=species)
    for question in (Compare(*pair, population=population, species=species), together):
        assert answer_of(after, question) == answer_of(before, question)
