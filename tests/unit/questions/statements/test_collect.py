"""Where each statement stands in the answer to a comparison, and which kinds of them decide what."""

from typing import Any

import pytest
from small_table import Record, asked, bases, row, says, verdict

from bonerx import Compare

KINDS = ("usage", "efficacy", "mechanism", "comparison", "recommendation", "proposal")


@pytest.mark.parametrize(
    ("kind", "overall", "preference", "on_an_outcome"),
    [
        pytest.param("efficacy", True, False, True, id="efficacy decides efficacy"),
        pytest.param("comparison", True, False, True, id="a comparison decides efficacy"),
        pytest.param("mechanism", False, False, True, id="a mechanism decides on its outcome alone"),
        pytest.param("recommendation", False, True, False, id="a recommendation decides the preference"),
        pytest.param("proposal", False, True, False, id="a proposal decides the preference"),
        pytest.param("usage", False, False, False, id="that one is used more decides nothing"),
    ],
)
def test_a_kind_decides_its_own_verdict(kind: str, overall: bool, preference: bool, on_an_outcome: bool) -> None:
    document = asked(Compare("x", "y"), says("x > y", "c1", kind=kind), says("x > y", "c2", kind=kind, on="density"))
    answer = document["answer"]
    assert (answer["overall"]["claims"] == ["c1"]) == overall
    assert answer["preference"]["claims"] == (["c1", "c2"] if preference else [])
    assert (row(document, "density")["favoured"] == "x") == on_an_outcome
    assert row(document, "density")["claims"] == ["c2"]
    assert answer["compared"] == ["c1"]


def test_every_kind_has_its_case() -> None:
    from bonerx.model.kinds import ClaimKind

    assert {kind.value for kind in ClaimKind} == set(KINDS)


FIELDS = ("claims", "narrower", "broader", "by_class")


@pytest.mark.parametrize(
    ("claims", "regimen", "outcome", "side"),
    [
        pytest.param([], "x", "fracture", None, id="nothing is said"),
        pytest.param(
            [says("x prevents", on="fracture")], "x", "fracture", ("prevents", ["c1"], [], [], []), id="on itself"
        ),
        pytest.param(
            [says("alphas prevents", on="fracture")], "alpha-1", "fracture", ("prevents", ["c1"], [], [], ["c1"]),
            id="by class, and marked so",
        ),
        pytest.param(
            [says("vitamin prevents", on="fracture")], "vitamin-form", "fracture", (None, [], [], ["c1"], []),
            id="on what it is a form of",
        ),
        pytest.param(
            [says("vitamin-form prevents", on="fracture")], "vitamin", "fracture", (None, [], ["c1"], [], []),
            id="on a form of it",
        ),
        pytest.param(
            [says("x prevents", on="hip-fracture")], "x", "fracture", (None, [], ["c1"], [], []),
            id="on a narrower outcome",
        ),
        pytest.param([says("x prevents", on="fracture")], "x", "hip-fracture", None, id="never on a broader outcome"),
        pytest.param([says("x prevents", on="density")], "x", "fracture", None, id="on another outcome"),
        pytest.param([says("x treats")], "x", "fracture", None, id="on no outcome"),
        pytest.param(
            [says("x prevents", on="fracture"), says("x maintains", on="fracture")], "x", "fracture",
            ("mixed", ["c1", "c2"], [], [], []), id="two directions are mixed",
        ),
        pytest.param(
            [says("x prevents", on="fracture"), says("x prevents", on="fracture")], "x", "fracture",
            ("prevents", ["c1", "c2"], [], [], []), id="the same direction twice is that direction",
        ),
        pytest.param(
            [says("x prevents", on="fracture"), says("x worsens", on="hip-fracture")], "x", "fracture",
            ("prevents", ["c1"], ["c2"], [], []), id="a narrower outcome lends no direction",
        ),
        pytest.param(
            [says("x > z", on="fracture")], "x", "fracture", ("superior", ["c1"], [], [], []),
            id="better than a third is said of it",
        ),
        pytest.param(
            [says("z > x", on="fracture")], "x", "fracture", None, id="as a third's comparator it says nothing",
        ),
        pytest.param(
            [says("x > y", on="fracture")], "x", "fracture", None, id="what compares the two stands beside neither"
        ),
        pytest.param(
            [says("x no-effect", on="fracture")], "x", "fracture", ("no-effect", ["c1"], [], [], []),
            id="no effect is a statement of its own",
        ),
    ],
)  # fmt: skip
def test_a_side_of_a_row_holds_what_is_said_of_it(
    claims: list[Record], regimen: str, outcome: str, side: tuple[Any, ...] | None
) -> None:
    for at, question in (("a", Compare(regimen, "y", outcome)), ("b", Compare("y", regimen, outcome))):
        document = asked(question, *claims)
        found = row(document, outcome)[at]
        assert found == (None if side is None else dict(zip(("direction", *FIELDS), side, strict=True)))


