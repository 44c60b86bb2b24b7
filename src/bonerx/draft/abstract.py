"""One publication as a file describes it, whatever the format: what becomes a source record and its text."""

import re
from dataclasses import dataclass, field

from bonerx.model.field import MAX_TEXT
from bonerx.model.kinds import Integrity, SourceKind
from bonerx.model.source import Notice

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d{2}(?!\d)")
_WITHDRAWN = re.compile(r"\W*(?:RETRACTED|WITHDRAWN|Retracted(?: article)?:|\[Retracted\])", re.ASCII)

TYPES = {
    "published erratum": SourceKind.CORRECTION,
    "retraction of publication": SourceKind.CORRECTION,
    "retraction notice": SourceKind.CORRECTION,
    "expression of concern": SourceKind.CORRECTION,
    "practice guideline": SourceKind.GUIDELINE,
    "guideline": SourceKind.GUIDELINE,
    "network meta-analysis": SourceKind.META_ANALYSIS,
    "meta-analysis": SourceKind.META_ANALYSIS,
    "systematic review": SourceKind.SYSTEMATIC_REVIEW,
    "randomized controlled trial": SourceKind.RANDOMISED_TRIAL,
    "clinical trial protocol": SourceKind.TRIAL_DESIGN,
    "observational study": SourceKind.NON_RANDOMISED_STUDY,
    "review": SourceKind.NARRATIVE_REVIEW,
}
"""What a publication type says of a source, the most telling first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """A publication and its abstract as read; `place` says where, `text` is empty where the record has no abstract."""

    place: str
    stem: str
    text: str = ""
    title: str | None = None
    authors: str | None = None
    family: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    registration: str | None = None
    kind: SourceKind = SourceKind.OTHER
    integrity: Notice = field(default_factory=lambda: Notice(status=Integrity.NONE_KNOWN))
    note: str | None = None
    species: str | None = None


def kind_of(types: list[str]) -> SourceKind:
    """Return the kind of source that stated publication types amount to, `other` where they say nothing."""
    stated = {each.casefold().strip() for each in types}
    return next((kind for name, kind in TYPES.items() if name in stated), SourceKind.OTHER)


def doi_in(text: str) -> str | None:
    """Return the first DOI in a text, without the punctuation that may follow it."""
    match = _DOI.search(text)
    return None if match is None else match[0].rstrip(".,;:)]}'")


def year_in(text: str) -> int | None:
    """Return the first year in a text."""
    match = _YEAR.search(text)
    return None if match is None else int(match[0])


def volume_of(volume: str | None, issue: str | None) -> str | None:
    """Return volume and issue as they are cited: `44(5)`."""
    return f"{volume}({issue})" if volume and issue else volume or (f"({issue})" if issue else None)


def listed(authors: list[str]) -> str | None:
    """Return authors as one text; a list too long for a field ends in `et al.`."""
    text = ", ".join(authors)
    while len(text) > MAX_TEXT:
        authors = authors[: len(authors) // 2]
        text = ", ".join(authors) + " et al."
    return text or None


def titled(title: str | None, integrity: Notice) -> Notice:
    """Return what is known against a publication, a title that says it is retracted included."""
    if title is None or integrity.status is Integrity.RETRACTED or not _WITHDRAWN.match(title):
        return integrity
    note = "The title of the record says so." if integrity.note is None else f"The title says so; {integrity.note}"
    return Notice(status=Integrity.RETRACTED, note=note, doi=integrity.doi)


def one_line(text: str) -> str:
    """Return a text with every run of white space as one blank."""
    return " ".join(text.split())
