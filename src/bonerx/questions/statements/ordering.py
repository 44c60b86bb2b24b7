"""Which regimen comes before which, by every statement that prefers one to another."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from bonerx.model.regimen import IN_ORDER, agents_of, regimen_id
from bonerx.questions.statements.match import STRENGTH, weakest
from bonerx.questions.statements.scope import Bearing
from bonerx.questions.statements.verdict import weakest_hedge
from bonerx.store.queries import Store


class Preference(NamedTuple):
    """One regimen placed before another by a claim; placed before itself, it comes first, before whom is not stated.

    `bases` says how the claim bears on the two, `broader` that it is on a broader population than the one asked.
    """

    first: str
    then: str
    bases: tuple[str, str]
    broader: bool
    hedge: str
    claim: str

    def basis(self, regimen: str) -> str:
        """Return how the claim bears on one of the two."""
        return self.bases[regimen != self.first]


class Place(NamedTuple):
    """A regimen in the order, on the strongest basis that puts it there; `broader` where only broader claims do."""

    regimen: str
    basis: str
    broader: bool


class Tier(NamedTuple):
    """Regimens that no statement puts in an order among themselves, with the claims that place them and their hedge."""

    places: tuple[Place, ...]
    hedge: str
    claims: tuple[str, ...]


def preferences(store: Store, bearings: Iterable[Bearing]) -> Iterator[Preference]:
    """Yield who comes before whom by each statement, its classes resolved into their members.

    A member that the sentence names is placed as stated, another by class; a class on both sides of a statement
    stands for the same member on both. A first choice without a comparator is placed before itself.
    """
    with_members = store.classes()
    for bearing in bearings:
        statement = bearing.statement
        both = (statement.regimen, statement.comparator or statement.regimen)
        named = {agent for side in both for agent in agents_of(side)}
        if with_members.isdisjoint(named):
            first, then = both[::-1] if statement.favours == "comparator" else both
            yield Preference(
                first, then, ("stated", "stated"), bearing.basis == "broader", statement.hedge, statement.id
            )
            continue
        classes = {agent: store.members(agent) if agent in with_members else [] for agent in sorted(named)}
        choices = [[(agent, member) for member in members] or [(agent, agent)] for agent, members in classes.items()]
        for choice in product(*choices):
            stands_for = dict(choice)
            bases = {agent: _basis(agent, member, statement.named) for agent, member in choice}
            sides = [
                (_resolved(side, stands_for), weakest([bases[agent] for agent in agents_of(side)])) for side in both
            ]
            (first, one), (then, other) = sides[::-1] if statement.favours == "comparator" else sides
            if first != then or statement.comparator is None:
                broader = bearing.basis == "broader"
                yield Preference(first, then, (one, other), broader, statement.hedge, statement.id)


def _basis(agent: str, member: str, named: frozenset[str]) -> str:
    return "stated" if agent == member or member in named else "by-class"


def _resolved(regimen: str, stands_for: dict[str, str]) -> str:
    order = "sequential" if IN_ORDER in regimen else None
    return regimen_id([stands_for[agent] for agent in agents_of(regimen)], order)


def tiers(found: Iterable[Preference]) -> list[Tier]:
    """Return the order that preferences make, first tier first.

    Between two regimens only the strongest basis counts, and what is on the population asked before what is on a
    broader one. Regimens whose preferences run in a circle share a tier.
    """
    strongest_between: dict[frozenset[str], list[Preference]] = {}
    for preference in found:
        between = strongest_between.setdefault(frozenset((preference.first, preference.then)), [])
        if not between or _rank(preference) == _rank(between[0]):
            between.append(preference)
        elif _rank(preference) < _rank(between[0]):
            between[:] = [preference]
    kept = [preference for between in strongest_between.values() for preference in between]
    below: dict[str, set[str]] = {}
    for preference in kept:
        below.setdefault(preference.first, set())
        if preference.then != preference.first:
            below[preference.first].add(preference.then)
            below.setdefault(preference.then, set())
    levels = _levels(below)
    made: dict[int, list[str]] = {}
    for regimen, level in levels.items():
        made.setdefault(level, []).append(regimen)
    placing: dict[str, list[Preference]] = {}
    for preference in kept:
        for regimen in dict.fromkeys((preference.first, preference.then)):
            placing.setdefault(regimen, []).append(preference)
    return [_tier({regimen: placing[regimen] for regimen in sorted(made[level])}) for level in sorted(made)]


def _rank(preference: Preference) -> tuple[bool, int]:
    return preference.broader, STRENGTH.index(weakest(list(preference.bases)))


def _tier(placing: dict[str, list[Preference]]) -> Tier:
    """Return the tier of regimens with the preferences that place each of them."""
    places = []
    for regimen, placed in placing.items():
        broader, basis = min((one.broader, STRENGTH.index(one.basis(regimen))) for one in placed)
        places.append(Place(regimen, STRENGTH[basis], broader))
    everything = [one for placed in placing.values() for one in placed]
    order = sorted(places, key=lambda place: (place.broader, STRENGTH.index(place.basis), place.regimen))
    hedge = weakest_hedge(one.hedge for one in everything)
    return Tier(tuple(order), hedge, tuple(dict.fromkeys(one.claim for one in everything)))


def _levels(below: dict[str, set[str]]) -> dict[str, int]:
    """Return for each node the length of the longest way down to it, circles counted as one node."""
    circle = _circles(below)
    above: dict[str, set[str]] = {group: set() for group in circle.values()}
    for node, lower in below.items():
        for other in lower:
            if circle[node] != circle[other]:
                above[circle[other]].add(circle[node])
    level: dict[str, int] = {}
    for group in above:
        level[group] = max((level[upper] + 1 for upper in above[group]), default=0)
    return {node: level[circle[node]] for node in below}


def _circles(below: dict[str, set[str]]) -> dict[str, str]:
    """Return for each node the name of its circle (its strongly connected component), by Kosaraju's two passes.

    What is above comes before what is below.
    """
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
