"""Reported contrasts of a study as one consistent block, because a multi-arm study counted pair by pair counts
twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite

import numpy as np

from bonerx.errors import Fault
from bonerx.model.estimate import Contrast
from bonerx.synthesis.network_arms import study_fault
from bonerx.synthesis.network_block import FloatArray, StudyEffects, covariance_modes

TE_TOLERANCE = 1e-3  # netmeta's tol.multiarm: how far printed, rounded effects of one study may be from adding up
V_TOLERANCE = 1e-8  # relative: how far a variance given twice (as a shared arm and as a contrast) may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedArm:
    """The variance of the arm against which several contrasts of one study stand: the covariance of any two of them."""

    study: str
    treatment: str
    variance: float


def contrast_level_effects(
    contrasts: Iterable[Contrast], shared: Iterable[SharedArm] = (), *, te_tolerance: float = TE_TOLERANCE
) -> tuple[list[StudyEffects], list[Fault]]:
    """Every study's contrasts as a whole block (analysis scale), and the rules that studies break, one sentence each.

    A study of m arms gives all m(m-1)/2 contrasts, or the m - 1 against one arm together with that arm's variance
    (`shared`): then te_ij = te_ib - te_jb and v_ij = v_ib + v_jb - 2 v_b. Effects must add up within `te_tolerance`,
    and the variances must belong to a covariance of the arms (-v/2 positive definite on contrasts; Rücker and
    Schwarzer 2014, doi 10.1002/sim.6236).
    """
    by_study: dict[str, list[Contrast]] = {}
    for contrast in contrasts:
        by_study.setdefault(contrast.study, []).append(contrast)
    effects: list[StudyEffects] = []
    faults: list[Fault] = []
    arms = {one.study: one for one in shared}
    for study, members in by_study.items():
        wrong = _contrast_faults(members)
        if not wrong:
            te, v, treatments = _assemble(members)
            wrong = _complete(te, v, treatments, arms.get(study)) or _inconsistencies(te, v, treatments, te_tolerance)
        if wrong:
            faults.extend(study_fault(study, message) for message in wrong)
        else:
            effects.append(StudyEffects(study=study, treatments=treatments, te=te, v=v))
    return effects, faults


def _contrast_faults(members: Sequence[Contrast]) -> list[str]:
    faults: list[str] = []
    seen: set[frozenset[str]] = set()
    for one in members:
        pair = frozenset((one.a, one.b))
        if one.a == one.b:
            faults.append(f"`{one.a}` is compared with itself")
        elif pair in seen:
            faults.append(f"`{one.a}` against `{one.b}` is given more than once")
        seen.add(pair)
        if not isfinite(one.te):
            faults.append(f"the effect of `{one.a}` against `{one.b}` is {one.te}, not a number")
        if not (isfinite(one.se) and one.se > 0):
            faults.append(f"the standard error of `{one.a}` against `{one.b}` is {one.se}, not a positive number")
    return faults


def _assemble(members: Sequence[Contrast]) -> tuple[FloatArray, FloatArray, tuple[str, ...]]:
    """Matrices (m, m) of effects and variances with NaN where nothing is given, treatments sorted."""
    treatments = tuple(sorted({name for one in members for name in (one.a, one.b)}))
    place = {name: i for i, name in enumerate(treatments)}
    te = np.full((len(treatments), len(treatments)), np.nan)
    np.fill_diagonal(te, 0.0)
    v = te.copy()
    for one in members:
        i, j = place[one.a], place[one.b]
        te[i, j], te[j, i] = one.te, -one.te
        v[i, j] = v[j, i] = one.se**2
    return te, v, treatments


def _complete(te: FloatArray, v: FloatArray, treatments: tuple[str, ...], shared: SharedArm | None) -> list[str]:
    """Fill pairs that follow from a shared arm, in place; the faults that remain."""
    place: Mapping[str, int] = {name: i for i, name in enumerate(treatments)}
    if shared is not None:
        if shared.treatment not in place:
            return [f"its shared arm `{shared.treatment}` stands in none of its contrasts"]
        base = place[shared.treatment]
        for i, j in combinations([i for i in range(len(treatments)) if i != base], 2):
            variance = v[i, base] + v[j, base] - 2.0 * shared.variance
            if np.isnan(v[i, j]):
                te[i, j] = te[i, base] - te[j, base]
                te[j, i] = -te[i, j]
                v[i, j] = v[j, i] = variance
            elif abs(v[i, j] - variance) > V_TOLERANCE * v[i, j]:
                pair = f"`{treatments[i]}` against `{treatments[j]}`"
                return [f"the standard error of {pair} contradicts the variance of its arm `{shared.treatment}`"]
    missing = [f"`{a}` against `{b}`" for a, b in combinations(treatments, 2) if np.isnan(v[place[a], place[b]])]
    if missing:
        arms = len(treatments)
        rule = f"{arms} arms need all {arms * (arms - 1) // 2} comparisons, or those against one arm and its variance"
        return [f"incomplete: {rule}; missing {', '.join(missing)}"]
    return []


def _inconsistencies(te: FloatArray, v: FloatArray, treatments: tuple[str, ...], te_tolerance: float) -> list[str]:
    """The rules a complete multi-arm study breaks: effects that do not add up, impossible variances."""
    if len(treatments) < 3:
        return []
    mean = te.mean(axis=1)
    gap = np.abs(te - (mean[:, None] - mean[None, :]))
    if gap.max() > te_tolerance:
        i, j = np.unravel_index(int(gap.argmax()), gap.shape)
        pair = f"`{treatments[i]}` against `{treatments[j]}`"
        return [f"inconsistent: its effects do not add up; {pair} is off by {gap.max():.3g}"]
    spread, _ = covariance_modes(v[None])
    if spread.min() <= 1e-10 * spread.max():
        return ["inconsistent: its standard errors cannot come from one set of arms"]
    return []
