"""What a trial's arms say: its own regimens and counts, none of them more than there were people."""

import math
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import chain

from bonerx.check.lookup import Lookup
from bonerx.check.regimens import Flaw, flaws
from bonerx.evidence.documents.locate import Path
from bonerx.evidence.origin import Problem
from bonerx.model.estimate import half_unit
from bonerx.model.trial import Arm, Result, Study
from bonerx.number import counted

_LISTED = 20
_SE_SLACK = 0.02
"""How far, relatively, sd and se printed for one mean may disagree beyond their rounding."""


def faults_of(study: Study, known: Lookup) -> Iterator[Problem]:
    """Yield what is wrong with a study's arms and their results."""
    for path, message, hint in chain(_study(study, known), _arms(study), _results(study)):
        yield Problem("studies", study.id, path, message, hint)


def unknown_arm(arms: Collection[str], named: str, path: Path) -> Iterator[Flaw]:
    """Yield a flaw where `named` is none of a study's arms."""
    if named not in arms:
        few = list(arms)[:_LISTED]
        near = get_close_matches(named, few, n=1)
        listed = f"its arms: {', '.join(f'`{arm}`' for arm in few)}"
        yield path, f"the study has no arm `{named}`", f"did you mean `{near[0]}`? {listed}" if near else listed


def _study(study: Study, known: Lookup) -> Iterator[Flaw]:
    if not study.sources:
        yield ("sources",), "the study names no source", "name the publication it was read in"
    population = known.get("populations", study.population) if study.population is not None else None
    if population is not None and population.species != study.species:
        message = f"the study is in `{study.species}`, its population `{study.population}` is `{population.species}`"
        yield ("species",), message, f"species: {population.species}"


def _arms(study: Study) -> Iterator[Flaw]:
    if study.randomised and len(study.arms) < 2:
        yield ("arms",), "a randomised study has two arms at least", "add the other arm, or write `randomised: false`"
    seen: dict[str, int] = {}
    for number, arm in enumerate(study.arms):
        if arm.id in seen:
            yield ("arms", number, "id"), f"the study has two arms `{arm.id}`", "give one of them another id"
        seen[arm.id] = number
        for path, message, hint in flaws(arm.regimen, arm.combination):
            yield ("arms", number, *path), message, hint


def _results(study: Study) -> Iterator[Flaw]:
    arms = {arm.id: arm for arm in study.arms}
    seen: set[tuple[str, str, float | None]] = set()
    for number, result in enumerate(study.results):
        path: Path = ("results", number)
        yield from unknown_arm(arms, result.arm, (*path, "arm"))
        for field, message, hint in _figures(result, arms.get(result.arm)):
            yield (*path, *field), message, hint
        key = (result.arm, result.outcome, result.months)
        if key in seen and result.unusable is None:
            time = "" if result.months is None else f" at {counted(result.months, 'month')}"
            message = f"the arm `{result.arm}` has two results on `{result.outcome}`{time}"
            yield path, message, "keep one, or say in `unusable` why one is shown only"
        if result.unusable is None:
            seen.add(key)


def _figures(result: Result, arm: Arm | None) -> Iterator[Flaw]:
    n, events = result.n, result.events
    if n is not None and arm is not None and arm.randomised is not None and n > arm.randomised:
        message = f"{counted(n, 'was', 'were')} analysed, but only {arm.randomised} randomised to `{arm.id}`"
        yield ("n",), message, "compare both with the publication"
    if events is not None and n is not None and events > n:
        yield (
            ("events",),
            f"{counted(events, 'event')} in {counted(n, 'person', 'people')}",
            "count people with an event, or mend one of the figures",
        )
    if events is not None and result.mean is not None:
        yield (), "the result has events and a mean", "write two results, one each"
    if result.mean is not None and result.sd is not None and result.se is not None and n:
        expected = result.sd / math.sqrt(n)
        if not math.isclose(result.se, expected, rel_tol=_SE_SLACK, abs_tol=half_unit(result.se)):
            message = f"sd {result.sd:g} in {counted(n, 'person', 'people')} gives se {expected:.3g}, not {result.se:g}"
            yield ("se",), message, "one of them may be the other, or a confidence interval"
    if result.unusable is None:
        yield from _usable(result)


def _usable(result: Result) -> Iterator[Flaw]:
    hint = "add it, or say in `unusable` why the figures cannot be pooled"
    if result.events is None and result.mean is None:
        yield (), "the result has neither `events` nor a `mean`", hint
    elif result.n is None:
        yield (), "the result does not say of how many people: `n` is missing", hint
    elif result.mean is not None and result.sd is None and result.se is None:
        yield ("mean",), "the mean has neither `sd` nor `se`", hint
    elif result.n == 0:
        yield ("n",), "nobody was analysed", hint
