"""Numbers rounded for people: as many digits as the reader needs, and never onto a value that changes the meaning."""

from math import ceil, floor, inf, isnan, log10

from bonerx.model.measure import RATIOS

UNKNOWN = "not known"
MOST_DECIMALS = 6
HUGE = 1e9
"""Numbers from this one on, and those too small for six decimals, are written with a power of ten."""


def count(value: float | None) -> str:
    """A whole number as it stands, without separators; a number of events may be a half after a correction."""
    return UNKNOWN if value is None else f"{value:.15g}"


def counted(value: float, noun: str, plural: str | None = None) -> str:
    """A count with its noun in the right form: `1 trial`, `2 trials`; `plural` where it is not the noun with an s."""
    return f"{count(value)} {noun if value == 1 else plural or noun + 's'}"


def number(value: float | None, null: float = 0.0) -> str:
    """A measured number with two decimals, or two significant digits when it is below 0.1."""
    small = value is not None and 0 < abs(value) < 0.1
    return fixed(value, 1 - floor(log10(abs(value))) if value and small else 2, null)


def fixed(value: float | None, decimals: int, null: float = 0.0) -> str:
    """A number at `decimals`, and more where it would read as `null` but is not: 0.998 is never written as 1.00.

    What even MOST_DECIMALS do not tell from `null` is written as that is: a sum of logarithms makes 1.0000000000000002.
    """
    if value is None or isnan(value):
        return UNKNOWN
    if not (value == 0 or 10**-MOST_DECIMALS <= abs(value) < HUGE):
        return f"{value:.2g}"
    decimals = min(decimals, MOST_DECIMALS)
    more = decimals
    while value != null and more < MOST_DECIMALS and float(f"{value:.{more}f}") == null:
        more += 1
    told = float(f"{value:.{more}f}") != null
    return _signed(f"{value:.{more if told else decimals}f}")


def estimate(value: float | None, low: float | None, high: float | None, measure: str | None = None) -> tuple[str, str]:
    """An effect and its interval: `("0.54", "(0.44 to 0.66)")`.

    The three numbers of a difference share the decimals that its interval needs; those of a ratio go each by its size.
    What differs from no effect by the rounding of a computer alone is written as no effect.
    """
    ratio = measure in RATIOS
    null = 1.0 if ratio else 0.0
    value, low, high = (_settled(part, null, low, high) for part in (value, low, high))
    if ratio:
        shown = [number(part, 1.0) for part in (value, low, high)]
    else:
        spread = high - low if low is not None and high is not None else 0.0
        decimals = max(2, ceil(1 - log10(spread))) if 0 < spread < inf else 2
        shown = [fixed(part, decimals) for part in (value, low, high)]
    known = low is not None or high is not None
    return shown[0], f"({shown[1]} to {shown[2]})" if known else "(interval not known)"


def percent(fraction: float | None) -> str:
    """A fraction as a percentage: whole from ten up, two digits below, 0% and 100% only where they are exact."""
    if fraction is None:
        return UNKNOWN
    share = 100 * fraction
    decimals = 0 if abs(share) >= 10 else 1
    while decimals < MOST_DECIMALS and fraction not in (0, 1) and float(f"{share:.{decimals}f}") in (0, 100):
        decimals += 1
    text = f"{share:.{decimals}f}"
    return _signed(text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def p_value(p: float | None) -> str:
    """A p-value with its sign, `p = 0.048` or `p < 0.001`; rounding never moves it onto 0.05."""
    if p is None:
        return f"p {UNKNOWN}"
    if p < 0.001:
        return "p < 0.001"
    if p > 0.99:
        return "p > 0.99"
    decimals = 2 if p >= 0.1 else 3
    while p != 0.05 and decimals < MOST_DECIMALS and float(f"{p:.{decimals}f}") == 0.05:
        decimals += 1
    return f"p = {p:.{decimals}f}"


def _settled(part: float | None, null: float, low: float | None, high: float | None) -> float | None:
    """`null` for a number that lies by less than a billionth of its interval from it, else the number."""
    if part is None or low is None or high is None or not high - low < inf:
        return part
    return null if abs(part - null) < 1e-9 * (high - low) else part


def _signed(text: str) -> str:
    """Rounding leaves no minus before zero."""
    return text.removeprefix("-") if not text.strip("-0.") else text
