"""A whole evidence table: one field per kind of record, in the order a reader meets them."""

from dataclasses import dataclass
from typing import Final, Literal

from bonerx.model.claim import Claim, Finding
from bonerx.model.field import FORBID_EXTRA, Text
from bonerx.model.source import Sentence, Source
from bonerx.model.trial import PublishedEstimate, Study
from bonerx.model.vocabulary import Agent, Outcome, Population

FORMAT: Final = "bonerx-evidence/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTable:
    """Everything one or several files hold: vocabulary, sources, statements, trials and later findings."""

    __pydantic_config__ = FORBID_EXTRA
    format: Literal["bonerx-evidence/1"]
    title: Text | None = None
    agents: tuple[Agent, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    populations: tuple[Population, ...] = ()
    sources: tuple[Source, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    claims: tuple[Claim, ...] = ()
    studies: tuple[Study, ...] = ()
    published: tuple[PublishedEstimate, ...] = ()
    findings: tuple[Finding, ...] = ()
