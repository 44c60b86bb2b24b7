"""Choose, from all arms and contrasts, what each study says of one pair of treatments, and say what is left out.

A study counts once. Its arms are preferred to its reported contrast; several arms of one treatment are taken together;
arms of other treatments are passed over.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import power_of_two
from bonerx.synthesis.effects.reasons import no_spread

OF_COUNTS = (Measure.RR, Measure.OR, Measure.RD)
OF_MEANS = (Measure.MD, Measure.SMD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What one study says of a against b: two groups, or a contrast already a minus b; `note` says what was done."""

    study: str
    a: Group | None = None
    b: Group | None = None
    contrast: Contrast | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A study, or one of its results, that is left out, and why."""

    study: str
    reason: str


def select(
    groups: Sequence[Group], contrasts: Sequence[Contrast], a: str, b: str, measure: Measure
) -> tuple[tuple[Selected, ...], tuple[Excluded, ...]]:
    """What each study says of `a` against `b`, in the order in which studies first appear, and what is left out.

    UsageError when a and b are the same; InvalidEvidence when a contrast is not a number with a positive error.
    """
    if a == b:
        raise UsageError(f"`{a}` cannot be compared with itself")
    chosen: list[Selected] = []
    excluded: list[Excluded] = []
    arms: dict[str, list[Group]] = {}
    printed: dict[str, list[Contrast]] = {}
    for group in groups:
        arms.setdefault(group.study, []).append(group)
    for contrast in contrasts:
        printed.setdefault(contrast.study, []).append(contrast)
    for study in dict.fromkeys([*arms, *printed]):
        arms_a = [group for group in arms.get(study, ()) if group.treatment == a]
        arms_b = [group for group in arms.get(study, ()) if group.treatment == b]
        found = _of_study(study, arms_a, arms_b, printed.get(study, []), (a, b), measure, excluded)
        if found is not None:
            chosen.append(found)
    return tuple(chosen), tuple(excluded)


def _of_study(
    study: str,
    arms_a: list[Group],
    arms_b: list[Group],
    reported: list[Contrast],
    pair: tuple[str, str],
    measure: Measure,
    excluded: list[Excluded],
) -> Selected | None:
    """What one study says of the pair; adds to `excluded` whatever of it is left out."""
    direct = [_turned(c, pair[0]) for c in reported if {c.a, c.b} == set(pair)]
    missing = _missing(arms_a + arms_b, measure)
    both = (combined(arms_a), combined(arms_b)) if arms_a and arms_b and missing is None else ()
    if direct and measure in OF_MEANS and (reason := no_spread(both)):  # what the study itself reports is not lost
        missing, both = reason, ()
    if both:
        if direct:
            excluded.append(Excluded(study=study, reason="also reported as a contrast; the arms are used instead"))
        together = [
            f"{len(arms)} arms of `{arms[0].treatment}` are taken together" for arms in (arms_a, arms_b) if arms[1:]
        ]
        return Selected(study=study, a=both[0], b=both[1], note="; ".join(together) or None)
    if direct:
        if len(direct) > 1:
            why = f"reports `{pair[0]}` against `{pair[1]}` {len(direct)} times; only the first contrast is used"
            excluded.append(Excluded(study=study, reason=why))
        return Selected(study=study, contrast=direct[0])
    if arms_a and arms_b:
        excluded.append(Excluded(study=study, reason=missing or "no usable result"))
    elif {pair[0], pair[1]} <= {t for c in reported for t in (c.a, c.b)}:
        why = f"reports `{pair[0]}` and `{pair[1]}` only against a third treatment: their difference has no known error"
        excluded.append(Excluded(study=study, reason=why))
    return None


def _turned(contrast: Contrast, a: str) -> Contrast:
    """The contrast as a minus the other; InvalidEvidence when it is not a number with a positive error."""
    if not (math.isfinite(contrast.te) and math.isfinite(contrast.se) and contrast.se > 0.0):
        raise InvalidEvidence(f"`{contrast.study}`: the effect {contrast.te} with standard error {contrast.se}")
    if contrast.a == a:
        return contrast
    return replace(contrast, a=contrast.b, b=contrast.a, te=-contrast.te)


def _missing(arms: list[Group], measure: Measure) -> str | None:
    """Why arms do not give the measure, None when they do."""
    if measure in OF_COUNTS:
        return "no count of events in every arm" if any(g.events is None for g in arms) else None
    if measure in OF_MEANS:
        if any(g.mean is None for g in arms):
            return "no mean in every arm"
        return "no standard deviation in every arm" if any(g.sd is None for g in arms) else None
    return f"arms do not give the {measure}, and no contrast is reported"


def combined(arms: Sequence[Group]) -> Group:
    """Arms of one treatment in one study as one group: sums of counts; the mean and sd of all participants together.

    Cochrane Handbook 6.5.2.10: the combined sd holds the spread within the arms and between their means.
    """
    whole = arms[0]
    for arm in arms[1:]:
        n = whole.n + arm.n
        events = None if whole.events is None or arm.events is None else whole.events + arm.events
        mean = sd = None
        if whole.mean is not None and arm.mean is not None:
            mean = (whole.n * whole.mean + arm.n * arm.mean) / n
            if whole.sd is not None and arm.sd is not None and n > 1.0:
                apart = whole.mean - arm.mean
                unit = power_of_two(max(whole.sd, arm.sd, abs(apart)))
                squares = (whole.n - 1.0) * (whole.sd / unit) ** 2 + (arm.n - 1.0) * (arm.sd / unit) ** 2
                squares += whole.n * arm.n / n * (apart / unit) ** 2
                sd = unit * math.sqrt(squares / (n - 1.0))
        whole = Group(study=whole.study, treatment=whole.treatment, n=n, events=events, mean=mean, sd=sd)
    return whole
