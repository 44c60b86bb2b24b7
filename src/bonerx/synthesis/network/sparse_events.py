"""Networks of odds ratios from sparse events, where inverse variance is biased: Mantel-Haenszel and conditional
likelihood.

Both are common-effect models of arm-level counts; nothing is added to empty cells (Efthimiou and others 2019,
doi 10.1002/sim.8158).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bonerx.errors import UsageError
from bonerx.model.estimate import Group
from bonerx.synthesis.network.arms import Exclusion
from bonerx.synthesis.network.blocks import FloatArray, StudyEffects, covariance_modes, stack_blocks
from bonerx.synthesis.network.data import NetworkData
from bonerx.synthesis.network.gls import NetworkFit, Weighed, fit_network, grounded_inverse, sum_over_arms

Design = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SparseArms:
    """The arms a sparse-event network can use, the studies it cannot, and the arms left out of studies that stay."""

    groups: tuple[Group, ...]
    design: dict[str, Design]
    excluded: tuple[Exclusion, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignCounts:
    """The studies of one design: `events` and `n` are (studies, arms), the arms in the order of `treatments`."""

    treatments: tuple[str, ...]
    events: FloatArray
    n: FloatArray


def usable_arms(groups: Iterable[Group]) -> SparseArms:
    """The arms left after leaving out, in turn: studies without any event or with nothing else; arms without one in all
    studies of their design; designs of which one arm remains (Efthimiou 2019, doi 10.1002/sim.8158).
    """
    by_study: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_study[group.study].append(group)
    by_design: dict[Design, list[Group]] = defaultdict(list)
    excluded: list[Exclusion] = []
    notes: list[str] = []
    for study, arms in sorted(by_study.items()):
        reason = _reason(arms)
        if reason is None:
            by_design[tuple(sorted(arm.treatment for arm in arms))].extend(arms)
        else:
            excluded.append(Exclusion(study=study, reason=reason))
    kept: list[Group] = []
    design_of: dict[str, Design] = {}
    for design, members in sorted(by_design.items()):
        empty = [name for name in design if _one_sided([arm for arm in members if arm.treatment == name])]
        rest = [arm for arm in members if arm.treatment not in empty]
        studies = sorted({arm.study for arm in members})
        named = " and ".join(f"`{name}`" for name in empty)
        why = f"{named} had no event, or only events, in the design {' / '.join(design)}"
        if len(design) - len(empty) < 2:
            excluded.extend(Exclusion(study=study, reason=why) for study in studies)
            continue
        if empty:
            notes.append(f"{why}: left out of {', '.join(studies)}")
        kept.extend(rest)
        design_of.update(dict.fromkeys(studies, design))
    order = sorted(kept, key=lambda arm: (arm.study, arm.treatment))
    return SparseArms(groups=tuple(order), design=design_of, excluded=tuple(excluded), notes=tuple(notes))


def fit_mantel_haenszel(data: NetworkData, arms: SparseArms) -> NetworkFit:
    """Common log odds ratios of a connected network: Mantel-Haenszel within designs, generalised least squares between.

    `q` of the fit is the disagreement between designs, with its `df`. Raises UsageError where the sampling covariance
    of a design is not positive definite, so that the method has no answer.
    """
    here = set(data.studies)
    blocks = []
    for number, counts in enumerate(_design_counts([arm for arm in arms.groups if arm.study in here], arms.design)):
        te, v = design_odds_ratios(counts)
        blocks.append(StudyEffects(study=str(number), treatments=counts.treatments, te=te, v=v))
    index = {name: i for i, name in enumerate(data.treatments)}
    stacked = stack_blocks(blocks, {one.study: i for i, one in enumerate(blocks)}, index)
    names = tuple(one.study for one in blocks)
    none = np.zeros(len(blocks), dtype=bool)
    return fit_network(replace(data, studies=names, blocks=stacked, zero_cell=none, small_cell=none))


def design_odds_ratios(counts: DesignCounts) -> tuple[FloatArray, FloatArray]:
    """Generalised Mantel-Haenszel log odds ratios (m, m) of one design's m arms and their variances (m, m).

    With c_ij = events_i nonevents_j / N summed over studies to C_ij, L_ij = log(C_ij/C_ji) is made consistent as
    (L_i+ - L_j+)/m; variances are those of Robins, Breslow and Greenland, covariances Greenland's, both consistent
    for many small and for few large studies (Efthimiou 2019, doi 10.1002/sim.8158, after Greenland 1989).
    """
    m = len(counts.treatments)
    total = counts.n.sum(axis=1)
    a, b, n = counts.events, counts.n - counts.events, counts.n
    c = np.einsum("si,sj,s->sij", a, b, 1.0 / total)
    d = (a[:, :, None] + b[:, None, :]) / total[:, None, None]
    pooled = c.sum(axis=0) + np.eye(m)
    if (pooled <= 0).any():
        raise UsageError(f"the design {' / '.join(counts.treatments)} has no Mantel-Haenszel odds ratio for every pair")
    log_ratio = np.log(pooled / pooled.T)
    swapped = c.transpose(0, 2, 1), d.transpose(0, 2, 1)
    variance = (
        (c * d).sum(axis=0) / (2.0 * pooled**2)
        + (c * swapped[1] + swapped[0] * d).sum(axis=0) / (2.0 * pooled * pooled.T)
        + (swapped[0] * swapped[1]).sum(axis=0) / (2.0 * pooled.T**2)
    )
    np.fill_diagonal(variance, 0.0)
    shared = np.zeros((m, m, m))
    for first, second, third, forward, back in ((a, b, b, 1, 1), (n, b, a, 1, 0), (n, a, b, 0, 1), (b, a, a, 0, 0)):
        x = np.einsum("si,sj,sk,s->ijk", first, second, third, 1.0 / total**2)
        left, right = (pooled if forward else pooled.T), (pooled if back else pooled.T)
        shared += x / (3.0 * left[:, :, None] * right[:, None, :])
    i, j, k = np.ogrid[:m, :m, :m]
    shared *= (i != j) & (i != k) & (j != k)
    covariance = shared.sum(axis=0) - shared.sum(axis=2) - shared.sum(axis=2).T - variance
    np.fill_diagonal(covariance, variance.sum(axis=1) + shared.sum(axis=(1, 2)))
    y, covariance = log_ratio.sum(axis=1) / m, covariance / m**2
    diagonal = np.diag(covariance)
    v = diagonal[:, None] + diagonal[None, :] - 2.0 * covariance
    if covariance_modes(v[None])[0].min() <= 0:
        raise UsageError(
            f"the Mantel-Haenszel covariance of the design {' / '.join(counts.treatments)} is not positive"
        )
    return y[:, None] - y[None, :], v


def fit_conditional(data: NetworkData, arms: SparseArms) -> NetworkFit:
    """Common log odds ratios of a connected network by the conditional likelihood of each study's events given their
    sum.

    The noncentral hypergeometric likelihood in Breslow's approximation, good for rare events: a study's events are
    multinomial with chances in proportion to n exp(theta). Newton's method; `q` is 0 and `df` 0: the model has no Q
    (Stijnen, Hamza and Özdemir 2010, doi 10.1002/sim.4040; Efthimiou 2019, doi 10.1002/sim.8158).
    """
    size = len(data.treatments)
    tables = _tables(data, arms)
    theta = np.zeros(size)
    for _ in range(100):
        weights, gradient = [], np.zeros(size)
        for block, table in zip(data.blocks, tables, strict=True):
            events, n = table[..., 0], table[..., 1]
            chance = n * np.exp(theta[block.arms])
            chance /= chance.sum(axis=1, keepdims=True)
            total = events.sum(axis=1, keepdims=True)
            gradient += np.bincount(block.arms.ravel(), (events - total * chance).ravel(), minlength=size)
            spread = chance[:, :, None] * (np.eye(block.size) - chance[:, None, :])
            weights.append(total[..., None] * spread)
        of_blocks = ((block.arms, weight) for block, weight in zip(data.blocks, weights, strict=True))
        laplacian = sum_over_arms(of_blocks, size)
        covariance = grounded_inverse(laplacian)
        step = covariance @ gradient
        theta = theta + step / max(1.0, float(np.abs(step).max()) / 2.0)
        if np.abs(step).max() < 1e-12:
            break
    spread = np.diag(covariance)
    return NetworkFit(
        data=data,
        tau2=0.0,
        te=theta[:, None] - theta[None, :],
        variance=spread[:, None] + spread[None, :] - 2.0 * covariance,
        theta=theta - theta.mean(),
        covariance=covariance,
        laplacian=laplacian,
        studies=tuple(
            Weighed(block.arms, block.te, block.v, weight, 0.0)
            for block, weight in zip(data.blocks, weights, strict=True)
        ),
        q=0.0,
        df=0,
    )


def direct_odds_ratios(data: NetworkData, arms: SparseArms) -> tuple[FloatArray, FloatArray]:
    """Mantel-Haenszel log odds ratio and standard error (n, n), row against column, of every pair from the studies of
    both.

    Each pair is pooled over all studies that compare it, whatever their design, with the variance of Robins, Breslow
    and Greenland 1986; NaN where no study, or no event, informs it.
    """
    size = len(data.treatments)
    sums = np.zeros((5, size * size))
    for block, table in zip(data.blocks, _tables(data, arms), strict=True):
        a, b, n = table[..., 0], table[..., 1] - table[..., 0], table[..., 1]
        total = n[:, :, None] + n[:, None, :]
        r, s = a[:, :, None] * b[:, None, :] / total, b[:, :, None] * a[:, None, :] / total
        p, q = (a[:, :, None] + b[:, None, :]) / total, (b[:, :, None] + a[:, None, :]) / total
        cell = (block.arms[:, :, None] * size + block.arms[:, None, :]).ravel()
        for row, value in enumerate((r, s, p * r, p * s + q * r, q * s)):
            sums[row] += np.bincount(cell, weights=value.ravel(), minlength=size * size)
    r, s, pr, mixed, qs = sums.reshape(5, size, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        te = np.log(r / s)
        se = np.sqrt(pr / (2.0 * r**2) + mixed / (2.0 * r * s) + qs / (2.0 * s**2))
    known = (r > 0) & (s > 0) & ~np.eye(size, dtype=bool)
    return np.where(known, te, np.nan), np.where(known, se, np.nan)


def _tables(data: NetworkData, arms: SparseArms) -> list[FloatArray]:
    """Events and n (k, m, 2) of the studies of each block."""
    counts = {(arm.study, arm.treatment): (float(arm.events or 0.0), float(arm.n)) for arm in arms.groups}
    found = []
    for block in data.blocks:
        rows = zip(block.study.tolist(), block.arms.tolist(), strict=True)
        cells = [[counts[data.studies[study], data.treatments[one]] for one in row] for study, row in rows]
        found.append(np.array(cells))
    return found


def _design_counts(groups: Sequence[Group], design_of: dict[str, Design]) -> list[DesignCounts]:
    """Counts of every design, designs and their studies sorted."""
    by_design: dict[Design, dict[str, dict[str, Group]]] = defaultdict(lambda: defaultdict(dict))
    for arm in groups:
        by_design[design_of[arm.study]][arm.study][arm.treatment] = arm
    found = []
    for _, studies in sorted(by_design.items()):
        names = tuple(sorted(next(iter(studies.values()))))
        rows = [[arms[name] for name in names] for _, arms in sorted(studies.items())]
        events = np.array([[float(arm.events or 0.0) for arm in row] for row in rows])
        found.append(
            DesignCounts(treatments=names, events=events, n=np.array([[arm.n for arm in row] for row in rows]))
        )
    return found


def _one_sided(arms: Sequence[Group]) -> bool:
    """Whether these arms together have no event, or nothing but events."""
    events = sum(arm.events or 0.0 for arm in arms)
    return events == 0 or events == sum(arm.n for arm in arms)


def _reason(arms: Sequence[Group]) -> str | None:
    if len(arms) < 2:
        return "only one arm"
    if any(arm.events is None for arm in arms):
        return "the number of events of an arm is not known"
    if _one_sided(arms):
        return "no event in any arm" if not sum(arm.events or 0.0 for arm in arms) else "only events in every arm"
    return None
