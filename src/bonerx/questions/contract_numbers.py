"""The answers made of numbers, as scripts read them: pool and network, with their estimates.

`te` and `se` are on the analysis scale (log for RR, OR, HR; a minus b), `value`, `ci_low` and `ci_high` as people read
them. What is unknown or not estimable is null with a `reason` beside it, never 0.
"""

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.estimate import Measure

Number: TypeAlias = float | None


class Interval(TypedDict):
    """Limits of an interval."""

    ci_low: Number
    ci_high: Number
    reason: NotRequired[str]


class Estimate(Interval):
    """An effect with its interval."""

    te: Number
    se: Number
    value: Number
    p: NotRequired[Number]


class ArmNumbers(TypedDict):
    """One arm of a study: `events` of `n`, or `mean` and `sd` of `n`."""

    n: Number
    events: NotRequired[Number]
    mean: NotRequired[Number]
    sd: NotRequired[Number]


class PooledStudy(TypedDict):
    """One study of a pool, whether it is included or not."""

    study: str
    te: Number
    se: Number
    value: Number
    ci_low: Number
    ci_high: Number
    weight_common: Number
    """Its share of the common-effect estimate."""
    weight_random: Number
    included: bool
    reason: str | None
    """Why it is left out."""
    a: ArmNumbers | None
    b: ArmNumbers | None
    source: Any
    """The id of the publication the numbers come from, or what is told of it."""


class Common(Estimate):
    """The common-effect estimate."""

    method: str


class HartungKnapp(Interval):
    """The interval of Hartung and Knapp."""

    adhoc: Literal["ci", "none", "se"]
    """`ci`: the wider of this and the Wald interval."""
    se: Number
    p: Number


class Prediction(Interval):
    """Where the effect of a new study is expected."""

    definition: str


class RandomEffects(Estimate):
    """The random-effects estimate."""

    tau2_method: str | None
    tau2: Number
    hk: HartungKnapp
    prediction: Prediction


class Heterogeneity(TypedDict):
    """How far the studies differ; `i2` is a fraction of one."""

    q: Number
    df: Number
    p: Number
    i2: Number
    i2_low: Number
    i2_high: Number
    h: Number
    tau2_low: Number
    tau2_high: Number
    reason: NotRequired[str]


class Excluded(TypedDict):
    """A study left out, and why."""

    study: str
    reason: str


class PoolAnswer(TypedDict):
    """What the trials found of one regimen against another on one outcome, pooled."""

    a: Any
    b: Any
    outcome: str | None
    measure: Measure
    studies: list[PooledStudy]
    common: Common | None
    random: RandomEffects | None
    heterogeneity: Heterogeneity | None
    k: int
    """The number of studies pooled."""
    n: Number
    """The number of people in them."""
    excluded: list[Excluded]
    published: list[dict[str, Any]]
    """Pooled estimates that publications print, never pooled again."""
    leave_one_out: list[dict[str, Any]] | None
    small_study: dict[str, Any] | None
    """The tests of Egger and of Begg, null where there are too few studies."""
    headline: str | None


class Pair(Estimate):
    """One regimen against another in a network."""

    a: str
    b: str


class NetworkCommon(TypedDict):
    """The common-effect model of a network."""

    pairs: list[Pair]


class NetworkRandom(TypedDict):
    """The random-effects model of a network."""

    tau2_method: str | None
    tau2: Number
    pairs: list[Pair]
    reason: NotRequired[str]


class Node(TypedDict):
    """A regimen of a network."""

    regimen: str
    studies: int
    n: Number


class Edge(TypedDict):
    """Two regimens that studies compare directly."""

    a: str
    b: str
    studies: int


class NetworkHeterogeneity(TypedDict):
    """Q of a network, within and between designs (common-effect); `i2` is a fraction of one."""

    q: Number
    df: Number
    p: Number
    q_within: Number
    df_within: Number
    q_between: Number
    df_between: Number
    i2: Number
    reason: NotRequired[str]


class Difference(TypedDict):
    """The direct estimate minus the indirect one."""

    te: Number
    se: Number
    p: Number


class Split(TypedDict):
    """Direct and indirect evidence on one pair."""

    a: str
    b: str
    k: int
    """The number of studies that compare the two directly."""
    direct: Estimate | None
    indirect: Estimate | None
    network: Estimate
    difference: Difference | None
    share_direct: Number


class Ranked(TypedDict):
    """A regimen in the ranking of a network."""

    regimen: str
    p_score: Number
    mean_rank: Number


class Design(TypedDict):
    """The studies that compare the same regimens."""

    regimens: list[str]
    q: Number
    df: Number


class NetworkAnswer(TypedDict):
    """What the trials found of all regimens joined by a network of comparisons, on one outcome."""

    outcome: str | None
    measure: Measure
    reference: str | None
    connected: bool
    parts: list[list[str]] | list[dict[str, Any]]
    """The regimens of the one part; of a disconnected network each part with its own results."""
    nodes: list[Node]
    edges: list[Edge]
    common: NetworkCommon
    random: NetworkRandom
    heterogeneity: NetworkHeterogeneity
    splits: list[Split]
    ranking: list[Ranked]
    designs: list[Design]
    components: dict[str, Any] | None
    """The additive model: what each component of a combination adds."""
    headline: str | None
