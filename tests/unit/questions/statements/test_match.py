"""How a statement bears on a regimen, or on one against another: stated, by class, broader, narrower, or not at all."""

from typing import Any

import pytest
from small_table import asked, bases, says

from bonerx import Compare, Evidence

STATED, BY_CLASS, BROADER, NARROWER, NOT_AT_ALL = "stated", "by-class", "broader", "narrower", None


@pytest.mark.parametrize(
    ("said_of", "named", "of", "basis"),
    [
        pytest.param("x", [], "x", STATED, id="on just what is asked"),
        pytest.param("alphas", [], "alpha-1", BY_CLASS, id="on a class that does not name it"),
        pytest.param("alphas", ["alpha-1"], "alpha-1", STATED, id="on a class that names it"),
        pytest.param("alphas", ["alpha-1"], "alpha-2", BY_CLASS, id="on a class that names another member"),
        pytest.param("drugs", [], "alpha-1", BY_CLASS, id="on a class of its class"),
        pytest.param("drugs", ["alpha-1"], "alpha-1", STATED, id="on a class of its class that names it"),
        pytest.param("vitamin", [], "vitamin-form", BROADER, id="on what it is a form of"),
        pytest.param("vitamins", [], "vitamin-form", BROADER, id="on the class of what it is a form of"),
        pytest.param("vitamins", ["vitamin-form"], "vitamin", BY_CLASS, id="on a class that names a form of it"),
        pytest.param("vitamin-form", [], "vitamin", NARROWER, id="on a form of it"),
        pytest.param("alpha-1", [], "alphas", NARROWER, id="on a member of the class asked"),
        pytest.param("alpha-1", [], "drugs", NARROWER, id="on a member of a class within the class asked"),
        pytest.param("alphas", ["alpha-1"], "alphas", STATED, id="on the class asked, whomever it names"),
        pytest.param("alpha-2", [], "alpha-1", NOT_AT_ALL, id="on another member of its class"),
        pytest.param("betas", [], "alpha-1", NOT_AT_ALL, id="on another class"),
        pytest.param("y", [], "x", NOT_AT_ALL, id="on another agent"),
        pytest.param("y+x", [], "x+y", STATED, id="on the same combination in another order"),
        pytest.param("x+y", [], "x", NOT_AT_ALL, id="on a combination, where one of its agents is asked"),
        pytest.param("x", [], "x+y", NOT_AT_ALL, id="on an agent, where a combination with it is asked"),
        pytest.param("x+y+z", [], "x+y", NOT_AT_ALL, id="on a combination with one agent more"),
        pytest.param(
            "x+alphas", [], "alpha-1+x", BY_CLASS, id="on a combination with a class in the place of an agent"
        ),
        pytest.param("x+alphas", ["alpha-1"], "alpha-1+x", STATED, id="on a combination with a class that names it"),
        pytest.param("vitamin+alphas", [], "alpha-1+vitamin-form", BROADER, id="the weakest of a combination's bases"),
        pytest.param("vitamin-form+alphas", [], "alpha-1+vitamin", NARROWER, id="narrower is weaker than by class"),
        pytest.param("alphas+alpha-1", [], "alpha-1+alpha-2", BY_CLASS, id="the class stands for the other agent"),
        pytest.param("alphas+alpha-1", ["alpha-2"], "alpha-2+alpha-1", STATED, id="the strongest way of reading it"),
        pytest.param("x+y", [], "x-then-y", NOT_AT_ALL, id="on agents together, where one after the other is asked"),
        pytest.param("x-then-y", [], "x+y", NOT_AT_ALL, id="on one after the other, where together is asked"),
        pytest.param("x-then-y", [], "x-then-y", STATED, id="on a sequence in its order"),
        pytest.param("y-then-x", [], "x-then-y", NOT_AT_ALL, id="on a sequence in the reverse order"),
        pytest.param("x-then-alphas", [], "x-then-alpha-1", BY_CLASS, id="on a sequence that ends with its class"),
    ],
)
def test_a_statement_bears_on_a_regimen(said_of: str, named: list[str], of: str, basis: str | None) -> None:
    claim = says(f"{said_of} increases", "c1", on="density", named=named)
    assert bases(asked(Compare(of, "placebo"), claim)).get("c1") == basis
    mirrored = asked(Compare("placebo", of), claim)
    assert bases(mirrored).get("c1") == basis
    assert mirrored["status"] == ("answered" if basis else "no-evidence")


