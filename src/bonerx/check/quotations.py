"""Every quotation stands in its source's text, code point for code point, at the offsets it gives."""

from collections.abc import Iterator
from unicodedata import name, normalize

from bonerx.check.lookup import Lookup
from bonerx.evidence.origin import Problem
from bonerx.evidence.text import printable
from bonerx.model.source import Passage, Sentence
from bonerx.number import counted

_ANCHOR = 12
"""Code points of a sentence that are looked for to find where a changed one stands."""
_COMPARED = 200_000
"""Longest text that is searched without regard to white space and forms of characters."""


def faults_of(sentence: Sentence, known: Lookup) -> Iterator[Problem]:
    """Yield what is wrong with a sentence and its passages."""

    def fault(path: tuple[str, ...], message: str, hint: str | None = None) -> Problem:
        return Problem("sentences", sentence.id, path, message, hint)

    label = sentence.id.partition("/")[2]
    if sentence.id.partition("/")[0] != sentence.source:
        hint = f"its id would be `{sentence.source}/{label}`"
        yield fault(("id",), f"the sentence is of `{sentence.source}`, which its id does not name", hint)
    if not sentence.passages:
        yield fault(("passages",), "the sentence has no passage", "give its text in one language at least")
    text = known.text(sentence.source)
    if text is None:
        if known.has("sources", sentence.source):
            hint = "give the source a `text`, or write a claim with a `summary` instead"
            yield fault(("source",), f"the source `{sentence.source}` has no text that this could stand in", hint)
        return
    for lang, passage in sentence.passages.items():
        problem = misquoted(passage, text)
        if problem is not None:
            field, message, right = problem
            yield fault(("passages", lang, *field), message, right)


def misquoted(passage: Passage, text: str) -> tuple[tuple[str, ...], str, str | None] | None:
    """Return why a passage does not stand in `text` at its offsets: field, message, hint; None where it does."""
    if text[passage.start : passage.end] == passage.text and passage.end - passage.start == len(passage.text):
        return None
    ends = (text.rfind(passage.text, 0, passage.start + len(passage.text) - 1), text.find(passage.text, passage.start))
    places = [place for place in ends if place >= 0]
    if places:
        return _elsewhere(passage, places)
    if text[passage.start : passage.start + _ANCHOR] == passage.text[:_ANCHOR]:
        return _different(passage, text)
    anchored = _anchored(passage, text)
    return _different(anchored, text, moved=anchored is not passage)


def _elsewhere(passage: Passage, places: list[int]) -> tuple[tuple[str, ...], str, str | None]:
    length = len(passage.text)
    if passage.start in places:
        message = (
            f"the text has {counted(length, 'code point')}, but `end` is {passage.end - passage.start} after `start`"
        )
        return ("end",), message, f"end: {passage.start + length}"
    places.sort(key=lambda place: abs(place - passage.start))
    hint = " or ".join(f"start: {place}, end: {place + length}" for place in places)
    shift = places[0] - passage.start
    where = f"{counted(abs(shift), 'code point')} {'further on' if shift > 0 else 'before'}"
    return ("start",), f"the sentence stands elsewhere in the text, {where}", hint


def _anchored(passage: Passage, text: str) -> Passage:
    """Return the passage moved to where it seems to begin, as it is where it seems to begin nowhere."""
    place = text.find(passage.text[:_ANCHOR])
    if place < 0:
        return passage
    return Passage(start=place, end=place + len(passage.text), text=passage.text)


def _different(passage: Passage, text: str, *, moved: bool = False) -> tuple[tuple[str, ...], str, str | None]:
    if passage.start >= len(text):
        message = f"`start` is {passage.start}, but the text ends at {len(text)}, and the sentence stands nowhere in it"
        return ("start",), message, None
    theirs = text[passage.start : passage.start + len(passage.text)]
    at = next((at for at, (a, b) in enumerate(zip(passage.text, theirs, strict=False)) if a != b), len(theirs))
    if at == 0:
        hint = f"at {passage.start} the text begins `{_excerpt(theirs)}`"
        return ("text",), "the sentence does not stand in the text", hint
    wrote = _character(passage.text[at])
    stands = _character(theirs[at]) if at < len(theirs) else "the end of the text"
    message = f"the sentence differs from the text at its character {at + 1}: {wrote} here, {stands} there"
    if len(text) <= _COMPARED and _loose(passage.text) in _loose(text):
        message += "; but for white space and forms of characters it is the same"
    if not moved:
        return ("text",), message, f"the text has `{_excerpt(theirs[max(0, at - 20) :])}`"
    return ("text",), message, f"it seems to begin at {passage.start}, where the text has `{_excerpt(theirs)}`"


def _excerpt(text: str) -> str:
    return printable(" ".join(text.split()))


def _character(character: str) -> str:
    return f"`{printable(character)}` (U+{ord(character):04X} {name(character, 'control character').lower()})"


def _loose(text: str) -> str:
    return "".join(normalize("NFKC", text).split())
