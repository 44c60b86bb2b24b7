"""One publication is one source, and one trial one study: reports of the same people must not look like others."""

from collections.abc import Iterable, Iterator

from bonerx.evidence.origin import Problem
from bonerx.evidence.text import printable
from bonerx.model.kinds import Integrity, SourceKind
from bonerx.model.regimen import regimen_id
from bonerx.model.source import Source
from bonerx.model.table import EvidenceTable
from bonerx.model.trial import Study

_HINT = "make them one study, or say by `within` that one's participants are a part of the other's"

_FARTHEST = 100
"""Most studies that one is looked at to be within."""


def faults_of(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with what a source says of its integrity."""
    notice = source.integrity
    if notice.status in {Integrity.RETRACTED, Integrity.CONCERN} and notice.note is None and notice.doi is None:
        hint = "say in its `note`, or by the `doi` of the notice, what is known and where it was read"
        message = f"the source is marked `{notice.status.value}` without a ground"
        yield Problem("sources", source.id, ("integrity",), message, hint)


def sources_told_twice(sources: Iterable[Source]) -> Iterator[Problem]:
    """Yield a problem for every source with the DOI or PubMed number of an earlier one."""
    first: dict[tuple[str, str], str] = {}
    for source in sources:
        for field, code in (("doi", source.doi), ("pmid", source.pmid)):
            if code is None:
                continue
            owner = first.setdefault((field, code.casefold()), source.id)
            if owner != source.id:
                message = f"the source `{owner}` has the same {'DOI' if field == 'doi' else 'PubMed number'}"
                yield Problem("sources", source.id, (field,), message, "one publication is one source")


def studies_told_twice(table: EvidenceTable) -> Iterator[Problem]:
    """Yield a problem for every study that seems to tell an earlier one again without saying so."""
    sources = {source.id: source for source in table.sources}
    studies = {study.id: study for study in table.studies}
    reported: set[tuple[str, str]] = set()
    first: dict[object, str] = {}
    for study in table.studies:
        signs: list[tuple[object, tuple[str | int, ...], str]] = []
        for number, named in enumerate(study.sources):
            source = sources.get(named)
            if source is None or source.kind is not SourceKind.RANDOMISED_TRIAL:
                continue  # a review or a pooled analysis reports several trials
            signs.append((("source", named), ("sources", number), f"the report `{named}`"))
            if source.registration is not None:
                key = ("registration", source.registration.casefold())
                signs.append((key, ("sources", number), f"the registration {printable(source.registration)}"))
        signs += [(sign, ("results",), "the same figures") for sign in _figures(study)]
        for sign, path, what in signs:
            other = first.setdefault(sign, study.id)
            if other != study.id and (other, study.id) not in reported and not _linked(study.id, other, studies):
                reported.add((other, study.id))
                message = f"it has {what} in common with the study `{other}`"
                yield Problem("studies", study.id, path, message, _HINT)


def _figures(study: Study) -> Iterator[object]:
    """Yield, for every outcome and time, the figures of all arms where two arms at least have some."""
    regimens = {arm.id: regimen_id(arm.regimen, arm.combination) for arm in study.arms}
    groups: dict[tuple[str, float | None], set[tuple[object, ...]]] = {}
    for result in study.results:
        if result.n and (result.events or result.mean is not None):
            figures = (regimens.get(result.arm), result.n, result.events, result.mean)
            groups.setdefault((result.outcome, result.months), set()).add(figures)
    for key, group in groups.items():
        if len(group) > 1:
            yield (*key, frozenset(group))


def _linked(one: str, other: str, studies: dict[str, Study]) -> bool:
    """Return whether one of two studies says that it is, at any distance, within the other."""
    return other in _around(one, studies) or one in _around(other, studies)


def _around(study: str, studies: dict[str, Study]) -> set[str]:
    found: set[str] = set()
    waiting = [study]
    while waiting and len(found) < _FARTHEST:
        current = studies.get(waiting.pop())
        if current is not None:
            above = [each for each in current.within if each not in found]
            found.update(above)
            waiting += above
    return found
