"""The measures of effect, and what is said once of each: whether it is a ratio, and what means no effect."""

from enum import StrEnum
from math import exp, isfinite
from typing import Literal, TypeAlias

Favours: TypeAlias = Literal["favours-a", "favours-b", "no-clear-difference", "a-higher", "a-lower"]
"""Whom an interval favours; `a-higher` and `a-lower` where it is not known which way is better."""
SIDES = {"favours-a": 0, "favours-b": 1}
"""The sides that an interval may favour: 0 is `a`, 1 is `b`."""


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
        return self in RATIOS

    @property
    def null(self) -> float:
        """The displayed value that means no effect."""
        return 1.0 if self in RATIOS else 0.0

    def favours(self, low: float | None, high: float | None, better: str | None) -> Favours | None:
        """Return whom an interval of displayed effects of a against b favours as a whole, None without both limits.

        `better` says which values of the outcome are better: `lower`, `higher`, or None where that is not known.
        """
        if low is None or high is None:
            return None
        if low <= self.null <= high:
            return "no-clear-difference"
        higher = low > self.null
        if better is None:
            return "a-higher" if higher else "a-lower"
        return "favours-a" if higher == (better == "higher") else "favours-b"

    def displayed(self, x: float | None) -> float | None:
        """Return `x` of the analysis scale as people read it; None where that is not a number."""
        if x is None or not isfinite(x):
            return None
        try:
            return exp(x) if self in RATIOS else float(x)
        except OverflowError:
            return None

    def turned(self, value: float | None) -> float | None:
        """Return a displayed effect of a against b as one of b against a; None for what a ratio of 0 would become."""
        if value is None or (value == 0.0 and self in RATIOS):
            return None
        return 1.0 / value if self in RATIOS else -value


RATIOS = frozenset([Measure.RR, Measure.OR, Measure.HR])
"""The measures that are analysed as logarithms, and mean no effect at 1."""
