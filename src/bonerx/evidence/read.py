"""The doorway: paths in, one proven-by-type table with the texts of its sources out, or every fault at once."""

import io
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.load import fetch, load
from bonerx.evidence.documents.locate import Path, Place, Wanted, locate
from bonerx.evidence.documents.parse import Format
from bonerx.evidence.fault_list import Ledger
from bonerx.evidence.files import Content, table_files
from bonerx.evidence.join import Address, Origins, Part, join
from bonerx.evidence.ndjson import Line, stream
from bonerx.evidence.origin import Evidence, File, Problem, TextFile
from bonerx.evidence.record import SINGULAR
from bonerx.evidence.texts import Shelf
from bonerx.evidence.validate import validate, where
from bonerx.model.table import FORMAT, EvidenceTable


def read(paths: Sequence[str]) -> Evidence:
    """Return the evidence that the files, folders, `-` (standard input) and `default` in `paths` hold together.

    Raise `Unreadable` for what cannot be read and `InvalidEvidence` with every fault of every file. What types
    cannot say is for `bonerx.check.prove` to judge.
    """
    return read_contents([fetch(file) for file in table_files(paths)])


def read_contents(contents: Iterable[tuple[Content, Format]]) -> Evidence:
    """Return the evidence in files that have been read already; the rest is as in `read`."""
    ledger = Ledger()
    files: list[File] = []
    parts: list[Part] = []
    for content, form in contents:
        files.append(File(content.name, content.sha256))
        part = _lines(content, ledger) if form == "ndjson" else document(content, form, ledger)
        if part is not None:
            parts.append(part)
    ledger.raise_any()
    table, origins = join(parts, ledger)
    texts, text_files, problems = _texts(table, origins, parts)
    ledger.extend(_faults(parts, origins, problems))
    ledger.raise_any()
    return Evidence(table, tuple(files), texts, text_files, partial(_faults, parts, origins))


def document(content: Content, form: Format, ledger: Ledger) -> Part | None:
    """Return what a YAML or JSON document holds, None where it has faults."""
    loaded = load(content, form, ledger)
    table = None if loaded is None else validate(loaded, ledger)
    if loaded is None or table is None:
        return None

    def places(addresses: Sequence[Address]) -> list[tuple[Place, str]]:
        wanted = [Wanted((kind, index, *path)) for kind, index, path in addresses]
        found = locate(loaded.text, loaded.form, wanted)
        ids = (getattr(table, kind)[index].id for kind, index, _ in addresses)
        return [(found[each], where(each.path, record)) for each, record in zip(wanted, ids, strict=True)]

    return Part(content.name, content.path, table, places)


def _lines(content: Content, ledger: Ledger) -> Part | None:
    """Return what the lines of an NDJSON file hold, None where it has faults."""
    before = ledger.count
    lines: dict[str, list[Line]] = {kind: [] for kind in SINGULAR}
    titles: list[str | None] = []
    for line in stream(io.BytesIO(content.raw), content.name, ledger, titled=titles.append):
        lines[line.kind].append(line)
    if ledger.count > before:
        return None
    records: dict[str, Any] = {kind: tuple(line.record for line in of) for kind, of in lines.items()}
    if not any(records.values()):
        ledger.add(Fault(content.name, 1, 1, "", "the file holds no record", "one line holds one record"))
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


def _texts(
    table: EvidenceTable, origins: Origins, parts: Sequence[Part]
) -> tuple[dict[str, str], tuple[TextFile, ...], list[Problem]]:
    """Return the texts of the sources that have one, the files they stand in, and the problems in getting them."""
    texts: dict[str, str] = {}
    files: list[TextFile] = []
    problems: list[Problem] = []
    shelf = Shelf()
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
