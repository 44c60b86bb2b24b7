"""Laws every network obeys, whatever its studies: what may change an estimate, and what may not."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import continuous_effect
from bonerx.synthesis.network.analysis import NetworkAnalysis, NetworkOptions, analyse_network
from bonerx.synthesis.network.contributions import contributions
from bonerx.synthesis.network.data import NetworkData, network_data
from bonerx.synthesis.network.document import network_document
from bonerx.synthesis.network.gls import fit_network, pair_table
from bonerx.synthesis.network.tau2 import network_tau2
from bonerx.synthesis.pairwise.inverse_variance import inverse_variance
from bonerx.synthesis.pairwise.tau2 import Tau2Method, estimate_tau2

NAMES = ("alendronate", "placebo", "raloxifene", "risedronate", "vitamin-k2")
MD = NetworkOptions(measure=Measure.MD, better="lower")
laws = settings(max_examples=20, deadline=None)


@st.composite
def networks(draw: st.DrawFn, names: tuple[str, ...] = NAMES, prefix: str = "s") -> list[Group]:
    """Arm-level means of a connected network: a chain through all treatments and further studies of up to four arms."""
    number = st.floats(-3.0, 3.0).map(lambda x: round(x, 3))
    chain = list(pairwise(names))
    extra = draw(st.lists(st.sets(st.sampled_from(names), min_size=2, max_size=min(4, len(names))), max_size=5))
    designs = chain + [tuple(sorted(one)) for one in extra]
    return [
        Group(
            study=f"{prefix}{i:02d}",
            treatment=name,
            n=draw(st.integers(10, 200)),
            mean=draw(number),
            sd=draw(st.floats(0.5, 3.0).map(lambda x: round(x, 2))),
        )
        for i, design in enumerate(designs)
        for name in design
    ]


def estimates(analysis: NetworkAnalysis) -> dict[tuple[str, str], tuple[float, float]]:
    found = {}
    for part in analysis.parts:
        names, pairs = part.data.treatments, part.pairs
        for a, b, te, se in zip(pairs.a, pairs.b, pairs.te, pairs.se, strict=True):
            found[names[a], names[b]] = (te, se)
            found[names[b], names[a]] = (-te, se)
    return found


def dense(data: NetworkData, tau2: float) -> tuple[np.ndarray, np.ndarray]:
    """The same model as anyone would write it: contrasts against each study's first arm, one dense covariance."""
    rows, y, blocks = [], [], []
    for block in data.blocks:
        for arms, te, v in zip(block.arms, block.te, block.v, strict=True):
            base = arms[0]
            for place in range(1, len(arms)):
                row = np.zeros(len(data.treatments))
                row[arms[place]], row[base] = 1.0, -1.0
                rows.append(row)
                y.append(te[place, 0])
            with_tau2 = v + tau2 * (1.0 - np.eye(len(arms)))
            blocks.append((with_tau2[1:, :1] + with_tau2[:1, 1:] - with_tau2[1:, 1:]) / 2.0)
    covariance = np.zeros((len(y), len(y)))
    at = 0
    for one in blocks:
        covariance[at : at + len(one), at : at + len(one)] = one
        at += len(one)
    design, weight = np.array(rows)[:, 1:], np.linalg.inv(covariance)
    estimate_covariance = np.linalg.inv(design.T @ weight @ design)
    return estimate_covariance @ design.T @ weight @ np.array(y), estimate_covariance


@laws
@given(networks(), st.floats(0.0, 2.0))
def test_the_graph_gives_what_dense_least_squares_gives(groups: list[Group], tau2: float) -> None:
    data = network_data(groups, measure=Measure.MD)
    fit = fit_network(data, tau2)
    theta, covariance = dense(data, tau2)
    assert fit.theta[1:] - fit.theta[0] == pytest.approx(theta, rel=1e-8, abs=1e-8)
    g = fit.covariance
    contrasts = g[1:, 1:] - g[1:, :1] - g[:1, 1:] + g[0, 0]
    assert contrasts == pytest.approx(covariance, rel=1e-8, abs=1e-10)


@laws
@given(networks())
def test_a_minus_b_and_b_minus_c_make_a_minus_c(groups: list[Group]) -> None:
    found = estimates(analyse_network(groups, [], MD))
    for a, b, c in combinations(NAMES, 3):
        assert found[a, b][0] + found[b, c][0] == pytest.approx(found[a, c][0], abs=1e-9)


@laws
@given(networks(), st.sampled_from(["lower", "higher"]))
def test_p_scores_average_one_half(groups: list[Group], better: str) -> None:
    scores = analyse_network(groups, [], replace(MD, better=better)).parts[0].scores
    assert scores.mean() == pytest.approx(0.5, abs=1e-12)
    assert ((scores >= 0) & (scores <= 1)).all()


@laws
@given(networks())
def test_the_other_direction_of_benefit_turns_the_ranking_round(groups: list[Group]) -> None:
    lower, higher = (
        analyse_network(groups, [], replace(MD, better=one)).parts[0].scores for one in ("lower", "higher")
    )
    assert lower + higher == pytest.approx(np.ones(len(NAMES)), abs=1e-12)


