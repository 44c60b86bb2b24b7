"""Where a statement or a number comes from: publications and their verbatim sentences."""

from dataclasses import dataclass

from bonerx.model.field import FORBID_EXTRA, Id, Lang, Offset, SentenceKey, SourceId, Text, Year
from bonerx.model.kinds import Integrity, ReadAs, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is known against a source, and where that was read."""

    __pydantic_config__ = FORBID_EXTRA
    status: Integrity
    note: Text | None = None
    doi: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication: what it is, how much of it was read, and what is known against it."""

    __pydantic_config__ = FORBID_EXTRA
    id: Id
    kind: SourceKind
    read_as: ReadAs
    authors: Text | None = None
    title: Text | None = None
    journal: Text | None = None
    year: Year | None = None
    volume: Text | None = None
    pages: Text | None = None
    doi: Text | None = None
    pmid: Text | None = None
    registration: Text | None = None
    integrity: Notice = Notice(status=Integrity.NONE_KNOWN)
    text: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a source's text: code points `start` to `end`, end exclusive."""

    __pydantic_config__ = FORBID_EXTRA
    start: Offset
    end: Offset
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One verbatim sentence of a source, in each language that its text has it in; the first is the original."""

    __pydantic_config__ = FORBID_EXTRA
    id: SentenceKey
    source: SourceId
    passages: dict[Lang, Passage]
