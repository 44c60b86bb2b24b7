"""The publications that a table has, found by what identifies them: in the same time, however many there are."""

from collections.abc import Callable, Iterable

from bonerx.draft.abstract import Abstract
from bonerx.model.source import Source

Key = tuple[object, ...]


class Publications:
    """Records of publications in order, each found by its DOI, PubMed number, text, or title and year."""

    def __init__(self, sources: Iterable[Source] = (), text_of: Callable[[str], str | None] = lambda _: None) -> None:
        self._sources: list[Source] = []
        self._first: dict[Key, int] = {}
        self._cited: dict[Key, list[int]] = {}
        for source in sources:
            self.add(source, text_of(source.id))

    def add(self, source: Source, text: str | None) -> None:
        """Add a record, and its text where it has one."""
        number = len(self._sources)
        self._sources.append(source)
        for key in _codes(source.doi, source.pmid):
            self._cited.setdefault(key, []).append(number)
            self._first.setdefault(key, number)
        if text:
            self._first.setdefault(("text", text), number)
        if source.title is not None:
            self._first.setdefault(_titled(source.title, source.year, bool(source.doi), bool(source.pmid)), number)

    def citing(self, abstract: Abstract) -> list[Source]:
        """Return every record with the DOI or the PubMed number of a publication."""
        found = {number for key in _codes(abstract.doi, abstract.pmid) for number in self._cited.get(key, ())}
        return [self._sources[number] for number in sorted(found)]

    def of(self, abstract: Abstract) -> Source | None:
        """Return the first record of a publication: the same DOI, PubMed number, text, or title and year.

        Title and year decide only where there is no DOI or PubMed number on both sides, which would be different ones.
        """
        keys = _codes(abstract.doi, abstract.pmid)
        if abstract.text:
            keys.append(("text", abstract.text))
        if abstract.title is not None:
            keys += [
                _titled(abstract.title, abstract.year, doi, pmid)
                for doi in (False, True)
                for pmid in (False, True)
                if not (doi and abstract.doi) and not (pmid and abstract.pmid)
            ]
        found = min((self._first[key] for key in keys if key in self._first), default=None)
        return None if found is None else self._sources[found]


def _codes(doi: str | None, pmid: str | None) -> list[Key]:
    return [(kind, code.casefold()) for kind, code in (("doi", doi), ("pmid", pmid)) if code is not None]


def _titled(title: str, year: int | None, doi: bool, pmid: bool) -> Key:
    return ("title", title, year, doi, pmid)
