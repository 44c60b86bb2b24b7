"""A claim that holds by class only never changes a verdict that is stated."""

from asking import answer_of, store_of
from generated import claims, populations, table, verdicts
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.compare.question import Compare

PAIRS = (("alpha-two", "loner"), ("alpha-two+vitamin", "alpha-two"), ("beta-one", "alpha-two"))
CLASSES = {"alpha-two": "alphas", "beta-one": "betas"}
FIELDS = ("verdict", "favoured", "basis", "hedge")


def on_classes(record: dict) -> dict:  # type: ignore[type-arg]
    """Return a claim with the classes in the place of their members, none of them named."""
    raised = {key: value for key, value in record.items() if key != "named"}
    for side in ("regimen", "comparator"):
        if side in record:
            raised[side] = [CLASSES.get(agent, agent) for agent in record[side]]
    return raised


@st.composite
def additions(draw: st.DrawFn) -> tuple[tuple[str, str], list, list]:  # type: ignore[type-arg]
    """Draw a pair, claims on it, and claims that bear on it by class."""
    pair = draw(st.sampled_from(PAIRS))
    stated = draw(st.lists(claims(pair, human=True), min_size=1, max_size=5))
    raised = map(on_classes, draw(st.lists(claims(pair), min_size=1, max_size=5)))
    return pair, stated, [each for each in raised if each["regimen"] != each.get("comparator") and of_a_class(each)]


def of_a_class(record: dict) -> bool:  # type: ignore[type-arg]
    return not {"alphas", "betas"}.isdisjoint({*record["regimen"], *record.get("comparator", ())})


@given(case=additions(), population=populations)
@settings(max_examples=40, deadline=None)
def test_a_claim_by_class_never_changes_a_stated_verdict(case, population) -> None:  # type: ignore[no-untyped-def]
    pair, stated, more = case
    before = table(stated, "stated")
    after = {**before, "claims": [*table(more, "class")["claims"], *before["claims"]]}
    question = Compare(*pair, population=population)
    old, new = (answer_of(store_of(each), question)["answer"] for each in (before, after))
    for name in ("overall", "preference"):
        if old[name]["basis"] == "stated":
            assert new[name] == old[name]
    rows = {row["outcome"]: row for row in new["outcomes"]}
    for row in old["outcomes"]:
        if row["basis"] == "stated":
            assert [rows[row["outcome"]][field] for field in FIELDS] == [row[field] for field in FIELDS]
    assert all(verdict["basis"] in ("stated", "by-class", "none") for verdict in verdicts(new))
