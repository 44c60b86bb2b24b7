"""The variance between studies of a network, from Q or from the restricted likelihood, through n by n matrices only."""

import numpy as np

from bonerx.errors import UsageError
from bonerx.synthesis.network.blocks import FloatArray
from bonerx.synthesis.network.contrasts import SINGULAR
from bonerx.synthesis.network.data import NetworkData
from bonerx.synthesis.network.gls import (
    NetworkFit,
    Weighed,
    fit_network,
    grounded_inverse,
    grounded_log_determinant,
    residual_q,
    residuals,
    sum_over_arms,
    weighed,
    weighted_effects,
)
from bonerx.synthesis.numeric.likelihood import highest_likelihood, slope_bound
from bonerx.synthesis.numeric.long_arithmetic import LongArray, long_arithmetic

METHODS = ("REML", "DL")


def network_tau2(data: NetworkData, method: str, common: NetworkFit | None = None) -> float | None:
    """tau2 of a connected network by `REML` or `DL`; None where no degrees of freedom are left.

    `common` is the common-effect fit, where it is at hand. UsageError for another method.
    """
    if method not in METHODS:
        raise UsageError(f"tau2 of a network is estimated by {' or '.join(METHODS)}, not `{method}`")
    common = common or fit_network(data)
    if common.df < 1:
        return None
    return dersimonian_laird(common) if method == "DL" else restricted_likelihood(common)


def dersimonian_laird(common: NetworkFit) -> float:
    """Generalised DerSimonian-Laird: max(0, (Q - df) / trace(P R)) from a common-effect fit with df > 0.

    R is the covariance that one unit of tau2 gives (1/2 in every arm), P the residual-making weight matrix (Rücker
    2012, doi 10.1002/jrsm.1058).
    """
    with long_arithmetic():
        return max(0.0, (common.q - common.df) / residual_trace(common.studies, common.covariance))


def residual_trace(studies: tuple[Weighed, ...], covariance: LongArray) -> float:
    """trace(P R), the expected increase of Q per unit of tau2: half of sum trace(L_s) - trace(L_s C L_s) over the
    studies' weights L_s, C being the covariance of the treatments' effects (n, n)."""
    total = 0.0
    for one in studies:
        own = np.trace(one.weight, axis1=1, axis2=2).sum()
        within = covariance[one.arms[:, :, None], one.arms[:, None, :]]
        total += float((own - ((one.weight @ within) * one.weight).sum()) / 2)
    return total


def restricted_likelihood(common: NetworkFit) -> float:
    """The REML estimate of tau2 from a common-effect fit with df > 0, by the rule of `likelihood.highest_likelihood`.

    The slope of the restricted log-likelihood is (y'P R P y - trace(P R)) / 2. P y is each arm's weighted residual, so
    the quadratic form is half the sum of its squares. Multi-arm covariances are exact. Viechtbauer 2005 (doi
    10.3102/10769986030003261).
    """
    data = common.data
    n = len(data.treatments)

    def slopes(tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        found = [_gain_and_cost(data, float(one), n) for one in tau2]
        return np.array([gain for gain, _ in found]), np.array([cost for _, cost in found])

    def log_likelihood(tau2: float) -> float:
        with long_arithmetic():
            studies, te, laplacian, _ = _solved(data, tau2, n)
            of_weights = grounded_log_determinant(laplacian)
            return -sum(one.log_determinant for one in studies) - of_weights - residual_q(studies, te)

    spread = np.concatenate([2.0 * block.spread.ravel() for block in data.blocks])
    smallest = max(float(spread.min()), SINGULAR * min(block.variances[0] for block in data.blocks))
    largest = slope_bound(_squares(data, n), common.df, float(spread.max()))
    return highest_likelihood(slopes, log_likelihood, 1e-3 * smallest, largest)


def _solved(data: NetworkData, tau2: float, n: int) -> tuple[tuple[Weighed, ...], LongArray, LongArray, LongArray]:
    """The weighed studies, the fitted contrasts, the total weights and the effects' covariance, all (n, n)."""
    studies = weighed(data, tau2)
    laplacian = sum_over_arms(((one.arms, one.weight) for one in studies), n)
    covariance = grounded_inverse(laplacian)
    theta = covariance @ weighted_effects(studies, n)
    return studies, theta[:, None] - theta[None, :], laplacian, covariance


def _gain_and_cost(data: NetworkData, tau2: float, n: int) -> tuple[float, float]:
    """y'P R P y and trace(P R) at one tau2."""
    with long_arithmetic():
        studies, te, _, covariance = _solved(data, tau2, n)
        gain = 0.0
        for one in studies:
            arm = (one.weight * residuals(one, te)).sum(axis=2)
            gain += float((arm * arm).sum() / 2)
        return gain, residual_trace(studies, covariance)


def _squares(data: NetworkData, n: int) -> float:
    """The residual sum of squares with tau2 = 1 and no sampling variance."""
    studies = tuple(
        Weighed(block.arms, block.te, block.v, np.tile(2.0 * (np.eye(m) - 1.0 / m), (len(block.arms), 1, 1)), 0.0)
        for block in data.blocks
        for m in [block.size]
    )
    covariance = grounded_inverse(sum_over_arms(((one.arms, one.weight) for one in studies), n))
    theta = covariance @ weighted_effects(studies, n)
    return residual_q(studies, theta[:, None] - theta[None, :])
