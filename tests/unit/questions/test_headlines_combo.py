"""The headline on a combination: each comparison in its own words, then the advice, then what trials there are."""

from typing import Any

import pytest
from small_table import Record, asked, says

from bonerx import Combo

NO_TRIAL = "; no trial of this table gives x + y."

CASES = [
    pytest.param([], {}, "Of x + y together nothing is stated", id="nothing"),
    pytest.param(
        [says("x+y treats", whom="rats")], {}, "Of x + y together nothing is stated; statements on animals stand apart",
        id="nothing of people",
    ),
    pytest.param(
        [says("x+y > x", source="gone-1999")], {}, "Of x + y together no verdict follows from what is stated",
        id="stated, and counted for nothing",
    ),
    pytest.param(
        [says("x+y > x")], {}, "Favours x + y over x: stated", id="against a component, no outcome"
    ),
    pytest.param(
        [says("x+y > x", on="density", whom="women")], {}, "Favours x + y over x on bone density in ill women: stated",
        id="on an outcome, in a population",
    ),
    pytest.param(
        [says("x+y > x", hedge="possible")], {}, "May favour x + y over x: stated", id="no stronger than its words"
    ),
    pytest.param(
        [says("x+y > x", kind="usage")], {}, "Of x + y together no verdict follows from what is stated",
        id="used more is no verdict",
    ),
    pytest.param([says("x > x+y")], {}, "Favours x over x + y: stated", id="the comparator is favoured"),
    pytest.param(
        [says("x+y = x", hedge="suggested")], {}, "No difference between x + y and x: stated, suggested",
        id="no difference",
    ),
    pytest.param(
        [says("x+y > x"), says("x+y < x")], {}, "The statements conflict on x + y against x", id="conflicting"
    ),
    pytest.param(
        [says("x+y before x")], {}, "Favours x + y over x as recommendation: stated", id="a recommendation says so"
    ),
    pytest.param(
        [says("x+y > x"), says("x+y > y", hedge="proposed")], {},
        "Favours x + y over x: stated; proposed to favour x + y over y: stated", id="each comparator has its clause",
    ),
    pytest.param(
        [says("x+y recommended", whom="women", hedge="suggested")], {}, "Recommended in ill women: stated, suggested",
        id="advice without a comparator",
    ),
    pytest.param(
        [says("x+y not-recommended")], {}, "Not recommended: stated, asserted", id="advice against, in plain words"
    ),
    pytest.param(
        [says("x+y synergistic", on="density")], {}, "Synergistic on bone density: stated, asserted",
        id="a relation is said to be so on an outcome",
    ),
    pytest.param(
        [says("x+y increases", on="density")], {}, "Increases bone density: stated, asserted",
        id="an effect takes the outcome as its object",
    ),
    pytest.param(
        [says("x+y > x", on="density", whom="rats")], {"species": "any"},
        "Favours x + y over x on bone density in rat studies (spayed rats): stated", id="of rats it says so",
    ),
    pytest.param(
        [says("x+y synergistic", whom="rats")], {"species": "any"},
        "Synergistic in rat studies (spayed rats): stated, asserted", id="a relation in rats says so",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "scope", "headline"), CASES)
def test_a_combination_is_told_in_one_sentence(claims: list[Record], scope: dict[str, Any], headline: str) -> None:
    assert asked(Combo(("y", "x"), **scope), *claims)["answer"]["headline"] == headline + NO_TRIAL


@pytest.mark.parametrize(
    ("claim", "agents", "headline"),
    [
        pytest.param(
            says("x+alphas > alphas"), ("x", "alpha-1"), "Favours alpha 1 + x over alpha 1: by class", id="class",
        ),
        pytest.param(says("x+alphas synergistic"), ("x", "alpha-1"), "Synergistic: by class, asserted", id="advice"),
        pytest.param(
            says("vitamin+x synergistic"), ("x", "vitamin-form"), "Synergistic: on something broader, asserted",
            id="broader",
        ),
    ],
)  # fmt: skip
def test_the_basis_is_told(claim: Record, agents: tuple[str, ...], headline: str) -> None:
    assert asked(Combo(agents), claim)["answer"]["headline"].split("; ")[0] == headline


