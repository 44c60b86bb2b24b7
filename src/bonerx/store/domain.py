"""Of which agents a table tells harms or interactions: gathered when it is compiled, since every answer asks."""

import sqlite3
from collections.abc import Iterable

from bonerx.model.kinds import Domain
from bonerx.model.question import Outcome
from bonerx.model.regimen import agents_of
from bonerx.store.read import Store

_PART = 500
_FEW = 20
"""Agents up to which each is looked up; of more, all that are related are read at once."""


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


def spoken_of(store: Store, domain: str, agents: Iterable[str]) -> set[str]:
    """Return those of some agents on which a claim bears, one on a class of theirs too, with an outcome of `domain`."""
    asked = set(agents)
    if len(asked) <= _FEW:
        return {agent for agent in asked if _is_told(store, domain, list(store.kin("agents", agent)))}
    told = {agent for (agent,) in store.rows("SELECT agent FROM domain_agent WHERE domain = ?", (domain,))}
    return {agent for agent, related in _kin(store, asked).items() if not related.isdisjoint(told)}


def _is_told(store: Store, domain: str, agents: list[str]) -> bool:
    """Return whether one of some agents stands in a regimen of which something of a domain is told."""
    for at in range(0, len(agents), _PART):
        part = agents[at : at + _PART]
        sql = f"SELECT 1 FROM domain_agent WHERE domain = ? AND agent IN ({','.join('?' * len(part))}) LIMIT 1"
        if any(store.rows(sql, (domain, *part))):
            return True
    return False


def _kin(store: Store, agents: Iterable[str]) -> dict[str, set[str]]:
    """Return for each agent itself, all that is broader and all that is narrower."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for narrow, broad in store.rows("SELECT narrow, broad FROM kin WHERE kind = 'agents'"):
        above.setdefault(narrow, []).append(broad)
        below.setdefault(broad, []).append(narrow)
    return {agent: _reached(agent, above) | _reached(agent, below) for agent in agents}


def _reached(agent: str, steps: dict[str, list[str]]) -> set[str]:
    found = {agent}
    waiting = [agent]
    while waiting:
        new = [other for other in steps.get(waiting.pop(), ()) if other not in found]
        found.update(new)
        waiting += new
    return found
