"""Does a table hold what it says: is every record valid, every quotation in its place, every reference resolved?"""

import os
from collections.abc import Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import Fault, InvalidEvidence, UsageError
from bonerx.evidence.files import SHIPPED, STDIN, fingerprint, table_files
from bonerx.interruption import undone_if_stopped
from bonerx.number import counted
from bonerx.page import Cell, Column, Facts, Listing, Notes, Section
from bonerx.store.queries import is_store, open_store

if TYPE_CHECKING:
    from bonerx.draft.offsets import Left, Move

KINDS = ("agents", "outcomes", "populations", "sources", "sentences", "claims", "studies", "published", "findings")
_MOVED = (Column("File"), Column("Sentence"), Column("Language"), Column("Was"), Column("Is"))


class Check(NamedTuple):
    """The question whether tables hold: those at `paths`, else those that other questions would ask.

    With `fix_offsets`, quotations that have moved in their source's text are corrected in the files first.
    """

    paths: tuple[str, ...] = ()
    fix_offsets: bool = False

    def answer_from(self, paths: Sequence[str]) -> Answer:
        """Return what the tables hold and every fault of them; raise Unreadable where one cannot be read."""
        return check(self.paths or tuple(paths) or (SHIPPED,), fix_offsets=self.fix_offsets)


def check(paths: tuple[str, ...], *, fix_offsets: bool = False) -> Answer:
    """Return what the tables at `paths` hold and every fault of them; raise Unreadable where one cannot be read."""
    if any(path not in (SHIPPED, STDIN) and is_store(path) for path in paths):
        return _of_store(paths)
    if not fix_offsets and _is_large(paths):
        return _of_large(paths)
    mended = _mended(paths) if fix_offsets else None
    from bonerx.check.table import check_table
    from bonerx.draft.claims import to_decide
    from bonerx.evidence.read import read

    counts: dict[str, int] = {}
    drafts: dict[str, tuple[str, ...]] = {}
    files: list[dict[str, Any]] = []
    try:
        evidence = read(paths)
        files = [{"path": file.path, "sha256": file.sha256} for file in evidence.files]
        counts = {kind: len(getattr(evidence.table, kind)) for kind in KINDS}
        drafts = {claim.id: to_decide(claim) for claim in evidence.table.claims if claim.draft}
        faults = list(check_table(evidence))
    except InvalidEvidence as invalid:
        if not invalid.faults:
            raise
        faults = list(invalid.faults)
        if not files and "-" not in paths:
            files = [{"path": name, "sha256": sha} for name, sha in fingerprint(table_files(paths))]
    return _answer(paths, files, counts, drafts, faults, mended)


def _of_store(paths: tuple[str, ...]) -> Answer:
    """Return what a compiled store holds and every fault of it, read from end to end."""
    from bonerx.store.verify import verify

    if len(paths) > 1:
        raise UsageError("a compiled store is checked alone", hint=f"`bonerx check {paths[0]}`")
    said, faults, quotations = verify(paths[0])
    files = [{"path": name, "sha256": sha, "store": paths[0]} for name, sha in said.get("files") or ()]
    headline = None
    if not faults and quotations is not None:
        headline = _WHOLE + (
            f" {counted(quotations.unproven, 'quotation')} could not be compared with a text, which is not in a store."
            if quotations.unproven
            else " Every quotation stands in its source's text."
            if quotations.proven
            else ""
        )
    answer = _answer(paths, files, said.get("counts") or {}, {}, faults, headline=headline)
    if quotations is not None:
        answer.document["answer"]["quotations"] = quotations._asdict() | {"sources": list(quotations.sources)}
    return answer


_WHOLE = (
    "The store is whole: its names, indexes and analyses are those that its records and studies give. That these are"
    " the records of the tables it names is not proven."
)


def _of_large(paths: tuple[str, ...]) -> Answer:
    """Return what tables hold that are too large for memory, and every fault of them, by compiling them for once."""
    from functools import partial
    from shutil import rmtree
    from tempfile import TemporaryDirectory

    from bonerx.draft.claims import to_decide
    from bonerx.evidence.record import validator
    from bonerx.evidence.record_stream import RecordStream
    from bonerx.store.build.compile import compile_into

    with TemporaryDirectory() as folder, ExitStack() as stack:
        stack.enter_context(undone_if_stopped(partial(rmtree, folder, ignore_errors=True)))
        streams = [stack.enter_context(closing(RecordStream(file))) for file in table_files(paths)]
        try:
            place, _ = compile_into(streams, os.path.join(folder, "checked.db"), lambda *_: None)  # noqa: PTH118
        except InvalidEvidence as invalid:
            if not invalid.faults:
                raise
            faults, counts, drafts = list(invalid.faults), {}, {}
        else:
            store = stack.enter_context(closing(open_store(place, place)))
            faults, counts = [], store.meta("counts")
            claims = (validator("claims").validate_json(text) for text in store.drafts())
            drafts = {claim.id: to_decide(claim) for claim in claims}
        files = [{"path": stream.name, "sha256": stream.sha256} for stream in streams]
    return _answer(paths, files, counts, drafts, faults)


