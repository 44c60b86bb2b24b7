"""From the studies of a table to the numbers of one analysis: of a pair of regimens, or of all of them as a network.

Studies and sources are records as the store keeps them (plain dicts, without the fields that say nothing), so that the
same functions serve when a table is compiled and when a question is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.admission import Admission, Record, overlaps, refusal, source_refusal
from bonerx.synthesis.effects.arm_results import regimens_of
from bonerx.synthesis.effects.study import Reported, of_all, of_pair, reports_on
from bonerx.synthesis.network.contrasts import SharedArm
from bonerx.synthesis.pairwise.selection import Excluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The numbers of one analysis, on the scale of `measure`, and what stays out of it.

    `excluded` are studies that report on the outcome and do not count, each with the reason; `silent` are studies of
    the regimens that report nothing on it. `months`, `sources` and `notes` say of each study that counts when its
    numbers were taken, where they were read and what was done to them.
    """

    outcome: str
    measure: Measure
    groups: tuple[Group, ...]
    contrasts: tuple[Contrast, ...]
    shared: tuple[SharedArm, ...]
    excluded: tuple[Excluded, ...]
    silent: tuple[str, ...]
    months: dict[str, float | None]
    sources: dict[str, tuple[str, ...]]
    notes: dict[str, str]

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies that count, in the order of the table."""
        return tuple(self.months)


def default_measure(studies: Iterable[Record], outcome: str) -> Measure:
    """Return the measure an outcome is analysed in: RR where any study counts events, else MD.

    Where no study has a mean either, it is the measure in which most contrasts are printed.
    """
    results = [r for study in studies for r in study.get("results", ()) if r["outcome"] == outcome]
    if any(result.get("events") is not None for result in results):
        return Measure.RR
    printed = [c["measure"] for study in studies for c in study.get("contrasts", ()) if c["outcome"] == outcome]
    if results or not printed:
        return Measure.MD
    return max(Measure, key=printed.count)


def pair_dataset(
    studies: Mapping[str, Record],
    sources: Mapping[str, Record],
    outcome: str,
    a: str,
    b: str,
    *,
    measure: Measure | None = None,
    admission: Admission | None = None,
    among: Iterable[str] | None = None,
) -> Dataset:
    """Return what the studies say of regimen `a` against `b` on an outcome; `studies` and `sources` are all of a table.

    A study counts once: by its arms, at the longest time common to them, else by its contrast. Arms of one regimen are
    left apart, for the pooling to take together. `among` names the only studies that can compare the two, if known.
    """
    chosen = measure or default_measure(studies.values(), outcome)
    candidates = studies if among is None else {id_: studies[id_] for id_ in among}
    both = {id_: study for id_, study in candidates.items() if {a, b} <= set(regimens_of(study).values())}
    return _gather(
        studies,
        {id_: study for id_, study in both.items() if reports_on(study, outcome)},
        sources,
        outcome,
        chosen,
        admission or Admission(),
        lambda study, refused: of_pair(study, outcome, chosen, (a, b), refused),
        silent=tuple(id_ for id_, study in both.items() if not reports_on(study, outcome)),
    )


def network_dataset(
    studies: Mapping[str, Record],
    sources: Mapping[str, Record],
    outcome: str,
    *,
    measure: Measure | None = None,
    admission: Admission | None = None,
) -> Dataset:
    """Return what the studies say of all regimens on an outcome, ready for `analyse_network` (`shared` included).

    A study counts by its arms unless its contrasts cover more of them; arms of one regimen are taken together.
    """
    chosen = measure or default_measure(studies.values(), outcome)
    return _gather(
        studies,
        {id_: study for id_, study in studies.items() if reports_on(study, outcome)},
        sources,
        outcome,
        chosen,
        admission or Admission(),
        lambda study, refused: of_all(study, outcome, chosen, refused),
    )


def _gather(
    studies: Mapping[str, Record],
    reporting: Mapping[str, Record],
    sources: Mapping[str, Record],
    outcome: str,
    measure: Measure,
    admission: Admission,
    read: Callable[[Record, Callable[[Iterable[str]], str | None]], Reported],
    silent: tuple[str, ...] = (),
) -> Dataset:
    """Read every study that may count, and drop those whose participants are already counted."""
    out: dict[str, str] = {}
    entering: dict[str, Reported] = {}
    for id_, study in reporting.items():
        reason = refusal(study, sources, admission)
        found = None if reason else read(study, lambda named: source_refusal(named, sources, admission))
        if found is not None and found.usable:
            entering[id_] = found
        else:
            out[id_] = reason or "; ".join(found.reasons if found else ())
    for twice in overlaps(list(entering), studies):
        del entering[twice.study]
        out[twice.study] = twice.reason
    used = list(entering.values())
    return Dataset(
        outcome=outcome,
        measure=measure,
        groups=tuple(group for found in used for group in found.groups),
        contrasts=tuple(contrast for found in used for contrast in found.contrasts),
        shared=tuple(found.shared for found in used if found.shared is not None),
        excluded=tuple(Excluded(study=id_, reason=out[id_]) for id_ in reporting if id_ in out),
        silent=silent,
        months={found.study: found.months for found in used},
        sources={found.study: found.sources for found in used},
        notes={found.study: found.note for found in used if found.note is not None},
    )
