"""The numbers out of a store: studies, published estimates and the default analyses, read without numpy or scipy."""

import json
from collections.abc import Iterable
from typing import Any

from bonerx.model.measure import Measure
from bonerx.model.regimen import regimen_id
from bonerx.store.queries import Store

Document = dict[str, Any]


# --- analyses ---


def pools(store: Store, a: str, b: str) -> dict[str, Document]:
    """Return the default analyses of regimen `a` against `b` by outcome, in the order of the table's outcomes."""
    sql = "SELECT seq, outcome, json FROM analysis WHERE kind = 'pool' AND a = ? AND b = ?"
    return {outcome: json.loads(text) for _, outcome, text in sorted(store.rows(sql, (a, b)))}


def pool(store: Store, a: str, b: str, outcome: str) -> Document | None:
    """Return the default analysis of regimen `a` against `b` on an outcome; None where no study could be in it."""
    return _analysis(store, "pool", a, b, outcome)


def network(store: Store, outcome: str, *, flagged: bool = False) -> Document | None:
    """Return the default network of an outcome, None where no study reports it.

    With `flagged` it is the one that counts trials of integrity concern, None where that makes no difference.
    """
    return _analysis(store, "network-flagged" if flagged else "network", "", "", outcome)


def _analysis(store: Store, kind: str, a: str, b: str, outcome: str) -> Document | None:
    sql = "SELECT json FROM analysis WHERE kind = ? AND a = ? AND b = ? AND outcome = ?"
    for (text,) in store.rows(sql, (kind, a, b, outcome)):
        return dict(json.loads(text))
    return None


def pooled_pairs(store: Store, outcome: str | None = None) -> list[tuple[str, str, str]]:
    """Return (outcome, a, b) of every pair that some study compares and reports on, in the order of the table."""
    sql = "SELECT outcome, a, b FROM analysis WHERE kind = 'pool' AND (? IS NULL OR outcome = ?) ORDER BY seq"
    return [(on, a, b) for on, a, b in store.rows(sql, (outcome, outcome))]


# --- studies ---


def studies(store: Store, agents: Iterable[str] = (), outcome: str | None = None) -> dict[str, Document]:
    """Return the studies with an arm of any of these agents (of all, where none is named) that report on `outcome`."""
    wanted = set(agents)
    found: set[str] | None = None
    if wanted:
        marks = ",".join("?" * len(wanted))
        rows = store.rows(f"SELECT study FROM study_agent WHERE agent IN ({marks})", sorted(wanted))
        found = {study for (study,) in rows}
    if outcome is not None:
        reporting = {study for (study,) in store.rows("SELECT study FROM study_outcome WHERE outcome = ?", (outcome,))}
        found = reporting if found is None else found & reporting
    return store.records("studies", found)


def comparing(store: Store, a: str, b: str) -> list[str]:
    """Return the ids of the studies with arms of exactly both regimens, in the order of the table."""
    joined = "study_regimen o JOIN study_regimen t ON t.study = o.study"
    sql = f"SELECT o.study FROM {joined} WHERE o.regimen = ? AND t.regimen = ?"
    return list(store.records("studies", [study for (study,) in store.rows(sql, (a, b))]))


def giving(store: Store, regimens: Iterable[str]) -> dict[str, Document]:
    """Return the studies with an arm of exactly one of these regimens, by id, in the order of the table."""
    wanted = sorted(set(regimens))
    marks = ",".join("?" * len(wanted))
    rows = store.rows(f"SELECT DISTINCT study FROM study_regimen WHERE regimen IN ({marks})", wanted)
    return store.records("studies", [study for (study,) in rows])


# --- published estimates ---


def published(store: Store, a: str, b: str, outcome: str | None = None) -> list[Document]:
    """Return the published estimates of regimen `a` against `b`, in the order of the table.

    Each is turned to `a` against `b` where it was printed the other way round, and then says so in `turned`.
    """
    sql = "SELECT id FROM published WHERE a = ? AND b = ? AND (? IS NULL OR outcome = ?)"
    ids = [id_ for one, other in ((a, b), (b, a)) for (id_,) in store.rows(sql, (one, other, outcome, outcome))]
    records = store.records("published", ids).values()
    sources = store.records("sources", {record["source"] for record in records}) if ids else {}
    return [_published(record, sources.get(record["source"], {}), a) for record in records]


def _published(record: Document, source: Document, a: str) -> Document:
    turned = regimen_id(record["a"]) != a
    one, other = (regimen_id(record[side]) for side in (("b", "a") if turned else ("a", "b")))
    value, low, high = (record.get(name) for name in ("value", "ci_low", "ci_high"))
    if turned:
        value, low, high = map(Measure(record["measure"]).turned, (value, high, low))
    fields = ("level", "k", "n", "months", "stratum", "superseded_by", "source", "place", "note")
    return {
        "id": record["id"],
        "a": one,
        "b": other,
        "outcome": record["outcome"],
        "measure": record["measure"],
        "value": value,
        "ci_low": low,
        "ci_high": high,
        **{name: record.get(name) for name in fields},
        "covers": record.get("covers", []),
        "year": source.get("year"),
        "integrity": source.get("integrity", {}).get("status", "none-known"),
        "turned": turned,
    }
