"""Publications as source records: an id made of author and year, and a place for the text that overwrites nothing."""

import os
import re
from collections.abc import Container, Mapping
from unicodedata import normalize

from bonerx.draft.abstract import Abstract
from bonerx.draft.languages import language
from bonerx.draft.sentences import split
from bonerx.draft.vocabulary import same_publication
from bonerx.evidence.files import read
from bonerx.model.field import MAX_TEXT
from bonerx.model.kinds import ReadAs
from bonerx.model.source import Passage, Sentence, Source

FOLDER = "sources"
"""The folder beside a table that the texts of its sources stand in."""
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


def source_of(abstract: Abstract, taken: Container[str], table: str) -> Source:
    """Return the record of a publication, its id and the name of its text file both free."""
    name = source_id(abstract, taken)
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


def source_id(abstract: Abstract, taken: Container[str]) -> str:
    """Return a free id: family name and year, else the file's name or the PubMed number."""
    family = slug(abstract.family or "")
    stem = slug(abstract.stem)
    if family:
        base = f"{family}-{abstract.year}" if abstract.year else family
    elif abstract.pmid:
        base = f"pmid-{slug(abstract.pmid)}"
    else:
        base = stem or "source"
    base = base[:120].strip("-")
    return free(base, taken)


def free(base: str, taken: Container[str]) -> str:
    """Return an id that is not taken: the base, or the base with a number."""
    number = 1
    name = base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


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
    """Return whether the file that a table would name so is not there, or holds just this text."""
    path = os.path.join(os.path.dirname(table), *name.split("/"))  # noqa: PTH118, PTH120
    if not os.path.lexists(path):
        return True
    return os.path.isfile(path) and read(path) == text.encode("utf-8")  # noqa: PTH113


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


def existing(abstract: Abstract, sources: Mapping[str, Source], texts: Mapping[str, str]) -> Source | None:
    """Return the record that a table has of a publication already: the same DOI, PubMed number, text or title."""
    for source in sources.values():
        if same_publication(source, abstract):
            return source
        if abstract.text and texts.get(source.id) == abstract.text:
            return source
        same_title = source.title is not None and source.title == abstract.title and source.year == abstract.year
        if same_title and not (source.doi and abstract.doi) and not (source.pmid and abstract.pmid):
            return source
    return None
