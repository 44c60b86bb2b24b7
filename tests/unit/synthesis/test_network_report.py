"""A network's answer: one document of plain data, its gaps named."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bonerx.errors import UnknownName, UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkOptions, analyse_network
from bonerx.synthesis.network.contributions import contributions
from bonerx.synthesis.network.data import network_data
from bonerx.synthesis.network.document import network_document
from bonerx.synthesis.network.gls import fit_network

OR, MD = (NetworkOptions(measure=measure, better="lower") for measure in (Measure.OR, Measure.MD))
PAIR = {"a", "b", "te", "se", "value", "ci_low", "ci_high", "p"}


def counts(study: str, **arms: tuple[float, float]) -> list[Group]:
    return [Group(study=study, treatment=name, events=events, n=n) for name, (events, n) in arms.items()]


def contrast(study: str, a: str, b: str, te: float = 0.0, se: float = 1.0) -> Contrast:
    return Contrast(study=study, a=a, b=b, te=te, se=se)


LOOP = [
    *counts("s1", alendronate=(10, 100), placebo=(20, 100)),
    *counts("s2", risedronate=(12, 100), placebo=(22, 110)),
    *counts("s3", alendronate=(9, 90), risedronate=(15, 95), placebo=(25, 100)),
    *counts("s4", alendronate=(30, 200), placebo=(38, 190)),
]


def document(groups: list[Group], contrasts: list[Contrast], options: NetworkOptions) -> dict[str, Any]:
    found = network_document(analyse_network(groups, contrasts, options))
    json.dumps(found, allow_nan=False)
    return found


def row(rows: list[dict[str, Any]], a: str, b: str) -> dict[str, Any]:
    return next(one for one in rows if (one["a"], one["b"]) == (a, b))


def test_the_document_has_the_names_of_the_contract() -> None:
    found = document(LOOP, [], replace(OR, reference="placebo"))
    assert found["connected"] is True
    assert found["parts"] == [["alendronate", "placebo", "risedronate"]]
    assert found["reference"] == "placebo"
    assert {"regimen": "alendronate", "studies": 3, "n": 390.0} in found["nodes"]
    assert row(found["edges"], "alendronate", "placebo")["studies"] == 3
    assert set(found["common"]["pairs"][0]) >= PAIR
    assert found["random"]["tau2_method"] == "REML"
    assert set(found["heterogeneity"]) >= {"q", "df", "p", "q_within", "df_within", "q_between", "df_between", "i2"}
    assert set(found["splits"][0]) >= {"a", "b", "k", "direct", "indirect", "network", "difference", "share_direct"}
    assert found["designs"][0]["regimens"] == ["alendronate", "placebo"]
    assert found["designs"][0]["studies"] == 2
    assert found["components"] is None


def test_ratios_are_shown_as_ratios_and_differences_as_they_are() -> None:
    pair = row(document(LOOP, [], OR)["common"]["pairs"], "alendronate", "placebo")
    assert pair["value"] == pytest.approx(np.exp(pair["te"]))
    assert pair["ci_low"] == pytest.approx(np.exp(pair["te"] - 1.959963984540054 * pair["se"]))
    pair = row(document(LOOP, [], replace(OR, measure=Measure.RD))["common"]["pairs"], "alendronate", "placebo")
    assert pair["value"] == pair["te"]


def test_ranking_follows_the_direction_of_benefit() -> None:
    best = [document(LOOP, [], replace(OR, better=better))["ranking"][0]["regimen"] for better in ("lower", "higher")]
    assert best == ["alendronate", "placebo"]


def test_a_pair_no_study_compares_says_so() -> None:
    found = document([], [contrast("x", "a", "c", 1.0), contrast("y", "b", "c", 3.0, 2.0)], MD)
    split = row(found["splits"], "a", "b")
    assert split["direct"] is None
    assert split["difference"] is None
    assert split["reason"] == "no study compares them directly"
    assert split["caveats"] == ["indirect evidence only: no study compares them"]
    assert split["network"]["te"] == pytest.approx(-2.0)
    assert split["network"]["se"] == pytest.approx(np.sqrt(5.0))
    assert row(found["splits"], "a", "c")["reason"] == "no indirect evidence"
    assert row(found["splits"], "a", "c")["caveats"] == ["direct evidence only, from one study"]


def test_without_degrees_of_freedom_there_is_no_tau2_and_it_says_why() -> None:
    found = document([], [contrast("x", "a", "b", 1.0)], MD)
    assert found["random"]["tau2"] is None
    assert "degrees of freedom" in found["random"]["reason"]
    assert found["random"]["pairs"][0]["prediction"] is None
    assert found["random"]["pairs"][0]["te"] == 1.0
    assert found["heterogeneity"]["i2"] is None
    assert found["designs"][0]["q"] is None
    assert found["designs"][0]["reason"] == "one study makes this design"
    assert "tau2 cannot be estimated: no residual degrees of freedom" in found["caveats"]


def test_direct_evidence_of_multi_arm_studies_is_also_set_against_studies_that_share_none_of_it() -> None:
    split = row(document(LOOP, [], OR)["splits"], "alendronate", "risedronate")
    rest = [group for group in LOOP if group.study != "s3"]
    alone = row(document(rest, [], OR)["random"]["pairs"], "alendronate", "risedronate")
    assert split["separate_designs"]["indirect"]["te"] == pytest.approx(alone["te"])
    assert split["separate_designs"]["difference"]["te"] == pytest.approx(split["direct"]["te"] - alone["te"])
    only = row(document(counts("s", a=(3, 10), b=(4, 10), c=(5, 10)), [], OR)["splits"], "a", "b")
    assert only["separate_designs"] is None


def test_disagreement_between_direct_and_indirect_evidence_is_a_caveat() -> None:
    clash = [contrast("x", "a", "b", 0.0, 0.1), contrast("y", "b", "c", 0.0, 0.1), contrast("z", "a", "c", 1.0, 0.1)]
    found = document([], clash, replace(MD, tau2="DL"))
    assert any(one.startswith("designs disagree (Q between designs") for one in found["caveats"])
    common = analyse_network([], clash, MD)
    assert common.parts[0].heterogeneity.between.p < 0.01


def test_a_network_in_parts_gives_each_part_its_own_and_names_the_missing_link() -> None:
    other = [contrast("t1", "x", "y", 1.0), contrast("t2", "x", "y", 4.0), contrast("t3", "x", "z", 1.0)]
    found = document([], [contrast("s1", "a", "b", 0.5), contrast("s2", "b", "c", 0.5), *other], MD)
    assert found["connected"] is False
    assert [part["regimens"] for part in found["parts"]] == [["a", "b", "c"], ["x", "y", "z"]]
    assert found["parts"][0]["random"]["tau2"] is None
    assert found["parts"][1]["random"]["tau2"] > 0
    assert found["missing_links"] == [{"parts": [0, 1], "a": "b", "b": "x"}]
    apart = row(found["random"]["pairs"], "a", "y")
    assert (apart["te"], apart["reason"], apart["missing_link"]) == (None, "not connected", {"a": "b", "b": "x"})
    assert found["heterogeneity"]["q"] is None
    assert {one["part"] for one in found["ranking"]} == {0, 1}
    assert any("not connected: 2 parts" in one for one in found["caveats"])


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_of_n_parts_the_missing_links_are_n_less_one_and_join_all(parts: int) -> None:
    names = [(f"a{part}", f"b{part}") for part in range(parts)]
    rows = [contrast(f"s{part}", a, b) for part, (a, b) in enumerate(names)]
    rows.append(contrast("more", f"b{parts - 1}", f"c{parts - 1}"))  # of the last part there is most
    links = document([], rows, MD)["missing_links"]
    assert len(links) == parts - 1
    assert all(link["parts"][1] == parts - 1 for link in links)
    added = [contrast(f"new{place}", link["a"], link["b"]) for place, link in enumerate(links)]
    assert document([], [*rows, *added], MD)["connected"] is True


@pytest.mark.parametrize("measure", list(Measure))
def test_without_a_better_direction_nothing_is_ranked(measure: Measure) -> None:
    found = document(
        [], [contrast("s1", "a", "b", 0.5), contrast("s2", "b", "c", 0.5)], NetworkOptions(measure=measure)
    )
    assert (found["better"], found["ranking"]) == (None, None)
    assert found["ranking_reason"] == "it is not known whether lower or higher values are better"
    apart = document([], [contrast("s1", "a", "b"), contrast("s2", "c", "d")], NetworkOptions(measure=measure))
    assert apart["ranking"] is None
    assert [part["ranking"] for part in apart["parts"]] == [None, None]


def test_the_best_connected_treatment_makes_the_missing_link() -> None:
    star = [contrast("s1", "a", "hub"), contrast("s2", "b", "hub"), contrast("s3", "b", "hub")]
    link = analyse_network([], [*star, contrast("t1", "y", "x")], MD).links[0, 1]
    assert (link.a, link.b) == ("hub", "x")


def test_small_and_empty_cells_are_caveats_that_name_the_studies() -> None:
    groups = [
        *LOOP,
        *counts("s5", alendronate=(0, 50), placebo=(6, 50)),
        *counts("s6", alendronate=(0, 9), placebo=(0, 9)),
    ]
    found = document(groups, [], OR)
    assert found["excluded"] == [{"study": "s6", "reason": "no event in any arm"}]
    assert "left out: s6 (no event in any arm)" in found["caveats"]
    assert any(one.startswith("0.5 was added to every cell of s5") for one in found["caveats"])
    assert any("compare the Mantel-Haenszel network" in one for one in found["caveats"])
    assert "fewer than 5 in a cell of s5" in row(found["splits"], "alendronate", "placebo")["caveats"]


@pytest.mark.parametrize("method", ["mh", "nch"])
def test_sparse_methods_have_a_common_effect_only(method: str) -> None:
    found = document([*LOOP, *counts("s5", alendronate=(0, 50), placebo=(6, 50))], [], replace(OR, method=method))
    assert found["common"]["method"] == method
    assert found["random"]["pairs"] == []
    assert found["random"]["reason"] == "the method assumes one common effect"
    assert found["heterogeneity"]["q_within"] is None
    assert (found["heterogeneity"]["q"] is None) == (method == "nch")
    assert any(one.startswith("a common-effect model") for one in found["caveats"])
    assert row(found["common"]["pairs"], "alendronate", "placebo")["te"] < 0


def test_sparse_methods_leave_out_what_they_cannot_use_and_name_it() -> None:
    groups = [*LOOP, *counts("s5", alendronate=(0, 50), placebo=(6, 50), zoledronate=(2, 50))]
    groups += counts("s6", zoledronate=(0, 40), etidronate=(1, 40))
    groups += [Group(study="s8", treatment=name, n=9) for name in ("alendronate", "placebo")]
    groups += [*counts("s9", alendronate=(9, 9), placebo=(9, 9)), *counts("s99", placebo=(1, 9))]
    found = document(groups, [contrast("s7", "alendronate", "placebo")], replace(OR, method="mh"))
    reasons = {one["study"]: one["reason"] for one in found["excluded"]}
    assert reasons["s7"] == "no counts by arm"
    assert reasons["s8"] == "the number of events of an arm is not known"
    assert reasons["s9"] == "only events in every arm"
    assert reasons["s99"] == "only one arm"
    assert reasons["s6"] == "`zoledronate` had no event, or only events, in the design etidronate / zoledronate"
    assert any("`alendronate` had no event" in one and "left out of s5" in one for one in found["caveats"])


def test_sparse_methods_are_for_odds_ratios() -> None:
    with pytest.raises(UsageError, match="the method `mh` of a network is for odds ratios"):
        analyse_network(LOOP, [], NetworkOptions(measure=Measure.RR, method="mh"))


@pytest.mark.parametrize("wrong", [{"tau2": "PM"}, {"method": "peto"}, {"better": "faster"}, {"level": 95.0}])
def test_options_a_network_does_not_know_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        analyse_network(LOOP, [], replace(OR, **wrong))


@pytest.mark.parametrize("option", ["reference", "inactive"])
def test_a_name_the_network_does_not_know_is_answered_with_the_nearest(option: str) -> None:
    with pytest.raises(UnknownName, match="unknown regimen `alendronat`") as failure:
        analyse_network(LOOP, [], replace(OR, **{option: "alendronat"}))
    assert failure.value.suggestions[0] == "alendronate"
    with pytest.raises(UnknownName):
        analyse_network(LOOP, [], OR).part_of("zoledronate")


def test_nothing_to_compare_is_said() -> None:
    with pytest.raises(UsageError, match="no study compares two treatments"):
        analyse_network([], [], OR)


def test_contributions_of_a_triangle_follow_the_paths() -> None:
    """Three equal comparisons: two thirds of the evidence flow directly, one third over two steps, a sixth to each."""
    triangle = [contrast("x", "a", "b"), contrast("y", "b", "c"), contrast("z", "a", "c")]
    fit = fit_network(network_data([], triangle, measure=Measure.MD))
    found = contributions(fit, 0, 1)
    assert found is not None
    assert [one[:2] for one in found.comparisons] == [(0, 1), (0, 2), (1, 2)]
    assert [one[2] for one in found.comparisons] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert dict(found.studies) == pytest.approx({0: 2 / 3, 1: 1 / 6, 2: 1 / 6})
    split = row(document([], triangle, MD)["splits"], "a", "b")
    assert split["contributions"]["studies"][0] == {"study": "x", "share": pytest.approx(2 / 3)}


def test_an_indirect_estimate_is_carried_by_its_two_steps_in_equal_shares() -> None:
    fit = fit_network(network_data([], [contrast("x", "a", "c"), contrast("y", "b", "c", se=9.0)], measure=Measure.MD))
    found = contributions(fit, 0, 1)
    assert found is not None
    assert [one[2] for one in found.comparisons] == pytest.approx([0.5, 0.5])


def test_evidence_that_flows_in_a_circle_has_no_shares() -> None:
    """Arms so correlated that one adjusted weight is negative: the estimate stands, its shares do not."""
    odd = [contrast("x", "a", "c", 1.0, 0.5), contrast("x", "b", "c", 0.5, 0.5), contrast("x", "a", "b", 0.5, 0.9)]
    found = document([], odd, MD)
    assert row(found["splits"], "a", "b")["contributions"] is None
    assert row(found["splits"], "a", "b")["network"]["te"] == pytest.approx(0.5)


def test_a_large_network_goes_without_contributions() -> None:
    star = [contrast(f"s{i:02d}", f"t{i:02d}", "placebo", 0.1 * i) for i in range(33)]
    assert {split["contributions"] is None for split in document([], star, MD)["splits"]} == {True}


def test_an_effect_beyond_any_number_is_none_where_it_is_shown() -> None:
    pair = document([], [contrast("x", "a", "b", 800.0, 1.0)], OR)["common"]["pairs"][0]
    assert pair["te"] == 800.0
    assert pair["value"] is None


def test_an_arm_of_nothing_but_events_leaves_every_share_of_its_trial() -> None:
    """Its log risk has the variance 0 once 0.5 is added: the other two arms have no weight between them."""
    counts = {"s0": {"c": (1000, 1000), "p": (7, 10)}, "s1": {"a": (1, 2), "d": (41313, 1000000), "p": (3, 3)}}
    groups = [
        Group(study=study, treatment=arm, events=events, n=n)
        for study, arms in counts.items()
        for arm, (events, n) in arms.items()
    ]
    document = network_document(analyse_network(groups, [], NetworkOptions(measure=Measure.RR)))
    for split in document["splits"]:
        shares = split["contributions"]["studies"]
        assert sum(one["share"] for one in shares) == pytest.approx(1.0), split
