"""How rows come into a store that is being built: many at once."""

import sqlite3
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from bonerx.store.build.file import lay_out, mark, opened
from bonerx.store.build.rows import insert, no_rows

BATCH = 500
"""Claims or sentences that wait until they are written."""


class Writer:
    """Gathers rows of the store at `path` and writes them.

    Leave it in order with `finish`, else nothing of it stays open; `closing` takes what else is to be closed then.
    """

    def __init__(self, path: str) -> None:
        self.rows = no_rows()
        self.closing = ExitStack()
        self._connection = opened(path)
        lay_out(self._connection)
        self._connection.execute("BEGIN")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of everything, unless it was finished."""
        self.closing.close()
        if kind is not None:
            self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The store with all rows in it."""
        if any(self.rows):
            self.hand_over()
        return self._connection

    def hand_over(self) -> None:
        """Write the gathered rows."""
        insert(self._connection, self.rows)

    def finish(self) -> sqlite3.Connection:
        """Mark what is written as a whole store, and return the connection to it."""
        connection = self.connection
        connection.execute("COMMIT")
        mark(connection)
        return connection
