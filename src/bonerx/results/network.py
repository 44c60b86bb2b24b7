"""The answers made of a network of trials, as scripts read them: the whole of it, its league table and its ranking."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.measure import Measure
from bonerx.results.pool import Estimate, Number


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


class MissingLink(TypedDict):
    """A comparison that no study makes. Of n parts n - 1 are given, which together would join all."""

    parts: list[int]
    """The two parts that it would join, by their places in `parts`."""
    a: str
    b: str


class NetworkAnswer(TypedDict):
    """What the trials found of all regimens joined by a network of comparisons, on one outcome."""

    outcome: str | None
    measure: Measure | None
    """Null where no study reports the outcome."""
    reference: str | None
    better: Literal["lower", "higher"] | None
    """Null where a file of trials is analysed without `--better`; nothing is ranked then."""
    connected: bool
    parts: list[list[str]] | list[dict[str, Any]]
    """The regimens of the one part; of a disconnected network each part with its own results."""
    nodes: list[Node]
    edges: list[Edge]
    common: NetworkCommon
    random: NetworkRandom
    heterogeneity: NetworkHeterogeneity
    splits: list[Split]
    ranking: list[Ranked] | None
    """By P-score; null where it is not known which way is better, with `ranking_reason`."""
    ranking_reason: NotRequired[str]
    designs: list[Design]
    components: dict[str, Any] | None
    """The additive model: what each component of a combination adds."""
    missing_links: list[MissingLink]
    headline: str | None


class Cell(Estimate):
    """One cell of a league table: the regimen of the row against that of the column."""

    row: str
    column: str
    kind: Literal["network", "direct"]
    """`network` above the diagonal, `direct` below it."""
    measure: Measure
    k: int
    """The number of studies that compare the two directly."""
    reason: str | None  # type: ignore[misc]


class LeagueAnswer(TypedDict):
    """Every regimen of a network against every other."""

    outcome: str | None
    measure: Measure | None
    reference: str | None
    connected: bool
    model: Literal["random", "common"]
    ranking: list[Ranked]
    order: list[str]
    """The regimens of the rows and columns, surest to be better first."""
    cells: list[Cell]
    headline: str


class RankedByTrials(Ranked):
    """A regimen in the ranking by trials, with its estimate against the reference (null for the reference itself)."""

    rank: int
    part: int
    """The connected part it stands in, from 0: ranks of different parts are not compared."""
    against: str | None
    te: Number
    se: Number
    value: Number
    ci_low: Number
    ci_high: Number
    p: Number
    share_direct: Number
    studies: int


class NetworkRankAnswer(TypedDict):
    """The regimens in the order that trials on one outcome give: never what sources recommend."""

    by: Literal["trials"]
    outcome: str | None
    measure: Measure | None
    better: Literal["lower", "higher"]
    reference: str | None
    connected: bool
    ranking: list[RankedByTrials]
    headline: str
