"""The rows of an answer as tab-separated values: one line a row whatever it holds, for `cut` and `awk`."""

from collections.abc import Iterable
from typing import Any

from bonerx.answer import Answer
from bonerx.render.field import written
from bonerx.render.visible import harmless

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
"""What a field may not hold as it stands; the backslash so that the escapes can be read back."""


def render(answer: Answer) -> Iterable[str]:
    """A line of column names, then a line for each row."""
    columns, rows = answer.records
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(values: tuple[Any, ...]) -> str:
    return "\t".join(harmless(written(value).translate(ESCAPES)) for value in values) + "\n"
