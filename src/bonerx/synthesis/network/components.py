"""What each component of a combination adds: the additive component model, joined or not by ordinary comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.errors import UsageError
from bonerx.synthesis.network.blocks import BoolArray, FloatArray
from bonerx.synthesis.network.component_design import (
    ComponentMatrix,
    component_matrix,
    estimable_space,
    independent_columns,
)
from bonerx.synthesis.network.connectivity import connected_parts
from bonerx.synthesis.network.data import NetworkData
from bonerx.synthesis.network.gls import (
    PairTable,
    fit_network,
    make_pairs,
    residual_q,
    sum_over_arms,
    weighed,
    weighted_effects,
)
from bonerx.synthesis.network.heterogeneity import QStatistic
from bonerx.synthesis.network.tau2 import residual_trace
from bonerx.synthesis.numeric.long_arithmetic import (
    LongArray,
    is_long,
    long_arithmetic,
    positive_inverse,
    to_float,
    to_long,
)

NEGLIGIBLE = 1e-9  # part of a unit contrast outside the estimable space below this is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFit:
    """The components' effects at one tau2: `beta` (c,) and `covariance` (c, c), analysis scale, against the inactive
    one, in floats or Decimals.

    `space` (c, r) spans the contrasts of components that the data determine; anything outside is not estimable.
    """

    tau2: float
    beta: LongArray
    covariance: LongArray
    space: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentAnalysis:
    """The additive model of a network: common and random effects, and the test of additivity.

    `tau2` is the generalised DerSimonian-Laird estimate from the additive model's own Q (None without df). `standard`
    is Q of the model that gives each treatment its own effect, summed over the network's connected parts;
    `difference` tests additivity: additive minus standard.
    """

    data: NetworkData
    design: ComponentMatrix
    common: ComponentFit
    random: ComponentFit
    tau2: float | None
    additive: QStatistic
    standard: QStatistic
    difference: QStatistic


def analyse_components(
    data: NetworkData, *, inactive: str | None = None, interactions: Sequence[Sequence[str]] = ()
) -> ComponentAnalysis:
    """The additive component model of a network, connected or not, whose treatments are components joined by `+`.

    A treatment's effect is the sum of its components' (and of its interaction terms); that of `inactive` is 0. A
    network in several parts is joined where the parts share components. Raises UsageError for an `inactive` or an
    interaction that the network does not know. Rücker, Petropoulou and Schwarzer 2020 (doi 10.1002/bimj.201800167).
    """
    design = component_matrix(data.treatments, inactive=inactive, interactions=interactions, data=data)
    common, q, trace = _fit(data, design.matrix, 0.0)
    additive = QStatistic(q=q, df=data.df_arms - common.space.shape[1])
    tau2 = max(0.0, (q - additive.df) / trace) if additive.df > 0 else None
    random = _fit(data, design.matrix, tau2)[0] if tau2 else common
    parts = [fit_network(part) for part in connected_parts(data)]
    standard = QStatistic(q=sum(part.q for part in parts), df=sum(part.df for part in parts))
    df = additive.df - standard.df
    difference = QStatistic(q=max(0.0, additive.q - standard.q) if df > 0 else 0.0, df=df)
    return ComponentAnalysis(
        data=data,
        design=design,
        common=common,
        random=random,
        tau2=tau2,
        additive=additive,
        standard=standard,
        difference=difference,
    )


def estimate_contrasts(fit: ComponentFit, contrasts: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Effects, standard errors and whether estimable, each (k,), of k sums of components (k, c); NaN where not
    estimable."""
    with long_arithmetic():
        rows = to_long(contrasts) if is_long(fit.beta) else contrasts
        te, variance = to_float(rows @ fit.beta), to_float(((rows @ fit.covariance) * rows).sum(axis=1))
    outside = np.linalg.norm(contrasts - (contrasts @ fit.space) @ fit.space.T, axis=1)
    known = outside <= NEGLIGIBLE * np.maximum(np.linalg.norm(contrasts, axis=1), 1.0)
    return np.where(known, te, np.nan), np.where(known, np.sqrt(np.maximum(variance, 0.0)), np.nan), known


def component_pairs(analysis: ComponentAnalysis, fit: ComponentFit, level: float = 0.95) -> PairTable:
    """Every pair of treatments by the additive model; NaN where their contrast is not estimable, se 0 where it is
    nought."""
    a, b = np.triu_indices(len(analysis.data.treatments), 1)
    te, se, _ = estimate_contrasts(fit, analysis.design.matrix[a] - analysis.design.matrix[b])
    with np.errstate(invalid="ignore", divide="ignore"):
        return make_pairs(a, b, te, se, level)


def combination_row(analysis: ComponentAnalysis, parts: Sequence[str]) -> FloatArray:
    """The row (c,) that stands for a combination, known to the network or not; UsageError for a component it lacks."""
    design = analysis.design
    row = np.zeros(len(design.names))
    chosen = {part for part in parts if part != design.inactive}
    unknown = sorted(chosen - {name for name, term in zip(design.names, design.terms, strict=True) if len(term) == 1})
    if unknown:
        raise UsageError(f"no study of this network has the component `{unknown[0]}`")
    for column, term in enumerate(design.terms):
        row[column] = float(set(term) <= chosen)
    return row


def added_effect(
    analysis: ComponentAnalysis, fit: ComponentFit, combination: Sequence[str], to: Sequence[str]
) -> tuple[float, float] | None:
    """What `combination` adds to `to` by the additive model: effect and standard error, analysis scale; None: not
    estimable.

    Raises UsageError for a component that the network does not have.
    """
    contrast = combination_row(analysis, combination) - combination_row(analysis, to)
    te, se, known = estimate_contrasts(fit, contrast[None])
    return (float(te[0]), float(se[0])) if known[0] else None


def _fit(data: NetworkData, matrix: FloatArray, tau2: float) -> tuple[ComponentFit, float, float]:
    """The additive model at one tau2, its Q and trace(P R), the expected increase of Q per unit of tau2.

    The effects of components that follow from others are set to 0, which changes no sum that is estimable.
    """
    n = len(data.treatments)
    space, chosen = estimable_space(data, matrix), independent_columns(data, matrix)
    with long_arithmetic():
        studies = weighed(data, tau2)
        laplacian = sum_over_arms(((one.arms, one.weight) for one in studies), n)
        long = is_long(laplacian)
        whole, columns = (to_long(one) if long else one for one in (matrix, matrix[:, chosen]))
        normal = columns.T @ laplacian @ columns
        inverse = positive_inverse(normal)[0] if long else np.linalg.inv(normal)
        nothing = np.zeros((matrix.shape[1], matrix.shape[1]))
        covariance = to_long(nothing) if long else nothing
        covariance[np.ix_(chosen, chosen)] = inverse
        beta = covariance[:, chosen] @ (columns.T @ weighted_effects(studies, n))
        theta = whole @ beta
        q = residual_q(studies, theta[:, None] - theta[None, :])
        trace = residual_trace(studies, columns @ inverse @ columns.T)
    return ComponentFit(tau2=tau2, beta=beta, covariance=covariance, space=space), q, trace
