"""What one study reports on one outcome, as numbers an analysis takes: at one time, its arms or else its contrasts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log
from typing import NamedTuple

from bonerx.errors import InvalidEvidence
from bonerx.model.estimate import Contrast, Group, Measure
from bonerx.model.regimen import regimen_id
from bonerx.synthesis.admission import Record
from bonerx.synthesis.effect import reported_effect
from bonerx.synthesis.network_contrasts import SharedArm
from bonerx.synthesis.selection import OF_COUNTS, OF_MEANS, combined

Refused = Callable[[Iterable[str]], str | None]
"""Why figures that rest on some sources do not count, None where they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The numbers of a study that an analysis may take, or the `reasons` why there are none.

    `months` is the time they are of, `sources` the publications they were read in, `note` what was done to them.
    """

    study: str
    groups: tuple[Group, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    shared: SharedArm | None = None
    months: float | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None
    reasons: tuple[str, ...] = field(default=("no usable figure",))

    @property
    def usable(self) -> bool:
        """Whether there is anything to analyse."""
        return bool(self.groups or self.contrasts)


class _Figure(NamedTuple):
    """One usable result: of which regimen, when, its numbers and where they were read."""

    regimen: str
    arm: str
    months: float | None
    group: Group
    source: str


class _Effect(NamedTuple):
    """One usable contrast of two regimens: when, its effect, the variance of arm b and where it was read."""

    contrast: Contrast
    months: float | None
    shared: float | None
    source: str


def regimens_of(study: Record) -> dict[str, str]:
    """Return the regimen of every arm of a study, by the arm's id."""
    return {arm["id"]: regimen_id(arm["regimen"], arm.get("combination")) for arm in study["arms"]}


def reports_on(study: Record, outcome: str) -> bool:
    """Whether a study says anything in numbers on an outcome, usable or not."""
    return any(figure["outcome"] == outcome for figure in (*study.get("results", ()), *study.get("contrasts", ())))


def of_pair(study: Record, outcome: str, measure: Measure, pair: tuple[str, str], refused: Refused) -> Reported:
    """Return what a study says of one regimen against another: its arms, else its contrast, at their longest time."""
    figures, why = _figures(study, outcome, measure, refused)
    own = _at_longest([figure for figure in figures if figure.regimen in pair])
    if {figure.regimen for figure in own} == set(pair):
        return _of_arms(study["id"], own)
    for regimen in pair:
        if own and all(figure.regimen != regimen for figure in own):
            why.append(f"no usable result of `{regimen}` at the same time")
    effects, why_not = _effects(study, outcome, measure, refused)
    direct = _latest([one for one in effects if {one.contrast.a, one.contrast.b} == set(pair)])
    if direct:
        note = f"prints this contrast {len(direct)} times; the first is used" if direct[1:] else None
        return _of_effects(study["id"], direct[:1], note=note)
    return _through_shared(study["id"], effects, pair) or Reported(
        study=study["id"], reasons=tuple(dict.fromkeys(why + why_not)) or ("no usable figure",)
    )


def of_all(study: Record, outcome: str, measure: Measure, refused: Refused) -> Reported:
    """Return what a study says of all its regimens: its arms, unless its contrasts cover more of them.

    Arms of one regimen are taken together, since a network's node stands once in a study.
    """
    figures, why = _figures(study, outcome, measure, refused)
    own = _at_longest(figures)
    by_arms = len({figure.regimen for figure in own})
    effects, why_not = _effects(study, outcome, measure, refused)
    latest = _latest(effects)
    whole = _first_of_each(latest)
    by_contrasts = len({regimen for one in whole for regimen in (one.contrast.a, one.contrast.b)})
    shared = _shared_arm(study["id"], whole)
    if by_contrasts > max(by_arms, 1):
        if shared is not None or _all_pairs(whole):
            twice = "prints a contrast more than once; the first is used" if len(whole) < len(latest) else None
            return _of_effects(study["id"], whole, shared=shared if by_contrasts > 2 else None, note=twice)
        why_not.append(f"its contrasts of {by_contrasts} arms are not all pairs, and share no arm of known variance")
    if by_arms < 2:
        why += ["only one arm has a usable result"] if own else []
        return Reported(study=study["id"], reasons=tuple(dict.fromkeys(why + why_not)) or ("no usable figure",))
    found = _of_arms(study["id"], own)
    groups, notes = [], []
    for regimen in dict.fromkeys(group.treatment for group in found.groups):
        arms = [group for group in found.groups if group.treatment == regimen]
        groups.append(combined(arms))
        notes += [f"{len(arms)} arms of `{regimen}` are taken together"] if arms[1:] else []
    return Reported(
        study=found.study,
        groups=tuple(groups),
        months=found.months,
        sources=found.sources,
        note="; ".join(notes) or None,
        reasons=(),
    )


# --- arms ---


def _figures(study: Record, outcome: str, measure: Measure, refused: Refused) -> tuple[list[_Figure], list[str]]:
    """Return the results from which the measure can be computed, and why others cannot be used."""
    regimens = regimens_of(study)
    found: list[_Figure] = []
    why: list[str] = []
    for result in study.get("results", ()):
        if result["outcome"] != outcome or result["arm"] not in regimens:
            continue
        reason = result.get("unusable") or refused([result["source"]])
        group = _group(study["id"], regimens[result["arm"]], result, measure)
        if reason or isinstance(group, str):
            why.append(reason or str(group))
            continue
        found.append(_Figure(group.treatment, result["arm"], result.get("months"), group, result["source"]))
    return found, why


