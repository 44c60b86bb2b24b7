"""Of which agents a table tells harms or interactions, gathered when it is compiled: every answer asks."""

import sqlite3
from collections.abc import Iterable

from bonerx.model.kinds import Domain
from bonerx.model.question import Outcome
from bonerx.model.regimen import agents_of

_PART = 500


def write_domains(connection: sqlite3.Connection, outcomes: Iterable[Outcome]) -> None:
    """Write which agents stand in the regimens of claims on outcomes of each domain but benefit."""
    known = list(outcomes)
    for domain in Domain:
        ids = [outcome.id for outcome in known if outcome.domain is domain]
        if domain is Domain.BENEFIT:
            continue
        agents: set[str] = set()
        for at in range(0, len(ids), _PART):
            part = ids[at : at + _PART]
            sql = f"SELECT DISTINCT regimen FROM claim WHERE outcome IN ({','.join('?' * len(part))})"
            agents.update(agent for (regimen,) in connection.execute(sql, part) for agent in agents_of(regimen))
        rows = [(domain.value, agent) for agent in sorted(agents)]
        connection.executemany("INSERT INTO domain_agent VALUES (?, ?)", rows)
