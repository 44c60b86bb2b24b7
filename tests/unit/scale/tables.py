"""Small tables of every kind of record, as NDJSON lines, and stores made of them."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence.files import TableFile
from bonerx.evidence.record import validator
from bonerx.evidence.record_stream import RecordStream
from bonerx.store.build.compile import compile_into

Record = dict[str, Any]
TABLES = (
    "record", "name", "kin", "sentence", "passage", "draft", "claim_sentence", "claim_source", "regimen_agent",
)  # fmt: skip
TEXT = "Dormolin may lengthen sleep.\nDormolin lengthens sleep more than placebo.\n多眠灵可能延长睡眠。\n"
WORDS: list[Record] = [
    {"record": "agent", "id": "sleepers", "kind": "class", "names": {"en": "sleepers"}},
    {"record": "agent", "id": "dormolin", "kind": "drug", "names": {"en": "dormolin", "zh": "多眠灵"},
     "classes": [{"of": "sleepers", "summary": "by its structure"}]},
    {"record": "agent", "id": "placebo", "kind": "control", "names": {"en": "placebo"}},
    {"record": "outcome", "id": "sleep-time", "names": {"en": "sleep time"}, "better": "higher"},
    {"record": "population", "id": "adults", "names": {"en": "adults"}},
    {"record": "population", "id": "rats", "names": {"en": "rats"}, "species": "rat"},
]  # fmt: skip
SOURCES: list[Record] = [
    {"record": "source", "id": "author-2020", "kind": "other", "read_as": "abstract", "text": "sources/author.txt"},
    {"record": "source", "id": "gone-2019", "kind": "other", "read_as": "abstract", "text": "sources/author.txt",
     "integrity": {"status": "retracted", "note": "by its journal"}},
]  # fmt: skip


def sentence(label: str, source: str = "author-2020", **more: Any) -> Record:
    """Return one of the three sentences of the text as a record: `S1`, `S2` or, in Chinese, `S3`."""
    start, end = {"S1": (0, 28), "S2": (29, 72), "S3": (73, 83)}[label]
    lang = "zh" if label == "S3" else "en"
    said = {"start": start, "end": end, "text": TEXT[start:end]}
    return {"record": "sentence", "id": f"{source}/{label}", "source": source, "passages": {lang: said}} | more


def claim(number: int, **more: Any) -> Record:
    """Return a claim on the second sentence."""
    return {
        "record": "claim", "id": f"claim-{number}", "kind": "efficacy", "regimen": ["dormolin"],
        "outcome": "sleep-time", "direction": "increases", "hedge": {"level": "asserted"},
        "population": {"id": "adults", "basis": "stated"},
        "sentences": ["author-2020/S2"],
    } | more  # fmt: skip


def hedged(number: int, **more: Any) -> Record:
    """Return a claim on the first sentence, with its cue."""
    return claim(number, hedge={"level": "possible", "cues": {"en": ["may"]}}, sentences=["author-2020/S1"]) | more


WHOLE: list[Record] = [
    *WORDS, *SOURCES, *(sentence(label) for label in ("S1", "S2", "S3")), sentence("S1", "gone-2019"),
    claim(1), claim(2), hedged(3), hedged(4),
    claim(5, kind="comparison", comparator=["placebo"], direction="superior", favours="regimen"),
]  # fmt: skip


def write(folder: Path, records: Iterable[Record | str], name: str = "table.ndjson") -> Path:
    """Write records (or lines as they are) as NDJSON, with the text of their sources beside it."""
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "author.txt").write_text(TEXT, encoding="utf-8")
    path = folder / name
    lines = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


class Opened(sqlite3.Connection):
    """A connection that is closed when nobody uses it any more."""

    def __del__(self) -> None:
        self.close()


def compiled(*tables: Path) -> sqlite3.Connection:
    """Return a connection to the store of tables, which stands beside the first of them."""
    place = str(tables[0].parent / "compiled.db")
    streams = [RecordStream(TableFile(str(table), str(table))) for table in tables]
    try:
        compile_into(streams, place, lambda *_: None)
    finally:
        for stream in streams:
            stream.close()
    return sqlite3.connect(f"file:{place}?mode=ro", uri=True, factory=Opened)


def faults(*tables: Path) -> tuple[Fault, ...]:
    """Return the faults of tables."""
    try:
        compiled(*tables)
    except InvalidEvidence as invalid:
        return invalid.faults
    return ()


def content(store: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return all rows of a store that say something of the table."""
    rows = {table: store.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
    columns = [row[1] for row in store.execute("PRAGMA table_info(claim)") if row[1] != "json"]
    rows["claim"] = store.execute(f"SELECT {', '.join(columns)} FROM claim ORDER BY seq").fetchall()
    judge = validator("claims").validate_json
    rows["records"] = [judge(text, strict=True) for (text,) in store.execute("SELECT json FROM claim ORDER BY seq")]
    return rows
