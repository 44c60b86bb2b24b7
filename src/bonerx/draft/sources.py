"""Publications as source records: an id made of author and year, and a place for the text that overwrites nothing."""

import os
import re
from collections.abc import Callable, Iterable
from unicodedata import normalize

from bonerx.draft.abstract import Abstract
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


_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_WORDLESS = {"zh", "ja", "ko"}
UNKNOWN = "und"
"""The code for a language that is not known."""


def language(text: str, wanted: str | None = None) -> str:
    """Return the language of a text: by its script, else `wanted`, else English for Latin letters."""
    if _KANA.search(text):
        return "ja"
    if len(_HANGUL.findall(text)) > 1:
        return "ko"
    # A Chinese sentence may name a drug in Latin letters, an English one cite a word in Chinese.
    han, latin = len(_HAN.findall(text)), len(re.findall(r"[A-Za-z\u00c0-\u024f]+", text))
    if han > latin:
        return "zh"
    if wanted is not None and wanted not in _WORDLESS:
        return wanted
    return "en" if _LATIN.search(text) else UNKNOWN


Key = tuple[object, ...]


class Publications:
    """Records of publications in order, each found by its DOI, PubMed number, text, or title and year."""

    def __init__(self, sources: Iterable[Source] = (), text_of: Callable[[str], str | None] = lambda _: None) -> None:
        self._sources: list[Source] = []
        self._first: dict[Key, int] = {}
        self._cited: dict[Key, list[int]] = {}
        for source in sources:
            self.add(source, text_of(source.id))

    def add(self, source: Source, text: str | None) -> None:
        """Add a record, and its text where it has one."""
        number = len(self._sources)
        self._sources.append(source)
        for key in _codes(source.doi, source.pmid):
            self._cited.setdefault(key, []).append(number)
            self._first.setdefault(key, number)
        if text:
            self._first.setdefault(("text", text), number)
        if source.title is not None:
            self._first.setdefault(_titled(source.title, source.year, bool(source.doi), bool(source.pmid)), number)

    def citing(self, abstract: Abstract) -> list[Source]:
        """Return every record with the DOI or the PubMed number of a publication."""
        found = {number for key in _codes(abstract.doi, abstract.pmid) for number in self._cited.get(key, ())}
        return [self._sources[number] for number in sorted(found)]

    def of(self, abstract: Abstract) -> Source | None:
        """Return the first record of a publication: the same DOI, PubMed number, text, or title and year.

        Title and year decide only where there is no DOI or PubMed number on both sides, which would be different ones.
        """
        keys = _codes(abstract.doi, abstract.pmid)
        if abstract.text:
            keys.append(("text", abstract.text))
        if abstract.title is not None:
            keys += [
                _titled(abstract.title, abstract.year, doi, pmid)
                for doi in (False, True)
                for pmid in (False, True)
                if not (doi and abstract.doi) and not (pmid and abstract.pmid)
            ]
        found = min((self._first[key] for key in keys if key in self._first), default=None)
        return None if found is None else self._sources[found]


def _codes(doi: str | None, pmid: str | None) -> list[Key]:
    return [(kind, code.casefold()) for kind, code in (("doi", doi), ("pmid", pmid)) if code is not None]


def _titled(title: str, year: int | None, doi: bool, pmid: bool) -> Key:
    return ("title", title, year, doi, pmid)
