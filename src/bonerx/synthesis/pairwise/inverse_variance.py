"""Pool the effects of studies of one pair of treatments, with one common effect or with effects that vary."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bonerx.synthesis.numeric.distributions import critical_value, two_sided_p
from bonerx.synthesis.pairwise.tau2 import FloatArray, Tau2Method, checked_effects, estimate_tau2


class AdHoc(StrEnum):
    """What is done where the plain Hartung–Knapp interval is too narrow to be believed.

    `NONE`: nothing. `SE`: the Wald standard error, if larger, with the t quantile. `CI`: the Wald interval, if wider.
    `IQWIG6`: the Wald standard error with the t quantile where the Hartung–Knapp interval is narrower than the Wald
    interval that the DerSimonian–Laird tau2 gives (meta takes it there even if it is the smaller of the two errors).
    """

    NONE = "none"
    SE = "se"
    CI = "ci"
    IQWIG6 = "iqwig6"


class Prediction(StrEnum):
    """How a prediction interval is built: the distribution and standard error behind it."""

    T1 = "t(k-1)"
    HTS = "HTS"
    NORMAL = "normal"
    HK = "HK"


EQUAL = "the effects are all the same: the interval has no width"
"""What is said of an interval that rests on the spread of effects alone, where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """An estimate on the analysis scale with its interval and two-sided test; `df` None means the normal.

    With a standard error of 0 (plain Hartung–Knapp of equal effects) the interval has no width, and there is no test.
    """

    te: float
    se: float
    ci_low: float
    ci_high: float
    statistic: float | None
    df: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A prediction interval on the analysis scale; None limits when it is not defined, or no width, with the reason."""

    definition: Prediction
    ci_low: float | None
    ci_high: float | None
    se: float | None
    df: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomEffects:
    """The mean of effects that vary between studies: Wald and Hartung–Knapp intervals, and where a new study may lie.

    tau2 is None with one study, which is then given as it stands. `hk` is what the ad hoc rule makes of `hk_plain`.
    """

    k: int
    tau2_method: Tau2Method
    tau2: float | None
    wald: Pooled
    hk: Pooled
    hk_plain: Pooled
    adhoc: AdHoc
    prediction: Interval


def estimate_with(te: float, se: float, level: float = 0.95, df: float | None = None) -> Pooled:
    """`te` with its interval te ± critical value × se and test, normal or t with `df` degrees of freedom."""
    if se == 0.0:
        return Pooled(te=te, se=se, ci_low=te, ci_high=te, statistic=None, df=df, p=None)
    half = critical_value(level, df) * se
    statistic = te / se
    return Pooled(
        te=te, se=se, ci_low=te - half, ci_high=te + half, statistic=statistic, df=df, p=two_sided_p(statistic, df)
    )


def weights(se: FloatArray, tau2: float = 0.0) -> FloatArray:
    """Inverse-variance weights 1/(se² + tau2) as shares of one, shape (k,)."""
    w = 1.0 / (np.square(np.asarray(se, dtype=np.float64)) + tau2)
    return np.asarray(w / w.sum())


def inverse_variance(te: FloatArray, se: FloatArray, tau2: float = 0.0, *, level: float = 0.95) -> Pooled:
    """The inverse-variance mean of k effects, shapes (k,), with weights 1/(se² + tau2) and its Wald interval.

    tau2 = 0 is the common-effect model; otherwise random effects, DerSimonian, Laird 1986,
    doi:10.1016/0197-2456(86)90046-2.
    """
    y, s = checked_effects(te, se)
    w = 1.0 / (s * s + tau2)
    total = float(w.sum())
    return estimate_with(float((w * y).sum()) / total, math.sqrt(1.0 / total), level)


def hartung_knapp(
    te: FloatArray, se: FloatArray, tau2: float, *, adhoc: AdHoc = AdHoc.CI, level: float = 0.95
) -> Pooled:
    """The random-effects mean with the Hartung–Knapp standard error and t(k − 1); with one study the Wald estimate.

    se² = Σ w (te − mean)² / ((k − 1) Σ w), w = 1/(se² + tau2): Hartung, Knapp 2001, doi:10.1002/sim.1009; Sidik,
    Jonkman 2002, doi:10.1002/sim.1262. Where all effects are equal it is 0 and the interval has no width. Where the
    studies agree better than chance it can be narrower than the Wald interval: `adhoc` says what then (`SE`: Knapp,
    Hartung 2003, doi:10.1002/sim.1482; `CI`: the second hybrid method of Jackson et al. 2017, doi:10.1002/sim.7411).
    """
    y, s = checked_effects(te, se)
    wald = inverse_variance(y, s, tau2, level=level)
    k = y.size
    if k < 2:
        return wald
    w = 1.0 / (s * s + tau2)
    hk_se = math.sqrt(float((w * (y - wald.te) ** 2).sum() / ((k - 1) * w.sum()))) if _differ(y, s) else 0.0
    plain = estimate_with(wald.te, hk_se, level, k - 1)
    width = plain.ci_high - plain.ci_low
    if adhoc is AdHoc.CI and width < wald.ci_high - wald.ci_low:
        return wald
    if adhoc is AdHoc.SE:
        return estimate_with(wald.te, max(hk_se, wald.se), level, k - 1)
    if adhoc is AdHoc.IQWIG6:
        classic = inverse_variance(y, s, estimate_tau2(y, s, Tau2Method.DL) or 0.0, level=level)
        if width < classic.ci_high - classic.ci_low:
            return estimate_with(wald.te, wald.se, level, k - 1)
    return plain


def _differ(te: FloatArray, se: FloatArray) -> bool:
    """Whether effects differ by more than the rounding of the subtractions and logarithms that made them."""
    return bool(np.ptp(te) > 8.0 * np.finfo(np.float64).eps * max(np.abs(te).max(), se.min()))


def prediction_interval(
    te: FloatArray,
    se: FloatArray,
    tau2: float | None,
    *,
    definition: Prediction = Prediction.T1,
    level: float = 0.95,
) -> Interval:
    """Where the effect of a further study is expected, shapes (k,): mean ± critical value × √(tau2 + se of mean²).

    `T1`: t(k − 1), the default of meta; `HTS`: t(k − 2), Higgins, Thompson, Spiegelhalter 2009,
    doi:10.1111/j.1467-985X.2008.00552.x; `NORMAL`: normal; `HK`: t(k − 1) with the plain Hartung–Knapp error.
    Not defined with one study, nor for `HTS` with two.
    """
    y, s = checked_effects(te, se)
    k = y.size
    needed = 3 if definition is Prediction.HTS else 2
    if tau2 is None or k < needed:
        reason = f"a prediction interval of this definition needs {needed} studies"
        return Interval(definition=definition, ci_low=None, ci_high=None, se=None, df=None, reason=reason)
    if definition is Prediction.HK:
        mean = hartung_knapp(y, s, tau2, adhoc=AdHoc.NONE, level=level)
    else:
        mean = inverse_variance(y, s, tau2, level=level)
    df = {Prediction.T1: k - 1.0, Prediction.HK: k - 1.0, Prediction.HTS: k - 2.0}.get(definition)
    spread = math.sqrt(tau2 + mean.se**2)
    half = critical_value(level, df) * spread
    no_width = EQUAL if spread == 0.0 else None
    return Interval(
        definition=definition, ci_low=mean.te - half, ci_high=mean.te + half, se=spread, df=df, reason=no_width
    )


def random_effects(
    te: FloatArray,
    se: FloatArray,
    *,
    method: Tau2Method = Tau2Method.REML,
    adhoc: AdHoc = AdHoc.CI,
    definition: Prediction = Prediction.T1,
    centre: float | None = None,
    level: float = 0.95,
) -> RandomEffects:
    """The random-effects analysis of k ≥ 1 studies with effects `te` and errors `se`, shapes (k,), analysis scale.

    `centre` is the Mantel–Haenszel mean about which DerSimonian–Laird takes its Q (`estimate_tau2`).
    """
    tau2 = estimate_tau2(te, se, method, centre=centre)
    return RandomEffects(
        k=len(te),
        tau2_method=method,
        tau2=tau2,
        wald=inverse_variance(te, se, tau2 or 0.0, level=level),
        hk=hartung_knapp(te, se, tau2 or 0.0, adhoc=adhoc, level=level),
        hk_plain=hartung_knapp(te, se, tau2 or 0.0, adhoc=AdHoc.NONE, level=level),
        adhoc=adhoc,
        prediction=prediction_interval(te, se, tau2, definition=definition, level=level),
    )
