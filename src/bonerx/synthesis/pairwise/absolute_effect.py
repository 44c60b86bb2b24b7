"""Say a relative effect as people count: events per 1000 at a stated baseline risk, and the number needed to treat."""

import math
from dataclasses import dataclass

from bonerx.errors import UsageError
from bonerx.model.measure import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Absolute:
    """What treating with a instead of b does at the baseline risk of b; differences are a minus b, per 1000.

    `nnt` is 1 / |risk difference|, None where the risks are equal. `nnt_kind` is NNTB (to benefit) or NNTH (to harm);
    `nnt_low` and `nnt_high` belong to the limits of the difference, each with its kind. Where the difference's
    interval crosses 0, `through_infinity` is true and the interval runs from one over ∞ to the other.
    """

    baseline_risk: float
    risk: float
    per_1000: float
    per_1000_low: float
    per_1000_high: float
    nnt: float | None
    nnt_kind: str | None
    nnt_low: float | None
    nnt_low_kind: str | None
    nnt_high: float | None
    nnt_high_kind: str | None
    through_infinity: bool
    assumption: str


ASSUMPTIONS = {
    Measure.RR: "the risk ratio is the same at this baseline risk",
    Measure.OR: "the odds ratio is the same at this baseline risk",
    Measure.HR: "hazards are proportional, and the baseline risk is over the time the hazard ratio was observed",
    Measure.RD: "the risk difference is the same at this baseline risk",
}


def risk_with(measure: Measure, effect: float, baseline: float) -> float:
    """The risk under a, given the back-transformed `effect` of a against b and the risk `baseline` under b.

    RR: the product; OR: through the odds; HR: 1 − (1 − baseline)^HR, doi:10.1136/bmj.319.7223.1492; RD: the sum.
    Kept within 0 and 1, which a product or a sum may leave. UsageError for measures without a risk.
    """
    if measure not in ASSUMPTIONS:
        raise UsageError(f"an {measure} says nothing of risks", hint="absolute effects need an RR, OR, HR or RD")
    if not 0.0 < baseline < 1.0:
        raise UsageError(f"the baseline risk must lie between 0 and 1, not {baseline}", hint="5 % is written 0.05")
    if measure is Measure.RR:
        risk = effect * baseline
    elif measure is Measure.OR:
        risk = effect * baseline / (1.0 - baseline + effect * baseline)
    elif measure is Measure.HR:
        risk = -math.expm1(effect * math.log1p(-baseline))
    else:
        risk = baseline + effect
    return min(1.0, max(0.0, risk))


def _needed(difference: float, *, harmful: bool) -> tuple[float | None, str | None]:
    """The number needed to treat and its kind; fewer harmful events are a benefit, more are a harm."""
    if difference == 0.0:
        return None, None
    return 1.0 / abs(difference), "NNTB" if (difference < 0.0) == harmful else "NNTH"


def absolute_effect(
    measure: Measure, value: float, ci_low: float, ci_high: float, baseline_risk: float, *, harmful: bool = True
) -> Absolute:
    """The absolute effect of a against b at b's `baseline_risk` (0 to 1), from back-transformed estimate and limits.

    The baseline risk is taken as known, so the interval holds the uncertainty of the relative effect only. `harmful`
    says whether the event is unwanted (a fracture). The interval of the NNT runs through infinity where the
    difference may be 0: Altman 1998, doi:10.1136/bmj.317.7168.1309.
    """
    if not ci_low <= value <= ci_high:
        raise UsageError(f"the interval {ci_low} to {ci_high} does not hold the estimate {value}")
    risk, low, high = (risk_with(measure, x, baseline_risk) for x in (value, ci_low, ci_high))
    difference, lower, upper = risk - baseline_risk, low - baseline_risk, high - baseline_risk
    nnt, kind = _needed(difference, harmful=harmful)
    nnt_low, low_kind = _needed(lower, harmful=harmful)
    nnt_high, high_kind = _needed(upper, harmful=harmful)
    return Absolute(
        baseline_risk=baseline_risk,
        risk=risk,
        per_1000=1000.0 * difference,
        per_1000_low=1000.0 * lower,
        per_1000_high=1000.0 * upper,
        nnt=nnt,
        nnt_kind=kind,
        nnt_low=nnt_low,
        nnt_low_kind=low_kind,
        nnt_high=nnt_high,
        nnt_high_kind=high_kind,
        through_infinity=lower <= 0.0 <= upper,
        assumption=ASSUMPTIONS[measure],
    )


def nnt_text(absolute: Absolute) -> str:
    """The NNT with its interval in words: `NNTB 21 (NNTB 12 to ∞ to NNTH 80)`; numbers are rounded up, as is usual."""

    def one(number: float | None, kind: str | None) -> str:
        return "∞" if number is None or kind is None else f"{kind} {math.ceil(number - 1e-9)}"

    point = one(absolute.nnt, absolute.nnt_kind)
    low, high = one(absolute.nnt_low, absolute.nnt_low_kind), one(absolute.nnt_high, absolute.nnt_high_kind)
    if absolute.through_infinity:
        ends = (low, "∞", high) if absolute.nnt_low_kind == "NNTB" else (high, "∞", low)
        between = " to ".join(end for i, end in enumerate(ends) if end != "∞" or i == 1)
        return f"{point} ({between})"
    numbers = sorted((absolute.nnt_low or 0.0, absolute.nnt_high or 0.0))
    return f"{point} ({absolute.nnt_kind} {math.ceil(numbers[0] - 1e-9)} to {math.ceil(numbers[1] - 1e-9)})"
