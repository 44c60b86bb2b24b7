"""The answers made of numbers, as scripts read them: estimates, and the pool of one pair.

`te` and `se` are on the analysis scale (log for RR, OR, HR; a minus b), `value`, `ci_low` and `ci_high` as people read
them. What is unknown or not estimable is null with a `reason` beside it, never 0.
"""

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.measure import Measure

Number: TypeAlias = float | None
Verdict: TypeAlias = Literal["favours-a", "favours-b", "no-clear-difference", "a-higher", "a-lower"]
"""Whom an interval favours; `a-higher` and `a-lower` where it is not known which way is better."""


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
    note: str | None
    """What was done to its numbers."""
    source: str | None
    """The id of the publication the numbers were read in; null for a file of one's own."""
    sources: NotRequired[list[str]]
    """The publications of the study, and those its numbers were read in."""
    integrity: NotRequired[str]
    """The gravest of what is known against these."""
    year: NotRequired[int | None]
    months: NotRequired[Number]
    """How long after randomisation the numbers were taken."""
    population: NotRequired[str | None]
    reported: NotRequired[list[dict[str, Any]]]
    """What the study prints itself of the pair, beside what its arms give."""


class Common(Estimate):
    """The common-effect estimate."""

    method: str


class HartungKnappPlain(Interval):
    """The interval without any ad hoc rule; of equal effects `se` is 0, and `p` null with the reason."""

    se: Number
    df: Number
    p: Number
    reason: NotRequired[str]


class HartungKnapp(Interval):
    """The interval of Hartung and Knapp."""

    adhoc: Literal["ci", "none", "se", "iqwig6"]
    """`ci`: the wider of this and the Wald interval."""
    se: Number
    p: Number
    reason: NotRequired[str]
    plain: NotRequired["HartungKnappPlain"]


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

    a: str
    b: str
    outcome: str | None
    measure: Measure | None
    """Null where no study reports on the outcome."""
    level: float
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
    model: Literal["random", "common"]
    """Whose estimate is the answer."""
    ci: Literal["wald", "hk"]
    """Whose interval is the answer's."""
    estimate: dict[str, Any] | None
    """The answer: an estimate with its interval, its `model` and `ci`."""
    verdict: Verdict | None
    verdicts: dict[str, Verdict | None] | None
    """Whom the usual choices favour: `common`, `random` and `random-hk`."""
    absolute: dict[str, Any] | None
    """Events per 1000 people at `baseline_risk`, with the number needed to treat."""
    n_unknown: list[str]
    """Studies whose number of people is not known."""
    better: Literal["lower", "higher"] | None
    silent: NotRequired[list[str]]
    """Studies of the two without figures on the outcome."""
    elsewhere: NotRequired[list[dict[str, Any]]]
    """Where nothing can be pooled: outcomes on which something can."""
    members: NotRequired[list[dict[str, Any]]]
    """Of a class on either side: its members with studies of their own, which are not in this pool."""
    unit: NotRequired[str | None]
    sensitivity: dict[str, Any] | None
    """What would change the answer; null unless asked for, as are the next three."""
    subgroups: dict[str, Any] | None
    regression: dict[str, Any] | None
    cumulative: list[dict[str, Any]] | None
    headline: str
    reason: NotRequired[str]
