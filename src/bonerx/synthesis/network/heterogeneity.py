"""How far studies disagree: Q of a network split into within and between designs, and what each design adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.synthesis.network.blocks import FloatArray, IntArray
from bonerx.synthesis.network.connectivity import connected_parts
from bonerx.synthesis.network.data import select_studies
from bonerx.synthesis.network.gls import NetworkFit, Weighed, fit_network
from bonerx.synthesis.numeric.distributions import chi2_p
from bonerx.synthesis.numeric.long_arithmetic import (
    LongArray,
    is_long,
    long_arithmetic,
    positive_inverse,
    to_float,
    to_long,
)
from bonerx.synthesis.pairwise.heterogeneity import i2_interval, i2_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QStatistic:
    """A chi-squared statistic with its degrees of freedom; `p` is None where there are none."""

    q: float
    df: int

    @property
    def p(self) -> float | None:
        """The probability of a larger Q if the studies agreed."""
        return chi2_p(self.q, self.df) if self.df > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignQ:
    """The studies that compare the same set of treatments (indices, ascending) and how far they disagree among
    themselves."""

    treatments: tuple[int, ...]
    studies: int
    within: QStatistic


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkHeterogeneity:
    """Q of the common-effect model, within and between designs; I2 (a fraction) with its interval; None without df.

    `within` is None where the method pools designs without a Q of their own (Mantel-Haenszel).
    """

    total: QStatistic
    within: QStatistic | None
    between: QStatistic
    i2: float | None
    i2_low: float | None
    i2_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Designs:
    """The designs of one block: arms (g, m), the design of each study (k,), Q (g,), and trace(P R) of each (g,)."""

    arms: IntArray
    of_study: IntArray
    q: FloatArray
    trace: FloatArray


def network_heterogeneity(common: NetworkFit, level: float = 0.95) -> NetworkHeterogeneity:
    """Q, its split by designs and I2 from a common-effect fit.

    Within: every design pooled alone; between: what remains (Krahn, Binder and König 2013, doi
    10.1186/1471-2288-13-35).
    """
    total = QStatistic(q=common.q, df=common.df)
    within = _pool(design_qs(common))
    between = QStatistic(q=max(total.q - within.q, 0.0), df=total.df - within.df)
    if between.df == 0:
        between = QStatistic(q=0.0, df=0)
    i2, low, high = i_squared(total, level)
    return NetworkHeterogeneity(total=total, within=within, between=between, i2=i2, i2_low=low, i2_high=high)


def i_squared(total: QStatistic, level: float = 0.95) -> tuple[float | None, float | None, float | None]:
    """I2 = max(0, (Q - df)/Q) and its test-based interval through H (Higgins and Thompson 2002, doi
    10.1002/sim.1186)."""
    if total.df < 1:
        return None, None, None
    h, low, high = i2_interval(total.q, total.df + 1, level)
    return i2_of(h), i2_of(low), i2_of(high)


def design_qs(fit: NetworkFit) -> list[DesignQ]:
    """Each design's own Q at the weights of `fit`, designs ordered by number of arms, then treatments."""
    found = []
    for studies in fit.studies:
        designs = _block_designs(studies)
        counts = np.bincount(designs.of_study)
        for arms, q, k in zip(designs.arms.tolist(), designs.q.tolist(), counts.tolist(), strict=True):
            within = QStatistic(q=q if k > 1 else 0.0, df=(k - 1) * (designs.arms.shape[1] - 1))
            found.append(DesignQ(treatments=tuple(arms), studies=k, within=within))
    return found


def between_designs_random(common: NetworkFit) -> tuple[QStatistic, float]:
    """Q between designs when studies of one design may differ, and the tau2 within designs it allows for.

    tau2 is the generalised DerSimonian-Laird estimate from the Q within designs (0 where that has no df); Q has no df
    where designs cannot disagree (Krahn, Binder and König 2013, doi 10.1186/1471-2288-13-35).
    """
    blocks = [_block_designs(studies) for studies in common.studies]
    within = _pool(design_qs(common))
    df = common.df - within.df
    trace = sum(float(one.trace.sum()) for one in blocks)
    tau2 = max(0.0, (within.q - within.df) / trace) if within.df > 0 else 0.0
    fit = fit_network(common.data, tau2)
    return QStatistic(q=max(0.0, fit.q - _pool(design_qs(fit)).q) if df > 0 else 0.0, df=df), tau2


def detached_designs(common: NetworkFit) -> list[tuple[tuple[int, ...], QStatistic]]:
    """For each design the Q between the others once it is given treatment effects of its own; only where that costs df.

    One refit for every design (Krahn, Binder and König 2013, doi 10.1186/1471-2288-13-35).
    """
    data, designs = common.data, design_qs(common)
    within = _pool(designs)
    between = common.df - within.df
    member = {}
    for block in data.blocks:
        for study, arms in zip(block.study.tolist(), block.arms.tolist(), strict=True):
            member[study] = tuple(arms)
    found = []
    for design in designs:
        keep = np.array([member[study] != design.treatments for study in range(len(data.studies))])
        rest = [fit_network(part) for part in connected_parts(select_studies(data, keep))]
        q = sum(one.q for one in rest) + design.within.q - within.q
        df = sum(one.df for one in rest) + design.within.df - within.df
        if df < between:
            found.append((design.treatments, QStatistic(q=max(0.0, q) if df else 0.0, df=df)))
    return found


def _pool(designs: Sequence[DesignQ]) -> QStatistic:
    return QStatistic(q=sum(one.within.q for one in designs), df=sum(one.within.df for one in designs))


def _block_designs(studies: Weighed) -> _Designs:
    """Pool each design of a block alone, all designs at once, each with its first treatment's effect held at 0."""
    arms, of_study = np.unique(studies.arms, axis=0, return_inverse=True)
    of_study = of_study.reshape(-1)
    with long_arithmetic():
        weight, right = studies.weight, -(studies.weight * studies.te).sum(axis=2)
        total = _by_group(weight[:, 1:, 1:], of_study, len(arms))
        inverse = positive_inverse(total)[0] if is_long(total) else np.linalg.inv(total)
        theta = (inverse @ _by_group(right[:, 1:], of_study, len(arms))[..., None])[..., 0]
        fitted = np.concatenate((0 * theta[:, :1], theta), axis=1)[of_study]
        gap = studies.te - (fitted[:, :, None] - fitted[:, None, :])
        q = _by_group(-(weight * gap**2).sum(axis=(1, 2)) / 2, of_study, len(arms))
        own = _by_group(np.trace(weight, axis1=1, axis2=2), of_study, len(arms))
        used = (weight[:, :, 1:] @ inverse[of_study]) * weight[:, :, 1:]
        trace = (own - _by_group(used.sum(axis=(1, 2)), of_study, len(arms))) / 2
    return _Designs(arms=arms, of_study=of_study, q=np.maximum(to_float(q), 0.0), trace=to_float(trace))


def _by_group(values: LongArray, group: IntArray, groups: int) -> LongArray:
    """Sum `values` (k, ...) over the first axis by group, to (groups, ...)."""
    zero = np.zeros((groups, *values.shape[1:]))
    total = to_long(zero) if is_long(values) else zero
    np.add.at(total, group, values)
    return total
