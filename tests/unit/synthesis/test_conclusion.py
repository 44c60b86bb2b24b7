"""What a pooled document amounts to: verdicts, absolute effects, what would change it, groups, years."""

import math
from typing import Any

import pytest

from bonerx.errors import UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.pairwise.analysis import PoolMethod, PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.conclusion import absolute_of, control_risk, estimate_of, verdict_of, verdicts_of
from bonerx.synthesis.pairwise.document import pool_document
from bonerx.synthesis.pairwise.further_analyses import along, as_years_went_by, by_group
from bonerx.synthesis.pairwise.sensitivity import Choice, Numbers, sensitivity

OPTIONS = PoolOptions(measure=Measure.RR)


def counts(study: str, a: float, b: float, n: float = 200) -> list[Group]:
    arms = (("x", a), ("y", b))
    return [Group(study=study, treatment=name, events=events, n=n) for name, events in arms]


GROUPS = [*counts("A", 10, 20), *counts("B", 12, 18), *counts("C", 30, 33), *counts("D", 2, 9)]


def document(groups: list[Group] = GROUPS, options: PoolOptions = OPTIONS) -> dict[str, Any]:
    return pool_document(analyse_pool(groups, [], "x", "y", options))


@pytest.mark.parametrize(
    ("low", "high", "measure", "better", "verdict"),
    [
        (0.5, 0.9, "RR", "lower", "favours-a"),
        (0.5, 0.9, "RR", "higher", "favours-b"),
        (1.1, 2.0, "OR", "lower", "favours-b"),
        (1.1, 2.0, "HR", None, "a-higher"),
        (0.5, 1.0, "RR", "lower", "no-clear-difference"),
        (-2.0, -1.0, "MD", "higher", "favours-b"),
        (-2.0, -1.0, "SMD", None, "a-lower"),
        (-2.0, 1.0, "RD", "lower", "no-clear-difference"),
        (None, 1.0, "RR", "lower", None),
    ],
)
def test_whom_an_interval_favours(
    low: float | None, high: float, measure: str, better: str | None, verdict: str | None
) -> None:
    assert verdict_of({"ci_low": low, "ci_high": high}, measure, better) == verdict


def test_no_estimate_has_no_verdict() -> None:
    assert verdict_of(None, "RR", "lower") is None
    assert estimate_of({"random": None}) is None


def test_the_estimate_of_each_choice() -> None:
    found = document()
    wald, hk = estimate_of(found), estimate_of(found, ci="hk")
    assert wald is not None
    assert hk is not None
    assert wald["te"] == hk["te"] == found["random"]["te"]
    assert hk["ci_low"] == found["random"]["hk"]["ci_low"]
    common = estimate_of(found, "common", "hk")
    assert common is not None
    assert (common["ci"], common["te"]) == ("wald", found["common"]["te"])
    assert verdicts_of(found, "lower").keys() == {"common", "random", "random-hk"}


def test_the_risk_of_the_control_arms_is_that_of_the_studies_that_count() -> None:
    found = document([*GROUPS, *counts("E", 0, 0)])
    assert control_risk(found) == (20 + 18 + 33 + 9) / 800
    contrast = Contrast(study="F", a="x", b="y", te=0.1, se=0.1)
    only = pool_document(analyse_pool([], [contrast], "x", "y", OPTIONS))
    assert control_risk(only) is None
    assert absolute_of(only, estimate_of(only), "lower") is None
    given = absolute_of(only, estimate_of(only), "lower", 0.1)
    assert given is not None
    assert given["baseline"] == "as given"


def test_absolute_effects_say_which_way_is_better_only_where_it_is_known() -> None:
    found = document()
    known, unknown = (absolute_of(found, estimate_of(found), better) for better in ("lower", None))
    assert known is not None
    assert unknown is not None
    assert known["nnt_kind"] == "NNTB"
    assert "nnt" not in unknown
    assert absolute_of(document(options=PoolOptions(measure=Measure.RD)), None, "lower") is None
    with pytest.raises(UsageError):
        absolute_of(found, estimate_of(found), "lower", 2.0)


def test_everyone_or_no_one_with_the_event_gives_no_baseline() -> None:
    found = document(counts("A", 150, 200), PoolOptions(measure=Measure.RR))
    assert control_risk(found) == 1.0
    assert absolute_of(found, estimate_of(found), "lower") is None


