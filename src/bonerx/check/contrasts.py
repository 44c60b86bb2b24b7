"""Printed effects: the interval holds its estimate and fits its standard error and the arms it was computed from."""

import math
from collections.abc import Iterator, Mapping
from statistics import NormalDist
from typing import NamedTuple

from bonerx.check.regimens import Flaw, flaws
from bonerx.check.results import unknown_arm
from bonerx.evidence.origin import Problem
from bonerx.model.estimate import half_unit
from bonerx.model.measure import Measure
from bonerx.model.trial import PublishedEstimate, ReportedContrast, Result, Study
from bonerx.number import counted

_Key = tuple[str, str, float | None]
_SKEW = 0.15
"""How far an estimate may be from the middle of its interval, as a part of half its width, beyond rounding.

Intervals by exact methods, by profile likelihood or of another model than the estimate are a little skew.
"""
_WIDTH = 0.10
"""How far, relatively, half an interval may be from the normal quantile times its standard error, beyond rounding."""
_VARIANCE = 0.02
"""How far, relatively, a shared variance may be from that of the arm's events."""
_NOTE = "say in the `note` why they differ, or mend one of them"


class Span(NamedTuple):
    """The values that a printed figure may stand for."""

    low: float
    high: float

    def meets(self, other: "Span") -> bool:
        """Return whether a value of one may be a value of the other."""
        return self.low <= other.high and other.low <= self.high

    def log(self) -> "Span":
        """Return the span of the natural logarithm; from minus infinity where the lower end is not positive."""
        return Span(math.log(self.low) if self.low > 0 else -math.inf, math.log(self.high))


def _span(figure: float, half: float) -> Span:
    """Return the values that a figure rounded to `half` a unit may stand for."""
    slack = half * 1e-9 + abs(figure) * 1e-12
    return Span(figure - half - slack, figure + half + slack)


def faults_of(study: Study) -> Iterator[Problem]:
    """Yield what is wrong with the effects a study reports itself."""
    seen: set[object] = set()
    arms = dict.fromkeys(arm.id for arm in study.arms)
    results = {(result.arm, result.outcome, result.months): result for result in reversed(study.results)}
    for number, contrast in enumerate(study.contrasts):
        found = [
            *unknown_arm(arms, contrast.a, ("a",)),
            *unknown_arm(arms, contrast.b, ("b",)),
            *_interval(contrast),
            *_uncertainty(contrast),
            *_against_arms(contrast, results),
        ]
        if contrast.a == contrast.b:
            found.append((("b",), "the contrast is of an arm with itself", "name the arm it is compared with"))
        sides = frozenset((contrast.a, contrast.b))
        key = (sides, contrast.outcome, contrast.measure, contrast.months, contrast.subgroup)
        if key in seen and contrast.unusable is None:
            found.append(
                ((), "the study has this contrast twice", "keep one, or say in `unusable` why one is shown only")
            )
        if contrast.unusable is None:
            seen.add(key)
        for path, message, hint in found:
            yield Problem("studies", study.id, ("contrasts", number, *path), message, hint)


def published_faults(estimate: PublishedEstimate) -> Iterator[Problem]:
    """Yield what is wrong with a published pooled estimate."""
    found = [*_interval(estimate), *flaws(estimate.a, field="a"), *flaws(estimate.b, field="b")]
    if estimate.a and sorted(estimate.a) == sorted(estimate.b):
        found.append((("b",), "the estimate is of a regimen against itself", "name what it is compared with"))
    if estimate.superseded_by == estimate.source:
        found.append((("superseded_by",), "the estimate is superseded by its own source", "name the later source"))
    if estimate.k == 0:
        found.append((("k",), "no study was pooled", "leave `k` out where it is not known"))
    for path, message, hint in found:
        yield Problem("published", estimate.id, path, message, hint)


def _interval(effect: ReportedContrast | PublishedEstimate) -> Iterator[Flaw]:
    value, low, high = effect.value, effect.ci_low, effect.ci_high
    if effect.measure.is_ratio and value <= 0:
        yield ("value",), f"the {effect.measure.value} must be greater than 0, not {value:g}", "it is a ratio"
    if (low is None) != (high is None):
        missing = "ci_low" if low is None else "ci_high"
        yield (), f"the interval has one end only: `{missing}` is missing", "give both ends, or neither"
    if low is None or high is None:
        return
    if effect.measure.is_ratio and low < 0:
        yield ("ci_low",), f"the {effect.measure.value} must not be below 0, as {low:g} is", "it is a ratio"
    elif low > high:
        yield ("ci_low",), f"the interval is upside down: {low:g} to {high:g}", "the lower end goes first"
    elif not low <= value <= high:
        yield (
            ("value",),
            f"the estimate {value:g} is outside its interval, {low:g} to {high:g}",
            _NOTE.split(", or ")[1],
        )
    elif effect.note is None and _is_skew(effect.measure, value, low, high):
        scale = " on the log scale" if effect.measure.is_ratio else ""
        message = f"the estimate {value:g} is not in the middle of its interval{scale}, {low:g} to {high:g}"
        yield ("value",), message, _NOTE


