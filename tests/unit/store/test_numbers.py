"""The numbers of a store: what is written when a table is compiled, and how it is found again."""

from typing import Any

import pytest
from asking import store_of

from bonerx.asking import open_table
from bonerx.store import analysis_queries as numbers
from bonerx.store.queries import Store

TRIAL = {
    "id": "trial", "sources": ["report"], "year": 2001, "population": "people",
    "arms": [{"id": "x", "regimen": ["x"]}, {"id": "y", "regimen": ["y"]}, {"id": "xz", "regimen": ["z", "x"]}],
    "results": [
        {"arm": arm, "outcome": "death", "months": 12, "n": 100, "events": events, "source": "report", "place": "t"}
        for arm, events in (("x", 5), ("y", 9), ("xz", 0))
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Store:
    return open_table(["default"])[0]


def table(**more: Any) -> Store:
    whole = {
        "agents": [{"id": one, "kind": "drug", "names": {"en": one}} for one in "xyz"],
        "outcomes": [{"id": one, "names": {"en": one}, "better": "lower"} for one in ("falls", "death")],
        "populations": [{"id": "people", "names": {"en": "people"}}],
        "sources": [{"id": "report", "kind": "randomised-trial", "read_as": "abstract", "year": 2001}],
        "studies": [TRIAL],
    }
    return store_of(whole | more)


def test_every_pair_that_a_study_compares_is_pooled_in_both_orders() -> None:
    store = table()
    assert numbers.pooled_pairs(store) == [
        ("death", *pair) for pair in (("x", "x+z"), ("x", "y"), ("x+z", "x"), ("x+z", "y"), ("y", "x"), ("y", "x+z"))
    ]
    assert numbers.pooled_pairs(store, "falls") == []
    one, other = numbers.pool(store, "x", "y", "death"), numbers.pool(store, "y", "x", "death")
    assert one is not None
    assert other is not None
    assert one["random"]["te"] == -other["random"]["te"]
    assert numbers.pool(store, "x", "y", "falls") is None
    assert list(numbers.pools(store, "x", "y")) == ["death"]


def test_no_event_in_an_arm_is_a_figure() -> None:
    found = numbers.pool(table(), "x+z", "y", "death")
    assert found is not None
    assert found["k"] == 1
    assert found["studies"][0]["a"] == {"events": 0, "n": 100}


def test_a_study_of_a_pool_comes_with_what_is_known_of_it() -> None:
    found = numbers.pool(table(), "x", "y", "death")
    assert found is not None
    study = found["studies"][0]
    assert (study["source"], study["sources"], study["integrity"]) == ("report", ["report"], "none-known")
    assert (study["year"], study["months"], study["population"]) == (2001, 12.0, "people")
    assert found["better"] == "lower"


def test_studies_are_found_by_agent_outcome_and_pair() -> None:
    store = table()
    assert list(numbers.studies(store)) == ["trial"]
    assert list(numbers.studies(store, ["z"])) == ["trial"]
    assert list(numbers.studies(store, ["z"], "falls")) == []
    assert list(numbers.studies(store, outcome="death")) == ["trial"]
    assert numbers.comparing(store, "x", "y") == ["trial"]
    assert numbers.comparing(store, "x", "z") == []


def test_published_estimates_are_turned_to_what_is_asked() -> None:
    printed = {"id": "p", "source": "report", "a": ["x"], "b": ["y"], "outcome": "death", "measure": "RR", "place": "t"}
    difference = printed | {"id": "d", "measure": "MD", "value": -1.0, "ci_low": -2.0, "ci_high": 0.5}
    store = table(published=[printed | {"value": 0.5, "ci_low": 0.25, "ci_high": 0.8}, difference])
    straight, turned = numbers.published(store, "x", "y", "death"), numbers.published(store, "y", "x")
    assert [one["value"] for one in straight] == [0.5, -1.0]
    assert [(one["value"], one["ci_low"], one["ci_high"]) for one in turned] == [(2.0, 1.25, 4.0), (1.0, -0.5, 2.0)]
    assert (turned[0]["a"], turned[0]["turned"], straight[0]["turned"]) == ("y", True, False)
    assert numbers.published(store, "x", "y", "falls") == []


def test_a_table_without_studies_has_no_numbers() -> None:
    store = table(studies=[])
    assert numbers.pooled_pairs(store) == []
    assert numbers.network(store, "death") is None


def test_the_shipped_table_holds_the_pools_of_the_evidence(shipped: Store) -> None:
    found = numbers.pools(shipped, "alendronate", "placebo")
    assert {outcome: pool["k"] for outcome, pool in found.items()} == {
        "lumbar-spine-bmd": 3, "femoral-neck-bmd": 3, "vertebral-fracture": 4, "nonvertebral-fracture": 5,
        "hip-fracture": 5, "clinical-vertebral-fracture": 1, "wrist-fracture": 1, "discontinuation-ae": 1,
    }  # fmt: skip
    assert numbers.published(shipped, "alendronate", "placebo", "vertebral-fracture")[0]["k"] == 11
