"""What one study says, and what happens where it says nothing."""

import math

import pytest

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import (
    Continuity,
    Counts,
    binary_effect,
    continuous_effect,
    counts_of,
    hedges_j,
    reported_effect,
)


def counts(events_a, n_a, events_b, n_b):
    return Counts(events_a=events_a, n_a=n_a, events_b=events_b, n_b=n_b)


def arm(treatment="drug", n=10.0, **numbers):
    return Group(study="S", treatment=treatment, n=n, **numbers)


def test_a_risk_ratio_is_that_of_the_proportions():
    effect = binary_effect(counts(10, 100, 20, 100), Measure.RR)
    assert math.exp(effect.te) == pytest.approx(0.5)
    assert effect.se == pytest.approx(math.sqrt(1 / 10 - 1 / 100 + 1 / 20 - 1 / 100))


@pytest.mark.parametrize("measure", [Measure.RR, Measure.OR])
def test_a_study_without_events_is_left_out_of_a_ratio_with_the_reason(measure):
    effect = binary_effect(counts(0, 40, 0, 41), measure)
    assert effect.te is None
    assert "no event in either arm" in effect.reason
    assert binary_effect(counts(0, 40, 0, 41), measure, keep_double_zero=True).te is not None


def test_a_study_without_events_keeps_its_risk_difference():
    effect = binary_effect(counts(0, 40, 0, 40), Measure.RD)
    assert effect.te == 0.0
    assert effect.se > 0.0


def test_treatment_arm_continuity_adds_by_the_size_of_the_arm():
    effect = binary_effect(counts(0, 60, 5, 40), Measure.OR, continuity=Continuity.TREATMENT_ARM)
    assert (effect.added_a, effect.added_b) == (0.6, 0.4)


def test_equal_arms_are_corrected_alike_by_half_and_by_arm():
    table = counts(0, 50, 5, 50)
    half, by_arm = (binary_effect(table, Measure.RR, continuity=c) for c in (Continuity.HALF, Continuity.TREATMENT_ARM))
    assert half == by_arm


@pytest.mark.parametrize("measure", [Measure.RR, Measure.OR])
def test_without_correction_a_zero_cell_gives_no_effect_but_a_reason(measure):
    effect = binary_effect(counts(0, 60, 5, 62), measure, continuity=Continuity.NONE)
    assert effect.te is None
    assert "zero cell" in effect.reason


def test_nothing_is_added_where_no_cell_is_zero():
    for continuity in Continuity:
        assert binary_effect(counts(1, 60, 5, 62), Measure.RR, continuity=continuity).added_a == 0.0


def test_a_measure_of_means_is_not_computed_from_events():
    with pytest.raises(UsageError, match="cannot be computed from events"):
        binary_effect(counts(1, 60, 5, 62), Measure.MD)
    with pytest.raises(UsageError, match="cannot be computed from means"):
        continuous_effect(arm(mean=1.0, sd=1.0), arm(mean=1.0, sd=1.0), Measure.RR)


@pytest.mark.parametrize(("events", "n"), [(11, 10), (-1, 10), (0, 0), (0, math.inf)])
def test_impossible_counts_are_refused(events, n):
    with pytest.raises(InvalidEvidence):
        counts_of(arm(n=n, events=events), arm(events=1))


def test_unknown_events_are_no_counts():
    assert counts_of(arm(), arm(events=1)) is None


def test_j_is_near_its_approximation():
    assert hedges_j(10) == pytest.approx(1 - 3 / (4 * 10 - 1), rel=1e-3)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({"sd": 1.0}, {"mean": 1.0, "sd": 1.0}, "no mean"),
        ({"mean": 1.0}, {"mean": 1.0, "sd": 1.0}, "no standard deviation"),
        ({"mean": 1.0, "sd": 0.0}, {"mean": 2.0, "sd": 0.0}, "the standard deviation of `drug` and `placebo` is 0"),
        ({"mean": 1.0, "sd": 0.0}, {"mean": 2.0, "sd": 1.0}, "the standard deviation of `drug` is 0"),
        ({"mean": 1.0, "sd": 1.0}, {"mean": 2.0, "sd": 0.0}, "the standard deviation of `placebo` is 0"),
    ],
)
@pytest.mark.parametrize("measure", [Measure.MD, Measure.SMD])
def test_a_difference_of_means_needs_means_and_spread_in_either_arm(a, b, reason, measure):
    effect = continuous_effect(arm(**a), arm("placebo", **b), measure)
    assert effect.te is None
    assert reason in effect.reason


