"""The doorway: paths in, one proven-by-type table with the texts of its sources out, or every fault at once."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.event import Format
from bonerx.evidence.documents.load import fetch, load
from bonerx.evidence.documents.locate import Path, Place, Wanted, locate
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.files import Content, table_files
from bonerx.evidence.ndjson import Line, stream
from bonerx.evidence.origin import Evidence, File, Problem, TextFile
from bonerx.evidence.record import SINGULAR
from bonerx.evidence.source_texts import SourceTexts
from bonerx.evidence.validate import validate, where
from bonerx.model.table import FORMAT, EvidenceTable

Address = tuple[str, int, Path]
"""A field in one file: the kind of record, its number among those of its kind, and the field's path within it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table as it was read; `places` says where fields stand in it, and how their paths are shown."""

    name: str
    path: str
    table: EvidenceTable
    places: Callable[[Sequence[Address]], list[tuple[Place, str]]]


Origins = dict[tuple[str, str], tuple[int, int]]
"""Of every record, by kind and id: the number of its part, and its number among those of its kind there."""


def read(paths: Sequence[str]) -> Evidence:
    """Return the evidence that the files, folders, `-` (standard input) and `default` in `paths` hold together.

    Raise `Unreadable` for what cannot be read and `InvalidEvidence` with every fault of every file. What types
    cannot say is for `bonerx.check.table` to judge.
    """
    return read_contents([fetch(file) for file in table_files(paths)])


def read_contents(contents: Iterable[tuple[Content, Format]]) -> Evidence:
    """Return the evidence in files that have been read already; the rest is as in `read`."""
    fault_list = FaultList()
    files: list[File] = []
    parts: list[Part] = []
    for content, form in contents:
        files.append(File(content.name, content.sha256))
        part = _lines(content, fault_list) if form == "ndjson" else document(content, form, fault_list)
        if part is not None:
            parts.append(part)
    fault_list.raise_any()
    table, origins = _join(parts, fault_list)
    texts, text_files, problems = _texts(table, origins, parts)
    fault_list.extend(_faults(parts, origins, problems))
    fault_list.raise_any()
    return Evidence(table, tuple(files), texts, text_files, partial(_faults, parts, origins))


def document(content: Content, form: Format, fault_list: FaultList) -> Part | None:
    """Return what a YAML or JSON document holds, None where it has faults."""
    loaded = load(content, form, fault_list)
    table = None if loaded is None else validate(loaded, fault_list)
    if loaded is None or table is None:
        return None

    def places(addresses: Sequence[Address]) -> list[tuple[Place, str]]:
        wanted = [Wanted((kind, index, *path)) for kind, index, path in addresses]
        found = locate(loaded.text, loaded.form, wanted)
        ids = (getattr(table, kind)[index].id for kind, index, _ in addresses)
        return [(found[each], where(each.path, record)) for each, record in zip(wanted, ids, strict=True)]

    return Part(content.name, content.path, table, places)


def _lines(content: Content, fault_list: FaultList) -> Part | None:
    """Return what the lines of an NDJSON file hold, None where it has faults."""
    before = fault_list.count
    lines: dict[str, list[Line]] = {kind: [] for kind in SINGULAR}
    titles: list[str | None] = []
    for line in stream(io.BytesIO(content.raw), content.name, fault_list, titled=titles.append):
        lines[line.kind].append(line)
    if fault_list.count > before:
        return None
    records: dict[str, Any] = {kind: tuple(line.record for line in of) for kind, of in lines.items()}
    if not any(records.values()):
        fault_list.add(Fault(content.name, 1, 1, "", "the file holds no record", "one line holds one record"))
        return None

    def places(addresses: Sequence[Address]) -> list[tuple[Place, str]]:
        sought: dict[tuple[str, int], list[Wanted]] = {}
        for kind, index, path in addresses:
            sought.setdefault((kind, index), []).append(Wanted(path))
        columns = {
            (kind, index, at.path): place.column
            for (kind, index), wanted in sought.items()
            for at, place in locate(_shown(lines[kind][index].raw), "json", wanted).items()
        }
        found: list[tuple[Place, str]] = []
        for kind, index, path in addresses:
            line = lines[kind][index]
            where_in = where((SINGULAR[kind], *path), line.record.id)
            found.append((Place(line.number, columns[kind, index, path]), where_in))
        return found

    title = next(filter(None, titles), None)
    return Part(content.name, content.path, EvidenceTable(format=FORMAT, title=title, **records), places)


def _shown(raw: bytes) -> str:
    """Return a line as its columns are counted."""
    return raw.decode("utf-8").removeprefix("\ufeff")


