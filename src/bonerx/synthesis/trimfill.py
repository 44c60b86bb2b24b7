"""Guess which small studies a lopsided funnel plot lacks, add their mirror images, and pool again."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bonerx.synthesis.asymmetry import egger
from bonerx.synthesis.pairwise import Pooled, inverse_variance
from bonerx.synthesis.tau2 import FloatArray, Tau2Method, checked_effects, estimate_tau2


class Estimator(StrEnum):
    """How the number of missing studies is estimated: from the sum of ranks (L0) or the longest run (R0)."""

    L0 = "L0"
    R0 = "R0"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimFill:
    """The pooled effects after `k0` missing studies were added on the `side` named, analysis scale."""

    k0: int
    side: str
    filled_te: tuple[float, ...]
    filled_se: tuple[float, ...]
    common: Pooled
    random: Pooled
    tau2: float | None


def trim_and_fill(
    te: FloatArray,
    se: FloatArray,
    *,
    estimator: Estimator = Estimator.L0,
    centre_random: bool = False,
    method: Tau2Method = Tau2Method.DL,
    level: float = 0.95,
) -> TrimFill | None:
    """Trim the excess of k effects, shapes (k,), fill in their mirror images and pool; None with fewer than three.

    The excess lies on the side to which Egger's line falls; it is trimmed until the estimate of the missing number
    stands still, around the common-effect mean (meta's default) or the random-effects mean (`centre_random`).
    Duval, Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x.
    """
    y, s = checked_effects(te, se)
    test = egger(y, s)
    if test is None:
        return None
    sign = 1.0 if test.bias > 0.0 else -1.0  # after this sign the excess is among the largest, the gap on the left
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
        side="left" if sign > 0.0 else "right",
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
