"""An abstract as plain text: the text as it stands, with wrapped lines joined and labelled lines read.

Lines at the start or the end such as `Title: …`, `Authors: …`, `Journal: …`, `Year: …`, `DOI: …` and `PMID: …` describe
the publication; nothing is guessed from the rest. A text whose lines are all of screen width is taken to be wrapped:
its lines are joined up to the next blank line. Otherwise every line is a paragraph.
"""

import re
from collections.abc import Sequence

from bonerx.draft.abstract import Abstract, doi_in, one_line, titled, year_in
from bonerx.model.kinds import Integrity
from bonerx.model.source import Notice

_LABELLED = re.compile(
    r"(title|authors?|journal|year|volume|pages|doi|pmid|registration|标题|题目|作者|期刊|杂志|年份|年)\s*[:：]\s*(\S.*)",
    re.IGNORECASE,
)
_FIELDS = {
    "author": "authors",
    "标题": "title",
    "题目": "title",
    "作者": "authors",
    "期刊": "journal",
    "杂志": "journal",
}
_FIELDS |= {"年份": "year", "年": "year"}
_WRAPPED = 120
"""Columns up to which lines are taken for wrapped ones."""
_HAN = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
_HYPHENATED = re.compile(r"[^\W\d_]-")
"""How a line ends whose last word goes on in the next."""
_HEADING = re.compile(r"[A-Z][A-Z ,/&]{3,60}:|[【\[][^\d】\]]{1,40}[】\]]")


def read(text: str, place: str, stem: str) -> list[Abstract]:
    """Return the one publication in a text, nothing where it holds no text."""
    lines = [line.strip() for line in text.splitlines()]
    described, told = _described(lines)
    body = "\n".join(paragraph for paragraph in _paragraphs(told) if paragraph)
    if not body and not described:
        return []
    authors = described.get("authors")
    title = described.get("title")
    return [
        Abstract(
            place=place,
            stem=stem,
            text=body,
            title=title,
            authors=authors,
            family=_family(authors),
            journal=described.get("journal"),
            year=year_in(described.get("year", "")),
            volume=described.get("volume"),
            pages=described.get("pages"),
            doi=doi_in(described.get("doi", "")),
            pmid=_digits(described.get("pmid", "")),
            registration=described.get("registration"),
            integrity=titled(title, Notice(status=Integrity.NONE_KNOWN)),
        )
    ]


def _described(lines: Sequence[str]) -> tuple[dict[str, str], Sequence[str]]:
    """Return what the labelled lines at the start and the end say, and the lines between them."""
    found: dict[str, str] = {}
    first, last = 0, len(lines)
    while first < last and _says(lines[first], found):
        first += 1
    while first < last and _says(lines[last - 1], found):
        last -= 1
    return found, lines[first:last]


def _says(line: str, found: dict[str, str]) -> bool:
    """Return whether a line is blank or labelled; note what a labelled one says, unless that was said before."""
    match = _LABELLED.fullmatch(line)
    if match is not None:
        name = match[1].casefold()
        found.setdefault(_FIELDS.get(name, name), one_line(match[2]))
    return match is not None or not line


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of a text: its lines, those that were wrapped joined.

    A paragraph is put together once, of all its lines: joined line by line it would be copied as often as it has lines.
    """
    if max(map(len, lines), default=0) > _WRAPPED:
        return list(lines)
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line or _HEADING.match(line):
            paragraphs.append([line])
            continue
        pieces = paragraphs[-1]
        before = pieces[-1] if pieces else ""
        glued = (_HAN.match(before[-1:]) and _HAN.match(line)) or _HYPHENATED.fullmatch(before[-2:])
        pieces += [line] if glued or not before else [" ", line]
    return ["".join(pieces) for pieces in paragraphs]


def _family(authors: str | None) -> str | None:
    """Return the family name of the first author, given as `Family I` or `Given Family`."""
    first = re.split(r"[,;，；、]| and ", authors or "")[0].strip().removesuffix(" et al.")
    if not first:
        return None
    name, _, last = first.rpartition(" ")
    return name if name and last.isupper() else last


def _digits(text: str) -> str | None:
    match = re.search(r"\d{1,9}", text)
    return None if match is None else match[0]
