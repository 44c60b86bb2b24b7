"""Network meta-analysis by generalised least squares on the graph of treatments, one connected network at a time.

Weights enter as Laplacians of studies (multi-arm studies as one block), so nothing larger than treatments by treatments
is ever inverted (Rücker 2012, doi 10.1002/jrsm.1058). Where weights differ so much that floats would lose the lighter
ones, the same sums are made with numbers of many digits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.synthesis.network.arms import study_fault
from bonerx.synthesis.network.blocks import FloatArray, IntArray
from bonerx.synthesis.network.data import NetworkData
from bonerx.synthesis.network.reduction import reduced_pairs
from bonerx.synthesis.numeric.distributions import critical_value
from bonerx.synthesis.numeric.long_arithmetic import (
    LongArray,
    is_long,
    long_arithmetic,
    positive_inverse,
    sum_at,
    to_float,
    to_long,
)

FLOATS_UP_TO = 1e5
"""The ratio of the largest to the smallest weight up to which floats keep ten digits of every result."""
DECOMPOSED_UP_TO = 1e3
"""The same within a study of several arms that are not independent, whose weights come from a decomposition."""
LONG_UP_TO = 50
"""Treatments up to which a network is analysed with numbers of many digits, in seconds."""
LARGE_UP_TO = 1e7
"""The ratio of weights up to which a larger network is analysed with floats; a variance between studies keeps eight
digits."""
LONG_ROUNDING = Decimal("1e-60")
"""A part of a sum of squares that is rounding even of numbers of many digits."""
LONGEST = 1e30
"""The ratio of weights beyond which 120 digits may not do."""


class Weighed(NamedTuple):
    """The studies of a block at one tau2: their arms (k, m), their effects, variances (without tau2) and weights
    (k, m, m), floats or Decimals.

    `log_determinant` is that of all their contrasts' covariances.
    """

    arms: IntArray
    te: LongArray
    v: LongArray
    weight: LongArray
    log_determinant: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFit:
    """The treatments' effects at one tau2, on the analysis scale.

    `te` and `variance` (n, n) are of the contrast of row against column. `theta` (n,) are the effects, summing to zero;
    `covariance` (n, n) is a covariance of them, `laplacian` the total weights. `studies` are the weighed blocks. `q` is
    the weighted sum of squared residuals at this tau2, `df` its degrees of freedom. Arrays hold floats, or Decimals
    where floats would not do (then calculate in `long_arithmetic`).
    """

    data: NetworkData
    tau2: float
    te: LongArray
    variance: LongArray
    theta: FloatArray
    covariance: LongArray
    laplacian: LongArray
    studies: tuple[Weighed, ...]
    q: float
    df: int

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """The studies' Laplacians (k, m, m), block by block."""
        return tuple(to_float(one.weight) for one in self.studies)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTable:
    """One row for every pair of treatments i < j: `a`, `b` their indices, the effect a minus b on the analysis
    scale."""

    a: IntArray
    b: IntArray
    te: FloatArray
    se: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    p: FloatArray


def fit_network(data: NetworkData, tau2: float = 0.0) -> NetworkFit:
    """Effects of all treatments of a connected network at a given heterogeneity variance tau2 (0: the common-effect
    model).

    Raises UsageError when there is no study, InvalidEvidence when the studies' errors differ too much to compute with.
    Rücker 2012 (doi 10.1002/jrsm.1058).
    """
    n = len(data.treatments)
    if n < 2:
        raise UsageError("a network needs at least one study that compares two treatments")
    with long_arithmetic():
        studies = weighed(data, tau2)
        laplacian = sum_over_arms(((one.arms, one.weight) for one in studies), n)
        if is_long(laplacian):
            covariance = grounded_inverse(laplacian)
            theta = covariance @ weighted_effects(studies, n)
            diagonal = np.diag(covariance)
            te = theta[:, None] - theta[None, :]
            variance = diagonal[:, None] + diagonal[None, :] - 2 * covariance
        else:
            weighted = sum_over_arms(((one.arms, -one.weight * one.te) for one in studies), n)
            te, variance = reduced_pairs(-laplacian, weighted)
            centred = variance - variance.mean(axis=0)
            covariance = -0.5 * (centred - centred.mean(axis=1, keepdims=True))
        return NetworkFit(
            data=data,
            tau2=tau2,
            te=te,
            variance=variance,
            theta=to_float(te.sum(axis=1) / n),
            covariance=covariance,
            laplacian=laplacian,
            studies=studies,
            q=residual_q(studies, te),
            df=data.df_arms - (n - 1),
        )


def weighed(data: NetworkData, tau2: float) -> tuple[Weighed, ...]:
    """The studies with their weights at one tau2: in floats, or with many digits where the weights differ too much.

    Raises InvalidEvidence, naming the most and the least precise study, where neither keeps eight digits of all
    results: beyond a ratio of weights of 10^30, and in large networks beyond 10^7.
    """
    ratio = _ratio(((float(block.spread.min()), float(block.spread.max())) for block in data.blocks), tau2 / 2.0)
    large = len(data.treatments) > LONG_UP_TO
    decomposed = max(block.own_ratio(tau2) for block in data.blocks)
    limits = (LARGE_UP_TO, FLOATS_UP_TO) if large else (FLOATS_UP_TO, DECOMPOSED_UP_TO)
    if ratio <= limits[0] and decomposed <= limits[1]:
        return tuple(
            Weighed(
                block.arms,
                block.te,
                block.v,
                block.laplacians(tau2),
                float(np.log(block.spread + tau2 / 2.0).sum()),
            )
            for block in data.blocks
        )
    if large or _ratio((block.variances for block in data.blocks), tau2) > LONGEST:
        raise _too_different(data)
    found = []
    with long_arithmetic():
        for block in data.blocks:
            weight, determinants = block.long_laplacians(tau2)
            log_determinant = float(sum(one.ln() for one in determinants.tolist()))
            found.append(Weighed(block.arms, to_long(block.te), block.long_variances(), weight, log_determinant))
    return tuple(found)


