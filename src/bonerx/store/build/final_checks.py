"""What can be said of a table only when all of it has come: ids told twice, what was doubtful, what is wrong."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bonerx.check.claims import classes_of
from bonerx.check.lookup import KINDS
from bonerx.check.table import faults_across, faults_of
from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.origin import Problem
from bonerx.evidence.read import difference
from bonerx.evidence.record import SINGULAR, validator
from bonerx.evidence.record_stream import RecordStream, Spot
from bonerx.model.claim import Claim
from bonerx.model.kinds import Integrity
from bonerx.model.regimen import agents_of
from bonerx.store.build.builder import Build, Clash
from bonerx.store.build.file import rows, run
from bonerx.store.build.known_records import RECORD_KINDS

_TEXT_HINT = "`text` names a file beside the table, such as `sources/author-2003.txt`"
_TWICE = "SELECT id FROM {0} GROUP BY id HAVING count(*) > 1"
_SHARED = (
    "SELECT c.json FROM record JOIN claim c USING (id) UNION ALL SELECT d.json FROM record JOIN draft d USING (id)"
)
_DOUBTFUL = (
    "SELECT ifnull(claim.json, draft.json) FROM doubtful LEFT JOIN claim USING (seq) LEFT JOIN draft USING (seq)"
    " ORDER BY seq"
)
_NAMING = "SELECT DISTINCT named, regimen, comparator FROM claim WHERE named <> ''"
_CLAIMS = "SELECT seq, json FROM claim WHERE id = ? UNION ALL SELECT seq, json FROM draft WHERE id = ? ORDER BY seq"


def unite(build: Build) -> None:
    """Make one record of those that stand in the table twice; what two of them say differently is a clash."""
    connection = build.writer.connection
    run(connection, "building")
    for (id_,) in rows(connection, _TWICE.format("sentence")):
        _unite_sentences(build, id_)
    twice = f"{_TWICE.format('claim')} UNION {_TWICE.format('draft')} UNION SELECT id FROM draft JOIN claim USING (id)"
    claims = rows(connection, twice)
    for (id_,) in claims:
        _unite_claims(build, id_)
    for table, column in (("claim_source", "claim"), ("cited", "claim"), ("cue", "claim"), ("doubtful", "seq")):
        if claims:
            held = "(SELECT seq FROM claim UNION ALL SELECT seq FROM draft)"
            connection.execute(f"DELETE FROM {table} WHERE {column} NOT IN {held}")


def _unite_sentences(build: Build, id_: str) -> None:
    execute = build.writer.connection.execute
    first, *others = build.known.sentences("id = ? ORDER BY seq", id_)
    for seq, sentence in others:
        if sentence != first[1]:
            build.clashes.append(Clash("sentences", id_, first[0], seq, difference(first[1], sentence)))
        execute("DELETE FROM passage WHERE sentence = ?", (seq,))
        execute("DELETE FROM sentence WHERE seq = ?", (seq,))


def _unite_claims(build: Build, id_: str) -> None:
    connection = build.writer.connection
    execute = connection.execute
    first, *others = [(seq, _claim(text)) for seq, text in rows(connection, _CLAIMS, id_, id_)]
    for seq, claim in others:
        if claim != first[1]:
            build.clashes.append(Clash("claims", id_, first[0], seq, difference(first[1], claim)))
        execute("DELETE FROM claim WHERE seq = ?", (seq,))
        execute("DELETE FROM draft WHERE seq = ?", (seq,))


def look_up(build: Build) -> None:
    """Look up what claims name: link them with their sentences, and note those that are to be judged one by one."""
    connection = build.writer.connection
    populations, sources = (build.known.records[kind].values() for kind in ("populations", "sources"))
    connection.executemany("INSERT INTO studied VALUES (?, ?)", [(each.id, each.species) for each in populations])
    retracted = [(each.id,) for each in sources if each.integrity.status is Integrity.RETRACTED]
    connection.executemany("INSERT INTO retracted VALUES (?)", retracted)
    run(connection, "references")
    for named, given, against in rows(connection, _NAMING):
        asked = {*agents_of(given), *agents_of(against or "")}
        if not all(classes_of(member, build.known) & asked for member in named.split("+")):
            sql = "INSERT OR IGNORE INTO doubtful SELECT seq FROM claim WHERE named = ? AND regimen = ?"
            connection.execute(f"{sql} AND comparator IS ?", (named, given, against))


def unreadable(build: Build) -> list[Fault]:
    """Return a fault for every text that cannot be had, and for every clash."""
    for source in build.known.records["sources"].values():
        if source.text is not None and source.id not in build.known.text_files:
            build.known.text(source.id)
    problems = build.known.text_problems.items()
    found = [Problem("sources", source, ("text",), message, _TEXT_HINT) for source, message in problems]
    return [*_clashes(build), *placed(build, found)]


def problems(build: Build) -> Iterator[Problem]:
    """Yield what is wrong with a table beyond the types of its records, when all that claims name is looked up."""
    known = build.known
    for kind in RECORD_KINDS:
        for record in known.records[kind].values():
            yield from faults_of(kind, record, known)
    yield from faults_across(_with_shared_ids(build))
    for number in build.doubtful_sentences:
        for _, sentence in known.sentences("seq = ?", number):
            yield from faults_of("sentences", sentence, known)
    for (text,) in rows(build.writer.connection, _DOUBTFUL):
        yield from faults_of("claims", _claim(text), known)


def faults(build: Build) -> list[Fault]:
    """Return what is wrong with a table beyond its types, as much of it as is listed, with places."""
    fault_list = FaultList()
    fault_list.extend(placed(build, list(islice(problems(build), limits.FAULTS + 1))))
    return list(fault_list.faults()) if fault_list.count else []


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
    for problem, (stream, spot), beside in zip(found, spots, besides, strict=True):
        (line, column), path = places[stream.name, spot]
        message = problem.message
        if beside is not None:
            other, its = beside
            message = problem.message_from(stream.name, other.name, places[other.name, its][0].line)
        faults.append(Fault(stream.name, line, column, path, message, problem.hint))
    return faults


def _with_shared_ids(build: Build) -> Any:
    """Return the table of what is held in memory, and of the claims those that share their id with one of these."""
    shared = [_claim(text) for (text,) in rows(build.writer.connection, _SHARED)]
    table = build.known.table()
    return type(table)(
        **{name: getattr(table, name) for name in ("format", "title", *KINDS)} | {"claims": tuple(shared)}
    )


def _clashes(build: Build) -> list[Fault]:
    clashes = build.clashes[: limits.FAULTS + 1]
    firsts = [_spot(build, clash.kind, clash.id, clash.first, ("id",)) for clash in clashes]
    seconds = [_spot(build, clash.kind, clash.id, clash.second, ("id",)) for clash in clashes]
    places = _places([*firsts, *seconds])
    faults = []
    for clash, (home, first), (stream, second) in zip(clashes, firsts, seconds, strict=True):
        other, _ = places[home.name, first]
        (line, column), path = places[stream.name, second]
        at = f"line {other.line}" if home is stream else f"{home.name}:{other.line}:{other.column}"
        message = f"the {SINGULAR[clash.kind]} `{clash.id}` differs in {clash.difference} from the one in {at}"
        hint = "give one of them another id, or make both say the same"
        faults.append(Fault(stream.name, line, column, path, message, hint))
    return faults


def _spot(build: Build, kind: str, id_: str, number: int, path: Any) -> tuple[RecordStream, Spot]:
    at = bisect_right(build.bases, number) - 1
    return build.streams[at], Spot(kind, id_, number - build.bases[at], path)


def _number(build: Build, kind: str, id_: str) -> int:
    """Return the number of a record."""
    if kind not in ("sentences", "claims"):
        return build.numbers[kind, id_]
    tables = ("sentence",) if kind == "sentences" else ("claim", "draft")
    for table in tables:
        for (seq,) in rows(build.writer.connection, f"SELECT min(seq) FROM {table} WHERE id = ?", id_):
            if seq is not None:
                return int(seq)
    return 0


def _places(spots: Sequence[tuple[RecordStream, Spot]]) -> dict[tuple[str, Spot], Any]:
    found: dict[tuple[str, Spot], Any] = {}
    for stream in {id(stream): stream for stream, _ in spots}.values():
        its = list(dict.fromkeys(spot for other, spot in spots if other is stream))
        found |= {(stream.name, spot): place for spot, place in zip(its, stream.places(its), strict=True)}
    return found


def _claim(text: str) -> Claim:
    found: Claim = validator("claims").validate_json(text, strict=True)
    return found
