"""A regimen has one id, whatever the order in which its agents are named."""

import pytest

from bonerx.model.name import fold
from bonerx.model.regimen import agents_of, find_label, parts_of, read_joined, regimen_id, split_in_order


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
    ("label", "parts"),
    [
        ("a", ("a",)),
        ("b + a", ("b", "a")),
        ("a+b\uff0bc", ("a", "b", "c")),
        ("(+)-catechin", ("(+)-catechin",)),
        ("(+)-catechin + placebo", ("(+)-catechin", "placebo")),
        ("x (70 mg + food) + y", ("x (70 mg + food)", "y")),
        ("Ca2+", ("Ca2+",)),
        ("a + b +", ("a + b +",)),
        ("a)+b", ("a)", "b")),
    ],
)
def test_a_plus_joins_what_stands_on_both_sides_of_it_outside_of_brackets(label: str, parts: tuple[str, ...]) -> None:
    assert parts_of(label) == parts


def test_a_label_is_found_in_any_order_of_its_parts() -> None:
    labels = ["alendronate+vitamin D", "Ca2+", "(+)-catechin"]
    assert find_label("Vitamin-D + ALENDRONATE", labels) == "alendronate+vitamin D"
    assert find_label("ca2 +", labels) == "Ca2+"
    assert find_label("(\uff0b)\u2010catechin", labels) == "(+)-catechin"
    assert find_label("alendronate", labels) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("calcium + vitamin D", ["CaD"]),
        ("calcium + vitamin D + alendronate", ["CaD", "alendronate"]),
        ("alendronate+Ca2+", ["alendronate", "Ca2+"]),
        ("Ca2+ + calcium + vitamin D", ["Ca2+", "CaD"]),
        ("calcium + alendronate", ["calcium", "alendronate"]),
        ("alendronate+", None),
        ("alendronate + other", None),
        ("+" * 2000, None),
    ],
)
def test_what_is_joined_is_read_by_the_longest_names_first(text: str, names: list[str] | None) -> None:
    known = {"calcium+vitamind": "CaD", "calcium": "calcium", "alendronate": "alendronate", "ca2+": "Ca2+"}
    assert read_joined(text, lambda name: known.get(fold(name))) == names


def test_agents_one_after_the_other_are_told_by_the_word_between_them() -> None:
    assert split_in_order("a-THEN\u2011b") == ["a", "b"]
    assert split_in_order("a, then b , Then  c") == ["a", "b", "c"]
    assert split_in_order("a+b") == ["a+b"]
    assert split_in_order("strengthen") == ["strengthen"]


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