def test_sensitivity_repeats_the_analysis_with_one_thing_changed() -> None:
    found = sensitivity(Numbers("x", "y", GROUPS, ()), OPTIONS, Choice(better="lower"))
    cases = {(case["change"], case["study"] or case["setting"]): case for case in found["cases"]}
    assert {key for key in cases if key[0] == "without"} == {("without", one) for one in "ABCD"}
    assert {str(setting) for change, setting in cases if change == "tau2"} == {"DL", "PM", "ML", "SJ", "HS", "HE"}
    assert ("method", "mh") in cases
    assert ("model", "random, Hartung–Knapp") in cases
    without = estimate_of(document([group for group in GROUPS if group.study != "C"]))
    assert cases["without", "C"]["estimate"] == without
    assert found["flips"] == sum(case["verdict"] != found["verdict"] for case in found["cases"])


def test_the_margin_is_in_standard_errors() -> None:
    found = sensitivity(Numbers("x", "y", GROUPS, ()), OPTIONS, Choice(model="common", better="lower"))
    common = document()["common"]
    expected = min(abs(math.log(common["ci_low"])), abs(math.log(common["ci_high"]))) / common["se"]
    sign = -1 if common["ci_low"] <= 1 <= common["ci_high"] else 1
    assert found["margin"] == pytest.approx(sign * expected)


def test_sensitivity_to_flagged_studies() -> None:
    wide = Numbers("x", "y", [*GROUPS, *counts("E", 1, 40), *counts("F", 1, 40)], ())
    base = Numbers("x", "y", GROUPS, ())
    flagged = {"E": wide.without("F"), "F": wide.without("E"), "*": wide}
    found = sensitivity(base, OPTIONS, Choice(), flagged)
    let_in = [case for case in found["cases"] if case["change"] == "with-flagged"]
    assert [(case["study"], case["k"]) for case in let_in] == [("E", 5), ("F", 5), (None, 6)]
    out = sensitivity(wide, OPTIONS, Choice(), {"": base})
    assert [case["k"] for case in out["cases"] if case["change"] == "without-flagged"] == [4]


def test_one_study_has_no_models_to_try() -> None:
    found = sensitivity(Numbers("x", "y", counts("A", 5, 20), ()), OPTIONS, Choice(better="lower"))
    assert [(case["change"], case["verdict"]) for case in found["cases"]] == [("without", None)]


def test_peto_is_tried_for_odds_ratios() -> None:
    options = PoolOptions(measure=Measure.OR, method=PoolMethod.MH)
    found = sensitivity(Numbers("x", "y", GROUPS, ()), options, Choice(model="common"))
    assert {case["setting"] for case in found["cases"] if case["change"] == "method"} == {"iv", "peto"}


def test_groups_hold_their_studies() -> None:
    found = by_group(document(), "colour", {"A": "red", "B": "red", "C": "blue"}, OPTIONS)
    assert [(group["group"], group["studies"]) for group in found["groups"]] == [
        ("red", ["A", "B"]), ("blue", ["C"]), ("not stated", ["D"])
    ]  # fmt: skip
    assert found["between"]["df"] == 2
    with pytest.raises(UsageError, match="all are `red`"):
        by_group(document(), "colour", dict.fromkeys("ABCD", "red"), OPTIONS)


def test_a_regression_leaves_out_studies_without_the_number() -> None:
    found = along(document(), "year", {"A": 1990, "B": 2000, "C": 2010, "D": None}, OPTIONS)
    assert (found["k"], found["left_out"]) == (3, ["D"])
    assert found["ratio"] == pytest.approx(math.exp(found["slope"]["te"]))
    with pytest.raises(UsageError):
        along(document(), "year", {"A": 1990, "B": 2000}, OPTIONS)


def test_studies_of_unknown_year_come_last() -> None:
    steps = as_years_went_by(document(), {"A": 2001, "B": None, "C": 1990, "D": 1995}, OPTIONS)
    assert [(step["study"], step["year"], step["k"]) for step in steps] == [
        ("C", 1990, 1), ("D", 1995, 2), ("A", 2001, 3), ("B", None, 4)
    ]  # fmt: skip
    assert as_years_went_by(document(counts("A", 0, 0)), {}, OPTIONS) == []
