"""Plain data in, an evidence table out, or every fault of its types: which field, where, what is wrong and allowed."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import ValidationError

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.load import Loaded
from bonerx.evidence.documents.locate import Key, Path, Wanted, locate, shown
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.record import head_validator, types, validator
from bonerx.evidence.text import printable
from bonerx.model.field import ID_PATTERN, SENTENCE_PATTERN
from bonerx.model.table import EvidenceTable
from bonerx.number import counted

_ANY_HEAD = "$schema"
"""A key that editors of JSON use, and that says nothing about the evidence."""
_LISTED = 30
_QUOTED = re.compile(r"'([^']*)'")
_PATTERNS = {
    ID_PATTERN: "lower-case letters and digits, words joined by single hyphens, such as `vitamin-k2`",
    SENTENCE_PATTERN: "the source's id, a slash and a label, such as `iwamoto-2003/S4`",
}
_BOUNDS = {
    "greater_than": ("gt", "greater than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_NEEDED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of ordinary size",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "`true` or `false`",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
}


class Problem(NamedTuple):
    """One thing wrong with a record: the path of the field within it, what is wrong, what is allowed."""

    path: Path
    message: str
    hint: str | None = None
    at_key: bool = False


def validate(loaded: Loaded, fault_list: FaultList) -> EvidenceTable | None:
    """Return the table that a document holds; None, with its faults in the list, where it is not one."""
    data = loaded.data
    name = loaded.content.name
    if not isinstance(data, dict):
        hint = "a table begins with `format: bonerx-evidence/1`"
        fault_list.add(Fault(name, 1, 1, "", "a table must be a mapping", hint))
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
                if len(found) + fault_list.count > limits.FAULTS:
                    fault_list.extend(_faults(loaded, found))
                    return None
        held[kind] = tuple(records.values())
    if found:
        fault_list.extend(_faults(loaded, found))
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


# --- what is wrong, in plain words ---


def problem(error: Any, record: type[Any]) -> Problem:
    """Return one error of the validator of `record` in plain words."""
    path: Path = tuple(error["loc"])
    at_key = bool(path) and path[-1] == "[key]"
    if at_key:
        path = path[:-1]
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind == "missing":
        return Problem(path, f"`{path[-1]}` is missing", _allowed(_type_at(record, path)))
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        return _unknown_field(path, record)
    if kind in {"enum", "literal_error"}:
        allowed = _QUOTED.findall(context["expected"])
        return Problem(path, f"{_written(given)} is not allowed here", _choice(given, allowed))
    if kind in _NEEDED:
        return Problem(path, f"must be {_NEEDED[kind]}, not {_described(given)}", _mend(kind, given, record, path))
    if kind == "string_pattern_mismatch":
        return _mismatch(path, given, context["pattern"], at_key=at_key)
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return Problem(path, f"must be {words} {context[bound]:g}, not {_written(given)}")
    return Problem(path, *_length(kind, context, error["msg"]), at_key=at_key)


def nearest(word: object, known: Sequence[str]) -> str | None:
    """Return the one of `known` that `word` was probably meant to be."""
    found = get_close_matches(str(word)[:100].lower(), known, n=1, cutoff=0.6)
    return found[0] if found else None


def _choice(given: object, allowed: Sequence[str]) -> str:
    listed = ", ".join(f"`{each}`" for each in allowed)
    close = nearest(given, allowed)
    return f"allowed: {listed}" if close is None else f"did you mean `{close}`? Allowed: {listed}"


def _unknown_field(path: Path, record: type[Any]) -> Problem:
    holder = _bare(_type_at(record, path[:-1]))
    known = [each.name for each in fields(holder)] if is_dataclass(holder) else []
    return Problem(
        path, f"unknown field {_written(path[-1])}", _choice(path[-1], known) if known else None, at_key=True
    )


def _mismatch(path: Path, given: object, pattern: str, *, at_key: bool) -> Problem:
    needed = _PATTERNS.get(pattern, "a language code such as `en` or `zh`")
    hint = f"an id is {needed}" if pattern in _PATTERNS else f"it must be {needed}"
    what = "an id" if pattern in _PATTERNS else "a language code"
    return Problem(path, f"{_written(given)} is not {what}", hint, at_key)


def _length(kind: str, context: Any, otherwise: str) -> tuple[str, str | None]:
    if kind == "string_too_short" and context["min_length"] == 1:
        return "must not be empty", "leave the field out where there is nothing to say"
    if kind == "string_too_short":
        return f"must have at least {counted(context['min_length'], 'character')}", None
    if kind == "string_too_long":
        return f"is longer than {counted(context['max_length'], 'character')}", None
    if kind == "too_long":
        return f"has more than {counted(context['max_length'], 'item')}", None
    return otherwise, None


def _mend(kind: str, given: object, record: type[Any], path: Path) -> str | None:
    if kind == "string_type" and isinstance(given, int | float):
        return "put it in quotes"
    if given is None:
        return "leave the field out where there is nothing to say"
    if kind in {"tuple_type", "list_type"} and isinstance(given, str):
        return f"write `[{printable(given)}]`"
    if kind == "dataclass_type":
        return _allowed(_type_at(record, path))
    return None


def _allowed(hint: Any) -> str | None:
    """Return what a field of this type may hold, where that can be said in a line."""
    bare = _bare(hint)
    if is_dataclass(bare):
        return f"its fields: {', '.join(f'`{each.name}`' for each in fields(bare))}"
    values = getattr(bare, "__members__", None)
    if values is not None and len(values) <= _LISTED:
        return f"allowed: {', '.join(f'`{each.value}`' for each in values.values())}"
    return None


def _type_at(record: Any, path: Sequence[Key]) -> Any:
    """Return the type of the field at `path` of a record, None where there is no such field."""
    current: Any = record
    for key in path:
        bare = _bare(current)
        if is_dataclass(bare) and isinstance(bare, type):
            current = get_type_hints(bare).get(str(key))
        elif get_origin(bare) is tuple:
            current = get_args(bare)[0]
        elif get_origin(bare) is dict:
            current = get_args(bare)[1]
        else:
            return None
    return current


def _bare(hint: Any) -> Any:
    """Return a type without what limits it and without its being optional."""
    options = [each for each in get_args(hint) if each is not NoneType]
    if NoneType in get_args(hint) and len(options) == 1:
        return _bare(options[0])
    return hint


def _described(given: object) -> str:
    names: tuple[tuple[Callable[[object], bool], str], ...] = (
        (lambda value: value is None, "nothing"),
        (lambda value: isinstance(value, bool), f"`{str(given).lower()}`"),
        (lambda value: isinstance(value, int | float), f"the number {given}"),
        (lambda value: isinstance(value, str), f"the text {_written(given)}"),
        (lambda value: isinstance(value, list), "a list"),
    )
    return next((name for test, name in names if test(given)), "a mapping")


def _written(given: object) -> str:
    return f"`{printable(str(given))}`"
