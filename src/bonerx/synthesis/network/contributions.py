"""Which comparisons and which studies carry an estimate of a network."""

from dataclasses import dataclass

import numpy as np

from bonerx.synthesis.network.blocks import FloatArray, IntArray
from bonerx.synthesis.network.gls import NetworkFit
from bonerx.synthesis.numeric.long_arithmetic import long_arithmetic, to_float

NO_FLOW = 1e-12  # a share of the evidence below this is rounding
EQUAL = 12  # digits to which shares that are alike but for rounding are equal, and stand in the order of their names


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """Shares, each kind summing to 1, in one network estimate: of comparisons (a, b, share) and of studies (study,
    share).

    Indices of treatments (a < b) and of studies; largest share first.
    """

    comparisons: tuple[tuple[int, int, float], ...]
    studies: tuple[tuple[int, float], ...]


def contributions(fit: NetworkFit, a: int, b: int) -> Contributions | None:
    """The shares of comparisons and studies in the network estimate of treatment a against b (indices).

    The estimate is a unit of evidence flowing from a to b through the network, each comparison carrying its element
    of the hat matrix. The flow splits into streams, one a path; each stream's share is divided equally among the
    comparisons on its path. A walk that leaves each treatment in proportion to the flows gives every path its stream,
    so no path is listed. A comparison's share is divided among its studies by their adjusted weights. None where
    flows run in a circle, which only variances of a multi-arm study that no independent arms could give bring about.
    Papakonstantinou and others 2018 (doi 10.12688/f1000research.14770.3); Davies and others 2022 (doi
    10.1002/sim.9346).
    """
    flow = evidence_flow(fit, a, b)
    order = _downstream_order(flow)
    if order is None:
        return None
    n = len(flow)
    leaving = flow.sum(axis=1)
    chance = np.divide(flow, leaving[:, None], out=np.zeros_like(flow), where=leaving[:, None] > 0)
    arrive, reach = np.zeros((n, n)), np.zeros((n, n))  # by treatment and number of steps
    arrive[a, 0] = reach[b, 0] = 1.0
    for node in order:
        arrive[:, 1:] += np.outer(chance[node], arrive[node, :-1])
    for node in order[::-1]:
        reach[node, 1:] += chance[node] @ reach[:, :-1]
    steps = np.arange(n)
    shared = arrive @ (1.0 / (steps[:, None] + steps[None, :] + 1.0)) @ reach.T
    share = chance * shared
    share = share + share.T
    i, j = np.nonzero(np.triu(share, 1) > NO_FLOW)
    total = float(share[i, j].sum())
    comparisons = [(int(x), int(y), float(share[x, y]) / total) for x, y in zip(i, j, strict=True)]
    return Contributions(
        comparisons=tuple(sorted(comparisons, key=lambda one: (-round(one[2], EQUAL), one[:2]))),
        studies=_by_study(fit, np.triu(share, 1) / total),
    )


def evidence_flow(fit: NetworkFit, a: int, b: int) -> FloatArray:
    """The flow (n, n) from row to column when one unit of evidence on a against b enters at a and leaves at b.

    Each comparison carries its weight times the difference of potentials, as current through a conductance
    (König, Krahn and Binder 2013, doi 10.1002/sim.6001; Rücker 2012, doi 10.1002/jrsm.1058).
    """
    with long_arithmetic():
        potential = fit.covariance[:, a] - fit.covariance[:, b]
        flow = to_float(-fit.laplacian * (potential[:, None] - potential[None, :]))
    np.fill_diagonal(flow, 0.0)
    return np.where(flow > NO_FLOW, flow, 0.0)


def _downstream_order(flow: FloatArray) -> IntArray | None:
    """Treatments so ordered that evidence flows from earlier to later ones only; None where it flows in a circle."""
    entering = (flow > 0).sum(axis=0)
    ready = [int(node) for node in np.flatnonzero(entering == 0)]
    order = []
    while ready:
        node = ready.pop()
        order.append(node)
        for following in np.flatnonzero(flow[node] > 0):
            entering[following] -= 1
            if entering[following] == 0:
                ready.append(int(following))
    return np.array(order, dtype=np.intp) if len(order) == len(flow) else None


def _by_study(fit: NetworkFit, share: FloatArray) -> tuple[tuple[int, float], ...]:
    """Each study's share: that of each of its comparisons in proportion to its part of the comparison's weight."""
    total = np.zeros(len(fit.data.studies))
    laplacian = to_float(fit.laplacian)
    for block, weight in zip(fit.data.blocks, fit.weights, strict=True):
        i, j = np.triu_indices(block.size, 1)
        cell = block.arms[:, i], block.arms[:, j]
        whole = laplacian[cell]  # 0 where an arm of variance 0 leaves the others of its study no weight between them
        part = np.divide(weight[:, i, j], whole, out=np.zeros_like(whole), where=whole != 0.0)
        total[block.study] += (share[cell] * part).sum(axis=1)
    carried = [(int(one), float(total[one])) for one in np.flatnonzero(np.abs(total) > NO_FLOW)]
    return tuple(sorted(carried, key=lambda one: (-round(one[1], EQUAL), one[0])))
