"""What every document holds, as scripts read it: claims with their sentences, sources, and later findings."""

from typing import Literal, TypeAlias

from typing_extensions import TypedDict  # pydantic reads these types, and reads no other TypedDict before Python 3.12

from bonerx.model.kinds import (
    ClaimKind,
    Combination,
    Direction,
    HedgeLevel,
    Integrity,
    PopulationBasis,
    ReadAs,
    Side,
    SourceKind,
    Stance,
)

Bears: TypeAlias = Literal["stated", "by-class", "broader", "narrower"]


class Hedge(TypedDict):
    """How strongly a claim is worded."""

    level: HedgeLevel
    """Strongest first: asserted, suggested, possible, proposed."""
    cues: list[str]
    """The words that show it, in the language of the quote."""


class ClaimPopulation(TypedDict):
    """Whom a claim is about."""

    id: str | None
    """The population, null where the sentence states none."""
    basis: PopulationBasis
    """Whether its own clause names it, a neighbouring clause does, or none."""
    emphasis: str | None
    """A population that the sentence stresses without being only about it."""


class Passage(TypedDict):
    """A stretch of a source's text, verbatim."""

    text: str
    start: int
    """Its first code point in the text, from 0."""
    end: int
    """The first code point after it."""


class Quote(Passage):
    """The verbatim sentence that a claim rests on."""

    source: str
    sentence: str
    """The sentence's label within its source."""
    lang: str


class FurtherQuote(Quote):
    """Another verbatim sentence that a claim rests on."""

    translations: dict[str, Passage]


class Claim(TypedDict):
    """One thing that a source says, and how it bears on what was asked."""

    id: str
    kind: ClaimKind
    regimen: list[str]
    """The agents given, sorted; in order where `combination` is sequential."""
    comparator: list[str] | None
    """What the regimen is compared with, null where that is not stated."""
    outcome: str | None
    """What it is about, null where no outcome is stated; never to be read as no effect."""
    direction: Direction
    """What is said of the outcome, or of the regimen against the comparator."""
    favours: Side | None
    """Which side of its own comparison the claim favours."""
    hedge: Hedge
    population: ClaimPopulation
    setting: str | None
    species: str
    basis: Bears
    """How it bears on this question: stated, by class, or on something broader or narrower."""
    quote: Quote | None
    """The sentence; null where the claim is a curator's `summary`."""
    translations: dict[str, Passage]
    """The same sentence in the other languages that the source's text has it in."""
    summary: str | None
    """What the sources state in a curator's words, null where the claim is quoted."""
    further_quotes: list[FurtherQuote]
    """The other sentences it rests on, where it rests on more than one."""
    sentences: list[str]
    """Every sentence the claim rests on, as source, slash, label."""
    sources: list[str]
    combination: Combination
    named: list[str]
    """The members of a class that the sentence names: for those the claim is stated."""
    retracted: bool
    """Whether every source of it is retracted: it then counts in no verdict."""
    note: str | None
    """A curator's remark, which answers nothing."""


class Notice(TypedDict):
    """What is known against a source."""

    status: Integrity
    note: str | None
    doi: str | None


class Source(TypedDict):
    """A publication."""

    id: str
    kind: SourceKind
    read_as: ReadAs
    """How much of it was read."""
    authors: str | None
    title: str | None
    journal: str | None
    year: int | None
    volume: str | None
    pages: str | None
    doi: str | None
    pmid: str | None
    registration: str | None
    note: str | None
    integrity: Notice


class Finding(TypedDict):
    """What a later or other study says of cited claims, in a curator's words; it is part of no verdict."""

    id: str
    stance: Stance
    source: str
    year: int | None
    integrity: Integrity
    species: str
    bears_on: list[str]
    """The cited claims it speaks of."""
    summary: str
    note: str | None


class Tool(TypedDict):
    """The program that answered."""

    name: Literal["bonerx"]
    version: str


class EvidenceFile(TypedDict):
    """A file of the evidence table that was asked."""

    path: str
    """Its name, as it was given."""
    sha256: str
    """The SHA-256 of what it held."""


class Envelope(TypedDict):
    """What every document holds."""

    format: Literal["bonerx/1"]
    tool: Tool
    evidence: list[EvidenceFile]
    """The files asked; empty where none was."""
    claims: list[Claim]
    """Every claim that the answer rests on."""
    sources: list[Source]
    """Every source of these claims, and of the findings that bear on them."""
    caveats: list[str]
    """What limits the answer."""


class Answered(Envelope):
    """What every document of a run that went well holds."""

    status: Literal["answered", "no-evidence"]
