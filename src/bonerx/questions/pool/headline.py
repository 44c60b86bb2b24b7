"""The sentences on a pool: what it gives, what its conclusion hangs on, and what limits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bonerx.number import counted, percent
from bonerx.number import estimate as rounded
from bonerx.questions.citations.caveats import resting_on
from bonerx.questions.citations.names import left_out, listed
from bonerx.synthesis.effects.reasons import of_means
from bonerx.synthesis.pairwise.conclusion import estimate_of

if TYPE_CHECKING:
    from bonerx.questions.pool.question import Told

Document = dict[str, Any]
CHOICES = {
    "common": ("common", "wald", "the common-effect model"),
    "random": ("random", "wald", "the random-effects model"),
    "random-hk": ("random", "hk", "the Hartung–Knapp interval"),
}
"""The usual choices, and what they are called."""


def effect(estimate: Mapping[str, Any], measure: str, level: float, *, name: bool = True) -> str:
    """Return an estimate with its interval, rounded: `RR 0.54 (95% CI 0.44 to 0.66)`."""
    value, interval = rounded(estimate["value"], estimate["ci_low"], estimate["ci_high"], measure)
    shown = "" if measure == "generic" or not name else f"{measure} "
    return f"{shown}{value} {interval.replace('(', f'({100 * level:g}% CI ', 1)}"


def favouring(verdict: str | None, a: str, b: str) -> str:
    """Return whom an estimate favours, in words."""
    return {
        "favours-a": f"favours {a}",
        "favours-b": f"favours {b}",
        "a-higher": f"higher with {a}",
        "a-lower": f"lower with {a}",
        "no-clear-difference": "no clear difference",
    }.get(verdict or "", "nothing to pool")


def headline_of(told: Told) -> str:
    """Return the answer in one sentence, which says what its conclusion hangs on."""
    document = told.document
    if not document["k"]:
        return _nothing(told)
    estimate = document["estimate"]
    on = f" on {told.outcome}" if told.words else ""
    of = f"{counted(document['k'], 'trial')} of {told.a} against {told.b}{on}"
    if document["k"] == 1:
        of += f" ({next(study['study'] for study in document['studies'] if study['included'])})"
    if estimate is None:
        return f"{of}: no estimate, {(document[document['model']] or {}).get('reason', 'the method gives none')}."
    said = f"{of}: {effect(estimate, document['measure'], document['level'])}"
    parts = [f"{said}, {favouring(document['verdict'], told.a, told.b)}"]
    if document["k"] == 1:
        parts.append("with one trial nothing is known of how far trials differ")
    else:
        parts += _hanging(told)
    if without := left_out(document["excluded"]):
        parts.append(without)
    flagged = [s["study"] for s in document["studies"] if s["included"] and s.get("integrity") == "concern"]
    if flagged:
        parts.append(f"counts {listed(flagged)}, of integrity concern")
    return "; ".join(parts) + "."


def _hanging(told: Told) -> list[str]:
    """Return the clause on a conclusion that another of the usual choices would change."""
    document = told.document
    chosen = (document["model"], document["ci"] if document["model"] == "random" else "wald")
    others: list[str] = []
    for name, verdict in document["verdicts"].items():
        model, ci, called = CHOICES[name]
        if (model, ci) == chosen or verdict == document["verdict"]:
            continue
        estimate = estimate_of(document, model, ci)
        if estimate is None:
            others.append(f"{called} gives no estimate")
            continue
        interval = effect(estimate, document["measure"], document["level"], name=False)
        others.append(f"with {called} {interval}, {favouring(verdict, told.a, told.b)}")
    return [f"the conclusion hangs on the method: {'; '.join(others)}"] if others else []


def _nothing(told: Told) -> str:
    document = told.document
    on = f" on {told.outcome}" if told.words else f" in {told.outcome}"
    said = f"No trial of {told.a} against {told.b}{on} can be pooled"
    parts = []
    if document["excluded"]:
        others = [one for one in document["excluded"] if not of_means(one["reason"])]
        parts += [f"{counted(len(others), 'trial')} left out"] if others else []
        parts += [without] if (without := left_out(document["excluded"])) else []
    if document.get("silent"):
        parts.append(f"{counted(len(document['silent']), 'trial')} of the two without figures on it")
    if not parts and told.words:
        parts.append("none of the table compares the two on it")
    members = [member["regimen"] for member in document.get("members", ()) if member["k"]]
    if members and told.words:
        names = listed(told.words.regimen(member) for member in members)
        parts.append(f"of the class, trials of {names} can, each by itself")
    return f"{said}: {'; '.join(parts)}." if parts else f"{said}."


def heterogeneity_words(document: Document) -> list[str]:
    """Return how far the trials differ, in words and in numbers."""
    found, random = document["heterogeneity"], document["random"]
    if found is None or random is None:
        return []
    if found["i2"] is None:
        return ["one trial: how far trials differ cannot be seen"]
    spread = f" ({percent(found['i2_low'])} to {percent(found['i2_high'])})" if found["i2_low"] is not None else ""
    lines = [f"I² {percent(found['i2'])}{spread}: {_degree(found['i2'])}"]
    if document["k"] < 5:
        lines.append(f"{counted(document['k'], 'trial')} are too few to show any but large differences")
    return lines


def _degree(i2: float) -> str:
    if i2 == 0.0:
        return "no more differences than chance makes"
    bounds = ((0.4, "little more than chance makes"), (0.6, "moderate differences"), (0.75, "substantial differences"))
    return next((words for bound, words in bounds if i2 < bound), "considerable differences")


def caveats_of(told: Told) -> list[str]:
    """Return what limits a pool."""
    document, choice = told.document, told.choice
    counting = [study for study in document["studies"] if study["included"]]
    behind = list(dict.fromkeys(source for study in counting for source in study.get("sources", ())))
    lines = resting_on(told.sources[source] for source in behind if source in told.sources)
    months = sorted({study["months"] for study in counting if study.get("months") is not None})
    if len(months) > 1:
        lines.append(f"the trials are of {months[0]:g} to {months[-1]:g} months")
    if told.words:
        lines += _populations(told, counting)
    if without := left_out(document["excluded"]):
        lines.append(without)
    if document["n_unknown"]:
        lines.append(f"the number of people is not known for {listed(document['n_unknown'])}")
    if document["estimate"] and document["estimate"]["se"] == 0.0:
        lines.append("the effects are all the same: an interval without width does not say how sure the estimate is")
    if 1 < document["k"] < 5:
        lines.append("so few trials hardly tell the variance between them, nor how wide the interval must be")
    if counting and document["estimate"] and document["small_study"] and document["k"] < 10:
        lines.append(
            f"{counted(document['k'], 'trial')}: whether small trials differ from large ones cannot be tested well"
        )
    if choice.as_of is not None:
        lines.append(f"the trials are those up to {choice.as_of}; what is known against sources is as of today")
    if document.get("published") and counting:
        lines.append("published estimates rest on trials that are in part the same: shown beside ours, never pooled")
    return lines


def _populations(told: Told, counting: Iterable[Document]) -> list[str]:
    populations = dict.fromkeys(study.get("population") for study in counting)
    if len(populations) < 2 or told.words is None:
        return []
    words = told.words
    names = [words.name("populations", population) if population else "not stated" for population in populations]
    return [f"the trials' populations differ: {listed(names)}"]
