"""How one raw value is written into a field of a spreadsheet: in full, never rounded, and never run as a formula."""

import re
from typing import Any

from bonerx.render.json import encoder
from bonerx.render.options import Options

FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
AS_JSON = encoder(Options())
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


def written(value: Any) -> str:
    """A value as the text of a field: None is empty, a list is joined by `;`, anything nested is JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value)
        case float():
            return float.__repr__(value)
        case int():
            return int.__repr__(value)
        case list() | tuple() if not any(isinstance(item, dict | list | tuple) for item in value):
            return guarded(";".join(str(item) if isinstance(item, str) else written(item) for item in value))
        case _:
            return guarded(AS_JSON(value))


def guarded(text: str) -> str:
    """Text that a spreadsheet takes for text: an apostrophe before what would start a formula, save for numbers."""
    return "'" + text if text.startswith(FORMULA) and not NUMBER.match(text) else text
