"""Whether a key stands twice in a line of JSON, told in a fraction of the time of reading it.

The validator keeps the last of two equal keys, and reading every line with `json.loads` as well would cost more than
the validation. But the lines of a large table are alike: once a line of some keys has been read and found clean, an
expression that fits only lines of the same keys and braces in the same order recognises the others.
"""

import json
import re
from collections.abc import Callable

_TOKEN = re.compile(rb'"[^"\\]*"[ \t]*:|[{}]')
_BETWEEN = rb"[^:{}\\]*+"
"""What may stand between keys and braces: no colon or brace, and no escape that a key could hide behind."""
_KEYS = 20_000
"""Most keys of all the shapes remembered, since an expression takes long to make; lines of other shapes are read."""
_TRIES = 8
"""Most shapes that one line is compared with."""


def unique_keys() -> Callable[[bytes], bool]:
    """Return a test of whether no key stands twice in an object of a line, which learns the shapes it meets."""
    shapes: dict[int, list[re.Pattern[bytes]]] = {}
    learnt = 0

    def is_unique(raw: bytes) -> bool:
        nonlocal learnt
        keys = raw.count(b":")
        alike = shapes.setdefault(keys, [])
        for at, shape in enumerate(alike):
            if shape.fullmatch(raw) is not None:
                if at:
                    alike.insert(0, alike.pop(at))
                return True
        if not read_unique(raw):
            return False
        if learnt + keys <= _KEYS and len(alike) < _TRIES and b"\\" not in raw:
            learnt += keys
            alike.append(_shape(raw))
        return True

    return is_unique


def read_unique(raw: bytes) -> bool:
    """Return whether a line is JSON without a key that stands twice in one object, by reading it."""
    unique = True

    def hook(pairs: list[tuple[str, object]]) -> None:
        nonlocal unique
        unique = unique and len({key for key, _ in pairs}) == len(pairs)

    try:
        json.loads(raw, object_pairs_hook=hook)
    except (ValueError, RecursionError):
        return False
    return unique


def _shape(raw: bytes) -> re.Pattern[bytes]:
    """Return what fits lines of the keys and braces of `raw` in their order, with no other colon or brace in them."""
    fits = (
        re.escape(token) if token in b"{}" else b"(?<=" + re.escape(token[:-1]) + b"):" for token in _TOKEN.findall(raw)
    )
    return re.compile(_BETWEEN + b"".join(each + _BETWEEN for each in fits))
