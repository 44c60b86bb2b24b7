"""Laws that every pairwise analysis obeys, whatever the numbers."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import Counts, binary_effect
from bonerx.synthesis.pairwise.analysis import PoolAnalysis, PoolMethod, PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.document import pool_document
from bonerx.synthesis.pairwise.inverse_variance import inverse_variance, random_effects
from bonerx.synthesis.pairwise.tau2 import Tau2Method, estimate_tau2

METHODS = st.sampled_from(list(Tau2Method))
EFFECTS = st.lists(st.tuples(st.floats(-3.0, 3.0), st.floats(0.05, 2.0)), min_size=2, max_size=8)
OF_COUNTS = st.sampled_from([Measure.RR, Measure.OR, Measure.RD])


@st.composite
def trials(draw: st.DrawFn) -> list[Group]:
    """Two arms of one to six studies, zero cells and all."""
    groups = []
    for i in range(draw(st.integers(1, 6))):
        for treatment in ("drug", "placebo"):
            n = draw(st.integers(2, 200))
            groups.append(Group(study=f"S{i}", treatment=treatment, n=n, events=draw(st.integers(0, n))))
    return groups


def arrays(effects: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([e[0] for e in effects]), np.array([e[1] for e in effects])


@given(effects=EFFECTS, method=METHODS, seed=st.randoms())
def test_the_order_of_studies_is_irrelevant(effects, method, seed):
    shuffled = list(effects)
    seed.shuffle(shuffled)
    one, other = (random_effects(*arrays(e), method=method) for e in (effects, shuffled))
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-6, abs=1e-9)
    assert other.wald.te == pytest.approx(one.wald.te, rel=1e-6, abs=1e-8)
    assert other.wald.se == pytest.approx(one.wald.se, rel=1e-6)


@given(groups=trials(), measure=OF_COUNTS, method=st.sampled_from(PoolMethod))
def test_swapping_the_arms_changes_the_sign_only(groups, measure, method):
    measure = Measure.OR if method is PoolMethod.PETO else measure
    options = PoolOptions(measure=measure, method=method)
    one = analyse_pool(groups, [], "drug", "placebo", options)
    other = analyse_pool(groups, [], "placebo", "drug", options)
    assert one.k == other.k
    assert [s.included for s in one.studies] == [s.included for s in other.studies]
    if one.common is None:
        assert other.common is None
    else:
        assert other.common.te == pytest.approx(-one.common.te, abs=1e-9)
        assert other.common.se == pytest.approx(one.common.se)
    if one.random is not None:
        assert other.random.wald.te == pytest.approx(-one.random.wald.te, rel=1e-6, abs=1e-8)
        assert other.random.hk.ci_low == pytest.approx(-one.random.hk.ci_high, rel=1e-5, abs=1e-6)


@given(effects=EFFECTS, copies=st.integers(2, 5))
def test_copies_shrink_the_common_error_by_the_root_of_their_number(effects, copies):
    te, se = arrays(effects)
    one, many = inverse_variance(te, se), inverse_variance(np.tile(te, copies), np.tile(se, copies))
    assert many.te == pytest.approx(one.te, abs=1e-12)
    assert many.se == pytest.approx(one.se / math.sqrt(copies))


@given(effects=EFFECTS, method=METHODS)
def test_the_estimate_lies_within_the_range_of_the_studies(effects, method):
    te, se = arrays(effects)
    found = random_effects(te, se, method=method)
    for mean in (found.wald, inverse_variance(te, se)):
        assert te.min() - 1e-12 <= mean.te <= te.max() + 1e-12
    assert found.tau2 >= 0.0
    assert found.hk.ci_high - found.hk.ci_low >= (found.wald.ci_high - found.wald.ci_low) * (1.0 - 1e-12)


@given(events_a=st.integers(0, 50), events_b=st.integers(0, 50), n_a=st.integers(50, 90), n_b=st.integers(50, 90))
def test_the_odds_ratio_of_the_complement_is_its_inverse(events_a, events_b, n_a, n_b):
    has = binary_effect(Counts(events_a=events_a, n_a=n_a, events_b=events_b, n_b=n_b), Measure.OR)
    lacks = binary_effect(Counts(events_a=n_a - events_a, n_a=n_a, events_b=n_b - events_b, n_b=n_b), Measure.OR)
    if has.te is None:
        assert lacks.te is None
    else:
        assert lacks.te == pytest.approx(-has.te, abs=1e-12)
        assert lacks.se == pytest.approx(has.se)


@given(effects=EFFECTS, unit=st.sampled_from([0.001, 0.1, 10.0, 1000.0]), method=METHODS)
def test_differences_scale_with_their_unit(effects, unit, method):
    te, se = arrays(effects)
    spread = np.ptp(te)
    assume(spread > 1e-3)
    one, other = random_effects(te, se, method=method), random_effects(unit * te, unit * se, method=method)
    assert other.tau2 == pytest.approx(one.tau2 * unit**2, rel=1e-6, abs=1e-9 * unit**2)
    assert other.wald.te == pytest.approx(one.wald.te * unit, rel=1e-6, abs=1e-8 * unit)
    assert other.wald.se == pytest.approx(one.wald.se * unit, rel=1e-6)


@given(effects=EFFECTS, shift=st.floats(-5.0, 5.0), method=METHODS)
def test_a_shift_of_all_effects_shifts_the_mean_and_nothing_else(effects, shift, method):
    te, se = arrays(effects)
    tau2 = estimate_tau2(te, se, method)
    assert estimate_tau2(te + shift, se, method) == pytest.approx(tau2, rel=1e-6, abs=1e-8)
    assert inverse_variance(te + shift, se, tau2).te == pytest.approx(
        inverse_variance(te, se, tau2).te + shift, abs=1e-9
    )


def log_likelihood(te: np.ndarray, se: np.ndarray, tau2: float, *, restricted: bool) -> float:
    w = 1.0 / (se**2 + tau2)
    mean = (w * te).sum() / w.sum()
    value = np.log(w).sum() - (w * (te - mean) ** 2).sum()
    return float(value - np.log(w.sum()) if restricted else value)


@given(effects=EFFECTS, other=st.floats(0.0, 20.0), restricted=st.booleans())
def test_no_other_tau2_is_more_likely(effects, other, restricted):
    te, se = arrays(effects)
    tau2 = estimate_tau2(te, se, Tau2Method.REML if restricted else Tau2Method.ML)
    best = log_likelihood(te, se, tau2, restricted=restricted)
    assert best >= log_likelihood(te, se, other, restricted=restricted) - 1e-9


def numbers(node: object) -> list[float]:
    if isinstance(node, dict):
        return [x for value in node.values() for x in numbers(value)]
    if isinstance(node, list):
        return [x for value in node for x in numbers(value)]
    return [node] if isinstance(node, float) else []


@given(
    groups=trials(),
    measure=OF_COUNTS,
    method=st.sampled_from([PoolMethod.IV, PoolMethod.MH]),
    keep=st.booleans(),
    exact=st.booleans(),
)
def test_no_document_holds_a_number_that_is_none(groups, measure, method, keep, exact):
    options = PoolOptions(measure=measure, method=method, keep_double_zero=keep, exact_mh=exact)
    analysis: PoolAnalysis = analyse_pool(groups, [], "drug", "placebo", options)
    assert all(math.isfinite(x) for x in numbers(pool_document(analysis)))
    included = [s for s in analysis.studies if s.included]
    assert len(included) == analysis.k
    for weight in ("weight_common", "weight_random"):
        shares = [getattr(s, weight) for s in included if getattr(s, weight) is not None]
        assert not shares or sum(shares) == pytest.approx(1.0)
