"""The order of the agents of a combination never matters, in a question or in a claim."""

from asking import answer_of, store_of
from generated import DRUGS, FORMS, populations, species, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare
from bonerx.questions.records.evidence import Evidence

together = st.lists(st.sampled_from([*DRUGS, *FORMS, "alphas"]), min_size=2, max_size=3, unique=True)


@given(
    table=tables("alpha-one+vitamin", "alphas+vitamin", "vitamin", "alpha-two", "beta-one"),
    agents=together,
    population=populations,
    species=species,
    data=st.data(),
)
@settings(max_examples=40, deadline=None)
def test_the_order_of_agents_changes_no_answer(table, agents, population, species, data) -> None:  # type: ignore[no-untyped-def]
    order = data.draw(st.permutations(agents))
    store = store_of(table)
    for make in (
        lambda names: Combo(tuple(names), population=population, species=species),
        lambda names: Compare("+".join(names), "betas", population=population, species=species),
        lambda names: Evidence(("+".join(names),)),
    ):
        assert answer_of(store, make(order)) == answer_of(store, make(agents))


@given(table=tables("alpha-one+vitamin", "alphas+vitamin", "vitamin"), population=populations)
@settings(max_examples=30, deadline=None)
def test_nor_does_the_order_in_which_a_claim_names_them(table, population) -> None:  # type: ignore[no-untyped-def]
    turned = [
        claim if claim.get("combination") == "sequential" else {**claim, "regimen": claim["regimen"][::-1]}
        for claim in table["claims"]
    ]
    question = Combo(("alpha-one", "vitamin"), population=population, species="any")
    assert answer_of(store_of({**table, "claims": turned}), question) == answer_of(store_of(table), question)