@pytest.mark.parametrize(
    ("said", "named", "one", "other", "basis"),
    [
        pytest.param("x > y", [], "x", "y", STATED, id="of the two asked"),
        pytest.param("alphas > y", [], "alpha-1", "y", BY_CLASS, id="a class on one side"),
        pytest.param("y > alphas", [], "y", "alpha-1", BY_CLASS, id="a class as comparator"),
        pytest.param("alphas > betas", [], "alpha-1", "beta-1", BY_CLASS, id="a class on either side"),
        pytest.param("alphas > betas", ["alpha-1"], "alpha-1", "beta-1", BY_CLASS, id="only one side is named"),
        pytest.param("alphas > betas", ["alpha-1", "beta-1"], "alpha-1", "beta-1", STATED, id="both sides are named"),
        pytest.param("alphas > betas", ["alpha-1"], "alpha-1", "betas", STATED, id="a named member against the class"),
        pytest.param("alphas > betas", [], "alpha-1", "alpha-2", NOT_AT_ALL, id="two members of one class"),
        pytest.param("x+alphas > alphas", [], "x+alpha-1", "alpha-1", BY_CLASS, id="the same member on both sides"),
        pytest.param("x+alphas > alphas", [], "x+alpha-1", "alpha-2", NOT_AT_ALL, id="another member on either side"),
        pytest.param("x+alphas > alphas", ["alpha-1"], "x+alpha-1", "alpha-1", STATED, id="the named member on both"),
        pytest.param("x+alphas > alphas", [], "x+alphas", "alphas", STATED, id="the class itself on both sides"),
        pytest.param("x+alphas > alphas", [], "x+alpha-1", "alphas", NOT_AT_ALL, id="a member against its class"),
        pytest.param("x+alphas > x", [], "x+alpha-2", "x", BY_CLASS, id="an agent on both sides stands for itself"),
        pytest.param("vitamin > alphas", [], "vitamin-form", "alpha-1", BROADER, id="the weaker basis of the sides"),
        pytest.param("vitamin-form > x", [], "vitamin", "x", NARROWER, id="a form of one side"),
        pytest.param("x > y", [], "x", "z", NOT_AT_ALL, id="of another comparator"),
        pytest.param("x beside", [], "x", "y", NOT_AT_ALL, id="without a comparator"),
    ],
)
def test_a_statement_compares_two_regimens(
    said: str, named: list[str], one: str, other: str, basis: str | None
) -> None:
    claim = says(said.replace(" beside", " increases"), "c1", named=named)
    for side, question in (("a", Compare(one, other)), ("b", Compare(other, one))):
        document = asked(question, claim)
        assert document["answer"]["compared"] == (["c1"] if basis else [])
        decided = document["answer"]["overall"]
        assert decided["basis"] == (basis if basis in (STATED, BY_CLASS) else "none")
        assert decided["favoured"] == (document["query"][side] if basis in (STATED, BY_CLASS) else None)
        if basis:
            assert bases(document) == {"c1": basis}


@pytest.mark.parametrize(
    ("claim", "question", "basis"),
    [
        pytest.param(says("x > alphas"), {"agents": ("alpha-1",)}, BY_CLASS, id="the comparator's class"),
        pytest.param(says("alpha-1 > alphas"), {"agents": ("alpha-1",)}, STATED, id="the stronger of two sides"),
        pytest.param(says("alphas > x", named=["alpha-1"]), {"agents": ("alpha-1",)}, STATED, id="a named member"),
        pytest.param(says("alphas > x", named=["alpha-2"]), {"agents": ("alpha-1",)}, BY_CLASS, id="another is named"),
        pytest.param(
            says("x+alphas treats"), {"agents": ("alpha-1",)}, BY_CLASS, id="in a combination, unlike compare"
        ),
        pytest.param(says("x prevents", on="hip-fracture"), {"outcome": "fracture"}, NARROWER, id="narrower outcome"),
        pytest.param(says("x prevents", on="fracture"), {"outcome": "hip-fracture"}, NOT_AT_ALL, id="broader outcome"),
        pytest.param(
            says("alphas prevents", on="hip-fracture"),
            {"agents": ("alpha-1",), "outcome": "fracture"},
            NARROWER,
            id="by class on a narrower outcome is narrower",
        ),
        pytest.param(says("x treats", whom="ill"), {"population": "women"}, BROADER, id="a broader population"),
        pytest.param(says("x treats", whom="women"), {"population": "ill"}, NARROWER, id="a narrower population"),
        pytest.param(says("x treats", whom="men"), {"population": "women"}, NOT_AT_ALL, id="another population"),
        pytest.param(says("x treats"), {"population": "women"}, STATED, id="no population: listed apart, and found"),
    ],
)
def test_a_listed_statement_says_how_it_bears(
    claim: dict[str, Any], question: dict[str, Any], basis: str | None
) -> None:
    document = asked(Evidence(**question), claim)
    assert bases(document).get("c1") == basis
    assert document["status"] == ("answered" if basis else "no-evidence")
    apart = bool(basis and "population" in question and "population" not in claim)
    assert document["answer"]["count"] == (1 if basis and not apart else 0)
    assert document["answer"]["population_not_stated"] == (["c1"] if apart else [])
