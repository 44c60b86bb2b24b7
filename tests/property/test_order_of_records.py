"""The order of records in a file is irrelevant to every answer."""

from asking import answer_of, store_of
from generated import VOCABULARY, asked, cases, populations, unordered
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare
from bonerx.questions.rank.by_statements import Rank
from bonerx.questions.records.evidence import Evidence

KINDS = [*VOCABULARY, "claims"]


@given(case=cases(), one=asked, population=populations, data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_records_changes_no_answer(case, one, population, data) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    shuffled = {kind: data.draw(st.permutations(table[kind]), label=kind) for kind in KINDS}
    questions = [Compare(*pair, population=population), Evidence((one,)), Rank(population)]
    if "+" in one:
        questions.append(Combo(tuple(one.split("+")), species="any"))
    before, after = store_of(table), store_of(shuffled)
    for question in questions:
        assert unordered(answer_of(after, question)) == unordered(answer_of(before, question))
