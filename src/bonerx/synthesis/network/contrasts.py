"""Reported contrasts of a study as one consistent block, because a multi-arm study counted pair by pair counts
twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import inf, isfinite, sqrt
from typing import NamedTuple

import numpy as np

from bonerx.errors import Fault, UsageError
from bonerx.model.estimate import Contrast, half_unit
from bonerx.synthesis.network.arms import LARGEST, OUT_OF_RANGE, in_range, study_fault
from bonerx.synthesis.network.blocks import FloatArray, StudyEffects
from bonerx.synthesis.numeric.long_arithmetic import LongArray

IMMATERIAL = 1e-3
"""A part of a study's smallest standard error by which its effects may be off whatever their digits: netmeta's
tol.multiarm, 0.001, for an error of 1, at every scale."""
WORTH_SAYING = 1e-6
"""The same part below which nothing is said of it."""
SINGULAR = 1e-10
"""The smallest eigenvalue of a correlation matrix below which it cannot be told from an impossible one."""
IMPOSSIBLE = "inconsistent: its standard errors cannot come from one set of arms"
V_TOLERANCE = 1e-8  # relative: how far a variance given twice (as a shared arm and as a contrast) may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedArm:
    """The variance of the arm against which several contrasts of one study stand: the covariance of any two of them."""

    study: str
    treatment: str
    variance: float


class _Matrices(NamedTuple):
    """A study's effects and variances (m, m), NaN where nothing is given, and how far rounding may have moved the
    effects and the standard errors."""

    treatments: tuple[str, ...]
    te: FloatArray
    v: FloatArray
    se: FloatArray
    te_rounding: float
    se_rounding: float


def contrast_level_effects(
    contrasts: Iterable[Contrast], shared: Iterable[SharedArm] = (), *, te_tolerance: float | None = None
) -> tuple[list[StudyEffects], list[Fault]]:
    """Every study's contrasts as a whole block (analysis scale), and the rules that studies break, one sentence each.

    A study of m arms gives all m(m-1)/2 contrasts, or the m - 1 against one arm together with that arm's variance
    (`shared`): then te_ij = te_ib - te_jb and v_ij = v_ib + v_jb - 2 v_b. Effects must add up within `te_tolerance`
    (they are then taken as they are), or without one within what rounding to the digits printed explains: then the
    nearest that add up are taken. The variances must belong to a covariance of the arms (-v/2 positive definite on
    contrasts; Rücker and Schwarzer 2014, doi 10.1002/sim.6236); where rounding explains that they do not, those of
    independent arms that round to them are taken. Raises UsageError for a tolerance below 0.
    """
    if te_tolerance is not None and not 0.0 <= te_tolerance < inf:
        raise UsageError(f"the tolerance {te_tolerance:g} is no distance", hint="give a number from 0 on")
    by_study: dict[str, list[Contrast]] = {}
    for contrast in contrasts:
        by_study.setdefault(contrast.study, []).append(contrast)
    effects: list[StudyEffects] = []
    faults: list[Fault] = []
    arms = {one.study: one for one in shared}
    for study, members in by_study.items():
        wrong = _contrast_faults(members)
        if not wrong:
            found = _assemble(members)
            wrong = _complete(found, arms.get(study))
        if not wrong:
            one, wrong = _consistent(study, found, arms.get(study), te_tolerance)
            effects += [] if one is None else [one]
        faults.extend(study_fault(study, message) for message in wrong)
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
    if not faults and max(max(abs(one.te), one.se, 1.0 / one.se) for one in members) > LARGEST:
        faults.append(OUT_OF_RANGE)
    return faults


def _assemble(members: Sequence[Contrast]) -> _Matrices:
    """The matrices of a study's contrasts, treatments sorted; figures of one study are printed alike."""
    treatments = tuple(sorted({name for one in members for name in (one.a, one.b)}))
    place = {name: i for i, name in enumerate(treatments)}
    te = np.full((len(treatments), len(treatments)), np.nan)
    np.fill_diagonal(te, 0.0)
    se = te.copy()
    for one in members:
        i, j = place[one.a], place[one.b]
        te[i, j], te[j, i] = one.te, -one.te
        se[i, j] = se[j, i] = one.se
    return _Matrices(
        treatments, te, se**2, se, min(one.te_rounding for one in members), min(one.se_rounding for one in members)
    )


