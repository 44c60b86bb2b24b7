"""Where direct and indirect evidence on a pair of treatments disagree."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from bonerx.synthesis.connection import part_labels
from bonerx.synthesis.network import NetworkFit, PairTable, fit_network
from bonerx.synthesis.network_block import FloatArray, IntArray
from bonerx.synthesis.network_data import select_studies
from bonerx.synthesis.network_tau2 import network_tau2

DIRECT_ONLY = 1e-8  # 1 - share_direct below this is rounding: there is no indirect evidence


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

    Direct: inverse variance pool of the pair's own contrasts, v + tau2 each. Indirect: network = p direct + (1 - p)
    indirect with p = share_direct, se^2 = se_network^2/(1 - p). The difference has variance se_direct^2 + se_indirect^2
    (König, Krahn and Binder 2013, doi 10.1002/sim.6001; Dias and others 2010, doi 10.1002/sim.3767).
    """
    n = len(fit.theta)
    weight, weighted, k, multi = np.zeros((4, n * n))
    for block in fit.data.blocks:
        i, j = np.triu_indices(block.size, 1)
        cell = (block.arms[:, i] * n + block.arms[:, j]).ravel()
        inverse = (1.0 / (block.v[:, i, j] + fit.tau2)).ravel()
        weight += np.bincount(cell, weights=inverse, minlength=n * n)
        weighted += np.bincount(cell, weights=inverse * block.te[:, i, j].ravel(), minlength=n * n)
        count = np.bincount(cell, minlength=n * n)
        k += count
        multi += count if block.size > 2 else 0
    cell = pairs.a * n + pairs.b
    with np.errstate(divide="ignore", invalid="ignore"):
        direct_se = 1.0 / np.sqrt(weight[cell])
        direct_te = weighted[cell] / weight[cell]
    seen = weight[cell] > 0
    share = np.where(seen, np.minimum(pairs.se**2 * weight[cell], 1.0), 0.0)
    rest = np.where(1.0 - share < DIRECT_ONLY, np.nan, 1.0 - share)
    direct_te, direct_se = np.where(seen, direct_te, np.nan), np.where(seen, direct_se, np.nan)
    indirect_te = np.where(seen, (pairs.te - share * direct_te) / rest, pairs.te)
    indirect_se = np.where(seen, pairs.se / np.sqrt(rest), pairs.se)
    counts = k[cell].astype(np.intp), multi[cell].astype(np.intp)
    return _with_difference(pairs, counts, (direct_te, direct_se), (indirect_te, indirect_se), share)


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
    variance = refit.covariance[i, i] + refit.covariance[j, j] - 2.0 * refit.covariance[i, j]
    return float(refit.theta[i] - refit.theta[j]), float(np.sqrt(variance))


def _with_difference(
    pairs: PairTable,
    counts: tuple[IntArray, IntArray],
    direct: tuple[FloatArray, FloatArray],
    indirect: tuple[FloatArray, FloatArray],
    share: FloatArray,
) -> SplitTable:
    te = direct[0] - indirect[0]
    se = np.sqrt(direct[1] ** 2 + indirect[1] ** 2)
    return SplitTable(
        a=pairs.a,
        b=pairs.b,
        k=counts[0],
        multi_arm=counts[1],
        direct_te=direct[0],
        direct_se=direct[1],
        indirect_te=indirect[0],
        indirect_se=indirect[1],
        difference_te=te,
        difference_se=se,
        difference_p=2.0 * ndtr(-np.abs(te / se)),
        share_direct=share,
    )
