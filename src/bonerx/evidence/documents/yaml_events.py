"""YAML as events whose scalars mean one thing only: what YAML 1.1 and 1.2 read differently must be put in quotes."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bonerx.evidence import limits
from bonerx.evidence.documents.event import Event
from bonerx.evidence.text import printable

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTE = "put it in quotes"
_CONSTANTS: dict[str, object] = {"": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+][0-9]+)?", re.ASCII)
_NULLS = {"~", "Null", "NULL"}
_BOOLEANS = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE"), "true"),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF", "False", "FALSE"), "false"),
}
_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)",
    re.ASCII,
)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9].*)?", re.ASCII)


def yaml_events(text: str) -> Iterator[Event]:
    """Return the events of the one YAML document in `text`; a second document and a syntax error are `broken`."""
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            mark: Any = event.start_mark
            if isinstance(event, yaml.ScalarEvent):
                yield _scalar(event, mark.line + 1, mark.column + 1)
            elif isinstance(event, yaml.MappingStartEvent):
                yield _start("mapping", event)
            elif isinstance(event, yaml.SequenceStartEvent):
                yield _start("list", event)
            elif isinstance(event, yaml.CollectionEndEvent):
                yield Event("end", mark.line + 1, mark.column + 1)
            elif isinstance(event, yaml.AliasEvent):
                yield Event("alias", mark.line + 1, mark.column + 1, anchor=event.anchor)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    yield _broken(mark, "a second document begins here", "one file holds one document")
                    return
    except yaml.MarkedYAMLError as error:
        context = f" {error.context}" if error.context else ""
        yield _broken(error.problem_mark or error.context_mark, f"this is not YAML:{context} {error.problem or ''}")
    except yaml.YAMLError as error:
        yield _broken(None, f"this is not YAML: {error}")


def _broken(mark: Any, message: str, hint: str | None = None) -> Event:
    line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
    return Event("broken", line, column, fault=printable(" ".join(message.split()), 300), hint=hint)


def _start(what: Any, event: Any) -> Event:
    mark = event.start_mark
    fault = None if event.tag is None else f"the tag `{printable(event.tag)}` is not allowed"
    return Event(what, mark.line + 1, mark.column + 1, None, event.anchor, fault, fault and "leave it out")


def _scalar(event: Any, line: int, column: int) -> Event:
    value, anchor = event.value, event.anchor
    if event.tag is not None:
        fault = f"the tag `{printable(event.tag)}` is not allowed"
        return Event("scalar", line, column, value, anchor, fault, "leave it out; quotes make a value a text")
    if event.style or not event.implicit[0]:
        return Event("scalar", line, column, value, anchor)
    read, wrong, hint = plain(value)
    return Event("scalar", line, column, read, anchor, wrong, hint)


def plain(text: str) -> tuple[object, str | None, str | None]:
    """Return what a scalar without quotes means; or, where readers of YAML disagree, the fault and what to write."""
    if text in _CONSTANTS:
        return _CONSTANTS[text], None, None
    if len(text) <= limits.SCALAR_CHARACTERS:
        if _WHOLE.fullmatch(text):
            return _whole(text)
        if _DECIMAL.fullmatch(text):
            return float(text), None, None
        reading = _ambiguous(text)
        if reading is not None:
            meaning, hint = reading
            return text, f"`{printable(text)}` is read as {meaning} by some readers of YAML", hint
    return text, None, None


def _whole(text: str) -> tuple[object, str | None, str | None]:
    if len(text) > 18:
        return text, f"the number {text[:18]}… is too large", f"{_QUOTE} if it is a text"
    return int(text), None, None


def _ambiguous(text: str) -> tuple[str, str] | None:
    if text in _NULLS:
        return "no value", f"write `null`, or {_QUOTE}"
    if text in _BOOLEANS:
        return f"`{_BOOLEANS[text]}`", f"{_QUOTE}, or write `{_BOOLEANS[text]}`"
    if _NUMBER.fullmatch(text):
        return "a number", f"{_QUOTE}, or write a plain decimal number such as 0.5 or 1.0e-5"
    if _SEXAGESIMAL.fullmatch(text):
        return "a number to the base of sixty", _QUOTE
    if _DATE.fullmatch(text):
        return "a date", _QUOTE
    if text in {"<<", "="}:
        return "a special key", _QUOTE
    return None
