"""What species, population and year make of a statement: it decides, is only shown, stands apart, or is left out."""

from typing import Any

import pytest
from small_table import asked, bases, says

from bonerx import Combo, Compare, Rank

DECIDES, SHOWN, ANIMAL, UNSTATED, LEFT_OUT = "decides", "shown", "animal", "population_not_stated", "left out"
OF_RATS = says("z treats", whom="rats")
"""That a table speaks of rats at all is what lets a question be narrowed to them."""

CASES = [
    # species
    pytest.param({"whom": "ill"}, {}, {DECIDES}, id="on people, of people"),
    pytest.param({"whom": "rats"}, {}, {ANIMAL}, id="on rats, of people: stands apart"),
    pytest.param({"whom": "ill"}, {"species": "any"}, {DECIDES}, id="on people, of any"),
    pytest.param({"whom": "rats"}, {"species": "any"}, {SHOWN, ANIMAL}, id="on rats, of any: listed, decides nothing"),
    pytest.param({"whom": "rats"}, {"species": "rat"}, {DECIDES, ANIMAL}, id="on rats, of rats"),
    pytest.param({"whom": "ill"}, {"species": "rat"}, {LEFT_OUT}, id="on people, of rats"),
    pytest.param({"whom": "rats"}, {"species": "RAT"}, {DECIDES, ANIMAL}, id="a species in any case"),
    pytest.param({"whom": "ill"}, {"species": "Human"}, {DECIDES}, id="people in any case"),
    # population
    pytest.param({"whom": None}, {}, {DECIDES}, id="on nobody in particular, of anybody"),
    pytest.param({"whom": "women"}, {"population": "women"}, {DECIDES}, id="on the population asked"),
    pytest.param({"whom": "ill"}, {"population": "women"}, {SHOWN}, id="on a broader population: shown only"),
    pytest.param({"whom": "women"}, {"population": "ill"}, {SHOWN}, id="on a narrower population: shown only"),
    pytest.param({"whom": "men"}, {"population": "women"}, {LEFT_OUT}, id="on another population"),
    pytest.param({"whom": None}, {"population": "women"}, {UNSTATED}, id="no population stated: stands apart"),
    pytest.param({"whom": "rats"}, {"population": "ill"}, {LEFT_OUT}, id="on rats, of ill people"),
    pytest.param({"whom": "rats"}, {"population": "rats", "species": "rat"}, {DECIDES, ANIMAL}, id="on these rats"),
    pytest.param(
        {"whom": None, "species": "rat"}, {"population": "ill"}, {ANIMAL}, id="on animals of no population: as animals"
    ),
    pytest.param(
        {"population": {"basis": "not-stated", "emphasis": "women"}}, {"population": "women"}, {UNSTATED},
        id="an emphasis is no restriction, so no population is stated",
    ),
    pytest.param(
        {"population": {"id": "women", "basis": "inherited"}}, {"population": "women"}, {DECIDES},
        id="an inherited population counts as one",
    ),
    # time
    pytest.param({}, {"as_of": 2002}, {DECIDES}, id="a source from before the year"),
    pytest.param({}, {"as_of": 2001}, {DECIDES}, id="a source of the year itself"),
    pytest.param({}, {"as_of": 2000}, {LEFT_OUT}, id="a source of a later year"),
    pytest.param({"source": "undated"}, {"as_of": 2020}, {LEFT_OUT}, id="an undated source is not known by any year"),
    pytest.param({"source": "undated"}, {}, {DECIDES}, id="an undated source counts where no year is asked"),
    # integrity
    pytest.param({"source": "gone-1999"}, {}, {SHOWN}, id="retracted: shown, decides nothing"),
    pytest.param({"source": "gone-1999 roe-2010"}, {}, {DECIDES}, id="one of two sources retracted"),
    pytest.param({"source": "doubted-2005"}, {}, {DECIDES}, id="an expression of concern takes no verdict away"),
    pytest.param(
        {"source": "gone-1999", "whom": "rats"}, {"species": "rat"}, {SHOWN, ANIMAL}, id="retracted, asked of rats"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "scope", "places"), CASES)
def test_a_comparison_stands_where_the_scope_puts_it(
    claim: dict[str, Any], scope: dict[str, Any], places: set[str]
) -> None:
    document = asked(Compare("x", "y", **scope), says("x > y", "c1", **claim), OF_RATS)
    answer = document["answer"]
    decides = answer["overall"]["verdict"] == "favours-a"
    stands = {DECIDES if decides else SHOWN} if "c1" in answer["compared"] else set()
    stands |= {place for place in (ANIMAL, UNSTATED) if "c1" in answer[place]}
    assert (stands or {LEFT_OUT}) == places
    assert decides == (DECIDES in places)
    assert ("c1" in bases(document)) == (places != {LEFT_OUT})
    assert document["status"] == ("answered" if places & {DECIDES, SHOWN, UNSTATED} else "no-evidence")


