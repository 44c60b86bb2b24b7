"""What a source says: claims resting on its sentences, and what later findings say of them."""

from dataclasses import dataclass, field

from bonerx.model.field import (
    FORBID_EXTRA,
    AgentId,
    ClaimId,
    Id,
    Lang,
    OutcomeId,
    PopulationId,
    SentenceId,
    SourceId,
    Text,
)
from bonerx.model.kinds import ClaimKind, Combination, Direction, HedgeLevel, PopulationBasis, Side, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """How strongly a claim is worded, with the words that show it in each language of the sentence."""

    __pydantic_config__ = FORBID_EXTRA
    level: HedgeLevel
    cues: dict[Lang, tuple[Text, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPopulation:
    """Whom a claim is about, how the sentence says so, and whom it stresses without restricting to them."""

    __pydantic_config__ = FORBID_EXTRA
    id: PopulationId | None = None
    basis: PopulationBasis
    emphasis: PopulationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement: a regimen (against a comparator, or none stated) on an outcome in a population.

    It rests on `sentences`, or it is a curator's `summary` of `sources` and is always shown as such. `named`
    lists the members that a sentence about a class names. A claim that rests on retracted sources only says so,
    is shown and decides nothing. A draft answers no question.
    """

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    kind: ClaimKind
    regimen: tuple[AgentId, ...]
    combination: Combination | None = None
    comparator: tuple[AgentId, ...] | None = None
    named: tuple[AgentId, ...] = ()
    outcome: OutcomeId | None = None
    direction: Direction
    favours: Side | None = None
    hedge: Hedge
    population: ClaimPopulation = ClaimPopulation(basis=PopulationBasis.NOT_STATED)
    setting: Text | None = None
    species: Id = "human"
    sentences: tuple[SentenceId, ...] = ()
    sources: tuple[SourceId, ...] = ()
    summary: Text | None = None
    rests_on_retracted: bool = False
    draft: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a later or other study says of claims, in a curator's words; it never changes a verdict."""

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    source: SourceId
    stance: Stance
    bears_on: tuple[ClaimId, ...]
    summary: Text
    species: Id = "human"
    note: Text | None = None
