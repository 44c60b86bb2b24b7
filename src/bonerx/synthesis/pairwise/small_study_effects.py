"""Ask whether small studies say something else than large ones: regression and rank tests of a funnel plot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.synthesis.effects.effect import Counts
from bonerx.synthesis.numeric.distributions import two_sided_p
from bonerx.synthesis.pairwise.tau2 import FloatArray, checked_effects

FEW = 10
"""Below this number of studies a test of asymmetry has too little power: Sterne et al. 2011, doi:10.1136/bmj.d4002."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionTest:
    """A regression test of asymmetry: `bias` with its error and t(df) test; `limit` is the effect as se goes to 0."""

    bias: float
    se: float
    t: float
    df: int
    p: float
    limit: float
    warning: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTest:
    """Begg and Mazumdar's test: Kendall's score with its normal test, and tau with the exact p where no ties are."""

    score: float
    se: float
    z: float
    p: float
    tau: float
    p_exact: float
    warning: str | None


def few_studies(k: int) -> str | None:
    """The warning a test of asymmetry carries below ten studies."""
    return f"only {k} studies: below {FEW} the test has little power" if k < FEW else None


def _weighted_line(y: FloatArray, x: FloatArray, w: FloatArray) -> tuple[float, float, float] | None:
    """Intercept, slope and standard error of the slope of a weighted straight line, None when x does not vary."""
    total = w.sum()
    mean_x, mean_y = float((w * x).sum() / total), float((w * y).sum() / total)
    spread = float((w * (x - mean_x) ** 2).sum())
    if spread <= 1e-14 * float((w * x * x).sum()):
        return None
    slope = float((w * (x - mean_x) * (y - mean_y)).sum()) / spread
    residual = y - mean_y - slope * (x - mean_x)
    dispersion = float((w * residual**2).sum()) / (y.size - 2)
    return mean_y - slope * mean_x, slope, math.sqrt(dispersion / spread)


def _regression_test(y: FloatArray, x: FloatArray, w: FloatArray) -> RegressionTest | None:
    """The test whether y depends on x in a weighted line; None when it cannot be made."""
    k = int(y.size)
    line = _weighted_line(y, x, w) if k > 2 else None
    if line is None or not line[2] > 0.0:
        return None
    limit, slope, se = line
    t = slope / se
    return RegressionTest(
        bias=slope, se=se, t=t, df=k - 2, p=two_sided_p(t, k - 2), limit=limit, warning=few_studies(k)
    )


def egger(te: FloatArray, se: FloatArray) -> RegressionTest | None:
    """Egger's test of k effects, shapes (k,), analysis scale: does te depend on se, weighting by 1/se²?

    `bias` is the slope on se, that is the intercept of te/se on 1/se. None with fewer than three studies or when all
    have the same error. Egger et al. 1997, doi:10.1136/bmj.315.7109.629.
    """
    y, s = checked_effects(te, se)
    return _regression_test(y, s, 1.0 / (s * s))


def harbord(tables: Sequence[Counts]) -> RegressionTest | None:
    """Harbord's test of k fourfold tables: does the score Z/V (log odds ratio) depend on 1/√V, weighting by V?

    Z = O − E and V as in Peto's method; tables with V = 0 are left out. Harbord, Egger, Sterne 2006,
    doi:10.1002/sim.2380.
    """
    rows = []
    for table in tables:
        n, events = table.n_a + table.n_b, table.events_a + table.events_b
        variance = table.n_a * table.n_b * events * (n - events) / (n * n * (n - 1.0)) if n > 1.0 else 0.0
        if variance > 0.0:
            rows.append(((table.events_a - table.n_a * events / n) / variance, variance))
    z, v = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    return _regression_test(z, 1.0 / np.sqrt(v), v)


