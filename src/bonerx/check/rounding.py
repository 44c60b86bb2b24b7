"""The values that a printed figure may stand for, so that rounding alone is never a fault."""

import math
from typing import NamedTuple


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


def span(figure: float, half: float) -> Span:
    """Return the values that a figure rounded to `half` a unit may stand for."""
    slack = half * 1e-9 + abs(figure) * 1e-12
    return Span(figure - half - slack, figure + half + slack)
