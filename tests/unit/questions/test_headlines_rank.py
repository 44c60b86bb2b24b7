"""The headline of the first line: what comes first, how it came there, of which year, and what is advised beside it."""

from typing import Any

import pytest
from small_table import VOCABULARY, Record, asked, finds, says

from bonerx import Rank

CASES = [
    pytest.param([], {}, "No recommendation of this table answers what comes first.", id="nothing"),
    pytest.param(
        [says("x before y")], {}, "By 1 source, none newer than 2001: first x; then y.",
        id="first and then, with the year",
    ),
    pytest.param(
        [says("x before y"), says("y before z", source="roe-2010")], {},
        "By 2 sources, none newer than 2010: first x; then y; then z.", id="the newest of two sources",
    ),
    pytest.param([says("x before y", source="undated")], {}, "By 1 source: first x; then y.", id="of unknown year"),
    pytest.param(
        [says("alphas before y", named=["alpha-2"])], {},
        "By 1 source, none newer than 2001: first alpha 2, and by class alpha 1; then y.", id="those by class say so",
    ),
    pytest.param(
        [says("x before y", hedge="suggested")], {},
        "By 1 source, none newer than 2001: first x (suggested); then y (suggested).", id="words weaker than asserted",
    ),
    pytest.param(
        [says("x before y", whom="ill")], {"population": "women"},
        "By 1 source, none newer than 2001: first x (on a broader population); then y (on a broader population).",
        id="on a broader population",
    ),
    pytest.param(
        [says("x+y recommended", whom="ill")], {},
        "By 1 source, none newer than 2001: recommended in the ill: x + y together (asserted).",
        id="a combination advised",
    ),
    pytest.param(
        [says("x recommended", hedge="proposed")], {},
        "By 1 source, none newer than 2001: recommended: x (proposed).", id="one agent advised",
    ),
    pytest.param(
        [says("x-then-y recommended")], {}, "By 1 source, none newer than 2001: recommended: x, then y (asserted).",
        id="a sequence is not together",
    ),
    pytest.param(
        [says("x+y emphasized", population={"basis": "not-stated", "emphasis": "women"})], {},
        "By 1 source, none newer than 2001: emphasized: x + y together (asserted, with emphasis on ill women).",
        id="an emphasis",
    ),
    pytest.param(
        [says("x not-recommended")], {}, "By 1 source, none newer than 2001: not recommended: x (asserted).",
        id="advice against",
    ),
    pytest.param(
        [says("x before y"), says("x+y recommended")], {},
        "By 1 source, none newer than 2001: first x; then y; recommended: x + y together (asserted).",
        id="the order, then the advice",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "scope", "headline"), CASES)
def test_the_first_line_is_told_in_one_sentence(claims: list[Record], scope: dict[str, Any], headline: str) -> None:
    assert asked(Rank(**scope), *claims)["answer"]["headline"] == headline


def test_a_contradiction_comes_last() -> None:
    claims = [says("x before y"), says("z recommended")]
    headline = asked(Rank(), *claims, findings=[finds("f1", "contradicts", "c2")])["answer"]["headline"]
    assert headline.endswith("recommended: z (asserted); later evidence contradicts that z recommended (Roe 2010).")


def test_of_very_many_the_first_forty_are_named_and_the_others_counted() -> None:
    many = [
        {"id": f"m-{number:02}", "kind": "drug", "names": {"en": f"M{number:02}"},
         "classes": [{"of": "alphas", "summary": "a textbook"}]}
        for number in range(42)
    ]  # fmt: skip
    agents = [agent for agent in VOCABULARY["agents"] if agent["id"] not in ("alpha-1", "alpha-2")] + many
    headline = asked(Rank(), says("alphas before x"), agents=agents)["answer"]["headline"]
    assert "M38, M39 and 2 more; then x." in headline
    advised = [says(f"{agent['id']} recommended") for agent in many]
    headline = asked(Rank(), *advised, agents=agents)["answer"]["headline"]
    assert headline.endswith("recommended: M39 (asserted); 2 more recommendations.")
