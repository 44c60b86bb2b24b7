"""New records put into the text of a table, with every character that stands there left as it is.

A round trip through a YAML library keeps comments and order, but writes the lines anew: ruamel.yaml changes over a
thousand of trials.yaml's two thousand. So new records are inserted as text, behind the last one of their kind.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bonerx.errors import UsageError
from bonerx.evidence.documents.event import Event
from bonerx.evidence.documents.parse import events
from bonerx.evidence.yaml_writer import flow, record

_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")


class Addition(NamedTuple):
    """A new record with the comments that stand above it, each one line without its `#`."""

    record: object
    comments: tuple[str, ...] = ()


class _List(NamedTuple):
    """A list of records in a document: whether in block style, and code points of its first and last character."""

    block: bool
    empty: bool
    start: int
    end: int
    column: int


def insert(text: str, additions: Mapping[str, Sequence[Addition]]) -> str:
    """Return the YAML of a table with new records at the end of their lists; raise UsageError where that cannot be."""
    lists, indent = _lists(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    pieces: list[tuple[int, int, str]] = []
    missing: list[str] = []
    for kind, added in additions.items():
        if not added:
            continue
        if kind not in lists:
            missing += ["", f"{indent}{kind}:", *_lines(added, f"{indent}  ")]
            continue
        pieces.append(_piece(text, lists[kind], added, indent))
    for start, end, piece in sorted(pieces, reverse=True):
        text = text[:start] + piece.replace("\n", newline) + text[end:]
    if missing:
        end = _end(text)
        lead = "" if end == 0 or text[end - 1] in "\r\n" else newline
        text = text[:end] + lead + newline.join([*missing, ""]) + text[end:]
    return text


def _piece(text: str, found: _List, added: Sequence[Addition], indent: str) -> tuple[int, int, str]:
    """Return what replaces the code points between two places of a text."""
    if found.block:
        lead = "\n" if found.end and text[found.end - 1] not in "\r\n" else ""
        return found.end, found.end, lead + "\n" + "\n".join([*_lines(added, " " * found.column), ""])
    if found.empty and "#" not in text[found.start : found.end]:
        # `claims: []   # a comment`: the comment stays where it is, the records follow on their own lines.
        line = _BREAK.search(text, found.end)
        stop = len(text) if line is None else line.start()
        rest = text[found.end : stop].rstrip()
        body = "\n".join(_lines(added, f"{indent}  "))
        start = found.start if rest else len(text[: found.start].rstrip(" "))
        return start, stop, f"{rest.lstrip()}\n{body}" if rest else f"\n{body}"
    last = found.end - 1
    before = text[found.start + 1 : last].rstrip()
    comma = "" if not before or before.endswith(",") or found.empty else ","
    items = ",\n".join(
        "".join(f"{indent}  # {line}\n" for line in each.comments) + f"{indent}  {flow(each.record)}" for each in added
    )
    return last, last, f"{comma}\n{items}\n{indent}"


def _lines(added: Sequence[Addition], indent: str) -> list[str]:
    """Return the lines of new records, a blank one between two."""
    lines: list[str] = []
    for each in added:
        lines += [""] if lines else []
        lines += [f"{indent}# {comment}".rstrip() for comment in each.comments]
        lines += [f"{indent}{line}" for line in record(each.record)]
    return lines


def _lists(text: str) -> tuple[dict[str, _List], str]:
    """Return the lists at the top of a document by their names, and the indentation of those names."""
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def offset(event: Event) -> int:
        return starts[event.line - 1] + event.column - 1

    read = [event for event in events(text, "yaml") if event.what != "broken"]
    if not read or read[0].what != "mapping" or text[offset(read[0])] == "{":
        raise UsageError(
            "the table is written on one line, in braces", hint="write it as YAML with a line for each field"
        )
    keys = _top(read)
    found: dict[str, _List] = {}
    for number, (key, value) in enumerate(keys):
        if value.what != "list":
            continue
        place = offset(value)
        if text[place] == "-":
            until = starts[keys[number + 1][0].line - 1] if number + 1 < len(keys) else _end(text)
            end = _last_line(text, starts, until, value.column - 1)
            found[str(key.value)] = _List(block=True, empty=False, start=place, end=end, column=value.column - 1)
        elif text[place] == "[":
            closing, empty = _closing(read, value)
            found[str(key.value)] = _List(block=False, empty=empty, start=place, end=offset(closing) + 1, column=0)
        else:
            raise UsageError(f"`{key.value}` has an anchor or a tag", hint="write the list without it")
    return found, " " * (read[0].column - 1)


def _top(read: Sequence[Event]) -> list[tuple[Event, Event]]:
    """Return every key of the outermost mapping with the event that begins its value."""
    found: list[tuple[Event, Event]] = []
    depth = 0
    key: Event | None = None
    for event in read:
        if event.what == "end":
            depth -= 1
            continue
        if depth == 1:
            if key is None:
                key = event
            else:
                found.append((key, event))
                key = None
        if event.what in {"mapping", "list"}:
            depth += 1
    return found


def _closing(read: Sequence[Event], opening: Event) -> tuple[Event, bool]:
    """Return the event that ends a list, and whether the list is empty."""
    at = next(number for number, event in enumerate(read) if event is opening)
    depth = 0
    for number in range(at, len(read)):
        depth += {"mapping": 1, "list": 1, "end": -1}.get(read[number].what, 0)
        if depth == 0:
            return read[number], number == at + 1
    raise UsageError("a list of the table does not end", hint="close its bracket")


def _last_line(text: str, starts: Sequence[int], until: int, column: int) -> int:
    """Return the end of the last line before `until` that belongs to a list whose items begin at `column`.

    Comments further in than the items belong to the last of them; those further out lead to what follows. A line of a
    block text that looks like a comment always stands further in.
    """
    for number in range(len(starts) - 1, -1, -1):
        start = starts[number]
        if start >= until:
            continue
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        line = text[start:end]
        inner = line.strip()
        if inner and not (inner.startswith("#") and len(line) - len(line.lstrip(" ")) <= column):
            return end
    return until


def _end(text: str) -> int:
    """Return where a document ends: before `...`, else at the end of the text."""
    mark = re.search(r"^\.\.\.(?=\s|$)", text, re.MULTILINE)
    return len(text) if mark is None else mark.start()
