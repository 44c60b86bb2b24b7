"""Quotations that have moved in their source's text: their offsets put right in place, nothing else touched."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bonerx.changing import alone, anew, put
from bonerx.errors import InvalidEvidence, UsageError
from bonerx.evidence.documents.event import Format
from bonerx.evidence.documents.load import fetch, load
from bonerx.evidence.documents.locate import Path, Wanted, locate
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.files import STDIN, Content, table_files
from bonerx.evidence.read import read_contents
from bonerx.evidence.text import decode
from bonerx.model.source import Passage, Sentence

_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_NUMBER = re.compile(r"\d+")
_BOM = "\ufeff"


class Move(NamedTuple):
    """A quotation whose offsets were corrected: in which file, of which sentence and language, from where to where."""

    path: str
    sentence: str
    lang: str
    was: tuple[int, int]
    now: tuple[int, int]


class Left(NamedTuple):
    """A quotation that stands at several places of its text, none of them the one it gives: a person must choose."""

    sentence: str
    lang: str
    places: tuple[int, ...]


def mend(paths: Sequence[str]) -> tuple[list[Move], list[Left]]:
    """Correct the offsets of quotations in the tables at `paths`; return what was corrected, and what is ambiguous.

    A quotation is corrected where its text stands in the source just once, or where it gives the right start. Raise
    InvalidEvidence where a table is not valid by its types, UsageError for standard input, Unreadable where a file
    cannot be read or written.
    """
    if STDIN in paths:
        raise UsageError("standard input cannot be corrected in place", hint="name the file")
    files = table_files(paths)
    moves: list[Move] = []

    def correct() -> list[Left]:
        contents = [fetch(file) for file in files]
        evidence = read_contents(contents)
        wanted, left = _wanted(evidence.table.sentences, evidence.texts)
        for content, form in contents:
            moves.extend(_corrected(content, form, wanted) if wanted else ())
        return left

    with alone(file.path for file in files):
        left = anew(correct)
    return moves, left


def _wanted(
    sentences: Sequence[Sentence], texts: Mapping[str, str]
) -> tuple[dict[tuple[str, str], tuple[int, int]], list[Left]]:
    """Return the right offsets of every quotation that has wrong ones, and those with more than one place."""
    moved: dict[str, list[tuple[str, str, Passage]]] = {}
    for sentence in sentences:
        text = texts.get(sentence.source)
        for lang, passage in sentence.passages.items():
            if text is not None and text[passage.start : passage.end] != passage.text:
                moved.setdefault(sentence.source, []).append((sentence.id, lang, passage))
    found: dict[tuple[str, str], tuple[int, int]] = {}
    left: list[Left] = []
    for source, those in moved.items():
        text = texts[source]
        stand = find_all(text, (each.text for *_, each in those if not text.startswith(each.text, each.start)))
        for name, lang, passage in those:
            at = [passage.start] if text.startswith(passage.text, passage.start) else stand[passage.text]
            if len(at) == 1:
                found[name, lang] = (at[0], at[0] + len(passage.text))
            elif at:
                left.append(Left(name, lang, tuple(at)))
    return found, left


def _corrected(content: Content, form: Format, wanted: Mapping[tuple[str, str], tuple[int, int]]) -> list[Move]:
    """Correct the quotations that one file holds, and return them."""
    text = decode(content.raw)[0]
    moves: list[Move] = []
    edits: list[tuple[int, int, int]] = []
    for sentence, lang, was, places in _quotations(content, form, text, wanted):
        now = wanted[sentence, lang]
        moves.append(Move(content.name, sentence, lang, was, now))
        for at, old, new in zip(places, was, now, strict=True):
            number = _NUMBER.match(text, at)
            if number is None or number[0] != str(old):
                hint = f"write `start: {now[0]}` and `end: {now[1]}` by hand"
                raise InvalidEvidence(
                    f"the offsets of `{sentence}` in `{content.name}` are not plain numbers", hint=hint
                )
            edits.append((at, number.end(), new))
    if not moves:
        return []
    pieces = [_BOM if content.raw.startswith(_BOM.encode()) else ""]
    at = 0
    for start, end, new in sorted(edits):
        pieces += [text[at:start], str(new)]
        at = end
    put(content.path, "".join([*pieces, text[at:]]).encode(), content.raw)
    return moves


def _quotations(
    content: Content, form: Format, text: str, wanted: Mapping[tuple[str, str], object]
) -> Iterator[tuple[str, str, tuple[int, int], tuple[int, int]]]:
    """Yield every wanted quotation of a file: sentence, language, its offsets, and where in the file these stand."""
    if form == "ndjson":
        yield from _in_lines(text, wanted)
        return
    loaded = load(content, form, FaultList())
    data: Any = {} if loaded is None else loaded.data
    found = [
        (item["id"], lang, (passage["start"], passage["end"]), ("sentences", number, "passages", lang))
        for number, item in enumerate(data.get("sentences", ()))
        for lang, passage in item["passages"].items()
        if (item["id"], lang) in wanted
    ]
    paths: list[Path] = [path for *_, path in found]
    places = _offsets(text, form, paths)
    for sentence, lang, was, path in found:
        yield sentence, lang, was, places[path]


def _in_lines(
    text: str, wanted: Mapping[tuple[str, str], object]
) -> Iterator[tuple[str, str, tuple[int, int], tuple[int, int]]]:
    import json

    at = 0
    for line in text.split("\n"):
        record = json.loads(line) if '"passages"' in line else {}
        moved = {
            lang: passage for lang, passage in record.get("passages", {}).items() if (record["id"], lang) in wanted
        }
        stands = _offsets(line, "json", [("passages", lang) for lang in moved])
        for lang, passage in moved.items():
            start, end = stands["passages", lang]
            yield record["id"], lang, (passage["start"], passage["end"]), (at + start, at + end)
        at += len(line) + 1


def _offsets(text: str, form: Format, paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Return where in a document the values of `start` and `end` below each path begin."""
    if not paths:
        return {}
    begins = [0, *(match.end() for match in _BREAK.finditer(text))]
    sought = [Wanted((*path, name)) for path in paths for name in ("start", "end")]
    places = locate(text, form, sought)

    def offset(path: Path, name: str) -> int:
        line, column = places[Wanted((*path, name))]
        return begins[line - 1] + column - 1

    return {path: (offset(path, "start"), offset(path, "end")) for path in paths}


