"""Studies of one size side by side in arrays, because every quantity of a network is a sum over small blocks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bonerx.synthesis.numeric.long_arithmetic import LongArray, is_long, positive_inverse, to_long

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEffects:
    """One study's contrasts: `te[i, j]` is treatment i minus treatment j, `v[i, j]` its variance; both (m, m),
    analysis scale.

    `covariance` (m, m) is a covariance of the arms that has these variances of contrasts, in floats or Fractions: where
    one arm is far more precise than another, `v` keeps too few digits of the smaller variance. None takes -v/2.
    `note` says where printed figures do not fit together exactly.
    """

    study: str
    treatments: tuple[str, ...]
    te: FloatArray
    v: FloatArray
    covariance: LongArray | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Block:
    """All k studies that have m arms.

    `study` (k,) and `arms` (k, m) are indices into the network's studies and treatments (arms ascending); `te` (k, m,
    m) and `v` (k, m, m) are contrasts and their variances on the analysis scale. `modes` (k, m, m - 1) and `spread`
    (k, m - 1) are the eigenvectors and eigenvalues, orthogonal to the vector of ones, of the arms' covariance -v/2; a
    heterogeneity tau2 adds tau2/2 to every eigenvalue, so weights at any tau2 need no further decomposition.
    `covariance` (k, m, m) is the arms' covariance as in StudyEffects, from which weights of many digits are made.
    """

    study: IntArray
    arms: IntArray
    te: FloatArray
    v: FloatArray
    modes: FloatArray
    spread: FloatArray
    covariance: LongArray

    @property
    def size(self) -> int:
        """The number of arms m of each study."""
        return int(self.arms.shape[1])

    @cached_property
    def independent(self) -> bool:
        """Whether the arms of every study are independent of each other, with variances of their own."""
        if is_long(self.covariance):
            return False
        own, apart = (self.covariance[:, each] for each in (np.eye(self.size) == 1.0, np.eye(self.size) == 0.0))
        return bool((own > 0.0).all() and not apart.any())

    def own_ratio(self, tau2: float) -> float:
        """The largest ratio of two weights of one study that decomposing its covariance makes inexact, at least 1."""
        if self.size == 2 or self.independent:
            return 1.0
        largest, smallest = self.spread.max(axis=1) + tau2 / 2.0, self.spread.min(axis=1) + tau2 / 2.0
        return float((largest / smallest).max()) if (smallest > 0.0).all() else float("inf")

    @property
    def variances(self) -> tuple[float, float]:
        """The smallest and the largest variance of a contrast."""
        apart = self.v[:, ~np.eye(self.size, dtype=bool)]
        return float(apart.min()), float(apart.max())

    def laplacians(self, tau2: float) -> FloatArray:
        """Each study's weights as a Laplacian (k, m, m): the pseudo-inverse of its arms' covariance plus tau2/2 in
        every arm.

        The off-diagonal elements are minus the adjusted weights of Rücker 2012 (doi 10.1002/jrsm.1058), and generalised
        least squares with these weights is exact for multi-arm studies (Rücker and Schwarzer 2014, doi
        10.1002/sim.6236). Of independent arms with weights w_i they are w_i w_j / sum w, without any decomposition.
        """
        if self.independent:
            own = 1.0 / (np.diagonal(self.covariance, axis1=1, axis2=2) + tau2 / 2.0)
            between = own[:, :, None] * (own / own.sum(axis=1, keepdims=True))[:, None, :]
            between[:, np.arange(self.size), np.arange(self.size)] = 0.0
            return np.asarray(between.sum(axis=2)[:, :, None] * np.eye(self.size) - between)
        scaled = self.modes / (self.spread + tau2 / 2.0)[:, None, :]
        return np.asarray(scaled @ self.modes.transpose(0, 2, 1))

    def long_variances(self) -> LongArray:
        """The contrasts' variances (k, m, m) with many digits."""
        c = to_long(self.covariance)
        own = np.diagonal(c, axis1=1, axis2=2)
        return np.asarray(own[:, :, None] + own[:, None, :] - 2 * c)

    def long_laplacians(self, tau2: float) -> tuple[LongArray, LongArray]:
        """The same weights with many digits, and the determinants (k,) of the contrasts' covariances they come from.

        The covariance of the contrasts against the first arm is inverted: exact whatever the arms' precisions.
        """
        c = to_long(self.covariance)
        inner = c[:, 1:, 1:] - c[:, 1:, :1] - c[:, :1, 1:] + c[:, :1, :1]
        m = self.size
        added = to_long((np.eye(m - 1) + np.ones((m - 1, m - 1))) / 2.0) * to_long(np.array([tau2]))[0]
        inverse, pivots = positive_inverse(inner + added)
        weights = np.empty(c.shape, dtype=object)
        weights[:, 1:, 1:] = inverse
        weights[:, 0, 1:] = -inverse.sum(axis=1)
        weights[:, 1:, 0] = -inverse.sum(axis=2)
        weights[:, 0, 0] = inverse.sum(axis=(1, 2))
        return weights, pivots.prod(axis=1)


