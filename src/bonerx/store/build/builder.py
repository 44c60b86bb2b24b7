"""Records into a store as they come, each judged by itself: a million claims in the memory of a few."""

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bonerx.check import claims
from bonerx.check.lookup import NO_RECORDS
from bonerx.errors import Fault
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.ndjson import Line
from bonerx.evidence.read import difference
from bonerx.evidence.record_stream import RecordStream
from bonerx.model.claim import Claim
from bonerx.model.regimen import regimen_id
from bonerx.model.source import Sentence
from bonerx.store.build.known_records import KnownRecords
from bonerx.store.build.lookups import kin_of, names_of
from bonerx.store.build.writer import BATCH, Row, Writer
from bonerx.store.record_json import dumps

Progress = Callable[[str, int, int], object]
"""What is told how far a build has come: the stage, and how much of how much of it is done, 0 of 0 if unknown."""

_NAMED = ("agents", "outcomes", "populations")
_WITHOUT_FIGURES = (*_NAMED, "sources", "claims")
"""Kinds of records without figures, of which one may be written in several ways."""
_REGIMENS = 20_000
"""Regimens remembered as written; when they have become more, they are offered to the store again."""


class Clash(NamedTuple):
    """Two records of one id that say different things: the numbers of both, and the fields they differ in."""

    kind: str
    id: str
    first: int
    second: int
    difference: str


class Build:
    """A store while it is filled. Records are numbered by line across files; `bases` are where the files begin."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.known = KnownRecords(writer)
        self.fault_list = FaultList()
        self.streams: list[RecordStream] = []
        self.bases: list[int] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.doubtful_sentences = array("Q")
        self.clashes: list[Clash] = []
        self.languages: dict[str, None] = {}
        self.species: set[str] = set()
        self._base = 0
        self._rows = writer.rows
        self._regimens: set[object] = set()

    def read(self, stream: RecordStream, progress: Progress) -> None:
        """Take in every record of a file."""
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            progress(f"reading {stream.name}", done, stream.size)

        self.streams.append(stream)
        self.bases.append(self._base)
        faults, records = self.fault_list.count, 0
        for records, line in enumerate(stream.records(self.fault_list, advance), 1):  # noqa: B007
            self.add(line, stream.path)
        self.writer.hand_over()
        if stream.form == "ndjson" and not records and faults == self.fault_list.count:
            self.fault_list.add(Fault(stream.name, 1, 1, "", "the file holds no record", "one line holds one record"))
        self._base += stream.last + 1

    def add(self, line: Line, table: str) -> None:
        """Take in one record of the file at `table`."""
        if line.kind == "claims":
            self._claim(line)
        elif line.kind == "sentences":
            self._sentence(line)
        else:
            self._record(line, table)

    def _claim(self, line: Line) -> None:
        claim: Claim = line.record
        seq = self._base + line.number
        rows = self._rows
        self.species.add(claim.species)
        if claim.draft or next(claims.flaws_of(claim, NO_RECORDS), None) is not None:
            rows.doubtful.append((seq,))
        if claim.draft:
            rows.draft.append((seq, claim.id, _as_written(line)))
        else:
            columns = claim_columns(seq, claim)
            rows.claim.append((*columns, _as_written(line)))
            given, against = columns[3:5]
            if given not in self._regimens:
                self._treated(given, claim.regimen)
            if claim.comparator and against not in self._regimens:
                self._treated(against, claim.comparator)
            for sentence in claim.sentences:
                rows.cited.append((seq, sentence))
            for source in claim.sources:
                rows.claim_source.append((source, seq))
            if claim.hedge.cues and claim.summary is None:
                rows.cue.extend([(seq, lang, word) for lang, words in claim.hedge.cues.items() for word in words])
        if len(rows.claim) >= BATCH or len(rows.draft) >= BATCH:
            self.writer.hand_over()

    def _treated(self, regimen: object, agents: Sequence[str]) -> None:
        """Write which agents stand in a regimen."""
        if len(self._regimens) >= _REGIMENS:
            self._regimens.clear()
        self._regimens.add(regimen)
        self._rows.regimen_agent.extend((agent, regimen) for agent in agents)

    def _sentence(self, line: Line) -> None:
        sentence: Sentence = line.record
        seq = self._base + line.number
        if not self._stands(sentence):
            self.doubtful_sentences.append(seq)
        self._rows.sentence.append((seq, sentence.id, sentence.source))
        for lang, passage in sentence.passages.items():
            self.languages.setdefault(lang)
            self._rows.passage.append((seq, lang, passage.start, passage.end, passage.text))
        if len(self._rows.sentence) >= BATCH:
            self.writer.hand_over()

    def _stands(self, sentence: Sentence) -> bool:
        """Return whether a sentence certainly stands in its source's text, in all of its languages."""
        text = self.known.text(sentence.source)
        if text is None or not sentence.passages or not sentence.id.startswith(f"{sentence.source}/"):
            return False
        return all(
            text[said.start : said.end] == said.text and said.end - said.start == len(said.text)
            for said in sentence.passages.values()
        )

    def _record(self, line: Line, table: str) -> None:
        record = line.record
        seq = self._base + line.number
        earlier = self.known.add(line.kind, record, table)
        if earlier is None:
            self.numbers[line.kind, record.id] = seq
            self._rows.record.append((seq, line.kind, record.id, _as_written(line)))
            if line.kind in _NAMED:
                self._rows.name.extend(names_of(line.kind, record))
                self._rows.kin.extend(kin_of(line.kind, record))
            if len(self._rows.record) >= BATCH:
                self.writer.hand_over()
        elif earlier != record:
            first = self.numbers[line.kind, record.id]
            self.clashes.append(Clash(line.kind, record.id, first, seq, difference(earlier, record)))


def _as_written(line: Line) -> str:
    """Return a record as JSON: as its line has it, which is quick, where that says no more and no less."""
    text = line.text
    if not text or line.kind not in _WITHOUT_FIGURES:
        return dumps(line.record)
    if "\\" in text or "null" in text or "false" in text or "[]" in text or "{}" in text:
        return dumps(line.record)  # it may say what a record as JSON leaves out, or writes in another way
    if "[ " in text or "{ " in text or "\t" in text or "\r" in text:
        return dumps(line.record)  # what is empty may be written with a blank in it
    return text


def claim_columns(seq: int, claim: Claim) -> Row:
    """Return the columns of a claim that rules read, None for what is not stated."""
    comparator, population = claim.comparator, claim.population
    return (
        seq,
        claim.id,
        claim.kind,
        regimen_id(claim.regimen, claim.combination),
        regimen_id(comparator) if comparator else None,
        "+".join(claim.named),
        claim.outcome,
        claim.direction,
        claim.favours,
        claim.hedge.level,
        population.id,
        population.emphasis,
        claim.species,
        claim.sentences[0].partition("/")[0] if claim.sentences else next(iter(claim.sources), ""),
        int(claim.rests_on_retracted),
    )
