"""REML is the highest restricted likelihood, in a pool and in a network, however many maxima there are."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.model.estimate import Contrast
from bonerx.model.measure import Measure
from bonerx.synthesis.network.data import NetworkData, network_data
from bonerx.synthesis.network.gls import fit_network, pair_table
from bonerx.synthesis.network.tau2 import network_tau2
from bonerx.synthesis.numeric.likelihood import highest_likelihood
from bonerx.synthesis.pairwise.inverse_variance import inverse_variance
from bonerx.synthesis.pairwise.tau2 import Tau2Method, estimate_tau2

Effects = tuple[list[float], list[float]]
# Effects and their standard errors, whose likelihood has a maximum at 0 and one above, or two above 0.
AT_0_AND_ABOVE = [
    ([-0.603, -0.65, 1.036, -1.315], [0.185, 0.147, 0.558, 0.578]),
    ([0.085, 0.082, 0.607], [0.013, 0.013, 0.097]),
]
TWO_ABOVE_0 = [
    ([0.658, -0.002, 0.025, -0.04], [0.209, 0.016, 0.217, 0.021]),
    ([0.041, -0.014, 0.141, -0.091, -0.886, 3.5], [0.121, 0.036, 0.005, 0.039, 0.957, 0.745]),
    ([-0.002, -0.546, 0.0, -0.024, 2.715, -0.018], [0.012, 0.111, 0.613, 0.505, 0.423, 0.004]),
]
GRID = np.concatenate(([0.0], np.geomspace(1e-12, 1e4, 4000)))


def two_treatments(effects: Effects) -> NetworkData:
    rows = zip(*effects, strict=True)
    contrasts = [Contrast(study=f"s{i}", a="a", b="b", te=te, se=se) for i, (te, se) in enumerate(rows)]
    return network_data([], contrasts, measure=Measure.MD)


def log_likelihood(effects: Effects, tau2: np.ndarray) -> np.ndarray:
    """The restricted log-likelihood of effects about one mean, times two and without its constant, as in textbooks."""
    y, s = (np.array(one) for one in effects)
    w = 1.0 / (s * s + tau2[:, None])
    mean = (w * y).sum(axis=1) / w.sum(axis=1)
    return np.log(w).sum(axis=1) - np.log(w.sum(axis=1)) - (w * (y - mean[:, None]) ** 2).sum(axis=1)


def maxima(effects: Effects) -> int:
    rises = np.diff(log_likelihood(effects, GRID)) > 0.0
    return int(not rises[0]) + int((rises[:-1] & ~rises[1:]).sum())


@pytest.mark.parametrize("effects", AT_0_AND_ABOVE + TWO_ABOVE_0)
def test_of_several_maxima_the_highest_is_taken_by_both_engines(effects: Effects) -> None:
    assert maxima(effects) > 1
    pooled = estimate_tau2(*map(np.array, effects))
    network = network_tau2(two_treatments(effects), "REML")
    best = log_likelihood(effects, GRID).max()
    for tau2 in (pooled, network):
        assert tau2 is not None
        assert log_likelihood(effects, np.array([tau2]))[0] >= best - 1e-9


def test_the_values_of_two_known_sets() -> None:
    """The roots of the slope with 40 digits (mpmath.findroot); te and se of the second set follow from its root."""
    first, second = (network_tau2(two_treatments(one), "REML") for one in AT_0_AND_ABOVE)
    assert first == pytest.approx(0.5191330983652377, rel=1e-9)
    assert second == pytest.approx(0.0817127, abs=1e-7)
    pairs = pair_table(fit_network(two_treatments(AT_0_AND_ABOVE[1]), second or 0.0))
    assert (pairs.te[0], pairs.se[0]) == pytest.approx((0.2457907774, 0.1680735386), rel=1e-9)


# Errors that differ up to 10^4 times, among them few trials of which one disagrees: where several maxima are likely.
unequal = st.lists(
    st.tuples(
        st.integers(-3000, 3000).map(lambda x: x / 1000),
        st.tuples(st.integers(1, 99), st.integers(-4, -1)).map(lambda at: float(f"{at[0] / 10}e{at[1]}")),
    ),
    min_size=2,
    max_size=6,
).map(lambda rows: ([te for te, _ in rows], [se for _, se in rows]))


@settings(max_examples=60, deadline=None)
@given(unequal)
def test_no_likelihood_on_a_fine_grid_is_higher(effects: Effects) -> None:
    tau2 = estimate_tau2(*map(np.array, effects))
    assert tau2 is not None
    best = log_likelihood(effects, GRID).max()
    assert log_likelihood(effects, np.array([tau2]))[0] >= best - 1e-7 * max(1.0, abs(best))


@settings(max_examples=100, deadline=None)
@given(unequal, st.sampled_from(["REML", "DL"]))
def test_a_network_of_two_treatments_is_the_pool(effects: Effects, method: str) -> None:
    te, se = map(np.array, effects)
    data = two_treatments(effects)
    pooled, network = estimate_tau2(te, se, Tau2Method(method)), network_tau2(data, method)
    assert network == pytest.approx(pooled, rel=1e-8, abs=1e-10 * float((se * se).min()))
    mean, pairs = inverse_variance(te, se, pooled or 0.0), pair_table(fit_network(data, network or 0.0))
    assert pairs.te[0] == pytest.approx(mean.te, rel=1e-8, abs=1e-10)
    assert pairs.se[0] == pytest.approx(mean.se, rel=1e-8)


def test_a_maximum_in_a_narrow_place_is_found_beside_a_wide_one() -> None:
    """The gain is 2 up to 3e-5, 1/2 up to 4, then 0, the cost 1/(1 + tau2): the slope turns at 3e-5 and, higher, at
    4."""

    def slopes(tau2: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.select([tau2 < 3e-5, tau2 < 4.0], [2.0, 0.5]), 1.0 / (1.0 + tau2)

    def log_likelihood(tau2: float) -> float:
        return 2.0 * min(tau2, 3e-5) + 0.5 * max(0.0, min(tau2, 4.0) - 3e-5) - math.log1p(tau2)

    assert highest_likelihood(slopes, log_likelihood, 1e-9, 1e3) == pytest.approx(4.0)
    assert highest_likelihood(slopes, lambda tau2: -log_likelihood(tau2), 1e-9, 1e3) == pytest.approx(3e-5)


@pytest.mark.parametrize("effects", [*AT_0_AND_ABOVE, *TWO_ABOVE_0])
def test_no_slope_is_computed_twice(effects: Effects) -> None:
    """A slope is the whole cost of REML: in a network each is a solution of its equations."""
    y, s = (np.array(one) for one in effects)
    asked: list[float] = []

    def slopes(tau2: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        asked.extend(tau2.tolist())
        w = 1.0 / (s**2 + tau2[:, None])
        total = w.sum(axis=1)
        residual = y - ((w * y).sum(axis=1) / total)[:, None]
        return ((w * residual) ** 2).sum(axis=1), total - (w**2).sum(axis=1) / total

    largest = 4.0 * max(float((s**2).max()), float(np.var(y, ddof=1)))
    found = highest_likelihood(
        slopes, lambda tau2: float(log_likelihood(effects, np.array([tau2]))[0]), 1e-3 * float((s**2).min()), largest
    )
    assert found == pytest.approx(estimate_tau2(y, s), rel=1e-10)
    assert len(asked) == len(set(asked))