def _spans(measure: Measure, *figures: float) -> list[Span]:
    half = half_unit(*figures)
    spans = [_span(figure, half) for figure in figures]
    return [each.log() for each in spans] if measure.is_ratio else spans


def _is_skew(measure: Measure, value: float, low: float, high: float) -> bool:
    if measure.is_ratio and (value <= 0 or low <= 0):
        return False  # an interval from 0 has no middle on the log scale
    of_value, of_low, of_high = _spans(measure, value, low, high)
    slack = _SKEW * (of_high.high - of_low.low) / 2
    middle = Span((of_low.low + of_high.low) / 2 - slack, (of_low.high + of_high.high) / 2 + slack)
    return not middle.meets(of_value)


def _uncertainty(contrast: ReportedContrast) -> Iterator[Flaw]:
    low, high, se = contrast.ci_low, contrast.ci_high, contrast.se
    if low is None or high is None:
        if se is None and contrast.unusable is None:
            hint = "add `ci_low` and `ci_high` or `se`, or say in `unusable` why it cannot be pooled"
            yield (), "the contrast has neither an interval nor a standard error", hint
        return
    if se is None or contrast.note is not None or (contrast.measure.is_ratio and low <= 0) or low > high:
        return
    of_low, of_high = _spans(contrast.measure, low, high)
    width = 2 * NormalDist().inv_cdf(0.5 + contrast.level / 2)
    implied = Span(
        (of_high.low - of_low.high) / width * (1 - _WIDTH), (of_high.high - of_low.low) / width * (1 + _WIDTH)
    )
    if not implied.meets(_span(se, half_unit(se))):
        middle = (of_high.low + of_high.high - of_low.low - of_low.high) / 2 / width
        scale = " on the log scale" if contrast.measure.is_ratio else ""
        yield ("se",), f"the interval implies a standard error of {middle:.3g}{scale}, not {se:g}", _NOTE


def _against_arms(contrast: ReportedContrast, results: Mapping[_Key, Result]) -> Iterator[Flaw]:
    """Yield a flaw where the arms' own figures give another effect than the printed one, and no note says why."""
    if contrast.subgroup is not None or contrast.a == contrast.b:
        return
    a, b = (results.get((arm, contrast.outcome, contrast.months)) for arm in (contrast.a, contrast.b))
    if b is not None and contrast.shared_variance is not None and b.events and b.n and contrast.measure is Measure.RR:
        variance = 1 / b.events - 1 / b.n
        if abs(variance - contrast.shared_variance) > _VARIANCE * variance + half_unit(contrast.shared_variance):
            counts = f"{counted(b.events, 'event')} in {counted(b.n, 'person', 'people')}"
            message = f"{counts} give a variance of {variance:.4g}, not {contrast.shared_variance:g}"
            yield ("shared_variance",), message, _NOTE
    crude = None if a is None or b is None else crude_effect(contrast.measure, a, b)
    if crude is None or contrast.note is not None:
        return
    half = half_unit(contrast.value, contrast.ci_low, contrast.ci_high)
    if not _span(contrast.value, half).meets(Span(crude, crude)):
        message = f"the arms' figures give {contrast.measure.value} {crude:.3g}, but {contrast.value:g} is printed"
        yield ("value",), message, _NOTE


def crude_effect(measure: Measure, a: Result, b: Result) -> float | None:
    """Return the effect of one arm's figures against another's, on the natural scale; None where they give none."""
    if measure is Measure.MD:
        return None if a.mean is None or b.mean is None else a.mean - b.mean
    if a.events is None or b.events is None or not a.n or not b.n or a.events > a.n or b.events > b.n:
        return None
    if measure is Measure.RD:
        return a.events / a.n - b.events / b.n
    if measure is Measure.RR and b.events:
        return (a.events / a.n) / (b.events / b.n)
    if measure is Measure.OR and b.events and a.n > a.events:
        return (a.events * (b.n - b.events)) / (b.events * (a.n - a.events))
    return None
