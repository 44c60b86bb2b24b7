"""Records as plain data and as JSON, without the fields that say nothing."""

import json
from collections.abc import Hashable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, cast

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def plain(value: Any) -> Any:
    """Return a record as plain data, without the fields that say nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: item if type(item) is str else plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [item if type(item) is str else plain(item) for item in value]
    if not is_dataclass(value):
        return value
    found = {}
    for name, default in _fields(cast(Hashable, type(value))):
        item = getattr(value, name)
        if type(item) is str:
            found[name] = item
        elif not _says_nothing(item, default):
            found[name] = plain(item)
    return found


@cache
def _fields(record: Any) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a kind of record, each with what it holds where nothing is said; `MISSING` if it must be."""
    return tuple(
        (each.name, each.default if each.default_factory is MISSING else each.default_factory())
        for each in fields(record)
    )


def _says_nothing(item: Any, default: Any) -> bool:
    """Whether a field may be left out: nothing, empty, or a mark not set. No event is a figure, and stays."""
    if item is None or item is False:
        return default is not True
    return not item and isinstance(item, tuple | dict) and default is not MISSING


def dumps(value: Any) -> str:
    """Return a record as compact JSON."""
    return _ENCODE(plain(value))
