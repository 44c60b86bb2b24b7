"""Of which agents a table tells harms or interactions: asked agent by agent of a few, all at once of many."""

from collections.abc import Iterable

from bonerx.model.regimen import agents_of
from bonerx.store.read import Store

_FEW = 20
"""Agents up to which each is looked up; beyond that one reading of an index tells of all."""


def spoken_of(store: Store, domain: str, agents: Iterable[str]) -> set[str]:
    """Return those of some agents on which a claim bears, one on a class of theirs too, with an outcome of `domain`."""
    outcomes = [id_ for id_, record in store.records("outcomes").items() if record.get("domain", "benefit") == domain]
    asked = set(agents)
    if not outcomes or not asked:
        return set()
    marks = ",".join("?" * len(outcomes))
    if len(asked) > _FEW:
        rows = store.rows(f"SELECT DISTINCT regimen FROM claim WHERE outcome IN ({marks})", outcomes)
        told = {agent for (regimen,) in rows for agent in agents_of(regimen)}
        return {agent for agent, kin in _kin(store, asked).items() if not kin.isdisjoint(told)}
    found = set()
    for agent in asked:
        regimens = store.regimens_with(store.kin("agents", agent))
        sql = f"SELECT 1 FROM claim WHERE regimen = ? AND outcome IN ({marks}) LIMIT 1"
        if any(row for regimen in regimens for row in store.rows(sql, (regimen, *outcomes))):
            found.add(agent)
    return found


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
