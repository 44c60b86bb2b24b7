"""Records into a store as they come, each proven as far as it can be yet: a million claims in the memory of a few."""

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bonerx.check.prove import faults_of
from bonerx.errors import Fault
from bonerx.evidence.join import difference
from bonerx.evidence.ledger import Ledger
from bonerx.evidence.ndjson import Line
from bonerx.evidence.pour import Pour
from bonerx.model.claim import Claim
from bonerx.model.regimen import regimen_id
from bonerx.model.source import Sentence
from bonerx.store.alike import Alike, Row, Rows
from bonerx.store.alike_sentences import AlikeSentences
from bonerx.store.growing import Growing
from bonerx.store.write import dumps

_BATCH = 1_000
_CLAIM = f"INSERT INTO claim VALUES ({','.join('?' * 16)})"
_ALIKE = "INSERT INTO claim VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)"
Tell = Callable[[str, int, int], object]
"""What is told how far a build has come: the stage, and how much of how much of it is done, 0 of 0 if unknown."""


class Clash(NamedTuple):
    """Two records of one id that say different things: the numbers of both, and the fields they differ in."""

    kind: str
    id: str
    first: int
    second: int
    difference: str


class Build:
    """A store while it is filled. Records are numbered by line across files; `bases` are where the files begin."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.growing = Growing(connection)
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
        self._sentences: list[Row] = []
        self._passages: list[Row] = []
        self._claims: list[Row] = []
        self._drafts: list[Row] = []
        self._links: list[Row] = []
        self._sources: list[Row] = []
        self._agents: list[Row] = []
        self._rows = Rows([], self._links, self._agents)
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
        self.flush()
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
            if len(self._rows.claims) >= _BATCH:
                self.flush()
            return True
        quoted = self._alike_sentences.read(raw)
        if quoted is None:
            return False
        self._taken += 1
        id_, source, passages = quoted
        seq = self._base + number
        self._sentences.append((seq, id_.decode(), source))
        self._passages += [(None, seq, *passage) for passage in passages]
        self.growing.keep(id_, seq, source, {lang: text for lang, _, _, text in passages})
        if len(self._sentences) >= _BATCH:
            self.flush()
        return True

    def _claim(self, line: Line) -> None:
        claim: Claim = line.record
        seq = self._base + line.number
        self.species.add(claim.species)
        holds = next(faults_of("claims", claim, self._growing_with_sentences()), None) is None
        if not holds:
            self.doubtful["claims"].append(seq)
        if claim.draft:
            self._drafts.append((seq, claim.id, dumps(claim)))
        else:
            self._claims.append(claim_row(seq, claim))
            self._sources += ((source, seq) for source in claim.sources)
            self._agents += agents_of_claim(claim)
            if holds:
                self._links += ((cited.seq, seq) for id_ in claim.sentences if (cited := self.growing.cited(id_)))
                self._alike.learn(line.raw, claim)
        if len(self._claims) + len(self._drafts) >= _BATCH:
            self.flush()

    def _growing_with_sentences(self) -> Growing:
        if self._sentences:
            self.flush()
        return self.growing

    def _sentence(self, line: Line) -> None:
        sentence: Sentence = line.record
        seq = self._base + line.number
        if self._stands(sentence):
            self._alike_sentences.learn(line.raw, sentence)
        else:
            self.doubtful["sentences"].append(seq)
        self._sentences.append((seq, sentence.id, sentence.source))
        for lang, passage in sentence.passages.items():
            self.languages.setdefault(lang)
            self._passages.append((None, seq, lang, passage.start, passage.end, passage.text))
        texts = {lang: passage.text for lang, passage in sentence.passages.items()}
        self.growing.keep(sentence.id.encode(), seq, sentence.source, texts)
        if len(self._sentences) >= _BATCH:
            self.flush()

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
        elif earlier != record:
            first = self.numbers[line.kind, record.id]
            self.clashes.append(Clash(line.kind, record.id, first, seq, difference(earlier, record)))

    def flush(self) -> None:
        """Write what waits to be written."""
        write = self.connection.executemany
        write("INSERT INTO sentence VALUES (?, ?, ?)", self._sentences)
        write("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", self._passages)
        write(_CLAIM, self._claims)
        write(_ALIKE, self._rows.claims)
        write("INSERT INTO draft VALUES (?, ?, ?)", self._drafts)
        write("INSERT OR IGNORE INTO claim_sentence VALUES (?, ?)", self._links)
        write("INSERT OR IGNORE INTO claim_source VALUES (?, ?)", self._sources)
        write("INSERT OR IGNORE INTO regimen_agent VALUES (?, ?)", self._agents)
        for waiting in (self._sentences, self._passages, self._claims, self._rows.claims, self._drafts):
            waiting.clear()
        for pairs in (self._links, self._sources, self._agents):
            pairs.clear()
        self._alike.forget_regimens()


def claim_row(seq: int, claim: Claim) -> Row:
    """Return the row of a claim: the columns that rules read, and the record whole."""
    return (
        seq,
        claim.id,
        claim.kind.value,
        regimen_id(claim.regimen, claim.combination),
        regimen_id(claim.comparator) if claim.comparator else None,
        "+".join(claim.named),
        claim.outcome,
        claim.direction.value,
        claim.favours.value if claim.favours else None,
        claim.hedge.level.value,
        claim.population.id,
        claim.population.emphasis,
        claim.species,
        next((each.split("/")[0] for each in claim.sentences), next(iter(claim.sources), "")),
        int(claim.rests_on_retracted),
        dumps(claim),
    )


def agents_of_claim(claim: Claim) -> Sequence[Row]:
    """Return which agents stand in a claim's regimen and comparator."""
    given = regimen_id(claim.regimen, claim.combination)
    against = regimen_id(claim.comparator) if claim.comparator else ""
    return [(agent, given) for agent in claim.regimen] + [(agent, against) for agent in claim.comparator or ()]
