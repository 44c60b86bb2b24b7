"""The whole analysis of a network in one call: each connected part, what joins them, and the component model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from bonerx.errors import UnknownName, UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.arms import Exclusion
from bonerx.synthesis.network.blocks import FloatArray
from bonerx.synthesis.network.component_design import any_combined, split_components
from bonerx.synthesis.network.components import ComponentAnalysis, analyse_components
from bonerx.synthesis.network.connectivity import MissingLink, connected_parts, joining_links, missing_links
from bonerx.synthesis.network.contrasts import SharedArm
from bonerx.synthesis.network.data import NetworkData, network_data
from bonerx.synthesis.network.gls import NetworkFit, PairTable, fit_network, pair_table
from bonerx.synthesis.network.heterogeneity import (
    DesignQ,
    NetworkHeterogeneity,
    QStatistic,
    design_qs,
    network_heterogeneity,
)
from bonerx.synthesis.network.inconsistency import (
    SplitTable,
    back_calculate,
    direct_counts,
    separate_designs,
    split_evidence,
)
from bonerx.synthesis.network.p_scores import Better, p_scores
from bonerx.synthesis.network.sparse_events import (
    SparseArms,
    direct_odds_ratios,
    fit_conditional,
    fit_mantel_haenszel,
    usable_arms,
)
from bonerx.synthesis.network.tau2 import METHODS, network_tau2
from bonerx.synthesis.numeric.distributions import checked_level


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOptions:
    """How a network is analysed.

    `tau2` is the estimator of the heterogeneity variance; `method` inverse variance or Mantel-Haenszel (odds ratios,
    common effect); `better` the direction of benefit on the measure's scale, None where it is not known, and nothing is
    ranked then; `inactive` the component without effect and `interactions` the sets of components that may act
    together, both of the component model; `keep_double_zero` keeps studies without events for OR and RR. `tolerance` is
    how far the effects of a study of several arms, given as contrasts, may be from adding up (None: what rounding
    explains).
    """

    measure: Measure
    tau2: Literal["REML", "DL"] = "REML"
    method: Literal["iv", "mh", "nch"] = "iv"
    reference: str | None = None
    inactive: str | None = None
    interactions: tuple[tuple[str, ...], ...] = ()
    better: Better | None = None
    level: float = 0.95
    keep_double_zero: bool = False
    tolerance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnalysis:
    """One connected part of a network; arrays as in PairTable and SplitTable, all on the analysis scale.

    `tau2` is None where it cannot be estimated (no residual degrees of freedom); `random` then equals `common`.
    Splits and P-scores (n,) are of the random-effects model (of the common-effect one with Mantel-Haenszel, where
    `random` is None); P-scores are None where it is not known which way is better.
    """

    data: NetworkData
    common: NetworkFit
    common_pairs: PairTable
    tau2: float | None
    random: NetworkFit | None
    random_pairs: PairTable | None
    heterogeneity: NetworkHeterogeneity | None
    designs: tuple[DesignQ, ...]
    splits: SplitTable
    scores: FloatArray | None

    @property
    def fit(self) -> NetworkFit:
        """The fit that estimates are taken from: random effects, or the common effect where that is all there is."""
        return self.common if self.random is None else self.random

    @property
    def pairs(self) -> PairTable:
        """The pairs of `fit`."""
        return self.common_pairs if self.random_pairs is None else self.random_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAnalysis:
    """A network's parts (ordered by first treatment), the comparisons that would join them, and the component model.

    `links` has one comparison for every two parts; those of `joining` together would join all. `excluded` are studies
    left out; `notes` name arms that a sparse-event method leaves out of studies that stay.
    """

    options: NetworkOptions
    data: NetworkData
    parts: tuple[PartAnalysis, ...]
    links: dict[tuple[int, int], MissingLink]
    joining: tuple[tuple[int, int], ...]
    excluded: tuple[Exclusion, ...]
    notes: tuple[str, ...]
    components: ComponentAnalysis | None

    @property
    def connected(self) -> bool:
        """Whether every treatment is joined to every other."""
        return len(self.parts) == 1

    def part_of(self, treatment: str) -> int:
        """The index of the part in which a treatment stands; UnknownName with the nearest names when it stands in
        none."""
        for index, part in enumerate(self.parts):
            if treatment in part.data.treatments:
                return index
        raise unknown_treatment(treatment, self.data.treatments)


def analyse_network(
    groups: Iterable[Group], contrasts: Iterable[Contrast], options: NetworkOptions, *, shared: Iterable[SharedArm] = ()
) -> NetworkAnalysis:
    """Analyse the network of all studies given, at arm level, as contrasts, or a mixture; each connected part on its
    own.

    Raises InvalidEvidence for studies that break a rule (all named), UsageError for options that do not fit or when no
    study compares two treatments, UnknownName for a `reference` or `inactive` that is not in the network.
    """
    groups = tuple(groups)
    _check(options)
    notes: tuple[str, ...] = ()
    if options.method == "iv":
        data = network_data(
            groups,
            contrasts,
            measure=options.measure,
            shared=shared,
            keep_double_zero=options.keep_double_zero,
            te_tolerance=options.tolerance,
        )
        excluded = data.excluded
        parts = [_analyse_part(part, options) for part in connected_parts(data)]
    else:
        arms = usable_arms(groups)
        data = network_data(arms.groups, measure=options.measure, keep_double_zero=True)
        counted = {group.study for group in groups}
        uncounted = sorted({contrast.study for contrast in contrasts} - counted)
        excluded = (*arms.excluded, *(Exclusion(study=one, reason="no counts by arm") for one in uncounted))
        notes = arms.notes
        parts = [_analyse_sparse_part(part, arms, options) for part in connected_parts(data)]
    if not parts:
        raise UsageError("no study compares two treatments", hint="a network needs at least one")
    if options.reference is not None and options.reference not in data.treatments:
        raise unknown_treatment(options.reference, data.treatments)
    return NetworkAnalysis(
        options=options,
        data=data,
        parts=tuple(parts),
        links=missing_links([part.data for part in parts]),
        joining=joining_links([part.data for part in parts]),
        excluded=tuple(sorted(excluded, key=lambda one: one.study)),
        notes=notes,
        components=_components(data, options),
    )


def unknown_treatment(name: str, treatments: Sequence[str]) -> UnknownName:
    """The error for a name that no study of the network compares."""
    return UnknownName("regimen", name, tuple(get_close_matches(name, treatments)), "no study of this network has it")


def _check(options: NetworkOptions) -> None:
    checked_level(options.level)
    for name, value, allowed in (
        ("tau2", options.tau2, METHODS),
        ("method", options.method, ("iv", "mh", "nch")),
        ("better", options.better, ("lower", "higher")),
    ):
        if value is not None and value not in allowed:
            raise UsageError(f"`{value}` is no {name} of a network", hint=f"one of {', '.join(allowed)}")
    if options.method != "iv" and options.measure is not Measure.OR:
        raise UsageError(f"the method `{options.method}` of a network is for odds ratios", hint="use the measure OR")


def _analyse_part(data: NetworkData, options: NetworkOptions) -> PartAnalysis:
    common = fit_network(data)
    tau2 = network_tau2(data, options.tau2, common)
    random = fit_network(data, tau2) if tau2 else common
    common_pairs = pair_table(common, options.level)
    random_pairs = common_pairs if random is common else pair_table(random, options.level)
    return PartAnalysis(
        data=data,
        common=common,
        common_pairs=common_pairs,
        tau2=tau2,
        random=random,
        random_pairs=random_pairs,
        heterogeneity=network_heterogeneity(common, options.level),
        designs=tuple(design_qs(common)),
        splits=split_evidence(random, random_pairs),
        scores=_scores(random_pairs, data, options),
    )


def _analyse_sparse_part(data: NetworkData, arms: SparseArms, options: NetworkOptions) -> PartAnalysis:
    """A part by a common-effect method for sparse events; direct and indirect evidence from separate designs."""
    common = fit_mantel_haenszel(data, arms) if options.method == "mh" else fit_conditional(data, arms)
    pairs = pair_table(common, options.level)
    te, se = direct_odds_ratios(data, arms)
    splits = back_calculate(pairs, te[pairs.a, pairs.b], se[pairs.a, pairs.b], direct_counts(data, pairs))
    if options.method == "mh":
        splits = separate_designs(common, pairs, splits)
    total = QStatistic(q=common.q, df=common.df)
    heterogeneity = NetworkHeterogeneity(total=total, within=None, between=total, i2=None, i2_low=None, i2_high=None)
    return PartAnalysis(
        data=data,
        common=common,
        common_pairs=pairs,
        tau2=None,
        random=None,
        random_pairs=None,
        heterogeneity=heterogeneity if options.method == "mh" else None,
        designs=(),
        splits=splits,
        scores=_scores(pairs, data, options),
    )


def _scores(pairs: PairTable, data: NetworkData, options: NetworkOptions) -> FloatArray | None:
    """The P-scores, None where it is not known which way is better."""
    return None if options.better is None else p_scores(pairs, len(data.treatments), options.better)


def _components(data: NetworkData, options: NetworkOptions) -> ComponentAnalysis | None:
    """The component model where a treatment is a combination, else None."""
    known = {*data.treatments, *(part for name in data.treatments for part in split_components(name))}
    if options.inactive is not None and options.inactive not in known:
        raise unknown_treatment(options.inactive, data.treatments)
    combined = any_combined(data.treatments)
    if options.interactions and (options.method != "iv" or not combined):
        why = "only the method `iv` has a model of components" if combined else "no regimen of it is a combination"
        raise UsageError(f"no interaction can be estimated in this network: {why}", hint="leave `--interaction` out")
    if options.method != "iv" or not combined:
        return None
    return analyse_components(data, inactive=options.inactive, interactions=options.interactions)
