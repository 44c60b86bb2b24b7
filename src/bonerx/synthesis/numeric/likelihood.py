"""The between-study variance of the highest likelihood: one rule for a pair of treatments and for a network.

The likelihood of tau2 can have several maxima, one of them at 0, and an iteration from one start finds one of them.
Its slope is half of gain(tau2) - cost(tau2); for every model of the engine neither part ever rises with tau2 (gain is
y'PRPy, cost tr(PR) or, for maximum likelihood, the sum of the weights). So the four values at the ends of an interval
can prove that the slope has one sign within, and only intervals without such a proof need a closer look.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bonerx.synthesis.numeric.root_finding import bracketed_root

FloatArray = NDArray[np.float64]
Slopes = Callable[[FloatArray], tuple[FloatArray, FloatArray]]

_FIRST_STEP = 16.0
_FINEST_STEP = 2.0 ** (1.0 / 16.0)
"""Two maxima that one interval of this width hid would differ by less than 4.5 % in tau2, the likelihood flat between
them."""


def highest_likelihood(
    slopes: Slopes, log_likelihood: Callable[[float], float], smallest: float, largest: float
) -> float:
    """The tau2 >= 0 of the highest likelihood among all its local maxima.

    `slopes` gives gain and cost, each (t,), for tau2 (t,). `smallest` is a tau2 that changes no weight by more than
    rounding of a thousandth, `largest` one beyond which the slope is negative (see `slope_bound`). A local maximum is
    0 where the slope there is not positive, or a point where the slope turns from positive to negative; a bracketed
    root polishes each and the likelihood decides.
    """
    width = np.log(largest) - np.log(smallest)
    steps = max(2, 1 + int(np.ceil(width / np.log(_FIRST_STEP))))
    tau2 = np.concatenate(([0.0], np.geomspace(smallest, largest, steps)))
    gain, cost = slopes(tau2)
    while True:
        surely_one_sign = (gain[:-1] < cost[1:]) | (gain[1:] > cost[:-1])
        wide = tau2[1:] > _FINEST_STEP * np.maximum(tau2[:-1], smallest)
        at = np.flatnonzero(~surely_one_sign & wide)
        if not at.size:
            break
        between = np.sqrt(tau2[at]) * np.sqrt(tau2[at + 1])
        more_gain, more_cost = slopes(between)
        order = np.argsort(np.concatenate((tau2, between)), kind="stable")
        tau2, gain, cost = (
            np.concatenate(pair)[order] for pair in ((tau2, between), (gain, more_gain), (cost, more_cost))
        )

    signs = gain - cost
    known: dict[float, float] = dict(zip(tau2.tolist(), signs.tolist(), strict=True))

    def slope(value: float) -> float:
        if value not in known:
            one_gain, one_cost = slopes(np.array([value]))
            known[value] = float(one_gain[0] - one_cost[0])
        return known[value]

    maxima = [0.0] if signs[0] <= 0.0 else []
    turns = np.flatnonzero((signs[:-1] > 0.0) & (signs[1:] <= 0.0))
    maxima.extend(bracketed_root(slope, float(tau2[i]), float(tau2[i + 1])) for i in turns)
    return maxima[0] if len(maxima) == 1 else max(maxima, key=log_likelihood)


def slope_bound(squares: float, df: int, variance: float) -> float:
    """A tau2 at and beyond which the slope of any of these likelihoods is negative.

    `squares` is the residual sum of squares with all sampling variances 0 and tau2 = 1, on `df` degrees of freedom,
    `variance` the largest sampling variance. There the gain is at most squares/tau2² and the cost at least
    df/(variance + tau2), since P falls when variances grow.
    """
    return 4.0 * max(variance, squares / df)