@pytest.mark.parametrize(
    ("claims", "outcome", "expected"),
    [
        pytest.param([says("x > y")], None, {"compared": ["c1"]}, id="compared, no outcome"),
        pytest.param([says("x > y")], "density", {"compared": ["c1"]}, id="kept beside the outcome asked"),
        pytest.param([says("x treats")], None, {"a": ["c1"]}, id="of one side, no outcome"),
        pytest.param([says("x treats")], "density", {}, id="of one side, no outcome: not on the outcome asked"),
        pytest.param([says("alphas treats")], None, {}, id="of a class of neither"),
        pytest.param([says("x > y", on="nausea")], "density", {}, id="compared on another outcome than asked"),
        pytest.param([says("x+y recommended")], None, {"together": ["c1"]}, id="advice on both together"),
        pytest.param([says("x+y emphasized")], None, {"together": ["c1"]}, id="a proposal of both together"),
        pytest.param([says("x+y increases", on="density")], None, {}, id="efficacy of both together is no advice"),
        pytest.param([says("x+y recommended")], "density", {}, id="advice on both together is on no outcome"),
        pytest.param([says("x increases", on="density")], "density", {}, id="what names an outcome stands in its row"),
        pytest.param([says("x+y recommended", whom="rats")], None, {"animal": ["c1"]}, id="advice on rats is apart"),
        pytest.param([says("x-then-y recommended")], None, {}, id="one after the other is not together"),
        pytest.param(
            [says("x > y", whom="rats"), says("x treats", whom="rats")], None, {"animal": ["c1", "c2"]},
            id="animals stand apart",
        ),
    ],
)  # fmt: skip
def test_what_names_no_row_has_a_place_of_its_own(
    claims: list[Record], outcome: str | None, expected: dict[str, list[str]]
) -> None:
    answer = asked(Compare("x", "y", outcome), *claims)["answer"]
    places = {name: answer[name] for name in ("compared", "together", "animal", "population_not_stated")}
    places |= {side: answer["general"][side] for side in "ab"}
    assert {name: ids for name, ids in places.items() if ids} == expected
    assert [each["outcome"] for each in answer["outcomes"]] == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param("alpha-1", "x", ["c1"], id="by class"),
        pytest.param("x", "alpha-1", ["c1"], id="by class, turned round"),
        pytest.param("alpha-1+x", "x", [], id="one side holds the other"),
        pytest.param("y", "x", [], id="another agent"),
        pytest.param("x-then-alpha-1", "x", [], id="a sequence is not given together"),
    ],
)
def test_advice_on_both_together_may_hold_by_class(one: str, other: str, together: list[str]) -> None:
    assert asked(Compare(one, other), says("x+alphas recommended"))["answer"]["together"] == together


def test_a_comparison_on_a_narrower_outcome_is_shown_and_decides_nothing_on_the_broader() -> None:
    document = asked(Compare("x", "y"), says("x > y", on="hip-fracture"), says("x prevents", on="fracture"))
    broad, narrow = row(document, "fracture"), row(document, "hip-fracture")
    assert (verdict(broad), broad["claims"], broad["narrower"]) == (("undetermined", None, "none", None), [], ["c1"])
    assert (narrow["verdict"], narrow["claims"], narrow["narrower"]) == ("favours-a", ["c1"], [])
    assert (narrow["a"], narrow["b"]) == (None, None)


def test_rows_stand_in_the_order_of_the_table_one_for_each_outcome_named() -> None:
    claims = [says("y causes", on="nausea"), says("x increases", on="density"), says("x prevents", on="fracture"),
              says("z prevents", on="hip-fracture")]  # fmt: skip
    rows = asked(Compare("x", "y"), *claims)["answer"]["outcomes"]
    assert [each["outcome"] for each in rows] == ["fracture", "density", "nausea"]


@pytest.mark.parametrize("whom", [None, "rats"], ids=["of people", "of rats"])
def test_a_claim_that_bears_in_two_ways_is_cited_once_by_the_stronger(whom: str | None) -> None:
    claim = says("alphas increases", "c1", on="density", whom=whom)
    for question in (Compare("alpha-1", "alphas"), Compare("alphas", "alpha-1")):
        document = asked(question, claim)
        assert bases(document) == {"c1": "stated"}
        assert len(document["claims"]) == 1
    if whom is None:
        assert row(document, "density")["a"]["by_class"] == []
        assert row(document, "density")["b"]["by_class"] == ["c1"]


def test_of_three_together_nothing_is_advice_on_a_sequence_and_a_third() -> None:
    for one, other in (("x-then-y", "z"), ("z", "x-then-y")):
        assert asked(Compare(one, other), says("x+y+z recommended"))["answer"]["together"] == []


def test_an_outcome_that_trials_alone_measure_has_a_row_with_their_numbers() -> None:
    studies = [
        {"id": f"t-{on}", "sources": ["roe-2010"],
         "arms": [{"id": arm, "regimen": [arm]} for arm in "xy"],
         "results": [{"arm": arm, "outcome": on, "events": 10, "n": 50, "source": "roe-2010", "place": "Table 1"}
                     for arm in "xy"]}
        for on in ("fracture", "hip-fracture")
    ]  # fmt: skip
    document = asked(Compare("x", "y"), says("x increases", on="density"), studies=studies)
    rows = document["answer"]["outcomes"]
    assert [each["outcome"] for each in rows] == ["fracture", "hip-fracture", "density"]
    assert [[number["studies"] for number in each["estimates"]] for each in rows] == [
        [["t-fracture"]], [["t-hip-fracture"]], []
    ]  # fmt: skip
    assert [each["verdict"] for each in rows] == ["undetermined"] * 3
    assert [source["id"] for source in document["sources"]] == ["doe-2001", "roe-2010"]
