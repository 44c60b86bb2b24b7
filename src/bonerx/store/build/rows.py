"""Rows of a store that wait to be written, and how they are: many with one statement."""

import sqlite3
from itertools import chain
from typing import NamedTuple

from bonerx.model.name import fold

_TOGETHER = 500
"""Rows of one statement; SQLite takes 32,766 values at once."""
_STATED = "NULLIF(?,'')"
"""What is not stated, as an empty text: `sqlite3` looks for an adapter of every `None`, at the cost of the row."""

Row = tuple[object, ...]


class Rows(NamedTuple):
    """Rows of each table; names are not folded yet, and in a claim an empty text stands for what is not stated."""

    record: list[Row]
    name: list[Row]
    kin: list[Row]
    sentence: list[Row]
    passage: list[Row]
    claim: list[Row]
    draft: list[Row]
    claim_sentence: list[Row]
    claim_source: list[Row]
    regimen_agent: list[Row]


_INSERT = (
    ("INSERT INTO record VALUES ", "(?,?,?,?)"),
    ("INSERT OR IGNORE INTO name VALUES ", "(?,?,?)"),
    ("INSERT OR IGNORE INTO kin VALUES ", "(?,?,?,?)"),
    ("INSERT INTO sentence VALUES ", "(?,?,?)"),
    ('INSERT INTO passage (sentence, lang, start, "end", text) VALUES ', "(?,?,?,?,?)"),
    ("INSERT INTO claim VALUES ", f"(?,?,?,?,{_STATED},?,{_STATED},?,{_STATED},?,{_STATED},{_STATED},?,?,?,?)"),
    ("INSERT INTO draft VALUES ", "(?,?,?)"),
    ("INSERT OR IGNORE INTO claim_sentence VALUES ", "(?,?)"),
    ("INSERT OR IGNORE INTO claim_source VALUES ", "(?,?)"),
    ("INSERT OR IGNORE INTO regimen_agent VALUES ", "(?,?)"),
)


def no_rows() -> Rows:
    """Return empty lists of rows."""
    return Rows(*([] for _ in Rows._fields))


def insert(connection: sqlite3.Connection, waiting: Rows) -> None:
    """Write rows, and empty their lists."""
    waiting.name[:] = ((kind, fold(str(name)), id_) for kind, name, id_ in waiting.name)
    for (into, one), rows in zip(_INSERT, waiting, strict=True):
        whole = len(rows) - len(rows) % _TOGETHER
        sql = into + ",".join([one] * _TOGETHER) if whole else ""
        for at in range(0, whole, _TOGETHER):
            connection.execute(sql, tuple(chain.from_iterable(rows[at : at + _TOGETHER])))
        if whole < len(rows):
            connection.executemany(into + one, rows[whole:])
        rows.clear()
