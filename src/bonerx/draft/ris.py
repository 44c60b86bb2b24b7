"""RIS, the exchange format of citation managers, by rispy: MIT, no dependencies of its own, kept since 2018."""

import re
from typing import Any

from bonerx.draft.abstract import Abstract, doi_in, kind_of, listed, one_line, titled, volume_of, year_in
from bonerx.errors import Unreadable
from bonerx.model.kinds import Integrity
from bonerx.model.source import Notice

_START = re.compile(r"^(?=TY  ?- )", re.MULTILINE)
_PUBMED = re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,9})|ncbi\.nlm\.nih\.gov/pubmed/(\d{1,9})")
_PMID = re.compile(r"(?:PMID:?\s*)?(\d{1,9})", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Return whether a text is in RIS."""
    return _START.search(text) is not None


def read(text: str, place: str, stem: str) -> list[Abstract]:
    """Return the publications in a text, in its order; raise Unreadable where it is not RIS."""
    import rispy

    pieces = _START.split(text)[1:]
    found: list[Abstract] = []
    for number, piece in enumerate(pieces, 1):
        where = place if len(pieces) == 1 else f"{place}, record {number}"
        # One record at a time, closed where the file forgot to: rispy drops a record without `ER`, and merges two.
        closed = _unwrapped(re.sub(r"^TY -", "TY  -", piece)) + "\nER  - \n"
        try:
            records = rispy.loads(closed)
        except (KeyError, AttributeError, TypeError, ValueError):
            raise Unreadable(f"cannot read `{where}`: this is not RIS", hint="export the record once more") from None
        found += [_abstract(record, where, stem) for record in records[:1]]
    return found


def _unwrapped(piece: str) -> str:
    """Return a record with the lines that go on with a single value put behind it.

    rispy would add them one by one, and copy the value with each.
    """
    import rispy

    several = rispy.RisParser.DEFAULT_LIST_TAGS  # of these, rispy keeps a list, to which each line is added
    values: list[list[str]] = []
    goes_on = False
    for line in piece.split("\n"):
        if line[2:5] == "  -" and line[:2].isupper() and line[:1].isalpha():
            goes_on = line[:2] not in several
        elif goes_on:
            values[-1] += [line.strip()] if line.strip() else []
            continue
        values.append([line])
    return "\n".join(" ".join(value) for value in values)


def _abstract(record: dict[str, Any], place: str, stem: str) -> Abstract:
    def first(*fields: str) -> str | None:
        found = (one_line(_text(record.get(field))) for field in fields)
        return next((value for value in found if value), None)

    people = [one_line(each) for each in record.get("authors") or record.get("first_authors") or () if each.strip()]
    title = first("title", "primary_title")
    work = first("type_of_work") or ""
    retracted = "retracted publication" in work.casefold()
    notice = Notice(
        status=Integrity.RETRACTED if retracted else Integrity.NONE_KNOWN,
        note="Type of work: Retracted Publication" if retracted else None,
    )
    return Abstract(
        place=place,
        stem=stem,
        text=one_line(_text(record.get("abstract")) or _text(record.get("notes_abstract"))),
        title=title,
        authors=listed([_short(each) for each in people]),
        family=people[0].partition(",")[0].strip() if people else None,
        journal=first("journal_name", "alternate_title2", "alternate_title1", "alternate_title3", "secondary_title"),
        year=year_in(first("year", "publication_year", "date") or ""),
        volume=volume_of(first("volume"), first("number")),
        pages=_pages(first("start_page"), first("end_page")),
        doi=doi_in(first("doi") or ""),
        pmid=_pmid(record, first("name_of_database", "database_provider") or ""),
        kind=kind_of(re.split(r"[;,]\s*", work)),
        integrity=titled(title, notice),
    )


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value if isinstance(value, str) else ""


def _pages(start: str | None, end: str | None) -> str | None:
    return f"{start}-{end}" if start and end and start != end and "-" not in start else start or end


def _short(author: str) -> str:
    """Return a name as it is cited: `Sato, Ken-ichi` as `Sato KI`; any other name whole."""
    family, comma, given = author.partition(",")
    if not comma or not given.strip():
        return family.strip() or author
    if not given.strip()[0].isascii() and not family[:1].isascii():
        return f"{family.strip()}{given.strip()}"
    given = given.partition(",")[0]
    initials = "".join(part[0] for part in re.split(r"[\s.-]+", given) if part and part[0].isalpha())
    return f"{family.strip()} {initials.upper()}".strip()


def _pmid(record: dict[str, Any], database: str) -> str | None:
    """Return the PubMed number where the record says that it is one."""
    match = _PUBMED.search(" ".join(record.get("urls") or ()))
    if match is not None:
        return match[1] or match[2]
    number = _PMID.fullmatch(_text(record.get("accession_number")).strip())
    named = re.search("pubmed|medline", database, re.IGNORECASE) or "PMID" in _text(record.get("accession_number"))
    return number[1] if number is not None and named else None
