"""Relative effects told as people count."""

import pytest

from bonerx.errors import UsageError
from bonerx.model.measure import Measure
from bonerx.synthesis.pairwise.absolute_effect import absolute_effect, nnt_text, risk_with


def test_half_the_risk_of_one_in_ten_spares_fifty_in_a_thousand():
    found = absolute_effect(Measure.RR, 0.5, 0.4, 0.8, 0.1)
    assert (found.per_1000, found.per_1000_low, found.per_1000_high) == pytest.approx((-50.0, -60.0, -20.0))
    assert nnt_text(found) == "NNTB 20 (NNTB 17 to 50)"


def test_an_interval_across_no_effect_runs_through_infinity():
    found = absolute_effect(Measure.RR, 0.9, 0.7, 1.2, 0.1)
    assert found.through_infinity
    assert nnt_text(found) == "NNTB 100 (NNTB 34 to ∞ to NNTH 50)"


def test_a_harm_across_no_effect_runs_from_benefit_to_harm_too():
    assert nnt_text(absolute_effect(Measure.RD, 0.01, -0.01, 0.02, 0.1)) == "NNTH 100 (NNTB 100 to ∞ to NNTH 50)"


def test_a_wanted_event_turns_benefit_and_harm():
    found = absolute_effect(Measure.RR, 1.5, 0.9, 2.0, 0.1, harmful=False)
    assert nnt_text(found) == "NNTB 20 (NNTB 10 to ∞ to NNTH 100)"


def test_no_difference_needs_infinitely_many():
    found = absolute_effect(Measure.RR, 1.0, 0.5, 2.0, 0.1)
    assert found.nnt is None
    assert nnt_text(found) == "∞ (NNTB 20 to ∞ to NNTH 10)"


def test_an_interval_that_ends_at_no_effect_ends_at_infinity():
    assert nnt_text(absolute_effect(Measure.RR, 0.5, 0.4, 1.0, 0.1)) == "NNTB 20 (NNTB 17 to ∞)"


def test_an_odds_ratio_goes_through_the_odds():
    assert risk_with(Measure.OR, 2.0, 0.5) == pytest.approx(2 / 3)


def test_a_hazard_ratio_assumes_proportional_hazards():
    found = absolute_effect(Measure.HR, 2.0, 1.5, 3.0, 0.1)
    assert found.risk == pytest.approx(1 - 0.9**2)
    assert "proportional" in found.assumption


def test_risks_stay_between_none_and_all():
    assert risk_with(Measure.RR, 5.0, 0.5) == 1.0
    assert risk_with(Measure.RD, -0.9, 0.5) == 0.0


@pytest.mark.parametrize("baseline", [0.0, 1.0, 5.0])
def test_the_baseline_risk_is_a_probability(baseline):
    with pytest.raises(UsageError, match="baseline risk"):
        risk_with(Measure.RR, 0.5, baseline)


def test_a_mean_difference_says_nothing_of_risks():
    with pytest.raises(UsageError, match="nothing of risks"):
        risk_with(Measure.MD, 0.5, 0.1)


def test_the_interval_must_hold_the_estimate():
    with pytest.raises(UsageError, match="does not hold"):
        absolute_effect(Measure.RR, 0.5, 0.6, 0.8, 0.1)
