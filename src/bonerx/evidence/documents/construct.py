"""Plain data from the events of a document, with everything refused that would silently lose or multiply a value."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.event import Event
from bonerx.evidence.documents.locate import Key, shown
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.text import printable, strange


class _Size(NamedTuple):
    """What a value amounts to, its aliases expanded: nodes, characters of scalars, levels of nesting."""

    nodes: int = 1
    characters: int = 0
    height: int = 0


@dataclass(slots=True)
class _Open:
    """A mapping or list under construction; `key` is the mapping's key that waits for its value."""

    event: Event
    value: Any
    key: str | None = None
    is_key: bool = False
    lines: dict[str, int] = field(default_factory=dict)
    nodes: int = 1
    characters: int = 0
    height: int = 1


class _Stop(Exception):
    """The document breaks a limit, so that reading on would only take time and memory."""


def build(document: Iterator[Event], name: str, fault_list: FaultList) -> object:
    """Return the plain data of a document, and note all its faults, as of the file `name`.

    The data is for use only where the fault_list stays as it was. Aliases share their value; its size counts each time.
    """
    builder = _Builder(name, fault_list)
    try:
        for event in document:
            builder.take(event)
    except _Stop:
        return None
    return builder.root


class _Builder:
    """The state of one construction: open collections, anchors, and the size so far."""

    def __init__(self, name: str, fault_list: FaultList) -> None:
        self.root: Any = None
        self._name = name
        self._faults_found = fault_list
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, _Size]] = {}
        self._aliases = self._nodes = self._characters = 0

    def take(self, event: Event) -> None:
        """Add one event to what is built."""
        if event.fault is not None:
            self._fault(event, event.fault, event.hint)
        if event.what == "broken":
            raise _Stop
        if event.what == "end":
            self._close()
        elif event.what == "scalar":
            self._scalar(event)
        elif event.what == "alias":
            self._alias(event)
        else:
            self._open(event)

    def _fault(self, event: Event, message: str, hint: str | None = None) -> None:
        self._faults_found.add(Fault(self._name, event.line, event.column, shown(self._path()), message, hint))
        if self._faults_found.is_full:
            raise _Stop

    def _path(self) -> list[Key]:
        path: list[Key] = []
        for frame in self._stack:
            if isinstance(frame.value, list):
                path.append(len(frame.value))
            elif frame.key is not None:
                path.append(frame.key)
        return path

    def _open(self, event: Event) -> None:
        if len(self._stack) >= limits.DEPTH:
            self._fault(event, f"nested more than {limits.DEPTH} deep", "a table needs no more than ten levels")
            raise _Stop
        frame = _Open(event, {} if event.what == "mapping" else [])
        if self._awaits_key():
            self._fault(event, "a key must be a text, not a list or mapping")
            frame.is_key = True
        self._stack.append(frame)
        self._measure(event, 1, 0)
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)

    def _close(self) -> None:
        frame = self._stack.pop()
        size = _Size(frame.nodes, frame.characters, frame.height)
        if frame.event.anchor is not None:
            self._anchors[frame.event.anchor] = (frame.value, size)
        if frame.is_key:
            self._stack[-1].key = "?"
        else:
            self._place(frame.event, frame.value, size)

    def _scalar(self, event: Event) -> None:
        value = event.value
        characters = len(value) if isinstance(value, str) else 8
        if isinstance(value, str) and (found := strange(value)) is not None:
            self._fault(event, f"the text holds {found[1]} (its character {found[0] + 1})", "remove it")
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, _Size(1, characters))
        if not self._awaits_key():
            self._measure(event, 1, characters)
        self._place(event, value, _Size(1, characters))

    def _alias(self, event: Event) -> None:
        self._aliases += 1
        if self._aliases > limits.ALIASES:
            self._fault(event, f"more than {limits.ALIASES} aliases", "write the values out")
            raise _Stop
        anchor = event.anchor or ""
        if anchor not in self._anchors:
            inside = any(frame.event.anchor == anchor for frame in self._stack)
            message = f"the alias `*{anchor}` stands inside what it repeats" if inside else f"no anchor `&{anchor}`"
            self._fault(event, message)
            self._place(event, "", _Size())
            return
        value, size = self._anchors[anchor]
        if len(self._stack) + size.height > limits.DEPTH:
            self._fault(event, f"nested more than {limits.DEPTH} deep once `*{anchor}` is written out")
            raise _Stop
        self._measure(event, size.nodes, size.characters)
        self._place(event, value, size)

    def _measure(self, event: Event, nodes: int, characters: int) -> None:
        self._nodes += nodes
        self._characters += characters
        much = f"{limits.NODES} values" if self._nodes > limits.NODES else f"{limits.EXPANDED_CHARACTERS} characters"
        if self._nodes > limits.NODES or self._characters > limits.EXPANDED_CHARACTERS:
            aliases = " once its aliases are written out" if self._aliases else ""
            self._fault(event, f"the document is too large{aliases}: more than {much}")
            raise _Stop

    def _awaits_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None

    def _place(self, event: Event, value: object, size: _Size) -> None:
        if not self._stack:
            self.root = value
            return
        if self._awaits_key():
            self._key(event, value)
            return
        frame = self._stack[-1]
        frame.nodes += size.nodes
        frame.characters += size.characters
        frame.height = max(frame.height, size.height + 1)
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None

    def _key(self, event: Event, value: object) -> None:
        frame = self._stack[-1]
        if not isinstance(value, str):
            self._fault(event, f"the key {_written(value)} is not a text", "put it in quotes")
            frame.key = "?"
            return
        if value in frame.lines:
            message = f"the key {_written(value)} stands here twice, first in line {frame.lines[value]}"
            self._fault(event, message, "keep one of them")
        frame.lines.setdefault(value, event.line)
        frame.key = value


def _written(value: object) -> str:
    """Return a key as messages show it."""
    if isinstance(value, dict | list):
        return "that is a list or mapping"
    return f"`{printable(value if isinstance(value, str) else json.dumps(value))}`"