@pytest.mark.parametrize(
    ("whom", "scope", "stated", "versus"),
    [
        pytest.param("ill", {}, ["c1"], [("human", "favours-combination")], id="on people, of people"),
        pytest.param("rats", {}, [], [], id="on rats, of people: apart"),
        pytest.param("rats", {"species": "any"}, ["c1"], [("rat", "favours-combination")], id="of any, judged as rats"),
        pytest.param("rats", {"species": "rat"}, ["c1"], [("rat", "favours-combination")], id="on rats, of rats"),
        pytest.param("ill", {"population": "women"}, [], [("human", "undetermined")], id="on a broader population"),
        pytest.param(None, {"population": "women"}, [], [], id="no population stated: apart"),
    ],
)
def test_of_a_combination_every_species_has_its_own_verdict(
    whom: str | None, scope: dict[str, Any], stated: list[str], versus: list[tuple[str, str]]
) -> None:
    answer = asked(Combo(("x", "y"), **scope), says("x+y > x", "c1", whom=whom))["answer"]
    assert answer["stated"] == stated
    assert [(item["species"], item["verdict"]) for item in answer["versus"]] == versus
    assert (answer["animal"] == ["c1"]) == (whom == "rats")
    assert (answer["population_not_stated"] == ["c1"]) == (whom is None)


@pytest.mark.parametrize(
    ("claim", "scope", "place"),
    [
        pytest.param({"whom": "ill"}, {"population": "ill"}, "asked", id="on the population asked"),
        pytest.param({"whom": "ill"}, {"population": "women"}, "broader", id="on a broader one: placed, and marked"),
        pytest.param({"whom": "women"}, {"population": "ill"}, LEFT_OUT, id="on a narrower one"),
        pytest.param({}, {"population": "ill"}, UNSTATED, id="no population stated: apart"),
        pytest.param({}, {}, None, id="no population asked: nothing is marked"),
        pytest.param({"whom": "rats"}, {}, LEFT_OUT, id="on rats"),
        pytest.param({"species": "rat"}, {"population": "ill"}, LEFT_OUT, id="on animals of no population"),
        pytest.param({"source": "gone-1999"}, {}, LEFT_OUT, id="retracted"),
        pytest.param({}, {"as_of": 2000}, LEFT_OUT, id="of a later year"),
    ],
)
def test_advice_places_where_the_scope_lets_it(claim: dict[str, Any], scope: dict[str, Any], place: str | None) -> None:
    document = asked(Rank(**scope), says("x before y", "c1", **claim))
    answer = document["answer"]
    places = [each for tier in answer["tiers"] for each in tier["regimens"]]
    if place in (LEFT_OUT, UNSTATED):
        assert places == []
    else:
        assert [(each["regimen"], each["population"]) for each in places] == [("x", place), ("y", place)]
    assert (answer["population_not_stated"] == ["c1"]) == (place == UNSTATED)


@pytest.mark.parametrize(
    ("claim", "scope", "component"),
    [
        pytest.param({"whom": "ill"}, {}, ["c1"], id="of people"),
        pytest.param({"whom": "rats"}, {}, [], id="of rats, which nobody asked for"),
        pytest.param({"whom": "rats"}, {"species": "rat"}, ["c1"], id="of rats, asked for"),
        pytest.param({}, {"population": "ill"}, [], id="of no population, where one is asked"),
    ],
)
def test_a_component_alone_is_shown_within_the_scope(
    claim: dict[str, Any], scope: dict[str, Any], component: list[str]
) -> None:
    answer = asked(Combo(("x", "y"), **scope), says("x treats", "c1", **claim), OF_RATS)["answer"]
    assert [item["claims"] for item in answer["components"]] == [component, []]


def test_of_a_combination_animals_of_no_population_stand_with_the_animals() -> None:
    answer = asked(Combo(("x", "y"), population="ill"), says("x+y treats", "c1", species="rat"))["answer"]
    assert (answer["animal"], answer["population_not_stated"]) == (["c1"], [])


@pytest.mark.parametrize(
    ("on", "outcome", "found"),
    [
        pytest.param("fracture", "fracture", True, id="on the outcome asked"),
        pytest.param("hip-fracture", "fracture", True, id="on a narrower one"),
        pytest.param("fracture", "hip-fracture", False, id="never on a broader one"),
        pytest.param("density", "fracture", False, id="on another"),
        pytest.param(None, "fracture", False, id="on none"),
        pytest.param(None, None, True, id="on none, none asked"),
    ],
)
def test_of_a_combination_the_outcome_asked_and_narrower_ones_are_told(
    on: str | None, outcome: str | None, found: bool
) -> None:
    claims = [says("x+y increases", "c1", on=on), says("z < x+y", "c2", on=on), says("y treats", "c3", on=on)]
    answer = asked(Combo(("x", "y"), outcome), *claims)["answer"]
    assert answer["stated"] == (["c1"] if found else [])
    assert [item["claims"] for item in answer["versus"]] == ([["c2"]] if found else [])
    assert [item["claims"] for item in answer["components"]] == [[], ["c3"] if found else []]
