"""From the path of a field to its line and column, by reading a document once more when there are faults."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from bonerx.evidence.documents.event import Event, Format
from bonerx.evidence.documents.parse import events

Key = str | int
Path = tuple[Key, ...]
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_LONGEST = 120


class Place(NamedTuple):
    """A line and column, counted from 1."""

    line: int
    column: int


class Wanted(NamedTuple):
    """A field looked for: its value, or, `at_key`, its name."""

    path: Path
    at_key: bool = False


def shown(path: Iterable[Key]) -> str:
    """Return a path as faults show it: `claims[3].hedge.cues.en[0]`."""
    parts: list[str] = []
    for key in path:
        if isinstance(key, int):
            parts.append(f"[{key}]")
        elif _SIMPLE.fullmatch(key):
            parts.append(f".{key}" if parts else key)
        else:
            parts.append(f"[{key[:60]!r}]")
    text = "".join(parts)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def locate(text: str, form: Format, wanted: Collection[Wanted]) -> dict[Wanted, Place]:
    """Return where each wanted field of a document stands; one that is missing stands where its record begins."""
    sought = {Wanted(path[:depth]) for path, _ in wanted for depth in range(len(path) + 1)} | set(wanted)
    found: dict[Wanted, Place] = {}
    for path, at_key, event in _walk(text, form):
        here = Wanted(path, at_key)
        if here in sought and here not in found:
            found[here] = Place(event.line, event.column)
            if len(found) == len(sought):
                break
    return {each: _nearest(each, found) for each in wanted}


def _nearest(wanted: Wanted, found: dict[Wanted, Place]) -> Place:
    if wanted in found:
        return found[wanted]
    for depth in range(len(wanted.path), -1, -1):
        if (above := Wanted(wanted.path[:depth])) in found:
            return found[above]
    return Place(1, 1)


def _walk(text: str, form: Format) -> Iterator[tuple[Path, bool, Event]]:
    """Yield every key and every value with its path; what an alias repeats is the alias."""
    path: list[Key] = []
    mappings: list[bool] = []  # of every open collection, whether it is a mapping
    pending: list[bool] = []  # of every open collection, whether its next value has had its key
    for event in events(text, form):
        if event.what == "broken":
            return
        if event.what == "end":
            if not mappings:
                return
            mappings.pop()
            pending.pop()
            _advance(path, mappings, pending)
            continue
        if mappings and mappings[-1] and not pending[-1] and event.what in {"scalar", "alias"}:
            pending[-1] = True
            path[-1] = str(event.value)
            yield tuple(path), True, event
            continue
        yield tuple(path), False, event
        if event.what in {"mapping", "list"}:
            is_mapping = event.what == "mapping"
            mappings.append(is_mapping)
            pending.append(False)
            path.append("" if is_mapping else 0)
        else:
            _advance(path, mappings, pending, closed=False)


def _advance(path: list[Key], mappings: list[bool], pending: list[bool], *, closed: bool = True) -> None:
    """Move on to the next item of the innermost open collection, out of the one just `closed`."""
    if closed:
        path.pop()
    if not mappings:
        return
    if mappings[-1]:
        pending[-1] = False
    else:
        last = path[-1]
        path[-1] = last + 1 if isinstance(last, int) else 0
