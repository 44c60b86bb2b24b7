"""Network meta-analysis by generalised least squares on the graph of treatments, one connected network at a time.

Weights enter as Laplacians of studies (multi-arm studies as one block), so nothing larger than treatments by treatments
is ever inverted (Rücker 2012, doi 10.1002/jrsm.1058).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from bonerx.errors import UsageError
from bonerx.synthesis.distribution import critical_value
from bonerx.synthesis.network_block import Block, FloatArray, IntArray
from bonerx.synthesis.network_data import NetworkData


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFit:
    """The treatments' effects at one tau2, on the analysis scale.

    `theta` (n,) sums to zero, `covariance` (n, n) is its covariance (the pseudo-inverse of `laplacian`, the total
    weights); a contrast i - j has variance covariance[i, i] + covariance[j, j] - 2 covariance[i, j]. `weights` are
    the studies' Laplacians, block by block. `q` is the weighted sum of squared residuals at this tau2, `df` its
    degrees of freedom.
    """

    data: NetworkData
    tau2: float
    theta: FloatArray
    covariance: FloatArray
    laplacian: FloatArray
    weights: tuple[FloatArray, ...]
    q: float
    df: int


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

    Raises UsageError when there is no study. Rücker 2012 (doi 10.1002/jrsm.1058).
    """
    n = len(data.treatments)
    if n < 2:
        raise UsageError("a network needs at least one study that compares two treatments")
    weights = tuple(block.laplacians(tau2) for block in data.blocks)
    laplacian = sum_over_arms(data.blocks, weights, n)
    covariance = laplacian_inverse(laplacian)
    theta = covariance @ weighted_effects(data.blocks, weights, n)
    return NetworkFit(
        data=data,
        tau2=tau2,
        theta=theta - theta.mean(),
        covariance=covariance,
        laplacian=laplacian,
        weights=weights,
        q=residual_q(data.blocks, weights, theta),
        df=data.df_arms - (n - 1),
    )


def sum_over_arms(blocks: Sequence[Block], matrices: Sequence[FloatArray], n: int) -> FloatArray:
    """Sum studies' (m, m) matrices into one (n, n) matrix at their arms' treatments."""
    total = np.zeros(n * n)
    for block, matrix in zip(blocks, matrices, strict=True):
        cells = block.arms[:, :, None] * n + block.arms[:, None, :]
        total += np.bincount(cells.ravel(), weights=matrix.ravel(), minlength=n * n)
    return total.reshape(n, n)


def weighted_effects(blocks: Sequence[Block], weights: Sequence[FloatArray], n: int) -> FloatArray:
    """The right-hand side (n,) of the normal equations: each contrast's effect times its adjusted weight, by
    treatment."""
    total = np.zeros(n)
    for block, weight in zip(blocks, weights, strict=True):
        arm = -np.einsum("kij,kij->ki", weight, block.te)
        total += np.bincount(block.arms.ravel(), weights=arm.ravel(), minlength=n)
    return total


def laplacian_inverse(laplacian: FloatArray) -> FloatArray:
    """The pseudo-inverse (n, n) of a connected graph's Laplacian.

    Adding a constant to every element moves only the eigenvalue of the vector of ones from 0 to n times that constant.
    """
    n = len(laplacian)
    shift = float(np.trace(laplacian)) / n**2
    inverse = np.linalg.inv(laplacian + shift)
    inverse = (inverse + inverse.T) / 2.0
    return np.asarray(inverse - 1.0 / (shift * n**2))


def residuals(block: Block, theta: FloatArray) -> FloatArray:
    """Observed minus fitted contrasts (k, m, m) of a block, given the treatments' effects (n,)."""
    fitted = theta[block.arms]
    return np.asarray(block.te - (fitted[:, :, None] - fitted[:, None, :]))


def residual_q(blocks: Sequence[Block], weights: Sequence[FloatArray], theta: FloatArray) -> float:
    """Cochran's Q of a network: adjusted weights times squared residuals, summed over all contrasts of all studies."""
    total = 0.0
    for block, weight in zip(blocks, weights, strict=True):
        total -= 0.5 * float(np.einsum("kij,kij->", weight, residuals(block, theta) ** 2))
    return max(total, 0.0)


def pair_table(fit: NetworkFit, level: float = 0.95) -> PairTable:
    """Every pair's effect, standard error, normal interval at `level` and two-sided p, on the analysis scale."""
    a, b = np.triu_indices(len(fit.theta), 1)
    diagonal = np.diag(fit.covariance)
    te = fit.theta[a] - fit.theta[b]
    se = np.sqrt(diagonal[a] + diagonal[b] - 2.0 * fit.covariance[a, b])
    return make_pairs(a, b, te, se, level)


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
