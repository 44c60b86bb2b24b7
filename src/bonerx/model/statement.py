"""A claim as the rules see it: what decides an answer and nothing else, cheap enough to read by the thousand."""

from typing import NamedTuple


class Statement(NamedTuple):
    """The columns of a claim that rules read; the rest stays in the store until the claim is cited.

    `regimen` and `comparator` are regimen ids, `named` the named members of classes, `source` the first source
    it rests on, and `retracted` says that none of its sources stands.
    """

    seq: int
    id: str
    kind: str
    regimen: str
    comparator: str | None
    named: frozenset[str]
    outcome: str | None
    direction: str
    favours: str | None
    hedge: str
    population: str | None
    emphasis: str | None
    species: str
    source: str
    retracted: bool
