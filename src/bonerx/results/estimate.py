"""An effect with its interval: of which measure, whom it favours, and the same effect the other way round."""

from __future__ import annotations

from typing import Literal, Self, TypeAlias

from bonerx.model.measure import SIDES, Favours, Measure
from bonerx.results.result import IfKnown, Result, Unwritten

Number: TypeAlias = float | None
"""A number, None where it is not known or cannot be estimated."""
Better: TypeAlias = Literal["lower", "higher"]
"""Which values of an outcome are better."""


class Interval(Result):
    """Limits of an interval, as people read them."""

    ci_low: Number
    ci_high: Number
    reason: IfKnown[str] = None
    """Why there are none, or what is to be known of them."""
    measure: Unwritten[Measure]

    @property
    def known(self) -> bool:
        """Whether both limits are."""
        return self.ci_low is not None and self.ci_high is not None

    @property
    def includes_null(self) -> bool:
        """Whether it holds the value that means no effect; an interval that is not known may hold it."""
        return self.favours(None) in (None, "no-clear-difference")

    def favours(self, better: str | None) -> Favours | None:
        """Return whom the whole interval favours, None where its limits are not known.

        `better` says which values of the outcome are better: `lower`, `higher`, or None where that is not known.
        """
        return self.measure.favours(self.ci_low, self.ci_high, better)

    def side(self, better: str) -> int | None:
        """Return whom the whole interval favours: 0 for `a`, 1 for `b`, None for neither."""
        return SIDES.get(self.favours(better) or "")

    def turned(self) -> Self:
        """Return the interval of b against a."""
        low, high = self.measure.turned(self.ci_high), self.measure.turned(self.ci_low)
        return self.replace(ci_low=low, ci_high=high)


class Estimate(Interval, first=("te", "se", "value", "ci_low", "ci_high", "p")):
    """An effect of a against b with its interval.

    `te` and `se` are on the analysis scale (the logarithm of RR, OR and HR), a minus b; the others as people read them.
    """

    te: Number
    se: Number
    value: Number
    p: Number

    @property
    def figures(self) -> tuple[Number, Number, Number, Measure]:
        """The effect, its limits and its measure, as a cell of a table shows them."""
        return self.value, self.ci_low, self.ci_high, self.measure

    def turned(self) -> Self:
        """Return the effect of b against a."""
        te = None if self.te is None else -self.te
        return super().turned().replace(te=te, value=self.measure.turned(self.value))
