"""Records out of a store: every statement of SQL that a question needs, and none of its rules."""

# Strings name files here, since every question passes:
# ruff: noqa: PTH113, PTH123

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import apsw

from bonerx.errors import InvalidEvidence, UnknownName, Unreadable, reason
from bonerx.model.name import fold
from bonerx.model.statement import Statement
from bonerx.store.checksum import Changed, all_pages, checked

_SQLITE = b"SQLite format 3\x00"
APPLICATION_ID = 0x626F6E78
SCHEMA_VERSION = 8
TABLES = frozenset(
    [
        "meta",
        "record",
        "name",
        "kin",
        "sentence",
        "passage",
        "passage_text",
        "claim",
        "draft",
        "claim_sentence",
        "claim_source",
        "regimen_agent",
        "domain_agent",
        "finding_claim",
        "study_agent",
        "study_regimen",
        "study_outcome",
        "published",
        "analysis",
    ]
)
KINDS = {"agents": "agent", "outcomes": "outcome", "populations": "population", "sources": "source"}

_STATEMENT = ", ".join(Statement._fields)
_NAMED = Statement._fields.index("named")
_CHUNK = 500
_HEADER = 100
_COMPILE_AGAIN = "compile it again from its tables with `bonerx compile`"
_PAGES_KIB = 4_096
"""KiB of pages held at most; a question takes what it reads, which is little unless it is about everything."""
_ERRORS = (apsw.Error, Changed, UnicodeDecodeError)
"""What a connection raises on what is broken."""
_LEAST, _LARGEST = -(2**63), 2**63 - 1
"""The numbers that SQLite holds."""


class DamagedStore(InvalidEvidence):
    """A store that is not one of ours, of another version, or broken."""

    code = "damaged-store"


