"""Whom statements favour: claims of the strongest basis decide, and the weakest of their words bounds the answer."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from bonerx.questions.statements.match import STRENGTH
from bonerx.questions.statements.scope import Bearing

HEDGES = ("asserted", "suggested", "possible", "proposed")
"""Strength of wording, strongest first."""
UNDETERMINED = "undetermined"


class Comparison(NamedTuple):
    """A statement that compares the two sides; `favours` is 0 for the first, 1 for the second, None for neither."""

    bearing: Bearing
    favours: int | None


class Verdict(NamedTuple):
    """Whom the deciding comparisons favour, on which basis, in which strength of wording."""

    verdict: str
    side: int | None
    basis: str
    hedge: str | None
    claims: tuple[str, ...]

    def document(self, sides: tuple[str, str]) -> dict[str, Any]:
        """Return the verdict in the fields of the JSON document."""
        return {
            "verdict": self.verdict,
            "favoured": None if self.side is None else sides[self.side],
            "basis": self.basis,
            "hedge": self.hedge,
            "claims": list(self.claims),
        }


UNDECIDED = Verdict(UNDETERMINED, None, "none", None, ())
"""The verdict where no statement that may decide compares the two."""


def judge(comparisons: Iterable[Comparison]) -> Verdict:
    """Return the verdict of the deciding comparisons of the strongest basis present.

    All favour one side: that side. All see no difference: no-difference. Mixed: conflicting. None: undetermined.
    """
    deciding = [comparison for comparison in comparisons if comparison.bearing.decides]
    basis = min((comparison.bearing.basis for comparison in deciding), key=STRENGTH.index, default="none")
    deciding = [comparison for comparison in deciding if comparison.bearing.basis == basis]
    claims = tuple(comparison.bearing.statement.id for comparison in deciding)
    sides = {comparison.favours for comparison in deciding}
    if not deciding:
        return UNDECIDED
    hedge = weakest_hedge(comparison.bearing.statement.hedge for comparison in deciding)
    if len(sides) > 1:
        return Verdict("conflicting", None, basis, hedge, claims)
    (side,) = sides
    if side is None:
        return Verdict("no-difference", None, basis, hedge, claims)
    return Verdict(("favours-a", "favours-b")[side], side, basis, hedge, claims)


def weakest_hedge(levels: Iterable[str]) -> str:
    """Return the weakest of some strengths of wording."""
    return max(levels, key=HEDGES.index)


def favoured(bearing: Bearing, regimen_side: int) -> Comparison | None:
    """Return a comparing statement with the side it favours, given the side its regimen stands on.

    None where it compares without saying for whom: it then decides nothing.
    """
    statement = bearing.statement
    if statement.favours == "regimen":
        return Comparison(bearing, regimen_side)
    if statement.favours == "comparator":
        return Comparison(bearing, 1 - regimen_side)
    if statement.direction == "no-difference":
        return Comparison(bearing, None)
    return None
