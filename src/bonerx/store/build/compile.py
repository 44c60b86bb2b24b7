"""Files into a store: all that happens once for a table, before the first question, and never again."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import apsw

from bonerx.check.table import check_table
from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.ndjson import Line
from bonerx.evidence.origin import Evidence
from bonerx.evidence.record import SINGULAR
from bonerx.evidence.record_stream import RecordStream
from bonerx.number import counted
from bonerx.store.build.analyses import write_numbers
from bonerx.store.build.builder import Build, Progress
from bonerx.store.build.file import IN_MEMORY, index_words, new_store, rows, run
from bonerx.store.build.final_checks import faults, look_up, unite, unreadable
from bonerx.store.build.lookups import write_domains, write_findings
from bonerx.store.build.writer import Writer
from bonerx.store.queries import Store

Fingerprint = list[tuple[str, str]]
"""The name and SHA-256 of every file of a table."""


def compile_into(
    streams: Sequence[RecordStream],
    path: str,
    progress: Progress,
    place: Callable[[Fingerprint], str] | None = None,
    *,
    mode: int = 0o666,
) -> tuple[str, Fingerprint]:
    """Write the store of a table at `path`, or at the place for what was read; return where it is and what was read.

    A new store has the permissions `mode` less those of the umask. Raise InvalidEvidence with every fault, Unreadable
    where the store cannot be written.
    """
    with new_store(path, mode=mode) as new, Writer(new.beside) as writer:
        found = _read(writer, streams, progress)
        writer.finish().close()
        if place is not None:
            new.target = place(found)
    return (path if place is None else new.target), found


def compile_unwritten(streams: Sequence[RecordStream], progress: Progress) -> tuple[Store, Fingerprint]:
    """Return the store of a table without a file, for where none can be written, and what was read."""
    with Writer(IN_MEMORY) as writer:
        found = _read(writer, streams, progress)
        return Store(writer.finish(), "in memory"), found


def compile_in_memory(evidence: Evidence) -> Store:
    """Return the store, without a file, of evidence that was read before; raise InvalidEvidence."""
    found = check_table(evidence)
    if found:
        raise invalid(found)
    with Writer(IN_MEMORY) as writer:
        build = Build(writer)
        build.known.hold(evidence.texts)
        records = ((kind, record) for kind in SINGULAR for record in getattr(evidence.table, kind))
        for number, (kind, record) in enumerate(records, 1):
            build.add(Line(kind, record, number), "")
        unite(build)
        look_up(build)
        finish(build, evidence.table.title, [(file.path, file.sha256) for file in evidence.files], [])
        return Store(writer.finish(), "in memory")


def invalid(found: Sequence[Fault]) -> InvalidEvidence:
    """Return the error that names all faults of a table."""
    return InvalidEvidence(f"the evidence table is invalid: {counted(len(found), 'fault')}", faults=tuple(found))


def _read(writer: Writer, streams: Sequence[RecordStream], progress: Progress) -> Fingerprint:
    """Fill a store from files; raise InvalidEvidence: types first, then what files say twice, then the rest."""
    build = Build(writer)
    for stream in streams:
        build.read(stream, progress)
    build.fault_list.raise_any()
    progress("checking", 0, 0)
    unite(build)
    fault_list = FaultList()
    fault_list.extend(unreadable(build))
    fault_list.raise_any()
    look_up(build)
    found = faults(build)
    if found:
        raise invalid(found)
    progress("indexing", 0, 0)
    title = next((stream.title for stream in streams if stream.title is not None), None)
    files = [(stream.name, stream.sha256) for stream in streams]
    numbers = {stream.path: number for number, stream in enumerate(streams)}
    texts = [(numbers[text.table], text.text, text.sha256) for text in build.known.text_files.values()]
    finish(build, title, files, texts)
    return files


def finish(build: Build, title: str | None, files: Fingerprint, texts: Sequence[tuple[int, str, str]]) -> None:
    """Write what can be written only when the whole table is known to hold."""
    connection = build.writer.connection
    table = build.known.table(title)
    write_findings(connection, table.findings)
    write_numbers(connection, table)
    run(connection, "indexes")
    write_domains(connection, table.outcomes)
    index_words(connection)
    _write_meta(connection, _summary(build, title) | {"files": files, "texts": texts})


def _write_meta(connection: apsw.Connection, meta: Mapping[str, Any]) -> None:
    # Escaped, since the name of a file may hold bytes that are no text.
    rows = ((key, json.dumps(value)) for key, value in meta.items())
    connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)


def _summary(build: Build, title: str | None) -> dict[str, object]:
    """Return what a store says of itself: title, languages in order of appearance, species, number of records."""
    records = build.known.records
    languages: dict[str, None] = {}
    for kind in ("agents", "outcomes", "populations"):
        for record in records[kind].values():
            languages.update(dict.fromkeys(record.names))
    languages.update(build.languages)
    held = {kind: len(of) for kind, of in records.items()}
    for kind, table in (("sentences", "sentence"), ("claims", "claim"), ("drafts", "draft")):
        ((held[kind],),) = rows(build.writer.connection, f"SELECT count(*) FROM {table}")
    drafts = held.pop("drafts")
    held["claims"] += drafts
    return {
        "title": title,
        "languages": list(languages),
        "species": sorted(build.species),
        "counts": {kind: held[kind] for kind in SINGULAR},
        "drafts": drafts,
    }
