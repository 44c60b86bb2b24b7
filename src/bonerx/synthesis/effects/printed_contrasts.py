"""The contrasts a study prints that an analysis can take, on its scale, and why others cannot be used."""

from collections.abc import Sequence
from itertools import combinations
from math import log
from typing import NamedTuple

from bonerx.errors import InvalidEvidence
from bonerx.model.estimate import Contrast, half_unit
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.admission import Record
from bonerx.synthesis.effects.arm_results import Refused, regimens_of
from bonerx.synthesis.effects.effect import reported_effect
from bonerx.synthesis.network.contrasts import SharedArm
from bonerx.synthesis.numeric.distributions import critical_value


class Effect(NamedTuple):
    """One usable contrast of two regimens: when, its effect, the variance of arm b and where it was read."""

    contrast: Contrast
    months: float | None
    shared: float | None
    source: str


def effects_of(study: Record, outcome: str, measure: Measure, refused: Refused) -> tuple[list[Effect], list[str]]:
    """Return the contrasts of the measure that can be used, and why others cannot."""
    regimens = regimens_of(study)
    found: list[Effect] = []
    why: list[str] = []
    for printed in study.get("contrasts", ()):
        if printed["outcome"] != outcome or printed["a"] not in regimens or printed["b"] not in regimens:
            continue
        a, b = regimens[printed["a"]], regimens[printed["b"]]
        reason = _not_usable(printed, measure) or refused([printed["source"]])
        if a == b:
            reason = f"compares two arms of `{a}`"
        if reason is None:
            try:
                numbers = _numbers(printed, measure)
            except InvalidEvidence as invalid:
                reason = invalid.message
        if reason is not None:
            why.append(reason)
            continue
        contrast = Contrast(study=study["id"], a=a, b=b, **numbers)
        found.append(Effect(contrast, printed.get("months"), printed.get("shared_variance"), printed["source"]))
    return found, why


def _not_usable(printed: Record, measure: Measure) -> str | None:
    if printed.get("unusable"):
        return str(printed["unusable"])
    if printed["measure"] != measure:
        return f"reports {printed['measure']}, not {measure}"
    if printed.get("subgroup"):
        return f"only of a part of its participants: {printed['subgroup']}"
    interval = printed.get("ci_low") is not None and printed.get("ci_high") is not None
    return None if interval or printed.get("se") else "neither an interval nor a standard error"


def _numbers(printed: Record, measure: Measure) -> dict[str, float]:
    """Return a printed effect on the analysis scale; the standard error as printed, else from the interval.

    What rounding to the digits printed may have changed is the same part of a ratio as of its logarithm.
    """
    value, se = printed["value"], printed.get("se")
    half = half_unit(value, printed.get("ci_low"), printed.get("ci_high"))
    if se is None:
        low, high = printed["ci_low"], printed["ci_high"]
        level = printed.get("level", 0.95)
        te, error = reported_effect(measure, value, low, high, level=level)
        ends = half / low + half / high if measure.is_ratio else 2.0 * half
        return _rounded(measure, value, te, half) | {"se": error, "se_rounding": ends / (2.0 * critical_value(level))}
    if measure.is_ratio and value <= 0.0:
        raise InvalidEvidence(f"{value:g} cannot be an {measure}")
    te = log(value) if measure.is_ratio else value
    return _rounded(measure, value, te, half) | {"se": se, "se_rounding": half_unit(se)}


def _rounded(measure: Measure, value: float, te: float, half: float) -> dict[str, float]:
    return {"te": te, "te_rounding": half / value if measure.is_ratio else half}


def latest(effects: Sequence[Effect]) -> list[Effect]:
    """Return the contrasts of the one time with most pairs, and of such times the longest."""
    times: dict[float | None, list[Effect]] = {}
    for one in effects:
        times.setdefault(one.months, []).append(one)

    def rank(time: float | None) -> tuple[int, float]:
        return len({frozenset((one.contrast.a, one.contrast.b)) for one in times[time]}), -1.0 if time is None else time

    return times[max(times, key=rank)] if times else []


def first_of_each(effects: Sequence[Effect]) -> list[Effect]:
    """Return the first contrast of each pair of regimens."""
    first: dict[frozenset[str], Effect] = {}
    for one in effects:
        first.setdefault(frozenset((one.contrast.a, one.contrast.b)), one)
    return list(first.values())


def all_pairs(effects: Sequence[Effect]) -> bool:
    """Whether every two of the regimens compared are compared directly."""
    given = {frozenset((one.contrast.a, one.contrast.b)) for one in effects}
    arms = sorted({arm for pair in given for arm in pair})
    return all(frozenset(pair) in given for pair in combinations(arms, 2))


def shared_arm(study: str, effects: Sequence[Effect]) -> SharedArm | None:
    """Return the arm b of known variance against which all contrasts stand, None where there is no such arm."""
    arms, variances = {one.contrast.b for one in effects}, {one.shared for one in effects}
    variance = variances.pop() if len(variances) == 1 else None
    if len(arms) != 1 or variance is None:
        return None
    return SharedArm(study=study, treatment=arms.pop(), variance=variance)
