"""The further analyses of a pool as a person reads them: subgroups, a regression, the years, what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonerx.number import counted, number, p_value, percent
from bonerx.page import Cell, Column, Listing, Notes, Section
from bonerx.questions.pool.headline import effect, favouring

if TYPE_CHECKING:
    from bonerx.questions.pool.question import Told

Document = dict[str, Any]


def further(told: Told) -> list[Section]:
    """Return the sections of the further analyses that were asked for."""
    document = told.document
    found: list[Section] = []
    if document.get("subgroups"):
        found += _subgroups(told, document["subgroups"])
    if document.get("regression"):
        found.append(_regression(document["regression"], document["measure"]))
    if document.get("cumulative"):
        found.append(_cumulative(document["cumulative"], document["measure"], document["level"]))
    if document.get("sensitivity"):
        found += _sensitivity(told, document["sensitivity"])
    return found


def _estimate(estimate: Document | None, measure: str) -> Cell:
    if estimate is None or estimate["value"] is None:
        return Cell("not estimable", "silent")
    return Cell((estimate["value"], estimate["ci_low"], estimate["ci_high"], measure), "estimate")


def _label(document: Document) -> str:
    return f"{document['measure']} ({100 * document['level']:g}% CI)"


def _subgroups(told: Told, found: Document) -> list[Section]:
    document, words = told.document, told.words
    named = words is not None and found["by"] == "population"
    trials, effects, spread = Column("Trials", number=True), Column(_label(document)), Column("I²", number=True)
    columns = (Column(found["by"].capitalize()), trials, effects, spread)
    rows = []
    for group in found["groups"]:
        known = named and words is not None and group["group"] != "not stated"
        name = words.name("populations", group["group"]) if known and words else group["group"]
        i2 = Cell("–", "silent") if group["i2"] is None else Cell(group["i2"], "percent")
        rows.append((Cell(name), Cell(group["k"], "count"), _estimate(group["random"], document["measure"]), i2))
    between = found["between"]
    test = f"Q {number(between['q_random'])}, {between['df']} df, {p_value(between['p_random'])}"
    lines = (
        f"between groups, random effects: {test}",
        f"between groups, common effect: Q {number(between['q_common'])}, {p_value(between['p_common'])}",
        "groups of trials differ in more than one thing: a difference between them is no proof of its cause",
    )
    return [Listing(f"By {found['by']}", columns, rows), Notes(None, lines)]


def _regression(found: Document, measure: str) -> Notes:
    slope = found["slope"]
    by = {"year": "year", "months": "month"}[found["by"]]
    said = f"per {by} the {measure} is multiplied by {number(found['ratio'], 1.0)}"
    if found["ratio"] is None:
        said = f"per {by} the {measure} changes by {number(slope['te'])}"
    r2 = "" if found["r2"] is None else f"; it explains {percent(found['r2'])} of the variance between trials"
    lines = [f"{said} ({p_value(slope['p'])}, {counted(found['k'], 'trial')}){r2}"]
    if found["left_out"]:
        lines.append(f"without {', '.join(found['left_out'])}, which do not say")
    return Notes(f"Along the {found['by']}", tuple(lines))


def _cumulative(steps: list[Document], measure: str, level: float) -> Listing:
    columns = (
        Column("Up to and with"), Column("Year", number=True), Column("Trials", number=True),
        Column(f"{measure} ({100 * level:g}% CI)"),
    )  # fmt: skip
    rows = []
    for step in steps:
        year = Cell("–", "silent") if step["year"] is None else Cell(step["year"], "count")
        rows.append((Cell(step["study"], "id"), year, Cell(step["k"], "count"), _estimate(step["random"], measure)))
    return Listing("As the years went by, random effects", columns, rows)


_CHANGES = {
    "without": "without {study}",
    "with-flagged": "with {study}, of integrity concern",
    "without-flagged": "without the trials of integrity concern",
    "model": "{setting}",
    "tau2": "τ² by {setting}",
    "method": "pooled by {setting}, common effect",
}
_SETTINGS = {
    "iv": "inverse variance",
    "mh": "Mantel–Haenszel",
    "peto": "Peto",
    "common": "common effect",
    "random": "random effects, Wald interval",
    "random, Hartung–Knapp": "random effects, Hartung–Knapp interval",
}


def _changed(case: Document) -> str:
    study = case["study"] or "all trials"
    setting = _SETTINGS.get(case["setting"], case["setting"])
    return _CHANGES[case["change"]].format(study=study, setting=setting)


def _sensitivity(told: Told, found: Document) -> list[Section]:
    document = told.document
    columns = (
        Column("What is changed"), Column("Trials", number=True), Column(_label(document)), Column("Then"),
    )  # fmt: skip
    rows = []
    for case in found["cases"]:
        verdict = favouring(case["verdict"], told.a, told.b)
        then = Cell(verdict, "verdict" if case["flips"] else "text", (), "FLIPS" if case["flips"] else "")
        estimate = _estimate(case["estimate"], document["measure"])
        rows.append((Cell(_changed(case)), Cell(case["k"], "count"), estimate, then))
    return [Listing("What would change this answer", columns, rows), Notes(None, tuple(_distance(told, found)))]


def _distance(told: Told, found: Document) -> list[str]:
    cases, document = found["cases"], told.document
    flips = [_changed(case) for case in cases if case["flips"]]
    if flips:
        lines = [f"the verdict flips {counted(len(flips), 'time')} of {len(cases)}: {', '.join(flips)}"]
    else:
        one = "the one change that was tried does not flip the verdict"
        lines = [one if len(cases) == 1 else f"none of {len(cases)} changes flips the verdict"]
    margin, estimate = found["margin"], document["estimate"]
    if margin is not None and estimate is not None:
        shown = effect(estimate, document["measure"], document["level"])
        where = "lies beyond no effect by" if margin > 0 else "holds no effect, and would have to move by"
        lines.append(f"the interval of {shown} {where} {number(abs(margin))} standard errors")
    closest = found["closest"]
    if closest is not None and closest["margin"] is not None:
        which = "of the other changes, closest to another verdict" if flips else "closest to another verdict"
        lines.append(f"{which}: {_changed(closest)}, {number(abs(closest['margin']))} standard errors")
    return lines
