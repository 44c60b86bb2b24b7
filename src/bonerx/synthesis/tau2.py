"""Estimate the variance between studies, by any of seven methods, each carried to its exact solution.

All take effects `te` and standard errors `se` of shape (k,) on the analysis scale and an optional design matrix of
shape (k, p) (meta-regression; default: the intercept alone). With weights w = 1/(se² + tau2) and
P = W − W X (XᵀWX)⁻¹ XᵀW every method is an equation in yᵀPy, yᵀPPy and tr P; these come from a QR decomposition of
√W X, which stays accurate when covariates are large numbers (calendar years).
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.synthesis.root import bracketed_root

FloatArray = NDArray[np.float64]


class Tau2Method(StrEnum):
    """How the between-study variance is estimated."""

    DL = "DL"
    REML = "REML"
    PM = "PM"
    ML = "ML"
    SJ = "SJ"
    HS = "HS"
    HE = "HE"


def checked_effects(te: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`te` and `se` as arrays of one length k ≥ 1, all finite and every se positive; InvalidEvidence otherwise.

    Numbers whose squares a float cannot hold are refused too: no effect or error of a trial is 1e100.
    """
    y, s = np.asarray(te, dtype=np.float64), np.asarray(se, dtype=np.float64)
    if y.ndim != 1 or y.shape != s.shape or y.size == 0:
        raise UsageError("effects and standard errors must be two lists of one length, with at least one study")
    if not (np.isfinite(y).all() and np.isfinite(s).all() and (s > 0.0).all()):
        raise InvalidEvidence("every effect must be a finite number and every standard error a positive one")
    if max(np.abs(y).max(), s.max(), 1.0 / s.min()) > 1e100:
        raise InvalidEvidence("an effect or standard error is too large or too small to compute with")
    return y, s


class Weighted:
    """The weighted least-squares fit at weights of shape (..., k): what every estimator is made of.

    Attributes: `w`; `residual`, the scaled residuals √w (y − Xβ), same shape; `leverage`, the diagonal of the hat
    matrix, same shape; `log_det`, log |XᵀWX|, shape (...).
    """

    __slots__ = ("leverage", "log_det", "residual", "w")

    def __init__(self, te: FloatArray, w: FloatArray, design: FloatArray) -> None:
        root = np.sqrt(w)
        q, r = np.linalg.qr(root[..., :, None] * design)
        scaled = root * te
        fitted = np.einsum("...kp,...p->...k", q, np.einsum("...kp,...k->...p", q, scaled))
        self.w = w
        self.residual = scaled - fitted
        self.leverage = np.einsum("...kp,...kp->...k", q, q)
        self.log_det = 2.0 * np.log(np.abs(np.diagonal(r, axis1=-2, axis2=-1))).sum(axis=-1)

    @property
    def q(self) -> FloatArray:
        """YᵀPy, the weighted residual sum of squares (Cochran's Q when w = 1/se²)."""
        return np.asarray((self.residual**2).sum(axis=-1))

    @property
    def trace(self) -> FloatArray:
        """Tr P."""
        return np.asarray((self.w * (1.0 - self.leverage)).sum(axis=-1))


def intercept(k: int) -> FloatArray:
    """The design of a plain meta-analysis: a column of k ones, shape (k, 1)."""
    return np.ones((k, 1))


