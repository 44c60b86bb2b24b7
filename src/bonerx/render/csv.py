"""The rows of an answer as comma-separated values (RFC 4180), raw and at full precision, for spreadsheets.

Only what a terminal would obey is written as an escape, since a file is looked at before it is opened.
"""

import csv
from collections.abc import Iterable

from bonerx.answer import Answer
from bonerx.render.field import written
from bonerx.render.visible import harmless


def render(answer: Answer) -> Iterable[str]:
    """A line of column names, then a line for each row."""
    pieces: list[str] = []
    writer = csv.writer(_Appender(pieces))
    columns, rows = answer.records
    writer.writerow([harmless(column) for column in columns])
    for row in rows:
        writer.writerow([harmless(written(value)) for value in row])
        if len(pieces) >= 100:
            yield "".join(pieces)
            pieces.clear()
    yield "".join(pieces)


class _Appender:
    """A file of sorts: the csv module wants one to write to."""

    def __init__(self, pieces: list[str]) -> None:
        self.write = pieces.append
