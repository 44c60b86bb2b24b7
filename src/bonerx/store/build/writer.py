"""How rows come into a store that is being built: many at once."""

from types import TracebackType
from typing import NamedTuple, Self

import apsw

from bonerx.model.name import fold
from bonerx.store.build.file import lay_out, mark, opened, run

BATCH = 500
"""Claims or sentences that wait until they are written."""
Row = tuple[object, ...]


class Rows(NamedTuple):
    """Rows of each table; names are not folded yet."""

    record: list[Row]
    name: list[Row]
    kin: list[Row]
    sentence: list[Row]
    passage: list[Row]
    claim: list[Row]
    draft: list[Row]
    claim_source: list[Row]
    regimen_agent: list[Row]
    cited: list[Row]
    cue: list[Row]
    doubtful: list[Row]


_INSERT = (
    "INSERT INTO record VALUES (?,?,?,?)",
    "INSERT OR IGNORE INTO name VALUES (?,?,?)",
    "INSERT OR IGNORE INTO kin VALUES (?,?,?,?)",
    "INSERT INTO sentence VALUES (?,?,?)",
    'INSERT INTO passage (sentence, lang, start, "end", text) VALUES (?,?,?,?,?)',
    "INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO draft VALUES (?,?,?)",
    "INSERT OR IGNORE INTO claim_source VALUES (?,?)",
    "INSERT OR IGNORE INTO regimen_agent VALUES (?,?)",
    "INSERT INTO cited VALUES (?,?)",
    "INSERT INTO cue VALUES (?,?,?)",
    "INSERT INTO doubtful VALUES (?)",
)
"""How the rows of each table are written, in the order of `Rows`."""


class Writer:
    """Gathers rows of the store at `path` and writes them.

    Leave it in order with `finish`, else nothing of it stays open.
    """

    def __init__(self, path: str) -> None:
        self.rows = Rows(*([] for _ in Rows._fields))
        self._connection = opened(path)
        lay_out(self._connection)
        run(self._connection, "staging")
        self._connection.execute("BEGIN")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the store, unless it was finished."""
        if kind is not None:
            self._connection.close()

    @property
    def connection(self) -> apsw.Connection:
        """The store with all rows in it."""
        self.hand_over()
        return self._connection

    def hand_over(self) -> None:
        """Write the gathered rows."""
        names = self.rows.name
        names[:] = ((kind, fold(str(name)), id_) for kind, name, id_ in names)
        for insert, rows in zip(_INSERT, self.rows, strict=True):
            if rows:
                self._connection.executemany(insert, rows)
                rows.clear()

    def finish(self) -> apsw.Connection:
        """Mark what is written as a whole store, and return the connection to it."""
        connection = self.connection
        connection.execute("COMMIT")
        mark(connection)
        return connection
