"""What a trial found: its randomised arms, their results, and the effects it reports itself."""

from dataclasses import dataclass

from bonerx.model.field import (
    FORBID_EXTRA,
    AgentId,
    Count,
    Id,
    Level,
    OutcomeId,
    PopulationId,
    Positive,
    SourceId,
    StudyId,
    Text,
)
from bonerx.model.kinds import Combination
from bonerx.model.measure import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One randomised group of a study: what it was given, how much, and how many were randomised."""

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    regimen: tuple[AgentId, ...]
    combination: Combination | None = None
    dose: Text | None = None
    randomised: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One arm's numbers on one outcome at one time: `events` of `n`, or `mean` of `n` with `sd` or `se`.

    `mean`, `sd` and `se` are in the outcome's unit, `months` since randomisation. A result whose numbers cannot
    be pooled says why in `unusable`.
    """

    __pydantic_config__ = FORBID_EXTRA
    arm: Id
    outcome: OutcomeId
    months: Positive | None = None
    n: Count | None = None
    events: Count | None = None
    mean: float | None = None
    sd: Positive | None = None
    se: Positive | None = None
    unusable: Text | None = None
    source: SourceId
    place: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedContrast:
    """An effect as printed: arm `a` against arm `b`, on the natural scale, with its interval or standard error.

    `se` is on the analysis scale (log for RR, OR, HR). `shared_variance` is the variance of arm `b` on that
    scale where several contrasts of a study share it.
    """

    __pydantic_config__ = FORBID_EXTRA
    a: Id
    b: Id
    outcome: OutcomeId
    measure: Measure
    months: Positive | None = None
    value: float
    ci_low: float | None = None
    ci_high: float | None = None
    level: Level = 0.95
    se: Positive | None = None
    shared_variance: Positive | None = None
    subgroup: Text | None = None
    unusable: Text | None = None
    source: SourceId
    place: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A trial: who was randomised to what, what every arm received, and what was found.

    `background` is the treatment given to every arm, so that arms of different studies meet. `within` names the
    study whose participants these are a part of or shared with; studies that overlap are never pooled together.
    """

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    names: tuple[Text, ...] = ()
    sources: tuple[SourceId, ...]
    year: Count | None = None
    population: PopulationId | None = None
    participants: Text | None = None
    species: Id = "human"
    randomised: bool = True
    background: tuple[AgentId, ...] = ()
    within: tuple[StudyId, ...] = ()
    arms: tuple[Arm, ...]
    results: tuple[Result, ...] = ()
    contrasts: tuple[ReportedContrast, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEstimate:
    """A pooled effect as a publication prints it: shown beside our own, never pooled again.

    `level` is the interval's, `stratum` the part of the review's trials, `superseded_by` the source that replaces it.
    """

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    source: SourceId
    a: tuple[AgentId, ...]
    b: tuple[AgentId, ...]
    outcome: OutcomeId
    measure: Measure
    months: Positive | None = None
    value: float
    ci_low: float | None = None
    ci_high: float | None = None
    level: Level = 0.95
    k: Count | None = None
    n: Count | None = None
    stratum: Text | None = None
    covers: tuple[StudyId, ...] = ()
    superseded_by: SourceId | None = None
    place: Text
    note: Text | None = None