def estimate_tau2(
    te: FloatArray,
    se: FloatArray,
    method: Tau2Method = Tau2Method.REML,
    *,
    design: FloatArray | None = None,
    centre: float | None = None,
) -> float | None:
    """The between-study variance (square of the analysis scale), never negative; None when k ≤ p: nothing to see.

    `centre` is a mean pooled in another way, of Mantel and Haenszel; DL then takes its Q about that one, as meta and
    RevMan do, and no other method looks at it (meta knows it for DL alone).
    DL: DerSimonian, Laird 1986, doi:10.1016/0197-2456(86)90046-2. REML and ML: Viechtbauer 2005,
    doi:10.3102/10769986030003261, at the highest point of the likelihood over tau2 ≥ 0. PM: Paule, Mandel 1982,
    doi:10.6028/jres.087.022. SJ: Sidik, Jonkman 2005, doi:10.1111/j.1467-9876.2005.00489.x, starting from the
    variance of the effects with denominator k. HS: Hunter–Schmidt, (Q − k)/Σw. HE: Hedges 1983,
    doi:10.1037/0033-2909.93.2.388, the unweighted moment estimator.
    """
    y, s = checked_effects(te, se)
    x = intercept(y.size) if design is None else design
    k, p = x.shape
    if k <= p:
        return None
    v = s * s
    if method in (Tau2Method.REML, Tau2Method.ML):
        return _likelihood(y, v, x, restricted=method is Tau2Method.REML)
    if method is Tau2Method.PM:
        return generalised_q_root(y, v, x, float(k - p))
    if method is Tau2Method.SJ:
        start = float(np.mean((y - y.mean()) ** 2)) if np.ptp(y) > 0.0 else 0.0
        return 0.0 if start == 0.0 else start * float(Weighted(y, 1.0 / (v + start), x).q) / (k - p)
    if method is Tau2Method.HE:
        flat = Weighted(y, np.ones(k), x)
        return max(0.0, float((flat.q - (v * (1.0 - flat.leverage)).sum()) / (k - p)))
    fit = Weighted(y, 1.0 / v, x)
    if method is Tau2Method.HS:
        return max(0.0, float((fit.q - k) / fit.w.sum()))
    q = fit.q if centre is None else (fit.w * (y - centre) ** 2).sum()
    return max(0.0, float((q - (k - p)) / fit.trace))


def generalised_q_root(te: FloatArray, v: FloatArray, design: FloatArray, target: float) -> float | None:
    """The tau2 ≥ 0 at which the generalised Q, falling in tau2, equals `target`; 0 where Q is below it already.

    `v` is se², shape (k,). None when `target` lies below every value Q reaches for a finite tau2.
    """

    def excess(tau2: float) -> float:
        return float(Weighted(te, 1.0 / (v + tau2), design).q) - target

    if excess(0.0) <= 0.0:
        return 0.0
    high = _beyond(excess, v, float(np.ptp(te)))
    return None if high is None else bracketed_root(excess, 0.0, high)


def _beyond(function: Callable[[float], float], v: FloatArray, spread: float) -> float | None:
    """A tau2 at which `function`, positive at 0, is no longer so; None when doubling does not find one."""
    high = float(v.max()) + spread * spread
    for _ in range(200):
        if function(high) <= 0.0:
            return high
        high *= 4.0
    return None


_AT_ONCE = 1_000_000
"""Numbers a grid holds at a time, so that tens of thousands of studies need no more than a hundred megabytes."""
# Sixteen points a decade over twelve decades: two stationary points of the likelihood that one step holds would differ
# by less than 16 % in tau2, and between them the likelihood is flat.
_GRID = 10.0 ** np.linspace(-12.0, 0.0, 193)


def _likelihood(te: FloatArray, v: FloatArray, design: FloatArray, *, restricted: bool) -> float:
    """The tau2 ≥ 0 of the highest (restricted) likelihood, among all its local maxima.

    A local maximum is 0 when the slope there is not positive, or a point where the slope turns from positive to
    negative. Fisher scoring may stop at the wrong one; a grid finds them all, a bracketed root polishes each, and the
    likelihood decides.
    """

    def slope(tau2: FloatArray) -> FloatArray:
        fit = Weighted(te, 1.0 / (v + tau2[..., None]), design)
        gain = (fit.w * fit.residual**2).sum(axis=-1)
        return np.asarray(gain - (fit.trace if restricted else fit.w.sum(axis=-1)))

    def at(tau2: float) -> float:
        return float(slope(np.asarray(tau2)))

    def log_likelihood(tau2: float) -> float:
        fit = Weighted(te, 1.0 / (v + tau2), design)
        value = float(np.log(fit.w).sum() - fit.q)
        return value - float(fit.log_det) if restricted else value

    spread = float(np.ptp(te))
    high = _beyond(at, v, 2.0 * spread) or float(v.max())
    grid = np.concatenate(([0.0], high * _GRID))
    parts = 1 + grid.size * te.size // _AT_ONCE
    slopes = np.concatenate([slope(part) for part in np.array_split(grid, min(parts, grid.size))])
    maxima = [0.0] if slopes[0] <= 0.0 else []
    turns = np.flatnonzero((slopes[:-1] > 0.0) & (slopes[1:] <= 0.0))
    maxima.extend(bracketed_root(at, float(grid[i]), float(grid[i + 1])) for i in turns)
    if len(maxima) == 1:
        return maxima[0]
    return max(maxima, key=log_likelihood)
