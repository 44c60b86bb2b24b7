"""An evidence table into a store: written beside its place, then renamed, so that nobody sees half of it."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from importlib.resources import files
from typing import Any

from bonerx.errors import Unreadable
from bonerx.model.claim import Claim, Finding
from bonerx.model.question import Outcome, Population
from bonerx.model.regimen import regimen_id
from bonerx.model.source import Sentence
from bonerx.model.table import EvidenceTable
from bonerx.model.treatment import Agent
from bonerx.store.name import fold
from bonerx.store.read import APPLICATION_ID, SCHEMA_VERSION

RECORD_KINDS = ("agents", "outcomes", "populations", "sources", "studies", "published", "findings")
_CLAIM = f"INSERT INTO claim VALUES ({','.join('?' * 16)})"


def plain(value: Any) -> Any:
    """Return a record as plain data, without the fields that say nothing."""
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: plain(item) for field, item in pairs if not _says_nothing(item, field.default)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def _says_nothing(item: Any, default: Any) -> bool:
    """Whether a field may be left out: nothing, empty, or a mark not set. No event is a figure, and stays."""
    if item is None or item is False:
        return default is not True
    return isinstance(item, tuple | dict) and not item


def dumps(value: Any) -> str:
    """Return a record as compact JSON."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


@contextmanager
def new_store(path: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection to an empty store that takes its place at `path` when the block ends well.

    Raises Unreadable when the place cannot be written.
    """
    beside = f"{path}.{os.getpid()}.new"
    try:
        connection = sqlite3.connect(beside, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            with scheme(connection):
                yield connection
        finally:
            connection.close()
        descriptor = os.open(beside, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(beside, path)  # noqa: PTH105
    except (OSError, sqlite3.OperationalError) as error:
        raise Unreadable(f"cannot write `{path}`: {error}") from error
    finally:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108


@contextmanager
def scheme(connection: sqlite3.Connection) -> Iterator[None]:
    """Lay out the tables, run the block in one transaction, and mark the file as a store of this version."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.executescript((files("bonerx") / "store" / "schema.sql").read_text("utf-8"))
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


def write_table(connection: sqlite3.Connection, table: EvidenceTable) -> None:
    """Write every record of a table that a question may need; drafts are left out."""
    for kind in RECORD_KINDS:
        records = getattr(table, kind)
        connection.executemany(
            "INSERT INTO record (kind, id, json) VALUES (?, ?, ?)",
            ((kind, record.id, dumps(record)) for record in records),
        )
    for kind, named in (("agents", table.agents), ("outcomes", table.outcomes), ("populations", table.populations)):
        write_vocabulary(connection, kind, named)
    write_sentences(connection, table.sentences)
    write_claims(connection, (claim for claim in table.claims if not claim.draft))
    write_findings(connection, table.findings)
    mark_retracted(connection)
    for key, value in summary(table).items():
        connection.execute("INSERT INTO meta VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False)))


def write_vocabulary(
    connection: sqlite3.Connection, kind: str, records: Iterable[Agent | Outcome | Population]
) -> None:
    """Write the names of agents, outcomes or populations and what each is part, form or member of."""
    for record in records:
        names = {record.id, *record.names.values(), *(name for some in record.synonyms.values() for name in some)}
        rows = {(kind, fold(name), record.id) for name in names}
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", sorted(rows))
        if isinstance(record, Agent):
            above = [(membership.of, "member") for membership in record.classes]
            above += [(record.broader, "form")] if record.broader else []
        else:
            above = [(broad, "part") for broad in record.broader]
        connection.executemany(
            "INSERT OR IGNORE INTO kin VALUES (?, ?, ?, ?)", [(kind, record.id, *up) for up in above]
        )


def write_sentences(connection: sqlite3.Connection, sentences: Iterable[Sentence]) -> None:
    """Write verbatim sentences with their passages, and the index of their words."""
    for sentence in sentences:
        row = (sentence.id, sentence.source)
        seq = connection.execute("INSERT INTO sentence (id, source) VALUES (?, ?)", row).lastrowid
        passages = [(seq, lang, said.start, said.end, said.text) for lang, said in sentence.passages.items()]
        connection.executemany("INSERT INTO passage VALUES (NULL, ?, ?, ?, ?, ?)", passages)
    connection.execute("INSERT INTO passage_text (passage_text) VALUES ('rebuild')")


def write_claims(connection: sqlite3.Connection, claims: Iterable[Claim]) -> None:
    """Write claims with the columns that rules read, the sentences they rest on and the agents of their regimens."""
    for claim in claims:
        regimen = regimen_id(claim.regimen, claim.combination)
        comparator = regimen_id(claim.comparator) if claim.comparator else None
        source = claim.sentences[0].split("/")[0] if claim.sentences else claim.sources[0]
        row = (
            None,
            claim.id,
            claim.kind,
            regimen,
            comparator,
            "+".join(claim.named),
            claim.outcome,
            claim.direction,
            claim.favours,
            claim.hedge.level,
            claim.population.id,
            claim.population.emphasis,
            claim.species,
            source,
            0,
            dumps(claim),
        )
        seq = connection.execute(_CLAIM, row).lastrowid
        rows = [(sentence, seq) for sentence in claim.sentences]
        connection.executemany("INSERT OR IGNORE INTO claim_sentence VALUES (?, ?)", rows)
        pairs = [(agent, regimen) for agent in claim.regimen]
        if comparator is not None:
            pairs += [(agent, comparator) for agent in claim.comparator or ()]
        connection.executemany("INSERT OR IGNORE INTO regimen_agent VALUES (?, ?)", pairs)


def write_findings(connection: sqlite3.Connection, findings: Iterable[Finding]) -> None:
    """Write which findings bear on which claims."""
    pairs = ((claim, finding.id) for finding in findings for claim in finding.bears_on)
    connection.executemany("INSERT OR IGNORE INTO finding_claim VALUES (?, ?)", pairs)


def mark_retracted(connection: sqlite3.Connection) -> None:
    """Mark the claims of which no source stands, so that they count in no verdict."""
    sources = connection.execute("SELECT id, json FROM record WHERE kind = 'sources'")
    gone = {id_ for id_, text in sources if json.loads(text).get("integrity", {}).get("status") == "retracted"}
    for source in sorted(gone):
        for seq, text in connection.execute("SELECT seq, json FROM claim WHERE source = ?", (source,)).fetchall():
            claim = json.loads(text)
            grounds = {sentence.split("/")[0] for sentence in claim.get("sentences", ())} | set(
                claim.get("sources", ())
            )
            if grounds <= gone:
                connection.execute("UPDATE claim SET retracted = 1 WHERE seq = ?", (seq,))


def summary(table: EvidenceTable) -> dict[str, Any]:
    """Return what a store says of itself: title, languages in order of appearance, species, number of records."""
    languages: dict[str, None] = {}
    named: tuple[Agent | Outcome | Population, ...] = (*table.agents, *table.outcomes, *table.populations)
    for record in named:
        languages.update(dict.fromkeys(record.names))
    for sentence in table.sentences:
        languages.update(dict.fromkeys(sentence.passages))
    kinds = (*RECORD_KINDS, "sentences", "claims")
    return {
        "title": table.title,
        "languages": list(languages),
        "species": sorted({claim.species for claim in table.claims}),
        "counts": {kind: len(getattr(table, kind)) for kind in kinds},
        "drafts": sum(claim.draft for claim in table.claims),
    }