def _join(parts: Sequence[Part], fault_list: FaultList) -> tuple[EvidenceTable, Origins]:
    """Return the one table that the parts make up; what two of them say differently is a fault naming both."""
    origins: Origins = {}
    held: dict[str, dict[str, Any]] = {kind: {} for kind in SINGULAR}
    clashes: list[tuple[str, str, tuple[int, int], str]] = []
    for number, part in enumerate(parts):
        for kind, records in held.items():
            for index, record in enumerate(getattr(part.table, kind)):
                first = records.setdefault(record.id, record)
                key = (kind, record.id)
                if first is record and key not in origins:
                    origins[key] = (number, index)
                elif origins[key][0] == number:
                    clashes.append((*key, (number, index), "stands twice in this file"))
                elif first != record:
                    clashes.append((*key, (number, index), f"differs in {difference(first, record)} from the one"))
    _report(clashes[: limits.FAULTS + 1], origins, parts, fault_list)
    title = next((part.table.title for part in parts if part.table.title is not None), None)
    merged: dict[str, Any] = {kind: tuple(of.values()) for kind, of in held.items()}
    return EvidenceTable(format=FORMAT, title=title, **merged), origins


def difference(first: Any, second: Any) -> str:
    """Return the fields in which two records of a kind differ."""
    names = [each.name for each in fields(first) if getattr(first, each.name) != getattr(second, each.name)]
    return ", ".join(f"`{name}`" for name in names)


def _report(
    clashes: list[tuple[str, str, tuple[int, int], str]], origins: Origins, parts: Sequence[Part], fault_list: FaultList
) -> None:
    """Note every clash with the places of both records; each file is read once for that."""
    sought: dict[int, list[Address]] = {}
    for kind, record, (number, index), _ in clashes:
        first_part, first_index = origins[kind, record]
        sought.setdefault(number, []).append((kind, index, ("id",)))
        sought.setdefault(first_part, []).append((kind, first_index, ("id",)))
    found = {
        (number, address): place
        for number, addresses in sought.items()
        for address, place in zip(addresses, parts[number].places(addresses), strict=True)
    }
    for kind, record, (number, index), what in clashes:
        place, path = found[number, (kind, index, ("id",))]
        first_part, first_index = origins[kind, record]
        other, _ = found[first_part, (kind, first_index, ("id",))]
        at = f"{parts[first_part].name}:{other.line}:{other.column}"
        message = f"the {SINGULAR[kind]} `{record}` {what}" + (
            f", first in line {other.line}" if first_part == number else f" in {at}"
        )
        hint = "give one of them another id" + ("" if first_part == number else ", or make both say the same")
        fault_list.add(Fault(parts[number].name, place.line, place.column, path, message, hint))


def _texts(
    table: EvidenceTable, origins: Origins, parts: Sequence[Part]
) -> tuple[dict[str, str], tuple[TextFile, ...], list[Problem]]:
    """Return the texts of the sources that have one, the files they stand in, and the problems in getting them."""
    texts: dict[str, str] = {}
    files: list[TextFile] = []
    problems: list[Problem] = []
    shelf = SourceTexts()
    for source in table.sources:
        if source.text is None:
            continue
        part = parts[origins["sources", source.id][0]]
        found = shelf.text_of(source, part.path)
        if isinstance(found, str):
            hint = "`text` names a file beside the table, such as `sources/author-2003.txt`"
            problems.append(Problem("sources", source.id, ("text",), found, hint))
        else:
            texts[source.id], file = found
            files.append(file)
    return texts, tuple(files), problems[: limits.FAULTS + 1]


def _faults(parts: Sequence[Part], origins: Origins, problems: Sequence[Problem]) -> list[Fault]:
    """Return problems as faults with their places, each file read once more for that; order is kept."""
    sought: dict[int, list[Address]] = {}

    def home(kind: str, id_: str, path: Path) -> tuple[int, Address]:
        number, index = origins[kind, id_]
        address = (kind, index, path)
        sought.setdefault(number, []).append(address)
        return number, address

    homes = [home(each.kind, each.id, each.path) for each in problems]
    besides = [each.beside and home(each.kind, *each.beside) for each in problems]
    found = {
        (number, address): place
        for number, addresses in sought.items()
        for address, place in zip(addresses, parts[number].places(addresses), strict=True)
    }
    faults: list[Fault] = []
    for problem, (number, address), beside in zip(problems, homes, besides, strict=True):
        (line, column), path = found[number, address]
        message, name = problem.message, parts[number].name
        if beside is not None:
            message = problem.message_from(name, parts[beside[0]].name, found[beside][0].line)
        faults.append(Fault(name, line, column, path, message, problem.hint))
    return faults
