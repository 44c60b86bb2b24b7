"""Of which agents a table tells harms or interactions, gathered when it is compiled: every answer asks."""

import sqlite3
from collections.abc import Iterable

from bonerx.model.kinds import Domain
from bonerx.model.vocabulary import Outcome
from bonerx.model.regimen import agents_of

_PART = 500


def write_domains(connection: sqlite3.Connection, outcomes: Iterable[Outcome]) -> None:
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
