"""The JSON Schema of a table, so that an editor completes what a curator writes and explains it."""

import json
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import CoreSchema

from bonerx.evidence.record import SINGULAR, types
from bonerx.model.field import Ref
from bonerx.model.table import EvidenceTable

_DIALECT = GenerateJsonSchema.schema_dialect


class _Generator(GenerateJsonSchema):
    """JSON Schema that names its dialect and says of every reference what it names."""

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        """Return the schema with the dialect in front."""
        return {"$schema": _DIALECT, **super().generate(schema, mode=mode)}


def table_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an evidence table as plain data."""
    schema = TypeAdapter(EvidenceTable).json_schema(schema_generator=_Generator)
    schema["title"] = "Evidence table"
    schema["properties"]["$schema"] = {
        "type": "string",
        "title": "Schema",
        "description": "For editors; it says nothing.",
    }
    for record in _dataclasses(EvidenceTable):
        of = schema if record is EvidenceTable else schema["$defs"][record.__name__]
        hints = get_type_hints(record, include_extras=True)
        for each in fields(record):
            referred = _referred(hints[each.name])
            if referred is not None:
                _describe(
                    of["properties"][each.name], f"The id of {_article(SINGULAR[referred])}.", f"Ids in `{referred}`."
                )
    return schema


def schema_text() -> str:
    """Return the schema as the text of `data/evidence.schema.json`."""
    return json.dumps(table_schema(), ensure_ascii=False, indent=2) + "\n"


def _describe(schema: dict[str, Any], one: str, many: str) -> None:
    is_list = schema.get("type") == "array" or any(each.get("type") == "array" for each in schema.get("anyOf", ()))
    schema.setdefault("description", many if is_list else one)


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _referred(hint: Any) -> str | None:
    """Return the kind of record that the identifiers in a type name, None where it holds none."""
    if get_origin(hint) is Annotated:
        return next((each.kind for each in get_args(hint)[1:] if isinstance(each, Ref)), None)
    inner = [each for each in get_args(hint) if each not in {NoneType, Ellipsis}]
    return _referred(inner[0]) if len(inner) == 1 else None


def _dataclasses(root: type[Any]) -> list[type[Any]]:
    """Return a dataclass and every dataclass that its fields hold, at any depth."""
    found: list[type[Any]] = []
    waiting: list[Any] = [root, *types().values()]
    while waiting:
        current = waiting.pop()
        if is_dataclass(current) and isinstance(current, type):
            if current not in found:
                found.append(current)
                waiting += get_type_hints(current).values()
        else:
            waiting += [each for each in get_args(current) if each not in {NoneType, Ellipsis}]
    return found
