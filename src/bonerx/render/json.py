"""The one JSON document that scripts read: fixed order of keys, one record a line, the same bytes from run to run."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bonerx import __version__
from bonerx.answer import Answer
from bonerx.render.options import Options

FORMAT = "bonerx/1"
KEYS = ("status", "tool", "evidence", "query", "answer", "claims", "sources", "caveats", "error")


def render(answer: Answer, options: Options) -> Iterable[str]:
    """The document of an answer; raises ValueError for a number that JSON cannot hold."""
    return document(answer.document, options)


def document(fields: dict[str, Any], options: Options) -> Iterator[str]:
    """The fields of an answer or an error as the text of one JSON document, in pieces."""
    fields = {"tool": {"name": "bonerx", "version": __version__}, **fields}
    order = [key for key in KEYS if key in fields] + [key for key in fields if key not in KEYS]
    whole = {"format": FORMAT, **{key: fields[key] for key in order}}
    yield from written(whole, encoder(options))
    yield "\n"


def encoder(options: Options) -> Callable[[Any], str]:
    """Writes a value as JSON on one line, unescaped where the output can show it and nothing obeys it."""
    encode = json.JSONEncoder(ensure_ascii=options.ascii, allow_nan=False).encode
    return lambda value: _escaped(encode(value))


def _escaped(text: str) -> str:
    """Escape, so that it is read back as it was, what is obeyed and not seen, and half a pair, which has no UTF-8."""
    if text.isprintable():
        return text
    from bonerx.render.visible import is_seen  # loads the tables of Unicode, which most answers do not need

    return "".join(each if is_seen(each) else _escape(each) for each in text)


def _escape(character: str) -> str:
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]


def written(value: Any, encode: Callable[[Any], str], indent: str = "\n") -> Iterator[str]:
    """An object or list over several lines where it holds others, each record of a list on a line of its own.

    An iterator is written as a list while it runs, so that a million records never stand in memory at once, and a
    function is called when its turn comes.
    """
    if callable(value):
        value = value()
    if isinstance(value, Iterator):
        number = -1
        for number, member in enumerate(value):
            yield f"{',' if number else '['}{indent}  {encode(member)}"
        yield "[]" if number < 0 else indent + "]"
    elif not (isinstance(value, dict | list | tuple) and any(map(_nested, _members(value)))):
        yield encode(value)
    elif isinstance(value, dict):
        for number, (key, member) in enumerate(value.items()):
            yield f"{',' if number else '{'}{indent}  {encode(key)}: "
            yield from written(member, encode, indent + "  ")
        yield indent + "}"
    else:
        for number, member in enumerate(value):
            yield f"{',' if number else '['}{indent}  {encode(member)}"
        yield indent + "]"


def _members(value: dict[str, Any] | list[Any] | tuple[Any, ...]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _nested(value: Any) -> bool:
    return isinstance(value, Iterator) or callable(value) or (bool(value) and isinstance(value, dict | list | tuple))