@laws
@given(networks(names=NAMES[:2]), st.sampled_from([("REML", Tau2Method.REML), ("DL", Tau2Method.DL)]))
def test_two_treatments_are_the_pairwise_pool(groups: list[Group], method: tuple[str, Tau2Method]) -> None:
    assume(len(groups) > 2)
    effects = [continuous_effect(a, b, Measure.SMD) for a, b in zip(groups[::2], groups[1::2], strict=True)]
    te, se = (np.array([getattr(one, name) for one in effects]) for name in ("te", "se"))
    tau2 = estimate_tau2(te, se, method[1])
    pooled = inverse_variance(te, se, tau2)
    part = analyse_network(groups, [], NetworkOptions(measure=Measure.SMD, tau2=method[0])).parts[0]
    assert part.tau2 == pytest.approx(tau2, rel=1e-6, abs=1e-9)
    assert part.pairs.te[0] == pytest.approx(pooled.te, rel=1e-6, abs=1e-7)
    assert part.pairs.se[0] == pytest.approx(pooled.se, rel=1e-6)


@laws
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_arms_and_studies_changes_nothing(groups: list[Group], random: object) -> None:
    shuffled = list(groups)
    random.shuffle(shuffled)
    assert network_document(analyse_network(shuffled, [], MD)) == network_document(analyse_network(groups, [], MD))


@laws
@given(networks(), st.permutations(NAMES))
def test_renaming_treatments_and_studies_changes_nothing_else(groups: list[Group], other: list[str]) -> None:
    new = dict(zip(NAMES, other, strict=True))
    renamed = [replace(one, treatment=new[one.treatment], study=f"x{99 - int(one.study[1:])}") for one in groups]
    before, after = (analyse_network(one, [], MD) for one in (groups, renamed))
    assert (after.parts[0].tau2 or 0.0) == pytest.approx(before.parts[0].tau2 or 0.0, rel=1e-6, abs=1e-9)
    found = estimates(after)
    for (a, b), numbers in estimates(before).items():
        assert found[new[a], new[b]] == pytest.approx(numbers, rel=1e-6, abs=1e-7)


@laws
@given(networks(names=NAMES[:3]), networks(names=("x", "y", "z"), prefix="t"))
def test_another_part_changes_nothing_in_this_one(here: list[Group], there: list[Group]) -> None:
    alone, together = analyse_network(here, [], MD), analyse_network([*here, *there], [], MD)
    part = together.parts[together.part_of(NAMES[0])]
    assert not together.connected
    assert part.tau2 == alone.parts[0].tau2
    assert part.heterogeneity == alone.parts[0].heterogeneity
    assert part.pairs.te == pytest.approx(alone.parts[0].pairs.te, rel=0, abs=0)
    assert part.scores == pytest.approx(alone.parts[0].scores, rel=0, abs=0)


@laws
@given(networks())
def test_arms_and_their_contrasts_say_the_same(groups: list[Group]) -> None:
    data = network_data(groups, measure=Measure.MD)
    contrasts = [
        Contrast(
            study=data.studies[study], a=data.treatments[arms[i]], b=data.treatments[arms[j]], te=te[i, j], se=se[i, j]
        )
        for block in data.blocks
        for study, arms, te, se in zip(block.study, block.arms, block.te, np.sqrt(block.v), strict=True)
        for i, j in combinations(range(block.size), 2)
    ]
    again = network_data([], contrasts, measure=Measure.MD)
    first, second = (pair_table(fit_network(one, network_tau2(one, "REML") or 0.0)) for one in (data, again))
    assert second.te == pytest.approx(first.te, rel=1e-6, abs=1e-7)
    assert second.se == pytest.approx(first.se, rel=1e-6)


@laws
@given(networks())
def test_every_contribution_is_a_share_of_one(groups: list[Group]) -> None:
    fit = analyse_network(groups, [], MD).parts[0].fit
    for a, b in combinations(range(len(NAMES)), 2):
        found, mirrored = contributions(fit, a, b), contributions(fit, b, a)
        assert found is not None
        assert sum(one[-1] for one in found.comparisons) == pytest.approx(1.0)
        assert sum(one[-1] for one in found.studies) == pytest.approx(1.0)
        assert dict(found.studies) == pytest.approx(dict(mirrored.studies), abs=1e-9)


@laws
@given(networks())
def test_direct_and_indirect_evidence_make_the_network_estimate(groups: list[Group]) -> None:
    part = analyse_network(groups, [], MD).parts[0]
    split, pairs = part.splits, part.pairs
    both = np.isfinite(split.difference_te)
    mixed = split.share_direct * split.direct_te + (1.0 - split.share_direct) * split.indirect_te
    assert mixed[both] == pytest.approx(pairs.te[both], abs=1e-8)
    assert ((split.share_direct >= 0) & (split.share_direct <= 1)).all()
