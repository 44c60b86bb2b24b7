"""Files in, publications out: which format a file is in, by its name or by how it begins."""

import os
import re
from collections.abc import Iterable
from dataclasses import fields

from bonerx.draft import medline, plain_text, ris
from bonerx.draft.abstract import Abstract
from bonerx.errors import Unreadable, UsageError
from bonerx.evidence import limits
from bonerx.evidence.files import STDIN, read
from bonerx.evidence.text import decode
from bonerx.model.field import MAX_TEXT

_TABLES = (".yaml", ".yml", ".json", ".ndjson", ".jsonl", ".db")
_FOREIGN = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".doc": "a Word document",
    ".html": "a web page",
    ".xml": "XML",
}
LONGEST = 200_000
"""Code points of the longest text that is taken for an abstract, which leaves room for a full text."""


_UNSTORED = {"place", "stem", "text", "family"}
"""Fields of a publication that no field of a record is made of as they are."""


def read_publications(paths: Iterable[str]) -> list[Abstract]:
    """Return every publication in the files, in order; raise Unreadable or UsageError where a file is none."""
    found: list[Abstract] = []
    for path in paths:
        found += _in_file(path)
    return found


def _in_file(path: str) -> list[Abstract]:
    name = "<stdin>" if path == STDIN else path
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    if suffix in _TABLES:
        hint = "an abstract is plain text, `.nbib` or RIS; a table goes to `--evidence` or `-o`"
        raise UsageError(f"`{name}` is a table, not an abstract", hint=hint)
    if suffix in _FOREIGN:
        hint = "give plain text, a PubMed `.nbib` file, or RIS"
        raise UsageError(f"`{name}` is {_FOREIGN[suffix]}, not an abstract", hint=hint)
    text = _text(path, name)
    stem = "abstract" if path == STDIN else os.path.splitext(os.path.basename(path))[0]  # noqa: PTH119, PTH122
    if suffix == ".nbib" or (suffix != ".ris" and medline.looks_like(text)):
        publications = medline.read(text, name, stem)
    elif suffix == ".ris" or ris.looks_like(text):
        publications = ris.read(text, name, stem)
    else:
        publications = plain_text.read(text, name, stem)
    if not any(each.text or each.title or each.pmid or each.doi for each in publications):
        raise Unreadable(f"`{name}` holds no abstract", hint="give plain text, a PubMed `.nbib` file, or RIS")
    for each in publications:
        _demand_short(each)
    return publications


def _demand_short(abstract: Abstract) -> None:
    """Raise Unreadable where a record says more than a table may hold of it, before anything is made of it."""
    if len(abstract.text) > LONGEST:
        raise Unreadable(
            f"the text of `{abstract.place}` is longer than {LONGEST} characters", hint="give the abstract alone"
        )
    said = [(each.name, getattr(abstract, each.name)) for each in fields(abstract) if each.name not in _UNSTORED]
    for name, value in [*said, ("notice", abstract.integrity.note), ("DOI of the notice", abstract.integrity.doi)]:
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise Unreadable(
                f"the {name} in `{abstract.place}` is longer than {MAX_TEXT} characters",
                hint="shorten it, or leave it out",
            )


def _text(path: str, name: str) -> str:
    """Return the text of a file with line feeds for every kind of line end; raise Unreadable where it is not one."""
    raw = read(path, limits.DOCUMENT_BYTES, name=name)
    if len(raw) > limits.DOCUMENT_BYTES:
        raise Unreadable(f"`{name}` is larger than {limits.DOCUMENT_BYTES // 1024**2} MiB")
    text, misread = decode(raw)
    if misread:
        line, column, message, hint = misread[0]
        raise Unreadable(f"cannot read `{name}`: {message} (line {line}, column {column})", hint=hint)
    return re.sub("\r\n?|[\u2028\u2029]", "\n", text)
