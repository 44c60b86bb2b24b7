"""Publications: each stands in the table once, and what is known against one says where that was read."""

from collections.abc import Iterable, Iterator

from bonerx.evidence.origin import Problem
from bonerx.model.kinds import Integrity
from bonerx.model.source import Source


def faults_of(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with what a source says of its integrity."""
    notice = source.integrity
    if notice.status in {Integrity.RETRACTED, Integrity.CONCERN} and notice.note is None and notice.doi is None:
        hint = "say in its `note`, or by the `doi` of the notice, what is known and where it was read"
        message = f"the source is marked `{notice.status.value}` without a ground"
        yield Problem("sources", source.id, ("integrity",), message, hint)


def twice(sources: Iterable[Source]) -> Iterator[Problem]:
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