MOST = 1_000
"""Places that are told of one quotation."""
_ANCHORS = (16, 8)
"""Code points at the beginning of a quotation by which it is found; of a shorter one there are never many."""
_FEW = 8
"""Quotations up to which each is looked for by itself."""
_TRIES = 1_000
"""Places compared with one quotation; one that begins as half of the text does is looked for by itself."""


def find_all(text: str, quotations: Iterable[str]) -> dict[str, list[int]]:
    """Return the places in a text at which each quotation begins, overlapping ones too, at most the first thousand."""
    wanted = dict.fromkeys(quotations)
    found: dict[str, list[int]] = {}
    for longest, length in zip((None, *_ANCHORS), _ANCHORS, strict=False):
        these = [each for each in wanted if len(each) >= length and (longest is None or len(each) < longest)]
        if len(these) > _FEW:
            found |= _together(text, these, length)
    return {each: found[each] if each in found else list(_alone(text, each)) for each in wanted}


def _together(text: str, quotations: list[str], length: int) -> dict[str, list[int]]:
    """Return the places of quotations by going through the text once, without those that begin too often in it."""
    by_anchor: dict[str, list[str]] = {}
    for each in quotations:
        by_anchor.setdefault(each[:length], []).append(each)
    candidates: dict[str, list[int]] = {anchor: [] for anchor in by_anchor}
    for at in range(len(text) - length + 1):
        held = candidates.get(text[at : at + length])
        if held is not None and len(held) <= _TRIES:
            held.append(at)
    return {
        each: [at for at in candidates[anchor] if text.startswith(each, at)][:MOST]
        for anchor, those in by_anchor.items()
        if len(candidates[anchor]) * len(those) <= _TRIES * _FEW and len(candidates[anchor]) <= _TRIES
        for each in those
    }


def _alone(text: str, quotation: str) -> Iterator[int]:
    at = text.find(quotation)
    for _ in range(MOST):
        if at < 0:
            return
        yield at
        at = text.find(quotation, at + 1)
