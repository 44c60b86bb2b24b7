"""Which regimen comes before which, by every statement that prefers one to another."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from bonerx.model.regimen import IN_ORDER, agents_of, regimen_id
from bonerx.questions.bearing import STRENGTH, strongest, weakest
from bonerx.questions.scope import Bearing
from bonerx.store.read import Store


class Preference(NamedTuple):
    """One regimen placed before another by a claim, on a basis."""

    first: str
    then: str
    basis: str
    claim: str


class Place(NamedTuple):
    """A regimen in the order, on the strongest basis that puts it there."""

    regimen: str
    basis: str


class Tier(NamedTuple):
    """Regimens that no statement puts in an order among themselves, with the claims that place them."""

    places: tuple[Place, ...]
    claims: tuple[str, ...]


def preferences(store: Store, bearings: Iterable[Bearing]) -> Iterator[Preference]:
    """Yield who comes before whom by each comparing statement, its classes resolved into their members.

    A member that the sentence names is placed as stated, another by class; a class on both sides of a statement
    stands for the same member on both.
    """
    for bearing in bearings:
        statement = bearing.statement
        if statement.comparator is None or statement.favours is None:
            continue
        classes = {
            agent: store.members(agent)
            for side in (statement.regimen, statement.comparator)
            for agent in agents_of(side)
        }
        choices = [[(agent, member) for member in members] or [(agent, agent)] for agent, members in classes.items()]
        for choice in product(*choices):
            stands_for = dict(choice)
            bases = [_basis(agent, member, statement.named) for agent, member in choice]
            sides = [_resolved(side, stands_for) for side in (statement.regimen, statement.comparator)]
            first, then = sides if statement.favours == "regimen" else sides[::-1]
            if first != then:
                yield Preference(first, then, weakest([*bases, bearing.basis]), statement.id)


def _basis(agent: str, member: str, named: frozenset[str]) -> str:
    return "stated" if agent == member or member in named else "by-class"


def _resolved(regimen: str, stands_for: dict[str, str]) -> str:
    order = "sequential" if IN_ORDER in regimen else None
    return regimen_id([stands_for[agent] for agent in agents_of(regimen)], order)


def tiers(found: Iterable[Preference], alone: Iterable[Preference] = ()) -> list[Tier]:
    """Return the order that preferences make, first tier first; those `alone` are placed first and compared with none.

    Between two regimens only the strongest basis counts. Regimens whose preferences run in a circle share a tier.
    """
    strongest_between: dict[frozenset[str], list[Preference]] = {}
    for preference in found:
        between = strongest_between.setdefault(frozenset((preference.first, preference.then)), [])
        rank = STRENGTH.index(preference.basis)
        if not between or rank == STRENGTH.index(between[0].basis):
            between.append(preference)
        elif rank < STRENGTH.index(between[0].basis):
            between[:] = [preference]
    kept = [preference for between in strongest_between.values() for preference in between]
    below: dict[str, set[str]] = {}
    for preference in (*kept, *alone):
        below.setdefault(preference.first, set())
        if preference.then != preference.first:
            below[preference.first].add(preference.then)
            below.setdefault(preference.then, set())
    levels = _levels(below)
    made: dict[int, list[str]] = {}
    for regimen, level in levels.items():
        made.setdefault(level, []).append(regimen)
    return [_tier(sorted(made[level]), [*kept, *alone]) for level in sorted(made)]


def _tier(regimens: list[str], kept: list[Preference]) -> Tier:
    placing = {regimen: [one for one in kept if regimen in (one.first, one.then)] for regimen in regimens}
    places = [Place(regimen, strongest([one.basis for one in placing[regimen]]) or "none") for regimen in regimens]
    claims = dict.fromkeys(one.claim for regimen in regimens for one in placing[regimen])
    return Tier(tuple(sorted(places, key=lambda place: (STRENGTH.index(place.basis), place.regimen))), tuple(claims))


def _levels(below: dict[str, set[str]]) -> dict[str, int]:
    """Return for each node the length of the longest way down to it, circles counted as one node."""
    circle = _circles(below)
    above: dict[str, set[str]] = {circle[node]: set() for node in below}
    for node, lower in below.items():
        for other in lower:
            if circle[node] != circle[other]:
                above[circle[other]].add(circle[node])
    from graphlib import TopologicalSorter

    level: dict[str, int] = {}
    for group in TopologicalSorter(above).static_order():
        level[group] = max((level[upper] + 1 for upper in above[group]), default=0)
    return {node: level[circle[node]] for node in below}


def _circles(below: dict[str, set[str]]) -> dict[str, str]:
    """Return for each node the name of its circle (its strongly connected component), by Kosaraju's two passes."""
    order: list[str] = []
    seen: set[str] = set()
    for start in sorted(below):
        stack = [(start, iter(sorted(below[start])))] if start not in seen else []
        seen.add(start)
        while stack:
            node, rest = stack[-1]
            step = next((other for other in rest if other not in seen), None)
            if step is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(sorted(below[step]))))
    above: dict[str, list[str]] = {node: [] for node in below}
    for node, lower in below.items():
        for other in lower:
            above[other].append(node)
    circle: dict[str, str] = {}
    for start in reversed(order):
        reached = [start] if start not in circle else []
        while reached:
            node = reached.pop()
            if node not in circle:
                circle[node] = start
                reached += above[node]
    return circle
