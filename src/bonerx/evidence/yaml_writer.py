"""Records as YAML that a person likes to read and every reader of YAML understands alike."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from bonerx.evidence.documents.yaml_events import plain as meaning

_PLAIN = re.compile(r"[^\W_][\w ./()%–'’;&≥≤±°·、。（）+-]*")
_LETTERS = frozenset("yYnN")
"""What YAML 1.1 calls a truth value, though few of its readers do."""
_FOLDED = 84
"""Code points from which a text is written as a folded block, where folding leaves it as it is."""
_WIDTH = 96
_FLOW = 88
"""Longest mapping or list that is written on one line."""


def record(value: Any) -> list[str]:
    """Return a record as the lines of one item of a block list, without indentation."""
    lines = _mapping(data(value))
    return [f"- {lines[0]}", *(f"  {line}" if line else line for line in lines[1:])]


def flow(value: Any) -> str:
    """Return a record on one line, as JSON, which is YAML too."""
    return json.dumps(data(value), ensure_ascii=False)


def data(value: Any) -> Any:
    """Return a record as plain data, without the fields that hold what they hold anyway."""
    if is_dataclass(value):
        return {
            each.name: data(found) for each in fields(value) if (found := getattr(value, each.name)) != _default(each)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: data(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [data(each) for each in value]
    return value


def _default(each: Any) -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _mapping(mapping: Mapping[str, Any]) -> list[str]:
    return [line for key, value in mapping.items() for line in _entry(key, value)]


def _entry(key: str, value: Any) -> Iterator[str]:
    name = scalar(key)
    short = _flow(value)
    if not isinstance(value, dict | list):
        if isinstance(value, str) and len(value) > _FOLDED and _folds(value):
            yield f"{name}: >-"
            yield from (f"  {line}" for line in _fold(value))
        else:
            yield f"{name}: {short}"
    elif not value or (len(name) + len(short) <= _FLOW and _is_flat(value)):
        yield f"{name}: {short}"
    elif isinstance(value, dict):
        yield f"{name}:"
        yield from (f"  {line}" for line in _mapping(value))
    else:
        yield f"{name}:"
        for each in value:
            lines = _mapping(each) if isinstance(each, dict) and not _is_short(each) else [_flow(each)]
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])


def _is_flat(value: Any) -> bool:
    """Return whether a mapping or list is simple enough for one line: of plain values, or of lists of them."""
    inner = value.values() if isinstance(value, dict) else value
    return all(not isinstance(each, dict) and (not isinstance(each, list) or _is_flat(each)) for each in inner)


def _is_short(value: dict[str, Any]) -> bool:
    return len(_flow(value)) <= _FLOW and _is_flat(value)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return a single value: a text without quotes only where nothing could read it as anything else."""
    if isinstance(value, float):
        return _decimal(value)
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value not in _LETTERS and value[-1] != " " and meaning(value) == (value, None, None):
        return value
    return "".join(map(_escaped, json.dumps(value, ensure_ascii=False)))


def _decimal(value: float) -> str:
    """Return a number as all readers of YAML read it: `1e-05` is a text to some, `1.0e-05` to none."""
    digits, exponent, power = repr(value).partition("e")
    return f"{digits}{'' if '.' in digits or not exponent else '.0'}{exponent}{power}"


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _folds(text: str) -> bool:
    """Return whether a text survives folding: seen characters, and single blanks between words."""
    return text.isprintable() and "  " not in text and text == text.strip()


def _fold(text: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
