"""A pool as a person reads it: the forest plot, how far trials differ, what it means, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonerx.answer import Records
from bonerx.model.measure import Measure
from bonerx.number import count, counted, fixed, number, p_value
from bonerx.number import estimate as rounded
from bonerx.page import Cell, Column, Facts, Forest, ForestRow, Funnel, Listing, Notes, Plot, Section
from bonerx.questions.pool.headline import favouring, heterogeneity_words

if TYPE_CHECKING:
    from bonerx.questions.pool.question import Told

Document = dict[str, Any]
MOST_DRAWN = 300
"""Trials that a forest plot shows one by one; of more it shows the pooled estimates."""


def sections(told: Told, limits: list[str]) -> tuple[Section, ...]:
    """Return the answer in the order in which a person reads it."""
    from bonerx.questions.pool.further_view import further

    document = told.document
    found: list[Section] = []
    if document["studies"]:
        found.append(forest_of(told))
    if len(document["studies"]) > MOST_DRAWN:
        found.append(
            Notes(None, (f"{len(document['studies'])} trials are too many to draw: `--format csv` lists them",))
        )
    if document["k"]:
        found += [section for section in (_differences(document), _meaning(told)) if section is not None]
    found += further(told)
    if document.get("published"):
        found.append(_published(told))
    if document["excluded"]:
        rows = [(Cell(one["study"], "id"), Cell(one["reason"])) for one in document["excluded"]]
        found.append(Listing("Left out", (Column("Trial"), Column("Why")), rows))
    found += _without_figures(told)
    if told.sources:
        found.append(_sources(told))
    if limits:
        found.append(Notes("What limits this answer", tuple(limits)))
    return tuple(found)


def forest_of(told: Told) -> Forest:
    """Return the forest plot: the trials, the pooled estimates with both intervals, the prediction interval."""
    document = told.document
    measure, better = document["measure"], document["better"]
    drawn = document["studies"] if len(document["studies"]) <= MOST_DRAWN else []
    rows = [_trial(study, measure, document["model"]) for study in drawn]
    null = Measure(measure).null
    below, above = ("favours-a", "favours-b") if better == "lower" else ("favours-b", "favours-a")
    if better is None:
        below, above = "a-lower", "a-higher"
    return Forest(
        None,
        "Effect" if measure == "generic" else measure,
        told.a,
        told.b,
        (*rows, *_pooled(document)),
        null == 1.0,
        null,
        document["level"],
        favouring(below, told.a, told.b),
        favouring(above, told.a, told.b),
    )


def _trial(study: Document, measure: str, model: str) -> ForestRow:
    notes = [study["reason"], study["note"], _printed(study, measure)]
    if study.get("integrity") in ("concern", "retracted"):
        notes.append(f"integrity: {study['integrity']}")
    return ForestRow(
        study["study"],
        study["value"],
        study["ci_low"],
        study["ci_high"],
        "study",
        _arm(study["a"]),
        _arm(study["b"]),
        study[f"weight_{model}"],
        "; ".join(filter(None, notes)),
    )


def _printed(study: Document, measure: str) -> str | None:
    """Return what a trial prints itself where that is not what its arms give, as far as it is rounded."""
    if study["a"] is None or study["value"] is None:
        return None
    for printed in study.get("reported", ()):
        if printed["measure"] != measure or printed["subgroup"] or printed["ci_low"] is None:
            continue
        figures = (printed["value"], printed["ci_low"], printed["ci_high"])
        decimals = max(len(f"{figure:.10g}".partition(".")[2]) for figure in figures)
        if abs(float(f"{study['value']:.{decimals}f}") - printed["value"]) > 1e-9:
            value, interval = rounded(printed["value"], printed["ci_low"], printed["ci_high"], measure)
            return f"prints {measure} {value} {interval} itself; its arms give {fixed(study['value'], decimals)}"
    return None


def _arm(arm: Document | None) -> str:
    """Return one arm in short: `78/1022`, or mean, sd and people."""
    if arm is None:
        return ""
    if arm.get("events") is not None:
        return f"{count(arm['events'])}/{count(arm['n'])}"
    if arm.get("mean") is not None:
        return f"{number(arm['mean'])} ± {number(arm['sd'])}, {count(arm['n'])}"
    return count(arm["n"])


def _pooled(document: Document) -> list[ForestRow]:
    common, random = document["common"], document["random"]
    rows: list[ForestRow] = []
    if document["k"] < 2 or random is None:
        return rows
    if common is not None and common["te"] is not None:
        method = {"iv": "", "mh": ", Mantel–Haenszel", "peto": ", Peto"}[common["method"]]
        rows.append(_pooled_row(f"Common effect{method}", common))
    elif common is not None:
        rows.append(ForestRow("Common effect", None, None, None, "pooled", note=common["reason"]))
    rows.append(_pooled_row(f"Random effects ({random['tau2_method']})", random))
    hk = random["hk"] | {"value": random["value"]}
    widened = hk["ci_low"] != hk["plain"]["ci_low"]
    note = f"widened by the ad hoc rule `{hk['adhoc']}`: it would be narrower than Wald's" if widened else ""
    note = hk.get("reason") or note
    rows.append(_pooled_row("Hartung–Knapp interval", hk)._replace(note=note))
    prediction = random["prediction"]
    if prediction["ci_low"] is not None:
        label = f"Prediction, {prediction['definition']}"
        rows.append(ForestRow(label, None, prediction["ci_low"], prediction["ci_high"], "prediction"))
    return rows


def _pooled_row(label: str, estimate: Document) -> ForestRow:
    return ForestRow(label, estimate["value"], estimate["ci_low"], estimate["ci_high"], "pooled")


def _differences(document: Document) -> Section | None:
    """Return how far trials differ, in words and numbers, and whether small ones say something else."""
    found, random = document["heterogeneity"], document["random"]
    if found is None or random is None or document["k"] < 2:
        return None
    tests = f"Q {number(found['q'])}, {found['df']} df, {p_value(found['p'])}"
    spread = ""
    if found["tau2_low"] is not None:
        spread = f" ({_variance(found['tau2_low'])} to {_variance(found['tau2_high'])}, Q-profile)"
    lines = [*heterogeneity_words(document), tests, f"τ² {_variance(random['tau2'])}{spread}, {random['tau2_method']}"]
    egger = (document["small_study"] or {}).get("egger")
    if egger is not None and document["k"] >= 10:
        lines.append(f"Egger's test of small trials against large ones: {p_value(egger['p'])}")
    return Notes("How far the trials differ", tuple(lines))


def _variance(value: float) -> str:
    """Return a variance, none as `0`."""
    return number(value) if value else "0"


def _meaning(told: Told) -> Section | None:
    """Return what the estimate means per 1000 people."""
    absolute = told.document["absolute"]
    if absolute is None:
        return None
    low, high = sorted((absolute["per_1000_low"], absolute["per_1000_high"]))
    items = [
        (f"risk with {told.b}", Cell(f"{absolute['baseline_risk'] * 1000:.0f} per 1000: {absolute['baseline']}")),
        (
            f"difference with {told.a}",
            Cell(f"{_fewer(absolute['per_1000'])} per 1000 ({_fewer(low)} to {_fewer(high)})"),
        ),
    ]
    if "nnt_text" in absolute:
        items.append(("number needed to treat", Cell(absolute["nnt_text"])))
    items.append(("if", Cell(absolute["assumption"])))
    return Facts("What that means", tuple(items))


def _fewer(per_1000: float) -> str:
    """Return a number of people of 1000 more or fewer; rounding never makes it none."""
    size = abs(per_1000)
    shown = f"{size:.0f}" if size >= 1.0 or size == 0.0 else number(size)
    return f"{shown} {'fewer' if per_1000 < 0.0 else 'more'}"


def _published(told: Told) -> Listing:
    words = told.words
    rows = []
    for one in told.document["published"]:
        source = told.sources.get(one["source"], {"id": one["source"]})
        superseded = f"superseded by {one['superseded_by']}" if one["superseded_by"] else ""
        facts = [one["stratum"], superseded, counted(one["months"], "month") if one["months"] else ""]
        size = ", ".join(f"{name} = {one[name]}" for name in ("k", "n") if one[name] is not None)
        effect = Cell(
            (one["value"], one["ci_low"], one["ci_high"], one["measure"]),
            "estimate",
            (),
            "; ".join(filter(None, facts)),
        )
        cite = words.cite(source) if words else one["source"]
        warning = one["integrity"] if one["integrity"] != "none-known" else ""
        rows.append((Cell(cite, note=warning), effect, Cell(size or "–", "text" if size else "silent")))
    columns = (Column("Published"), Column("Estimate with interval"), Column("Of"))
    return Listing("Published estimates, which are not pooled again", columns, rows)


def _without_figures(told: Told) -> list[Section]:
    """Return what there is besides: trials without figures, other outcomes, the members of a class."""
    document = told.document
    lines: list[str] = []
    if document.get("silent"):
        lines.append(f"without figures on this outcome: {', '.join(document['silent'])}")
    words = told.words
    if words and document.get("elsewhere"):
        outcomes = [f"{words.name('outcomes', one['outcome'])} (k = {one['k']})" for one in document["elsewhere"]]
        lines.append(f"outcomes on which trials of the two can be pooled: {', '.join(outcomes)}")
    for member in document.get("members", ()) if words else ():
        name = words.regimen(member["regimen"]) if words else ""
        left_out = f", left out: {', '.join(member['excluded'])}" if member["excluded"] else ""
        lines.append(f"{name} is of the class and has trials of its own: k = {member['k']}{left_out}")
    return [Notes("What else there is", tuple(lines))] if lines else []


def _sources(told: Told) -> Listing:
    rows = []
    for id_, source in told.sources.items():
        status = source.get("integrity", {}).get("status", "none-known")
        cite = told.words.cite(source) if told.words else id_
        doi = source.get("doi")
        rows.append(
            (Cell(id_, "id"), Cell(cite), Cell(doi or "–", "text" if doi else "silent"), Cell(status, "integrity"))
        )
    return Listing("Sources", (Column("Id"), Column("Source"), Column("DOI"), Column("Integrity")), rows)


def records(document: Document) -> Records:
    """Return a pool as flat rows: the trials, then the pooled estimates."""
    columns = (
        "row", "study", "year", "events_a", "mean_a", "sd_a", "n_a", "events_b", "mean_b", "sd_b", "n_b", "te", "se",
        "value", "ci_low", "ci_high", "p", "weight_common", "weight_random", "included", "reason",
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    numbers = ("te", "se", "value", "ci_low", "ci_high")
    for study in document["studies"]:
        arms = [(study[side] or {}).get(name) for side in "ab" for name in ("events", "mean", "sd", "n")]
        shares = (study["weight_common"], study["weight_random"], study["included"], study["reason"])
        rows.append(("study", study["study"], study.get("year"), *arms, *(study[x] for x in numbers), None, *shares))
    rows += [("excluded", e["study"], *[None] * 17, False, e["reason"]) for e in document["excluded"]]
    blank = [None] * 10
    for name in ("common", "random"):
        found = document[name]
        if found is not None:
            rows.append((name, *blank, *(found[x] for x in (*numbers, "p")), *[None] * 3, found.get("reason")))
    if document["random"] is not None:
        hk, prediction = document["random"]["hk"], document["random"]["prediction"]
        te, value = document["random"]["te"], document["random"]["value"]
        rows.append(("random-hk", *blank, te, hk["se"], value, hk["ci_low"], hk["ci_high"], hk["p"], *[None] * 4))
        limits = (prediction["ci_low"], prediction["ci_high"])
        rows.append(("prediction", *blank, None, None, None, *limits, *[None] * 4, prediction.get("reason")))
    return Records(columns, rows)


def plotted(told: Told, path: str, kind: str) -> Plot:
    """Return a figure of a kind (`forest`, `funnel`) for a path."""
    if kind == "forest":
        title = f"{told.a} against {told.b}: {told.outcome}"
        return Plot(path, forest_of(told)._replace(title=title))
    document = told.document
    points = [(study["study"], study["te"], study["se"]) for study in document["studies"] if study["te"] is not None]
    estimate = document["common"] if document["common"] and document["common"]["te"] is not None else document["random"]
    title = f"{told.a} against {told.b}: {told.outcome}"
    measure = "Effect" if document["measure"] == "generic" else document["measure"]
    funnel = Funnel(
        title, measure, Measure(document["measure"]).is_ratio, estimate["te"], tuple(points), document["level"]
    )
    return Plot(path, funnel)
