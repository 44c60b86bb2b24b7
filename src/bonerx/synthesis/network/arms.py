"""Arm-level results of a study as contrasts with their covariance, since a multi-arm study must enter whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from bonerx.errors import Fault, UsageError
from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.number import counted
from bonerx.synthesis.effects.effect import hedges_j, power_of_two
from bonerx.synthesis.effects.reasons import no_spread, too_few_for_smd
from bonerx.synthesis.network.blocks import FloatArray, StudyEffects

LARGEST = 1e100
OUT_OF_RANGE = "an effect or standard error is too large or too small to compute with"
BINARY = (Measure.OR, Measure.RR, Measure.RD)
CONTINUOUS = (Measure.MD, Measure.SMD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A study that an analysis leaves out, and why."""

    study: str
    reason: str


def study_fault(study: str, message: str) -> Fault:
    """A rule that a study breaks; the engine knows no file, so the fault has no place in one."""
    return Fault(path="", line=None, column=None, where=f"study `{study}`", message=message)


def arm_level_effects(
    groups: Iterable[Group], measure: Measure, *, keep_double_zero: bool = False
) -> tuple[list[StudyEffects], list[Exclusion], list[Fault]]:
    """Contrasts of every study with arm-level results; studies left out with the reason; faults of the data.

    Binary (log scale for OR and RR): 0.5 is added to every cell of a study in which any arm has a zero cell; RR
    divides by n + 0.5 and RD corrects the variance only, as R's meta and netmeta::pairwise do. A study in which two
    arms have no event (OR also: no non-event) has no estimate for that pair and is left out, unless
    `keep_double_zero`; so is for RR one in which two arms, but not all, have only events. MD: variance sd^2/n per
    arm. SMD: Hedges' g with the standard deviation pooled over all arms of the study and the exact (gamma function)
    correction and unbiased variance (Hedges 1981, doi 10.3102/10769986006002107).
    """
    by_study: dict[str, list[Group]] = {}
    for group in groups:
        by_study.setdefault(group.study, []).append(group)
    effects: list[StudyEffects] = []
    excluded: list[Exclusion] = []
    faults: list[Fault] = []
    for study, arms in by_study.items():
        names = [arm.treatment for arm in arms]
        repeated = sorted({name for name in names if names.count(name) > 1})
        wrong = [fault for arm in arms for fault in _arm_faults(arm)]
        if repeated:
            wrong.append(f"more than one arm received {_named(repeated)}; merge them into one")
        if wrong:
            faults.extend(study_fault(study, message) for message in wrong)
            continue
        usable = sorted((arm for arm in arms if _has_numbers(arm, measure)), key=lambda arm: arm.treatment)
        reason = _reason_to_exclude(arms, usable, measure, keep_double_zero=keep_double_zero)
        if reason is not None:
            excluded.append(Exclusion(study=study, reason=reason))
            continue
        with np.errstate(over="ignore", invalid="ignore"):
            one = study_effects(study, usable, measure)
        if in_range(one):
            effects.append(one)
        else:
            faults.append(study_fault(study, OUT_OF_RANGE))
    return effects, excluded, faults


def arms_with_spread(groups: Sequence[Group], measure: Measure) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The groups that count, and the arms that are left out because their standard deviation is 0.

    Of a study that would keep fewer than two arms all stay: `arm_level_effects` leaves it out, and says why. So a study
    counts for a pair of its arms here exactly when it counts for that pair alone (`effect.continuous_effect`).
    """
    if measure not in CONTINUOUS:
        return tuple(groups), ()
    with_spread = Counter(group.study for group in groups if group.sd)
    still = tuple(group for group in groups if group.sd == 0.0 and with_spread[group.study] > 1)
    return tuple(group for group in groups if group not in still) if still else tuple(groups), still


def in_range(effects: StudyEffects) -> bool:
    """Whether the squares of a study's effects and standard errors are numbers that can be computed with."""
    arms = len(effects.treatments)
    good = (effects.v >= LARGEST**-2) & (effects.v <= LARGEST**2)  # no arm's own, which is 0
    return np.count_nonzero(good) == arms * (arms - 1) and bool((np.abs(effects.te) <= LARGEST).all())


def study_effects(study: str, arms: Sequence[Group], measure: Measure) -> StudyEffects:
    """All contrasts of one study's m arms and their variances, on the analysis scale."""
    n = np.array([arm.n for arm in arms], dtype=float)
    if measure in BINARY:
        y, covariance = _binary_arms(np.array([arm.events for arm in arms], dtype=float), n, measure)
    elif measure in CONTINUOUS:
        mean = np.array([arm.mean for arm in arms], dtype=float)
        sd = np.array([arm.sd for arm in arms], dtype=float)
        y, covariance = _mean_arms(mean, sd, n) if measure is Measure.MD else _hedges_arms(mean, sd, n)
    else:
        raise UsageError(f"arm-level results give no {measure.value}", hint="give contrasts, or another measure")
    variance = np.diag(covariance)
    return StudyEffects(
        study=study,
        treatments=tuple(arm.treatment for arm in arms),
        te=y[:, None] - y[None, :],
        v=variance[:, None] + variance[None, :] - 2.0 * covariance,
        covariance=covariance,
    )


