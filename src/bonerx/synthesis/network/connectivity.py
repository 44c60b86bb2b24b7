"""Which treatments are joined by evidence, and which missing comparison would join those that are not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.synthesis.network.blocks import IntArray
from bonerx.synthesis.network.data import NetworkData, select_studies


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLink:
    """A comparison that, if made, would join two parts of a network: the best connected treatment of each."""

    a: str
    b: str


def part_labels(data: NetworkData) -> IntArray:
    """The connected part of each treatment (n,), parts numbered in the order of their first treatment."""
    parent = list(range(len(data.treatments)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for block in data.blocks:
        for first, *others in np.unique(block.arms, axis=0).tolist():
            for other in others:
                a, b = root(first), root(other)
                parent[max(a, b)] = min(a, b)
    roots = [root(node) for node in range(len(parent))]
    number = {one: i for i, one in enumerate(sorted(set(roots)))}
    return np.array([number[one] for one in roots], dtype=np.intp)


def connected_parts(data: NetworkData) -> tuple[NetworkData, ...]:
    """The connected parts of a network as networks of their own, ordered by their first treatment."""
    labels = part_labels(data)
    of_study = np.zeros(len(data.studies), dtype=np.intp)
    for block in data.blocks:
        of_study[block.study] = labels[block.arms[:, 0]]
    return tuple(select_studies(data, of_study == part) for part in range(int(labels.max(initial=-1)) + 1))


def study_counts(data: NetworkData) -> IntArray:
    """In how many studies each treatment stands (n,)."""
    places = [block.arms.ravel() for block in data.blocks]
    joined = np.concatenate(places) if places else np.zeros(0, dtype=np.intp)
    return np.bincount(joined, minlength=len(data.treatments))


def degrees(data: NetworkData) -> IntArray:
    """With how many other treatments each treatment was compared directly (n,)."""
    n = len(data.treatments)
    compared = np.zeros((n, n), dtype=bool)
    for block in data.blocks:
        compared[block.arms[:, :, None], block.arms[:, None, :]] = True
    return np.asarray(compared.sum(axis=1) - compared.diagonal(), dtype=np.intp)


def joining_links(parts: Sequence[NetworkData]) -> tuple[tuple[int, int], ...]:
    """The pairs of parts (i < j) between which one comparison each joins all: one fewer than there are parts.

    Every other part is joined to the one of most studies, then of most treatments, then the first: new trials then
    borrow from as much as there is.
    """
    if not parts:
        return ()
    centre = max(range(len(parts)), key=lambda i: (len(parts[i].studies), len(parts[i].treatments), -i))
    return tuple((min(centre, i), max(centre, i)) for i in range(len(parts)) if i != centre)


def missing_links(parts: Sequence[NetworkData]) -> dict[tuple[int, int], MissingLink]:
    """For every two parts (i < j) the comparison that would join them.

    Of each part it takes the treatment compared with most others, then the one in most studies, then the first by name.
    """
    best = []
    for part in parts:
        order = np.lexsort((np.arange(len(part.treatments)), -study_counts(part), -degrees(part)))
        best.append(part.treatments[order[0]])
    return {(i, j): MissingLink(a=best[i], b=best[j]) for i in range(len(parts)) for j in range(i + 1, len(parts))}
