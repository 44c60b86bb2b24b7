"""The answers on which treatment to choose, as scripts read them: compare, combo and rank."""

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.kinds import Direction, HedgeLevel
from bonerx.results.citations import Finding
from bonerx.results.trial_estimates import PairEstimate, PublishedPool, TrialOfCombination

VerdictBasis: TypeAlias = Literal["stated", "by-class", "none"]
Winner: TypeAlias = Literal["favours-a", "favours-b", "no-difference", "conflicting", "undetermined"]
CombinationWinner: TypeAlias = Literal[
    "favours-combination", "favours-comparator", "no-difference", "conflicting", "undetermined"
]


class Verdict(TypedDict):
    """Whom the claims of the strongest basis present favour."""

    verdict: Winner
    """`undetermined` where no claim that may decide compares the two."""
    favoured: str | None
    """The regimen favoured."""
    basis: VerdictBasis
    hedge: HedgeLevel | None
    """The weakest wording among the claims that decide."""
    claims: list[str]
    """The claims that decide."""


class OneSide(TypedDict):
    """What is said of one side on one outcome."""

    direction: Direction | Literal["mixed"] | None
    """What its claims say, `mixed` where they differ, null where there are only broader or narrower ones."""
    claims: list[str]
    narrower: list[str]
    """Claims on a narrower outcome, agent or population."""
    broader: list[str]
    by_class: list[str]
    """Those of `claims` that hold for this side by class only."""


class OutcomeRow(TypedDict):
    """One outcome: what is said of either side, and what compares the two."""

    outcome: str
    verdict: Winner
    favoured: str | None
    basis: VerdictBasis
    hedge: HedgeLevel | None
    a: OneSide | None
    """Null where nothing is stated of it."""
    b: OneSide | None
    claims: list[str]
    """The claims that compare the two on this outcome."""
    narrower: list[str]
    """The claims that compare the two on a narrower outcome."""
    estimates: list[PairEstimate]


class BothSides(TypedDict):
    """Claims on either side that name no outcome."""

    a: list[str]
    b: list[str]
    by_class: dict[Literal["a", "b"], list[str]]
    """Those of them that hold for that side by class only."""


class CompareAnswer(TypedDict):
    """Which of two regimens the sources favour."""

    overall: Verdict
    """By claims on efficacy that name no outcome."""
    preference: Verdict
    """By recommendations and proposals."""
    outcomes: list[OutcomeRow]
    animal: list[str]
    """Claims on animals, which decide nothing about people."""
    general: BothSides
    compared: list[str]
    """Every claim that compares the two without naming an outcome, whether it decides or not."""
    together: list[str]
    """Advice on giving both, which is another question."""
    population_not_stated: list[str]
    """Claims apart from every verdict, since a population was asked for and they state none."""
    findings: list[Finding]
    estimates: list[PairEstimate]
    """What the trials give on every outcome they report; the same estimates stand with their outcomes."""
    published: list[PublishedPool]
    """Pooled estimates that publications print, never pooled again."""
    headline: str
    """The answer in one sentence, never stronger than the weakest wording it rests on."""
    derivation: NotRequired[list[str]]
    """The steps to the answer, with --explain."""


class Versus(TypedDict):
    """The combination against one comparator on one outcome in one species."""

    comparator: str
    outcome: str | None
    verdict: CombinationWinner
    basis: VerdictBasis
    hedge: HedgeLevel | None
    species: str
    preference: bool
    """Whether the claims are recommendations and proposals rather than claims on efficacy."""
    claims: list[str]


class Component(TypedDict):
    """What is said of one agent of a combination by itself."""

    agent: str
    claims: list[str]
    by_class: list[str]
    """Those of `claims` that hold for the agent by class only."""


class ComboAnswer(TypedDict):
    """What the sources say of agents given together."""

    regimen: list[str]
    stated: list[str]
    """Claims on exactly this combination."""
    by_class: list[str]
    """Claims on a class in the place of one of its agents."""
    broader: list[str]
    narrower: list[str]
    versus: list[Versus]
    components: list[Component]
    animal: list[str]
    population_not_stated: list[str]
    findings: list[Finding]
    estimates: list[PairEstimate]
    """What the trials give on the combination against each of its agents."""
    trials: list[TrialOfCombination]
    component_model: dict[str, Any] | list[dict[str, Any]] | None
    """What each component adds by the additive model of the network."""
    headline: str
    derivation: NotRequired[list[str]]


class Place(TypedDict):
    """A regimen in the order, and the strongest basis that puts it there."""

    regimen: str
    basis: Literal["stated", "by-class"]
    population: Literal["asked", "broader"] | None
    """Whether a claim on the population asked places it, or only claims on a broader one; null where none was asked."""


class Tier(TypedDict):
    """Regimens that no claim puts in an order among themselves."""

    rank: int
    regimens: list[Place]
    hedge: HedgeLevel
    """The weakest wording among the claims that place them."""
    claims: list[str]


class Advice(TypedDict):
    """A regimen that is advised without being placed before another."""

    regimen: str
    population: str | None
    emphasis: str | None
    direction: Direction
    hedge: HedgeLevel
    claims: list[str]


class RankAnswer(TypedDict):
    """What comes first by what the sources recommend."""

    tiers: list[Tier]
    add_on: list[Advice]
    """Combinations advised, which is another question than what comes first."""
    advised: list[Advice]
    """Single regimens advised without being placed before another."""
    outweighed: list[str]
    """Claims that would place somebody, were there not stronger ones between the same regimens."""
    population_not_stated: list[str]
    findings: list[Finding]
    headline: str
    derivation: NotRequired[list[str]]
