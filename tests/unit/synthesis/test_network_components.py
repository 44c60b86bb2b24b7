"""The component model: what a combination adds, where effects add up, and what the data cannot tell apart."""

import json
from typing import Any

import pytest

from bonerx.errors import UsageError
from bonerx.model.estimate import Contrast
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkOptions, analyse_network
from bonerx.synthesis.network.component_design import combinations_of, split_components
from bonerx.synthesis.network.components import added_effect, analyse_components, combination_row
from bonerx.synthesis.network.data import NetworkData, network_data
from bonerx.synthesis.network.document import network_document

ROWS = [
    ("s1", "a", "placebo", 1.0),
    ("s2", "b", "placebo", 2.0),
    ("s3", "a+b", "placebo", 3.5),
    ("s4", "a+b", "a", 2.4),
    ("s5", "a", "placebo", 1.2),
]


def contrasts(rows: list[tuple[str, str, str, float]]) -> list[Contrast]:
    return [Contrast(study=study, a=a, b=b, te=te, se=0.5) for study, a, b, te in rows]


def data(rows: list[tuple[str, str, str, float]]) -> NetworkData:
    return network_data([], contrasts(rows), measure=Measure.MD)


def document(rows: list[tuple[str, str, str, float]], **options: Any) -> dict[str, Any]:
    found = network_document(analyse_network([], contrasts(rows), NetworkOptions(measure=Measure.MD, **options)))
    json.dumps(found, allow_nan=False)
    return found["components"]


def test_components_are_named_once_sorted_without_blanks() -> None:
    assert split_components(" vitamin-k2 + etidronate+etidronate") == ("etidronate", "vitamin-k2")
    assert combinations_of(["a", "b+a", "placebo+a", "c+placebo+b"], "placebo") == [("a", "b"), ("b", "c")]


def test_the_effect_of_a_combination_is_the_sum_of_its_components() -> None:
    found = analyse_components(data(ROWS), inactive="placebo")
    beta = dict(zip(found.design.names, found.random.beta, strict=True))
    both = added_effect(found, found.random, ["a", "b"], ["placebo"])
    assert both is not None
    assert both[0] == pytest.approx(beta["a"] + beta["b"])
    added = added_effect(found, found.random, ["a", "b"], ["a"])
    assert added is not None
    assert added[0] == pytest.approx(beta["b"])


def test_additivity_is_tested_by_the_difference_of_q() -> None:
    found = analyse_components(data(ROWS), inactive="placebo")
    assert found.additive.df == found.standard.df + 1
    assert found.difference.df == 1
    assert found.difference.q == pytest.approx(found.additive.q - found.standard.q)


def test_an_interaction_absorbs_what_does_not_add_up() -> None:
    found = analyse_components(data(ROWS), inactive="placebo", interactions=[("b", "a")])
    assert found.design.names == ("a", "b", "a * b")
    assert found.additive.q == pytest.approx(found.standard.q)
    assert found.difference.df == 0
    assert found.difference.p is None
    row = combination_row(found, ["a", "b", "placebo"])
    assert row.tolist() == [1.0, 1.0, 1.0]


def test_an_interaction_that_nothing_tells_apart_is_left_out_and_named() -> None:
    rows = [("s1", "a", "placebo", 1.0), ("s2", "a+b", "placebo", 3.0)]
    found = document(rows, inactive="placebo", interactions=(("a", "b"),))
    assert {one["component"]: one["estimable"] for one in found["components"]} == {"a": True, "b": True, "a * b": False}
    assert found["components"][-1]["reason"] == "no study tells this interaction apart from the other terms"


def test_components_always_given_together_are_not_estimable_but_their_sum_is() -> None:
    found = document(
        [("s1", "a", "placebo", 1.0), ("s2", "b+c", "placebo", 3.0), ("s3", "a", "b+c", -2.0)], inactive="placebo"
    )
    by_name = {one["component"]: one for one in found["components"]}
    assert by_name["b"]["estimable"] is False
    assert by_name["b"]["te"] is None
    assert by_name["b"]["reason"] == "always given together with `c`"
    combination = next(one for one in found["combinations"] if one["regimen"] == "b+c")
    assert combination["estimable"] is True
    assert combination["te"] == pytest.approx(3.0)
    assert [one["estimable"] for one in combination["adds"]] == [False, False]


def test_without_an_inactive_reference_only_differences_are_estimable() -> None:
    found = document([("s1", "a", "placebo", 1.0), ("s2", "a+b", "a", 2.0)])
    by_name = {one["component"]: one for one in found["components"]}
    assert [by_name[name]["estimable"] for name in ("a", "b", "placebo")] == [False, True, False]
    assert by_name["a"]["reason"].startswith("no chain of comparisons tells its effect apart")
    alone = next(one for one in found["combinations"] if one["regimen"] == "a")
    assert alone["reason"] == "the studies determine its difference from other treatments only"
    assert found["tau2"] is None


def test_parts_that_share_components_are_joined() -> None:
    rows = [
        ("s1", "a", "placebo", 1.0),
        ("s2", "b", "placebo", 2.0),
        ("s3", "a+b", "b+c", 0.5),
        ("s4", "b+c", "c", 2.1),
    ]
    parts = document([*rows, ("s5", "x", "y+x", 1.0)], inactive="placebo")
    pairs = {(one["a"], one["b"]): one for one in parts["pairs"]}
    assert pairs["a+b", "placebo"]["te"] is not None
    assert pairs["placebo", "x"]["te"] is None
    assert pairs["placebo", "x"]["reason"] == "not estimable: no shared component joins them"


def test_names_the_components_do_not_have_are_refused() -> None:
    network = data(ROWS)
    with pytest.raises(UsageError, match="the inactive treatment `water` is not in this network"):
        analyse_components(network, inactive="water")
    with pytest.raises(UsageError, match="two or more components of this network, not a \\* z"):
        analyse_components(network, interactions=[("a", "z")])
    with pytest.raises(UsageError, match="no study of this network has the component `z`"):
        combination_row(analyse_components(network, inactive="placebo"), ["a", "z"])
