"""The answers that list or show records, as scripts read them: evidence, show and the vocabulary."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.kinds import ClaimKind, HedgeLevel
from bonerx.model.vocabulary import Agent, Outcome, Population
from bonerx.results.citations import Answered, Claim, Source


class Choice(TypedDict):
    """Which statements are chosen, in a listing and in an export."""

    agents: list[str]
    outcome: str | None
    source: str | None
    kind: ClaimKind | None
    species: str
    hedge: HedgeLevel | None
    text: str | None
    population: str | None
    limit: int | None
    offset: int


class EvidenceQuery(Choice):
    """What was asked, under canonical ids; in `agents`, regimens are ids joined by `+`."""

    command: Literal["evidence"]


class EvidenceAnswer(TypedDict):
    """The claims that the options pick."""

    claims: list[str]
    """At most `limit` of them, from `offset` on."""
    count: int
    """How many there are in all."""
    population_not_stated: list[str]
    """Claims that state no population, where one was asked for; not among `claims` and not counted."""
    headline: str


class EvidenceDocument(Answered):
    """`bonerx evidence`."""

    query: EvidenceQuery
    answer: EvidenceAnswer


class ShowQuery(TypedDict):
    """What was asked."""

    command: Literal["show"]
    id: str


class ShownClaim(Claim):
    """A claim, whole."""

    record: Literal["claim"]


class ShownSource(Source):
    """A source, whole."""

    record: Literal["source"]
    text: str | None
    """The file its text stands in, beside the table."""
    study: NotRequired[dict[str, Any]]
    """The study that goes by the same id."""


class ShownRecord(TypedDict):
    """Any other record, in the fields of its table (see `bonerx schema table`)."""

    record: Literal["sentence", "agent", "outcome", "population", "study", "published estimate", "finding"]
    id: str


class ShowDocument(Answered):
    """`bonerx show`."""

    query: ShowQuery
    answer: ShownClaim | ShownSource | ShownRecord


class TrialsQuery(TypedDict):
    """What was asked, under canonical ids."""

    command: Literal["trials"]
    agents: list[str]
    outcome: str | None


class TrialArm(TypedDict):
    """A randomised group."""

    id: str
    regimen: str
    dose: str | None
    randomised: int | None


class Trial(TypedDict):
    """One trial; `bonerx show` has its figures."""

    id: str
    names: list[str]
    year: int | None
    population: str | None
    participants: str | None
    species: str
    randomised: bool
    background: list[str]
    """What every arm received."""
    within: list[str]
    """Trials whose participants these are a part of."""
    arms: list[TrialArm]
    outcomes: list[str]
    """What it reports on in numbers."""
    integrity: str
    sources: list[str]
    note: str | None


class TrialsAnswer(TypedDict):
    """The trials asked for, in the order of the table."""

    studies: list[Trial]
    count: int
    headline: str


class TrialsDocument(Answered):
    """`bonerx trials`."""

    query: TrialsQuery
    answer: TrialsAnswer


class Listing(TypedDict):
    """What every listing of records holds."""

    count: int


class AgentsQuery(TypedDict):
    """What was asked."""

    command: Literal["agents"]


class AgentsAnswer(Listing):
    """Every agent of the table."""

    items: list[Agent]


class AgentsDocument(Answered):
    """`bonerx agents`."""

    query: AgentsQuery
    answer: AgentsAnswer


class OutcomesQuery(TypedDict):
    """What was asked."""

    command: Literal["outcomes"]


class OutcomesAnswer(Listing):
    """Every outcome of the table."""

    items: list[Outcome]


class OutcomesDocument(Answered):
    """`bonerx outcomes`."""

    query: OutcomesQuery
    answer: OutcomesAnswer


class PopulationsQuery(TypedDict):
    """What was asked."""

    command: Literal["populations"]


class PopulationsAnswer(Listing):
    """Every population of the table."""

    items: list[Population]


class PopulationsDocument(Answered):
    """`bonerx populations`."""

    query: PopulationsQuery
    answer: PopulationsAnswer


class SourcesQuery(TypedDict):
    """What was asked."""

    command: Literal["sources"]


class SourcesAnswer(Listing):
    """Every source of the table."""

    items: list[Source]


class SourcesDocument(Answered):
    """`bonerx sources`."""

    query: SourcesQuery
    answer: SourcesAnswer


class ExportQuery(Choice):
    """What was asked, under canonical ids; in `agents`, regimens are ids joined by `+`."""

    command: Literal["export"]
    to: Literal["yaml", "json", "ndjson"]


class ExportAnswer(TypedDict):
    """The joined table, whole or as far as the options choose."""

    counts: dict[str, int]
    """Records by kind."""
    texts: list[str]
    """The texts that the table names, relative to it."""
    table: dict[str, Any]
    """The table (see `bonerx schema table`)."""
    headline: str


class ExportDocument(Answered):
    """`bonerx export`."""

    query: ExportQuery
    answer: ExportAnswer