def arms(first: str, second: str, events: int | None, **more: Any) -> Record:
    results = [
        {"arm": arm, "outcome": "fracture", "events": found, "n": 100, "source": source, "place": "Table 1"}
        for arm, found, source in (("a", events, more.get("of", "roe-2010")), ("b", 40, more.get("of", "roe-2010")))
    ]
    both = [{"id": "a", "regimen": first.split("+")}, {"id": "b", "regimen": second.split("+")}]
    both[0] |= {"combination": "concurrent"}
    source = more.get("of", "roe-2010")
    return {"id": "t-one", "sources": [source], "arms": both, "results": results if events is not None else []}


@pytest.mark.parametrize(
    ("trials", "outcome", "said"),
    [
        pytest.param([arms("x+y", "x", 10)], None, "trials against x favour x + y on fractures", id="for it"),
        pytest.param([arms("x+y", "x", 80)], None, "trials against x favour x on fractures", id="for the comparator"),
        pytest.param(
            [arms("x+y", "x", 41)], None, "trials against x show no clear difference on fractures", id="for none",
        ),
        pytest.param(
            [arms("x+y", "x", 10)], "fracture",
            "trials against x favour x + y on fractures: RR 0.25 (0.13 to 0.47), 1 trial", id="on the outcome asked",
        ),
        pytest.param(
            [arms("x+y", "x", None)], None, "no trial of this table lets x + y be pooled", id="without figures",
        ),
        pytest.param(
            [arms("x+y", "x", 10, of="doubted-2005")], None,
            "no trial of this table lets x + y be pooled without an integrity concern", id="of concern",
        ),
        pytest.param([arms("x+z", "x", 10)], None, "no trial of this table gives x + y", id="of another combination"),
    ],
)  # fmt: skip
def test_the_trials_of_it_are_told(trials: list[Record], outcome: str | None, said: str) -> None:
    headline = asked(Combo(("x", "y"), outcome), studies=trials)["answer"]["headline"]
    assert headline == f"Of x + y together nothing is stated; {said}."


@pytest.mark.parametrize(
    ("claims", "studies", "status"),
    [
        pytest.param([], [], "no-evidence", id="nothing at all"),
        pytest.param([says("x treats")], [], "no-evidence", id="of a component alone"),
        pytest.param([says("x+y treats")], [], "answered", id="of the combination"),
        pytest.param([says("z > x+y")], [], "answered", id="against it only"),
        pytest.param([], [arms("x+y", "x", 10)], "answered", id="trials only"),
        pytest.param([says("x+y treats", whom="rats")], [], "no-evidence", id="of animals only"),
    ],
)
def test_a_combination_is_answered_by_what_is_known_of_it(
    claims: list[Record], studies: list[Record], status: str
) -> None:
    assert asked(Combo(("x", "y")), *claims, studies=studies)["status"] == status


def test_of_rats_nothing_is_said_of_rats() -> None:
    of_rats = says("z treats", whom="rats")
    headline = asked(Combo(("x", "y"), species="rat"), of_rats)["answer"]["headline"]
    assert headline == "Of x + y together nothing is stated in rat studies."


def test_of_no_population_in_particular_is_an_answer_where_one_is_asked() -> None:
    document = asked(Combo(("x", "y"), population="ill"), says("x+y treats"))
    assert (document["status"], document["answer"]["population_not_stated"]) == ("answered", ["c1"])


@pytest.mark.parametrize(
    ("trial", "pooled", "reason"),
    [
        pytest.param(arms("x+y", "x", 10), True, None, id="pooled"),
        pytest.param(arms("x+y", "x", None), False, "gives no figure that this table holds", id="without figures"),
        pytest.param(arms("x+y", "x", 10, of="doubted-2005"), False, "integrity concern", id="of concern"),
    ],
)
def test_a_trial_that_is_not_pooled_says_why(trial: Record, pooled: bool, reason: str | None) -> None:
    document = asked(Combo(("x", "y")), studies=[trial])
    (found,) = document["answer"]["trials"]
    assert found["pooled"] == pooled
    assert (found["reason"] or "").startswith(reason or "")
    assert bool(found["reason"]) == any(line.startswith("t-one: ") for line in document["caveats"]) == (not pooled)
