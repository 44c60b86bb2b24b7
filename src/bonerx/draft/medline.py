"""PubMed's format for citation managers (`.nbib`), read by its tags.

The parser on PyPI (nbib 0.3.2, of 2021) drops the notices of retraction and brings dateutils along. A record is lines
of a tag of up to four letters, a hyphen and a value, and lines that go on with it after six blanks.
"""

import re

from bonerx.draft.abstract import Abstract, doi_in, kind_of, listed, one_line, titled, volume_of, year_in
from bonerx.model.field import MAX_TEXT
from bonerx.model.kinds import Integrity, SourceKind
from bonerx.model.source import Notice

_TAGGED = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)")
_DOI = re.compile(r"(?<!\S)(\S++) \[doi\]")
_SPECIES = {"Rats": "rat", "Mice": "mouse", "Rabbits": "rabbit", "Dogs": "dog", "Sheep": "sheep", "Swine": "pig"}

NOTICES = {
    "RIN": (Integrity.RETRACTED, "Retraction in"),
    "RRI": (Integrity.RETRACTED, "Retracted and republished in"),
    "ECI": (Integrity.CONCERN, "Expression of concern in"),
    "PRIN": (Integrity.CONCERN, "Partial retraction in"),
    "EIN": (Integrity.ERRATUM, "Erratum in"),
    "CRI": (Integrity.CORRECTED, "Corrected and republished in"),
    "CRF": (Integrity.CORRECTED, "Corrected and republished from"),
    "RRF": (Integrity.CORRECTED, "Retracted and republished from"),
}
"""What is known against a publication by the tag that says so, gravest first, with the tag's meaning at PubMed."""
REMARKS = {
    "ROF": "Retraction of",
    "PROF": "Partial retraction of",
    "ECF": "Expression of concern for",
    "EFR": "Erratum for",
    "UIN": "Update in",
    "UOF": "Update of",
}
"""Tags that relate a record to another one and say nothing against it."""
_NOTICE_OF_ANOTHER = {"ROF", "PROF", "ECF", "EFR"}
_RETRACTED_TYPE = "retracted publication"


def looks_like(text: str) -> bool:
    """Return whether a text is a record in PubMed's format."""
    return re.search(r"^PMID- ?\d", text, re.MULTILINE) is not None


def read(text: str, place: str, stem: str) -> list[Abstract]:
    """Return the publications in a text, in its order."""
    records = list(_records(text))
    return [
        _abstract(record, place if len(records) == 1 else f"{place}, record {number}", stem)
        for number, record in enumerate(records, 1)
    ]


def _records(text: str) -> list[dict[str, list[str]]]:
    """Return every record's values by tag; a record begins with its `PMID`."""
    records: list[dict[str, list[list[str]]]] = []
    current: dict[str, list[list[str]]] = {}
    last: list[str] | None = None  # lines of the last value; joined in the end, or each would copy those before it
    for line in text.splitlines():
        match = _TAGGED.fullmatch(line.rstrip())
        if match is not None and line[:1] != " ":
            tag, value = match.groups()
            if tag == "PMID" and "PMID" in current:
                records.append(current)
                current = {}
            last = [value.strip()]
            current.setdefault(tag, []).append(last)
        elif last is not None and (goes_on := line.strip()):
            last.append(goes_on)
    return [
        {tag: [" ".join(filter(None, lines)) for lines in values] for tag, values in record.items()}
        for record in [*records, current]
        if record
    ]


def _abstract(record: dict[str, list[str]], place: str, stem: str) -> Abstract:
    def first(*tags: str) -> str | None:
        found = (one_line(value) for tag in tags for value in record.get(tag, ()))
        return next((value for value in found if value), None)

    people = [one_line(author) for author in record.get("AU") or record.get("FAU") or []]
    authors = [author for author in people or [one_line(each) for each in record.get("CN", [])] if author]
    title = first("TI", "BTI", "TT")
    types = record.get("PT", [])
    animal = _animal(record.get("MH", []))
    kind = kind_of(types)
    if _NOTICE_OF_ANOTHER & record.keys():
        kind = SourceKind.CORRECTION
    elif animal is not None and kind is SourceKind.OTHER:
        kind = SourceKind.ANIMAL_STUDY
    remarks = "; ".join(f"{name}: {one_line(value)}" for tag, name in REMARKS.items() for value in record.get(tag, ()))
    return Abstract(
        place=place,
        stem=stem,
        text=one_line(" ".join(record.get("AB", ()))),
        title=title,
        authors=listed(authors),
        family=_family(people, record.get("FAU", [])),
        journal=first("TA", "JT"),
        year=year_in(first("DP", "DEP", "PHST") or ""),
        volume=volume_of(first("VI"), first("IP")),
        pages=first("PG"),
        doi=_doi(record),
        pmid=first("PMID"),
        registration=next((si for si in record.get("SI", ()) if "/" in si and "registr" in si.lower()), None)
        or next((si for si in record.get("SI", ()) if si.startswith("ClinicalTrials.gov/")), None),
        kind=kind,
        integrity=titled(title, _notice(record, types)),
        note=remarks[:MAX_TEXT] or None,
        species=animal,
    )


def _family(authors: list[str], full: list[str]) -> str | None:
    """Return the first author's family name: what stands before the comma, else before the initials."""
    if full and "," in full[0]:
        return full[0].partition(",")[0].strip()
    if not authors:
        return None
    name, _, initials = authors[0].rpartition(" ")
    return name if name and initials.isupper() else authors[0]


def _doi(record: dict[str, list[str]]) -> str | None:
    for value in [*record.get("LID", []), *record.get("AID", [])]:
        match = _DOI.search(value)
        if match is not None:
            return doi_in(match[1])
    return None


def _notice(record: dict[str, list[str]], types: list[str]) -> Notice:
    """Return the gravest thing known against a publication, with every notice in the note."""
    found = [
        (status, f"{name}: {one_line(value)}")
        for tag, (status, name) in NOTICES.items()
        for value in record.get(tag, ())
    ]
    retracted = _RETRACTED_TYPE in {each.casefold() for each in types}
    if retracted and not any(status is Integrity.RETRACTED for status, _ in found):
        found.insert(0, (Integrity.RETRACTED, "Publication type: Retracted Publication"))
    if not found:
        return Notice(status=Integrity.NONE_KNOWN)
    status = max((status for status, _ in found), key=list(Integrity).index)
    gravest = next(note for its, note in found if its is status)
    return Notice(status=status, note="; ".join(note for _, note in found)[:MAX_TEXT], doi=doi_in(gravest))


def _animal(headings: list[str]) -> str | None:
    """Return the species where the headings of a record name animals and no humans."""
    plain = {heading.strip("*").partition("/")[0].strip("*") for heading in headings}
    if "Humans" in plain or "Animals" not in plain:
        return None
    return next(
        (species for name, species in _SPECIES.items() if any(each.startswith(name) for each in plain)), "animal"
    )
