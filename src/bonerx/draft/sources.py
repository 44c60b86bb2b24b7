"""Publications as source records: an id made of author and year, and a place for the text that overwrites nothing."""

import os
import re
from collections.abc import Callable, Iterable
from unicodedata import normalize

from bonerx.draft.abstract import Abstract
from bonerx.draft.languages import language
from bonerx.draft.sentences import split
from bonerx.errors import Unreadable
from bonerx.evidence.files import read_text, text_folder, text_path
from bonerx.model.field import MAX_TEXT
from bonerx.model.kinds import ReadAs
from bonerx.model.source import Passage, Sentence, Source

FOLDER = "sources"
"""The folder beside a table that the texts of its sources stand in."""
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


def source_of(abstract: Abstract, name: str, table: str) -> Source:
    """Return the record of a publication under the id `name`, the name of its text file free."""
    return Source(
        id=name,
        kind=abstract.kind,
        read_as=ReadAs.ABSTRACT if abstract.text else ReadAs.RECORD,
        authors=abstract.authors,
        title=abstract.title,
        journal=abstract.journal,
        year=abstract.year,
        volume=abstract.volume,
        pages=abstract.pages,
        doi=abstract.doi,
        pmid=abstract.pmid,
        registration=abstract.registration,
        integrity=abstract.integrity,
        text=text_name(name, abstract.text, table) if abstract.text else None,
        note=abstract.note,
    )


def base_of(abstract: Abstract) -> str:
    """Return what the id of a publication begins with: family name and year, else its PubMed number or file's name."""
    family = slug(abstract.family or "")
    stem = slug(abstract.stem)
    if family:
        base = f"{family}-{abstract.year}" if abstract.year else family
    elif abstract.pmid:
        base = f"pmid-{slug(abstract.pmid)}"
    else:
        base = stem or "source"
    return base[:120].strip("-")


class FreeIds:
    """Ids that are not `taken`; where many begin alike, the numbers that were tried are not tried again.

    `taken` may grow; what was taken stays so.
    """

    def __init__(self, taken: Callable[[str], bool]) -> None:
        self._taken = taken
        self._next: dict[str, int] = {}

    def free(self, base: str) -> str:
        """Return an id that is not taken: the base, or the base with the least number."""
        number = self._next.get(base, 1)
        while self._taken(name := _numbered(base, number)):
            number += 1
        self._next[base] = number
        return name


def first_of(base: str, ids: Iterable[str]) -> str:
    """Return the one of some ids that `FreeIds` gives first for a base."""
    return min(ids, key=lambda name: int(name[len(base) + 1 :] or 1))


def is_of(base: str, name: str) -> bool:
    """Return whether an id is one that `FreeIds` gives for a base."""
    return re.fullmatch(rf"{re.escape(base)}(?:-(?:[2-9]|[1-9][0-9]{{1,8}}))?", name) is not None


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens, empty where nothing of it can be written so."""
    plain = normalize("NFKD", text.casefold().translate(_LETTERS))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(each for each in plain if not 0x300 <= ord(each) < 0x370)))


def text_name(name: str, text: str, table: str) -> str:
    """Return a name for a source's text beside its table: a free one, or that of a file that holds the text already."""
    number = 1
    while True:
        found = f"{FOLDER}/{name}.txt" if number == 1 else f"{FOLDER}/{name}-{number}.txt"
        if is_free(found, text, table):
            return found
        number += 1


def is_free(name: str, text: str, table: str) -> bool:
    """Return whether the file that a table would name so is not there, or holds just this text.

    Raise Unreadable where its folder leads out of that of the table: no text is read from there, nor written to.
    """
    path = text_path(table, name)
    if not os.path.lexists(path):
        if text_folder(table, name) is None:
            raise Unreadable(
                f"`{os.path.dirname(path)}` leads out of the folder of `{table}`",  # noqa: PTH120
                hint="put a folder of that name beside the table, for the texts of its sources",
            )
        return True
    raw = text.encode("utf-8")
    try:
        return read_text(table, name, len(raw)) == raw
    except Unreadable:
        return False


def sentences_of(source: Source, text: str, lang: str | None) -> list[Sentence]:
    """Return the sentences of a source's text, numbered in its order; one too long for a field is left out."""
    return [
        Sentence(
            id=f"{source.id}/S{number}",
            source=source.id,
            passages={language(text[start:end], lang): Passage(start=start, end=end, text=text[start:end])},
        )
        for number, (start, end) in enumerate(split(text), 1)
        if end - start <= MAX_TEXT
    ]
