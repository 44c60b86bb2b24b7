"""A document as events with their positions: YAML by its own reader, JSON here.

JSON is read so only after a fault, since the standard library says where no value stands.
"""

import json
import re
from collections.abc import Iterator

from bonerx.evidence import limits
from bonerx.evidence.documents.event import Event, Format

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+")|(?P<word>[-+.\w]++)|(?P<mark>[\[\]{},:]))""",
    re.DOTALL | re.ASCII,
)
_BREAK = re.compile(r"\r\n|[\r\n]")
_CONSTANTS: dict[str, object] = {"null": None, "true": True, "false": False}


def events(text: str, form: Format) -> Iterator[Event]:
    """Return the events of one document, up to where it is broken."""
    if form == "yaml":
        from bonerx.evidence.documents.yaml_events import yaml_events

        return yaml_events(text)
    return _json_events(text)


def _json_events(text: str) -> Iterator[Event]:
    """Return the events of the JSON document in `text`.

    The grammar is `json.loads`'s to judge: its syntax error is the one `broken` event. What it lets pass, NaN,
    Infinity and numbers without bound, is a fault of the scalar.
    """
    problem = _syntax(text)
    if problem is not None:
        yield problem
        return
    line, line_start, at = 1, 0, 0
    while match := _TOKEN.match(text, at):
        kind = match.lastgroup or "mark"
        start = match.start(kind)
        for newline in _BREAK.finditer(text, at, start):
            line, line_start = line + 1, newline.end()
        at = match.end()
        column = start - line_start + 1
        word = match[kind]
        if kind == "string":
            yield Event("scalar", line, column, json.loads(word))
        elif kind == "word":
            yield _word(word, line, column)
        elif word in "{[":
            yield Event("mapping" if word == "{" else "list", line, column)
        elif word in "}]":
            yield Event("end", line, column)


def _syntax(text: str) -> Event | None:
    try:
        json.loads(text, parse_int=len, parse_float=len)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Event("broken", error.lineno, error.colno, fault=message)
    except RecursionError:
        return None  # the nesting is judged by whoever builds of the events
    return None


def _word(word: str, line: int, column: int) -> Event:
    if word in _CONSTANTS:
        return Event("scalar", line, column, _CONSTANTS[word])
    shown = word if len(word) <= 30 else f"{word[:30]}…"
    if word.lstrip("-") in {"NaN", "Infinity"}:
        fault = f"`{shown}` is not a number of JSON"
        return Event("scalar", line, column, word, fault=fault, hint="leave out what is not known")
    digits = word.lstrip("-")
    whole = digits.isdecimal()
    value = float(word) if len(word) <= limits.SCALAR_CHARACTERS else float("inf")
    if value in (float("inf"), float("-inf")) or (whole and len(digits) > 18):
        fault = f"the number {shown} is too large"
        return Event("scalar", line, column, word, fault=fault, hint="put it in quotes if it is a text")
    return Event("scalar", line, column, int(word) if whole else value)
