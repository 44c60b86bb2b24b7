"""The fields of the JSON document for the generated reference, from the schema that `bonerx schema answer` prints."""

from collections.abc import Callable, Iterator
from typing import Any

from bonerx.cli.app import COMMANDS
from bonerx.questions.tables.schema import answer_schema

Schema = dict[str, Any]
IN_TABLE = ("Agent", "Outcome", "Population", "Code", "Membership")
"""Records that stand in the document just as in a table, and are described there."""
WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
    "null": "null",
}


def document(rows: Callable[..., str]) -> Iterator[str]:
    """Yield each command's query and answer, then what they are made of."""
    schema = answer_schema()
    defined: dict[str, Schema] = schema["$defs"]
    documents = [_name(one) for one in schema["anyOf"] if _there(defined[_name(one)], defined)]
    waiting: list[str] = []
    yield "## Query and answer of each command"
    asked = [
        (_line(defined[name].get("description", "")).removesuffix("."), *_own(defined[name], defined, waiting))
        for name in documents
        if name != "ErrorDocument"
    ]
    yield rows("document", asked, "`query`", "`answer`")
    yield "## Error"
    yield _line(defined["ErrorDocument"]["description"])
    own = [key for key in defined["ErrorDocument"]["properties"] if key in ("status", "query", "answer", "error")]
    yield rows("field", _fields(defined["ErrorDocument"], defined, waiting, own), "holds", "meaning")
    yield "## What they are made of"
    told = set(documents)
    while waiting:
        name = waiting.pop(0)
        if name in told:
            continue
        told.add(name)
        yield f"### {name}"
        yield _line(defined[name].get("description", ""))
        yield rows("field", _fields(defined[name], defined, waiting), "holds", "meaning")


def _there(document: Schema, defined: dict[str, Schema]) -> bool:
    """Whether a document is of a command that the program has."""
    query = document["properties"]["query"]
    asked = defined[_name(query)]["properties"]["command"] if "$ref" in query else {}
    names = asked.get("enum", [asked["const"]] if "const" in asked else [])
    return not names or any(name in COMMANDS for name in names)


def _own(document: Schema, defined: dict[str, Schema], waiting: list[str]) -> Iterator[str]:
    for key in ("query", "answer"):
        yield _held(document["properties"][key], defined, waiting)


def _fields(
    of: Schema, defined: dict[str, Schema], waiting: list[str], only: list[str] | None = None
) -> Iterator[tuple[str, str, str]]:
    needed = of.get("required", ())
    for name, one in of["properties"].items():
        if only is None or name in only:
            meaning = one.get("description") or (
                _described(one, defined) if name not in needed or "$ref" in one else ""
            )
            absent = "" if name in needed else "May be absent. "
            yield f"`{name}`", _held(one, defined, waiting), _line(f"{absent}{meaning}".strip())


def _described(one: Schema, defined: dict[str, Schema]) -> str:
    return str(defined[_name(one)].get("description", "")) if "$ref" in one else ""


def _held(one: Schema, defined: dict[str, Schema], waiting: list[str]) -> str:
    """Return what a field holds, in words, with links to what is described elsewhere."""
    if "$ref" in one:
        name = _name(one)
        if name in IN_TABLE or "enum" in defined[name]:
            return f"[{name}](evidence-table.md#{name.lower()})"
        waiting.append(name)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in one:
        return " or ".join(dict.fromkeys(_held(each, defined, waiting) for each in one["anyOf"]))
    if "const" in one:
        return f"`{one['const']}`"
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if one.get("type") == "array":
        return f"list: {_held(one['items'], defined, waiting)}" if one.get("items") else "list"
    if one.get("type") == "object":
        inner = one.get("additionalProperties")
        return f"by key: {_held(inner, defined, waiting)}" if isinstance(inner, dict) and inner else "object"
    return WORDS.get(one.get("type", ""), "anything")


def _name(one: Schema) -> str:
    return str(one["$ref"]).rsplit("/", 1)[1]


def _line(text: str) -> str:
    return " ".join(text.split())
