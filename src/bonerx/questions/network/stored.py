"""What the stored network of an outcome says of one pair of regimens, or of a combination, without computing anything.

The networks are analysed when a table is compiled (kind `network`, and `network-flagged` with trials of integrity
concern where there are any); here they are only read, so that a comparison imports neither numpy nor scipy.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bonerx.model.measure import Measure
from bonerx.model.regimen import IN_ORDER, agents_of, regimen_id
from bonerx.store.analysis_queries import network
from bonerx.store.queries import Store

Document = dict[str, Any]

NOT_CONNECTED = "not connected"
THROUGH_FLAGGED = "connected only through a trial with an integrity concern"
_NUMBERS = ("te", "se", "value", "ci_low", "ci_high", "p")


def network_estimate(store: Store, a: str, b: str, outcome: str) -> Document | None:
    """Return what the stored network says of regimen `a` against `b` (ids), None where no study reports the outcome.

    Always there: `a`, `b`, `outcome`, `measure`, `level`, `connected`, `reason`, `missing_link`, `flagged`, `caveats`.
    Connected: `te`, `se` (analysis scale, a minus b), `value`, `ci_low`, `ci_high`, `p`, `k` (studies that compare the
    two directly), `share_direct` (0 to 1), `direct`, `indirect` (estimates or None), `difference` (`te`, `se`, `p`;
    None where one of the two is missing), `studies` ([{`study`, `share`}]: those that carry the estimate, heaviest
    first), `sources` (ids), `tau2`, `tau2_method`, `i2` (None where not estimable).
    Not connected: these are None or empty, and `reason` says why: `not connected` with `missing_link` {`a`, `b`} (the
    comparison that would join them), `connected only through a trial with an integrity concern` with `through` (the
    studies), or that no trial that counts has a regimen. `flagged` is the same document from the network that
    includes studies of integrity concern (what `--include-flagged` shows), with `flagged_studies`; None where there
    is none or it says nothing more.
    """
    default, wider = network(store, outcome), network(store, outcome, flagged=True)
    if default is None and wider is None:
        return None
    found = _pair(default, a, b, outcome) if default else _unknown(wider or {}, a, b, outcome, "no trial that counts")
    found["flagged"] = None
    if wider is not None:
        other = _pair(wider, a, b, outcome)
        other["flagged_studies"] = flagged_studies(default, wider)
        if other["connected"] and (not found["connected"] or other["te"] != found["te"]):
            found["flagged"] = other
            if not found["connected"]:
                carrying = {one["study"] for one in other["studies"]}
                through = [study for study in other["flagged_studies"] if study in carrying]
                found |= {"reason": THROUGH_FLAGGED, "through": through or other["flagged_studies"]}
    return found


def component_answer(store: Store, a: str, b: str, outcome: str) -> Document | None:
    """Return what the additive component model says of `a` given with `b`, None where no study reports the outcome.

    `a` and `b` are the parts of the combination (regimen ids; either may itself be a combination), in any order.
    Always there: `regimen` (the combination), `outcome`, `measure`, `estimable`, `reason` (None, or why there is no
    answer: no trial of the combination on this outcome, confounded components, …), `studies` (those that give the
    combination), `flagged`, `caveats`. Estimable: `inactive`, `te`, `se`, `value`, `ci_low`, `ci_high`, `p` (against
    the inactive treatment), `adds` ([{`component`, `to`, `te`, …}]: what each agent adds to the others by the model)
    and `additivity` {`q`, `df`, `p`}: whether the data contradict that effects add up (df 0: nothing tests it, so
    nothing supports synergy either). `flagged` is the same from the network with trials of integrity concern, or None.
    """
    default, wider = network(store, outcome), network(store, outcome, flagged=True)
    if default is None and wider is None:
        return None
    in_order = IN_ORDER in a or IN_ORDER in b
    regimen = regimen_id((a, b), "sequential") if in_order else regimen_id({*agents_of(a), *agents_of(b)})
    found = _combination(default or {}, regimen, outcome)
    found["flagged"] = None
    if wider is not None and not in_order:
        other = _combination(wider, regimen, outcome)
        other["flagged_studies"] = flagged_studies(default, wider)
        if other["studies"] and set(other["studies"]) != set(found["studies"]):
            found["flagged"] = other
    return found


def flagged_studies(default: Mapping[str, Any] | None, wider: Mapping[str, Any]) -> list[str]:
    """Return the studies that only the network with integrity concerns has."""
    known = (default or {}).get("studies", {})
    return [study for study in wider.get("studies", {}) if study not in known]


def pair_of(document: Mapping[str, Any], table: str, a: str, b: str) -> Document | None:
    """Return the row of a pair in `random`, `common` or `splits` of a network, turned to `a` minus `b`, or None."""
    return finder(document, table)(a, b)


def finder(document: Mapping[str, Any], table: str) -> Callable[[str, str], Document | None]:
    """Return what finds the row of any pair as `pair_of` does, for where many are looked up."""
    rows = document["splits"] if table == "splits" else document[table]["pairs"]
    by_pair = {(row["a"], row["b"]): row for row in rows}

    def find(a: str, b: str) -> Document | None:
        row = by_pair.get((min(a, b), max(a, b)))
        if row is None:
            return None
        return dict(row) if a < b else turned(row, document["measure"])

    return find


def turned(row: Mapping[str, Any], measure: str) -> Document:
    """Return a row of a network with its two regimens changed over."""
    other: Document = dict(row) | {"a": row["b"], "b": row["a"]}
    if "te" in row:
        other |= turned_estimate(row, measure)
    for name in ("direct", "indirect", "network"):
        if row.get(name):
            other[name] = turned_estimate(row[name], measure)
    if row.get("difference"):
        other["difference"] = dict(row["difference"]) | {"te": -row["difference"]["te"]}
    if row.get("prediction"):
        low, high = (Measure(measure).turned(row["prediction"][limit]) for limit in ("ci_high", "ci_low"))
        other["prediction"] = dict(row["prediction"]) | {"ci_low": low, "ci_high": high}
    return other


def turned_estimate(one: Mapping[str, Any], measure: str) -> Document:
    """Return an estimate of a minus b as one of b minus a."""
    te = one["te"]
    value, low, high = (Measure(measure).turned(one[name]) for name in ("value", "ci_high", "ci_low"))
    return dict(one) | {"te": None if te is None else -te, "value": value, "ci_low": low, "ci_high": high}


def model_of(document: Mapping[str, Any]) -> str:
    """Return which pairs are the network's answer: `random`, or `common` where the method has no other."""
    return "random" if document["random"]["pairs"] else "common"


