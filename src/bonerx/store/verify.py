"""A store that came from elsewhere, read from end to end: is it whole, and filled as compiling would have done?"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import apsw

from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.record import KIND, SINGULAR, validator
from bonerx.store.build.builder import claim_columns
from bonerx.store.build.file import lay_out, run
from bonerx.store.checksum import Changed, changed_pages
from bonerx.store.queries import DamagedStore, Store, open_store
from bonerx.store.remake import Quotations, remake

_HINT = "compile it again from its tables with `bonerx compile`"
_LISTED = 100


class Verified(NamedTuple):
    """What a store says of itself, its faults, and its quotations, None where it is not even whole."""

    said: dict[str, Any]
    faults: list[Fault]
    quotations: Quotations | None


def verify(path: str) -> Verified:
    """Return what a store says of itself and every fault of it; raise DamagedStore where it is none of ours at all."""
    store = open_store(path, path)
    fault_list = FaultList()

    def note(where: str, message: str) -> None:
        if not fault_list.is_full:
            fault_list.add(Fault(path, None, None, where, message, _HINT))

    quotations = None
    said: dict[str, Any] = {}
    try:
        for where, message in _faults(store, path):
            note(where, message)
        if not fault_list.count:
            found, quotations = remake(store, path)
            for where, message in found:
                note(where, message)
    except (Changed, DamagedStore) as damaged:
        note("", getattr(damaged, "message", "the store has changed since it was written"))
    except InvalidEvidence as invalid:
        note("", f"it cannot be made again from its records: {invalid.message}")
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, apsw.Error) as error:
        note("", f"it cannot be made again from its records ({type(error).__name__})")
    with suppress(DamagedStore, ValueError):
        said = {key: store.meta(key) for key in ("counts", "drafts", "files")}
        said["files"] = said["files"] if _is_list_of(said["files"], (str, str)) else []
        said["counts"] = said["counts"] if isinstance(said["counts"], dict) else {}
    store.close()
    return Verified(said, list(fault_list.faults()) if fault_list.count else [], quotations)


def _faults(store: Store, path: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a store as a file, and with its records one by one."""
    for number in changed_pages(path):
        yield f"page {number}", "it has changed since the store was written"
    for (found,) in store.rows(f"PRAGMA integrity_check({_LISTED})"):
        if found != "ok":
            yield "", str(found)
    if set(store.rows(_SCHEMA)) != _schema():
        yield "sqlite_schema", "its tables and indexes are not those that compiling makes"
    yield from _of_meta(store)
    yield from _of_records(store)
    yield from _of_claims(store)
    yield from _of_drafts(store)


def _of_meta(store: Store) -> Iterator[tuple[str, str]]:
    """Yield what the store does not say of itself in the form in which it is read."""
    pairs, triples = store.meta("files"), store.meta("texts")
    if not _is_list_of(pairs, (str, str)):
        yield "meta (files)", "it is not the list of the tables and their SHA-256"
    if not _is_list_of(triples, (int, str, str)):
        yield "meta (texts)", "it is not the list of the texts and their SHA-256"


def _is_list_of(value: Any, types: tuple[type, ...]) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, list) and len(each) == len(types) and all(map(isinstance, each, types)) for each in value
    )


def _of_drafts(store: Store) -> Iterator[tuple[str, str]]:
    for id_, text in store.rows("SELECT id, json FROM draft ORDER BY seq"):
        claim = _read("claims", id_, text)
        if claim is None or not claim.draft:
            yield f"draft ({id_})", "it is not a valid draft of that id"


_SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"


def _schema() -> set[tuple[Any, ...]]:
    """Return the schema that compiling makes."""
    connection = apsw.Connection(":memory:")
    lay_out(connection)
    run(connection, "building")
    run(connection, "indexes")
    found = set(connection.execute(_SCHEMA))
    connection.close()
    return found


def _of_records(store: Store) -> Iterator[tuple[str, str]]:
    for kind, id_, text in store.rows("SELECT kind, id, json FROM record ORDER BY seq"):
        if kind not in KIND.values():
            yield f"record ({id_})", f"`{kind}` is no kind of record"
        elif _read(kind, id_, text) is None:
            yield f"record ({id_})", f"it is not a valid {SINGULAR[kind]} of that id"


def _of_claims(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the claims whose columns, which questions read, do not say what their record says."""
    for row in store.rows("SELECT * FROM claim ORDER BY seq"):
        seq, id_, *_, text = row
        claim = _read("claims", id_, text)
        if claim is None:
            yield f"claim ({id_})", "it is not a valid claim of that id"
        elif claim.draft or claim_columns(seq, claim) != row[:-1]:
            yield f"claim ({id_})", "its columns say something else than its record"


def _read(kind: str, id_: str, text: str) -> Any:
    """Return the record of a text, None where it is not valid or has another id."""
    try:
        record = validator(kind).validate_json(text, strict=True)
    except ValueError:
        return None
    return record if record.id == id_ else None
