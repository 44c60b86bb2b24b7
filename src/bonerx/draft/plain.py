"""An abstract as plain text: the text as it stands, with wrapped lines joined and labelled lines read.

Lines at the start or the end such as `Title: …`, `Authors: …`, `Journal: …`, `Year: …`, `DOI: …` and `PMID: …` describe
the publication; nothing is guessed from the rest. A text whose lines are all of screen width is taken to be wrapped:
its lines are joined up to the next blank line. Otherwise every line is a paragraph.
"""

import re

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
_HEADING = re.compile(r"[A-Z][A-Z ,/&]{3,60}:|[【\[][^\d】\]]{1,40}[】\]]")


def read(text: str, place: str, stem: str) -> list[Abstract]:
    """Return the one publication in a text, nothing where it holds no text."""
    lines = [line.strip() for line in text.splitlines()]
    described = _described(lines)
    body = "\n".join(paragraph for paragraph in _paragraphs(lines) if paragraph)
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


def _described(lines: list[str]) -> dict[str, str]:
    """Take the labelled lines off the start and the end, and return what they say."""
    found: dict[str, str] = {}
    for at in (0, -1):
        while lines:
            match = _LABELLED.fullmatch(lines[at])
            if lines[at] and match is None:
                break
            if match is not None:
                name = match[1].casefold()
                found.setdefault(_FIELDS.get(name, name), one_line(match[2]))
            del lines[at]
    return found


def _paragraphs(lines: list[str]) -> list[str]:
    if max(map(len, lines), default=0) > _WRAPPED:
        return lines
    joined = [""]
    for line in lines:
        if not line or _HEADING.match(line):
            joined.append(line)
        else:
            glued = (_HAN.match(joined[-1][-1:]) and _HAN.match(line)) or re.search(r"[^\W\d_]-$", joined[-1])
            gap = "" if glued else " "
            joined[-1] = f"{joined[-1]}{gap}{line}".strip()
    return joined


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