def part_of(document: Mapping[str, Any], regimen: str) -> Mapping[str, Any] | None:
    """Return the connected part of a network in which a regimen stands, with its own tau2 and heterogeneity."""
    if document["connected"]:
        return document if regimen in document["parts"][0] else None
    return next((part for part in document["parts"] if regimen in part["regimens"]), None)


def _pair(document: Mapping[str, Any], a: str, b: str, outcome: str) -> Document:
    """What one network says of a pair."""
    known = {node["regimen"] for node in document["nodes"]}
    absent = [regimen for regimen in (a, b) if regimen not in known]
    if absent:
        named = " and ".join(f"`{regimen}`" for regimen in absent)
        return _unknown(document, a, b, outcome, f"no trial that counts has {named}")
    row = pair_of(document, model_of(document), a, b)
    part = part_of(document, a)
    if row is None or row["te"] is None or part is None:
        return _unknown(document, a, b, outcome, NOT_CONNECTED) | {"missing_link": (row or {}).get("missing_link")}
    split = pair_of(document, "splits", a, b) or {}
    carrying = (split.get("contributions") or {}).get("studies")
    studies = carrying or [{"study": study, "share": None} for study in split.get("studies", ())]
    held = document["studies"]
    return (
        {"a": a, "b": b, "outcome": outcome, "measure": document["measure"], "level": document["level"]}
        | {"connected": True}
        | {name: row[name] for name in _NUMBERS}
        | {name: split.get(name) for name in ("k", "share_direct", "direct", "indirect", "difference")}
        | {
            "studies": studies,
            "sources": list(dict.fromkeys(s for one in studies for s in held.get(one["study"], {}).get("sources", ()))),
            "tau2": part["random"]["tau2"],
            "tau2_method": part["random"]["tau2_method"],
            "i2": part["heterogeneity"]["i2"],
            "reason": None,
            "missing_link": None,
            "caveats": list(split.get("caveats", ())),
        }
    )


def _unknown(document: Mapping[str, Any], a: str, b: str, outcome: str, reason: str) -> Document:
    """The document of a pair of which nothing is estimated."""
    named = {"a": a, "b": b, "outcome": outcome, "measure": document.get("measure"), "level": document.get("level")}
    nothing = dict.fromkeys((*_NUMBERS, "share_direct", "direct", "indirect", "difference"))
    empty: Document = {"studies": [], "sources": [], "tau2": None, "tau2_method": None, "i2": None}
    told: Document = {"reason": reason, "missing_link": None, "caveats": []}
    return {**named, "connected": False, **nothing, "k": 0, **empty, **told}


def _combination(document: Mapping[str, Any], regimen: str, outcome: str) -> Document:
    """What one network says of a combination."""
    giving = [study for study, one in document.get("studies", {}).items() if regimen in one["regimens"]]
    found: Document = {"regimen": regimen, "outcome": outcome, "measure": document.get("measure")}
    found |= {"estimable": False, "reason": None, "studies": giving, "inactive": None}
    found |= dict.fromkeys(_NUMBERS) | {"adds": [], "additivity": None, "caveats": []}
    model = document.get("components")
    if IN_ORDER in regimen:
        return found | {"reason": "given one after the other: a sequence is no sum of components"}
    if not giving:
        return found | {"reason": "no trial of the combination on this outcome counts"}
    if model is None:
        return found | {"reason": "the network has no component model"}
    row = next(one for one in model["combinations"] if one["regimen"] == regimen)
    additivity = {"q": model["q_difference"], "df": model["df_difference"], "p": model["p_difference"]}
    caveats = ["additivity is assumed, not shown"]
    if not model["df_difference"]:
        caveats = ["additivity is assumed: nothing in this network tests it, so nothing supports synergy"]
    found |= {"inactive": model["inactive"], "adds": row["adds"], "additivity": additivity, "caveats": caveats}
    if not any(one["estimable"] for one in (row, *row["adds"])):
        return found | {"reason": row.get("reason") or "confounded: the trials do not tell its components apart"}
    return found | {name: row[name] for name in _NUMBERS} | {"estimable": True, "reason": row.get("reason")}
