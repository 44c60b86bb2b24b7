"""Find where a function of one number changes sign, surely and to full precision.

Importing scipy.optimize costs a fifth more than scipy.special, which the engine needs anyway; these lines do the same.
"""

import sys
from collections.abc import Callable

from bonerx.errors import UsageError

_PRECISION = 2.0 * sys.float_info.epsilon


def bracketed_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the x in [low, high] at which `function` changes sign, to the precision of a float.

    Chandrupatla 1997, doi:10.1016/S0965-9978(96)00051-8: inverse quadratic interpolation where it is safe, bisection
    elsewhere, so that it neither leaves the bracket nor stalls. Raises UsageError when the signs at the ends do not
    enclose a change.
    """
    near, far = high, low
    at_near, at_far = function(near), function(far)
    if at_near * at_far > 0.0 or at_near != at_near or at_far != at_far:
        raise UsageError(f"no change of sign between {low} and {high}")
    share = 0.5
    while True:
        x = near + share * (far - near)
        at_x = function(x)
        if (at_x > 0.0) == (at_near > 0.0):
            older, at_older = near, at_near
        else:
            older, at_older = far, at_far
            far, at_far = near, at_near
        near, at_near = x, at_x
        best, at_best = (near, at_near) if abs(at_near) < abs(at_far) else (far, at_far)
        gap = abs(far - near)
        smallest = _PRECISION * abs(best) + sys.float_info.min
        if at_best == 0.0 or 2.0 * smallest > gap:
            return best
        xi = (near - far) / (older - far)
        phi = (at_near - at_far) / (at_older - at_far)
        share = 0.5
        if phi * phi < xi and (1.0 - phi) * (1.0 - phi) < 1.0 - xi:
            share = at_near / (at_far - at_near) * at_older / (at_far - at_older)
            share += (older - near) / (far - near) * at_near / (at_older - at_near) * at_far / (at_older - at_far)
        share = min(1.0 - smallest / gap, max(smallest / gap, share))
