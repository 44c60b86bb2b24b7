"""What a table names: agents with classes and codes, outcomes with the direction that is better, populations."""

from dataclasses import dataclass, field
from enum import StrEnum

from bonerx.model.field import FORBID_EXTRA, AgentId, Id, Names, OutcomeId, PopulationId, SentenceId, Synonyms, Text
from bonerx.model.kinds import Better, Domain


class AgentKind(StrEnum):
    """What sort of agent: a class has members, a control is what others are compared with."""

    DRUG = "drug"
    VITAMIN = "vitamin"
    MINERAL = "mineral"
    HORMONE = "hormone"
    CLASS = "class"
    CONTROL = "control"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code of a terminology, how exactly it matches, and where it was read."""

    __pydantic_config__ = FORBID_EXTRA
    system: Text
    code: Text
    match: Text
    read_in: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An agent's membership of a class, with the sentence that states it or the curator's ground."""

    __pydantic_config__ = FORBID_EXTRA
    of: AgentId
    sentence: SentenceId | None = None
    summary: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One active component, a control, or a class of agents; `broader` names what it is a form of."""

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    kind: AgentKind
    names: Names
    synonyms: Synonyms = field(default_factory=dict)
    broader: AgentId | None = None
    classes: tuple[Membership, ...] = ()
    codes: tuple[Code, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is measured, in which unit, where in the body, and which way is better."""

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    names: Names
    synonyms: Synonyms = field(default_factory=dict)
    better: Better
    domain: Domain = Domain.BENEFIT
    unit: Text | None = None
    site: Text | None = None
    broader: tuple[OutcomeId, ...] = ()
    codes: tuple[Code, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who is treated; `broader` names the populations it is part of."""

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    names: Names
    synonyms: Synonyms = field(default_factory=dict)
    species: Id = "human"
    broader: tuple[PopulationId, ...] = ()
    codes: tuple[Code, ...] = ()
    note: Text | None = None
