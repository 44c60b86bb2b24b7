"""What the trials give beside the statements of compare and combo, as scripts read it."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.kinds import Integrity
from bonerx.model.measure import Measure
from bonerx.results.pool import Excluded, HartungKnapp, Number


class PairEstimate(TypedDict):
    """What the trials give on one outcome: pooled where they compare the two, else through the network."""

    outcome: str
    kind: Literal["direct", "network"]
    comparator: NotRequired[str]
    """In a combination: the regimen that it is compared with."""
    model: Literal["random", "common"]
    measure: Measure
    level: float
    te: Number
    """On the analysis scale: the logarithm of RR, OR and HR."""
    se: Number
    value: Number
    """As people read it, like `ci_low` and `ci_high`."""
    ci_low: Number
    ci_high: Number
    p: Number
    hk: NotRequired[HartungKnapp | None]
    """The interval of Hartung and Knapp, of a pool."""
    k: int
    n: Number
    tau2: Number
    i2: Number
    """A fraction of one."""
    share_direct: NotRequired[Number]
    """How much of a network's estimate trials of the two themselves carry, a fraction of one."""
    studies: list[str]
    sources: list[str]
    flagged_studies: NotRequired[list[str]]
    """Studies of integrity concern that count."""
    excluded: list[Excluded]
    connected: NotRequired[bool]
    missing_link: NotRequired[dict[str, Any] | None]
    """The comparison that would join two parts of a network."""
    reason: str | None
    """Why there is no number, or what is to be known of it."""
    caveats: NotRequired[list[str]]


class TrialOfCombination(TypedDict):
    """A trial of the combination against one of its agents, whether its figures are pooled or not."""

    study: str
    regimens: list[str]
    integrity: Integrity
    sources: list[str]
    pooled: bool
    reason: str | None
    """Why it is not pooled."""
    note: str | None


class PublishedPool(TypedDict):
    """A pooled estimate as a publication prints it, of `a` against `b`."""

    id: str
    a: str
    b: str
    outcome: str
    measure: Measure
    value: Number
    ci_low: Number
    ci_high: Number
    level: float | None
    k: int | None
    n: int | None
    months: Number
    stratum: str | None
    """The part of the review's trials that it is of."""
    superseded_by: str | None
    """The source that replaces it."""
    source: str
    place: str
    """Where in the source it stands."""
    note: str | None
    covers: list[str]
    """The studies of the table that are in it."""
    year: int | None
    integrity: Integrity
    turned: bool
    """Whether it was printed as `b` against `a`."""
