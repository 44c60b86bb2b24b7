"""Which studies may count: none that is retracted or not of people, none twice, none that a question leaves out.

Studies and sources are records as the store keeps them: plain dicts, without the fields that say nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bonerx.model.kinds import Integrity
from bonerx.synthesis.pairwise.selection import Excluded

Record = Mapping[str, Any]
_GRAVITY = tuple(Integrity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What a question lets into an analysis: flagged studies or not, no study of `exclude`, none after `as_of`."""

    include_flagged: bool = False
    exclude: tuple[str, ...] = ()
    as_of: int | None = None


def worst_integrity(named: Iterable[str], sources: Mapping[str, Record]) -> Integrity:
    """Return the gravest of what is known against any of the sources named."""
    statuses = (sources.get(source, {}).get("integrity", {}).get("status", Integrity.NONE_KNOWN) for source in named)
    return max((Integrity(status) for status in statuses), key=_GRAVITY.index, default=Integrity.NONE_KNOWN)


def year_of(study: Record, sources: Mapping[str, Record]) -> int | None:
    """Return the year of a study, else that of its earliest report; None where none is known."""
    if study.get("year"):
        return int(study["year"])
    years = [sources.get(source, {}).get("year") for source in study["sources"]]
    return min((int(year) for year in years if year), default=None)


def refusal(study: Record, sources: Mapping[str, Record], admission: Admission) -> str | None:
    """Return why a study counts in no analysis of this admission, None where it may count."""
    if study["id"] in admission.exclude:
        return "left out on request"
    species = study.get("species", "human")
    if species != "human":
        return f"in {species}, not in people"
    if not study.get("randomised", True):
        return "not randomised"
    flagged = source_refusal(study["sources"], sources, admission)
    if flagged is not None or admission.as_of is None:
        return flagged
    year = year_of(study, sources)
    if year is None:
        return f"its year is not known, so it cannot be said to stand in {admission.as_of}"
    return f"of {year}, later than {admission.as_of}" if year > admission.as_of else None


def source_refusal(named: Iterable[str], sources: Mapping[str, Record], admission: Admission) -> str | None:
    """Return why figures of these sources do not count, None where they do: retracted never, concern on request."""
    named = list(named)
    worst = worst_integrity(named, sources)
    if worst not in (Integrity.RETRACTED, Integrity.CONCERN):
        return None
    which = ", ".join(f"`{source}`" for source in named if worst_integrity([source], sources) is worst)
    if worst is Integrity.RETRACTED:
        return f"retracted ({which}): counts in no analysis"
    return None if admission.include_flagged else f"integrity concern ({which}): counts only where flagged studies do"


def overlaps(entering: Sequence[str], studies: Mapping[str, Record]) -> tuple[Excluded, ...]:
    """Return which of the studies that would enter one analysis must not, since their participants are already in it.

    Of a study and a part of it the whole stays; of several parts of one trial whose whole is not in the analysis the
    first stays, since nothing says that they are different people.
    """
    place = {study: number for number, study in enumerate(entering)}
    above = {study: _around(study, studies) for study in entering}
    left_out: dict[str, str] = {}
    for study in entering:
        wholes = [each for each in above[study] if each in place and study not in above[each]]
        if wholes:
            whole = min(wholes, key=place.__getitem__)
            left_out[study] = f"its participants are part of `{whole}`, which is in the analysis"
    first: dict[str, str] = {}
    for study in entering:
        trials = sorted(above[study] | {study})
        shared = next((trial for trial in trials if trial in first), None)
        if study in left_out:
            continue
        if shared is not None:
            left_out[study] = f"its participants and those of `{first[shared]}` are of one trial, `{shared}`"
            continue
        first.update(dict.fromkeys(trials, study))
    return tuple(Excluded(study=study, reason=left_out[study]) for study in entering if study in left_out)


def _around(study: str, studies: Mapping[str, Record]) -> frozenset[str]:
    """Return the studies within which a study is, at any distance."""
    found: set[str] = set()
    waiting = [study]
    while waiting:
        wholes = [each for each in studies.get(waiting.pop(), {}).get("within", ()) if each not in found]
        found.update(wholes)
        waiting += wholes
    return frozenset(found - {study})
