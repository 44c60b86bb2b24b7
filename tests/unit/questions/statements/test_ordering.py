"""Which regimen comes before which: preferences of the strongest basis make tiers, whose places say how they came."""

from typing import Any

import pytest
from small_table import Record, asked, says

from bonerx import Rank

Tiers = list[dict[str, str]]
"""Of each tier the basis of every regimen in it, in the order in which they stand."""

CASES = [
    pytest.param([says("x before y")], [{"x": "stated"}, {"y": "stated"}], id="one before another"),
    pytest.param([says("x after y")], [{"y": "stated"}, {"x": "stated"}], id="an advice that favours its comparator"),
    pytest.param(
        [says("alphas after x")], [{"x": "stated"}, {"alpha-1": "by-class", "alpha-2": "by-class"}],
        id="a class that comes after",
    ),
    pytest.param([says("x preferred")], [{"x": "stated"}], id="a first choice, before whom is not stated"),
    pytest.param(
        [says("x preferred"), says("y before z")], [{"x": "stated", "y": "stated"}, {"z": "stated"}],
        id="a first choice beside an order",
    ),
    pytest.param(
        [says("x before y"), says("y before z")], [{"x": "stated"}, {"y": "stated"}, {"z": "stated"}], id="a chain"
    ),
    pytest.param(
        [says("x before z"), says("y before z")], [{"x": "stated", "y": "stated"}, {"z": "stated"}],
        id="two that nothing puts in order share a tier, by name",
    ),
    pytest.param(
        [says("x before z"), says("x before y"), says("y before z")],
        [{"x": "stated"}, {"y": "stated"}, {"z": "stated"}], id="the longest way down counts",
    ),
    pytest.param(
        [says("x before y"), says("y before x")], [{"x": "stated", "y": "stated"}], id="each before the other: one tier"
    ),
    pytest.param(
        [says("x before y"), says("y before z"), says("z before x"), says("z before placebo")],
        [{"x": "stated", "y": "stated", "z": "stated"}, {"placebo": "stated"}], id="a circle is one tier",
    ),
    pytest.param(
        [says("alphas before x")], [{"alpha-1": "by-class", "alpha-2": "by-class"}, {"x": "stated"}],
        id="a class stands for its members",
    ),
    pytest.param(
        [says("alphas before x", named=["alpha-2"])],
        [{"alpha-2": "stated", "alpha-1": "by-class"}, {"x": "stated"}], id="the member that is named comes first",
    ),
    pytest.param(
        [says("alphas preferred", named=["alpha-2"])], [{"alpha-2": "stated", "alpha-1": "by-class"}],
        id="a class as first choice",
    ),
    pytest.param(
        [says("drugs before x")],
        [{"alpha-1": "by-class", "alpha-2": "by-class", "beta-1": "by-class"}, {"x": "stated"}],
        id="a class of classes stands for the members of these",
    ),
    pytest.param(
        [says("alphas before x"), says("x before alpha-1")],
        [{"alpha-2": "by-class"}, {"x": "stated"}, {"alpha-1": "stated"}],
        id="between two what is stated outweighs the class",
    ),
    pytest.param(
        [says("alphas before x"), says("alpha-1 before x")],
        [{"alpha-1": "stated", "alpha-2": "by-class"}, {"x": "stated"}], id="the strongest basis is the one shown"
    ),
    pytest.param(
        [says("alphas before betas", named=["alpha-1"])],
        [{"alpha-1": "stated", "alpha-2": "by-class"}, {"beta-1": "by-class"}],
        id="each side has a basis of its own",
    ),
    pytest.param(
        [says("alphas before drugs")],
        [{"alpha-1": "by-class", "alpha-2": "by-class"}, {"beta-1": "by-class"}],
        id="a class before a larger one: no member before itself",
    ),
    pytest.param([says("vitamin before x")], [{"vitamin": "stated"}, {"x": "stated"}], id="a form is no member"),
    pytest.param(
        [says("x-then-y before z")], [{"x-then-y": "stated"}, {"z": "stated"}], id="a sequence is placed as one"
    ),
    pytest.param(
        [says("x+alphas before y")], [{"alpha-1+x": "by-class", "alpha-2+x": "by-class"}, {"y": "stated"}],
        id="a combination with a class, for each member",
    ),
    pytest.param(
        [says("x+alphas before y", combination="sequential", regimen=["x", "alphas"])],
        [{"x-then-alpha-1": "by-class", "x-then-alpha-2": "by-class"}, {"y": "stated"}],
        id="a sequence with a class keeps its order",
    ),
]  # fmt: skip


def tiers(answer: dict[str, Any]) -> Tiers:
    return [{place["regimen"]: place["basis"] for place in tier["regimens"]} for tier in answer["tiers"]]


@pytest.mark.parametrize(("claims", "expected"), CASES)
def test_preferences_make_an_order(claims: list[Record], expected: Tiers) -> None:
    answer = asked(Rank(), *claims)["answer"]
    assert [list(tier.items()) for tier in tiers(answer)] == [list(tier.items()) for tier in expected]
    assert [tier["rank"] for tier in answer["tiers"]] == list(range(1, len(expected) + 1))
    assert tiers(asked(Rank(), *reversed(claims))["answer"]) == expected