def contrast_basis(m: int) -> FloatArray:
    """Orthonormal rows (m - 1, m), each orthogonal to the vector of ones (Helmert's contrasts)."""
    basis = np.zeros((m - 1, m))
    for row in range(m - 1):
        basis[row, : row + 1] = 1.0
        basis[row, row + 1] = -(row + 1.0)
    return np.asarray(basis / np.linalg.norm(basis, axis=1, keepdims=True))


def covariance_modes(v: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues (k, m - 1) and eigenvectors (k, m, m - 1) of -v/2 on the space orthogonal to ones; `v` is (k, m, m).

    A matrix of contrast variances belongs to some covariance of arms if and only if all these eigenvalues are positive.
    """
    m = v.shape[-1]
    basis = contrast_basis(m)
    inner = -0.5 * (basis @ v @ basis.T)
    if m == 2:
        return inner[:, :, 0], np.broadcast_to(basis.T, (len(v), 2, 1)).copy()
    spread, rotation = np.linalg.eigh(inner)
    return spread, np.asarray(basis.T @ rotation)


def make_block(study: IntArray, arms: IntArray, te: FloatArray, v: FloatArray, covariance: LongArray) -> Block:
    """A block of k studies with m arms from arrays of shapes (k,), (k, m) and (k, m, m)."""
    spread, modes = covariance_modes(v)
    return Block(study=study, arms=arms, te=te, v=v, modes=modes, spread=spread, covariance=covariance)


def stack_blocks(
    studies: Iterable[StudyEffects], study_index: Mapping[str, int], treatment_index: Mapping[str, int]
) -> tuple[Block, ...]:
    """Blocks by ascending number of arms; each study's treatments must stand in the order of `treatment_index`."""
    by_size: dict[int, list[StudyEffects]] = defaultdict(list)
    for effects in studies:
        by_size[len(effects.treatments)].append(effects)
    blocks = []
    for _, members in sorted(by_size.items()):
        blocks.append(
            make_block(
                np.array([study_index[one.study] for one in members], dtype=np.intp),
                np.array([[treatment_index[name] for name in one.treatments] for one in members], dtype=np.intp),
                np.stack([one.te for one in members]),
                np.stack([one.v for one in members]),
                np.stack([-0.5 * one.v if one.covariance is None else one.covariance for one in members]),
            )
        )
    return tuple(blocks)


def take(block: Block, rows: IntArray | BoolArray, study_map: IntArray, treatment_map: IntArray) -> Block:
    """The chosen rows of a block with studies and treatments renumbered by the maps (old index to new)."""
    return Block(
        study=study_map[block.study[rows]],
        arms=treatment_map[block.arms[rows]],
        te=block.te[rows],
        v=block.v[rows],
        modes=block.modes[rows],
        spread=block.spread[rows],
        covariance=block.covariance[rows],
    )
