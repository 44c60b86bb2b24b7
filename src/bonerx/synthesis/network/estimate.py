"""One estimate of a network as plain data, so that every table shows the same names."""

from math import isfinite
from typing import Any

from bonerx.model.measure import Measure
from bonerx.synthesis.numeric.distributions import critical_value, two_sided_p


def finite(value: float | None) -> float | None:
    """The value as a float, None where it is not a finite number."""
    return float(value) if value is not None and isfinite(value) else None


def estimate(te: float, se: float, measure: Measure, level: float) -> dict[str, Any]:
    """te, se (analysis scale), value, ci_low, ci_high (shown scale) and p (normal); all None where te is not a
    number."""
    names = ("te", "se", "value", "ci_low", "ci_high", "p")
    if not (isfinite(te) and isfinite(se)):
        return dict.fromkeys(names)
    margin = critical_value(level) * se
    p = two_sided_p(te / se) if se > 0 else None
    limits = measure.displayed(te - margin), measure.displayed(te + margin)
    return dict(zip(names, (float(te), float(se), measure.displayed(te), *limits, p), strict=True))
