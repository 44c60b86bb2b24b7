"""What would change a pooled answer: each study left out, flagged ones let in, other models; and how far it is off."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.pairwise.analysis import MOST_REPEATED, PoolMethod, PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.conclusion import estimate_of, verdict_of
from bonerx.synthesis.pairwise.document import pool_document
from bonerx.synthesis.pairwise.selection import OF_COUNTS
from bonerx.synthesis.pairwise.tau2 import Tau2Method

Document = dict[str, Any]


class Numbers(NamedTuple):
    """The numbers of one pair of treatments: groups and contrasts, on the scale of the measure."""

    a: str
    b: str
    groups: Sequence[Group]
    contrasts: Sequence[Contrast]

    def without(self, study: str) -> "Numbers":
        """Return the numbers of all other studies."""
        groups = [group for group in self.groups if group.study != study]
        return self._replace(groups=groups, contrasts=[one for one in self.contrasts if one.study != study])


class Choice(NamedTuple):
    """Which of the estimates of an analysis is the answer, and which way is better (None is not known)."""

    model: str = "random"
    ci: str = "wald"
    better: str | None = None


class _Case(NamedTuple):
    """One way to ask again: what is changed, of which study or to which setting."""

    change: str
    study: str | None
    setting: str | None
    numbers: Numbers
    options: PoolOptions
    choice: Choice


def sensitivity(
    numbers: Numbers, options: PoolOptions, choice: Choice, flagged: Mapping[str, Numbers] | None = None
) -> Document:
    """Return the answer, how far it is from another one, and every case with its own verdict and whether that flips.

    `flagged` holds other selections: with a study of integrity concern that is otherwise left out, under its name; with
    all of these, under `*`; without all that are in, under the empty name. `margin` is the distance, in standard
    errors, of the interval from no effect: negative where the interval holds it; `closest` the case of the same verdict
    with the smallest. No study is left out in turn where there are more than 200.
    """
    base = _answer(_Case("none", None, None, numbers, options, choice))
    cases = [_answer(case) for case in _cases(numbers, options, choice, flagged or {}, base)]
    for case in cases:
        case["flips"] = case["verdict"] != base["verdict"]
    same = [case for case in cases if case["margin"] is not None and not case["flips"]]
    closest = min(same, key=lambda case: abs(case["margin"]), default=None)
    return {
        "model": choice.model,
        "ci": choice.ci,
        "verdict": base["verdict"],
        "margin": base["margin"],
        "flips": sum(case["flips"] for case in cases),
        "closest": None
        if closest is None
        else {name: closest[name] for name in ("change", "study", "setting", "margin")},
        "cases": cases,
    }


def _cases(
    numbers: Numbers, options: PoolOptions, choice: Choice, flagged: Mapping[str, Numbers], base: Document
) -> Iterator[_Case]:
    """Yield everything that is tried, in the order in which it is shown."""
    if base["k"] <= MOST_REPEATED:
        for study in base["studies"]:
            yield _Case("without", study, None, numbers.without(study), options, choice)
    for name, other in flagged.items():
        if name == "":
            yield _Case("without-flagged", None, None, other, options, choice)
        else:
            yield _Case("with-flagged", None if name == "*" else name, None, other, options, choice)
    if base["k"] < 2:
        return  # one study gives the same by every model
    for model, ci in (("common", "wald"), ("random", "wald"), ("random", "hk")):
        if (model, ci) != (choice.model, choice.ci if choice.model == "random" else "wald"):
            setting = f"{model}, Hartung–Knapp" if ci == "hk" else model
            yield _Case("model", None, setting, numbers, options, choice._replace(model=model, ci=ci))
    if choice.model == "random" and options.method is not PoolMethod.PETO:
        for method in Tau2Method:
            if method is not options.tau2:
                yield _Case("tau2", None, method, numbers, replace(options, tau2=method), choice)
    if options.measure in OF_COUNTS and all(group.events is not None for group in numbers.groups):
        for pooled_by in PoolMethod:
            if pooled_by is not options.method and (pooled_by is not PoolMethod.PETO or options.measure is Measure.OR):
                changed = replace(options, method=pooled_by)
                yield _Case("method", None, pooled_by, numbers, changed, choice._replace(model="common", ci="wald"))


def _answer(case: _Case) -> Document:
    """Return one case with its estimate, verdict and margin; `studies` only of the case that changes nothing."""
    analysis = analyse_pool(*case.numbers[2:], *case.numbers[:2], case.options, repeat=False)
    found = estimate_of(pool_document(analysis), case.choice.model, case.choice.ci)
    measure = str(case.options.measure)
    answer: Document = {
        "change": case.change,
        "study": case.study,
        "setting": case.setting,
        "k": analysis.k,
        "estimate": found,
        "verdict": verdict_of(found, measure, case.choice.better),
        "margin": _margin(found, case.options.measure),
    }
    if case.change == "none":
        answer["studies"] = [study.study for study in analysis.studies if study.included]
    return answer


def _margin(estimate: Mapping[str, Any] | None, measure: Measure) -> float | None:
    """Return the distance of the interval from no effect in standard errors, negative where the interval holds it."""
    if estimate is None or not estimate["se"] or estimate["ci_low"] is None or estimate["ci_high"] is None:
        return None
    if measure.is_ratio and estimate["ci_low"] <= 0.0:
        return None
    low, high = ((math.log(x) if measure.is_ratio else x) for x in (estimate["ci_low"], estimate["ci_high"]))
    distance = float(min(abs(low), abs(high)) / estimate["se"])
    return -distance if low <= 0.0 <= high else distance