def peters(te: FloatArray, tables: Sequence[Counts]) -> RegressionTest | None:
    """Peters' test of k log odds ratios, shape (k,), with their tables: does te depend on 1/n, n the participants?

    Weights are 1/(1/events + 1/non-events) of both arms together. Peters et al. 2006, doi:10.1001/jama.295.6.676.
    """
    n = np.array([t.n_a + t.n_b for t in tables])
    events = np.array([t.events_a + t.events_b for t in tables])
    informative = (events > 0.0) & (events < n)
    n, events, y = n[informative], events[informative], np.asarray(te, dtype=np.float64)[informative]
    return _regression_test(y, 1.0 / n, 1.0 / (1.0 / events + 1.0 / (n - events)))


def begg(te: FloatArray, se: FloatArray) -> RankTest | None:
    """Begg and Mazumdar's rank test of k effects, shapes (k,): Kendall's tau of standardised effects and variances.

    Effects are taken from the common-effect mean and divided by √(se² − 1/Σw). `p` is the normal approximation with
    tied ranks allowed for (meta); `p_exact` the exact one (metafor), the same as `p` where ranks are tied. None with
    fewer than three studies. Begg, Mazumdar 1994, doi:10.2307/2533446.
    """
    y, s = checked_effects(te, se)
    k = int(y.size)
    if k < 3:
        return None
    w = 1.0 / (s * s)
    centred = (y - float((w * y).sum() / w.sum())) / np.sqrt(s * s - 1.0 / w.sum())
    upper = np.triu_indices(k, 1)
    sign_y = np.sign(centred[upper[0]] - centred[upper[1]])
    sign_v = np.sign(s[upper[0]] - s[upper[1]])
    score = float((sign_y * sign_v).sum())
    ties_y, ties_v = _ties(centred), _ties(s)
    variance = _score_variance(k, ties_y, ties_v)
    comparable = (np.count_nonzero(sign_y) * np.count_nonzero(sign_v)) ** 0.5
    if variance <= 0.0 or comparable == 0.0:
        return None
    z = score / math.sqrt(variance)
    p = two_sided_p(z)
    tied = bool(ties_y or ties_v)
    return RankTest(
        score=score,
        se=math.sqrt(variance),
        z=z,
        p=p,
        tau=score / comparable,
        p_exact=p if tied else _exact_kendall_p(round(score), k),
        warning=few_studies(k),
    )


def _ties(values: FloatArray) -> list[int]:
    """The sizes of the groups of equal values that hold more than one."""
    counts = np.unique(values, return_counts=True)[1]
    return [int(n) for n in counts if n > 1]


def _score_variance(k: int, ties_x: list[int], ties_y: list[int]) -> float:
    """The variance of Kendall's score of k pairs, given the sizes of tied groups: Kendall, Rank Correlation Methods."""

    def third(sizes: list[int]) -> float:
        return sum(t * (t - 1) * (2 * t + 5) for t in sizes)

    def pairs(sizes: list[int]) -> float:
        return sum(t * (t - 1) for t in sizes)

    def triples(sizes: list[int]) -> float:
        return sum(t * (t - 1) * (t - 2) for t in sizes)

    variance = (k * (k - 1) * (2 * k + 5) - third(ties_x) - third(ties_y)) / 18.0
    variance += pairs(ties_x) * pairs(ties_y) / (2.0 * k * (k - 1))
    return variance + triples(ties_x) * triples(ties_y) / (9.0 * k * (k - 1) * (k - 2))


def _exact_kendall_p(score: int, k: int) -> float:
    """The two-sided exact p of Kendall's score of k untied pairs: twice the smaller tail, at most 1.

    The number of permutations with a given number of concordant pairs is built up one element at a time.
    """
    shares = np.ones(1)
    for size in range(2, k + 1):
        shares = np.convolve(shares, np.full(size, 1.0 / size))
    concordant = (score + k * (k - 1) // 2) // 2
    tail = min(float(shares[: concordant + 1].sum()), float(shares[concordant:].sum()))
    return min(1.0, 2.0 * tail)
