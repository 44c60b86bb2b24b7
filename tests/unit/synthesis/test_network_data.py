"""Studies enter a network whole, or are named with the rule they break."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.contrasts import SharedArm
from bonerx.synthesis.network.data import network_data
from bonerx.synthesis.network.gls import fit_network, pair_table
from bonerx.synthesis.network.tau2 import network_tau2


def counts(study: str, **arms: tuple[float, float]) -> list[Group]:
    return [Group(study=study, treatment=name, events=events, n=n) for name, (events, n) in arms.items()]


def contrast(study: str, a: str, b: str, te: float = 0.0, se: float = 1.0) -> Contrast:
    return Contrast(study=study, a=a, b=b, te=te, se=se)


TRIANGLE = [contrast("three", "a", "b", 1.0), contrast("three", "a", "c", 3.0), contrast("three", "b", "c", 2.0)]


def message(*contrasts: Contrast, shared: tuple[SharedArm, ...] = ()) -> str:
    with pytest.raises(InvalidEvidence) as failure:
        network_data([], contrasts, measure=Measure.MD, shared=shared)
    assert all(fault.where.startswith("study `") for fault in failure.value.faults)
    return failure.value.message


def test_an_incomplete_multi_arm_study_is_named_with_what_it_lacks() -> None:
    said = message(*TRIANGLE[:2])
    assert "study `three`: incomplete: 3 arms need all 3 comparisons" in said
    assert "missing `b` against `c`" in said


def test_effects_that_do_not_add_up_are_named() -> None:
    said = message(TRIANGLE[0], TRIANGLE[1], replace(TRIANGLE[2], te=2.5))
    assert "inconsistent: its effects do not add up" in said
    assert "off by 0.167" in said


def test_a_wider_tolerance_lets_rounded_effects_pass() -> None:
    rounded = [TRIANGLE[0], TRIANGLE[1], replace(TRIANGLE[2], te=2.01)]
    data = network_data([], rounded, measure=Measure.MD, te_tolerance=0.01)
    assert data.studies == ("three",)


def printed(study: str, arms: dict[str, float], errors: dict[str, float], digits: int) -> list[Contrast]:
    """All contrasts of independent arms, effects and standard errors rounded to so many decimals."""
    half = 0.5 * 10.0**-digits
    return [
        Contrast(
            study=study,
            a=a,
            b=b,
            te=round(arms[a] - arms[b], digits),
            se=round((errors[a] ** 2 + errors[b] ** 2) ** 0.5, digits),
            te_rounding=half,
            se_rounding=half,
        )
        for a, b in combinations(sorted(arms), 2)
    ]


@pytest.mark.parametrize("digits", [1, 2, 3])
@pytest.mark.parametrize("names", ["abc", "abcd"])
@settings(deadline=None)
@given(data=st.data())
def test_whatever_rounding_did_to_a_study_it_is_analysed(digits: int, names: str, data: st.DataObject) -> None:
    effect, error = st.floats(-2.0, 2.0), st.floats(0.1, 1.0)
    arms, errors = ({name: data.draw(one) for name in names} for one in (effect, error))
    network = network_data([], printed("s", arms, errors, digits), measure=Measure.MD)
    assert network.studies == ("s",)
    fit = pair_table(fit_network(network))
    for a, b, te, se in zip(fit.a, fit.b, fit.te, fit.se, strict=True):
        assert abs(te - (arms[names[a]] - arms[names[b]])) < 4.0 * 10.0**-digits
        assert 0.0 < se < 2.0


@pytest.mark.parametrize("digits", [1, 2, 3])
@pytest.mark.parametrize("names", ["abc", "abcd"])
def test_what_rounding_cannot_have_done_stays_a_fault(digits: int, names: str) -> None:
    rows = printed("s", dict(zip(names, (0.123, 0.456, 0.789, 0.3), strict=False)), dict.fromkeys(names, 0.3), digits)
    off = 4.0 * 10.0**-digits
    assert "more than rounding explains" in message(replace(rows[0], te=rows[0].te + off), *rows[1:])


def test_a_study_off_by_rounding_is_named_with_how_far() -> None:
    """0.53 + 0.17 is 0.70, not 0.71: each is 0.01/3 from effects that add up."""
    rows = [("x", "y", 0.53, 0.1), ("x", "z", 0.71, 0.1), ("y", "z", 0.17, 0.12)]
    figures = [contrast("A", *row) for row in rows]
    assert "off by 0.00333" in message(*figures)
    rounded = [replace(one, te_rounding=0.005, se_rounding=0.05) for one in figures]
    (note,) = network_data([], rounded, measure=Measure.MD).notes
    assert note == "`A`: its effects do not add up; `x` against `y` is off by 0.00333, which rounding explains"
    with pytest.raises(InvalidEvidence, match="more than the tolerance allows"):
        network_data([], rounded, measure=Measure.MD, te_tolerance=0.001)


def test_standard_errors_that_only_rounding_made_impossible_are_those_of_the_nearest_arms() -> None:
    """0.1, 0.1 and 0.2 lie on a line; arms with 0.12 and 0.18 would be printed so."""
    rows = [("x", "y", 0.5, 0.1), ("x", "z", 0.7, 0.2), ("y", "z", 0.2, 0.1)]
    figures = [contrast("A", *row) for row in rows]
    assert "cannot come from one set of arms" in message(*figures)
    data = network_data([], [replace(one, se_rounding=0.05) for one in figures], measure=Measure.MD)
    errors = np.sqrt(data.blocks[0].v[0])
    assert errors[0, 1] == pytest.approx(0.1, abs=0.05)
    assert errors[0, 2] == pytest.approx(0.2, abs=0.05)
    assert errors[0, 2] < errors[0, 1] + errors[1, 2]
    assert "`A`: no arms have its standard errors" in data.notes[0]


def test_four_arms_to_one_decimal_all_get_a_variance() -> None:
    errors = {"ab": 0.1, "ac": 0.2, "ad": 0.2, "bc": 0.1, "bd": 0.2, "cd": 0.3}
    figures = [replace(contrast("A", *pair, se=one), se_rounding=0.05) for pair, one in errors.items()]
    data = network_data([], figures, measure=Measure.MD)
    pairs = pair_table(fit_network(data))
    assert pairs.se == pytest.approx(list(errors.values()), abs=0.05)
    assert np.diag(data.blocks[0].covariance[0]).min() > 0.01**2


def test_a_small_error_beside_large_ones_is_not_an_impossible_one() -> None:
    rows = [("a", "b", 1.0, 1e-8), ("a", "c", 2.0, 1.0), ("b", "c", 1.0, 1.0)]
    network = network_data([], [contrast("s", *row) for row in rows], measure=Measure.MD)
    pairs = pair_table(fit_network(network))
    assert pairs.se == pytest.approx([1e-8, 1.0, 1.0], rel=1e-9)
    assert pairs.te == pytest.approx([1.0, 2.0, 1.0], rel=1e-9)


def test_errors_too_different_for_any_number_of_digits_are_named() -> None:
    rows = [contrast("fine", "a", "b", se=1e-40), contrast("coarse", "b", "c", se=1.0)]
    with pytest.raises(InvalidEvidence) as failure:
        fit_network(network_data([], rows, measure=Measure.MD))
    assert [fault.where for fault in failure.value.faults] == ["study `fine`", "study `coarse`"]
    assert "differ too much: digits would be lost" in failure.value.message


def test_a_large_network_is_refused_sooner() -> None:
    names = [f"t{i:02d}" for i in range(60)]
    rows = [contrast(f"s{i:02d}", a, b) for i, (a, b) in enumerate(pairwise(names))]
    assert fit_network(network_data([], [replace(rows[0], se=1e-3), *rows[1:]], measure=Measure.MD)).df == 0
    with pytest.raises(InvalidEvidence, match="study `s00`: its standard errors and those of `s01` differ too much"):
        fit_network(network_data([], [replace(rows[0], se=1e-6), *rows[1:]], measure=Measure.MD))


def test_standard_errors_that_no_arms_could_give_are_named() -> None:
    said = message(TRIANGLE[0], TRIANGLE[1], replace(TRIANGLE[2], se=2.5))
    assert "its standard errors cannot come from one set of arms" in said


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (contrast("x", "a", "a"), "`a` is compared with itself"),
        (contrast("x", "a", "b", te=float("nan")), "the effect of `a` against `b` is nan, not a number"),
        (contrast("x", "a", "b", se=0.0), "the standard error of `a` against `b` is 0.0, not a positive number"),
    ],
)
def test_an_impossible_contrast_is_named(bad: Contrast, said: str) -> None:
    assert said in message(bad)


def test_a_comparison_given_twice_is_named_whichever_way_round() -> None:
    assert "`b` against `a` is given more than once" in message(contrast("x", "a", "b"), contrast("x", "b", "a"))


def test_all_studies_that_break_a_rule_are_named_at_once() -> None:
    said = message(contrast("x", "a", "a"), contrast("y", "a", "b", se=-1.0))
    assert "study `x`" in said
    assert "study `y`" in said


def test_a_study_is_given_as_arms_or_as_contrasts_not_both() -> None:
    with pytest.raises(InvalidEvidence, match="given both as arms and as contrasts"):
        network_data(counts("x", a=(1, 10), b=(2, 10)), [contrast("x", "a", "b")], measure=Measure.OR)


@pytest.mark.parametrize(
    ("arms", "said"),
    [
        ([Group(study="x", treatment="a", n=10, events=1)] * 2, "more than one arm received `a`; merge them into one"),
        (counts("x", a=(11, 10), b=(1, 10)), "`a` has 11 events among n = 10"),
        (counts("x", a=(1, 0), b=(1, 10)), "`a` has n = 0, not a positive number"),
        ([Group(study="x", treatment="a", n=9, mean=1.0, sd=-1.0)], "`a` has the standard deviation -1.0"),
        ([Group(study="x", treatment="a", n=9, mean=float("inf"), sd=1.0)], "`a` has the mean inf, not a number"),
    ],
)
def test_an_impossible_arm_is_named(arms: list[Group], said: str) -> None:
    with pytest.raises(InvalidEvidence, match="study `x`") as failure:
        network_data(arms, measure=Measure.OR)
    assert said in failure.value.message


def test_contrasts_against_one_arm_with_its_variance_are_a_whole_study() -> None:
    """As ishida-2004: risk ratios printed against one arm of 17 events in 66, and those that follow from them."""
    printed = [("a", -0.58, 0.37), ("b", -0.89, 0.43), ("c", -0.92, 0.43)]
    variance = 1 / 17 - 1 / 66
    star = [contrast("ishida", name, "no-treatment", te, se) for name, te, se in printed]
    whole = [
        contrast("ishida", one, other, te - te2, np.sqrt(se**2 + se2**2 - 2 * variance))
        for i, (one, te, se) in enumerate(printed)
        for other, te2, se2 in printed[i + 1 :]
    ]
    shared = SharedArm(study="ishida", treatment="no-treatment", variance=variance)
    first, second = (
        pair_table(fit_network(network_data([], studies, measure=Measure.RR, shared=[shared]), 0.1))
        for studies in (star, star + whole)
    )
    assert first.te == pytest.approx(second.te)
    assert first.se == pytest.approx(second.se)
    assert first.te[2] == pytest.approx(-0.58)


def test_a_shared_variance_that_contradicts_the_contrasts_is_named() -> None:
    shared = SharedArm(study="three", treatment="c", variance=0.1)
    assert "contradicts the variance of its arm `c`" in message(*TRIANGLE, shared=(shared,))


def test_a_shared_arm_must_stand_in_the_study() -> None:
    shared = SharedArm(study="three", treatment="z", variance=0.1)
    assert "its shared arm `z` stands in none of its contrasts" in message(*TRIANGLE[:2], shared=(shared,))


@pytest.mark.parametrize(
    ("arms", "reason"),
    [
        (counts("x", a=(0, 10), b=(0, 10)), "no event in any arm"),
        (counts("x", a=(10, 10), b=(10, 10)), "only events in every arm"),
        (
            counts("x", a=(0, 10), b=(0, 10), c=(3, 10)),
            "no event in `a` and `b`: no estimate for this pair, so the multi",
        ),
        (counts("x", a=(3, 10)), "only one arm"),
        ([Group(study="x", treatment="a", n=9), *counts("x", b=(1, 9))], "the number of events of `a` is not known"),
    ],
)
def test_a_study_without_an_effect_is_left_out_with_the_reason(arms: list[Group], reason: str) -> None:
    data = network_data([*arms, *counts("y", a=(2, 10), b=(4, 10))], measure=Measure.OR)
    assert data.studies == ("y",)
    assert [one.study for one in data.excluded] == ["x"]
    assert data.excluded[0].reason.startswith(reason)


@pytest.mark.parametrize("keep", [False, True])
def test_two_arms_of_nothing_but_events_have_no_variance_of_a_risk_ratio_beside_a_third(keep: bool) -> None:
    """0.5 added to events and participants alike leaves 1/(n + 0.5) - 1/(n + 0.5)."""
    arms = [*counts("x", a=(20, 20), b=(30, 30), p=(1, 20)), *counts("y", a=(2, 10), p=(4, 10))]
    data = network_data(arms, measure=Measure.RR, keep_double_zero=keep)
    assert data.studies == ("y",)
    assert [one.study for one in data.excluded] == ["x"]
    assert data.excluded[0].reason.startswith("only events in `a` and `b`: no variance for this pair")
    one_full = network_data(counts("x", a=(20, 20), b=(29, 30), p=(1, 20)), measure=Measure.RR, keep_double_zero=keep)
    all_full = network_data(counts("x", a=(20, 20), b=(30, 30), p=(9, 9)), measure=Measure.RR, keep_double_zero=keep)
    assert one_full.studies == all_full.studies == ("x",)


def test_studies_without_events_stay_when_asked_to_and_always_for_a_risk_difference() -> None:
    arms = counts("x", a=(0, 10), b=(0, 10))
    assert network_data(arms, measure=Measure.OR, keep_double_zero=True).studies == ("x",)
    assert network_data(arms, measure=Measure.RD).studies == ("x",)


def test_means_without_spread_or_with_too_few_people_are_left_out() -> None:
    still = [Group(study="x", treatment=name, n=9, mean=1.0, sd=sd) for name, sd in (("a", 0.0), ("b", 1.0))]
    few = [Group(study="x", treatment=name, n=n, mean=1.0, sd=1.0) for name, n in (("a", 1), ("b", 2))]
    unknown = [replace(still[0], sd=None), still[1]]
    reasons = [network_data(arms, measure=Measure.SMD).excluded[0].reason for arms in (still, few, unknown)]
    assert reasons[0] == "the standard deviation of `a` is 0"
    assert reasons[1] == "3 people in 2 arms: a standardised mean difference needs 4 or more"
    assert reasons[2] == "the mean and standard deviation of `a` is not known"


@pytest.mark.parametrize("measure", [Measure.MD, Measure.SMD])
def test_of_three_arms_the_one_without_spread_is_left_out_and_named(measure: Measure) -> None:
    arms = [Group(study="x", treatment=name, n=9, mean=1.0, sd=sd) for name, sd in (("a", 0.0), ("b", 1.0), ("c", 2.0))]
    data = network_data(arms, measure=measure)
    assert (data.studies, data.treatments) == (("x",), ("b", "c"))
    assert data.notes == ("an arm of x is left out: the standard deviation of `a` is 0",)
    only_two = network_data(arms[1:], measure=measure)
    assert pair_table(fit_network(data)).te == pair_table(fit_network(only_two)).te


def test_of_three_arms_two_without_spread_leave_nothing_to_compare() -> None:
    arms = [Group(study="x", treatment=name, n=9, mean=1.0, sd=sd) for name, sd in (("a", 0.0), ("b", 0.0), ("c", 2.0))]
    data = network_data(arms, measure=Measure.MD)
    assert (data.studies, data.notes) == ((), ())
    assert data.excluded[0].reason == "the standard deviation of `a` and `b` is 0"


def test_zero_and_small_cells_are_marked_and_participants_counted() -> None:
    groups = [
        *counts("x", a=(0, 10), b=(6, 30)),
        *counts("y", a=(4, 10), b=(6, 30)),
        *counts("z", a=(5, 10), b=(6, 30)),
    ]
    data = network_data(groups, measure=Measure.OR)
    assert data.zero_cell.tolist() == [True, False, False]
    assert data.small_cell.tolist() == [True, True, False]
    assert data.participants.tolist() == [30.0, 90.0]
    mixed = network_data(groups, [contrast("w", "b", "c")], measure=Measure.OR)
    assert np.isnan(mixed.participants).tolist() == [False, True, True]


def test_arms_give_no_hazard_ratio() -> None:
    with pytest.raises(UsageError, match="arm-level results give no HR"):
        network_data(counts("x", a=(1, 10), b=(2, 10)), measure=Measure.HR)


def test_tau2_has_two_estimators_and_needs_degrees_of_freedom() -> None:
    data = network_data([], [contrast("x", "a", "b")], measure=Measure.MD)
    assert network_tau2(data, "REML") is None
    with pytest.raises(UsageError, match="REML or DL, not `PM`"):
        network_tau2(data, "PM")


def test_a_network_needs_a_study() -> None:
    with pytest.raises(UsageError, match="at least one study"):
        fit_network(network_data(measure=Measure.MD))