def _is_large(paths: tuple[str, ...]) -> bool:
    """Whether one of the tables is larger than a document may be, and so is not read at once."""
    from bonerx.evidence.limits import DOCUMENT_BYTES

    sizes = (os.path.getsize(file.path) for file in table_files(paths) if os.path.isfile(file.path))  # noqa: PTH113, PTH202
    return any(size > DOCUMENT_BYTES for size in sizes)


def _mended(paths: Sequence[str]) -> tuple["list[Move]", "list[Left]"]:
    """Correct moved quotations; a table that is not valid by its types is left for the check to report."""
    from bonerx.draft.offsets import mend

    try:
        return mend(paths)
    except InvalidEvidence as invalid:
        if not invalid.faults:
            raise
        return [], []


def _answer(
    paths: tuple[str, ...],
    files: list[dict[str, Any]],
    counts: dict[str, int],
    drafts: dict[str, tuple[str, ...]],
    faults: list[Fault],
    mended: tuple["list[Move]", "list[Left]"] | None = None,
    headline: str | None = None,
) -> Answer:
    number = counted(len(faults), "fault")
    headline = headline or (
        f"{number}: the table is not valid."
        if faults
        else "The table is valid: every quotation, cue, reference and number holds."
    )
    moves, left = mended or ([], [])
    if mended is not None:
        headline = f"{_corrected(len(moves))} {headline}"
    document: dict[str, Any] = {
        "status": "error" if faults else "answered",
        "evidence": files,
        "query": {"command": "check", "paths": list(paths)},
        "answer": {
            "tables": [file["path"] for file in files],
            "counts": counts,
            "drafts": list(drafts),
            "to_decide": {claim: list(decide) for claim, decide in drafts.items()},
            "faults": [fault._asdict() for fault in faults],
            "headline": headline,
        },
        "claims": [],
        "sources": [],
        "caveats": [],
    }
    if mended is not None:
        document["answer"]["corrected"] = [move._asdict() for move in moves]
        document["answer"]["ambiguous"] = [each._asdict() for each in left]
    if faults:
        document["error"] = {
            "code": "invalid-evidence",
            "message": f"the evidence table is invalid: {number}",
            "suggestions": [],
        }

    def view() -> tuple[Section, ...]:
        sections: list[Section] = []
        if counts:
            sections.append(Facts(None, tuple((kind, Cell(count, "count")) for kind, count in counts.items())))
        if moves:
            sections.append(Listing("Offsets corrected", _MOVED, [_moved(move) for move in moves]))
        if left:
            lines = (f"`{each.sentence}` ({each.lang}) at {', '.join(map(str, each.places))}" for each in left)
            sections.append(Notes("Quotations that stand at several places: choose one", tuple(lines)))
        if faults:
            columns = (Column("Where"), Column("Field"), Column("What is wrong"), Column("What is right"))
            sections.append(Listing("Faults", columns, [_row(fault) for fault in faults]))
        if drafts:
            title = "Drafts, which answer no question until the mark is removed"
            cells = [(Cell(claim, "id"), Cell("; ".join(decide))) for claim, decide in drafts.items()]
            sections.append(Listing(title, (Column("Claim"), Column("To decide")), cells))
        return tuple(sections)

    title = f"Check of {', '.join(file['path'] for file in files)}"
    return Answer(
        document, title, "", headline, view, lambda: Records(Fault._fields, [tuple(fault) for fault in faults])
    )


def _corrected(number: int) -> str:
    if not number:
        return "No offsets were corrected."
    return f"The offsets of {counted(number, 'quotation')} were corrected."


def _moved(move: "Move") -> tuple[Cell, ...]:
    was, now = (f"{start}–{end}" for start, end in (move.was, move.now))
    return (Cell(move.path, "id"), Cell(move.sentence, "id"), Cell(move.lang), Cell(was), Cell(now))


def _row(fault: Fault) -> tuple[Cell, ...]:
    place = ":".join(str(part) for part in (fault.path, fault.line, fault.column) if part is not None)
    return (
        Cell(place, "id"),
        Cell(fault.where),
        Cell(fault.message),
        Cell(fault.hint or "–", "text" if fault.hint else "silent"),
    )
