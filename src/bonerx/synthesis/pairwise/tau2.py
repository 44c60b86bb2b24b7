"""Estimate the variance between studies, by any of seven methods, each carried to its exact solution.

All take effects `te` and standard errors `se` of shape (k,) on the analysis scale and an optional design matrix of
shape (k, p) (meta-regression; default: the intercept alone). With weights w = 1/(se² + tau2) and
P = W − W X (XᵀWX)⁻¹ XᵀW every method is an equation in yᵀPy, yᵀPPy and tr P; these come from a QR decomposition of
√W X, which stays accurate when covariates are large numbers (calendar years).
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.synthesis.numeric.likelihood import highest_likelihood, slope_bound
from bonerx.synthesis.numeric.root_finding import bracketed_root

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
    matrix, and `free`, one less that, same shape; `log_det`, log |XᵀWX|, shape (...). A study far heavier than all
    others together leaves `free` and its residual near 0, where a difference of two numbers near each other would
    leave rounding only: so effects are taken from that of the heaviest study (a design always holds the constants),
    and about a plain mean `free` is the share of the other studies, added up.
    """

    __slots__ = ("free", "leverage", "log_det", "residual", "w")

    def __init__(self, te: FloatArray, w: FloatArray, design: FloatArray) -> None:
        root = np.sqrt(w)
        q, r = np.linalg.qr(root[..., :, None] * design)
        scaled = root * (te - te[w.argmax(axis=-1)][..., None])
        fitted = np.einsum("...kp,...p->...k", q, np.einsum("...kp,...k->...p", q, scaled))
        self.w = w
        self.residual = scaled - fitted
        self.leverage = np.einsum("...kp,...kp->...k", q, q)
        self.free = _shares_of_others(w) if design.shape[1] == 1 else 1.0 - self.leverage
        self.log_det = 2.0 * np.log(np.abs(np.diagonal(r, axis1=-2, axis2=-1))).sum(axis=-1)

    @property
    def q(self) -> FloatArray:
        """YᵀPy, the weighted residual sum of squares (Cochran's Q when w = 1/se²)."""
        return np.asarray((self.residual**2).sum(axis=-1))

    @property
    def trace(self) -> FloatArray:
        """Tr P."""
        return np.asarray((self.w * self.free).sum(axis=-1))


def _shares_of_others(w: FloatArray) -> FloatArray:
    """The share of all other weights together for each of the weights (..., k), by sums without a difference."""
    before, after = np.zeros_like(w), np.zeros_like(w)
    before[..., 1:] = np.cumsum(w, axis=-1)[..., :-1]
    after[..., :-1] = np.cumsum(w[..., ::-1], axis=-1)[..., ::-1][..., 1:]
    others = before + after
    return np.asarray(others / (others + w))


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
    high = float(v.max()) + float(np.ptp(te)) ** 2
    for _ in range(200):
        if excess(high) <= 0.0:
            return bracketed_root(excess, 0.0, high)
        high *= 4.0
    return None


_AT_ONCE = 1_000_000
"""Numbers an array holds at a time, so that tens of thousands of studies need no more than a hundred megabytes."""


def _likelihood(te: FloatArray, v: FloatArray, design: FloatArray, *, restricted: bool) -> float:
    """The tau2 ≥ 0 of the highest (restricted) likelihood, by the rule of `likelihood.highest_likelihood`."""

    def at_once(tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        fit = Weighted(te, 1.0 / (v + tau2[:, None]), design)
        gain = (fit.w * fit.residual**2).sum(axis=-1)
        return np.asarray(gain), fit.trace if restricted else np.asarray(fit.w.sum(axis=-1))

    def slopes(tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        parts = min(1 + tau2.size * te.size // _AT_ONCE, tau2.size)
        if parts == 1:
            return at_once(tau2)
        found = [at_once(part) for part in np.array_split(tau2, parts)]
        return np.concatenate([gain for gain, _ in found]), np.concatenate([cost for _, cost in found])

    def log_likelihood(tau2: float) -> float:
        fit = Weighted(te, 1.0 / (v + tau2), design)
        value = float(np.log(fit.w).sum() - fit.q)
        return value - float(fit.log_det) if restricted else value

    k, p = design.shape
    largest = slope_bound(float(Weighted(te, np.ones(k), design).q), k - p, float(v.max()))
    return highest_likelihood(slopes, log_likelihood, 1e-3 * float(v.min()), largest)
