"""The parts a pairwise analysis is made of, where the reference data do not reach."""

import math

import numpy as np
import pytest

from bonerx.errors import UsageError
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import Counts
from bonerx.synthesis.numeric.distributions import chi2_quantile, critical_value
from bonerx.synthesis.numeric.root_finding import bracketed_root
from bonerx.synthesis.pairwise.heterogeneity import tau2_interval
from bonerx.synthesis.pairwise.inverse_variance import AdHoc, Prediction, prediction_interval, random_effects
from bonerx.synthesis.pairwise.leave_one_out import cumulative, leave_one_out
from bonerx.synthesis.pairwise.mantel_haenszel import mantel_haenszel, peto_effect
from bonerx.synthesis.pairwise.meta_regression import Covariate, meta_regression
from bonerx.synthesis.pairwise.small_study_effects import begg, egger, harbord, peters
from bonerx.synthesis.pairwise.subgroups import subgroups
from bonerx.synthesis.pairwise.tau2 import Tau2Method, checked_effects, estimate_tau2
from bonerx.synthesis.pairwise.trim_and_fill import trim_and_fill

TE, SE = np.array([0.1, 0.3, -0.2, 0.5]), np.array([0.1, 0.2, 0.15, 0.3])


def test_critical_values_are_those_of_the_tables():
    assert critical_value(0.95) == pytest.approx(1.959963984540054, rel=1e-14)
    assert critical_value(0.95, 3) == pytest.approx(3.182446305284263, rel=1e-12)
    assert chi2_quantile(0.95, 1) == pytest.approx(3.841458820694124, rel=1e-12)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0, -0.5])
def test_a_level_lies_between_zero_and_one(level):
    with pytest.raises(UsageError):
        critical_value(level)


@pytest.mark.parametrize(
    ("function", "low", "high", "root"),
    [
        (lambda x: 2.0 - x * x, 0.0, 2.0, math.sqrt(2.0)),
        (lambda x: 1.0 - x**21, 0.0, 40.0, 1.0),
        (lambda x: 1.0 if x < math.pi else -1.0, 0.0, 100.0, math.pi),
        (lambda x: math.exp(-x) - 1e-12, 0.0, 700.0, math.log(1e12)),
        (lambda x: 1e-300 * (0.25 - x), 0.0, 1.0, 0.25),
    ],
)
def test_a_root_is_found_to_the_precision_of_a_float(function, low, high, root):
    assert bracketed_root(function, low, high) == pytest.approx(root, rel=1e-14)


def test_a_root_needs_a_change_of_sign():
    with pytest.raises(UsageError, match="no change of sign"):
        bracketed_root(lambda x: 1.0 + x, 0.0, 1.0)


@pytest.mark.parametrize(
    ("te", "se", "method"),
    [
        ([1.1, -1.7, -0.1, 0.9, -1.1], [0.17, 0.94, 1.7, 0.03, 2.75], Tau2Method.REML),
        ([-1.9, -0.3, -0.7], [0.5, 2.26, 0.05], Tau2Method.ML),
        ([0.7, -2.0, 0.3, -1.1], [0.09, 0.86, 0.12, 3.52], Tau2Method.ML),
    ],
)
def test_the_highest_of_two_maxima_of_the_likelihood_is_taken(te, se, method):
    grid = np.concatenate(([0.0], np.geomspace(1e-6, 100.0, 8000)))
    w = 1.0 / (np.square(se) + grid[:, None])
    mean = (w * te).sum(axis=1) / w.sum(axis=1)
    height = np.log(w).sum(axis=1) - (w * (np.array(te) - mean[:, None]) ** 2).sum(axis=1)
    height -= np.log(w.sum(axis=1)) if method is Tau2Method.REML else 0.0
    padded = np.concatenate(([-np.inf], height, [-np.inf]))
    assert ((padded[1:-1] > padded[:-2]) & (padded[1:-1] > padded[2:])).sum() == 2
    found = estimate_tau2(np.array(te), np.array(se), method)
    assert found == pytest.approx(grid[height.argmax()], rel=5e-3, abs=1e-9)


@pytest.mark.parametrize("method", Tau2Method)
def test_one_study_shows_no_variance_between_studies(method):
    assert estimate_tau2(TE[:1], SE[:1], method) is None
    assert tau2_interval(TE[:1], SE[:1]) is None


@pytest.mark.parametrize("method", Tau2Method)
def test_equal_effects_have_no_variance_between_them(method):
    assert estimate_tau2(np.full(3, 0.4), SE[:3], method) == 0.0


def test_effects_and_errors_come_in_pairs():
    with pytest.raises(UsageError):
        checked_effects(TE, SE[:2])


def test_mantel_haenszel_is_for_counts():
    with pytest.raises(UsageError):
        mantel_haenszel([], Measure.MD)
    assert mantel_haenszel([], Measure.RD) is None


def test_peto_needs_events_and_non_events():
    assert peto_effect(Counts(events_a=0, n_a=5, events_b=0, n_b=5)) is None
    assert peto_effect(Counts(events_a=0, n_a=0.5, events_b=0, n_b=0.5)) is None


def test_asymmetry_is_not_asked_of_two_studies():
    assert egger(TE[:2], SE[:2]) is None
    assert begg(TE[:2], SE[:2]) is None
    assert trim_and_fill(TE[:2], SE[:2]) is None


