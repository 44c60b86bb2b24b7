"""The answers made of numbers, as scripts read them: estimates, and the pool of one pair.

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
