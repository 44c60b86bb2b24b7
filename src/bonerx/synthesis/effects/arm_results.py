"""The results of a study's arms that a measure can be computed from, and why others cannot be used."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.model.regimen import regimen_id
from bonerx.synthesis.effects.admission import Record
from bonerx.synthesis.pairwise.selection import OF_COUNTS, OF_MEANS

Refused = Callable[[Iterable[str]], str | None]
"""Why figures that rest on some sources do not count, None where they do."""


class Figure(NamedTuple):
    """One usable result: of which regimen, when, its numbers and where they were read."""

    regimen: str
    arm: str
    months: float | None
    group: Group
    source: str


def regimens_of(study: Record) -> dict[str, str]:
    """Return the regimen of every arm of a study, by the arm's id."""
    return {arm["id"]: regimen_id(arm["regimen"], arm.get("combination")) for arm in study["arms"]}


def figures_of(study: Record, outcome: str, measure: Measure, refused: Refused) -> tuple[list[Figure], list[str]]:
    """Return the results from which the measure can be computed, and why others cannot be used."""
    regimens = regimens_of(study)
    found: list[Figure] = []
    why: list[str] = []
    for result in study.get("results", ()):
        if result["outcome"] != outcome or result["arm"] not in regimens:
            continue
        reason = result.get("unusable") or refused([result["source"]])
        group = _group(study["id"], regimens[result["arm"]], result, measure)
        if reason or isinstance(group, str):
            why.append(reason or str(group))
            continue
        found.append(Figure(group.treatment, result["arm"], result.get("months"), group, result["source"]))
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


def at_longest(figures: Sequence[Figure]) -> list[Figure]:
    """Return the results at the one time at which most arms have one, and of such times the longest; each arm once."""
    times: dict[float | None, dict[str, Figure]] = {}
    for figure in figures:
        times.setdefault(figure.months, {}).setdefault(figure.arm, figure)

    def rank(time: float | None) -> tuple[int, int, float]:
        at = times[time].values()
        return len({figure.regimen for figure in at}), len(at), -1.0 if time is None else time

    return list(times[max(times, key=rank)].values()) if times else []
