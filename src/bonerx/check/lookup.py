"""What a check may ask of the rest of the table: a record, a source's text, an id that a wrong one was meant to be."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Protocol

from bonerx.model.table import EvidenceTable

KINDS = ("agents", "outcomes", "populations", "sources", "sentences", "claims", "studies", "published", "findings")
"""The kinds of record, in the order of the table."""
_SUGGESTED_AMONG = 5_000
_SUGGESTIONS = 50


class Lookup(Protocol):
    """The records of a table by kind and id, in memory or in a store that is being built."""

    def has(self, kind: str, record: str) -> bool:
        """Return whether there is a record of this kind and id."""

    def get(self, kind: str, record: str) -> Any:
        """Return the record of this kind and id, None where there is none."""

    def text(self, source: str) -> str | None:
        """Return the text of a source, None where it has none."""

    def nearest(self, kind: str, record: str) -> str | None:
        """Return the id of this kind that `record` was probably meant to be, None where none is near."""


class TableLookup:
    """A whole table and the texts of its sources, as `Lookup`."""

    def __init__(self, table: EvidenceTable, texts: Mapping[str, str]) -> None:
        self._records: dict[str, dict[str, Any]] = {
            kind: {record.id: record for record in getattr(table, kind)} for kind in KINDS
        }
        self._texts = texts
        self._near: dict[tuple[str, str], str | None] = {}

    def has(self, kind: str, record: str) -> bool:
        """Return whether there is a record of this kind and id."""
        return record in self._records[kind]

    def get(self, kind: str, record: str) -> Any:
        """Return the record of this kind and id, None where there is none."""
        return self._records[kind].get(record)

    def text(self, source: str) -> str | None:
        """Return the text of a source, None where it has none."""
        return self._texts.get(source)

    def nearest(self, kind: str, record: str) -> str | None:
        """Return the nearest id, for the first few hundred wrong ones of a table that is not too large."""
        key = (kind, record)
        if key not in self._near:
            if len(self._near) >= _SUGGESTIONS or len(self._records[kind]) > _SUGGESTED_AMONG:
                return None
            found = get_close_matches(record, self._records[kind], n=1, cutoff=0.6)
            self._near[key] = found[0] if found else None
        return self._near[key]


class _Nothing:
    """No record at all, as `Lookup`: what is wrong with a record whatever the rest of its table."""

    def has(self, kind: str, record: str) -> bool:  # noqa: ARG002
        """Return that there is none."""
        return False

    def get(self, kind: str, record: str) -> None:
        """Return no record."""

    def text(self, source: str) -> None:
        """Return no text."""

    def nearest(self, kind: str, record: str) -> None:
        """Return no id."""


NO_RECORDS = _Nothing()
