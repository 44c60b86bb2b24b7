"""Evidence that has been read, proven and written into a store: all that happens once for a table and never again."""

import json
import sqlite3

from bonerx.check.prove import prove
from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence.origin import Evidence
from bonerx.store.analyse import write_numbers
from bonerx.store.read import Store
from bonerx.store.write import new_store, scheme, write_table


def compile_into(evidence: Evidence, path: str) -> None:
    """Write the store of a table at `path`; raise InvalidEvidence with every fault, Unreadable if it cannot."""
    _demand_proof(evidence)
    with new_store(path) as connection:
        _write(connection, evidence)


def compile_in_memory(evidence: Evidence) -> Store:
    """Return the store of a table without a file, for where none can be written; raise InvalidEvidence."""
    _demand_proof(evidence)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with scheme(connection):
        _write(connection, evidence)
    return Store(connection, "in memory")


def _demand_proof(evidence: Evidence) -> None:
    faults = prove(evidence)
    if faults:
        raise invalid(faults)


def invalid(faults: list[Fault]) -> InvalidEvidence:
    """Return the error that names all faults of a table."""
    number = f"{len(faults)} fault" + ("s" if len(faults) > 1 else "")
    return InvalidEvidence(f"the evidence table is invalid: {number}", faults=tuple(faults))


def _write(connection: sqlite3.Connection, evidence: Evidence) -> None:
    write_table(connection, evidence.table)
    write_numbers(connection, evidence.table)
    meta = {
        "files": [[file.path, file.sha256] for file in evidence.files],
        "texts": [[text.path, text.sha256] for text in evidence.text_files],
    }
    rows = ((key, json.dumps(value, ensure_ascii=False)) for key, value in meta.items())
    connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
