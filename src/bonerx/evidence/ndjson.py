"""NDJSON, one record a line, validated as it streams by: a million claims in the memory of a few."""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO, NamedTuple

from jiter import from_json
from pydantic import ValidationError

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.construct import build
from bonerx.evidence.documents.locate import Wanted, locate
from bonerx.evidence.documents.parse import events
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.record import KIND, SINGULAR, head_validator, types, validator
from bonerx.evidence.text import STRANGE, decode, printable
from bonerx.evidence.validate import id_of, nearest, problems_of, where
from bonerx.model.table import EvidenceTable

_BLOCK = 128 * 1024
"""Bytes read at once."""
_RECORD = re.compile(rb'\s*\{\s*"record"\s*:\s*"([a-z]+)"\s*(?:,|(?=\}))')
"""How a line begins that names its kind first."""
_DOUBTFUL_ESCAPE = re.compile(r"\\(?:[bfr]|u(?:00[0189]|007[fF]|20[26]|[dD][89a-fA-F]))")


Titled = Callable[[str | None], object]
"""What is told the title that a file's head gives its table."""


class Line(NamedTuple):
    """One valid record of an NDJSON file: its kind, the record, the line's number and its bytes.

    `text` is the record as JSON, without its kind, where it stands in the line as a valid one; empty where it does not.
    """

    kind: str
    record: Any
    number: int
    raw: bytes = b""
    text: str = ""


def stream(file: BinaryIO, name: str, fault_list: FaultList, titled: Titled | None = None) -> Iterator[Line]:
    """Yield the valid records of an NDJSON file, and note the faults of the others, in bounded memory.

    `titled` is told the title of the table.
    """
    most = limits.RECORDS
    for count, (number, raw) in enumerate(lines(file, name, fault_list)):
        if count >= most:
            fault_list.add(Fault(name, number, 1, "", f"more than {most} records", "split the file"))
            return
        if fault_list.is_full:
            return
        line = _quickly(raw, number) or _slowly(raw, number, name, fault_list, titled)
        if line is not None:
            yield line


def _quickly(raw: bytes, number: int) -> Line | None:
    """Return the record of a line that is valid at first sight, None for any other."""
    begin = _RECORD.match(raw)
    if begin is None:
        return None
    kind, validate = _reader(begin[1])
    if kind is None:
        return None
    try:
        text = "{" + raw[begin.end() :].decode().rstrip("\r\n")
        if (not text.isascii() or "\x7f" in text) and STRANGE.search(text):  # others are none of JSON
            return None
        if "\\" in text and _DOUBTFUL_ESCAPE.search(text):
            return None
        from_json(raw, catch_duplicate_keys=True, cache_mode="keys")  # the validator keeps the last of two equal keys
        return Line(kind, validate(text, strict=True), number, raw, text)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _reader(name: bytes) -> tuple[str | None, Any]:
    """Return the kind of record that has a name, and what reads one of JSON; None where there is no such kind."""
    kind = KIND.get(name.decode())
    return kind, None if kind is None else validator(kind).validate_json


def lines(file: BinaryIO, name: str, fault_list: FaultList) -> Iterator[tuple[int, bytes]]:
    """Yield the number and bytes of every line that is not blank, without its end."""
    number, longest, too_long = 0, limits.LINE_BYTES, 0
    begun = file.read(_BLOCK).removeprefix(b"\xef\xbb\xbf")
    while begun:
        *whole, begun = begun.split(b"\n")
        for raw in whole:
            number += 1
            if len(raw) > longest or number == too_long:
                too_long = _note_length(number, too_long, name, fault_list)
            elif raw and not raw.isspace():
                yield number, raw
        if len(begun) > longest:
            too_long = _note_length(number + 1, too_long, name, fault_list)
            begun = begun[:1]
        block = file.read(_BLOCK)
        if not block:
            break
        begun += block
    if begun and not begun.isspace() and number + 1 != too_long:
        yield number + 1, begun


def _note_length(number: int, noted: int, name: str, fault_list: FaultList) -> int:
    """Note once that a line is too long, and return its number."""
    if number != noted:
        size = limits.LINE_BYTES // 1024
        fault_list.add(Fault(name, number, 1, "", f"the line is longer than {size} KiB", "one line holds one record"))
    return number


def _slowly(raw: bytes, number: int, name: str, fault_list: FaultList, titled: Titled | None) -> Line | None:
    """Return the record of a line that is not valid at first sight, or None with every fault of it noted."""
    here = FaultList()
    text, misread = decode(raw.rstrip(b"\r\n"))
    here.extend(Fault(name, line, column, "", message, hint) for line, column, message, hint in misread)
    data = None if misread else build(events(text, "json"), name, here)
    found = None if here.count else _record(data, raw, number, text, name, here, titled)
    fault_list.extend(fault._replace(line=number) for fault in here.faults() if fault.line is not None)
    return found


def _record(
    data: object, raw: bytes, number: int, text: str, name: str, fault_list: FaultList, titled: Titled | None
) -> Line | None:
    if not isinstance(data, dict):
        fault_list.add(Fault(name, 1, 1, "", "a line must hold a record in braces", '`{"record": "claim", …}`'))
        return None
    said = data.pop("record", None)
    kind = KIND.get(said) if isinstance(said, str) else None
    record: type[Any]
    if kind is not None:
        judge, record = validator(kind), types()[kind]
    elif said == "table":
        judge, record = head_validator(), EvidenceTable
        nested = [key for key in data if key in SINGULAR]
        if nested:
            message = "the first line holds no records"
            column = locate(text, "json", [at := Wanted((nested[0],), at_key=True)])[at].column
            fault_list.add(Fault(name, 1, column, f"table.{nested[0]}", message, "one line holds one record"))
            return None
    else:
        fault_list.add(_unknown_record(said, text, name))
        return None
    try:
        value = judge.validate_json(json.dumps(data, ensure_ascii=False).encode("utf-8"), strict=True)
    except ValidationError as error:
        problems = list(problems_of(error, record))
        wanted = [Wanted(each.path, each.at_key) for each in problems]
        places = locate(text, "json", wanted)
        for sought, each in zip(wanted, problems, strict=True):
            path = where((str(said), *each.path), id_of(data))
            fault_list.add(Fault(name, 1, places[sought].column, path, each.message, each.hint))
        return None
    if kind is None:
        if titled is not None:
            titled(value.title)
        return None
    return Line(kind, value, number, raw)


def _unknown_record(said: object, text: str, name: str) -> Fault:
    names = [*SINGULAR.values(), "table"]
    allowed = f"allowed: {', '.join(f'`{each}`' for each in names)}"
    if said is None:
        return Fault(name, 1, 1, "record", "`record` is missing", allowed)
    column = locate(text, "json", [at := Wanted(("record",))])[at].column
    close = nearest(said, names)
    hint = allowed if close is None else f"did you mean `{close}`? Allowed{allowed[7:]}"
    return Fault(name, 1, column, "record", f"`{printable(str(said))}` is no kind of record", hint)
