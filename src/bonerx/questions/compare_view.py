"""A comparison as a person reads it: the headline, the table of outcomes, the way to the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bonerx.answer import Cell, Column, Listing, Notes, Records, Section
from bonerx.questions.scope import ANY, HUMAN, Bearing, Scope
from bonerx.questions.verdict import UNDETERMINED, Verdict
from bonerx.questions.words import Words, hedged, listed

if TYPE_CHECKING:
    from bonerx.questions.bearing import Asked
    from bonerx.questions.cited import Citations
    from bonerx.questions.compare import Findings, Row, SideOfRow

BASES = {"stated": "stated", "by-class": "by class", "broader": "on something broader", "narrower": "on something narrower"}
_GENERAL = {
    "recommendation": "First choice, recommendation",
    "proposal": "Proposal",
    "usage": "Use",
}
_NO_OUTCOME = "Efficacy, no outcome named"


def scope_words(words: Words, scope: Scope, outcome: str | None) -> str:
    """Return what the question was narrowed to."""
    parts = [words.name("outcomes", outcome)] if outcome else []
    parts += [words.name("populations", scope.population)] if scope.population else []
    return " · ".join([*parts, "any species" if scope.species == ANY else scope.species])


def headline(
    words: Words, sides: tuple[str, str], found: Findings, outcome: str | None, scope: Scope, *, answered: bool
) -> str:
    """Return the answer in one sentence that is never stronger than the weakest words it rests on."""
    names = (words.regimen(sides[0]), words.regimen(sides[1]))
    on = f" on {words.name('outcomes', outcome)}" if outcome else ""
    inside = f"In {scope.species} studies: " if scope.species not in (HUMAN, ANY) else ""
    if not answered:
        aside = "; statements on animals stand apart" if found.animal else ""
        return f"{inside}Nothing is stated of {names[0]} or {names[1]}{on}{aside}."
    clauses = list(_clauses(words, names, found))
    if outcome and found.rows[0].verdict.verdict == UNDETERMINED:
        clauses.insert(0, f"undetermined{on}, which no statement compares them on")
    elif not clauses:
        clauses = [f"undetermined: no statement compares {names[0]} with {names[1]}; what is stated of each stands side by side"]
    broader = _broader(found, names)
    sentence = "; ".join([*clauses, *broader])
    return f"{inside}{sentence[0].upper()}{sentence[1:]}."


def _clauses(words: Words, names: tuple[str, str], found: Findings) -> Iterator[str]:
    """Yield one clause for each group of verdicts that say the same."""
    judged = [(row.verdict, f"on {words.name('outcomes', row.outcome)}") for row in found.rows]
    judged += [(found.preference, "as recommendation"), (found.overall, "as efficacy (no outcome named)")]
    groups: dict[tuple[str, int | None, str, str | None], list[str]] = {}
    for verdict, what in judged:
        if verdict.verdict != UNDETERMINED:
            groups.setdefault((verdict.verdict, verdict.side, verdict.basis, verdict.hedge), []).append(what)
    for (verdict, side, basis, hedge), what in groups.items():
        if side is not None:
            manner = f"{BASES[basis]}{' only' if basis == 'by-class' else ''}"
            yield f"{hedged('favours', hedge)} {names[side]}: {manner}, {listed(what)}"
        elif verdict == "no-difference":
            yield f"no difference, {BASES[basis]} and {hedge}, {listed(what)}"
        else:
            yield f"the statements conflict {listed(what)}"


def _broader(found: Findings, names: tuple[str, str]) -> list[str]:
    said = [bearing for bearing in found.compared if bearing.basis in ("broader", "narrower")]
    if not said or found.overall.claims or found.preference.claims:
        return []
    return [f"statements on something {listed(sorted({bearing.basis for bearing in said}), 'or')} stand beside it and decide nothing"]


def sections(
    words: Words, sides: tuple[str, str], found: Findings, cited: Citations, caveats: list[str], steps: tuple[str, ...]
) -> tuple[Section, ...]:
    """Return the answer in the order in which a person reads it."""
    columns = (Column("Outcome"), Column(words.regimen(sides[0])), Column(words.regimen(sides[1])), Column("Compared?"))
    view: list[Section] = [Listing(None, columns, [*_outcome_rows(words, sides, found, cited), *_general_rows(words, sides, found, cited)])]
    for title, bearings in (
        ("Both together, which is another question", found.together),
        ("Animals, apart from every verdict", found.animal),
        ("No population stated, apart from every verdict", found.unstated),
    ):
        if bearings:
            view.append(claims_listing(title, words, bearings, cited))
    view.append(cited.quotes("In the sources' words"))
    if steps:
        view.append(Notes("How the answer follows", steps, numbered=True))
    view.append(Notes("What limits this answer", tuple(caveats)))
    return tuple(view)


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


def _outcome_rows(words: Words, sides: tuple[str, str], found: Findings, cited: Citations) -> Iterator[tuple[Cell, ...]]:
    for row in found.rows:
        drawn = [_side_cell(words, side, cited) for side in row.sides]
        yield (Cell(words.name("outcomes", row.outcome), "outcome"), *drawn, _compared(words, sides, row, cited))


def _side_cell(words: Words, side: SideOfRow, cited: Citations) -> Cell:
    if side.claims:
        bases = {bearing.basis for bearing in side.claims}
        against = {bearing.statement.comparator for bearing in side.claims} - {None}
        to = f"to {listed(words.regimen(regimen) for regimen in sorted(filter(None, against)))}" if against else ""
        basis = "by-class" if bases == {"by-class"} else "stated"
        return Cell(side.directions, "direction", cited.refs(bearing.statement.id for bearing in side.claims), _note(basis, to))
    for bearings, what in ((side.narrower, "narrower"), (side.broader, "broader")):
        if bearings:
            return Cell(f"{len(bearings)} {what}", "narrower", cited.refs(bearing.statement.id for bearing in bearings))
    return Cell("not stated", "silent")


def _compared(words: Words, sides: tuple[str, str], row: Row, cited: Citations) -> Cell:
    if row.comparisons:
        return _verdict_cell(words, sides, row.verdict, cited, row.comparisons)
    if row.narrower:
        return Cell(f"{len(row.narrower)} narrower", "narrower", cited.refs(bearing.statement.id for bearing in row.narrower))
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


def _general_rows(words: Words, sides: tuple[str, str], found: Findings, cited: Citations) -> Iterator[tuple[Cell, ...]]:
    """Yield one row for each sort of statement that names no outcome."""
    everything = (*found.compared, *found.general[0], *found.general[1])
    kinds = dict.fromkeys(_GENERAL.get(bearing.statement.kind, _NO_OUTCOME) for bearing in everything)
    for kind in sorted(kinds, key=[_NO_OUTCOME, *_GENERAL.values()].index):
        compared = [bearing for bearing in found.compared if _GENERAL.get(bearing.statement.kind, _NO_OUTCOME) == kind]
        verdict = found.preference if kind == _GENERAL["recommendation"] else found.overall
        cells = []
        for side, stated in enumerate(found.general):
            own = [bearing for bearing in stated if _GENERAL.get(bearing.statement.kind, _NO_OUTCOME) == kind]
            own += [bearing for bearing in compared if verdict.side == side and bearing.statement.id in verdict.claims]
            beside = compared and verdict.side == 1 - side
            cells.append(Cell("–", "silent") if beside and not own else _statement_cell(words, own, sides[1 - side], cited))
        last = _verdict_cell(words, sides, verdict, cited, compared) if compared else None
        yield (Cell(kind), *cells, last or Cell("side by side" if all(found.general) else "–", "silent"))


def _statement_cell(words: Words, bearings: list[Bearing], other: str, cited: Citations) -> Cell:
    if not bearings:
        return Cell("not stated", "silent")
    against = {bearing.statement.comparator for bearing in bearings} - {None, other}
    to = f"to {listed(words.regimen(regimen) for regimen in sorted(filter(None, against)))}" if against else ""
    basis = "by-class" if {bearing.basis for bearing in bearings} == {"by-class"} else "stated"
    directions = list(dict.fromkeys(bearing.statement.direction for bearing in bearings))
    return Cell(directions, "direction", cited.refs(bearing.statement.id for bearing in bearings), _note(basis, to))


def derivation(
    words: Words, asked: tuple[Asked, Asked], scope: Scope, found: Findings, cited: Citations
) -> tuple[str, ...]:
    """Return the steps from the question to the verdicts: which rule, which claims, which sentences."""
    steps = [f"asked: `{asked[0].id}` against `{asked[1].id}`, {scope_words(words, scope, None)}"]
    for regimen in asked:
        for agent, kin in zip(regimen.agents, regimen.kin, strict=True):
            above = [f"`{other}` ({BASES[how]})" for other, how in kin.items() if how != "stated"]
            if above:
                steps.append(f"a statement on these also bears on `{agent}`: {', '.join(above)}")
    judged = [(found.preference, "recommendations that compare the two"), (found.overall, "efficacy with no outcome named")]
    judged += [(row.verdict, f"`{row.outcome}`") for row in found.rows]
    for verdict, what in judged:
        steps.append(f"{what}: {_because(verdict, (asked[0].id, asked[1].id), cited)}")
    for bearings, why in (
        (found.animal, "animals decide nothing about people"),
        (found.unstated, "no population is stated, and one was asked for"),
        (found.together, "advice on giving both answers another question than which to choose"),
        (tuple(bearing for row in found.rows for side in row.sides for bearing in side.narrower), "narrower than asked, shown only"),
    ):
        if bearings:
            named = dict.fromkeys(bearing.statement.id for bearing in bearings)
            steps.append(f"set apart, since {why}: {', '.join(named)}")
    retracted = [id_ for id_, claim in cited.claims.items() if claim["retracted"]]
    if retracted:
        steps.append(f"counted for nothing, since every source is retracted: {', '.join(retracted)}")
    return tuple(steps)


def _because(verdict: Verdict, sides: tuple[str, str], cited: Citations) -> str:
    if verdict.verdict == UNDETERMINED:
        return "undetermined, since no claim that may decide compares the two"
    named = ", ".join(f"{id_} ({', '.join(_grounds(cited, id_))})" for id_ in verdict.claims)
    what = f"favours `{sides[verdict.side]}`" if verdict.side is not None else verdict.verdict
    return f"{what}, by the strongest basis present ({BASES[verdict.basis]}) and the weakest wording ({verdict.hedge}) of {named}"


def _grounds(cited: Citations, claim: str) -> list[str]:
    return cited.claims[claim].get("sentences") or ["a curator's summary"]


def records(found: Findings, sides: tuple[str, str]) -> Records:
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
