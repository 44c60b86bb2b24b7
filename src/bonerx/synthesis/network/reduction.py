"""Every pair of a network reduced to one comparison, by sums of weights that lose no digits to differences.

A treatment is taken out of a network by the star-mesh transformation: its comparisons with the others become
comparisons among them, as when a resistor is taken out of a circuit. The reduced network gives the others the same
estimates, and where weights are positive nothing is ever subtracted, so that a comparison of small weight keeps its
digits beside one of large weight.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def reduced_pairs(weight: FloatArray, weighted: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Effect and variance (n, n) of every pair of a connected network.

    `weight` (n, n) holds each comparison's weight (the diagonal is passed over), `weighted` (n, n), antisymmetric, the
    weight times the effect of row against column. Treatments are taken out in turn: with p the shares of the weights of
    treatment k and d their sum, comparison ij gains the weight p_i w_kj. They are then put back in reverse: k against i
    has the effect of the mean of k's comparisons followed by what is known of i, and the variance 1/d + sum p_j v_ji -
    sum p_j p_l v_jl / 2, that of the mean of k's neighbours against i besides k's own (Rücker 2012, doi
    10.1002/jrsm.1058, for the network as a circuit).
    """
    n = len(weight)
    w, c = weight.copy(), weighted.copy()
    np.fill_diagonal(w, 0.0)
    shares, sources, totals = [], [], []
    for k in range(n - 1, 0, -1):
        row, source = w[k, :k], c[k, :k]
        total = float(row.sum())
        share = row / total
        w[:k, :k] += share[:, None] * row
        np.fill_diagonal(w, 0.0)
        moved = share[:, None] * source
        c[:k, :k] += moved - moved.T
        shares.append(share)
        sources.append(source / total)
        totals.append(total)
    te, v = np.zeros((n, n)), np.zeros((n, n))
    for k in range(1, n):
        share, source, total = shares[n - 1 - k], sources[n - 1 - k], totals[n - 1 - k]
        te[k, :k] = source.sum() + share @ te[:k, :k]
        te[:k, k] = -te[k, :k]
        spread = v[:k, :k] @ share
        v[k, :k] = v[:k, k] = 1.0 / total + spread - 0.5 * float(share @ spread)
    return te, v
