"""What lines of NDJSON that are written alike have in common: one expression that fits them and picks their values."""

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bonerx.evidence.ndjson import RECORD
from bonerx.evidence.text import STRANGE
from bonerx.model.field import MAX_TEXT

Path = tuple[str | int, ...]
"""Where a value stands in a record: keys, and numbers of items."""

SAME = rb'[^"\\]*+(?:\\.[^"\\]*+)*+'
"""What fits any text, which must then be one that is known byte for byte."""
TEXT = rb'(?!")[^"\\\x00-\x1f\x7f]*+(?:\\.[^"\\\x00-\x1f\x7f]*+)*+'
"""What fits a text that `text_of` is to read."""
_TOKEN = re.compile(rb'"(?P<text>' + SAME + rb')"(?P<key>\s*:)?|[{}\[\],]|[^\s{}\[\],"]+')


class Value(NamedTuple):
    """A text, number or mark of a record: its path, whether it is a text, and where in the line it begins and ends."""

    path: Path
    is_text: bool
    begin: int
    end: int


class Shape(NamedTuple):
    """What fits lines like one: the expression, the paths of its groups, and where the record's first field begins."""

    pattern: re.Pattern[bytes]
    paths: tuple[Path, ...]
    begin: int


def shape_of(raw: bytes, group: Callable[[Value], bytes | None]) -> Shape | None:
    """Return what fits lines like a valid one, which differ in the values that `group` has an expression for.

    None where the line does not name its kind first, or holds a null.
    """
    begin = RECORD.match(raw)
    if begin is None or b"null" in raw:
        return None
    pattern = re.escape(raw[: begin.end()])
    paths = []
    done = begin.end()
    for value in values(raw):
        held = group(value) if value.begin >= done else None
        if held is not None:
            pattern += re.escape(raw[done : value.begin]) + b"(" + held + b")"
            paths.append(value.path)
            done = value.end
    return Shape(re.compile(pattern + re.escape(raw[done:].rstrip()) + rb"\s*"), tuple(paths), begin.end())


def values(raw: bytes) -> Iterator[Value]:
    """Yield the values of a line that is valid JSON, a text without its quotes."""
    path: list[str | int] = []
    for token in _TOKEN.finditer(raw):
        mark = token[0]
        if token["key"] is not None:
            path[-1] = str(json.loads(b'"' + token["text"] + b'"'))
        elif mark in (b"{", b"["):
            path.append("" if mark == b"{" else 0)
        elif mark in (b"}", b"]"):
            path.pop()
        elif mark == b",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else ""
        else:
            is_text = token["text"] is not None
            yield Value(tuple(path), is_text, *token.span("text" if is_text else 0))


def text_of(held: bytes) -> str | None:
    """Return the text between the quotes of JSON, None where it is not certainly one that a field may hold."""
    if held.isascii() and b"\\" not in held:
        return held.decode() if len(held) <= MAX_TEXT else None
    try:
        text: str = json.loads(b'"' + held + b'"')
    except ValueError:
        return None
    return text if len(text) <= MAX_TEXT and STRANGE.search(text) is None else None
