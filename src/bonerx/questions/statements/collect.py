"""Everything a table says on a comparison, sorted by where it belongs in the answer, with the verdicts it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from bonerx.questions.statements.match import STRENGTH, Asked, bears, compares, relate, related_regimens
from bonerx.questions.statements.scope import Bearing, Scope
from bonerx.questions.statements.verdict import Comparison, Verdict, favoured, judge
from bonerx.store.queries import Store

ADVICE = frozenset(["recommendation", "proposal"])
EFFICACY = frozenset(["efficacy", "comparison"])
"""Kinds of claims that decide which is better where no outcome is named; that one is used more does not."""


class SideOfRow(NamedTuple):
    """What is said of one side on one outcome: on itself, and on something narrower or broader."""

    claims: tuple[Bearing, ...]
    narrower: tuple[Bearing, ...]
    broader: tuple[Bearing, ...]

    @property
    def directions(self) -> list[str]:
        """What the statements say happens, each once, in the order of the table."""
        return list(dict.fromkeys(bearing.statement.direction for bearing in self.claims))

    @property
    def bearings(self) -> tuple[Bearing, ...]:
        """All statements of this side of the row."""
        return self.claims + self.narrower + self.broader

    def document(self) -> dict[str, Any] | None:
        """Return the side in the fields of the JSON document, None where nothing is stated."""
        if not self.bearings:
            return None
        directions = self.directions
        return {
            "direction": directions[0] if len(directions) == 1 else "mixed" if directions else None,
            "claims": ids(self.claims),
            "narrower": ids(self.narrower),
            "broader": ids(self.broader),
            "by_class": by_class(self.claims),
        }


class Row(NamedTuple):
    """One outcome: what is said of either side, and what compares them."""

    outcome: str
    sides: tuple[SideOfRow, SideOfRow]
    comparisons: tuple[Bearing, ...]
    narrower: tuple[Bearing, ...]
    verdict: Verdict

    @property
    def says_anything(self) -> bool:
        """Whether anything is stated on the outcome, or on a narrower one."""
        return bool(self.comparisons or self.narrower or any(side.bearings for side in self.sides))


class Gathered(NamedTuple):
    """Everything the table says on a comparison, sorted by where it belongs in the answer."""

    overall: Verdict
    preference: Verdict
    rows: tuple[Row, ...]
    compared: tuple[Bearing, ...]
    general: tuple[tuple[Bearing, ...], tuple[Bearing, ...]]
    together: tuple[Bearing, ...]
    animal: tuple[Bearing, ...]
    unstated: tuple[Bearing, ...]

    @property
    def any_evidence(self) -> bool:
        """Whether anything is said of either side within the scope."""
        on_rows = any(row.says_anything for row in self.rows)
        return on_rows or bool(self.compared or any(self.general) or self.unstated)

    @property
    def any_on_an_outcome(self) -> bool:
        """Whether anything is said of either side that names an outcome."""
        apart = any(bearing.statement.outcome is not None for bearing in self.unstated)
        return apart or any(row.says_anything for row in self.rows)


def gather(
    store: Store, one: Asked, other: Asked, scope: Scope, outcome: str | None, measured: Iterable[str] = ()
) -> Gathered:
    """Return everything the table says on a comparison within a scope; with an outcome, what bears on that alone.

    Comparisons that name no outcome stay beside it, since they are not about another one. Outcomes `measured` by
    trials have a row whether or not anything is stated of them.
    """
    within = _within(store, outcome) if outcome else None
    compared: list[tuple[Bearing, Comparison | None]] = []
    stated: tuple[list[Bearing], list[Bearing]] = ([], [])
    for statement in store.statements(related_regimens(one) | related_regimens(other)):
        for side, (mine, theirs) in enumerate(((one, other), (other, one))):
            basis = compares(statement, mine, theirs)
            bearing = basis and scope.bearing(statement, basis)
            if bearing and (within is None or statement.outcome is None or statement.outcome in within):
                compared.append((bearing, favoured(bearing, side)))
        if any(bearing.statement.id == statement.id for bearing, _ in compared):
            continue
        if within is not None and statement.outcome not in within:
            continue
        for side, mine in enumerate((one, other)):
            basis = bears(statement, mine)
            bearing = basis and scope.bearing(statement, basis)
            if bearing:
                stated[side].append(bearing)
    together = _together(store, one, other, scope) if within is None else []
    everything = [*(bearing for bearing, _ in compared), *stated[0], *stated[1], *together]
    listed = [pair for pair in compared if scope.lists(pair[0])]
    shown = tuple([bearing for bearing in side if scope.lists(bearing)] for side in stated)
    no_outcome = [pair for pair in listed if pair[0].statement.outcome is None]
    return Gathered(
        overall=judge(_judged(pair for pair in no_outcome if pair[0].statement.kind in EFFICACY)),
        preference=judge(_judged(pair for pair in listed if pair[0].statement.kind in ADVICE)),
        rows=tuple(_rows(store, listed, (shown[0], shown[1]), outcome, set(measured))),
        compared=tuple(bearing for bearing, _ in no_outcome),
        general=(_general(shown[0]), _general(shown[1])),
        together=tuple(bearing for bearing in together if scope.lists(bearing)),
        animal=_unique(bearing for bearing in everything if bearing.animal),
        unstated=_unique(bearing for bearing in everything if not bearing.population_stated and not bearing.animal),
    )


def _within(store: Store, outcome: str) -> set[str]:
    """Return an outcome and all that are narrower."""
    return {name for name, how in store.kin("outcomes", outcome).items() if how != "broader"}


def _together(store: Store, one: Asked, other: Asked, scope: Scope) -> list[Bearing]:
    """Return the advice on giving both sides together, which answers another question than which to choose."""
    if set(one.agents) & set(other.agents) or one.in_order or other.in_order:
        return []
    both = relate(store, "+".join(sorted(one.agents + other.agents)))
    found = []
    for statement in store.statements(related_regimens(both)):
        basis = bears(statement, both) if statement.kind in ADVICE else None
        bearing = basis and scope.bearing(statement, basis)
        if bearing:
            found.append(bearing)
    return found


def _rows(
    store: Store,
    compared: list[tuple[Bearing, Comparison | None]],
    stated: tuple[list[Bearing], list[Bearing]],
    asked: str | None,
    measured: set[str],
) -> Iterable[Row]:
    """Yield one row for each outcome that a statement names, in the order of the table; only `asked` where given."""
    named = {bearing.statement.outcome for bearing in chain((pair[0] for pair in compared), *stated)} - {
        None
    } | measured
    outcomes = [asked] if asked else list(store.records("outcomes", [name for name in named if name]))
    for outcome in outcomes:
        below = {name for name, how in store.kin("outcomes", outcome).items() if how == "narrower"}
        on_it = [pair for pair in compared if pair[0].statement.outcome == outcome]
        yield Row(
            outcome=outcome,
            sides=(_side(stated[0], outcome, below), _side(stated[1], outcome, below)),
            comparisons=_unique(bearing for bearing, _ in on_it),
            narrower=_unique(_narrower(bearing) for bearing, _ in compared if bearing.statement.outcome in below),
            verdict=judge(_judged(pair for pair in on_it if pair[0].statement.kind not in (*ADVICE, "usage"))),
        )


def _side(stated: list[Bearing], outcome: str, below: set[str]) -> SideOfRow:
    on_it = [bearing for bearing in stated if bearing.statement.outcome == outcome]
    narrower = [_narrower(bearing) for bearing in stated if bearing.statement.outcome in below]
    return SideOfRow(
        claims=tuple(bearing for bearing in on_it if bearing.basis in ("stated", "by-class")),
        narrower=tuple(bearing for bearing in on_it if bearing.basis == "narrower") + tuple(narrower),
        broader=tuple(bearing for bearing in on_it if bearing.basis == "broader"),
    )


def _narrower(bearing: Bearing) -> Bearing:
    """Return a statement on a narrower outcome as it bears on the broader one: shown, deciding nothing."""
    return bearing._replace(basis="narrower", decides=False)


def _general(stated: list[Bearing]) -> tuple[Bearing, ...]:
    return tuple(bearing for bearing in stated if bearing.statement.outcome is None)


def _judged(pairs: Iterable[tuple[Bearing, Comparison | None]]) -> list[Comparison]:
    return [comparison for _, comparison in pairs if comparison is not None]


def _unique(bearings: Iterable[Bearing]) -> tuple[Bearing, ...]:
    """Return each statement once, as it bears most strongly."""
    found: dict[str, Bearing] = {}
    for bearing in bearings:
        known = found.setdefault(bearing.statement.id, bearing)
        if STRENGTH.index(bearing.basis) < STRENGTH.index(known.basis):
            found[bearing.statement.id] = bearing
    return tuple(found.values())


def in_order(found: Gathered) -> Iterable[Bearing]:
    """Yield what is cited in the order in which the answer shows it."""
    yield from found.compared
    for row in found.rows:
        yield from row.comparisons + row.narrower
    for row in found.rows:
        yield from chain.from_iterable(side.bearings for side in row.sides)
    yield from chain(*found.general, found.together, found.unstated, found.animal)


def by_class(bearings: Iterable[Bearing]) -> list[str]:
    """Return the ids of those statements that hold by class only."""
    return ids(bearing for bearing in bearings if bearing.basis == "by-class")


def ids(bearings: Iterable[Bearing]) -> list[str]:
    """Return the ids of some statements, each once."""
    return list(dict.fromkeys(bearing.statement.id for bearing in bearings))