def _group(study: str, regimen: str, result: Record, measure: Measure) -> Group | str:
    """Return the numbers of a result that the measure needs, or what is missing."""
    n, events, mean = result.get("n"), result.get("events"), result.get("mean")
    if measure in OF_COUNTS:
        if events is None:
            return "reports means, not events" if mean is not None else "no count of events"
        return Group(study=study, treatment=regimen, n=n, events=events) if n else "the number of people is not known"
    if measure in OF_MEANS:
        if mean is None:
            return "reports events, not means" if events is not None else "no mean"
        sd, se = result.get("sd"), result.get("se")
        if not n or (sd is None and se is None):
            return "neither a standard deviation nor a standard error" if n else "the number of people is not known"
        return Group(study=study, treatment=regimen, n=n, mean=mean, sd=sd if sd is not None else se * n**0.5)
    return f"arms do not give the {measure}"


def _at_longest(figures: Sequence[_Figure]) -> list[_Figure]:
    """Return the results at the one time at which most arms have one, and of such times the longest; each arm once."""
    times: dict[float | None, dict[str, _Figure]] = {}
    for figure in figures:
        times.setdefault(figure.months, {}).setdefault(figure.arm, figure)

    def rank(time: float | None) -> tuple[int, int, float]:
        at = times[time].values()
        return len({figure.regimen for figure in at}), len(at), -1.0 if time is None else time

    return list(times[max(times, key=rank)].values()) if times else []


def _of_arms(study: str, own: Sequence[_Figure]) -> Reported:
    return Reported(
        study=study,
        groups=tuple(figure.group for figure in own),
        months=own[0].months,
        sources=tuple(dict.fromkeys(figure.source for figure in own)),
        reasons=(),
    )


# --- contrasts ---


def _effects(study: Record, outcome: str, measure: Measure, refused: Refused) -> tuple[list[_Effect], list[str]]:
    """Return the contrasts of the measure that can be used, and why others cannot."""
    regimens = regimens_of(study)
    found: list[_Effect] = []
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
                te, se = _te_and_se(printed, measure)
            except InvalidEvidence as invalid:
                reason = invalid.message
        if reason is not None:
            why.append(reason)
            continue
        contrast = Contrast(study=study["id"], a=a, b=b, te=te, se=se)
        found.append(_Effect(contrast, printed.get("months"), printed.get("shared_variance"), printed["source"]))
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


def _te_and_se(printed: Record, measure: Measure) -> tuple[float, float]:
    """Return a printed effect on the analysis scale; the standard error as printed, else from the interval."""
    value, se = printed["value"], printed.get("se")
    if se is None:
        return reported_effect(measure, value, printed["ci_low"], printed["ci_high"], level=printed.get("level", 0.95))
    if measure.is_ratio and value <= 0.0:
        raise InvalidEvidence(f"{value:g} cannot be an {measure}")
    return (log(value) if measure.is_ratio else value), se


def _latest(effects: Sequence[_Effect]) -> list[_Effect]:
    """Return the contrasts of the one time with most pairs, and of such times the longest."""
    times: dict[float | None, list[_Effect]] = {}
    for one in effects:
        times.setdefault(one.months, []).append(one)

    def rank(time: float | None) -> tuple[int, float]:
        return len({frozenset((one.contrast.a, one.contrast.b)) for one in times[time]}), -1.0 if time is None else time

    return times[max(times, key=rank)] if times else []


def _first_of_each(effects: Sequence[_Effect]) -> list[_Effect]:
    """Return the first contrast of each pair of regimens."""
    first: dict[frozenset[str], _Effect] = {}
    for one in effects:
        first.setdefault(frozenset((one.contrast.a, one.contrast.b)), one)
    return list(first.values())


def _all_pairs(effects: Sequence[_Effect]) -> bool:
    given = {frozenset((one.contrast.a, one.contrast.b)) for one in effects}
    arms = sorted({arm for pair in given for arm in pair})
    return all(frozenset(pair) in given for pair in combinations(arms, 2))


def _shared_arm(study: str, effects: Sequence[_Effect]) -> SharedArm | None:
    """Return the arm b of known variance against which all contrasts stand, None where there is no such arm."""
    arms, variances = {one.contrast.b for one in effects}, {one.shared for one in effects}
    variance = variances.pop() if len(variances) == 1 else None
    if len(arms) != 1 or variance is None:
        return None
    return SharedArm(study=study, treatment=arms.pop(), variance=variance)


def _through_shared(study: str, effects: Sequence[_Effect], pair: tuple[str, str]) -> Reported | None:
    """Return a against b from the contrasts of both with an arm of known variance, which is their covariance."""
    latest = _first_of_each(_latest(effects))
    shared = _shared_arm(study, latest)
    by_regimen = {one.contrast.a: one for one in latest}
    if shared is None or not set(pair) <= by_regimen.keys():
        return None
    one, other = (by_regimen[regimen].contrast for regimen in pair)
    variance = one.se**2 + other.se**2 - 2.0 * shared.variance
    if not variance > 0.0:
        return None
    difference = Contrast(study=study, a=pair[0], b=pair[1], te=one.te - other.te, se=variance**0.5)
    note = f"computed from the contrasts of both with `{shared.treatment}`, whose variance they share"
    used = [by_regimen[regimen] for regimen in pair]
    return _of_effects(study, used, note=note, contrasts=(difference,))


def _of_effects(
    study: str,
    used: Sequence[_Effect],
    *,
    shared: SharedArm | None = None,
    note: str | None = None,
    contrasts: tuple[Contrast, ...] | None = None,
) -> Reported:
    return Reported(
        study=study,
        contrasts=contrasts or tuple(one.contrast for one in used),
        shared=shared,
        months=used[0].months,
        sources=tuple(dict.fromkeys(one.source for one in used)),
        note=note,
        reasons=(),
    )
