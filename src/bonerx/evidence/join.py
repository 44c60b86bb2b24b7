"""Several files, one table: a record may stand in more than one of them as long as it says the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.documents.locate import Path, Place
from bonerx.evidence.fault_list import Ledger
from bonerx.evidence.record import SINGULAR
from bonerx.model.table import FORMAT, EvidenceTable

Address = tuple[str, int, Path]
"""A field in one file: the kind of record, its number among those of its kind, and the field's path within it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table as it was read; `places` says where fields stand in it, and how their paths are shown."""

    name: str
    path: str
    table: EvidenceTable
    places: Callable[[Sequence[Address]], list[tuple[Place, str]]]


Origins = dict[tuple[str, str], tuple[int, int]]
"""Of every record, by kind and id: the number of its part, and its number among those of its kind there."""


def join(parts: Sequence[Part], ledger: Ledger) -> tuple[EvidenceTable, Origins]:
    """Return the one table that the parts make up; what two of them say differently is a fault naming both."""
    origins: Origins = {}
    held: dict[str, dict[str, Any]] = {kind: {} for kind in SINGULAR}
    clashes: list[tuple[str, str, tuple[int, int], str]] = []
    for number, part in enumerate(parts):
        for kind, records in held.items():
            for index, record in enumerate(getattr(part.table, kind)):
                first = records.setdefault(record.id, record)
                key = (kind, record.id)
                if first is record and key not in origins:
                    origins[key] = (number, index)
                elif origins[key][0] == number:
                    clashes.append((*key, (number, index), "stands twice in this file"))
                elif first != record:
                    clashes.append((*key, (number, index), f"differs in {difference(first, record)} from the one"))
    _report(clashes[: limits.FAULTS + 1], origins, parts, ledger)
    title = next((part.table.title for part in parts if part.table.title is not None), None)
    merged: dict[str, Any] = {kind: tuple(of.values()) for kind, of in held.items()}
    return EvidenceTable(format=FORMAT, title=title, **merged), origins


def difference(first: Any, second: Any) -> str:
    """Return the fields in which two records of a kind differ."""
    names = [each.name for each in fields(first) if getattr(first, each.name) != getattr(second, each.name)]
    return ", ".join(f"`{name}`" for name in names)


def _report(
    clashes: list[tuple[str, str, tuple[int, int], str]], origins: Origins, parts: Sequence[Part], ledger: Ledger
) -> None:
    """Note every clash with the places of both records; each file is read once for that."""
    sought: dict[int, list[Address]] = {}
    for kind, record, (number, index), _ in clashes:
        first_part, first_index = origins[kind, record]
        sought.setdefault(number, []).append((kind, index, ("id",)))
        sought.setdefault(first_part, []).append((kind, first_index, ("id",)))
    found = {
        (number, address): place
        for number, addresses in sought.items()
        for address, place in zip(addresses, parts[number].places(addresses), strict=True)
    }
    for kind, record, (number, index), what in clashes:
        place, path = found[number, (kind, index, ("id",))]
        first_part, first_index = origins[kind, record]
        other, _ = found[first_part, (kind, first_index, ("id",))]
        at = f"{parts[first_part].name}:{other.line}:{other.column}"
        message = f"the {SINGULAR[kind]} `{record}` {what}" + (
            f", first in line {other.line}" if first_part == number else f" in {at}"
        )
        hint = "give one of them another id" + ("" if first_part == number else ", or make both say the same")
        ledger.add(Fault(parts[number].name, place.line, place.column, path, message, hint))
