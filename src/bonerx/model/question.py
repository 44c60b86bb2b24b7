"""What can be asked about: outcomes, with the direction that is better, and populations."""

from dataclasses import dataclass, field

from bonerx.model.field import FORBID_EXTRA, Id, Names, OutcomeId, PopulationId, Synonyms, Text
from bonerx.model.kinds import Better, Domain
from bonerx.model.treatment import Code


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
