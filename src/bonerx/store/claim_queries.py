"""Which claims a listing asks for, as one SQL statement that streams in the order of the table."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bonerx.store.queries import Store

SHORTEST_INDEXED = 3
"""Code points from which on the index of words answers; shorter ones are found by reading every passage."""


class Selection(NamedTuple):
    """What a listing is narrowed to; an empty or None field narrows nothing, several agents mean any of them.

    `species` of None is any; `hedge` is exactly that level; every word of `words` must stand in one sentence;
    `no_population` asks for claims that state none.
    """

    agents: Sequence[str] = ()
    regimens: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    source: str | None = None
    kind: str | None = None
    species: str | None = None
    hedge: str | None = None
    words: Sequence[str] = ()
    populations: Sequence[str] = ()
    no_population: bool = False


def select(store: Store, selection: Selection, limit: int | None, offset: int) -> Iterator[dict[str, Any]]:
    """Yield the claims of a selection; with words the best match first, else in the order of the table."""
    where, parameters = _conditions(selection)
    order, joined = "c.seq", ""
    if selection.words:
        joined, matched = _matched(selection.words)
        parameters = [*matched, *parameters]
        order = "hit.rank, c.seq"
    sql = f"SELECT c.retracted, c.json FROM claim c {joined} {where} ORDER BY {order} LIMIT ? OFFSET ?"
    for retracted, text in store.rows(sql, [*parameters, -1 if limit is None else limit, offset]):
        yield {**json.loads(text), "retracted": bool(retracted)}


def exists(store: Store, selection: Selection) -> bool:
    """Return whether a selection holds any claim."""
    where, parameters = _conditions(selection)
    joined, matched = _matched(selection.words) if selection.words else ("", [])
    sql = f"SELECT 1 FROM claim c {joined} {where} LIMIT 1"
    return any(store.rows(sql, [*matched, *parameters]))


def count(store: Store, selection: Selection) -> int:
    """Return how many claims a selection holds."""
    where, parameters = _conditions(selection)
    joined, matched = _matched(selection.words) if selection.words else ("", [])
    sql = f"SELECT count(*) FROM claim c {joined} {where}"
    return int(next(store.rows(sql, [*matched, *parameters]))[0])


def sources(store: Store, selection: Selection) -> list[str]:
    """Return the ids of the sources of the claims of a selection, each once, in order."""
    where, parameters = _conditions(selection)
    joined, matched = _matched(selection.words) if selection.words else ("", [])
    found = f"SELECT c.source FROM claim c {joined} {where}"
    # Few claims have more than one source: only those that look so are taken apart.
    more = " UNION ".join(
        f"SELECT {source} FROM claim c {joined}, json_each(c.json, '$.{field}') j"
        f" {where} {'AND' if where else 'WHERE'} c.json LIKE '%\"{field}\":[%,%'"
        for field, source in (("sources", "j.value"), ("sentences", "substr(j.value, 1, instr(j.value, '/') - 1)"))
    )
    return [source for (source,) in store.rows(f"{found} UNION {more} ORDER BY 1", [*matched, *parameters] * 3)]


def _conditions(selection: Selection) -> tuple[str, list[object]]:
    """Return the WHERE clause of all that a selection says, but for its words, and what its `?` stand for."""
    parts: list[str] = []
    parameters: list[object] = []
    for column, value in (("c.kind", selection.kind), ("c.species", selection.species), ("c.hedge", selection.hedge)):
        if value is not None:
            parts.append(f"{column} = ?")
            parameters.append(value)
    for column, values in (("c.outcome", selection.outcomes), ("c.population", selection.populations)):
        if values:
            parts.append(f"{column} IN ({_marks(values)})")
            parameters += values
    if selection.no_population:
        parts.append("c.population IS NULL")
    if selection.source:
        parts.append(
            "c.seq IN (SELECT k.claim FROM sentence s JOIN claim_sentence k ON k.sentence = s.seq"
            " WHERE s.id >= ? AND s.id < ? UNION ALL SELECT claim FROM claim_source WHERE source = ?)"
        )
        parameters += [f"{selection.source}/", f"{selection.source}0", selection.source]
    of_agents = (
        f"SELECT regimen FROM regimen_agent WHERE agent IN ({_marks(selection.agents)})" if selection.agents else ""
    )
    of_regimens = _marks(selection.regimens)
    either = [
        f"{column} IN ({choice})"
        for choice in filter(None, (of_agents, of_regimens))
        for column in ("c.regimen", "c.comparator")
    ]
    if either:
        parts.append(f"({' OR '.join(either)})")
        parameters += [*selection.agents, *selection.agents, *selection.regimens, *selection.regimens]
    return (f"WHERE {' AND '.join(parts)}" if parts else "", parameters)


def _matched(words: Sequence[str]) -> tuple[str, list[object]]:
    """Return the join with the claims whose sentences hold every word, best match first, and its parameters."""
    long = [word for word in words if len(word) >= SHORTEST_INDEXED]
    short = [word for word in words if len(word) < SHORTEST_INDEXED]
    scan = " AND ".join("instr(lower(p.text), lower(?)) > 0" for _ in short)
    if long:
        phrase = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
        found = "passage_text t JOIN passage p ON p.seq = t.rowid"
        where = "passage_text MATCH ?" + (f" AND {scan}" if scan else "")
        rank, parameters = "min(t.rank)", [phrase, *short]
    else:
        found, where, rank, parameters = "passage p", scan, "0", [*short]
    sql = (
        f"JOIN (SELECT k.claim AS claim, {rank} AS rank FROM {found}"
        f" JOIN claim_sentence k ON k.sentence = p.sentence WHERE {where} GROUP BY k.claim) hit ON hit.claim = c.seq"
    )
    return sql, list(parameters)


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