@pytest.mark.parametrize(
    ("claims", "population", "order", "outweighed"),
    [
        pytest.param(
            [says("x before y", whom="ill"), says("y before x", whom="women")], "women", [["y"], ["x"]], ["c1"],
            id="the population asked before a broader one",
        ),
        pytest.param(
            [says("alphas before x", whom="women"), says("x before alpha-1", whom="ill")], "women",
            [["alpha-1", "alpha-2"], ["x"]], ["c2"], id="even where the broader one is stated and it is by class",
        ),
        pytest.param(
            [says("x before y", whom="ill"), says("y before x", whom="ill")], "women", [["x", "y"]], [],
            id="two on a broader one weigh alike",
        ),
        pytest.param(
            [says("x before y", whom="men"), says("y before x", whom="women")], "women", [["y"], ["x"]], [],
            id="another population is not heard",
        ),
        pytest.param(
            [says("alphas before x"), says("x before alpha-1"), says("x before alpha-2")], None,
            [["x"], ["alpha-1", "alpha-2"]], ["c1"], id="a claim that places nobody is named as outweighed",
        ),
        pytest.param(
            [says("alphas before x"), says("x before alpha-1")], None, [["alpha-2"], ["x"], ["alpha-1"]], [],
            id="one that still places some is not",
        ),
    ],
)  # fmt: skip
def test_between_two_regimens_the_strongest_counts(
    claims: list[Record], population: str | None, order: list[list[str]], outweighed: list[str]
) -> None:
    answer = asked(Rank(population), *claims)["answer"]
    assert [[place["regimen"] for place in tier["regimens"]] for tier in answer["tiers"]] == order
    assert answer["outweighed"] == outweighed


@pytest.mark.parametrize(
    ("hedges", "expected"),
    [
        pytest.param(("asserted", "asserted"), ["asserted"] * 3, id="all asserted"),
        pytest.param(("asserted", "possible"), ["asserted", "possible", "possible"], id="the weaker of two around it"),
        pytest.param(("proposed", "suggested"), ["proposed", "proposed", "suggested"], id="each tier its own weakest"),
    ],
)
def test_a_tier_is_worded_as_its_weakest_claim(hedges: tuple[str, str], expected: list[str]) -> None:
    claims = [says("x before y", hedge=hedges[0]), says("y before z", hedge=hedges[1])]
    answer = asked(Rank(), *claims)["answer"]
    assert [tier["hedge"] for tier in answer["tiers"]] == expected
    assert [tier["claims"] for tier in answer["tiers"]] == [["c1"], ["c1", "c2"], ["c2"]]


@pytest.mark.parametrize(
    ("claims", "place", "regimens"),
    [
        pytest.param([says("x+y recommended")], "add_on", ["x+y"], id="a combination without a comparator"),
        pytest.param([says("x+y before x")], "add_on", ["x+y"], id="a combination preferred to what it holds"),
        pytest.param([says("x+y preferred")], "tiers", ["x+y"], id="a combination as first choice is placed"),
        pytest.param([says("x+y before z")], "tiers", ["x+y", "z"], id="a combination before another agent is placed"),
        pytest.param([says("x recommended")], "advised", ["x"], id="one agent, before nobody"),
        pytest.param([says("x not-recommended")], "advised", ["x"], id="advice against one agent"),
        pytest.param([says("x emphasized")], "advised", ["x"], id="a proposal of one agent"),
        pytest.param(
            [says("x beside y", kind="recommendation")], "advised", ["x"], id="a comparator, favouring nobody"
        ),
        pytest.param([says("x > y")], None, [], id="efficacy is no recommendation"),
        pytest.param([says("x used")], None, [], id="use is no recommendation"),
    ],
)
def test_advice_without_an_order_is_added_rather_than_ranked(
    claims: list[Record], place: str | None, regimens: list[str]
) -> None:
    document = asked(Rank(), *claims)
    answer = document["answer"]
    named = {"tiers": [each["regimen"] for tier in answer["tiers"] for each in tier["regimens"]]}
    named |= {field: [item["regimen"] for item in answer[field]] for field in ("add_on", "advised")}
    assert {field: found for field, found in named.items() if found} == ({place: regimens} if place else {})
    assert document["status"] == ("answered" if place else "no-evidence")


@pytest.mark.parametrize(
    ("second", "hedges"),
    [
        pytest.param({}, ["possible"], id="alike: one advice with the weakest words"),
        pytest.param({"whom": "women"}, ["asserted", "possible"], id="of another population"),
        pytest.param({"direction": "not-recommended"}, ["asserted", "possible"], id="of another direction"),
        pytest.param(
            {"population": {"id": "ill", "basis": "stated", "emphasis": "women"}}, ["asserted", "possible"],
            id="with another emphasis",
        ),
    ],
)  # fmt: skip
def test_advice_that_says_the_same_is_told_once(second: dict[str, Any], hedges: list[str]) -> None:
    other = {"whom": "ill", "hedge": "possible"} | second
    answer = asked(Rank(), says("x+y recommended", whom="ill"), says("y+x recommended", **other))["answer"]
    assert [item["hedge"] for item in answer["add_on"]] == hedges
    assert [item["claims"] for item in answer["add_on"]] == [["c1", "c2"]] if len(hedges) == 1 else [["c1"], ["c2"]]
