"""Effects of one treatment against another, on the scale they are analysed on."""

from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One randomised group's summary: `events` of `n`, or `mean` and `sd` of `n`; None is not known."""

    study: str
    treatment: str
    n: float
    events: float | None = None
    mean: float | None = None
    sd: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The effect `a` minus `b` in one study on the analysis scale, with its standard error (TE, seTE).

    `te_rounding` and `se_rounding` are how far each may be from what was rounded to the digits printed; 0 is exact.
    """

    study: str
    a: str
    b: str
    te: float
    se: float
    te_rounding: float = field(default=0.0, compare=False)
    se_rounding: float = field(default=0.0, compare=False)


def half_unit(*figures: float | None) -> float:
    """Return half a unit of the last decimal that figures printed alike have, so that 0.6 beside 0.45 is 0.60."""
    return 0.5 * 10.0 ** -max((_decimals(figure) for figure in figures if figure is not None), default=0)


def half_unit_of(text: str) -> float:
    """Return half a unit of the last digit of a number as it is written: 0.005 for `0.50`, 0.5e-3 for `12e-3`."""
    mantissa, _, exponent = text.lower().partition("e")
    half = 0.5 * float(f"1e{exponent or 0}") * 10.0 ** -len(mantissa.partition(".")[2])
    return half if isfinite(half) else 0.0


def _decimals(figure: float) -> int:
    exponent = Decimal(repr(figure)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
