"""What can be said of a table only when all of it has come: ids told twice, what was doubtful, what is wrong."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from bonerx.check.known import KINDS
from bonerx.check.prove import faults_across, faults_of
from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.join import difference
from bonerx.evidence.fault_list import Ledger
from bonerx.evidence.origin import Problem
from bonerx.evidence.record_stream import Pour, Spot
from bonerx.evidence.record import SINGULAR, validator
from bonerx.model.claim import Claim
from bonerx.store.build.builder import Build, Clash
from bonerx.store.build.known_records import RECORD_KINDS
from bonerx.store.build.file import index

_TEXT_HINT = "`text` names a file beside the table, such as `sources/author-2003.txt`"
_TWICE = "SELECT id FROM {0} GROUP BY id HAVING count(*) > 1"
_SHARED = (
    "SELECT c.json FROM record JOIN claim c USING (id) UNION ALL SELECT d.json FROM record JOIN draft d USING (id)"
)
_CLAIMS = "SELECT seq, json FROM claim WHERE id = ? UNION ALL SELECT seq, json FROM draft WHERE id = ? ORDER BY seq"


def unite(build: Build) -> None:
    """Make one record of those that stand in the table twice; what two of them say differently is a clash."""
    index(build.writer.connection, "building")
    ids = build.writer.connection.execute(_TWICE.format("sentence")).fetchall()
    for (id_,) in ids:
        _unite_sentences(build, id_)
    build.growing.forget()
    twice = f"{_TWICE.format('claim')} UNION {_TWICE.format('draft')} UNION SELECT id FROM draft JOIN claim USING (id)"
    for (id_,) in build.writer.connection.execute(twice).fetchall():
        _unite_claims(build, id_)


def _unite_sentences(build: Build, id_: str) -> None:
    execute = build.writer.connection.execute
    seqs = [seq for (seq,) in execute("SELECT seq FROM sentence WHERE id = ? ORDER BY seq", (id_,))]
    first, *others = [one for seq in seqs for one in build.growing.sentences("seq = ?", seq)]
    for seq, sentence in others:
        if sentence != first[1]:
            build.clashes.append(Clash("sentences", id_, first[0], seq, difference(first[1], sentence)))
        execute("UPDATE OR IGNORE claim_sentence SET sentence = ? WHERE sentence = ?", (first[0], seq))
        execute("DELETE FROM claim_sentence WHERE sentence = ?", (seq,))
        execute("DELETE FROM passage WHERE sentence = ?", (seq,))
        execute("DELETE FROM sentence WHERE seq = ?", (seq,))


def _unite_claims(build: Build, id_: str) -> None:
    connection = build.writer.connection
    first, *others = [(seq, _claim(text)) for seq, text in connection.execute(_CLAIMS, (id_, id_))]
    for seq, claim in others:
        if claim != first[1]:
            build.clashes.append(Clash("claims", id_, first[0], seq, difference(first[1], claim)))
        cited = filter(None, map(build.growing.cited, claim.sentences))
        links = [(sentence.seq, seq) for sentence in cited]
        connection.executemany("DELETE FROM claim_sentence WHERE sentence = ? AND claim = ?", links)
        connection.executemany(
            "DELETE FROM claim_source WHERE source = ? AND claim = ?", [(source, seq) for source in claim.sources]
        )
        connection.execute("DELETE FROM claim WHERE seq = ?", (seq,))
        connection.execute("DELETE FROM draft WHERE seq = ?", (seq,))


def unreadable(build: Build) -> list[Fault]:
    """Return a fault for every text that cannot be had, and for every clash."""
    for source in build.growing.records["sources"].values():
        if source.text is not None and source.id not in build.growing.text_files:
            build.growing.text(source.id)
    problems = build.growing.text_problems.items()
    found = [Problem("sources", source, ("text",), message, _TEXT_HINT) for source, message in problems]
    return [*_clashes(build), *placed(build, found)]


def of_records(build: Build) -> list[Problem]:
    """Return what is wrong with each of the records held in memory, beyond its type."""
    records = ((kind, record) for kind in RECORD_KINDS for record in build.growing.records[kind].values())
    found = (problem for kind, record in records for problem in faults_of(kind, record, build.growing))
    return list(islice(found, limits.FAULTS + 1))


def problems(build: Build) -> Iterator[Problem]:
    """Yield what is wrong between records, and with doubtful sentences and claims, which are judged again."""
    yield from faults_across(_with_shared_ids(build))
    growing = build.growing
    for seq in build.doubtful["sentences"]:
        for _, sentence in growing.sentences("seq = ?", seq):
            yield from faults_of("sentences", sentence, growing)
    for seq in build.doubtful["claims"]:
        text = "SELECT json FROM claim WHERE seq = ? UNION ALL SELECT json FROM draft WHERE seq = ?"
        for (found,) in build.writer.connection.execute(text, (seq, seq)).fetchall():
            claim = _claim(found)
            yield from faults_of("claims", claim, growing)
            if not claim.draft:
                cited = filter(None, map(growing.cited, claim.sentences))
                rows = [(sentence.seq, seq) for sentence in cited]
                build.writer.connection.executemany("INSERT OR IGNORE INTO claim_sentence VALUES (?, ?)", rows)


def faults(build: Build, known: Iterable[Problem]) -> list[Fault]:
    """Return what is wrong with a table beyond its types, beside what is known, as many as are listed, with places."""
    ledger = Ledger()
    ledger.extend(placed(build, list(islice(chain(known, problems(build)), limits.FAULTS + 1))))
    return list(ledger.faults()) if ledger.count else []


def placed(build: Build, found: Sequence[Problem]) -> list[Fault]:
    """Return problems as faults with their places, each file read once more for that; order is kept."""
    spots = [_spot(build, each.kind, each.id, _number(build, each.kind, each.id), each.path) for each in found]
    besides = [
        each.beside
        and _spot(build, each.kind, each.beside[0], _number(build, each.kind, each.beside[0]), each.beside[1])
        for each in found
    ]
    places = _places([*spots, *filter(None, besides)])
    faults = []
    for problem, (pour, spot), beside in zip(found, spots, besides, strict=True):
        (line, column), path = places[pour.name, spot]
        message = problem.message
        if beside is not None:
            other, its = beside
            message = problem.message_from(pour.name, other.name, places[other.name, its][0].line)
        faults.append(Fault(pour.name, line, column, path, message, problem.hint))
    return faults


def _with_shared_ids(build: Build) -> Any:
    """Return the table of what is held in memory, and of the claims those that share their id with one of these."""
    shared = [_claim(text) for (text,) in build.writer.connection.execute(_SHARED)]
    table = build.growing.table()
    return type(table)(
        **{name: getattr(table, name) for name in ("format", "title", *KINDS)} | {"claims": tuple(shared)}
    )


def _clashes(build: Build) -> list[Fault]:
    clashes = build.clashes[: limits.FAULTS + 1]
    firsts = [_spot(build, clash.kind, clash.id, clash.first, ("id",)) for clash in clashes]
    seconds = [_spot(build, clash.kind, clash.id, clash.second, ("id",)) for clash in clashes]
    places = _places([*firsts, *seconds])
    faults = []
    for clash, (home, first), (pour, second) in zip(clashes, firsts, seconds, strict=True):
        other, _ = places[home.name, first]
        (line, column), path = places[pour.name, second]
        at = f"line {other.line}" if home is pour else f"{home.name}:{other.line}:{other.column}"
        message = f"the {SINGULAR[clash.kind]} `{clash.id}` differs in {clash.difference} from the one in {at}"
        hint = "give one of them another id, or make both say the same"
        faults.append(Fault(pour.name, line, column, path, message, hint))
    return faults


def _spot(build: Build, kind: str, id_: str, number: int, path: Any) -> tuple[Pour, Spot]:
    at = bisect_right(build.bases, number) - 1
    return build.pours[at], Spot(kind, id_, number - build.bases[at], path)


def _number(build: Build, kind: str, id_: str) -> int:
    """Return the number of a record."""
    if kind not in ("sentences", "claims"):
        return build.numbers[kind, id_]
    tables = ("sentence",) if kind == "sentences" else ("claim", "draft")
    for table in tables:
        for (seq,) in build.writer.connection.execute(f"SELECT min(seq) FROM {table} WHERE id = ?", (id_,)):
            if seq is not None:
                return int(seq)
    return 0


def _places(spots: Sequence[tuple[Pour, Spot]]) -> dict[tuple[str, Spot], Any]:
    found: dict[tuple[str, Spot], Any] = {}
    for pour in {id(pour): pour for pour, _ in spots}.values():
        its = list(dict.fromkeys(spot for other, spot in spots if other is pour))
        found |= {(pour.name, spot): place for spot, place in zip(its, pour.places(its), strict=True)}
    return found


def _claim(text: str) -> Claim:
    found: Claim = validator("claims").validate_json(text, strict=True)
    return found
