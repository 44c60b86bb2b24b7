"""The JSON document that scripts read, field by field: what each holds, and so the schema that they may check it by.

Nothing here runs when a question is asked. Within `bonerx/1` a field may be added; none is renamed or removed.
"""

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.results.citations import Answered, Envelope
from bonerx.results.network import LeagueAnswer, NetworkAnswer, NetworkRankAnswer
from bonerx.results.pool import PoolAnswer
from bonerx.results.records import (
    AgentsDocument,
    EvidenceDocument,
    ExportDocument,
    OutcomesDocument,
    PopulationsDocument,
    ShowDocument,
    SourcesDocument,
    TrialsDocument,
)
from bonerx.results.statements import ComboAnswer, CompareAnswer, RankAnswer

TITLE = "Answer of bonerx"
DESCRIPTION = "The one JSON document on stdout, of an answer and of an error alike."


class CompareQuery(TypedDict):
    """What was asked, under canonical ids."""

    command: Literal["compare"]
    a: str
    b: str
    outcome: str | None
    population: str | None
    species: str
    network: bool
    """Whether the network's estimate was asked for."""
    include_flagged: bool
    """Whether trials of integrity concern were to count."""
    as_of: int | None
    """The year after which nothing counts."""


class CompareDocument(Answered):
    """`bonerx compare`."""

    query: CompareQuery
    answer: CompareAnswer


class ComboQuery(TypedDict):
    """What was asked, under canonical ids."""

    command: Literal["combo"]
    agents: list[str]
    outcome: str | None
    population: str | None
    species: str
    as_of: int | None


class ComboDocument(Answered):
    """`bonerx combo`."""

    query: ComboQuery
    answer: ComboAnswer


class RankQuery(TypedDict):
    """What was asked, under canonical ids."""

    command: Literal["rank"]
    population: str | None
    as_of: int | None


class RankDocument(Answered):
    """`bonerx rank`."""

    query: RankQuery
    answer: RankAnswer


class PoolQuery(TypedDict):
    """What was asked; further fields hold the options."""

    command: Literal["pool"]


class PoolDocument(Answered):
    """`bonerx pool`."""

    query: PoolQuery
    answer: PoolAnswer


class NetworkQuery(TypedDict):
    """What was asked; further fields hold the options."""

    command: Literal["network"]


class NetworkDocument(Answered):
    """`bonerx network`."""

    query: NetworkQuery
    answer: NetworkAnswer


class LeagueQuery(TypedDict):
    """What was asked; further fields hold the options."""

    command: Literal["league"]


class LeagueDocument(Answered):
    """`bonerx league`."""

    query: LeagueQuery
    answer: LeagueAnswer


class NetworkRankQuery(TypedDict):
    """What was asked; further fields hold the options."""

    command: Literal["rank"]
    outcome: str | None
    data: str | None


class NetworkRankDocument(Answered):
    """`bonerx rank` on an outcome, or on a file of trials."""

    query: NetworkRankQuery
    answer: NetworkRankAnswer


class CheckQuery(TypedDict):
    """What was asked."""

    command: Literal["check"]
    paths: list[str]


class Fault(TypedDict):
    """One thing wrong with an evidence table."""

    path: str
    line: int | None
    """From 1, null where the fault has no place in a file."""
    column: int | None
    where: str
    """The path of the field, with the record's id where it is known."""
    message: str
    hint: str | None
    """What is allowed instead."""


class CheckAnswer(TypedDict):
    """Whether tables hold what they say."""

    tables: list[str]
    counts: dict[str, int]
    """Records by kind; empty where the tables cannot be read as such."""
    drafts: list[str]
    """Claims that answer no question until their mark is removed."""
    to_decide: dict[str, list[str]]
    """What a person has yet to decide of each draft."""
    faults: list[Fault]
    headline: str


class CheckDocument(Answered):
    """`bonerx check` on tables without a fault; with faults it is an error document that holds this answer."""

    query: CheckQuery
    answer: CheckAnswer


class CacheQuery(TypedDict):
    """What was asked."""

    command: Literal["cache"]
    action: Literal["path", "clear"]


class CacheAnswer(TypedDict):
    """The folder of compiled tables."""

    path: str | None
    """Null where there is no home folder to keep one in."""
    stores: int
    """How many it holds, or held before they were removed."""
    unused: str | None
    """Why it is not used and tables are compiled in memory, null where it is used."""
    headline: str


class CacheDocument(Answered):
    """`bonerx cache`."""

    query: CacheQuery
    answer: CacheAnswer


class SchemaQuery(TypedDict):
    """What was asked."""

    command: Literal["schema"]
    of: Literal["table", "answer"]


class SchemaAnswer(TypedDict):
    """A JSON Schema."""

    schema: dict[str, Any]


class SchemaDocument(Answered):
    """`bonerx schema`."""

    query: SchemaQuery
    answer: SchemaAnswer


class VersionAnswer(TypedDict):
    """The version of the program."""

    version: str


class VersionDocument(Answered):
    """`bonerx --version`."""

    query: None
    answer: VersionAnswer


class Error(TypedDict):
    """Why there is no answer."""

    code: str
    """What went wrong, for a script: `usage`, `unknown-agent`, `invalid-evidence`, `unreadable` …"""
    message: str
    suggestions: list[str]
    """The nearest names that the table knows."""
    hint: NotRequired[str]
    faults: NotRequired[list[Fault]]


class ErrorDocument(Envelope):
    """Any command that failed; the exit code is not 0 and not 1."""

    status: Literal["error"]
    query: CheckQuery | None
    answer: CheckAnswer | None
    error: Error


Document: TypeAlias = (
    CompareDocument
    | ComboDocument
    | RankDocument
    | PoolDocument
    | NetworkDocument
    | LeagueDocument
    | NetworkRankDocument
    | EvidenceDocument
    | ShowDocument
    | AgentsDocument
    | OutcomesDocument
    | PopulationsDocument
    | SourcesDocument
    | TrialsDocument
    | CheckDocument
    | ExportDocument
    | CacheDocument
    | SchemaDocument
    | VersionDocument
    | ErrorDocument
)