def _complete(found: _Matrices, shared: SharedArm | None) -> list[str]:
    """Fill pairs that follow from a shared arm, in place; the faults that remain."""
    treatments, te, v = found.treatments, found.te, found.v
    place = {name: i for i, name in enumerate(treatments)}
    if shared is not None:
        if shared.treatment not in place:
            return [f"its shared arm `{shared.treatment}` stands in none of its contrasts"]
        base = place[shared.treatment]
        for i, j in combinations([i for i in range(len(treatments)) if i != base], 2):
            variance = v[i, base] + v[j, base] - 2.0 * shared.variance
            rounding = (
                2.0 * found.se_rounding * sum(sqrt(one) for one in (v[i, base], v[j, base], np.nan_to_num(v[i, j])))
            )
            rounding += 2.0 * half_unit(shared.variance) if found.se_rounding else 0.0
            if np.isnan(v[i, j]):
                te[i, j] = te[i, base] - te[j, base]
                te[j, i] = -te[i, j]
                v[i, j] = v[j, i] = variance
                found.se[i, j] = found.se[j, i] = sqrt(max(variance, 0.0))
            elif abs(v[i, j] - variance) > V_TOLERANCE * v[i, j] + _variance_rounding(found, shared, (i, j, base)):
                pair = f"`{treatments[i]}` against `{treatments[j]}`"
                return [f"the standard error of {pair} contradicts the variance of its arm `{shared.treatment}`"]
    missing = [f"`{a}` against `{b}`" for a, b in combinations(treatments, 2) if np.isnan(v[place[a], place[b]])]
    if missing:
        arms = len(treatments)
        rule = f"{arms} arms need all {arms * (arms - 1) // 2} comparisons, or the results of each arm instead of them"
        return [f"incomplete: {rule}; missing {', '.join(missing)}"]
    return []


def _variance_rounding(found: _Matrices, shared: SharedArm, places: tuple[int, int, int]) -> float:
    """How far rounding may have moved the variances of three pairs and of their shared arm from each other."""
    errors = sum(float(found.se[pair]) for pair in combinations(places, 2))
    return 2.0 * (found.se_rounding * errors + half_unit(shared.variance)) if found.se_rounding else 0.0


def _consistent(
    study: str, found: _Matrices, shared: SharedArm | None, te_tolerance: float | None
) -> tuple[StudyEffects | None, list[str]]:
    """The block of a complete study, with a note of what rounding explains; or the rules that it breaks."""
    treatments, te, v = found.treatments, found.te, found.v
    covariance = _covariance(found, shared)
    notes = []
    if len(treatments) > 2:
        off, pair = _not_adding_up(found)
        least = float(v[~np.eye(len(treatments), dtype=bool)].min())
        if not least > 0.0:
            return None, [IMPOSSIBLE]
        smallest = sqrt(least)
        message = f"its effects do not add up; {pair} is off by {off:.3g}"
        if te_tolerance is None:
            allowed = off <= IMMATERIAL * smallest or _is_rounding(found)
            why = "which rounding explains" if _is_rounding(found) else "a thousandth of a standard error or less"
        else:
            allowed, why = off <= te_tolerance, "within the tolerance"
        if not allowed:
            beyond = "" if not found.te_rounding else ", more than rounding explains"
            beyond = beyond if te_tolerance is None else ", more than the tolerance allows"
            return None, [f"inconsistent: {message}{beyond}"]
        if off > WORTH_SAYING * smallest:
            notes.append(f"{message}, {why}")
            if te_tolerance is None:  # weights of opposite sign would magnify what does not add up
                mean = te.mean(axis=1)
                te = mean[:, None] - mean[None, :]
        if not _is_possible(found.se):
            arms = _independent_arms(found)
            if arms is None:
                return None, [IMPOSSIBLE]
            nearest = np.sqrt(arms[:, None] + arms[None, :])
            gap = float(np.abs(nearest - np.sqrt(v))[~np.eye(len(arms), dtype=bool)].max())
            notes.append(
                f"no arms have its standard errors, but independent arms have them rounded, off by up to {gap:.3g}"
            )
            v, covariance = arms[:, None] + arms[None, :], np.diag(arms)
            np.fill_diagonal(v, 0.0)
    note = f"`{study}`: {'; '.join(notes)}" if notes else None
    one = StudyEffects(study=study, treatments=treatments, te=te, v=v, covariance=covariance, note=note)
    return (one, []) if in_range(one) else (None, [OUT_OF_RANGE])


