"""Records into a store as they come, each proven as far as it can be yet: a million claims in the memory of a few."""

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bonerx.check.prove import faults_of
from bonerx.errors import Fault
from bonerx.evidence.join import difference
from bonerx.evidence.fault_list import Ledger
from bonerx.evidence.ndjson import RECORD, Line
from bonerx.evidence.record_stream import Pour
from bonerx.model.claim import Claim
from bonerx.model.regimen import regimen_id
from bonerx.model.source import Sentence
from bonerx.store.alike import Alike
from bonerx.store.alike_sentences import AlikeSentences
from bonerx.store.build.known_records import Growing
from bonerx.store.record_json import dumps
from bonerx.store.build.rows import Row
from bonerx.store.build.names import kin_of, names_of
from bonerx.store.build.writer import BATCH, Writer

Tell = Callable[[str, int, int], object]
"""What is told how far a build has come: the stage, and how much of how much of it is done, 0 of 0 if unknown."""

_NAMED = ("agents", "outcomes", "populations")
_PLAIN = (*_NAMED, "sources", "claims")
"""Kinds of records without figures, of which one may be written in several ways."""
_UNSAID = (b"\\", b"null", b"false", b"[]", b"{}")
"""What a line may hold that a record as JSON leaves out, or writes in another way."""


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
        self.growing = Growing(writer)
        self.ledger = Ledger()
        self.pours: list[Pour] = []
        self.bases: list[int] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.doubtful = {"sentences": array("Q"), "claims": array("Q")}
        self.clashes: list[Clash] = []
        self.languages: dict[str, None] = {}
        self.species: set[str] = set()
        self._base = 0
        self._taken = 0
        self._rows = self.writer.rows
        self._alike = Alike(self.growing.named, self._rows)
        self._alike_sentences = AlikeSentences(self.growing.text)

    def pour(self, pour: Pour, tell: Tell) -> None:
        """Take in every record of a file."""
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            tell(f"reading {pour.name}", done, pour.size)

        self.pours.append(pour)
        self.bases.append(self._base)
        self._alike.base = self._base
        before = (self._taken, self.ledger.count)
        for line in pour.records(self.ledger, self._take, told):
            self.add(line, pour.path)
        self.writer.hand_over()
        if pour.form == "ndjson" and before == (self._taken, self.ledger.count):
            self.ledger.add(Fault(pour.name, 1, 1, "", "the file holds no record", "one line holds one record"))
        self._base += pour.last + 1

    def add(self, line: Line, table: str) -> None:
        """Take in one record of the file at `table`."""
        self._taken += 1
        if line.kind == "claims":
            self._claim(line)
        elif line.kind == "sentences":
            self._sentence(line)
        else:
            self._record(line, table)

    def _take(self, raw: bytes, number: int) -> bool:
        """Take in a line that is a claim or a sentence like others before; return whether it is."""
        if self._alike.take(raw, number):
            self._taken += 1
            if len(self._rows.claim) >= BATCH:
                self.writer.hand_over()
            return True
        quoted = self._alike_sentences.read(raw)
        if quoted is None:
            return False
        self._taken += 1
        id_, source, passages = quoted
        seq = self._base + number
        self._rows.sentence.append((seq, id_.decode(), source))
        for lang, (start, end, text) in passages.items():
            self._rows.passage.append((seq, lang, start, end, text))
        self.growing.keep(id_, seq, source, passages)
        if len(self._rows.sentence) >= BATCH:
            self.writer.hand_over()
        return True

    def _claim(self, line: Line) -> None:
        claim: Claim = line.record
        seq = self._base + line.number
        self.species.add(claim.species)
        holds = next(faults_of("claims", claim, self.growing), None) is None
        if not holds:
            self.doubtful["claims"].append(seq)
        if claim.draft:
            self._rows.draft.append((seq, claim.id, _as_told(line)))
        else:
            self._rows.claim.append((*claim_columns(seq, claim), _as_told(line)))
            self._rows.claim_source.extend((source, seq) for source in claim.sources)
            self._rows.regimen_agent.extend(agents_of_claim(claim))
            if holds:
                cited = filter(None, map(self.growing.cited, claim.sentences))
                self._rows.claim_sentence.extend((sentence.seq, seq) for sentence in cited)
                self._alike.learn(line.raw, claim)
        if len(self._rows.claim) + len(self._rows.draft) >= BATCH:
            self.writer.hand_over()

    def _sentence(self, line: Line) -> None:
        sentence: Sentence = line.record
        seq = self._base + line.number
        if self._stands(sentence):
            self._alike_sentences.learn(line.raw, sentence)
        else:
            self.doubtful["sentences"].append(seq)
        self._rows.sentence.append((seq, sentence.id, sentence.source))
        for lang, passage in sentence.passages.items():
            self.languages.setdefault(lang)
            self._rows.passage.append((seq, lang, passage.start, passage.end, passage.text))
        said = {lang: (passage.start, passage.end, passage.text) for lang, passage in sentence.passages.items()}
        self.growing.keep(sentence.id.encode(), seq, sentence.source, said)
        if len(self._rows.sentence) >= BATCH:
            self.writer.hand_over()

    def _stands(self, sentence: Sentence) -> bool:
        """Return whether a sentence certainly stands in its source's text, in all of its languages."""
        text = self.growing.text(sentence.source)
        if text is None or not sentence.passages or not sentence.id.startswith(f"{sentence.source}/"):
            return False
        return all(
            text[said.start : said.end] == said.text and said.end - said.start == len(said.text)
            for said in sentence.passages.values()
        )

    def _record(self, line: Line, table: str) -> None:
        record = line.record
        seq = self._base + line.number
        earlier = self.growing.add(line.kind, record, table)
        if earlier is None:
            self.numbers[line.kind, record.id] = seq
            self._rows.record.append((seq, line.kind, record.id, _as_told(line)))
            if line.kind in _NAMED:
                self._rows.name.extend(names_of(line.kind, record))
                self._rows.kin.extend(kin_of(line.kind, record))
            if len(self._rows.record) >= BATCH:
                self.writer.hand_over()
        elif earlier != record:
            first = self.numbers[line.kind, record.id]
            self.clashes.append(Clash(line.kind, record.id, first, seq, difference(earlier, record)))


def _as_told(line: Line) -> str:
    """Return a record as JSON: as its line has it, which is quick, where that says no more and no less."""
    begin = RECORD.match(line.raw) if line.kind in _PLAIN else None
    if begin is None or any(unsaid in line.raw for unsaid in _UNSAID):
        return dumps(line.record)
    return "{" + line.raw[begin.end() :].decode()


def claim_columns(seq: int, claim: Claim) -> Row:
    """Return the columns of a claim that rules read."""
    return (
        seq,
        claim.id,
        claim.kind.value,
        regimen_id(claim.regimen, claim.combination),
        regimen_id(claim.comparator) if claim.comparator else "",
        "+".join(claim.named),
        claim.outcome or "",
        claim.direction.value,
        claim.favours.value if claim.favours else "",
        claim.hedge.level.value,
        claim.population.id or "",
        claim.population.emphasis or "",
        claim.species,
        next((each.split("/")[0] for each in claim.sentences), next(iter(claim.sources), "")),
        int(claim.rests_on_retracted),
    )


def agents_of_claim(claim: Claim) -> Sequence[Row]:
    """Return which agents stand in a claim's regimen and comparator."""
    given = regimen_id(claim.regimen, claim.combination)
    against = regimen_id(claim.comparator) if claim.comparator else ""
    return [(agent, given) for agent in claim.regimen] + [(agent, against) for agent in claim.comparator or ()]
