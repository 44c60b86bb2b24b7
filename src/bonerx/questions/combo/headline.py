"""What is known of a combination in sentences: the headline, never stronger than its words, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonerx.questions.citations.names import BASES, Words, among, hedged, listed
from bonerx.questions.compare.headline import scope_words
from bonerx.questions.statements.collect import ids
from bonerx.questions.statements.match import Asked
from bonerx.questions.statements.scope import Bearing, Scope

if TYPE_CHECKING:
    from bonerx.questions.combo.question import Versus

TOGETHER = frozenset(["synergistic", "additive", "antagonistic", "superior", "inferior", "no-effect", "no-difference"])
"""Directions that are said to be so *on* an outcome."""


def headline_of(
    words: Words,
    asked: Asked,
    by_basis: dict[str, list[Bearing]],
    versus: list[Versus],
    animal: list[Bearing],
    scope: Scope,
) -> str:
    """Return the answer in one sentence that is never stronger than the weakest words it rests on."""
    name = words.regimen(asked.id)
    clauses = []
    for item in versus:
        on = f" on {words.name('outcomes', item.outcome)}" if item.outcome else ""
        on += " as recommendation" if item.preference else ""
        deciding = [bearing.statement for bearing in item.bearings if bearing.statement.id in item.verdict.claims]
        on += among(words, [statement.population for statement in deciding], item.species)
        against = words.regimen(item.comparator)
        manner = BASES.get(item.verdict.basis, "")
        if item.verdict.side is not None:
            winner, loser = (name, against) if item.verdict.side == 0 else (against, name)
            clauses.append(f"{hedged('favours', item.verdict.hedge)} {winner} over {loser}{on}: {manner}")
        elif item.verdict.verdict == "no-difference":
            clauses.append(f"no difference between {name} and {against}{on}: {manner}, {item.verdict.hedge}")
        elif item.verdict.verdict == "conflicting":
            clauses.append(f"the statements conflict on {name} against {against}{on}")
    advice = [bearing for bearings in by_basis.values() for bearing in bearings if bearing.statement.comparator is None]
    for bearing in advice:
        statement = bearing.statement
        joint = " on" if statement.direction in TOGETHER else ""
        on = f"{joint} {words.name('outcomes', statement.outcome)}" if statement.outcome else ""
        whom = among(words, [statement.population], statement.species)
        said = f"{statement.direction.replace('-', ' ')}{on}{whom}"
        clauses.append(f"{said}: {BASES[bearing.basis]}, {statement.hedge}")
    if not clauses:
        aside = "; statements on animals stand apart" if animal else ""
        listed_ = any(by_basis.values())
        silent = "no verdict follows from what is stated" if listed_ else "nothing is stated"
        inside = f" in {scope.species} studies" if scope.species not in ("human", "any") else ""
        return f"Of {name} together {silent}{inside}{aside}."
    sentence = "; ".join(clauses)
    return f"{sentence[0].upper()}{sentence[1:]}."


def derivation(
    words: Words,
    asked: Asked,
    scope: Scope,
    by_basis: dict[str, list[Bearing]],
    versus: list[Versus],
    animal: list[Bearing],
) -> tuple[str, ...]:
    """Return the steps from the question to the answer: which rule, which claims."""
    steps = [f"asked: `{asked.id}`, {scope_words(words, scope, None)}; the order of agents never matters"]
    for basis, bearings in by_basis.items():
        if bearings:
            steps.append(f"statements on the combination, {BASES[basis]}: {', '.join(ids(bearings))}")
    for item in versus:
        verdict = item.document()["verdict"]
        on = f" on `{item.outcome}`" if item.outcome else ""
        basis = BASES.get(item.verdict.basis, "none")
        named = ", ".join(ids(item.bearings))
        steps.append(f"against `{item.comparator}`{on}: {verdict}, by the strongest basis present ({basis}) of {named}")
    if animal:
        steps.append(f"animals decide nothing about people: {', '.join(ids(animal))}")
    if not any(by_basis.values()):
        steps.append(f"no statement names {listed(asked.agents)} together, nor a class in the place of one of them")
    return tuple(steps)
