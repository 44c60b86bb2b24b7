"""Quantiles and tail probabilities of the four distributions that intervals and tests of a meta-analysis rest on.

They come from scipy.special: scipy.stats holds the same functions, but importing it alone costs more than a whole
analysis (about three times scipy.special, seventy times a bare start of Python).
"""

from scipy.special import chdtrc, chdtri, fdtrc, ndtr, ndtri, stdtr, stdtrit

from bonerx.errors import UsageError


def checked_level(level: float) -> float:
    """`level` itself when it is a confidence level between 0 and 1; UsageError otherwise."""
    if not 0.0 < level < 1.0:
        raise UsageError(f"the confidence level must lie between 0 and 1, not {level}", hint="95 % is written 0.95")
    return level


def critical_value(level: float, df: float | None = None) -> float:
    """The two-sided critical value at confidence `level`: of the normal distribution, or of t with `df` degrees."""
    upper = 0.5 + checked_level(level) / 2.0
    return float(ndtri(upper)) if df is None else float(stdtrit(df, upper))


def two_sided_p(statistic: float, df: float | None = None) -> float:
    """The two-sided p value of a statistic that is standard normal, or t with `df` degrees of freedom."""
    return 2.0 * float(ndtr(-abs(statistic)) if df is None else stdtr(df, -abs(statistic)))


def chi2_p(q: float, df: float) -> float:
    """The probability that chi-squared with `df` degrees of freedom exceeds `q`."""
    return float(chdtrc(df, q))


def chi2_quantile(probability: float, df: float) -> float:
    """The value chi-squared with `df` degrees of freedom stays below with `probability`."""
    return float(chdtri(df, 1.0 - probability))


def f_p(f: float, df1: float, df2: float) -> float:
    """The probability that F with `df1` and `df2` degrees of freedom exceeds `f`."""
    return float(fdtrc(df1, df2, f))
