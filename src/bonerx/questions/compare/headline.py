"""A comparison in sentences: the headline, never stronger than its weakest words, and the way to the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bonerx.questions.citations.names import BASES, Words, among, hedged, listed
from bonerx.questions.statements.scope import ANY, HUMAN, Scope
from bonerx.questions.statements.verdict import UNDETERMINED, Verdict

if TYPE_CHECKING:
    from bonerx.questions.citations.claims import Citations
    from bonerx.questions.statements.collect import Gathered
    from bonerx.questions.statements.match import Asked


def scope_words(words: Words, scope: Scope, outcome: str | None) -> str:
    """Return what the question was narrowed to."""
    parts = [words.name("outcomes", outcome)] if outcome else []
    parts += [words.name("populations", scope.population)] if scope.population else []
    parts.append("any species" if scope.species == ANY else scope.species)
    return " · ".join([*parts, f"as of {scope.as_of}"] if scope.as_of is not None else parts)


def headline_of(
    words: Words,
    sides: tuple[str, str],
    found: Gathered,
    outcome: str | None,
    scope: Scope,
    later: list[str],
    *,
    answered: bool,
) -> str:
    """Return the answer in one sentence that is never stronger than the weakest words it rests on.

    `later` holds what to add of evidence that came after the statements: it changes no verdict.
    """
    names = (words.regimen(sides[0]), words.regimen(sides[1]))
    on = f" on {words.name('outcomes', outcome)}" if outcome else ""
    inside = f"In {scope.species} studies: " if scope.species not in (HUMAN, ANY) else ""
    if not answered:
        aside = "; statements on animals stand apart" if found.animal else ""
        return f"{inside}Nothing is stated of {names[0]} or {names[1]}{on}{aside}."
    clauses = list(_clauses(words, names, found))
    if outcome and found.rows[0].verdict.verdict == UNDETERMINED:
        clauses.insert(0, f"undetermined{on}: no statement{_idle(found)} compares the two on it")
    elif not found.any_evidence:
        clauses = [f"nothing is stated of {names[0]} or {names[1]}"]
    elif not clauses:
        clauses = [
            f"undetermined: no statement{_idle(found)} compares {names[0]} with {names[1]}",
            "what is stated of each stands side by side",
        ]
    sentence = "; ".join([*clauses, *_broader(found), *later])
    return f"{inside}{sentence[0].upper()}{sentence[1:]}."


def _idle(found: Gathered) -> str:
    """Return what to add where statements compare something and none of them counts."""
    beside = (*found.compared, *found.animal, *found.unstated)
    compared = any(row.comparisons or row.narrower for row in found.rows)
    return " that may decide" if compared or any(bearing.statement.comparator for bearing in beside) else ""


def _clauses(words: Words, names: tuple[str, str], found: Gathered) -> Iterator[str]:
    """Yield one clause for each group of verdicts that say the same."""
    judged = [(row.verdict, f"on {words.name('outcomes', row.outcome)}") for row in found.rows]
    judged += [(found.preference, "as recommendation"), (found.overall, "as efficacy (no outcome named)")]
    compared = (*found.compared, *(bearing for row in found.rows for bearing in row.comparisons + row.narrower))
    about = {bearing.statement.id: bearing.statement.population for bearing in compared}
    groups: dict[tuple[str, int | None, str, str | None, str], list[str]] = {}
    for verdict, what in judged:
        if verdict.verdict != UNDETERMINED:
            whom = among(words, (about[claim] for claim in verdict.claims))
            groups.setdefault((verdict.verdict, verdict.side, verdict.basis, verdict.hedge, whom), []).append(what)
    for (found_verdict, side, basis, hedge, whom), on in groups.items():
        if side is not None:
            manner = f"{BASES[basis]}{' only' if basis == 'by-class' else ''}"
            yield f"{hedged('favours', hedge)} {names[side]}{whom}: {manner}, {listed(on)}"
        elif found_verdict == "no-difference":
            yield f"no difference{whom}, {BASES[basis]} and {hedge}, {listed(on)}"
        else:
            yield f"the statements{whom} conflict {listed(on)}"


def _broader(found: Gathered) -> list[str]:
    said = [bearing for bearing in found.compared if bearing.basis in ("broader", "narrower")]
    if not said or found.overall.claims or found.preference.claims:
        return []
    bases = listed(sorted({bearing.basis for bearing in said}), "or")
    return [f"statements on something {bases} stand beside it and decide nothing"]


def derivation(
    words: Words, asked: tuple[Asked, Asked], scope: Scope, found: Gathered, cited: Citations
) -> tuple[str, ...]:
    """Return the steps from the question to the verdicts: which rule, which claims, which sentences."""
    steps = [f"asked: `{asked[0].id}` against `{asked[1].id}`, {scope_words(words, scope, None)}"]
    for regimen in asked:
        for agent, kin in zip(regimen.agents, regimen.kin, strict=True):
            above = [f"`{other}` ({BASES[how]})" for other, how in kin.items() if how != "stated"]
            if above:
                steps.append(f"a statement on these also bears on `{agent}`: {', '.join(above)}")
    judged = [
        (found.preference, "recommendations that compare the two"),
        (found.overall, "efficacy with no outcome named"),
    ]
    judged += [(row.verdict, f"`{row.outcome}`") for row in found.rows]
    for verdict, what in judged:
        steps.append(f"{what}: {_because(verdict, (asked[0].id, asked[1].id), cited)}")
    for bearings, why in (
        (found.animal, "animals decide nothing about people"),
        (found.unstated, "no population is stated, and one was asked for"),
        (found.together, "advice on giving both answers another question than which to choose"),
        (
            tuple(bearing for row in found.rows for side in row.sides for bearing in side.narrower),
            "narrower than asked, shown only",
        ),
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
    strength = f"the strongest basis present ({BASES[verdict.basis]}) and the weakest wording ({verdict.hedge})"
    return f"{what}, by {strength} of {named}"


def _grounds(cited: Citations, claim: str) -> list[str]:
    return cited.claims[claim].get("sentences") or ["a curator's summary"]
