"""A table as a file that reads as the same table: YAML for people, JSON, or NDJSON that is written as it comes."""

import json
from collections.abc import Iterator
from typing import Any, Literal, get_args

from bonerx.errors import UsageError
from bonerx.evidence import limits
from bonerx.evidence.record import SINGULAR
from bonerx.evidence.yaml_writer import data, record, scalar
from bonerx.model.table import EvidenceTable

Form = Literal["yaml", "json", "ndjson"]
FORMS: tuple[Form, ...] = get_args(Form)
"""The forms that a table is written in, the one for people first."""


def written(table: EvidenceTable, form: Form) -> Iterator[str]:
    """Return the lines of a table: kinds and fields in the order of the model, records in that of the table.

    Raise UsageError where it is larger than a document of this form may be. The lines of NDJSON come one by one.
    """
    if form == "ndjson":
        return _ndjson(table)
    lines = _yaml(table) if form == "yaml" else _json(table)
    return iter(_within_limits(lines, table, form))


def rows(table: EvidenceTable) -> Iterator[tuple[str, str, str]]:
    """Yield every record with its kind and id, as JSON."""
    for kind, name in SINGULAR.items():
        for each in getattr(table, kind):
            yield name, each.id, _line(data(each))


def plain(table: EvidenceTable) -> dict[str, Any]:
    """Return the plain data of a table, its records as they are read."""
    kinds = {kind: map(data, getattr(table, kind)) for kind in SINGULAR if getattr(table, kind)}
    return _head(table) | kinds


def _head(table: EvidenceTable) -> dict[str, Any]:
    return {"format": table.format} | ({} if table.title is None else {"title": table.title})


def _yaml(table: EvidenceTable) -> Iterator[str]:
    for key, value in _head(table).items():
        yield f"{key}: {scalar(value)}\n"
    for kind in SINGULAR:
        records = getattr(table, kind)
        if records:
            yield f"\n{kind}:\n"
        for number, each in enumerate(records):
            if number:
                yield "\n"
            for line in record(each):
                yield f"  {line}\n"


def _json(table: EvidenceTable) -> Iterator[str]:
    """Yield a document with a record a line."""
    yield "{"
    for number, (key, value) in enumerate(_head(table).items()):
        yield f"{',' if number else ''}\n  {_line(key)}: {_line(value)}"
    for kind in SINGULAR:
        records = getattr(table, kind)
        if records:
            yield f",\n  {_line(kind)}: ["
            for number, each in enumerate(records):
                yield f"{',' if number else ''}\n    {_line(data(each))}"
            yield "\n  ]"
    yield "\n}\n"


def _ndjson(table: EvidenceTable) -> Iterator[str]:
    yield _line({"record": "table", **_head(table)}) + "\n"
    for kind, name in SINGULAR.items():
        for each in getattr(table, kind):
            line = _line({"record": name, **data(each)}) + "\n"
            if len(line.encode()) > limits.LINE_BYTES:
                size = limits.LINE_BYTES // 1024
                raise UsageError(f"the {name} `{each.id}` is larger than {size} KiB, the most that a line may hold")
            yield line


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _within_limits(lines: Iterator[str], table: EvidenceTable, form: Form) -> list[str]:
    """Return the lines of a document, or raise UsageError where nobody could read it back."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line.encode())
        if size > limits.DOCUMENT_BYTES:
            break
    else:
        if _nodes(data(table)) <= limits.NODES:
            return held
    raise UsageError(
        f"the table is too large for one document of {form.upper()}", hint="write it as NDJSON: `--to ndjson`"
    )


def _nodes(value: Any) -> int:
    """Return of how many values plain data consists."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_nodes, inner))
