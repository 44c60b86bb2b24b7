"""Sentences written like one proven before are told by one expression, and then stand in their source's text or do not.

As with claims, the first of a kind is read and proven in full; for the others the expression made of it proves that
they are valid, and the text of the source that they say what it says. Any other line is read in full.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from bonerx.model.field import SENTENCE_PATTERN
from bonerx.model.source import Sentence
from bonerx.store.shape import TEXT, Path, Value, shape_of, text_of

_SHAPES = 8
_LONGEST_ID = 400
_GROUPS: dict[str, bytes] = {
    "id": SENTENCE_PATTERN.strip("^$").encode(),
    "source": rb"[a-z0-9-]+",
    "start": rb"0|[1-9][0-9]{0,14}",
    "end": rb"0|[1-9][0-9]{0,14}",
    "text": TEXT,
}
"""What stands in the fields in which sentences differ."""


Quoted = tuple[bytes, str, dict[str, tuple[int, int, str]]]
"""A sentence that stands: its id as bytes, its source, and start, end and text of its passages by language."""


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
        if len(self._shapes) < _SHAPES and raw:
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
        _, id_at, source_at, passages_at = shape
        id_ = groups[id_at]
        source = groups[source_at].decode()
        text = self._text(source)
        if text is None or len(id_) > _LONGEST_ID or not id_.startswith(groups[source_at] + b"/"):
            return None
        passages = {}
        for lang, start_at, end_at, text_at in passages_at:
            start, end = int(groups[start_at]), int(groups[end_at])
            said = text_of(groups[text_at])
            if said is None or len(said) != end - start or text[start:end] != said:
                return None
            passages[lang] = start, end, said
        return id_, source, passages


def _shape(raw: bytes, sentence: Sentence) -> _Shape | None:
    """Return what fits lines like a sentence's, None where its fields cannot be told apart."""
    shape = shape_of(raw, _group)
    wanted: list[Path] = [("passages", lang, name) for lang in sentence.passages for name in ("start", "end", "text")]
    if shape is None or {("id",), ("source",), *wanted} != set(shape.paths):
        return None
    at = shape.paths.index
    passages = tuple(
        (lang, *(at(("passages", lang, name)) for name in ("start", "end", "text"))) for lang in sentence.passages
    )
    return _Shape(shape.pattern, at(("id",)), at(("source",)), passages)  # type: ignore[arg-type]


def _group(value: Value) -> bytes | None:
    return _GROUPS.get(str(value.path[-1]))