class Store:
    """A read-only view of one compiled evidence table.

    A copy, which the cache keeps, has `again`: what returns another store of the same table when this one turns out to
    be damaged.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        name: str,
        again: Callable[[], "Store"] | None = None,
    ) -> None:
        self._connection = connection
        self._name = name
        self._again = again
        self._stand_in: Store | None = None
        self.is_copy = again is not None

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query; raise DamagedStore where the file turns out to be broken.

        A number that SQLite cannot hold is asked as the nearest one it can. What is no text, such as a name typed in
        another encoding, is found nowhere. Every row is of pages that were compared with their checksums, so that
        another store goes on where one breaks.
        """
        fitting = [_fitting(value) for value in parameters]
        given = 0
        while True:
            connection = self._connection
            try:
                for row in islice(connection.execute(sql, fitting), given, None):
                    given += 1
                    yield row
            except UnicodeEncodeError:
                return
            except apsw.NoMemError as error:
                raise MemoryError from error
            except _ERRORS as error:
                if connection is self._connection:
                    self._go_on_with_another(error)
            else:
                return

    def _go_on_with_another(self, error: Exception) -> None:
        """Take the connection of another store of the same table; raise DamagedStore where there is none."""
        if self._again is None:
            raise damaged(self._name, error) from error
        again, self._again = self._again, None
        self._stand_in = other = again()
        # A listing that began before may still be reading from the first connection.
        self._connection = other._connection

    def copy_into(self, other: apsw.Connection) -> None:
        """Copy a store that is read from a file, page by page; raise DamagedStore where one has changed."""
        try:
            with other.backup("main", self._connection, "main") as backup:
                backup.step()
        except _ERRORS as error:
            raise damaged(self._name, error) from error

    def _chunks(self, sql: str, keys: Iterable[object], *others: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `sql`, whose `?*` stands for a list of keys of any length and other `?` for `others`."""
        wanted = list(keys)
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            yield from self.rows(sql.replace("?*", ",".join("?" * len(part))), [*part, *others])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # --- what the table is ---

    def meta(self, key: str) -> Any:
        """Return the value that the store keeps under `key`, None where it keeps none."""
        for (value,) in self.rows("SELECT value FROM meta WHERE key = ?", (key,)):
            return json.loads(value)
        return None

    # --- names ---

    def find(self, kind: str, name: str) -> str:
        """Return the id of the agent, outcome or population called `name`, in any language; raise UnknownName."""
        found = self._named(kind, name)
        if len(found) == 1:
            return found[0]
        raise UnknownName(KINDS[kind], name, tuple(found) or self.nearest(kind, name))

    def known(self, kind: str, name: str) -> str | None:
        """Return the id of the one record called `name`, None where there is not just one."""
        found = self._named(kind, name)
        return found[0] if len(found) == 1 else None

    def _named(self, kind: str, name: str) -> list[str]:
        sql = "SELECT id FROM name WHERE kind = ? AND folded = ?"
        return [str(id_) for (id_,) in self.rows(sql, (kind, fold(name)))]

    def nearest(self, kind: str, name: str, most: int = 3) -> tuple[str, ...]:
        """Return the ids of `kind` whose names are most like `name`, likeliest first."""
        from difflib import get_close_matches

        names = dict(self.rows("SELECT folded, id FROM name WHERE kind = ? ORDER BY folded LIMIT 50000", (kind,)))
        folded = fold(name)
        close = get_close_matches(folded, names, n=most * 2, cutoff=0.6)
        close += [known for known in names if folded and (known.startswith(folded) or folded in known)]
        return tuple(dict.fromkeys(names[known] for known in close))[:most]

    # --- hierarchies ---

    def kin(self, kind: str, id_: str) -> dict[str, str]:
        """Return all that `id_` is related to and how a claim on it bears; on itself it is `stated`."""
        relations = {id_: "stated"}
        # Whoever is a member by any way is one, so those ways are walked before the ways to what is broader.
        for ways, bears in (("= 'member'", "by-class"), ("IS NOT NULL", "broader")):
            frontier = list(relations)
            while frontier:
                # Put in order here: an ORDER BY would have SQLite walk the whole of an index that is in order.
                sql = f"SELECT broad FROM kin WHERE narrow IN (?*) AND kind = ? AND how {ways}"
                frontier = sorted({broad for (broad,) in self._chunks(sql, frontier, kind)} - relations.keys())
                relations.update(dict.fromkeys(frontier, bears))
        frontier = [id_]
        while frontier:
            sql = "SELECT narrow FROM kin WHERE broad IN (?*) AND kind = ?"
            frontier = sorted({narrow for (narrow,) in self._chunks(sql, frontier, kind)} - relations.keys())
            relations.update(dict.fromkeys(frontier, "narrower"))
        return relations

    def told_of(self, domain: str, agents: Iterable[str]) -> set[str]:
        """Return the agents on which a claim bears, one on a class of theirs too, with an outcome of `domain`."""
        sql = "SELECT agent FROM domain_agent WHERE agent IN (?*) AND domain = ?"
        return {agent for (agent,) in self._chunks(sql, sorted(set(agents)), domain)}

    def members(self, agent: str) -> list[str]:
        """Return the agents that belong to the class `agent`, classes within it resolved, in order of id."""
        found: dict[str, None] = {}
        classes: set[str] = set()
        frontier = [agent]
        while frontier:
            sql = "SELECT broad, narrow FROM kin WHERE kind = 'agents' AND how = 'member' AND broad IN (?*)"
            rows = list(self._chunks(sql, frontier))
            classes.update(broad for broad, _ in rows)
            frontier = list(dict.fromkeys(narrow for _, narrow in rows if narrow not in found))
            found.update(dict.fromkeys(frontier))
        return sorted(found.keys() - classes)

    def classes(self) -> set[str]:
        """Return the agents that have members."""
        return {
            broad for (broad,) in self.rows("SELECT DISTINCT broad FROM kin WHERE kind = 'agents' AND how = 'member'")
        }

    # --- claims ---

    def statements(self, regimens: Iterable[str]) -> list[Statement]:
        """Return the statements on exactly these regimens (by id), in the order of the table."""
        sql = f"SELECT {_STATEMENT} FROM claim WHERE regimen IN (?*)"
        return sorted(map(statement_of, self._chunks(sql, sorted(set(regimens)))))

    def advice(self) -> list[Statement]:
        """Return every recommendation and proposal, in the order of the table."""
        sql = f"SELECT {_STATEMENT} FROM claim WHERE kind IN ('recommendation', 'proposal')"
        return sorted(map(statement_of, self.rows(sql)))

    def statements_against(self, comparators: Iterable[str]) -> list[Statement]:
        """Return the statements that compare something with exactly these regimens, in the order of the table."""
        sql = f"SELECT {_STATEMENT} FROM claim WHERE comparator IN (?*)"
        return sorted(map(statement_of, self._chunks(sql, sorted(set(comparators)))))

    def claims(self, keys: Iterable[object], *, by: str = "id") -> dict[str, dict[str, Any]]:
        """Return the records of claims by id, in the order of the table; `keys` are their ids or, by `seq`, places."""
        found = sorted(self._chunks(f"SELECT seq, id, retracted, json FROM claim WHERE {by} IN (?*)", keys))
        records: dict[str, dict[str, Any]] = {}
        for _, id_, gone, text in found:
            records[id_] = record = json.loads(text)
            if record["id"] != id_:
                raise LookupError(id_)  # what is asked by one id would be told under another
            record["retracted"] = bool(gone)
        return records

    # --- records ---

    def record(self, kind: str, id_: str) -> dict[str, Any] | None:
        """Return one record as its file gave it."""
        for (text,) in self.rows("SELECT json FROM record WHERE kind = ? AND id = ?", (kind, id_)):
            return dict(json.loads(text))
        return None

    def records(self, kind: str, ids: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
        """Return the records of a kind by id, in the order of the table; only `ids` where given."""
        if ids is None:
            found = list(self.rows("SELECT seq, id, json FROM record WHERE kind = ? ORDER BY seq", (kind,)))
        else:
            sql = "SELECT seq, id, json FROM record WHERE id IN (?*) AND kind = ?"
            found = sorted(self._chunks(sql, sorted(set(ids)), kind))
        return {id_: json.loads(text) for _, id_, text in found}

    def sentences(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return the sentences by id, with their passages by language, in the order of the table."""
        sql = (
            'SELECT s.seq, p.seq, s.id, s.source, p.lang, p.start, p."end", p.text'
            " FROM sentence s JOIN passage p ON p.sentence = s.seq WHERE s.id IN (?*)"
        )
        found: dict[str, dict[str, Any]] = {}
        for _, _, id_, source, lang, start, end, text in sorted(self._chunks(sql, sorted(set(ids)))):
            sentence = found.setdefault(id_, {"id": id_, "source": source, "passages": {}})
            sentence["passages"][lang] = {"start": start, "end": end, "text": text}
        return found

    def labelled(self, label: str) -> list[str]:
        """Return the ids of the sentences that bear a label in their source."""
        return [
            id_ for (id_,) in self.rows("SELECT id FROM sentence WHERE id = source || '/' || ? ORDER BY seq", (label,))
        ]

    def drafts(self) -> Iterator[str]:
        """Yield the claims that no person has released yet as JSON, in the order of the table."""
        return (text for (text,) in self.rows("SELECT json FROM draft ORDER BY seq"))

    def nearest_ids(self, id_: str) -> tuple[str, ...]:
        """Return the ids of claims and other records most like `id_`, likeliest first."""
        from difflib import get_close_matches

        sql = "SELECT id FROM claim UNION SELECT id FROM record UNION SELECT id FROM sentence LIMIT 20000"
        return tuple(get_close_matches(id_, [known for (known,) in self.rows(sql)], n=5))

    def claims_on(self, sentence: str) -> list[str]:
        """Return the ids of the claims that rest on a sentence."""
        joined = "sentence s JOIN claim_sentence k ON k.sentence = s.seq JOIN claim c ON c.seq = k.claim"
        sql = f"SELECT c.id FROM {joined} WHERE s.id = ? ORDER BY c.seq"
        return [id_ for (id_,) in self.rows(sql, (sentence,))]

    def findings_on(self, claims: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return the findings that bear on any of these claims, by id, in the order of the table."""
        found = self._chunks("SELECT DISTINCT finding FROM finding_claim WHERE claim IN (?*)", set(claims))
        return self.records("findings", [finding for (finding,) in found])


def statement_of(row: Sequence[Any]) -> Statement:
    """Return the row of a statement's columns as a statement."""
    named = row[_NAMED]
    names = frozenset(named.split("+") if named else ())
    return Statement._make((*row[:_NAMED], names, *row[_NAMED + 1 : -1], bool(row[-1])))


def _fitting(value: object) -> object:
    return max(_LEAST, min(value, _LARGEST)) if isinstance(value, int) else value


def is_store(path: str) -> bool:
    """Return whether the file at `path` is a database; raise Unreadable where that cannot be seen."""
    return os.path.isfile(path) and _begin(path, len(_SQLITE)) == _SQLITE


def open_store(path: str, name: str, again: Callable[[], Store] | None = None) -> Store:
    """Open a store read-only; raise DamagedStore unless it is one of ours, whole at first sight, of this version.

    `again` returns another store of the same table, for when this one turns out to be damaged later.
    """
    header = _begin(path, _HEADER)
    problem = None
    if header[: len(_SQLITE)] != _SQLITE or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        problem = f"`{name}` is not a store of bonerx"
    elif (version := int.from_bytes(header[60:64], "big")) != SCHEMA_VERSION:
        problem = f"the store `{name}` has schema version {version}; this bonerx reads version {SCHEMA_VERSION}"
    if problem:
        raise DamagedStore(problem, hint=_COMPILE_AGAIN)
    try:
        connection = _connection(path)
    except Changed as error:
        raise damaged(name, error) from error
    except apsw.Error as error:
        raise Unreadable(f"cannot open the store `{name}`: {error}") from error
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
        found: dict[str, str] = dict(connection.execute("SELECT name, type FROM sqlite_schema"))
    except (apsw.Error, Changed, UnicodeDecodeError) as error:
        connection.close()
        raise damaged(name, error) from error
    if any(found.get(table) != "table" for table in TABLES):
        missing = sorted(table for table in TABLES if found.get(table) != "table")
        problem = f"the store `{name}` is damaged: it has no table {', '.join(missing)}"
    elif not {"table", "index"}.issuperset(found.values()):
        problem = f"the store `{name}` holds views or triggers, which no store of bonerx has"
    if problem:
        connection.close()
        raise DamagedStore(problem, hint=_COMPILE_AGAIN)
    return Store(connection, name, again=again)


def _connection(path: str) -> apsw.Connection:
    """Return a connection to the store at `path`; raise Changed where what stands behind its pages has changed."""
    from urllib.parse import quote

    place = os.fsencode(path)
    try:
        place.decode()
    except UnicodeDecodeError:  # a name that is no text, which a file system in Python is not given: read it whole
        connection = apsw.Connection(":memory:")
        connection.deserialize("main", all_pages(path))
        return connection
    uri = f"file:{quote(place)}?mode=ro&immutable=1"
    return apsw.Connection(uri, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, checked())


def damaged(name: str, error: Exception) -> DamagedStore:
    """Return what is said of a store in which something is broken."""
    if isinstance(error, Changed):
        return DamagedStore(f"the store `{name}` has changed since it was written", hint=_COMPILE_AGAIN)
    return DamagedStore(f"the store `{name}` is damaged: {error}", hint=_COMPILE_AGAIN)


def _begin(path: str, most: int) -> bytes:
    """Return the first bytes of a file; raise Unreadable where they cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(most)
    except OSError as error:
        raise Unreadable(f"cannot read `{path}`: {reason(error)}") from error
