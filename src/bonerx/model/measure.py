"""The measures of effect, and what is said once of each: whether it is a ratio, and what means no effect."""

from enum import StrEnum
from math import exp, isfinite


class Measure(StrEnum):
    """An effect measure; RR, OR and HR are analysed on the log scale, the others as they stand."""

    RR = "RR"
    OR = "OR"
    HR = "HR"
    RD = "RD"
    MD = "MD"
    SMD = "SMD"
    GENERIC = "generic"

    @property
    def is_ratio(self) -> bool:
        """Whether the analysis scale is the natural logarithm of the displayed value."""
        return self in _RATIOS

    @property
    def null(self) -> float:
        """The displayed value that means no effect."""
        return 1.0 if self in _RATIOS else 0.0

    def displayed(self, x: float | None) -> float | None:
        """Return `x` of the analysis scale as people read it; None where that is not a number."""
        if x is None or not isfinite(x):
            return None
        try:
            return exp(x) if self in _RATIOS else float(x)
        except OverflowError:
            return None

    def turned(self, value: float | None) -> float | None:
        """Return a displayed effect of a against b as one of b against a; None for what a ratio of 0 would become."""
        if value is None or (value == 0.0 and self in _RATIOS):
            return None
        return 1.0 / value if self in _RATIOS else -value


_RATIOS = frozenset([Measure.RR, Measure.OR, Measure.HR])
