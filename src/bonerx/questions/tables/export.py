"""What do tables hold together, written as one table that others can read, whole or as far as options choose?"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.changing import Changed, alone, put
from bonerx.errors import Unreadable, UsageError
from bonerx.evidence.files import (
    LEAVES,
    SHIPPED,
    STDIN,
    file_digest,
    read,
    read_text,
    table_files,
    text_folder,
    text_path,
)
from bonerx.file_output import identity, is_stream, save
from bonerx.model.regimen import agents_of
from bonerx.number import counted
from bonerx.page import Raw
from bonerx.questions.citations.names import listed
from bonerx.questions.records.evidence import Evidence

if TYPE_CHECKING:
    from bonerx.evidence.export import Form
    from bonerx.evidence.origin import Evidence as Read
    from bonerx.model.table import EvidenceTable

_SQLITE = b"SQLite format 3\x00"
_BY_ENDING: Mapping[str, "Form"] = {
    ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson",
}  # fmt: skip
_NOUNS = {"claims": "statement", "sentences": "sentence", "sources": "source"}


class Export(NamedTuple):
    """The wish for the joined table, or for the part of it that `chosen` picks, in the form `to`.

    With `output`, the texts of its sources are put beside that file, where the table names them; nothing stands beside
    a pipe or a device.
    """

    chosen: Evidence = Evidence()
    to: "Form | None" = None
    output: str | None = None

    @property
    def may_replace(self) -> bool:
        """Whether the document may take the place of a table it is made of: it holds all of it."""
        return self.chosen == Evidence()

    def answer_from(self, paths: Sequence[str]) -> Answer:
        """Return the table as a document; raise InvalidEvidence, Unreadable, UsageError and UnknownName."""
        from bonerx.evidence.export import written
        from bonerx.evidence.read import read as read_tables

        form = _form(self.to, self.output)
        paths = tuple(paths) or (SHIPPED,)
        _demand_tables(paths)
        evidence = read_tables(paths)
        table, asked = self._table(evidence)
        texts = _texts(evidence, table)
        lines = written(table, form)
        beside = None if self.output is None or is_stream(self.output) else self.output
        if beside is not None:
            _demand_no_text(beside, [text.path for text in evidence.text_files])
            _place(texts, beside)
        answer = _answer(table, texts, form, Raw(lines))
        answer.save = _in_place_of(paths, evidence, beside)
        answer.document["evidence"] = [{"path": file.path, "sha256": file.sha256} for file in evidence.files]
        answer.document["query"] = {**asked, "command": "export", "to": form}
        if not table.claims and self.chosen != Evidence():
            answer.document["status"] = "no-evidence"
            answer.remark = "no statement found"
        elif texts and beside is None:
            number = counted(len(texts), "text")
            answer.remark = f"the table names {number}, to stand beside it; --output puts them there"
        return answer

    def _table(self, evidence: "Read") -> tuple["EvidenceTable", dict[str, Any]]:
        """Return the proven table, or the part of it that is chosen, and what was asked, under canonical ids."""
        from bonerx.store.build.compile import compile_in_memory, invalid

        if self.chosen == Evidence():
            from bonerx.check.table import check_table

            if faults := check_table(evidence):
                raise invalid(faults)
            query = self.chosen._asdict()
            query.pop("lang")
            return evidence.table, {**query, "agents": []}
        from bonerx.check.references import excerpt

        found = self.chosen.answer(compile_in_memory(evidence)).document
        claims = {*found["answer"]["claims"], *found["answer"]["population_not_stated"]}
        asked = found["query"]
        also = [("agents", agent) for regimen in asked["agents"] for agent in agents_of(regimen)]
        also += [(f"{kind}s", asked[kind]) for kind in ("outcome", "population", "source") if asked[kind]]
        return excerpt(evidence.table, claims, also), asked


def _answer(table: "EvidenceTable", texts: Mapping[str, str], form: "Form", raw: Raw) -> Answer:
    from bonerx.evidence.export import plain, rows
    from bonerx.evidence.record import SINGULAR

    counts = {kind: len(getattr(table, kind)) for kind in SINGULAR}
    said = listed(counted(counts[kind], noun) for kind, noun in _NOUNS.items())
    headline = f"{said}, as {form.upper()}."
    document: dict[str, Any] = {
        "status": "answered",
        "evidence": [],
        "query": None,
        "answer": {"counts": counts, "texts": sorted(texts), "table": plain(table), "headline": headline},
        "claims": [],
        "sources": [],
        "caveats": [],
    }
    columns = ("record", "id", "content")
    return Answer(document, "Export", "", headline, lambda: (raw,), lambda: Records(columns, rows(table)))


def _form(to: "Form | None", output: str | None) -> "Form":
    """Return the form to write: as asked, else as the name of the file says, else YAML; raise UsageError."""
    ending = os.path.splitext(output or "")[1].lower()  # noqa: PTH122
    named = _BY_ENDING.get(ending)
    if to is not None and named is not None and to != named:
        raise UsageError(
            f"`{output}` is read as {named.upper()}, not {to.upper()}", hint=f"give a name that ends in `.{to}`"
        )
    return to or named or "yaml"


def _demand_tables(paths: Sequence[str]) -> None:
    """Raise UsageError for a compiled store, which has no texts to go with a table."""
    for path in paths:
        if os.path.isfile(path) and read(path, len(_SQLITE) - 1) == _SQLITE:  # noqa: PTH113
            raise UsageError(f"`{path}` is a compiled store", hint="give the tables that it was compiled from")


def _in_place_of(paths: Sequence[str], evidence: "Read", output: str | None) -> Callable[[Iterable[str]], None] | None:
    """Return how to write to a file that is one of the tables read: only while it holds what was read, else None."""
    read_as = zip(table_files(paths), evidence.files, strict=True)
    held = next((of.sha256 for file, of in read_as if output is not None and _is_same(file.path, output)), None)
    if held is None or output is None:
        return None

    def demand() -> None:
        if file_digest(output) != held:
            raise Changed(output)

    def write(pieces: Iterable[str]) -> None:
        with alone([output]):
            save(output, pieces, just_before=demand)

    return write


def _is_same(path: str, other: str) -> bool:
    try:
        return path != STDIN and os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False


def _texts(evidence: "Read", table: "EvidenceTable") -> dict[str, str]:
    """Return the texts of a table's sources by the names it gives them; raise Unreadable where two share a name."""
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for source in table.sources:
        if source.text is None:
            continue
        text = evidence.texts[source.id]
        if found.setdefault(source.text, text) != text:
            raise Unreadable(
                f"`{source.text}` is the text of `{first[source.text]}` and of `{source.id}`, and they differ",
                hint="in one of the tables, give the text another name",
            )
        first.setdefault(source.text, source.id)
    return found


def _demand_no_text(output: str, texts: Sequence[str]) -> None:
    """Raise UsageError where the table would take the place of a text that it names, by whatever path or link."""
    place = identity(output)
    for text in texts:
        if place is not None and identity(text) == place:
            raise UsageError(f"`{output}` is `{text}`, a text of the table", hint="give the table another name")


def _place(texts: Mapping[str, str], output: str) -> None:
    """Put texts beside a file; raise an error, before anything is written, where another file stands."""
    places = {text_path(output, name): text.encode() for name, text in texts.items()}
    missing: list[str] = []
    for name, (path, raw) in zip(texts, places.items(), strict=True):
        if text_folder(output, name) is None:
            raise Unreadable(f"cannot write `{path}`: {LEAVES}", hint="write the table to another folder")
        if os.path.realpath(path) == os.path.realpath(output):
            raise UsageError(f"`{path}` is the name of a text of the table", hint="give the table another name")
        if not os.path.lexists(path):
            missing.append(path)
        elif read_text(output, name, len(raw)) != raw:
            raise Unreadable(
                f"`{path}` is there already and holds another text", hint="write the table to another folder"
            )
    for path in missing:
        put(path, places[path], None)
