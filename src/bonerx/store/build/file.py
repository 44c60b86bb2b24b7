"""A new store: written beside its place, then renamed, so that nobody sees half of it."""

# Strings name files here, as everywhere in the store:
# ruff: noqa: PTH108, PTH123

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import apsw

from bonerx.errors import Unreadable
from bonerx.file_output import Unfinished, is_unfinished, placing
from bonerx.store.checksum import write_checksums
from bonerx.store.queries import APPLICATION_ID, SCHEMA_VERSION

PAGE_SIZE = 4096
"""Bytes of a page of a store."""
BUILD_MEMORY = 16 * 1024 * 1024
"""Bytes of pages held while a store is built."""
_SQLITE = b"SQLite format 3\x00"
_EMPTY = 60.0
"""Seconds after which an unfinished file that is still empty is nobody's."""
IN_MEMORY = ":memory:"
"""The place of a store without a file."""
_CANNOT_WRITE = (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError)


@contextmanager
def new_store(path: str, *, mode: int = 0o666) -> Iterator[Unfinished]:
    """Yield where to write a store, which takes its place at `path`, or where the block says, if that ends well.

    What a build for the same place left behind that was killed is removed first. Raises Unreadable when the place
    cannot be written.
    """
    remove_abandoned(*os.path.split(os.path.realpath(path)))
    try:
        with placing(path, mode=mode) as new, _marked_as_written(new.beside):
            yield new
            write_checksums(new.beside)
    except _CANNOT_WRITE as error:
        raise Unreadable(f"cannot write `{path}`: {error}") from error
    except apsw.NoMemError as error:
        raise MemoryError from error


def remove_abandoned(folder: str, name: str | None = None) -> None:
    """Remove the unfinished stores in a folder, those for a file called `name` only, that nobody writes any more."""
    try:
        import fcntl
    except ImportError:  # without such locks nobody can tell what is still being written
        return
    with suppress(OSError), os.scandir(folder or os.curdir) as entries:
        for entry in entries:
            if not is_unfinished(entry.name, name):
                continue
            with suppress(OSError):
                descriptor = os.open(entry.path, os.O_RDWR | os.O_NOFOLLOW)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if _is_abandoned(descriptor):
                        os.unlink(entry.path)
                finally:
                    os.close(descriptor)


def _is_abandoned(descriptor: int) -> bool:
    """Whether a file that nobody has locked is the beginning of a store, or has long been empty.

    Other files are written under such names too, and not locked; one that is empty may have been made just now.
    """
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        return False
    return os.read(descriptor, len(_SQLITE)) == _SQLITE or (
        not status.st_size and time.time() - status.st_mtime > _EMPTY
    )


@contextmanager
def _marked_as_written(path: str) -> Iterator[None]:
    """Lock an unfinished file, by which others know that it is being written, until its writer ends in any way."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(path, "rb") as file:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def opened(path: str) -> apsw.Connection:
    """Return a connection to a store that is being written: nobody else reads it, and a half of it is thrown away."""
    # It is locked in another way, and SQLite's own locks could get into its way on some systems.
    place = path if path == IN_MEMORY else f"file:{quote(os.fsencode(path))}?nolock=1"
    connection = apsw.Connection(place, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA cache_size = {-BUILD_MEMORY // 1024}")
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    if path == IN_MEMORY:
        connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def lay_out(connection: apsw.Connection) -> None:
    """Make the tables of a store."""
    run(connection, "schema")


def run(connection: apsw.Connection, script: str) -> None:
    """Execute the statements of one of the scripts that stand beside this module, in the transaction that is open."""
    connection.execute((files(__package__) / f"{script}.sql").read_text("utf-8"))


def index_words(connection: apsw.Connection) -> None:
    """Index the words of all passages."""
    hash_size = BUILD_MEMORY // 4
    connection.execute("INSERT INTO passage_text (passage_text, rank) VALUES ('hashsize', ?)", (hash_size,))
    connection.execute("INSERT INTO passage_text (rowid, text) SELECT seq, text FROM passage ORDER BY seq")


def rows(connection: apsw.Connection, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    return list(connection.execute(sql, parameters))


def mark(connection: apsw.Connection) -> None:
    """Mark a file as a store of this version."""
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
