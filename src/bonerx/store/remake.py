"""A store made again from its own records, to see whether all that follows from them is what stands in it.

A checksum proves that nobody has changed a store by accident. Who changes one on purpose writes checksums too; but
names, kin, indexes, columns and analyses follow from the records, and quotations from the texts that they stand in.
"""

# Strings name files here, as everywhere in the store:
# ruff: noqa: PTH118, PTH119, PTH120

import json
import math
import os
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import apsw

from bonerx.errors import InvalidEvidence
from bonerx.evidence import limits
from bonerx.evidence.files import shipped
from bonerx.evidence.ndjson import Line
from bonerx.evidence.record import SINGULAR, validator
from bonerx.evidence.source_texts import SourceTexts
from bonerx.evidence.validate import where
from bonerx.store.build.builder import Build
from bonerx.store.build.compile import finish
from bonerx.store.build.file import IN_MEMORY
from bonerx.store.build.final_checks import look_up, problems, unite
from bonerx.store.build.writer import Writer
from bonerx.store.queries import Store

Found = tuple[str, str]
"""Where something is wrong in a store, and what."""
_BROKEN = (InvalidEvidence, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, apsw.Error)
"""What ends the making of a store whose records contradict each other."""
_IN_MEMORY_BYTES = 64 * 1024 * 1024
"""Size up to which a store is made again in memory, else in a temporary file."""
_CLOSE = 1e-6
"""How far a figure of an analysis may be off, relatively: other processors add in another order."""
_VERY_SMALL = 1e-9
_PER_TABLE = 20
"""Rows that are named of one table."""
_FOLLOWING = {
    "record": "seq, kind, id",
    "name": "kind, folded, id",
    "kin": "kind, narrow, broad, how",
    "sentence": "seq, id, source",
    "claim": "seq, id, kind, regimen, comparator, named, outcome, direction, favours, hedge, population, emphasis,"
    " species, source, retracted",
    "draft": "seq, id",
    "claim_sentence": "sentence, claim",
    "claim_source": "source, claim",
    "regimen_agent": "agent, regimen",
    "domain_agent": "domain, agent",
    "finding_claim": "claim, finding",
    "study_agent": "agent, study",
    "study_regimen": "regimen, study",
    "study_outcome": "outcome, study",
    "published": "a, b, outcome, id",
}
"""The columns, in their order, of tables that follow from the records."""
_IN_ORDER = {
    "passage": ('sentence, lang, start, "end", text', "seq"),
    "analysis": ("kind, outcome, a, b, json", "seq"),
}
_SAID = ("title", "languages", "species", "counts", "drafts")


class Quotations(NamedTuple):
    """How many quotations, one a language, were compared with their text, and how many with none at hand, of whom."""

    proven: int
    unproven: int
    sources: tuple[str, ...]


class Texts(NamedTuple):
    """The texts of sources, and which of them were at hand; the others are made of the quotations themselves."""

    of: dict[str, str]
    at_hand: frozenset[str]


def remake(store: Store, path: str) -> tuple[list[Found], Quotations]:
    """Return what of a store does not follow from its records, and which of its quotations were proven.

    The records are valid. Raises DamagedStore where the store turns out to be broken.
    """
    found = list(_of_words(store, path))
    texts, wrong = _texts(store, path)
    found += wrong
    with TemporaryDirectory() as folder:
        small = os.path.getsize(path) <= _IN_MEMORY_BYTES  # noqa: PTH202
        with Writer(IN_MEMORY if small else os.path.join(folder, "again.db")) as writer:
            build = Build(writer)
            build.known.hold(texts.of)
            for kind, record, seq in _records(store):
                build.add(Line(kind, record, seq), "")
            unite(build)
            look_up(build)
            for problem in problems(build):
                found.append((where((SINGULAR[problem.kind], *problem.path), problem.id), problem.message))
                if len(found) > limits.FAULTS:
                    break
            try:
                finish(build, store.meta("title"), [], [])
                found += _differences(store, writer.finish())
            except _BROKEN:
                if not found:  # else it follows from what has been found
                    raise
            finally:
                writer.connection.close()
    return found, _quotations(store, texts)


def _records(store: Store) -> Iterator[tuple[str, Any, int]]:
    """Yield the kind, the record and the number of every record of a store, kind by kind."""
    for kind in SINGULAR:
        if kind == "sentences":
            for seq, text in _sentences(store):
                yield kind, validator(kind).validate_json(text), seq
            continue
        if kind == "claims":
            found = store.rows("SELECT seq, json FROM claim UNION ALL SELECT seq, json FROM draft ORDER BY seq")
        else:
            found = store.rows("SELECT seq, json FROM record WHERE kind = ? ORDER BY seq", (kind,))
        for seq, text in found:
            yield kind, validator(kind).validate_json(text), seq


def _sentences(store: Store) -> Iterator[tuple[int, str]]:
    sql = "SELECT seq, id, source FROM sentence ORDER BY seq"
    passages = 'SELECT lang, start, "end", text FROM passage WHERE sentence = ? ORDER BY seq'
    for seq, id_, source in store.rows(sql):
        said = {
            lang: {"start": start, "end": end, "text": text} for lang, start, end, text in store.rows(passages, (seq,))
        }
        yield seq, json.dumps({"id": id_, "source": source, "passages": said})


