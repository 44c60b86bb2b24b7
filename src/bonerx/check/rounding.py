"""How far a printed figure may be from what it was computed from: half a unit of its last decimal."""

import math
from decimal import Decimal
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


def half_unit(*figures: float | None) -> float:
    """Return half a unit of the last decimal that figures printed alike have, so that 0.6 beside 0.45 is 0.60."""
    return 0.5 * 10.0 ** -max((_decimals(figure) for figure in figures if figure is not None), default=0)


def span(figure: float, half: float) -> Span:
    """Return the values that a figure rounded to `half` a unit may stand for."""
    slack = half * 1e-9 + abs(figure) * 1e-12
    return Span(figure - half - slack, figure + half + slack)


def _decimals(figure: float) -> int:
    exponent = Decimal(repr(figure)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
