"""Say how far studies differ beyond chance: Q with its test, I² and H with intervals, and an interval for tau2."""

import math
from dataclasses import dataclass

import numpy as np

from bonerx.synthesis.numeric.distributions import chi2_p, chi2_quantile, critical_value
from bonerx.synthesis.pairwise.tau2 import FloatArray, Weighted, checked_effects, generalised_q_root, intercept


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """What k studies say of their differences; i2 is a fraction of one, tau2 the square of the analysis scale.

    None is not defined: everything but `q` with one study; the intervals of I² and H with two studies of small Q.
    """

    q: float
    df: int
    p: float | None
    i2: float | None
    i2_low: float | None
    i2_high: float | None
    h: float | None
    h_low: float | None
    h_high: float | None
    tau2_low: float | None
    tau2_high: float | None


def cochran_q(te: FloatArray, se: FloatArray, centre: float | None = None) -> float:
    """Σ (te − centre)²/se², shapes (k,); `centre` is the inverse-variance mean unless given (Mantel–Haenszel, Peto).

    Cochran 1954, doi:10.2307/3001666.
    """
    y, s = checked_effects(te, se)
    w = 1.0 / (s * s)
    mean = float((w * y).sum() / w.sum()) if centre is None else centre
    return float((w * (y - mean) ** 2).sum())


def i2_interval(q: float, k: int, level: float = 0.95) -> tuple[float, float | None, float | None]:
    """H with its test-based interval, from Q of k ≥ 2 studies; I² = (H² − 1)/H² follows from each number.

    Higgins, Thompson 2002, doi:10.1002/sim.1186: the standard error of log H is
    (log Q − log(k − 1)) / (2 (√(2Q) − √(2k − 3))) when Q > k, else √((1 − 1/(3(k − 2)²)) / (2(k − 2))).
    Values below 1 become 1; the limits are None for k = 2 with Q ≤ 2, where the second form divides by zero.
    """
    h = max(1.0, math.sqrt(q / (k - 1)))
    if q > k:
        se = (math.log(q) - math.log(k - 1)) / (2.0 * (math.sqrt(2.0 * q) - math.sqrt(2.0 * k - 3.0)))
    elif k > 2:
        se = math.sqrt((1.0 - 1.0 / (3.0 * (k - 2) ** 2)) / (2.0 * (k - 2)))
    else:
        return h, None, None
    factor = math.exp(critical_value(level) * se)
    return h, max(1.0, h / factor), max(1.0, h * factor)


def i2_of(h: float | None) -> float | None:
    """I² = (H² − 1)/H²: the share of the observed variance that chance does not explain, a fraction of one."""
    return None if h is None else (h * h - 1.0) / (h * h)


def tau2_interval(te: FloatArray, se: FloatArray, level: float = 0.95) -> tuple[float, float] | None:
    """The Q-profile interval of tau2, shapes (k,): where the generalised Q meets the quantiles of chi-squared(k − 1).

    A bound that would be negative is 0; both are 0 when even Q at tau2 = 0 is below the lower quantile. None with one
    study. Viechtbauer 2007, doi:10.1002/sim.2514.
    """
    y, s = checked_effects(te, se)
    k = y.size
    if k < 2:
        return None
    tail = (1.0 - level) / 2.0
    bounds = [generalised_q_root(y, s * s, intercept(k), chi2_quantile(p, k - 1)) for p in (1.0 - tail, tail)]
    low, high = bounds
    return None if low is None or high is None else (low, high)


def heterogeneity(te: FloatArray, se: FloatArray, *, centre: float | None = None, level: float = 0.95) -> Heterogeneity:
    """Everything about the differences of k studies with effects `te` and errors `se`, shapes (k,), analysis scale."""
    y, s = checked_effects(te, se)
    q, k = cochran_q(y, s, centre), int(y.size)
    if k < 2:
        return Heterogeneity(
            q=0.0, df=0, p=None, i2=None, i2_low=None, i2_high=None,
            h=None, h_low=None, h_high=None, tau2_low=None, tau2_high=None,
        )  # fmt: skip
    h, h_low, h_high = i2_interval(q, k, level)
    bounds = tau2_interval(y, s, level)
    return Heterogeneity(
        q=q,
        df=k - 1,
        p=chi2_p(q, k - 1),
        i2=i2_of(h),
        i2_low=i2_of(h_low),
        i2_high=i2_of(h_high),
        h=h,
        h_low=h_low,
        h_high=h_high,
        tau2_low=bounds[0] if bounds else None,
        tau2_high=bounds[1] if bounds else None,
    )


def typical_variance(te: FloatArray, se: FloatArray, design: FloatArray) -> float:
    """The typical sampling variance (k − p)/tr P of studies with errors `se`, shape (k,), about a design (k, p).

    I² as metafor takes it is tau2 over tau2 plus this: Higgins, Thompson 2002, doi:10.1002/sim.1186.
    """
    fit = Weighted(np.asarray(te), 1.0 / np.square(se), design)
    return float((design.shape[0] - design.shape[1]) / fit.trace)
