"""The variance between studies of a network, from Q or from the restricted likelihood, through n by n matrices only."""

import numpy as np

from bonerx.errors import UsageError
from bonerx.synthesis.network import NetworkFit, fit_network, residuals, sum_over_arms
from bonerx.synthesis.network_data import NetworkData

METHODS = ("REML", "DL")
RELATIVE_PRECISION = 1e-12


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

    R is the covariance that one unit of tau2 gives (1/2 in every arm), P the residual-making weight matrix; the trace
    is half of sum trace(L_s) - trace(L+ sum L_s^2) (Rücker 2012, doi 10.1002/jrsm.1058).
    """
    return max(0.0, (common.q - common.df) / residual_trace(common))


def residual_trace(fit: NetworkFit) -> float:
    """trace(P R): the expected increase of Q per unit of tau2, at the fit's weights."""
    total = sum(float(np.trace(one, axis1=1, axis2=2).sum()) for one in fit.weights)
    squares = sum_over_arms(fit.data.blocks, [one @ one for one in fit.weights], len(fit.theta))
    return 0.5 * (total - float(np.sum(fit.covariance * squares)))


def restricted_score(fit: NetworkFit) -> float:
    """The derivative of the restricted log-likelihood by tau2: (y'P R P y - trace(P R)) / 2, at the fit's tau2.

    P y is each arm's weighted residual, so the quadratic form is half the sum of its squares. Multi-arm covariances are
    exact. Viechtbauer 2005 (doi 10.3102/10769986030003261).
    """
    squares = 0.0
    for block, weight in zip(fit.data.blocks, fit.weights, strict=True):
        arm = np.einsum("kij,kij->ki", weight, residuals(block, fit.theta))
        squares += float(np.sum(arm * arm))
    return 0.5 * (0.5 * squares - residual_trace(fit))


def restricted_likelihood(common: NetworkFit) -> float:
    """The REML estimate of tau2 from a common-effect fit with df > 0; 0 where the score at 0 is not positive.

    The root of the score (analysis scale squared), bracketed by doubling from the DerSimonian-Laird estimate, then
    narrowed by regula falsi with the Illinois modification until a step moves it by less than its twelfth digit.
    """
    data, low, at_low = common.data, 0.0, restricted_score(common)
    if at_low <= 0.0:
        return 0.0
    high = dersimonian_laird(common) or 1e-3
    while (at_high := restricted_score(fit_network(data, high))) > 0.0:
        low, at_low, high = high, at_high, 2.0 * high
    root, step, side = high, high, 0
    while abs(step) > RELATIVE_PRECISION * root:
        guess = (low * at_high - high * at_low) / (at_high - at_low)
        if not low < guess < high:
            break
        step, root = guess - root, guess
        value = restricted_score(fit_network(data, root))
        if value > 0.0:
            low, at_low, at_high = root, value, at_high / (2.0 if side > 0 else 1.0)
            side = 1
        else:
            high, at_high, at_low = root, value, at_low / (2.0 if side < 0 else 1.0)
            side = -1
    return root
