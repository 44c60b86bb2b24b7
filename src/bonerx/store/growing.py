"""The records of a table that is being built: what a check may ask of them before all have come."""

import sqlite3
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from bonerx.evidence.origin import TextFile
from bonerx.evidence.texts import Shelf
from bonerx.model.kinds import Integrity
from bonerx.model.source import Passage, Sentence, Source
from bonerx.model.table import FORMAT, EvidenceTable
from bonerx.store.alike import Cited, Named

RECORD_KINDS = ("agents", "outcomes", "populations", "sources", "studies", "published", "findings")
"""Kinds that are held in memory while a store is built; sentences and claims, of which there are millions, are not."""
_AT_HAND = 4_096
_AHEAD = 256
_PASSAGES = (
    "SELECT s.seq, s.id, s.source, p.lang, p.text"
    " FROM (SELECT seq, id, source FROM sentence WHERE seq >= ? ORDER BY seq LIMIT ?) s"
    " JOIN passage p ON p.sentence = s.seq ORDER BY s.seq, p.seq"
)
_SHELVED = 16 * 1024 * 1024
_SUGGESTED_AMONG = 5_000
_SUGGESTIONS = 50


class Growing:
    """What is known so far, as `Known` for the checks; sentences and claims are looked up in the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind in RECORD_KINDS}
        self.named = Named({}, {}, {}, {}, self._look)
        self.text_files: dict[str, TextFile] = {}
        self.text_problems: dict[str, str] = {}
        self._tables: dict[str, str] = {}
        self._shelf = Shelf()
        self._shelved = 0
        self._texts: dict[str, str] = {}
        self._next = 0
        self._near: dict[tuple[str, str], str | None] = {}

    def add(self, kind: str, record: Any, table: str) -> Any:
        """Take in a record of the file at `table`; return the one of its kind that has its id already, if any."""
        earlier = self.records[kind].setdefault(record.id, record)
        if earlier is not record:
            return earlier
        key = record.id.encode()
        if kind == "agents":
            self.named.agents[key] = record.id
        elif kind == "outcomes":
            self.named.outcomes[key] = record.id
        elif kind == "populations":
            self.named.populations[key] = (record.id, record.species)
        elif kind == "sources":
            self._tables[record.id] = table
        return None

    def hold(self, texts: Mapping[str, str]) -> None:
        """Take texts as they are given, in place of files."""
        self._texts = dict(texts)

    def forget(self) -> None:
        """Look every sentence up anew, since some have changed."""
        self.named.at_hand.clear()

    def table(self, title: str | None = None) -> EvidenceTable:
        """Return the records that are held in memory as a table, without sentences and claims."""
        records: dict[str, Any] = {kind: tuple(of.values()) for kind, of in self.records.items()}
        return EvidenceTable(format=FORMAT, title=title, **records)

    # --- what a check may ask ---

    def has(self, kind: str, record: str) -> bool:
        """Return whether there is a record of this kind and id."""
        if kind in self.records:
            return record in self.records[kind]
        if kind == "sentences":
            return record.encode() in self.named.at_hand or bool(
                self._rows("SELECT 1 FROM sentence WHERE id = ?", record)
            )
        sql = "SELECT 1 FROM claim WHERE id = ?1 UNION ALL SELECT 1 FROM draft WHERE id = ?1"
        return bool(self._rows(sql, record))

    def get(self, kind: str, record: str) -> Any:
        """Return the record of this kind and id, None where there is none; claims are not asked for."""
        if kind != "sentences":
            return self.records[kind].get(record)
        return next(self.sentences("s.id = ?", record), None)

    def text(self, source: str) -> str | None:
        """Return the text of a source, None where it has none or it cannot be had."""
        if source not in self._texts:
            record: Source | None = self.records["sources"].get(source)
            if record is None or record.text is None:
                return None
            found = self._shelf.text_of(record, self._tables[source])
            if isinstance(found, str):
                self.text_problems[source] = found
                return None
            self._shelved += len(found[0])
            if self._shelved > _SHELVED:
                self._shelf, self._shelved, self._texts = Shelf(), len(found[0]), {}
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

    # --- sentences ---

    def keep(self, id_: bytes, seq: int, source: str, texts: dict[str, str]) -> None:
        """Keep a sentence at hand, since the claims that rest on it are likely to follow."""
        record: Source | None = self.records["sources"].get(source)
        if record is None:
            return
        if len(self.named.at_hand) >= _AT_HAND:
            self.named.at_hand.clear()
        stands = record.integrity.status is not Integrity.RETRACTED
        self.named.at_hand[id_] = Cited(seq, source, stands, texts)

    def cited(self, id_: str) -> Cited | None:
        """Return what a claim needs of a sentence, None where it or its source is not known yet."""
        return self._look(id_.encode())

    def _look(self, id_: bytes) -> Cited | None:
        found = self.named.at_hand.get(id_)
        if found is None:
            for (seq,) in self._rows("SELECT seq FROM sentence WHERE id = ?", id_.decode("utf-8", "replace")):
                self._read_ahead(seq)
            found = self.named.at_hand.get(id_)
        return found

    def _read_ahead(self, seq: int) -> None:
        """Put a sentence at hand, and those after it where claims seem to come in the order of their sentences."""
        most = _AHEAD if seq == self._next else 1
        held: dict[int, dict[str, str]] = {}
        for number, id_, source, lang, text in self._rows(_PASSAGES, seq, most):
            if number not in held:
                held[number] = {}
                self.keep(id_.encode(), number, source, held[number])
            held[number][lang] = text
        rows = self._rows("SELECT seq FROM sentence WHERE seq > ? ORDER BY seq LIMIT 1", max(held, default=seq))
        self._next = rows[0][0] if rows else 0

    def sentences(self, where: str, *parameters: object) -> Iterator[Sentence]:
        """Yield the sentences of a condition, as their records."""
        for seq, id_, source in self._rows(f"SELECT seq, id, source FROM sentence s WHERE {where}", *parameters):
            sql = 'SELECT lang, start, "end", text FROM passage WHERE sentence = ? ORDER BY seq'
            passages = {
                lang: Passage(start=start, end=end, text=text) for lang, start, end, text in self._rows(sql, seq)
            }
            yield Sentence(id=id_, source=source, passages=passages)

    def _ids(self, kind: str) -> Iterator[str]:
        if kind in self.records:
            yield from self.records[kind]
            return
        table = "sentence" if kind == "sentences" else "claim"
        for (id_,) in self._rows(f"SELECT id FROM {table} LIMIT ?", _SUGGESTED_AMONG + 1):
            yield id_

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()
