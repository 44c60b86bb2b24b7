"""How a verdict follows: the strongest basis decides, its claims must agree, the weakest of their words bounds it."""

from itertools import permutations

import pytest
from small_table import Record, asked, row, says, verdict

from bonerx import Combo, Compare

NOTHING = ("undetermined", None, "none", None)
BY_CLASS_FOR = says("alphas > x", "class-for")
BY_CLASS_AGAINST = says("alphas < x", "class-against")
NAMED_AGAINST = says("alphas < x", "named-against", named=["alpha-1"])
FOR, AGAINST = says("alpha-1 > x", "for"), says("alpha-1 < x", "against")
NEITHER = says("alpha-1 = x", "neither")

CASES = [
    pytest.param([], NOTHING, [], id="no claim at all"),
    pytest.param([FOR], ("favours-a", "alpha-1", "stated", "asserted"), ["for"], id="one claim for"),
    pytest.param([AGAINST], ("favours-b", "x", "stated", "asserted"), ["against"], id="one claim against"),
    pytest.param([NEITHER], ("no-difference", None, "stated", "asserted"), ["neither"], id="said to be no different"),
    pytest.param(
        [FOR, AGAINST], ("conflicting", None, "stated", "asserted"), ["for", "against"], id="for and against conflict"
    ),
    pytest.param(
        [FOR, NEITHER], ("conflicting", None, "stated", "asserted"), ["for", "neither"], id="for and neither conflict"
    ),
    pytest.param(
        [FOR, BY_CLASS_AGAINST], ("favours-a", "alpha-1", "stated", "asserted"), ["for"],
        id="what is stated is not outvoted by class",
    ),
    pytest.param(
        [NEITHER, BY_CLASS_FOR], ("no-difference", None, "stated", "asserted"), ["neither"],
        id="nor where it sees no difference",
    ),
    pytest.param(
        [BY_CLASS_FOR, BY_CLASS_AGAINST], ("conflicting", None, "by-class", "asserted"),
        ["class-for", "class-against"], id="by class alone they conflict as well",
    ),
    pytest.param(
        [BY_CLASS_FOR, NAMED_AGAINST], ("favours-b", "x", "stated", "asserted"), ["named-against"],
        id="a class that names the member is stated",
    ),
    pytest.param(
        [BY_CLASS_FOR | {"hedge": {"level": "possible"}}, says("y > alpha-1", "elsewhere", hedge="proposed")],
        ("favours-a", "alpha-1", "by-class", "possible"), ["class-for"], id="a claim on others lends no words",
    ),
    pytest.param(
        [says("x > alpha-1", "turned")], ("favours-b", "x", "stated", "asserted"), ["turned"],
        id="a claim whose regimen stands on the other side",
    ),
    pytest.param(
        [says("x < alpha-1", "turned")], ("favours-a", "alpha-1", "stated", "asserted"), ["turned"],
        id="and one that favours its comparator",
    ),
    pytest.param(
        [says("alpha-1 beside x", "silent")], NOTHING, [], id="comparing without saying for whom decides nothing"
    ),
    pytest.param(
        [says("alpha-1 beside x", "silent", hedge="proposed"), FOR], ("favours-a", "alpha-1", "stated", "asserted"),
        ["for"], id="and takes nothing from what does",
    ),
    pytest.param([says("alpha-1 treats"), says("x treats")], NOTHING, [], id="both praised, nobody compared"),
    pytest.param(
        [says("alpha-1 > x", "gone", source="gone-1999"), AGAINST], ("favours-b", "x", "stated", "asserted"),
        ["against"], id="a retracted claim against nothing",
    ),
    pytest.param(
        [says("alpha-1 < x", "gone", source="gone-1999"), BY_CLASS_FOR],
        ("favours-a", "alpha-1", "by-class", "asserted"), ["class-for"],
        id="a retracted stated claim leaves the decision to the class",
    ),
    pytest.param(
        [FOR, says("alpha-1 < x", "draft", draft=True)], ("favours-a", "alpha-1", "stated", "asserted"), ["for"],
        id="a draft answers nothing",
    ),
]  # fmt: skip