@pytest.mark.parametrize("n", [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0)])
def test_a_standardised_difference_needs_two_degrees_of_freedom_and_a_mean_difference_none(n):
    a, b = arm(n=n[0], mean=1.0, sd=1.0), arm("placebo", n=n[1], mean=2.0, sd=1.0)
    assert continuous_effect(a, b, Measure.SMD).reason == (
        f"{sum(n):g} people in 2 arms: a standardised mean difference needs 4 or more"
    )
    assert continuous_effect(a, b, Measure.MD).te == -1.0


@pytest.mark.parametrize("n", [(2.0, 2.0), (1.0, 3.0)])
def test_with_two_degrees_of_freedom_the_correction_is_exact(n):
    """J(2) = 1/√π, and of the variance 1/n₁ + 1/n₂ + g² (1 − (m − 2)/(m J²)) the last term is g² itself."""
    effect = continuous_effect(arm(n=n[0], mean=5.1, sd=1.2), arm("placebo", n=n[1], mean=3.9, sd=0.9), Measure.SMD)
    pooled = math.sqrt(((n[0] - 1) * 1.2**2 + (n[1] - 1) * 0.9**2) / 2)
    g = 1.2 / pooled / math.sqrt(math.pi)
    assert effect.te == pytest.approx(g, rel=1e-14)
    assert effect.se == pytest.approx(math.sqrt(1 / n[0] + 1 / n[1] + g * g), rel=1e-14)


@pytest.mark.parametrize("numbers", [{"n": 0.0}, {"sd": -1.0}, {"sd": math.nan}])
def test_impossible_means_are_refused(numbers):
    with pytest.raises(InvalidEvidence):
        continuous_effect(arm(**({"mean": 1.0, "sd": 1.0} | numbers)), arm(mean=1.0, sd=1.0), Measure.MD)


def test_a_printed_hazard_ratio_keeps_its_value_and_takes_its_error_from_the_interval():
    te, se = reported_effect(Measure.HR, 0.5, 0.25, 1.0)
    assert math.exp(te) == pytest.approx(0.5)
    assert math.exp(te + 1.959963984540054 * se) == pytest.approx(1.0)


def test_the_level_of_a_printed_interval_counts():
    wide, narrow = (reported_effect(Measure.MD, 1.0, 0.0, 2.0, level=level)[1] for level in (0.9, 0.99))
    assert wide > narrow


@pytest.mark.parametrize("numbers", [(0.5, 0.0, 1.0), (0.5, 0.7, 0.6), (math.nan, 0.1, 0.2)])
def test_an_impossible_interval_is_refused(numbers):
    with pytest.raises(InvalidEvidence):
        reported_effect(Measure.RR, *numbers)


@pytest.mark.parametrize("power", [-200, -170, -80, 80, 170, 200])
@pytest.mark.parametrize("measure", [Measure.MD, Measure.SMD])
def test_the_unit_of_means_changes_a_mean_difference_by_its_factor_and_a_standardised_one_not(power, measure):
    factor = 10.0**power
    a, b = {"mean": 5.1, "sd": 1.2}, {"mean": 3.9, "sd": 0.9}
    plain = continuous_effect(arm(**a), arm("placebo", **b), measure)
    scaled = [{name: number * factor for name, number in one.items()} for one in (a, b)]
    found = continuous_effect(arm(**scaled[0]), arm("placebo", **scaled[1]), measure)
    unit = factor if measure is Measure.MD else 1.0
    assert found.te == pytest.approx(plain.te * unit, rel=1e-12)
    assert found.se == pytest.approx(plain.se * unit, rel=1e-12)


def test_less_than_one_participant_has_no_pooled_spread():
    few, more = arm(n=0.1, mean=1.0, sd=10.0), arm("placebo", n=4.0, mean=2.0, sd=0.1)
    assert continuous_effect(few, more, Measure.SMD).reason == "fewer than one participant in an arm"
