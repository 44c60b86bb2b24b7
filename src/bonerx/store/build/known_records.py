"""The records of a table that is being built, as the checks ask for them."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from bonerx.evidence.origin import TextFile
from bonerx.evidence.source_texts import SourceTexts
from bonerx.model.source import Passage, Sentence, Source
from bonerx.model.table import FORMAT, EvidenceTable
from bonerx.store.build.file import rows
from bonerx.store.build.writer import Writer

RECORD_KINDS = ("agents", "outcomes", "populations", "sources", "studies", "published", "findings")
"""Kinds that are held in memory while a store is built; sentences and claims, of which there are millions, are not."""
_MOST_HELD = 4 * 1024 * 1024
"""Characters of texts that are kept in memory."""
_SUGGESTED_AMONG = 5_000
_SUGGESTIONS = 50


class KnownRecords:
    """What is known so far, as `Lookup` for the checks; sentences and claims are looked up in the store.

    To look one up takes the indexes of building.sql: before all records have come, only `text` may be asked.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind in RECORD_KINDS}
        self.text_files: dict[str, TextFile] = {}
        self.text_problems: dict[str, str] = {}
        self._tables: dict[str, str] = {}
        self._files = SourceTexts()
        self._held = 0
        self._texts: dict[str, str] = {}
        self._near: dict[tuple[str, str], str | None] = {}

    def add(self, kind: str, record: Any, table: str) -> Any:
        """Take in a record of the file at `table`; return the one of its kind that has its id already, if any."""
        earlier = self.records[kind].setdefault(record.id, record)
        if earlier is not record:
            return earlier
        if kind == "sources":
            self._tables[record.id] = table
        return None

    def hold(self, texts: Mapping[str, str]) -> None:
        """Take texts as they are given, in place of files."""
        self._texts = dict(texts)

    def table(self, title: str | None = None) -> EvidenceTable:
        """Return the records that are held in memory as a table, without sentences and claims."""
        records: dict[str, Any] = {kind: tuple(of.values()) for kind, of in self.records.items()}
        return EvidenceTable(format=FORMAT, title=title, **records)

    def has(self, kind: str, record: str) -> bool:
        """Return whether there is a record of this kind and id."""
        if kind in self.records:
            return record in self.records[kind]
        if kind == "sentences":
            return bool(self._rows("SELECT 1 FROM sentence WHERE id = ?", record))
        sql = "SELECT 1 FROM claim WHERE id = ? UNION ALL SELECT 1 FROM draft WHERE id = ?"
        return bool(self._rows(sql, record, record))

    def get(self, kind: str, record: str) -> Any:
        """Return the record of this kind and id, None where there is none; claims are not asked for."""
        if kind == "sentences":
            return next((sentence for _, sentence in self.sentences("id = ?", record)), None)
        return self.records[kind].get(record)

    def text(self, source: str) -> str | None:
        """Return the text of a source, None where it has none or it cannot be had."""
        if source not in self._texts:
            record: Source | None = self.records["sources"].get(source)
            if record is None or record.text is None:
                return None
            found = self._files.text_of(record, self._tables[source])
            if isinstance(found, str):
                self.text_problems[source] = found
                return None
            self._held += len(found[0])
            if self._held > _MOST_HELD:
                self._files, self._held, self._texts = SourceTexts(), len(found[0]), {}
            self._texts[source], file = found
            self.text_files.setdefault(source, file)
        return self._texts[source]

    def nearest(self, kind: str, record: str) -> str | None:
        """Return the id that `record` was probably meant to be, for the first wrong ones of not too large a table."""
        key = (kind, record)
        if key not in self._near and len(self._near) < _SUGGESTIONS:
            ids = list(self._ids(kind))
            close = get_close_matches(record, ids, n=1, cutoff=0.6) if len(ids) <= _SUGGESTED_AMONG else []
            self._near[key] = close[0] if close else None
        return self._near.get(key)

    def sentences(self, where: str, *parameters: object) -> Iterator[tuple[int, Sentence]]:
        """Yield the sentences of a condition with their numbers."""
        for seq, id_, source in self._rows(f"SELECT seq, id, source FROM sentence WHERE {where}", *parameters):
            sql = 'SELECT lang, start, "end", text FROM passage WHERE sentence = ? ORDER BY seq'
            passages = {
                lang: Passage(start=start, end=end, text=text) for lang, start, end, text in self._rows(sql, seq)
            }
            yield seq, Sentence(id=id_, source=source, passages=passages)

    def _ids(self, kind: str) -> Iterator[str]:
        if kind in self.records:
            yield from self.records[kind]
            return
        table = "sentence" if kind == "sentences" else "claim"
        for (id_,) in self._rows(f"SELECT id FROM {table} LIMIT ?", _SUGGESTED_AMONG + 1):
            yield id_

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return rows(self._writer.connection, sql, *parameters)