def _ratio(ranges: Iterable[tuple[float, float]], added: float) -> float:
    """The ratio of the largest to the smallest of variances in several ranges, once something is added to all."""
    smallest, largest = (pick(one) + added for pick, one in zip((min, max), zip(*ranges, strict=True), strict=True))
    return largest / smallest if smallest > largest / (10.0 * LONGEST) else float("inf")


def _too_different(data: NetworkData) -> InvalidEvidence:
    """The error that names the studies of the smallest and the largest error."""
    spread = np.concatenate([block.spread.ravel() for block in data.blocks])
    of = np.concatenate([np.repeat(block.study, block.size - 1) for block in data.blocks])
    named = list(dict.fromkeys(data.studies[of[place]] for place in (spread.argmin(), spread.argmax())))
    others = [" and those of `" + "`, `".join(name for name in named if name != one) + "`" for one in named]
    faults = tuple(
        study_fault(study, f"its standard errors{other if named[1:] else ''} differ too much: digits would be lost")
        for study, other in zip(named, others, strict=True)
    )
    message = "; ".join(f"{fault.where}: {fault.message}" for fault in faults)
    return InvalidEvidence(message, faults=faults, hint="look for a mistake in them, or leave one out")


def sum_over_arms(studies: Iterable[tuple[IntArray, LongArray]], n: int) -> LongArray:
    """Sum studies' (m, m) matrices into one (n, n) matrix at their arms' treatments."""
    total: LongArray | None = None
    for arms, matrix in studies:
        found = sum_at((arms[:, :, None] * n + arms[:, None, :]).ravel(), matrix.ravel(), n * n)
        total = found if total is None else total + found
    return (np.zeros(n * n) if total is None else total).reshape(n, n)


def weighted_effects(studies: Sequence[Weighed], n: int) -> LongArray:
    """The right-hand side (n,) of the normal equations: each contrast's effect times its adjusted weight, by
    treatment."""
    return np.asarray(sum_over_arms(((one.arms, -one.weight * one.te) for one in studies), n).sum(axis=1))


def grounded_inverse(laplacian: LongArray) -> LongArray:
    """A covariance (n, n) of the treatments' effects with the first one's held at 0."""
    inverse: LongArray = to_long(np.zeros(laplacian.shape)) if is_long(laplacian) else np.zeros_like(laplacian)
    inner = laplacian[1:, 1:]
    inverse[1:, 1:] = positive_inverse(inner)[0] if is_long(laplacian) else np.linalg.inv(inner)
    return inverse


def grounded_log_determinant(laplacian: LongArray) -> float:
    """The log of the determinant of the treatments' weights with the first one's effect held at 0."""
    if is_long(laplacian):
        return float(sum(one.ln() for one in positive_inverse(laplacian[1:, 1:])[1].tolist()))
    return float(np.linalg.slogdet(laplacian[1:, 1:])[1])


def residuals(study: Weighed, te: LongArray) -> LongArray:
    """Observed minus fitted contrasts (k, m, m) of a block, given the fitted contrasts of all treatments (n, n)."""
    return np.asarray(study.te - te[study.arms[:, :, None], study.arms[:, None, :]])


def residual_q(studies: Sequence[Weighed], te: LongArray) -> float:
    """Cochran's Q of a network: adjusted weights times squared residuals, summed over all contrasts of all studies."""
    total = 0.0
    for one in studies:
        found = -(one.weight * residuals(one, te) ** 2).sum() / 2
        rounding = LONG_ROUNDING * abs(one.weight * one.te**2).sum() if is_long(one.weight) else 0.0
        total += 0.0 if found <= rounding else float(found)
    return total


def pair_table(fit: NetworkFit, level: float = 0.95) -> PairTable:
    """Every pair's effect, standard error, normal interval at `level` and two-sided p, on the analysis scale."""
    a, b = np.triu_indices(len(fit.theta), 1)
    return make_pairs(a, b, to_float(fit.te[a, b]), np.sqrt(to_float(fit.variance[a, b])), level)


def make_pairs(a: IntArray, b: IntArray, te: FloatArray, se: FloatArray, level: float) -> PairTable:
    """A table of pairs with normal intervals at `level` from effects and standard errors, all (pairs,)."""
    margin = critical_value(level) * se
    return PairTable(a=a, b=b, te=te, se=se, ci_low=te - margin, ci_high=te + margin, p=2.0 * ndtr(-np.abs(te / se)))


def prediction_limits(
    pairs: PairTable, tau2: float, df: int, level: float = 0.95
) -> tuple[FloatArray, FloatArray] | None:
    """Prediction limits (pairs,) for a new study's effect: te -+ t(df) sqrt(se2 + tau2), df those of Q; None when df
    is 0.

    As netmeta; after Higgins, Thompson and Spiegelhalter 2009 (doi 10.1111/j.1467-985X.2008.00552.x).
    """
    if df < 1:
        return None
    margin = critical_value(level, df) * np.sqrt(pairs.se**2 + tau2)
    return pairs.te - margin, pairs.te + margin
