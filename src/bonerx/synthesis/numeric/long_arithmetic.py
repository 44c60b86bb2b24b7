"""Numbers of 120 digits, for networks whose weights differ so much that floats would lose the lighter ones.

Arrays of them are numpy object arrays of `decimal.Decimal`, with which sums, products and `@` work as with floats; what
numpy has for floats only stands here. All calculation with them happens inside `long_arithmetic()`.
"""

from contextlib import AbstractContextManager
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

LongArray = NDArray[Any]
"""An object array of Decimals; in functions that take both kinds also an array of floats."""
DIGITS = 120


def long_arithmetic() -> AbstractContextManager[Context]:
    """Return the context in which Decimals keep 120 digits."""
    return localcontext(Context(prec=DIGITS, Emin=-99_999, Emax=99_999))


def is_long(values: LongArray) -> bool:
    """Return whether an array holds Decimals."""
    return values.dtype == object


def to_long(values: LongArray) -> LongArray:
    """Return floats or Fractions as Decimals: floats exactly, Fractions to 120 digits."""
    flat = [
        Decimal(one.numerator) / Decimal(one.denominator) if isinstance(one, Fraction) else Decimal(one)
        for one in values.ravel().tolist()
    ]
    found = np.empty(len(flat), dtype=object)
    found[:] = flat
    return found.reshape(values.shape)


def to_float(values: LongArray) -> NDArray[np.float64]:
    """Return the nearest floats."""
    return np.asarray(values, dtype=np.float64)


def sum_at(cells: NDArray[np.intp], values: LongArray, size: int) -> LongArray:
    """Sum values into an array (size,) at the cells, both flat."""
    if not is_long(values):
        return np.bincount(cells, weights=values, minlength=size)
    total = to_long(np.zeros(size))
    np.add.at(total, cells, values)
    return total


def positive_inverse(matrix: LongArray) -> tuple[LongArray, LongArray]:
    """The inverses of positive definite matrices (..., m, m) and the pivots (..., m), whose product is the determinant.

    Gauss-Jordan elimination, which needs no exchange of rows where the matrix is positive definite.
    """
    rest = matrix.copy()
    m = matrix.shape[-1]
    pivots = np.empty(matrix.shape[:-1], dtype=object)
    for k in range(m):
        pivot = rest[..., k, k : k + 1].copy()
        column = rest[..., :, k].copy()
        row = rest[..., k, :] / pivot
        pivots[..., k] = pivot[..., 0]
        rest = rest - column[..., :, None] * row[..., None, :]
        rest[..., k, :] = row
        rest[..., :, k] = -column / pivot
        rest[..., k, k] = 1 / pivot[..., 0]
    return rest, pivots