def _covariance(found: _Matrices, shared: SharedArm | None) -> LongArray | None:
    """A covariance of the arms of more than two that keeps all digits of the printed errors."""
    size = len(found.treatments)
    if size < 3 or shared is not None:
        return None
    covariance = np.empty((size, size), dtype=object)
    covariance[:] = Fraction(0)
    for i, j in combinations(range(size), 2):
        covariance[i, j] = covariance[j, i] = -(Fraction(float(found.se[i, j])) ** 2) / 2
    return covariance


def _is_possible(se: FloatArray) -> bool:
    """Whether errors of contrasts (m, m) belong to a covariance of arms: a Euclidean distance matrix without a flat
    corner.

    Contrasts along a tree of the smallest errors are of one size with what they are nearly made of, so that their
    correlations show an impossible covariance even where one error is far smaller than another. Sums are exact.
    """
    v = [
        [Fraction(0) if i == j else Fraction(float(one)) ** 2 for j, one in enumerate(row)] for i, row in enumerate(se)
    ]
    joined, tree = {0}, []
    while len(joined) < len(v):
        _, i, j = min((v[i][j], i, j) for i in joined for j in range(len(v)) if j not in joined)
        joined.add(j)
        tree.append((i, j))
    covariance = np.array([[float(v[i][n] + v[j][k] - v[i][k] - v[j][n]) / 2.0 for k, n in tree] for i, j in tree])
    scale = np.sqrt(np.diag(covariance))
    return bool(np.linalg.eigvalsh(covariance / scale[:, None] / scale[None, :]).min() > SINGULAR)


def _not_adding_up(found: _Matrices) -> tuple[float, str]:
    """How far the effect of a pair is from those nearest to all that add up, at most, and the pair."""
    mean = found.te.mean(axis=1)
    gap = np.abs(found.te - (mean[:, None] - mean[None, :]))
    first = int((gap >= (1.0 - 1e-9) * gap.max()).argmax())  # of pairs that are off alike, as all of three arms are
    i, j = np.unravel_index(first, gap.shape)
    return float(gap.max()), f"`{found.treatments[i]}` against `{found.treatments[j]}`"


def _is_rounding(found: _Matrices) -> bool:
    """Whether there are effects of the arms whose differences, rounded, are the printed ones.

    Differences x_i - x_j of at most te_ij + rounding exist if and only if no circle of such limits sums below 0.
    """
    limit = found.te + found.te_rounding * (1.0 + 1e-9)
    np.fill_diagonal(limit, 0.0)
    for k in range(len(limit)):
        limit = np.minimum(limit, limit[:, k : k + 1] + limit[k : k + 1, :])
    return bool((np.diag(limit) >= -1e-12 * np.abs(found.te).max()).all())


def _independent_arms(found: _Matrices) -> FloatArray | None:
    """Variances of independent arms (m,) whose contrasts' errors, rounded, are the printed ones; None without any.

    Of those half-way between the nearest and the end of what rounding allows they are the ones whose smallest is
    largest: the nearest would often give an arm no variance at all.
    """
    if not found.se_rounding:
        return None
    from scipy.optimize import linprog

    size = len(found.treatments)
    pairs = list(combinations(range(size), 2))
    se = np.array([found.se[pair] for pair in pairs])
    scale = float(se.max()) ** 2
    high, low = (se + found.se_rounding) ** 2 - se**2, se**2 - np.maximum(se - found.se_rounding, 0.0) ** 2
    sums = np.array([[float(i in pair) for i in range(size)] for pair in pairs])
    design, slack = np.vstack((sums, -sums)), np.concatenate((high, low)) / scale
    target = np.concatenate((se**2, -(se**2))) / scale
    # The smallest part of what rounding allows that suffices, then the largest smallest variance at a larger part.
    nearest = linprog([0.0] * size + [1.0], A_ub=np.column_stack((design, -slack)), b_ub=target)
    if not (nearest.success and nearest.x[-1] <= 1.0 + 1e-9):
        return None
    part = (1.0 + min(float(nearest.x[-1]), 1.0)) / 2.0
    floor = np.column_stack((-np.eye(size), np.ones(size)))
    whole = np.vstack((np.column_stack((design, np.zeros(len(design)))), floor))
    within = linprog([0.0] * size + [-1.0], A_ub=whole, b_ub=np.concatenate((target + part * slack, np.zeros(size))))
    arms = np.asarray((within if within.success else nearest).x[:-1]) * scale
    return arms if _is_possible(np.sqrt(arms[:, None] + arms[None, :])) else None
