"""A new store: written beside its place, then renamed, so that nobody sees half of it."""

# Strings name files here, as everywhere in the store:
# ruff: noqa: PTH105, PTH108, PTH118, PTH120

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files

from bonerx.errors import Unreadable
from bonerx.interruption import undone_if_stopped
from bonerx.store.read import APPLICATION_ID, SCHEMA_VERSION
from bonerx.store.seal import seal

PAGE_SIZE = 4096
"""Bytes of a page of a store."""
BUILD_MEMORY = 16 * 1024 * 1024
"""Bytes of pages held while a store is built."""
IN_MEMORY = ":memory:"
"""The place of a store without a file."""


class New:
    """A store that is being written: where it is meanwhile, and the path that it takes when it is whole."""

    def __init__(self, beside: str, path: str) -> None:
        self.beside = beside
        self.path = path


@contextmanager
def new_store(path: str) -> Iterator[New]:
    """Yield where to write a store, which takes its place at `path`, or where the block says, if that ends well.

    Raises Unreadable when the place cannot be written.
    """
    beside = os.path.join(os.path.dirname(path), f"v{SCHEMA_VERSION}-{os.getpid()}-{os.urandom(4).hex()}.db.new")
    new = New(beside, path)

    def remove() -> None:
        with suppress(OSError):
            os.unlink(beside)

    with undone_if_stopped(remove):
        try:
            yield new
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
            remove()


def opened(path: str) -> sqlite3.Connection:
    """Return a connection to a store that is being written: nobody else reads it, and a half of it is thrown away."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA cache_size = {-BUILD_MEMORY // 1024}")
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    if path == IN_MEMORY:
        connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables of a store."""
    connection.executescript(_script("schema.sql"))


def index(connection: sqlite3.Connection, of: str) -> None:
    """Make the indexes that questions need, or those by which ids are found while the store is `building`."""
    for statement in _script(f"{of}.sql").split(";"):
        connection.execute(statement)


def index_words(connection: sqlite3.Connection, most: int | None = None) -> int:
    """Index the words of all passages, or of so many, that are not indexed yet; return of how many."""
    ((last,),) = connection.execute("SELECT ifnull(max(id), 0) FROM passage_text_docsize")
    if not last:
        hash_size = BUILD_MEMORY // 4
        connection.execute("INSERT INTO passage_text (passage_text, rank) VALUES ('hashsize', ?)", (hash_size,))
    sql = "SELECT seq, text FROM passage WHERE seq > ? ORDER BY seq LIMIT ?"
    found = connection.execute(sql, (last, -1 if most is None else most))
    return connection.executemany("INSERT INTO passage_text (rowid, text) VALUES (?, ?)", found).rowcount


def forget_words(connection: sqlite3.Connection, sentence: int) -> None:
    """Take the words of a sentence's passages out of the index, as far as they are in it."""
    connection.execute(
        "INSERT INTO passage_text (passage_text, rowid, text) SELECT 'delete', seq, text FROM passage"
        " WHERE sentence = ? AND seq IN (SELECT id FROM passage_text_docsize)",
        (sentence,),
    )


def mark(connection: sqlite3.Connection) -> None:
    """Mark a file as a store of this version."""
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _script(name: str) -> str:
    return (files("bonerx") / "store" / name).read_text("utf-8")
