"""One YAML or JSON document, from bytes to plain data that means one thing only."""

import json
import math
import os
import re
from typing import NamedTuple

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.construct import build
from bonerx.evidence.documents.event import Format
from bonerx.evidence.documents.parse import events
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.files import FORMS, STDIN, Content, TableFile, digest, read
from bonerx.evidence.text import decode, strange

_FIRST_RECORD = re.compile(rb'[ \t\r\n]*\{[^\r\n]*"record"[ \t]*:[^\r\n]*\}[ \t]*(?:\r?\n|$)')
_HEAD = 64 * 1024


class Loaded(NamedTuple):
    """A document as it was read: `data` is its plain data, `text` what its positions refer to."""

    content: Content
    form: Format
    text: str
    data: object


def form_of(name: str, head: bytes) -> Format:
    """Return the format of a file, by its name or else by how its content begins."""
    known = FORMS.get(os.path.splitext(name)[1].lower())  # noqa: PTH122
    if known is not None:
        return known
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:_HEAD]
    if not start.startswith((b"{", b"[")):
        return "yaml"
    return "ndjson" if _FIRST_RECORD.match(start) else "json"


def fetch(file: TableFile) -> tuple[Content, Format]:
    """Return the content of a file and its format: a document within the limit of its size, NDJSON whole.

    A document beyond the limit comes back one byte longer than it, so that `load` refuses it.
    """
    raw = read(file.path, limits.DOCUMENT_BYTES, name=file.name)
    form = form_of(file.name, raw)
    if form == "ndjson" and len(raw) > limits.DOCUMENT_BYTES:
        streams = file.path == STDIN or file.path.startswith("/dev/")
        rest = read(file.path, limits.STREAM_BYTES, name=file.name)
        raw = raw + rest if streams else rest
    return Content(file.name, file.path, raw, digest(raw)), form


def load(content: Content, form: Format, fault_list: FaultList) -> Loaded | None:
    """Return the plain data of a document, or None and its faults in the list."""
    before = fault_list.count
    if len(content.raw) > limits.DOCUMENT_BYTES:
        size = limits.DOCUMENT_BYTES // 1024**2
        hint = "bring a large table as NDJSON, one record a line"
        fault_list.add(Fault(content.name, None, None, "", f"the document is larger than {size} MiB", hint))
        return None
    text, misread = decode(content.raw)
    for line, column, message, hint in misread:
        fault_list.add(Fault(content.name, line, column, "", message, hint))
    if misread:
        return None
    if form == "json":
        quick = _quick_json(text)
        data = quick if quick is not None else build(events(text, form), content.name, fault_list)
    else:
        data = build(events(text, form), content.name, fault_list)
    if fault_list.count > before:
        return None
    if data is None:
        hint = "a table begins with `format: bonerx-evidence/1`"
        fault_list.add(Fault(content.name, 1, 1, "", "the document is empty", hint))
        return None
    return Loaded(content, form, text, data)


class _Doubtful(Exception):
    """The document holds something that only reading it event by event can name and place."""


def _quick_json(text: str) -> object:
    """Return the data of a JSON document at the standard library's speed, None where it is not beyond doubt."""
    try:
        data = json.loads(text, object_pairs_hook=_unique)
        _look_through(data)
    except (_Doubtful, ValueError, RecursionError):
        return None
    return data


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Doubtful
    return found


def _look_through(data: object) -> None:
    """Raise `_Doubtful` where a value breaks a limit that `json.loads` does not know."""
    level: list[object] = [data]
    nodes = 0
    for depth in range(limits.DEPTH + 1):
        if depth == limits.DEPTH and any(isinstance(value, dict | list) for value in level):
            raise _Doubtful
        nodes += len(level)
        if nodes > limits.NODES:
            raise _Doubtful
        below: list[object] = []
        for value in level:
            if isinstance(value, str):
                if strange(value) is not None:
                    raise _Doubtful
            elif isinstance(value, dict):
                if any(strange(key) is not None for key in value):
                    raise _Doubtful
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, int):
                if abs(value) >= 10**18:
                    raise _Doubtful
            elif isinstance(value, float) and not math.isfinite(value):
                raise _Doubtful
        if not below:
            return
        level = below