def _binary_arms(events: FloatArray, n: FloatArray, measure: Measure) -> tuple[FloatArray, FloatArray]:
    """Log odds, log risk or risk of each arm (m,) and their covariance (m, m)."""
    add = 0.5 if np.any((events == 0) | (events == n)) else 0.0
    if measure is Measure.OR:
        cases, rest = events + add, n - events + add
        return np.log(cases / rest), np.diag(1.0 / cases + 1.0 / rest)
    if measure is Measure.RR:
        # Where everybody has the event, meta adds nothing to the events in the variance: it would be negative.
        cases = events + (0.0 if np.all(events == n) else add)
        return np.log((events + add) / (n + add)), np.diag(1.0 / cases - 1.0 / (n + add))
    risk = (events + add) / (n + 2.0 * add)
    return events / n, np.diag(risk * (1.0 - risk) / (n + 2.0 * add))


def _mean_arms(mean: FloatArray, sd: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mean of each arm (m,) and its sampling covariance (m, m)."""
    return mean, np.diag(sd**2 / n)


def _hedges_arms(mean: FloatArray, sd: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Hedges' g of each arm against the arms' average (m,), and its unbiased covariance (m, m).

    With df = N - m the covariance is diag(1/n) + (1 - (df - 2)/(df J^2)) g g'; for two arms the contrast and its
    variance are those of effect.continuous_effect (Hedges 1981, doi 10.3102/10769986006002107).
    """
    df = float(n.sum()) - len(n)
    unit = power_of_two(float(sd.max()))
    pooled = np.sqrt(np.sum((n - 1.0) * (sd / unit) ** 2) / df)
    j = hedges_j(df)
    g = j * ((mean - mean.mean()) / unit) / pooled
    return g, np.diag(1.0 / n) + (1.0 - (df - 2.0) / (df * j * j)) * np.outer(g, g)


def _has_numbers(arm: Group, measure: Measure) -> bool:
    if measure in CONTINUOUS:
        return arm.mean is not None and arm.sd is not None
    return arm.events is not None


def _arm_faults(arm: Group) -> list[str]:
    faults = []
    if not (isfinite(arm.n) and arm.n > 0):
        faults.append(f"`{arm.treatment}` has n = {arm.n}, not a positive number")
    if arm.events is not None and not 0 <= arm.events <= arm.n:
        faults.append(f"`{arm.treatment}` has {counted(arm.events, 'event')} among n = {arm.n}")
    if arm.mean is not None and not isfinite(arm.mean):
        faults.append(f"`{arm.treatment}` has the mean {arm.mean}, not a number")
    if arm.sd is not None and not (isfinite(arm.sd) and arm.sd >= 0):
        faults.append(f"`{arm.treatment}` has the standard deviation {arm.sd}")
    return faults


def _reason_to_exclude(
    arms: Sequence[Group], usable: Sequence[Group], measure: Measure, *, keep_double_zero: bool
) -> str | None:
    """Why a study cannot enter the analysis, or None."""
    if len(arms) < 2:
        return "only one arm"
    if len(usable) < len(arms):
        lacking = sorted(arm.treatment for arm in arms if arm not in usable)
        needed = "mean and standard deviation" if measure in CONTINUOUS else "number of events"
        return f"the {needed} of {_named(lacking)} is not known"
    if measure in CONTINUOUS:
        return no_spread(usable) or (too_few_for_smd(usable) if measure is Measure.SMD else None)
    full = [arm.treatment for arm in usable if arm.events == arm.n]
    if measure is Measure.RR and 1 < len(full) < len(usable):  # the correction leaves each of these arms no variance
        return f"only events in {_named(full)}: no variance for this pair, so the multi-arm study is incomplete"
    if measure not in (Measure.OR, Measure.RR) or keep_double_zero:
        return None
    empty = [arm.treatment for arm in usable if arm.events == 0]
    full = full if measure is Measure.OR else []
    for kind, names in (("no event", empty), ("only events", full)):
        if len(names) == len(usable):
            return f"{kind} in any arm" if kind == "no event" else f"{kind} in every arm"
        if len(names) > 1:
            return f"{kind} in {_named(names)}: no estimate for this pair, so the multi-arm study is incomplete"
    return None


def _named(names: Iterable[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