def test_asymmetry_of_tables_leaves_out_those_without_information():
    tables = [
        Counts(events_a=a, n_a=50, events_b=b, n_b=40) for a, b in ((5, 6), (0, 0), (9, 3), (1, 8), (20, 21), (50, 40))
    ]
    assert harbord(tables).df == 2
    assert peters([0.1, 0.0, -0.4, 0.3, 0.2, 0.0], tables) is None  # all trials are of one size


def test_ranks_all_tied_give_no_rank_test():
    assert begg(TE, np.full(4, 0.2)) is None


def test_tied_ranks_take_the_normal_approximation():
    test = begg(TE, np.array([0.1, 0.1, 0.2, 0.3]))
    assert test.p_exact == test.p


def test_no_study_can_be_left_out_of_one():
    assert leave_one_out(["S1"], TE[:1], SE[:1]) == ()


def test_studies_are_added_by_year_and_ties_as_given():
    steps = cumulative(["S1", "S2", "S3", "S4"], TE, SE, order=[2001, 1999, 2001, 1990])
    assert [step.study for step in steps] == ["S4", "S2", "S1", "S3"]


def test_groups_are_two_or_more_and_cover_every_study():
    with pytest.raises(UsageError, match="two groups"):
        subgroups(TE, SE, ["x"] * 4)
    with pytest.raises(UsageError, match="labels"):
        subgroups(TE, SE, ["x", "y"])


def test_groups_of_one_study_have_no_variance_of_their_own():
    found = subgroups(TE, SE, ["x", "x", "y", "z"])
    assert [group.tau2 is None for group in found.groups] == [False, True, True]
    assert subgroups(TE, SE, ["w", "x", "y", "z"], shared_tau2=True).groups[0].tau2 is None


@pytest.mark.parametrize(
    ("covariates", "message"),
    [
        ([], "needs a covariate"),
        ([Covariate(name="x", values=[1.0, 2.0])], "4 studies but 2 values"),
        ([Covariate(name="x", values=[1.0, 2.0, 3.0, math.nan])], "not known for every study"),
        ([Covariate(name="x", values=[1.0] * 4)], "cannot be told apart"),
        ([Covariate(name="x", values=[0.0] * 4)], "cannot be told apart"),
        ([Covariate(name="x", values=["p", "q", "p", "q"], reference="r")], "no study has `x` = `r`"),
        ([Covariate(name="x", values=["p", "q", "r", "s"])], "too few"),
        ([Covariate(name="x", values=["p"] * 4)], "needs a covariate"),
    ],
)
def test_a_regression_that_cannot_be_made_says_why(covariates, message):
    with pytest.raises(UsageError, match=message):
        meta_regression(TE, SE, covariates)


def test_the_reference_category_can_be_chosen():
    values = ["p", "q", "p", "q"]
    by_p, by_q = (meta_regression(TE, SE, [Covariate(name="x", values=values, reference=r)]) for r in (None, "q"))
    assert by_q.coefficients["x:p"].te == pytest.approx(-by_p.coefficients["x:q"].te)


def test_effects_on_the_line_have_no_knapp_hartung_error():
    exact = np.array([1.0, 2.0, 3.0, 4.0])
    with pytest.raises(UsageError, match="exactly"):
        meta_regression(np.zeros(4), SE, [Covariate(name="x", values=list(exact))], knapp_hartung=True)


@pytest.mark.parametrize("rule", list(AdHoc))
@pytest.mark.parametrize("te", [[0.4, 0.4, 0.4], [0.0, 0.0], [0.4, 0.4000000000000003]])
def test_the_plain_interval_of_equal_effects_has_no_width_whatever_the_rule(te, rule):
    """The last pair is 5 - 4.6 and 3 - 2.6: equal but for the rounding."""
    found = random_effects(np.array(te), np.full(len(te), 0.25), adhoc=rule)
    plain = found.hk_plain
    assert (plain.se, plain.df, plain.p, plain.statistic) == (0.0, len(te) - 1, None, None)
    assert plain.ci_low == plain.ci_high == plain.te == found.wald.te
    if rule is AdHoc.NONE:
        assert found.hk == plain
    else:  # every rule is there to keep such an interval from being believed
        assert found.hk.se == found.wald.se
        assert found.hk.ci_high - found.hk.ci_low >= found.wald.ci_high - found.wald.ci_low


@pytest.mark.parametrize("rule", list(AdHoc))
@pytest.mark.parametrize("apart", [1e-12, 1e-6, 1e-3])
def test_the_plain_interval_of_nearly_equal_effects_is_the_formula(apart, rule):
    """Two effects of one standard error that lie `apart`: se² = apart² / 4, with t of one degree of freedom."""
    plain = random_effects(np.array([0.4, 0.4 + apart]), np.array([0.25, 0.25]), adhoc=rule).hk_plain
    assert plain.se == pytest.approx(apart / 2.0, rel=1e-3)
    assert plain.ci_high - plain.ci_low == pytest.approx(12.706204736 * apart, rel=1e-3)
    assert plain.df == 1


def test_a_prediction_interval_by_the_plain_error_of_equal_effects_has_no_width_and_says_why():
    interval = prediction_interval(np.array([0.4, 0.4]), np.array([0.25, 0.25]), 0.0, definition=Prediction.HK)
    assert interval.ci_low == interval.ci_high == 0.4
    assert "all the same" in interval.reason
