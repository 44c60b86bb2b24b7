"""Sentences written like one proven before are told by one expression, and then stand in their source's text or do not.

As with claims, the first of a kind is read and proven in full; for the others the expression made of it proves that
they are valid, and the text of the source that they say what it says. Any other line is read in full.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from bonerx.evidence.text import STRANGE
from bonerx.model.field import MAX_TEXT, SENTENCE_PATTERN
from bonerx.model.source import Sentence
from bonerx.store.alike import strings

_SHAPES = 8
_LONGEST_ID = 400
_NUMBER = rb"(0|[1-9][0-9]{0,14})"
_TEXT = rb'([^"\\\x00-\x1f\x7f]+)'
_GROUPS = {"id": b"(" + SENTENCE_PATTERN.strip("^$").encode() + b")", "source": rb"([a-z0-9-]+)"}


class Quoted(NamedTuple):
    """A sentence that stands: its id as bytes, its source, and language, start, end and text of its passages."""

    id: bytes
    source: str
    passages: tuple[tuple[str, int, int, str], ...]


class _Shape(NamedTuple):
    """What fits sentences in the same languages, and the groups of each of them: start, end and text."""

    pattern: re.Pattern[bytes]
    id: int
    source: int
    passages: tuple[tuple[str, int, int, int], ...]


class AlikeSentences:
    """The shapes of the sentences proven so far; `text` returns the text of a source by its id."""

    def __init__(self, text: Callable[[str], str | None]) -> None:
        self._text = text
        self._shapes: list[_Shape] = []

    def learn(self, raw: bytes, sentence: Sentence) -> None:
        """Remember the shape of a line whose sentence was read and proven in full."""
        if len(self._shapes) < _SHAPES and raw and b"\\" not in raw:
            shape = _shape(raw, sentence)
            if shape is not None and all(known.pattern != shape.pattern for known in self._shapes):
                self._shapes.append(shape)

    def read(self, raw: bytes) -> Quoted | None:
        """Return the sentence of a line that is like one proven before and stands in its source; None if unsure."""
        for shape in self._shapes:
            match = shape.pattern.fullmatch(raw)
            if match is not None:
                return self._quoted(match.groups(), shape)
        return None

    def _quoted(self, groups: tuple[bytes, ...], shape: _Shape) -> Quoted | None:
        id_ = groups[shape.id]
        source = groups[shape.source].decode()
        text = self._text(source)
        if text is None or len(id_) > _LONGEST_ID or not id_.startswith(groups[shape.source] + b"/"):
            return None
        passages = []
        for lang, start_at, end_at, text_at in shape.passages:
            start, end = int(groups[start_at]), int(groups[end_at])
            said = text[start:end]
            if len(said) != end - start or len(said) > MAX_TEXT or said.encode("utf-8", "replace") != groups[text_at]:
                return None
            if not said.isascii() and STRANGE.search(said) is not None:
                return None
            passages.append((lang, start, end, said))
        return Quoted(id_, source, tuple(passages))


def _shape(raw: bytes, sentence: Sentence) -> _Shape | None:
    """Return the expression that fits lines like this one, None where its fields cannot be told apart."""
    parts = raw.split(b'"')
    paths = {at: path for path, at in strings(parts)}
    pattern = b""
    fields: list[tuple[str | int, ...]] = []
    lang = name = ""
    for at, part in enumerate(parts):
        pattern += b'"' if at else b""
        path = paths.get(at, [])
        if at % 2 == 0:
            pieces = re.split(rb"([0-9]+)", part)
            for number, piece in enumerate(pieces):
                pattern += _NUMBER if number % 2 else re.escape(piece)
            if len(pieces) > 1:
                fields.append(("passages", lang, name))
        elif path in (["id"], ["source"]):
            pattern += _GROUPS[str(path[0])]
            fields.append((path[0],))
        elif len(path) == 3 and path[2] == "text":
            pattern += _TEXT
            fields.append(tuple(path))
        else:
            pattern += re.escape(part)
            lang, name = (part.decode(), name) if part.decode() in sentence.passages else (lang, part.decode())
    wanted = [("passages", lang, name) for lang in sentence.passages for name in ("start", "end", "text")]
    if sorted(map(str, fields)) != sorted(map(str, [("id",), ("source",), *wanted])):
        return None
    at_of = {field: at for at, field in enumerate(fields)}
    passages = tuple(
        (lang, *(at_of["passages", lang, name] for name in ("start", "end", "text"))) for lang in sentence.passages
    )
    return _Shape(re.compile(pattern), at_of["id",], at_of["source",], passages)  # type: ignore[arg-type]
