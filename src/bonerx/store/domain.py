"""Of which agents a table tells harms or interactions: every answer asks."""

from collections.abc import Iterable, Sequence

from bonerx.store.read import Store

_PART = 500
_FEW = 20
"""Agents up to which each is looked up; of more, all that are related are read at once."""


def spoken_of(store: Store, domains: Sequence[str], agents: Iterable[str]) -> list[set[str]]:
    """Return for each domain the agents on which a claim with an outcome of it bears, one on a class of theirs too."""
    asked = set(agents)
    if len(asked) <= _FEW:
        related = {agent: list(store.kin("agents", agent)) for agent in asked}
        return [{agent for agent in asked if _is_told(store, domain, related[agent])} for domain in domains]
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for narrow, broad in store.rows("SELECT narrow, broad FROM kin WHERE kind = 'agents'"):
        above.setdefault(narrow, []).append(broad)
        below.setdefault(broad, []).append(narrow)
    found = []
    for domain in domains:
        told = [agent for (agent,) in store.rows("SELECT agent FROM domain_agent WHERE domain = ?", (domain,))]
        found.append(asked & (_reached(told, above) | _reached(told, below)))
    return found


def _is_told(store: Store, domain: str, agents: list[str]) -> bool:
    """Return whether one of some agents stands in a regimen of which something of a domain is told."""
    for at in range(0, len(agents), _PART):
        part = agents[at : at + _PART]
        sql = f"SELECT 1 FROM domain_agent WHERE domain = ? AND agent IN ({','.join('?' * len(part))}) LIMIT 1"
        if any(store.rows(sql, (domain, *part))):
            return True
    return False


def _reached(from_: Iterable[str], steps: dict[str, list[str]]) -> set[str]:
    """Return some agents and all that steps lead to from them."""
    found: set[str] = set()
    new = set(from_)
    while new:
        found |= new
        new = {other for one in new for other in steps.get(one, ())} - found
    return found
