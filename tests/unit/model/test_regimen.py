"""A regimen has one id, whatever the order in which its agents are named."""

import pytest

from bonerx.model.name import fold
from bonerx.model.regimen import agents_of, regimen_id


def test_agents_given_together_are_sorted() -> None:
    assert regimen_id(["vitamin-k2", "etidronate"]) == "etidronate+vitamin-k2"
    assert regimen_id(["vitamin-k2", "etidronate"], "concurrent") == "etidronate+vitamin-k2"
    assert regimen_id(["etidronate"]) == "etidronate"


def test_agents_given_in_order_keep_it() -> None:
    assert regimen_id(["vitamin-k2", "etidronate"], "sequential") == "vitamin-k2-then-etidronate"


@pytest.mark.parametrize(
    ("regimen", "agents"),
    [
        ("etidronate", ["etidronate"]),
        ("etidronate+vitamin-k2", ["etidronate", "vitamin-k2"]),
        ("vitamin-k2-then-etidronate", ["vitamin-k2", "etidronate"]),
    ],
)
def test_an_id_tells_its_agents(regimen: str, agents: list[str]) -> None:
    assert agents_of(regimen) == agents


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vitamin K2", "vitamin-k2"),
        ("vitamin_K 2", "VITAMINK2"),
        ("Ｖｉｔａｍｉｎ　Ｋ２", "vitamin k2"),
        ("Vit\u2011K₂", "vit-k2"),
        ("STRASSE", "straße"),
        ("维生素 K2", "维生素K２"),
    ],
)
def test_names_that_differ_in_writing_only_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("vitamin k1", "vitamin k2"), ("vitamin-d", "vitamin-d3"), ("ä", "a")])
def test_names_that_differ_in_a_letter_are_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)
