"""Guess which small studies a lopsided funnel plot lacks, add their mirror images, and pool again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np

from bonerx.synthesis.pairwise.inverse_variance import Pooled, inverse_variance
from bonerx.synthesis.pairwise.meta_regression import Covariate, meta_regression
from bonerx.synthesis.pairwise.tau2 import FloatArray, Tau2Method, checked_effects, estimate_tau2

Side = Literal["left", "right"]
LEAST_STUDIES = 3


class Estimator(StrEnum):
    """How the number of missing studies is estimated: from the sum of ranks (L0) or the longest run (R0)."""

    L0 = "L0"
    R0 = "R0"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimFill:
    """The pooled effects after `k0` missing studies were added on the `side` named, analysis scale."""

    k0: int
    side: Side
    filled_te: tuple[float, ...]
    filled_se: tuple[float, ...]
    common: Pooled
    random: Pooled
    tau2: float | None


def missing_side(te: FloatArray, se: FloatArray, method: Tau2Method | None) -> Side | None:
    """Where small studies are missing, shapes (k,): on the left unless the effects fall as their errors grow.

    The slope is that of the regression with the residual tau2 of `method`, None the common effect (Egger's line). None
    with fewer than three studies, or where all errors are the same.
    """
    if len(te) < LEAST_STUDIES or np.ptp(se) == 0.0:
        return None
    slope = meta_regression(te, se, [Covariate(name="se", values=list(se))], method=method).coefficients["se"].te
    return "right" if slope < 0.0 else "left"


def trim_and_fill(
    te: FloatArray,
    se: FloatArray,
    *,
    estimator: Estimator = Estimator.L0,
    centre_random: bool = False,
    side: Side | None = None,
    method: Tau2Method = Tau2Method.DL,
    level: float = 0.95,
) -> TrimFill | None:
    """Trim the excess of k effects, shapes (k,), fill in their mirror images and pool; None with fewer than three.

    The excess is trimmed until the estimate of the missing number stands still, around the common-effect mean (meta's
    default) or the random-effects mean (`centre_random`, with the tau2 of `method`). `side` is where studies are
    missing; unless it is given it is told, as metafor does, by the slope of the effects on their standard errors in
    the model that is centred on. meta tells it by the common-effect slope even where it centres on random effects.
    None also where all errors are the same, since no slope tells the side. Duval, Tweedie 2000,
    doi:10.1111/j.0006-341X.2000.00455.x.
    """
    y, s = checked_effects(te, se)
    side = side or missing_side(y, s, method if centre_random else None)
    if side is None or y.size < LEAST_STUDIES:
        return None
    sign = 1.0 if side == "left" else -1.0  # after this sign the excess is among the largest, the gap on the left
    order = np.argsort(sign * y, kind="stable")
    turned, errors = (sign * y)[order], s[order]
    k = int(y.size)

    def centre(count: int) -> float:
        tau2 = estimate_tau2(turned[:count], errors[:count], method) if centre_random else 0.0
        return inverse_variance(turned[:count], errors[:count], tau2 or 0.0).te

    k0, seen = 0, set[int]()
    mean = centre(k)
    while k0 not in seen:
        seen.add(k0)
        mean = centre(k - k0)
        k0 = min(_missing(turned - mean, estimator), k - 1)
    filled = 2.0 * mean - turned[k - k0 :]
    whole = np.concatenate((y, sign * filled))
    whole_se = np.concatenate((s, errors[k - k0 :]))
    tau2 = estimate_tau2(whole, whole_se, method)
    return TrimFill(
        k0=k0,
        side=side,
        filled_te=tuple((sign * filled).tolist()),
        filled_se=tuple(errors[k - k0 :].tolist()),
        common=inverse_variance(whole, whole_se, level=level),
        random=inverse_variance(whole, whole_se, tau2 or 0.0, level=level),
        tau2=tau2,
    )


def _missing(deviation: FloatArray, estimator: Estimator) -> int:
    """The estimated number of studies missing on the left of sorted deviations from the centre, shape (k,)."""
    k = deviation.size
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(deviation), kind="stable")] = np.arange(1.0, k + 1.0)
    if estimator is Estimator.L0:
        above = float(ranks[deviation > 0.0].sum())
        return max(0, round((4.0 * above - k * (k + 1)) / (2.0 * k - 1.0)))
    below = ranks[deviation < 0.0]
    return max(0, k - int(below.max(initial=0.0)) - 1)
