"""Which components, and which of their interactions, a treatment consists of, and what the data can tell apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.errors import UsageError
from bonerx.model.regimen import parts_of
from bonerx.synthesis.network.blocks import FloatArray
from bonerx.synthesis.network.connectivity import part_labels
from bonerx.synthesis.network.data import NetworkData

RANK_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentMatrix:
    """Rows are treatments, columns terms (n, c): 1 where the treatment has all the term's components.

    `terms` names each column's components (one: a component; several: an interaction), `names` joins them with ` * `.
    `dropped` are interactions that no study tells apart from the other terms.
    """

    inactive: str | None
    names: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]
    matrix: FloatArray
    dropped: tuple[str, ...]


def split_components(treatment: str) -> tuple[str, ...]:
    """The components of a treatment, sorted, each once: what its label joins by `+`; `Ca2+` is one, whole."""
    return tuple(sorted(set(parts_of(treatment))))


def any_combined(treatments: Iterable[str]) -> bool:
    """Whether any treatment has several components."""
    return any(len(split_components(one)) > 1 for one in treatments)


def combinations_of(treatments: Iterable[str], inactive: str | None = None) -> list[tuple[str, ...]]:
    """The distinct sets of two or more active components that occur as a treatment, sorted: candidates for
    interaction."""
    active = {tuple(part for part in split_components(one) if part != inactive) for one in treatments}
    return sorted(parts for parts in active if len(parts) > 1)


def component_matrix(
    treatments: Sequence[str],
    *,
    inactive: str | None = None,
    interactions: Sequence[Sequence[str]] = (),
    data: NetworkData,
) -> ComponentMatrix:
    """The matrix of components and interactions of a network's treatments (C in Rücker 2020, doi
    10.1002/bimj.201800167).

    Raises UsageError when `inactive`, or a component of an interaction, is not among the components.
    """
    parts = [split_components(one) for one in treatments]
    known = {part for one in parts for part in one}
    if inactive is not None and inactive not in known:
        raise UsageError(f"the inactive treatment `{inactive}` is not in this network")
    single = [(part,) for part in sorted(known) if part != inactive]
    wanted = sorted({tuple(sorted(set(one))) for one in interactions})
    for term in wanted:
        missing = sorted(part for part in term if part == inactive or part not in known)
        if missing or len(term) < 2:
            raise UsageError(f"an interaction needs two or more components of this network, not {' * '.join(term)}")
    terms: list[tuple[str, ...]] = list(single)
    matrix = _columns(parts, terms)
    dropped = []
    for term in wanted:
        extended = _columns(parts, [*terms, term])
        if estimable_space(data, extended).shape[1] > estimable_space(data, matrix).shape[1]:
            terms, matrix = [*terms, term], extended
        else:
            dropped.append(" * ".join(term))
    return ComponentMatrix(
        inactive=inactive,
        names=tuple(" * ".join(term) for term in terms),
        terms=tuple(terms),
        matrix=matrix,
        dropped=tuple(dropped),
    )


def estimable_space(data: NetworkData, matrix: FloatArray) -> FloatArray:
    """An orthonormal basis (c, r) of the sums of components (columns of `matrix`, (n, c)) that the studies determine.

    Studies compare treatments within a connected part only, so what they determine are the differences of rows within
    parts: the row space of the matrix centred part by part, which no weight changes.
    """
    _, values, rows = np.linalg.svd(_centred(data, matrix), full_matrices=False)
    return np.asarray(rows[values > RANK_TOLERANCE * max(1.0, values.max(initial=0.0))].T)


def independent_columns(data: NetworkData, matrix: FloatArray) -> list[int]:
    """The first columns of `matrix` that no others before them make superfluous for the differences within parts."""
    rest = _centred(data, matrix)
    chosen: list[int] = []
    for column in range(matrix.shape[1]):
        length = float(np.linalg.norm(rest[:, column]))
        if length > RANK_TOLERANCE * max(1.0, float(np.linalg.norm(matrix[:, column]))):
            chosen.append(column)
            unit = rest[:, column] / length
            rest = rest - np.outer(unit, unit @ rest)
    return chosen


def _centred(data: NetworkData, matrix: FloatArray) -> FloatArray:
    """The matrix with every connected part's rows about their mean."""
    labels = part_labels(data)
    counts = np.bincount(labels).astype(float)
    means = np.zeros((len(counts), matrix.shape[1]))
    np.add.at(means, labels, matrix)
    return np.asarray(matrix - (means / counts[:, None])[labels])


def not_estimable_reason(design: ComponentMatrix, column: int) -> str:
    """Why a component's effect is not estimable, in words."""
    same = [
        name
        for other, name in enumerate(design.names)
        if other != column and np.array_equal(design.matrix[:, other], design.matrix[:, column])
    ]
    if same:
        return f"always given together with {' and '.join(f'`{name}`' for name in same)}"
    return "no chain of comparisons tells its effect apart from that of the other components"


def _columns(parts: Sequence[tuple[str, ...]], terms: Sequence[tuple[str, ...]]) -> FloatArray:
    return np.array([[float(set(term) <= set(one)) for term in terms] for one in parts]).reshape(len(parts), len(terms))
