"""Claims out of a table with all that they refer to, as a table that stands on its own."""

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import Any

from bonerx.check.references import references
from bonerx.evidence.record import SINGULAR
from bonerx.model.table import EvidenceTable


def part(table: EvidenceTable, claims: Set[str], also: Iterable[tuple[str, str]] = ()) -> EvidenceTable:
    """Return the table of these claims and of the records in `also` (kind and id), with every record they refer to.

    With them come the findings that bear on the claims, each naming only those. Trials and published estimates stay
    behind: no claim refers to them. Records keep their order, and all but findings their content.
    """
    findings = [
        replace(finding, bears_on=tuple(claim for claim in finding.bears_on if claim in claims))
        for finding in table.findings
        if not claims.isdisjoint(finding.bears_on)
    ]
    held: dict[str, dict[str, Any]] = {kind: {each.id: each for each in getattr(table, kind)} for kind in SINGULAR}
    wanted: set[tuple[str, str]] = set()
    waiting = [*(("claims", claim) for claim in claims), *also]
    waiting += ((each.kind, each.id) for finding in findings for each in references(finding))
    while waiting:
        key = waiting.pop()
        if key not in wanted:
            wanted.add(key)
            waiting += ((each.kind, each.id) for each in references(held[key[0]][key[1]]))
    chosen: dict[str, Any] = {
        kind: tuple(each for each in records.values() if (kind, each.id) in wanted) for kind, records in held.items()
    }
    return replace(table, **chosen | {"findings": tuple(findings)})
