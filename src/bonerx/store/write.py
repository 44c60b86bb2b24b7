"""An evidence table into a store: written beside its place, then renamed, so that nobody sees half of it."""

# Strings name files here, as everywhere in the store:
# ruff: noqa: PTH105, PTH108, PTH118, PTH120

import json
import os
import sqlite3
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from bonerx.errors import Unreadable
from bonerx.model.claim import Finding
from bonerx.model.name import fold
from bonerx.model.question import Outcome, Population
from bonerx.model.table import EvidenceTable
from bonerx.model.treatment import Agent
from bonerx.store.growing import RECORD_KINDS
from bonerx.store.read import APPLICATION_ID, SCHEMA_VERSION
from bonerx.store.seal import seal

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
PAGE_SIZE = 4096
"""Bytes of a page of a store."""
BUILD_MEMORY = 16 * 1024 * 1024
"""Bytes of pages held while a store is built."""


def plain(value: Any) -> Any:
    """Return a record as plain data, without the fields that say nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: item if type(item) is str else plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [item if type(item) is str else plain(item) for item in value]
    if not is_dataclass(value):
        return value
    found = {}
    for name, default in _fields(cast(Hashable, type(value))):
        item = getattr(value, name)
        if type(item) is str:
            found[name] = item
        elif not _says_nothing(item, default):
            found[name] = plain(item)
    return found


@cache
def _fields(record: Any) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a kind of record, each with what it holds where nothing is said; `MISSING` if it must be."""
    return tuple(
        (each.name, each.default if each.default_factory is MISSING else each.default_factory())
        for each in fields(record)
    )


def _says_nothing(item: Any, default: Any) -> bool:
    """Whether a field may be left out: nothing, empty, or a mark not set. No event is a figure, and stays."""
    if item is None or item is False:
        return default is not True
    return not item and isinstance(item, tuple | dict) and default is not MISSING


def dumps(value: Any) -> str:
    """Return a record as compact JSON."""
    return _ENCODE(plain(value))


class New:
    """A store that is being written: its connection, and the path that it takes when it is whole."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path


@contextmanager
def new_store(path: str) -> Iterator[New]:
    """Yield an empty store that takes its place at `path`, or where the block says, when the block ends well.

    Raises Unreadable when the place cannot be written.
    """
    beside = os.path.join(os.path.dirname(path), f"v{SCHEMA_VERSION}-{os.getpid()}-{os.urandom(4).hex()}.db.new")
    try:
        connection = sqlite3.connect(beside, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute(f"PRAGMA cache_size = {-BUILD_MEMORY // 1024}")
            new = New(connection, path)
            with scheme(connection):
                yield new
        finally:
            connection.close()
        seal(beside)
        descriptor = os.open(beside, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(beside, new.path)
    except (OSError, sqlite3.OperationalError) as error:
        raise Unreadable(f"cannot write `{path}`: {error}") from error
    finally:
        with suppress(OSError):
            os.unlink(beside)


@contextmanager
def scheme(connection: sqlite3.Connection) -> Iterator[None]:
    """Lay out the tables, run the block in one transaction, and mark the file as a store of this version."""
    lay_out(connection)
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables of a store."""
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    connection.executescript(_script("schema.sql"))


def index(connection: sqlite3.Connection, of: str) -> None:
    """Make the indexes that questions need, or those by which ids are found while the store is `building`."""
    for statement in _script(f"{of}.sql").split(";"):
        connection.execute(statement)


def index_words(connection: sqlite3.Connection) -> None:
    """Make the index of the words of all passages."""
    connection.execute("INSERT INTO passage_text (passage_text, rank) VALUES ('hashsize', ?)", (BUILD_MEMORY // 4,))
    connection.execute("INSERT INTO passage_text (passage_text) VALUES ('rebuild')")


def _script(name: str) -> str:
    return (files("bonerx") / "store" / name).read_text("utf-8")


def write_records(connection: sqlite3.Connection, table: EvidenceTable, numbers: Mapping[tuple[str, str], int]) -> None:
    """Write the records that are not sentences or claims, under their numbers."""
    for kind in RECORD_KINDS:
        records = getattr(table, kind)
        rows = ((numbers[kind, record.id], kind, record.id, dumps(record)) for record in records)
        connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", rows)


def write_relations(connection: sqlite3.Connection, table: EvidenceTable) -> None:
    """Write the names of records and how they are related."""
    for kind, named in (("agents", table.agents), ("outcomes", table.outcomes), ("populations", table.populations)):
        write_vocabulary(connection, kind, named)
    write_findings(connection, table.findings)


def write_meta(connection: sqlite3.Connection, meta: Mapping[str, Any]) -> None:
    """Write what the store says of itself."""
    rows = ((key, json.dumps(value, ensure_ascii=False)) for key, value in meta.items())
    connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)


def write_vocabulary(
    connection: sqlite3.Connection, kind: str, records: Iterable[Agent | Outcome | Population]
) -> None:
    """Write the names of agents, outcomes or populations and what each is part, form or member of."""
    named: list[tuple[str, str, str]] = []
    related: list[tuple[str, str, str, str]] = []
    for record in records:
        names = {record.id, *record.names.values(), *(name for some in record.synonyms.values() for name in some)}
        named += sorted((kind, fold(name), record.id) for name in names)
        if isinstance(record, Agent):
            related += ((kind, record.id, membership.of, "member") for membership in record.classes)
            related += [(kind, record.id, record.broader, "form")] if record.broader else []
        else:
            related += ((kind, record.id, broad, "part") for broad in record.broader)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", named)
    connection.executemany("INSERT OR IGNORE INTO kin VALUES (?, ?, ?, ?)", related)


def write_findings(connection: sqlite3.Connection, findings: Iterable[Finding]) -> None:
    """Write which findings bear on which claims."""
    pairs = ((claim, finding.id) for finding in findings for claim in finding.bears_on)
    connection.executemany("INSERT OR IGNORE INTO finding_claim VALUES (?, ?)", pairs)
