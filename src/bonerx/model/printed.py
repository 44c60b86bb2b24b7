"""How much rounding may have taken from a printed figure: half a unit of its last decimal."""

from decimal import Decimal
from math import isfinite


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
