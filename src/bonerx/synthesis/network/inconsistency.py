"""Where direct and indirect evidence on a pair of treatments disagree."""

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from scipy.special import ndtr

from bonerx.synthesis.network.blocks import BoolArray, FloatArray, IntArray
from bonerx.synthesis.network.connectivity import part_labels
from bonerx.synthesis.network.data import NetworkData, select_studies
from bonerx.synthesis.network.gls import NetworkFit, PairTable, fit_network
from bonerx.synthesis.network.tau2 import network_tau2
from bonerx.synthesis.numeric.long_arithmetic import LongArray, is_long, long_arithmetic, sum_at, to_float, to_long

DIRECT_ONLY = 1e-8  # 1 - share_direct below this is rounding of floats: there is no indirect evidence
LONG_DIRECT_ONLY = 1e-50  # the same of numbers of many digits


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitTable:
    """One row for every pair of treatments i < j: estimates of a minus b, analysis scale; NaN where there is none.

    `k` counts studies that compare the pair, `multi_arm` those of them with more than two arms. `share_direct` is the
    proportion of direct evidence: the variance of the network estimate over that of the direct one.
    """

    a: IntArray
    b: IntArray
    k: IntArray
    multi_arm: IntArray
    direct_te: FloatArray
    direct_se: FloatArray
    indirect_te: FloatArray
    indirect_se: FloatArray
    difference_te: FloatArray
    difference_se: FloatArray
    difference_p: FloatArray
    share_direct: FloatArray


def split_evidence(fit: NetworkFit, pairs: PairTable) -> SplitTable:
    """Direct, indirect and network estimate of every pair by back-calculation (SIDE), at the tau2 of `fit`.

    Direct: inverse variance pool of the pair's own contrasts, v + tau2 each. Indirect and test as in `back_calculate`.
    """
    n = len(fit.theta)
    with long_arithmetic():
        weight = weighted = to_long(np.zeros(n * n)) if is_long(fit.te) else np.zeros(n * n)
        tau2 = Decimal(fit.tau2) if is_long(fit.te) else fit.tau2
        for one in fit.studies:
            i, j = np.triu_indices(one.arms.shape[1], 1)
            cell = (one.arms[:, i] * n + one.arms[:, j]).ravel()
            inverse = 1 / (one.v[:, i, j] + tau2)
            weight = weight + sum_at(cell, inverse.ravel(), n * n)
            weighted = weighted + sum_at(cell, (inverse * one.te[:, i, j]).ravel(), n * n)
        cell = pairs.a * n + pairs.b
        counts = direct_counts(fit.data, pairs)
        seen = counts[0] > 0
        direct = weighted[cell[seen]] / weight[cell[seen]], 1 / weight[cell[seen]]
        return _split(pairs, (fit.te[pairs.a, pairs.b], fit.variance[pairs.a, pairs.b]), seen, direct, counts)


def direct_counts(data: NetworkData, pairs: PairTable) -> tuple[IntArray, IntArray]:
    """How many studies compare each pair (pairs,), and how many of them have more than two arms."""
    n = len(data.treatments)
    k, multi = np.zeros((2, n * n), dtype=np.intp)
    for block in data.blocks:
        i, j = np.triu_indices(block.size, 1)
        count = np.bincount((block.arms[:, i] * n + block.arms[:, j]).ravel(), minlength=n * n)
        k += count
        multi += count if block.size > 2 else 0
    return k[pairs.a * n + pairs.b], multi[pairs.a * n + pairs.b]


def back_calculate(
    pairs: PairTable, direct_te: FloatArray, direct_se: FloatArray, counts: tuple[IntArray, IntArray]
) -> SplitTable:
    """The indirect evidence that, with the direct (pairs,; NaN: none), gives the network estimates, and their
    disagreement.

    network = p direct + (1 - p) indirect with p = share_direct = (se_network/se_direct)^2 and se_indirect^2 =
    se_network^2/(1 - p). The difference has variance se_direct^2 + se_indirect^2 (König, Krahn and Binder 2013,
    doi 10.1002/sim.6001; Dias and others 2010, doi 10.1002/sim.3767).
    """
    seen = np.isfinite(direct_se)
    return _split(pairs, (pairs.te, pairs.se**2), seen, (direct_te[seen], direct_se[seen] ** 2), counts)