# --- texts ---


def _texts(store: Store, path: str) -> tuple[Texts, list[Found]]:
    """Return the texts of all sources that have one, and what is wrong with what the store says of them."""
    shelf = SourceTexts()
    of: dict[str, str] = {}
    at_hand, wrong = set(), []
    tables = [name for name, _ in store.meta("files")]
    digests: dict[str, set[str]] = {}
    for _, text, sha in store.meta("texts"):
        digests.setdefault(text, set()).add(sha)
    for id_, record in store.records("sources").items():
        source = validator("sources").validate_python(record)
        if source.text is None:
            continue
        if source.text not in digests:
            wrong.append(("meta (texts)", f"it does not name the text `{source.text}` of the source `{id_}`"))
        for table in _places(tables, path):
            text = shelf.text_of(source, table)
            if not isinstance(text, str) and text[1].sha256 in digests.get(source.text, ()):
                of[id_] = text[0]
                at_hand.add(id_)
                break
        else:
            of[id_] = _made_of_quotations(store, id_)
    return Texts(of, frozenset(at_hand)), wrong


def _places(tables: list[str], path: str) -> Iterator[str]:
    """Yield where the tables of a store may be, beside which their texts are: where they were, or beside the store."""
    for table in tables:
        yield table
        yield os.path.join(os.path.dirname(path), os.path.basename(table))
    yield os.path.join(shipped(), "evidence.yaml")


def _made_of_quotations(store: Store, source: str) -> str:
    """Return a text with a source's quotations at their places: two of them that overlap must say the same."""
    sql = 'SELECT p.start, p."end", p.text FROM sentence s JOIN passage p ON p.sentence = s.seq WHERE s.source = ?'
    pieces = [(start, end, text) for start, end, text in store.rows(sql, (source,)) if end <= limits.DOCUMENT_BYTES]
    made = [" "] * max((end for _, end, _ in pieces), default=0)
    for start, end, text in pieces:
        made[start:end] = text
    return "".join(made)


def _quotations(store: Store, texts: Texts) -> Quotations:
    sql = "SELECT s.source, count(*) FROM sentence s JOIN passage p ON p.sentence = s.seq GROUP BY s.source"
    counts: dict[str, int] = dict(store.rows(sql))
    proven = sum(count for source, count in counts.items() if source in texts.at_hand)
    others = tuple(sorted(source for source in counts if source not in texts.at_hand))
    return Quotations(proven, sum(counts.values()) - proven, others)


# --- comparison ---


def _differences(store: Store, again: apsw.Connection) -> Iterator[Found]:
    """Yield what stands in a store otherwise than in the one that was made again."""
    for table, columns in _FOLLOWING.items():
        yield from _between(store, again, table, columns, columns)
    for table, (columns, order) in _IN_ORDER.items():
        yield from _between(store, again, table, columns, order)
    now = dict(again.execute("SELECT key, value FROM meta"))
    for key in _SAID:
        if json.loads(now[key]) != store.meta(key):
            yield f"meta ({key})", "it does not follow from the records of the store"


def _between(store: Store, again: apsw.Connection, table: str, columns: str, order: str) -> Iterator[Found]:
    sql = f"SELECT {columns} FROM {table} ORDER BY {order}"
    listed = 0
    for stored, made in zip_longest(store.rows(sql), again.execute(sql)):
        if stored == made or (table == "analysis" and _is_same_analysis(stored, made)):
            continue
        listed += 1
        named = ", ".join(str(each)[:80] for each in (stored or made)[:4] if each is not None)
        yield f"{table} ({named})", _DIFFERS.get(table, "it does not follow from the records of the store")
        if listed >= _PER_TABLE or stored is None or made is None or stored[:2] != made[:2]:
            return  # one row too many moves all that follow


_DIFFERS = {
    "analysis": "it is not the analysis of the studies in the store",
    "passage": "it is not the quotation that was taken in",
}


def _is_same_analysis(stored: Any, made: Any) -> bool:
    if stored is None or made is None or stored[:-1] != made[:-1]:
        return False
    return _alike(json.loads(stored[-1]), json.loads(made[-1]))


def _alike(one: Any, other: Any) -> bool:
    """Return whether two documents say the same, but for the last digits of their figures."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_VERY_SMALL)
    return type(one) is type(other) and bool(one == other)


def _of_words(store: Store, path: str) -> Iterator[Found]:
    """Yield whether the index of words is not that of the passages, for which a copy is needed that can be written."""
    with TemporaryDirectory() as folder:
        small = os.path.getsize(path) <= _IN_MEMORY_BYTES  # noqa: PTH202
        with closing(apsw.Connection(IN_MEMORY if small else os.path.join(folder, "copy.db"))) as copy:
            store.copy_into(copy)
            copy.execute("PRAGMA trusted_schema = OFF")
            try:
                copy.execute("INSERT INTO passage_text (passage_text, rank) VALUES ('integrity-check', 1)")
            except apsw.Error:
                yield "passage_text", "the index of words is not that of the quotations"
