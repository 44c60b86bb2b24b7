"""Of which agents a table tells harms or interactions: every answer asks."""

from collections.abc import Iterable

from bonerx.store.read import Store

_PART = 500


def spoken_of(store: Store, domain: str, agents: Iterable[str]) -> set[str]:
    """Return those of some agents on which a claim bears, one on a class of theirs too, with an outcome of `domain`."""
    asked = sorted(set(agents))
    told: set[str] = set()
    for at in range(0, len(asked), _PART):
        part = asked[at : at + _PART]
        sql = f"SELECT agent FROM domain_agent WHERE domain = ? AND agent IN ({','.join('?' * len(part))})"
        told.update(agent for (agent,) in store.rows(sql, (domain, *part)))
    return told
