"""A comparison as a person reads it: the table of outcomes, what stands apart, the sentences, the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bonerx.answer import Records
from bonerx.page import Cell, Column, Listing, Section
from bonerx.questions.citations.names import BASES, Words, listed
from bonerx.questions.citations.quotes import closing
from bonerx.questions.statements.scope import Bearing
from bonerx.questions.statements.verdict import UNDECIDED, Verdict

if TYPE_CHECKING:
    from bonerx.questions.citations.claims import Citations
    from bonerx.questions.statements.collect import Gathered, Row, SideOfRow
    from bonerx.questions.statements.later_findings import Later

_GENERAL = {
    "recommendation": "First choice, recommendation",
    "proposal": "Proposal",
    "usage": "Use",
}
_NO_OUTCOME = "Efficacy, no outcome named"


def sections(
    words: Words,
    sides: tuple[str, str],
    found: Gathered,
    cited: Citations,
    measured: list[Section],
    later: Later,
    caveats: list[str],
    steps: tuple[str, ...],
) -> tuple[Section, ...]:
    """Return the answer in the order in which a person reads it."""
    columns = (Column("Outcome"), Column(words.regimen(sides[0])), Column(words.regimen(sides[1])), Column("Compared?"))
    view: list[Section] = [
        Listing(None, columns, [*_outcome_rows(words, sides, found, cited), *_general_rows(words, sides, found, cited)])
    ]
    for title, bearings in (
        ("Both together, which is another question", found.together),
        ("Animals, apart from every verdict", found.animal),
        ("No population stated, apart from every verdict", found.unstated),
    ):
        if bearings:
            view.append(claims_listing(title, words, bearings, cited))
    return (*view, *measured, *closing(cited, words, later, steps, caveats))


def claims_listing(title: str, words: Words, bearings: Iterable[Bearing], cited: Citations) -> Listing:
    """Return statements as rows: the regimen, what is said, of which outcome, in which species."""
    columns = (Column("Regimen"), Column("Says"), Column("Outcome"), Column("Species"))
    rows = []
    for bearing in bearings:
        statement = bearing.statement
        against = f"to {words.regimen(statement.comparator)}" if statement.comparator else ""
        outcome = words.name("outcomes", statement.outcome) if statement.outcome else None
        rows.append(
            (
                Cell(words.regimen(statement.regimen), "regimen"),
                Cell(statement.direction, "direction", cited.refs([statement.id]), _note(bearing.basis, against)),
                Cell(outcome, "outcome" if outcome else "silent"),
                Cell(statement.species),
            )
        )
    return Listing(title, columns, rows)


def _note(basis: str, *more: str) -> str:
    return ", ".join(filter(None, [*more, "" if basis == "stated" else BASES[basis]]))


def _outcome_rows(
    words: Words, sides: tuple[str, str], found: Gathered, cited: Citations
) -> Iterator[tuple[Cell, ...]]:
    for row in found.rows:
        if not row.says_anything and len(found.rows) > 1:
            continue  # only trials speak of it, and they stand below
        drawn = [_side_cell(words, side, cited) for side in row.sides]
        if row.verdict.side is not None:
            drawn = [_beside(cell, row, cited, favoured=at == row.verdict.side) for at, cell in enumerate(drawn)]
        yield (Cell(words.name("outcomes", row.outcome), "outcome"), *drawn, _compared(words, sides, row, cited))


def _beside(cell: Cell, row: Row, cited: Citations, *, favoured: bool) -> Cell:
    """Return the cell of a side of which only a comparison speaks: what it says of the favoured one, nothing else."""
    if cell.role != "silent":
        return cell
    deciding = [bearing for bearing in row.comparisons if bearing.statement.id in row.verdict.claims]
    favouring = [bearing for bearing in deciding if bearing.statement.favours == "regimen"] if favoured else []
    if not favouring:
        return Cell("–", "silent")
    directions = list(dict.fromkeys(bearing.statement.direction for bearing in favouring))
    refs = cited.refs(bearing.statement.id for bearing in favouring)
    return Cell(directions, "direction", refs, _note(row.verdict.basis))


def _side_cell(words: Words, side: SideOfRow, cited: Citations) -> Cell:
    if side.claims:
        bases = {bearing.basis for bearing in side.claims}
        against = {bearing.statement.comparator for bearing in side.claims} - {None}
        to = f"to {listed(words.regimen(regimen) for regimen in sorted(filter(None, against)))}" if against else ""
        basis = "by-class" if bases == {"by-class"} else "stated"
        return Cell(
            side.directions, "direction", cited.refs(bearing.statement.id for bearing in side.claims), _note(basis, to)
        )
    for bearings, what in ((side.narrower, "narrower"), (side.broader, "broader")):
        if bearings:
            return Cell(f"{len(bearings)} {what}", "narrower", cited.refs(bearing.statement.id for bearing in bearings))
    return Cell("not stated", "silent")


def _compared(words: Words, sides: tuple[str, str], row: Row, cited: Citations) -> Cell:
    if row.comparisons:
        return _verdict_cell(words, sides, row.verdict, cited, row.comparisons)
    if row.narrower:
        return Cell(
            f"{len(row.narrower)} narrower", "narrower", cited.refs(bearing.statement.id for bearing in row.narrower)
        )
    both = all(side.bearings for side in row.sides)
    return Cell("side by side", "silent") if both else Cell("–", "silent")


def _verdict_cell(
    words: Words, sides: tuple[str, str], verdict: Verdict, cited: Citations, comparisons: Iterable[Bearing] = ()
) -> Cell:
    refs = cited.refs(verdict.claims or [bearing.statement.id for bearing in comparisons])
    if verdict.side is None:
        return Cell(verdict.verdict, "verdict", refs)
    note = ", ".join(filter(None, ["by class" if verdict.basis == "by-class" else "", verdict.hedge or ""]))
    return Cell(f"favours {words.regimen(sides[verdict.side])}", "verdict", refs, note)


def _general_rows(
    words: Words, sides: tuple[str, str], found: Gathered, cited: Citations
) -> Iterator[tuple[Cell, ...]]:
    """Yield one row for each sort of statement that names no outcome."""
    everything = (*found.compared, *found.general[0], *found.general[1])
    kinds = dict.fromkeys(_GENERAL.get(bearing.statement.kind, _NO_OUTCOME) for bearing in everything)
    for kind in sorted(kinds, key=[_NO_OUTCOME, *_GENERAL.values()].index):
        compared = [bearing for bearing in found.compared if _GENERAL.get(bearing.statement.kind, _NO_OUTCOME) == kind]
        verdict = _verdict_on(kind, found)
        cells = []
        for side, stated in enumerate(found.general):
            own = [bearing for bearing in stated if _GENERAL.get(bearing.statement.kind, _NO_OUTCOME) == kind]
            own += [bearing for bearing in compared if verdict.side == side and bearing.statement.id in verdict.claims]
            beside = compared and verdict.side == 1 - side
            cells.append(
                Cell("–", "silent") if beside and not own else _statement_cell(words, own, sides[1 - side], cited)
            )
        last = _verdict_cell(words, sides, verdict, cited, compared) if compared else None
        both = all(cell.role == "direction" for cell in cells)
        yield (Cell(kind), *cells, last or Cell("side by side" if both else "–", "silent"))


def _verdict_on(kind: str, found: Gathered) -> Verdict:
    """Return the verdict that the statements of a row lead to; that something is used more leads to none."""
    if kind == _NO_OUTCOME:
        return found.overall
    return UNDECIDED if kind == _GENERAL["usage"] else found.preference


def _statement_cell(words: Words, bearings: list[Bearing], other: str, cited: Citations) -> Cell:
    if not bearings:
        return Cell("not stated", "silent")
    against = {bearing.statement.comparator for bearing in bearings} - {None, other}
    to = f"to {listed(words.regimen(regimen) for regimen in sorted(filter(None, against)))}" if against else ""
    basis = "by-class" if {bearing.basis for bearing in bearings} == {"by-class"} else "stated"
    directions = list(dict.fromkeys(bearing.statement.direction for bearing in bearings))
    return Cell(directions, "direction", cited.refs(bearing.statement.id for bearing in bearings), _note(basis, to))


def records(found: Gathered, sides: tuple[str, str]) -> Records:
    """Return the answer in flat rows: overall, preference, then one row an outcome."""
    columns = (
        "row", "outcome", "verdict", "favoured", "basis", "hedge", "a_direction", "a_claims", "a_narrower",
        "b_direction", "b_claims", "b_narrower", "claims",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    for name, verdict in (("overall", found.overall), ("preference", found.preference)):
        rows.append((name, None, *_flat(verdict, sides), None, None, None, None, None, None, list(verdict.claims)))
    for row in found.rows:
        cells: list[object] = []
        for side in row.sides:
            said = side.document() or {"direction": None, "claims": [], "narrower": []}
            cells += [said["direction"], said["claims"], said["narrower"]]
        claims = [bearing.statement.id for bearing in row.comparisons]
        rows.append(("outcome", row.outcome, *_flat(row.verdict, sides), *cells, claims))
    return Records(columns, rows)


def _flat(verdict: Verdict, sides: tuple[str, str]) -> tuple[object, ...]:
    return (verdict.verdict, None if verdict.side is None else sides[verdict.side], verdict.basis, verdict.hedge)
