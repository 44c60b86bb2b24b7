"""`compare a b` mirrors `compare b a`: the sides change places and nothing else does."""

from asking import Document, answer_of, store_of
from generated import cases, populations, species, unordered
from hypothesis import given, settings

from bonerx.questions.compare.question import Compare

SWAPPED = {"favours-a": "favours-b", "favours-b": "favours-a"}


def mirrored(answer: Document) -> Document:
    """Return the answer of a comparison with its sides in each other's place."""
    turned = {**answer, "overall": turn(answer["overall"]), "preference": turn(answer["preference"])}
    turned["outcomes"] = [{**turn(row), "a": row["b"], "b": row["a"]} for row in answer["outcomes"]]
    general = answer["general"]
    by_class = {"a": general["by_class"]["b"], "b": general["by_class"]["a"]}
    turned["general"] = {"a": general["b"], "b": general["a"], "by_class": by_class}
    return turned


def turn(verdict: Document) -> Document:
    return {**verdict, "verdict": SWAPPED.get(verdict["verdict"], verdict["verdict"])}


@given(case=cases(), population=populations, species=species)
@settings(max_examples=40, deadline=None)
def test_the_sides_of_a_comparison_mirror_each_other(case, population, species) -> None:  # type: ignore[no-untyped-def]
    pair, table = case
    store = store_of(table)
    one = answer_of(store, Compare(*pair, population=population, species=species))
    other = answer_of(store, Compare(*pair[::-1], population=population, species=species))
    assert other["status"] == one["status"]
    assert unordered(other["answer"]) == unordered(mirrored(one["answer"]))
    assert unordered(other["claims"]) == unordered(one["claims"])
    assert unordered(other["sources"]) == unordered(one["sources"])
    assert unordered(other["caveats"]) == unordered(one["caveats"])