def _split(
    pairs: PairTable,
    network: tuple[LongArray, LongArray],
    seen: BoolArray,
    direct: tuple[LongArray, LongArray],
    counts: tuple[IntArray, IntArray],
) -> SplitTable:
    """The table from effects and variances of the network (pairs,) and of the direct evidence, where it is `seen`.

    They are floats or Decimals: where direct evidence is nearly all there is, the rest is a small difference.
    """
    te, variance = (one[seen] for one in network)
    part = variance / direct[1]
    rest = 1 - part
    told = to_float(rest) >= (LONG_DIRECT_ONLY if is_long(rest) else DIRECT_ONLY)
    at, both = np.flatnonzero(seen), np.flatnonzero(seen)[told]
    direct_te, direct_se = np.full((2, len(seen)), np.nan)
    direct_te[at], direct_se[at] = to_float(direct[0]), np.sqrt(to_float(direct[1]))
    share = np.zeros(len(seen))
    share[at] = np.where(told, to_float(part), 1.0)
    indirect_te, indirect_se = np.where(seen, np.nan, pairs.te), np.where(seen, np.nan, pairs.se)
    indirect_te[both] = to_float(te[told] + ((te - direct[0]) * part)[told] / rest[told])
    indirect_se[both] = np.sqrt(to_float(variance[told] / rest[told]))
    difference, se = direct_te - indirect_te, np.hypot(direct_se, indirect_se)
    return SplitTable(
        a=pairs.a,
        b=pairs.b,
        k=counts[0],
        multi_arm=counts[1],
        direct_te=direct_te,
        direct_se=direct_se,
        indirect_te=indirect_te,
        indirect_se=indirect_se,
        difference_te=difference,
        difference_se=se,
        difference_p=2.0 * ndtr(-np.abs(difference / se)),
        share_direct=share,
    )


def separate_designs(fit: NetworkFit, pairs: PairTable, splits: SplitTable) -> SplitTable:
    """`splits` with the indirect estimate of every compared pair from the studies that do not compare it (SIDDE).

    One common-effect refit a compared pair, as netmeta's netsplit does for a Mantel-Haenszel network.
    """
    te, se = splits.indirect_te.copy(), splits.indirect_se.copy()
    for row in np.flatnonzero(splits.k):
        te[row], se[row] = split_by_design(fit, pairs, splits, int(row)) or (np.nan, np.nan)
    difference, spread = splits.direct_te - te, np.sqrt(splits.direct_se**2 + se**2)
    return replace(
        splits,
        indirect_te=te,
        indirect_se=se,
        difference_te=difference,
        difference_se=spread,
        difference_p=2.0 * ndtr(-np.abs(difference / spread)),
    )


def split_by_design(
    fit: NetworkFit, pairs: PairTable, splits: SplitTable, row: int, tau2_method: str | None = None
) -> tuple[float, float] | None:
    """Indirect estimate and its standard error for one pair from the studies that do not compare it (SIDDE), or None.

    Every study that compares the pair is left out whole, so direct and indirect evidence share no study even where
    one has more than two arms. tau2 of the rest is estimated anew by `tau2_method` (None: the common-effect model),
    as netmeta's netsplit does. None where the rest does not join the pair (Efthimiou and others 2019, doi
    10.1002/sim.8158).
    """
    if splits.k[row] == 0:
        return float(pairs.te[row]), float(pairs.se[row])
    a, b = int(pairs.a[row]), int(pairs.b[row])
    keep = np.ones(len(fit.data.studies), dtype=bool)
    for block in fit.data.blocks:
        compares = (block.arms == a).any(axis=1) & (block.arms == b).any(axis=1)
        keep[block.study[compares]] = False
    rest = select_studies(fit.data, keep)
    names = [fit.data.treatments[a], fit.data.treatments[b]]
    if not set(names) <= set(rest.treatments):
        return None
    labels = part_labels(rest)
    i, j = (rest.treatments.index(name) for name in names)
    if labels[i] != labels[j]:
        return None
    of_study = np.zeros(len(rest.studies), dtype=bool)
    for block in rest.blocks:
        of_study[block.study] = labels[block.arms[:, 0]] == labels[i]
    part = select_studies(rest, of_study)
    i, j = (part.treatments.index(name) for name in names)
    tau2 = network_tau2(part, tau2_method) if tau2_method else None
    refit = fit_network(part, tau2 or 0.0)
    return float(refit.te[i, j]), float(refit.variance[i, j]) ** 0.5
