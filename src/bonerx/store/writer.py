"""How rows come into a store that is being built: here, or for a large table by a process of its own."""

import sqlite3
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

from bonerx.interruption import undone_if_stopped
from bonerx.store.aside import Aside
from bonerx.store.new import lay_out, mark, opened
from bonerx.store.rows import insert, no_rows

BATCH = 500
"""Claims or sentences that wait until they are handed over."""


class Writer:
    """Gathers rows of the store at `path` and has them written; what goes wrong is raised at some later call.

    Leave it in order with `finish`, else nothing of it stays open; `closing` takes what else is to be closed then.
    """

    def __init__(self, path: str, *, aside: bool = False) -> None:
        self.rows = no_rows()
        self.closing = ExitStack()
        self._path = path
        self._aside: Aside | None = None
        self._connection: sqlite3.Connection | None = None
        if aside:
            with suppress(OSError):  # where no process can be had, it is done here
                self._aside = Aside(path)
                self.closing.enter_context(undone_if_stopped(self._aside.kill))
        if self._aside is None:
            self._connection = opened(path)
            lay_out(self._connection)
            self._connection.execute("BEGIN")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of everything, unless it was finished."""
        self.closing.close()
        if self._aside is not None:
            self._aside.stop()
        if self._connection is not None and kind is not None:
            self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The store with all rows in it. From the moment it is asked for, rows are written here."""
        if self._connection is None:
            self._connection = self._taken_over()
        if any(self.rows):
            insert(self._connection, self.rows)
        return self._connection

    def hand_over(self) -> None:
        """Have the gathered rows written."""
        if self._aside is not None:
            self._aside.give(self.rows)
        elif self._connection is not None:
            insert(self._connection, self.rows)

    def end(self) -> None:
        """Hand over the last rows; what is made of them when all have come may be begun."""
        self.hand_over()
        if self._aside is not None:
            self._aside.end(indexed=True)

    def finish(self) -> sqlite3.Connection:
        """Mark what is written as a whole store, and return the connection to it."""
        connection = self.connection
        connection.execute("COMMIT")
        mark(connection)
        return connection

    def _taken_over(self) -> sqlite3.Connection:
        """Return the store when the process that writes it has ended."""
        if self._aside is not None:
            self._aside.end(indexed=False)
            self._aside.wait()
            self._aside = None
        connection = opened(self._path)
        connection.execute("BEGIN")
        return connection
