"""What questions look records up by that follows from them: names, what is part of what, and who is told harms of."""

from collections.abc import Iterable

import apsw

from bonerx.model.claim import Finding
from bonerx.model.kinds import Domain
from bonerx.model.regimen import agents_of
from bonerx.model.vocabulary import Agent, Outcome, Population
from bonerx.store.build.writer import Row

_PART = 500
"""Outcomes of which claims are looked up at once."""


def names_of(kind: str, record: Agent | Outcome | Population) -> list[Row]:
    """Return kind, name and id for every name of a record."""
    names = [record.id, *record.names.values(), *(name for some in record.synonyms.values() for name in some)]
    return [(kind, name, record.id) for name in names]


def kin_of(kind: str, record: Agent | Outcome | Population) -> list[Row]:
    """Return the rows of what a record is part, form or member of."""
    if not isinstance(record, Agent):
        return [(kind, record.id, broad, "part") for broad in record.broader]
    member = [(kind, record.id, membership.of, "member") for membership in record.classes]
    return [*member, (kind, record.id, record.broader, "form")] if record.broader else [*member]


def write_findings(connection: apsw.Connection, findings: Iterable[Finding]) -> None:
    """Write which findings bear on which claims."""
    pairs = ((claim, finding.id) for finding in findings for claim in finding.bears_on)
    connection.executemany("INSERT OR IGNORE INTO finding_claim VALUES (?, ?)", pairs)


def write_domains(connection: apsw.Connection, outcomes: Iterable[Outcome]) -> None:
    """Write on which agents a claim bears with an outcome of each domain but benefit.

    It bears on the agents of its regimen, on all that they are part, form or member of, and on all that are theirs.
    """
    known = list(outcomes)
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for narrow, broad in connection.execute("SELECT narrow, broad FROM kin WHERE kind = 'agents'"):
        above.setdefault(narrow, []).append(broad)
        below.setdefault(broad, []).append(narrow)
    for domain in Domain:
        ids = [outcome.id for outcome in known if outcome.domain is domain]
        if domain is Domain.BENEFIT:
            continue
        agents: set[str] = set()
        for at in range(0, len(ids), _PART):
            part = ids[at : at + _PART]
            sql = f"SELECT DISTINCT regimen FROM claim WHERE outcome IN ({','.join('?' * len(part))})"
            agents.update(agent for (regimen,) in connection.execute(sql, part) for agent in agents_of(regimen))
        rows = [(domain.value, agent) for agent in sorted(_reached(agents, above) | _reached(agents, below))]
        connection.executemany("INSERT INTO domain_agent VALUES (?, ?)", rows)


def _reached(from_: Iterable[str], steps: dict[str, list[str]]) -> set[str]:
    """Return some agents and all that steps lead to from them."""
    found: set[str] = set()
    new = set(from_)
    while new:
        found |= new
        new = {other for one in new for other in steps.get(one, ())} - found
    return found
