"""Plain data in, an evidence table out, or every fault of its types with its place."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.load import Loaded
from bonerx.evidence.documents.locate import Path, Wanted, locate, shown
from bonerx.evidence.fault_list import Ledger
from bonerx.evidence.messages import Problem, problem
from bonerx.evidence.record import head_validator, types, validator
from bonerx.evidence.text import printable
from bonerx.model.table import EvidenceTable

_ANY_HEAD = "$schema"
"""A key that editors of JSON use, and that says nothing about the evidence."""


def validate(loaded: Loaded, ledger: Ledger) -> EvidenceTable | None:
    """Return the table that a document holds; None, with its faults in the ledger, where it is not one."""
    data = loaded.data
    name = loaded.content.name
    if not isinstance(data, dict):
        hint = "a table begins with `format: bonerx-evidence/1`"
        ledger.add(Fault(name, 1, 1, "", "a table must be a mapping", hint))
        return None
    found: list[tuple[Path, Problem, str | None]] = []
    held: dict[str, Any] = {}
    head = {key: value for key, value in data.items() if key not in types() and key != _ANY_HEAD}
    found += [((), each, None) for each in _problems(head_validator(), EvidenceTable, head, held, "")]
    for kind, record in types().items():
        items = data.get(kind, [])
        if not isinstance(items, list):
            message, hint = "must be a list of records", f"write `{kind}: []`, or leave the field out"
            found.append(((), Problem((kind,), message, hint), None))
            continue
        records: dict[int, Any] = {}
        for number, item in enumerate(items):
            for each in _problems(validator(kind), record, item, records, number):
                found.append(((kind, number), each, id_of(item)))
                if len(found) + ledger.count > limits.FAULTS:
                    ledger.extend(_faults(loaded, found))
                    return None
        held[kind] = tuple(records.values())
    if found:
        ledger.extend(_faults(loaded, found))
        return None
    table: EvidenceTable = held.pop("")
    return EvidenceTable(format=table.format, title=table.title, **held)


def id_of(item: object) -> str | None:
    """Return the id of a record in plain data, where it has one."""
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) else None


def where(path: Path, record: str | None) -> str:
    """Return the path of a field as faults show it, with its record's id where that is known."""
    return shown(path) if record is None else f"{shown(path)} ({printable(record, 100)})"


def problems_of(error: ValidationError, record: type[Any]) -> Iterator[Problem]:
    """Return what a validator found, in plain words."""
    if error.error_count() > limits.RECORD_FAULTS:
        yield Problem((), f"the record has {error.error_count()} faults", "write it anew")
        return
    for each in error.errors(include_url=False):
        yield problem(each, record)


def _problems(judge: Any, record: type[Any], item: object, held: dict[Any, Any], key: str | int) -> Iterator[Problem]:
    """Put the validated record into `held`, or return its problems.

    Everything is judged as JSON, whatever format it came in, so that a table means the same in each of them.
    """
    raw = json.dumps(item, ensure_ascii=False).encode("utf-8")
    try:
        held[key] = judge.validate_json(raw, strict=True)
    except ValidationError as error:
        yield from problems_of(error, record)


def _faults(loaded: Loaded, found: list[tuple[Path, Problem, str | None]]) -> Iterator[Fault]:
    wanted = [Wanted((*path, *each.path), each.at_key) for path, each, _ in found]
    places = locate(loaded.text, loaded.form, wanted)
    for sought, (_, each, record) in zip(wanted, found, strict=True):
        line, column = places[sought]
        yield Fault(loaded.content.name, line, column, where(sought.path, record), each.message, each.hint)
