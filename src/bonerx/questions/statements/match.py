"""How a statement bears on what is asked: stated, by class, or on something broader or narrower."""

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import NamedTuple

from bonerx.errors import UnknownName, UsageError
from bonerx.model.name import cleaned, fold
from bonerx.model.regimen import (
    IN_ORDER,
    TOGETHER,
    agents_of,
    beside_nothing,
    parts_of,
    read_joined,
    regimen_id,
    split_in_order,
)
from bonerx.model.statement import Statement
from bonerx.store.queries import Store

STRENGTH = ("stated", "by-class", "broader", "narrower")
"""How a statement bears, strongest first. Only the first two decide a verdict."""
DECISIVE = frozenset(["stated", "by-class"])

Kin = dict[str, str]
"""For each agent that a statement may name, how a statement on it bears on the agent asked."""


class Asked(NamedTuple):
    """One regimen as it was asked: its id, and for each of its agents the agents it is related to."""

    id: str
    agents: tuple[str, ...]
    kin: tuple[Kin, ...]

    @property
    def in_order(self) -> bool:
        """Whether the agents follow one another rather than being given together."""
        return IN_ORDER in self.id


def ask_regimen(store: Store, text: str) -> Asked:
    """Return the regimen that `text` names (`a`, `a+b`, `a-then-b`), by any synonym; raise UnknownName."""
    return relate(store, parse(store, text))


def relate(store: Store, regimen: str) -> Asked:
    """Return a regimen with the relations of each of its agents."""
    agents = agents_of(regimen)
    return Asked(regimen, tuple(agents), tuple(store.kin("agents", agent) for agent in agents))


def parse(store: Store, text: str) -> str:
    """Return the id of the regimen that `text` names; raise UnknownName with the nearest names.

    The whole text is tried as a name first, since a name may hold a `+` of its own (`calcium + vitamin D`).
    """
    whole = store.known("agents", text)
    if whole is not None:
        return whole
    if not fold(text):
        raise UnknownName("agent", text, hint="the name is empty")
    ordered = split_in_order(text)
    if len(ordered) > 1:
        if not all(map(fold, ordered)):
            raise _nothing_beside(store, text, ordered, IN_ORDER)
        return regimen_id([store.find("agents", part.strip()) for part in ordered], "sequential")

    def name_in(part: str) -> str | None:
        one = len(parts_of(part)) == 1 and beside_nothing(part) is None
        return part if one or store.known("agents", part) is not None else None

    names = read_joined(text, name_in)
    if names is None and (dangling := beside_nothing(text)) is not None:
        raise _nothing_beside(store, text, dangling, TOGETHER)
    return regimen_id({store.find("agents", name): None for name in names or parts_of(text)})


def _nothing_beside(store: Store, text: str, parts: Iterable[str], joint: str) -> UnknownName:
    """Return the error for a sign of joining that has no agent on one side; the one on the other is suggested."""
    named = [part.strip() for part in parts if fold(part)]
    near = [agent for name in named for agent in store.nearest("agents", name)]
    return UnknownName("agent", cleaned(text), tuple(near[:1]), hint=f"`{joint}` stands between two agents")


def parse_all(store: Store, texts: Iterable[str]) -> str:
    """Return the id of the regimen of all that `texts` name, given together; raise UnknownName and UsageError."""
    regimens = [parse(store, text) for text in texts]
    if len(regimens) == 1:
        return regimens[0]
    for regimen in regimens:
        if IN_ORDER in regimen:
            raise UsageError(
                f"`{regimen}` is given one after the other, not together with anything", hint="ask for it alone"
            )
    return regimen_id({agent for regimen in regimens for agent in agents_of(regimen)})


def related_regimens(asked: Asked) -> set[str]:
    """Return the ids of every regimen on which a statement may bear on the one asked."""
    order = "sequential" if asked.in_order else None
    return {regimen_id(agents, order) for agents in product(*asked.kin)}


class Match(NamedTuple):
    """One way to read a statement's regimen as the one asked: how it bears, and who stands for whom."""

    basis: str
    pairs: frozenset[tuple[str, str]]


def matches(regimen: str, asked: Asked, named: frozenset[str]) -> Iterator[Match]:
    """Yield each way in which a statement on `regimen` bears on the regimen asked."""
    agents = agents_of(regimen)
    if len(agents) != len(asked.agents) or (IN_ORDER in regimen) != asked.in_order:
        return
    orders = [tuple(range(len(agents)))] if asked.in_order else permutations(range(len(agents)))
    for order in orders:
        bases = []
        for agent, at in zip(agents, order, strict=True):
            how = asked.kin[at].get(agent)
            if how is None:
                break
            bases.append("stated" if how == "by-class" and asked.agents[at] in named else how)
        else:
            pairs = frozenset((agent, asked.agents[at]) for agent, at in zip(agents, order, strict=True))
            yield Match(weakest(bases), pairs)


def bears(statement: Statement, asked: Asked) -> str | None:
    """Return how a statement's regimen bears on the one asked, None where it does not."""
    return strongest(match.basis for match in matches(statement.regimen, asked, statement.named))


def compares(statement: Statement, one: Asked, other: Asked) -> str | None:
    """Return how a statement bears on `one` against `other`, None where it does not compare them.

    A class that stands on both sides of a statement must stand for the same agent on both sides: that a vitamin with
    some drug of a class is better than a drug of that class says nothing of two different drugs.
    """
    if statement.comparator is None:
        return None
    return strongest(
        weakest([left.basis, right.basis])
        for left in matches(statement.regimen, one, statement.named)
        for right in matches(statement.comparator, other, statement.named)
        if _consistent(left.pairs | right.pairs)
    )


def resolved(comparator: str, pairs: frozenset[tuple[str, str]]) -> str:
    """Return a comparator with the agents that a match put in the place of its classes."""
    stands_for = dict(pairs)
    agents = [stands_for.get(agent, agent) for agent in agents_of(comparator)]
    return regimen_id(agents, "sequential" if IN_ORDER in comparator else None)


def weakest(bases: list[str]) -> str:
    """Return the weakest of some bases."""
    return max(bases, key=STRENGTH.index)


def strongest(bases: Iterator[str] | list[str]) -> str | None:
    """Return the strongest of some bases, None of none."""
    return min(bases, key=STRENGTH.index, default=None)


def _consistent(pairs: frozenset[tuple[str, str]]) -> bool:
    return len({agent for agent, _ in pairs}) == len(pairs)