@pytest.mark.parametrize("on", [None, "density"], ids=["of no outcome", "on an outcome"])
@pytest.mark.parametrize(("claims", "expected", "deciding"), CASES)
def test_a_verdict_follows(
    claims: list[Record], expected: tuple[str, str | None, str, str | None], deciding: list[str], on: str | None
) -> None:
    claims = [claim | ({"outcome": on} if on else {}) for claim in claims]
    document = asked(Compare("alpha-1", "x", on), *claims)
    found = row(document, on) if on else document["answer"]["overall"]
    assert verdict(found) == expected
    if not on:  # a row lists all that compare, the overall verdict those that decide
        assert found["claims"] == deciding
    turned = asked(Compare("x", "alpha-1", on), *reversed(claims))
    mirrored = {"favours-a": "favours-b", "favours-b": "favours-a"}.get(expected[0], expected[0])
    assert verdict(row(turned, on) if on else turned["answer"]["overall"]) == (mirrored, *expected[1:])


HEDGES = ("asserted", "suggested", "possible", "proposed")


@pytest.mark.parametrize("levels", list(permutations(HEDGES, 2)), ids=" with ".join)
@pytest.mark.parametrize("second", [">", "="], ids=["agreeing", "conflicting"])
def test_a_verdict_is_worded_as_the_weakest_claim_that_decides(levels: tuple[str, str], second: str) -> None:
    claims = [says("x > y", hedge=levels[0]), says(f"x {second} y", hedge=levels[1])]
    weakest = max(levels, key=HEDGES.index)
    assert asked(Compare("x", "y"), *claims)["answer"]["overall"]["hedge"] == weakest
    weaker_by_class = [says("alphas > y", hedge=levels[0]), says("alpha-1 > y", hedge=levels[1])]
    assert asked(Compare("alpha-1", "y"), *weaker_by_class)["answer"]["overall"]["hedge"] == levels[1]


@pytest.mark.parametrize(
    ("text", "basis", "said"),
    [
        pytest.param("x+y > x", "stated", "favours-combination", id="for the combination"),
        pytest.param("x > x+y", "stated", "favours-comparator", id="against it, as comparator of a claim"),
        pytest.param("x+y < x", "stated", "favours-comparator", id="against it, as regimen of a claim"),
        pytest.param("x < x+y", "stated", "favours-combination", id="for it, as comparator of a claim"),
        pytest.param("x+y = x", "stated", "no-difference", id="no difference"),
        pytest.param("x+y beside x", "none", "undetermined", id="compared, for nobody"),
    ],
)
def test_a_verdict_of_a_combination_says_whom_it_favours(text: str, basis: str, said: str) -> None:
    (item,) = asked(Combo(("y", "x")), says(text, on="density"))["answer"]["versus"]
    assert (item["comparator"], item["outcome"], item["verdict"], item["basis"]) == ("x", "density", said, basis)


@pytest.mark.parametrize(
    ("claims", "agents", "expected"),
    [
        pytest.param(
            ["x+alphas > alphas"], ("x", "alpha-2"), [("alpha-2", "favours-combination", "by-class")],
            id="the comparator's class is the same member",
        ),
        pytest.param(
            ["x+alphas > betas"], ("x", "alpha-2"), [("betas", "favours-combination", "by-class")],
            id="another class stays a class",
        ),
        pytest.param(
            ["x+y > x", "x+y > y"], ("x", "y"),
            [("x", "favours-combination", "stated"), ("y", "favours-combination", "stated")],
            id="each comparator has a verdict of its own",
        ),
        pytest.param(
            ["x+y > x", "x > x+y"], ("x", "y"), [("x", "conflicting", "stated")], id="one comparator, two opinions"
        ),
        pytest.param(
            ["x+alpha-1 > x", "x+alphas < x"], ("x", "alpha-1"), [("x", "favours-combination", "stated")],
            id="what is stated of it outweighs its class",
        ),
        pytest.param(
            ["x+y > x", "x+y after x"], ("x", "y"),
            [("x", "favours-combination", "stated"), ("x", "favours-comparator", "stated")],
            id="advice is never judged together with efficacy",
        ),
        pytest.param(["x+y+z > z"], ("x", "y"), [], id="a larger combination is another one"),
        pytest.param(
            ["x+y > z+placebo"], ("x", "y"), [("placebo+z", "favours-combination", "stated")], id="another combination"
        ),
        pytest.param(
            ["z-then-y > x+y"], ("x", "y"), [("z-then-y", "favours-comparator", "stated")],
            id="a sequence keeps its order as comparator",
        ),
    ],
)  # fmt: skip
def test_of_a_combination_each_comparator_is_judged_apart(
    claims: list[str], agents: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    versus = asked(Combo(agents), *map(says, claims))["answer"]["versus"]
    assert [(item["comparator"], item["verdict"], item["basis"]) for item in versus] == expected
