"""Does a table hold what it says: is every record valid, every quotation in its place, every reference resolved?"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence.files import SHIPPED, fingerprint, table_files
from bonerx.page import Cell, Column, Facts, Listing, Notes, Section

KINDS = ("agents", "outcomes", "populations", "sources", "sentences", "claims", "studies", "published", "findings")


class Check(NamedTuple):
    """The question whether tables hold: those at `paths`, else those that other questions would ask."""

    paths: tuple[str, ...] = ()

    def answer_from(self, paths: Sequence[str]) -> Answer:
        """Return what the tables hold and every fault of them; raise Unreadable where one cannot be read."""
        return check(self.paths or tuple(paths) or (SHIPPED,))


def check(paths: tuple[str, ...]) -> Answer:
    """Return what the tables at `paths` hold and every fault of them; raise Unreadable where one cannot be read."""
    from bonerx.check.prove import prove
    from bonerx.evidence.read import read

    counts: dict[str, int] = {}
    drafts: list[str] = []
    files: list[dict[str, Any]] = []
    try:
        evidence = read(paths)
        files = [{"path": file.path, "sha256": file.sha256} for file in evidence.files]
        counts = {kind: len(getattr(evidence.table, kind)) for kind in KINDS}
        drafts = [claim.id for claim in evidence.table.claims if claim.draft]
        faults = list(prove(evidence))
    except InvalidEvidence as invalid:
        if not invalid.faults:
            raise
        faults = list(invalid.faults)
        if not files and "-" not in paths:
            files = [{"path": name, "sha256": sha} for name, sha in fingerprint(table_files(paths))]
    return _answer(paths, files, counts, drafts, faults)


def _answer(
    paths: tuple[str, ...], files: list[dict[str, Any]], counts: dict[str, int], drafts: list[str], faults: list[Fault]
) -> Answer:
    number = f"{len(faults)} fault" + ("" if len(faults) == 1 else "s")
    headline = (
        f"{number}: the table is not valid."
        if faults
        else "The table is valid: every quotation, cue, reference and number holds."
    )
    document: dict[str, Any] = {
        "status": "error" if faults else "answered",
        "evidence": files,
        "query": {"command": "check", "paths": list(paths)},
        "answer": {
            "tables": [file["path"] for file in files],
            "counts": counts,
            "drafts": drafts,
            "faults": [fault._asdict() for fault in faults],
            "headline": headline,
        },
        "claims": [],
        "sources": [],
        "caveats": [],
    }
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
        if faults:
            columns = (Column("Where"), Column("Field"), Column("What is wrong"), Column("What is right"))
            sections.append(Listing("Faults", columns, [_row(fault) for fault in faults]))
        if drafts:
            sections.append(Notes("Drafts, which answer no question until the mark is removed", tuple(drafts)))
        return tuple(sections)

    title = f"Check of {', '.join(file['path'] for file in files)}"
    return Answer(
        document, title, "", headline, view, lambda: Records(Fault._fields, [tuple(fault) for fault in faults])
    )


def _row(fault: Fault) -> tuple[Cell, ...]:
    place = ":".join(str(part) for part in (fault.path, fault.line, fault.column) if part is not None)
    return (
        Cell(place, "id"),
        Cell(fault.where),
        Cell(fault.message),
        Cell(fault.hint or "–", "text" if fault.hint else "silent"),
    )
