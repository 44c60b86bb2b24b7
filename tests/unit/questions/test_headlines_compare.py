"""The headline of a comparison: one sentence, never stronger than its weakest words, that names what decides."""

import re
from typing import Any

import pytest
from small_table import Record, asked, says

from bonerx import Compare

IDLE = "that may decide"
"""What is added to `no statement` where statements compare the two and none of them counts."""
SIDE_BY_SIDE = "what is stated of each stands side by side"

CASES = [
    # nothing
    pytest.param([], {}, "Nothing is stated of x or y.", id="nothing"),
    pytest.param(
        [], {"outcome": "density"}, "Nothing is stated of x or y on bone density.", id="nothing on an outcome",
    ),
    pytest.param(
        [says("x > y", whom="rats")], {}, "Nothing is stated of x or y; statements on animals stand apart.",
        id="nothing of people",
    ),
    pytest.param(
        [says("z treats", whom="rats")], {"species": "rat"}, "In rat studies: Nothing is stated of x or y.",
        id="nothing of rats",
    ),
    # wording
    pytest.param([says("x > y")], {}, "Favours x: stated, as efficacy (no outcome named).", id="asserted"),
    pytest.param(
        [says("x > y", hedge="suggested")], {}, "Suggested to favour x: stated, as efficacy (no outcome named).",
        id="suggested",
    ),
    pytest.param(
        [says("x > y", hedge="possible")], {}, "May favour x: stated, as efficacy (no outcome named).", id="possible"
    ),
    pytest.param(
        [says("x > y", hedge="proposed")], {}, "Proposed to favour x: stated, as efficacy (no outcome named).",
        id="proposed",
    ),
    pytest.param(
        [says("x > y"), says("y < x", hedge="possible")], {}, "May favour x: stated, as efficacy (no outcome named).",
        id="the weakest of two that decide",
    ),
    pytest.param(
        [says("x = y", hedge="suggested", on="density")], {}, "No difference, stated and suggested, on bone density.",
        id="no difference, with its words",
    ),
    pytest.param(
        [says("x > y", on="density"), says("y > x", on="density")], {}, "The statements conflict on bone density.",
        id="conflicting",
    ),
    # basis
    pytest.param(
        [says("alphas > y")], {"a": "alpha-1"}, "Favours alpha 1: by class only, as efficacy (no outcome named).",
        id="by class says so",
    ),
    pytest.param(
        [says("alphas = y")], {"a": "alpha-1"},
        "No difference, by class and asserted, as efficacy (no outcome named).", id="no difference by class",
    ),
    # population
    pytest.param(
        [says("x before y", whom="women")], {}, "Favours x in ill women: stated, as recommendation.",
        id="the population that all deciding claims name",
    ),
    pytest.param(
        [says("x before y", whom="women"), says("x before y", whom="men")], {},
        "Favours x: stated, as recommendation.", id="none where they differ",
    ),
    pytest.param(
        [says("x before y", whom="women"), says("x before y")], {}, "Favours x: stated, as recommendation.",
        id="none where one names none",
    ),
    pytest.param(
        [says("x > y", on="density", whom="women"), says("x < y", on="density", whom="women")], {},
        "The statements in ill women conflict on bone density.", id="conflicting in a population",
    ),
    # groups
    pytest.param(
        [says("x > y"), says("x before y"), says("x > y", on="density"), says("x > y", on="fracture")], {},
        "Favours x: stated, on fractures, on bone density, as recommendation and as efficacy (no outcome named).",
        id="what is said alike is told together",
    ),
    pytest.param(
        [says("x > y", hedge="possible"), says("x before y")], {},
        "Favours x: stated, as recommendation; may favour x: stated, as efficacy (no outcome named).",
        id="other words are told apart",
    ),
    pytest.param(
        [says("x > y", on="density"), says("y > x", on="nausea")], {},
        "Favours x: stated, on bone density; favours y: stated, on nausea.", id="another side is told apart",
    ),
    pytest.param(
        [says("alphas > y"), says("alpha-1 before y")], {"a": "alpha-1"},
        "Favours alpha 1: stated, as recommendation; favours alpha 1: by class only, as efficacy (no outcome named).",
        id="another basis is told apart",
    ),
    # undetermined
    pytest.param(
        [says("x treats"), says("y treats")], {},
        f"Undetermined: no statement compares x with y; {SIDE_BY_SIDE}.", id="side by side",
    ),
    pytest.param(
        [says("x beside y")], {}, f"Undetermined: no statement {IDLE} compares x with y; {SIDE_BY_SIDE}.",
        id="compared for nobody",
    ),
    pytest.param(
        [says("x > y", source="gone-1999")], {},
        f"Undetermined: no statement {IDLE} compares x with y; {SIDE_BY_SIDE}.", id="compared by a retracted source",
    ),
    pytest.param(
        [says("x > y", whom="rats"), says("x treats")], {},
        f"Undetermined: no statement {IDLE} compares x with y; {SIDE_BY_SIDE}.", id="compared in rats",
    ),
    pytest.param(
        [says("x > y")], {"population": "ill"},
        f"Undetermined: no statement {IDLE} compares x with y; {SIDE_BY_SIDE}.", id="compared in no population",
    ),
    pytest.param(
        [says("x > y", on="hip-fracture"), says("x > y", on="fracture", source="gone-1999")], {"outcome": "fracture"},
        f"Undetermined on fractures: no statement {IDLE} compares the two on it.", id="compared on a narrower outcome",
    ),
    pytest.param(
        [says("x > y", on="density", source="gone-1999")], {"outcome": "density"},
        f"Undetermined on bone density: no statement {IDLE} compares the two on it.",
        id="retracted on the outcome asked",
    ),
    pytest.param(
        [says("x increases", on="density")], {"outcome": "density"},
        "Undetermined on bone density: no statement compares the two on it.", id="of one side on the outcome asked",
    ),
    pytest.param(
        [says("x > y", on="density"), says("y before x")], {"outcome": "density"},
        "Favours x: stated, on bone density; favours y: stated, as recommendation.", id="decided on the outcome asked",
    ),
    pytest.param(
        [says("vitamin > y")], {"a": "vitamin-form"},
        f"Undetermined: no statement {IDLE} compares vitamin form with y; {SIDE_BY_SIDE}; statements on something "
        "broader stand beside it and decide nothing.",
        id="of something broader",
    ),
    pytest.param(
        [says("vitamin > y"), says("vitamin-form < y")], {"a": "vitamin-form"},
        "Favours y: stated, as efficacy (no outcome named).", id="something broader beside a verdict is not told",
    ),
    # species
    pytest.param(
        [says("x > y", whom="rats")], {"species": "rat"},
        "In rat studies: Favours x in spayed rats: stated, as efficacy (no outcome named).", id="in rats",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "question", "headline"), CASES)
def test_a_comparison_is_told_in_one_sentence(claims: list[Record], question: dict[str, Any], headline: str) -> None:
    assert asked(Compare(**({"a": "x", "b": "y"} | question)), *claims)["answer"]["headline"] == headline


def test_what_names_no_outcome_comes_after_the_outcome_asked() -> None:
    claims = [says("x increases", on="density"), says("x before y")]
    headline = asked(Compare("x", "y", "density"), *claims)["answer"]["headline"]
    first, second = headline.split("; ")
    assert first.startswith("Undetermined on bone density: no statement")
    assert second == "favours x: stated, as recommendation."


def trial(id_: str, one: tuple[int, int], other: tuple[int, int], *, on: str = "fracture", of: str = "x y") -> Record:
    """Return a trial of two agents (events, people), by default of x against y."""
    results = [
        {"arm": arm, "outcome": on, "events": events, "n": n, "source": "roe-2010", "place": "Table 1"}
        for arm, (events, n) in zip(of.split(), (one, other), strict=True)
    ]
    arms = [{"id": arm, "regimen": [arm]} for arm in of.split()]
    return {"id": id_, "sources": ["roe-2010"], "arms": arms, "results": results}


FEWER, MORE, EVEN = ((10, 100), (40, 100)), ((40, 100), (10, 100)), ((20, 100), (21, 100))


@pytest.mark.parametrize(
    ("claims", "trials", "outcome", "said"),
    [
        pytest.param(
            [], {"fracture": [FEWER]}, None, "the trials of this table favour x on fractures", id="for one side",
        ),
        pytest.param(
            [], {"fracture": [MORE]}, None, "the trials of this table favour y on fractures", id="for the other",
        ),
        pytest.param(
            [], {"fracture": [EVEN]}, None, "the trials of this table show no clear difference on fractures",
            id="for none",
        ),
        pytest.param(
            [], {"fracture": [FEWER], "nausea": [FEWER]}, None,
            "the trials of this table favour x on fractures and nausea", id="alike on two outcomes",
        ),
        pytest.param(
            [says("x > y", on="fracture")], {"fracture": [FEWER]}, None,
            "the trials of this table favour x on fractures",
            id="as stated",
        ),
        pytest.param(
            [says("x > y", on="fracture")], {"fracture": [MORE]}, None,
            "but the trials of this table favour y on fractures", id="against what is stated",
        ),
        pytest.param(
            [says("x > y", on="fracture")], {"fracture": [EVEN]}, None,
            "but the trials of this table show no clear difference on fractures", id="not bearing out what is stated",
        ),
        pytest.param(
            [says("x = y", on="fracture")], {"fracture": [FEWER]}, None,
            "the trials of this table favour x on fractures",
            id="beside a statement for nobody",
        ),
        pytest.param(
            [], {"fracture": [FEWER]}, "fracture", "the one trial favours x: RR 0.25 (0.13 to 0.47), 1 trial",
            id="one trial on the outcome asked",
        ),
        pytest.param(
            [], {"fracture": [FEWER, ((11, 100), (42, 100))]}, "fracture",
            "the pool of the trials favours x: RR …, 2 trials", id="two trials on the outcome asked",
        ),
        pytest.param(
            [says("x > y", on="fracture")], {"fracture": [EVEN]}, "fracture",
            "but the one trial shows no clear difference: RR 0.95 (0.55 to 1.64), 1 trial", id="and not as stated",
        ),
        pytest.param(
            [], {"fracture": [FEWER, ((24, 100), (40, 100))]}, "fracture",
            "the pool of the trials favours x by Wald's interval, not by Hartung–Knapp's…: RR …",
            id="by one interval only",
        ),
        pytest.param(
            [], {"fracture": [FEWER, ((24, 100), (40, 100))]}, None,
            "the trials of this table favour x by Wald's interval, not by Hartung–Knapp's, on fractures",
            id="by one interval only, on every outcome",
        ),
    ],
)  # fmt: skip
def test_the_trials_are_told_beside_the_statements(
    claims: list[Record], trials: dict[str, list[Any]], outcome: str | None, said: str
) -> None:
    studies = [
        trial(f"{on}-{number}", *arms, on=on) for on, some in trials.items() for number, arms in enumerate(some, 1)
    ]
    headline = asked(Compare("x", "y", outcome), *claims, studies=studies)["answer"]["headline"]
    assert re.fullmatch(re.escape(f"{said}.").replace("…", ".*"), headline.split("; ")[-1]), headline


@pytest.mark.parametrize(
    ("studies", "claims", "said"),
    [
        pytest.param(
            [trial("t-x", *FEWER, of="x placebo"), trial("t-y", *EVEN, of="y placebo")], [],
            "the network of trials, indirectly, favours x: RR …, 2 trials", id="through a common comparator",
        ),
        pytest.param(
            [trial("t-x", *FEWER, of="x placebo"), trial("t-y", *FEWER, of="y placebo")],
            [says("x > y", on="fracture")],
            "but the network of trials, indirectly, shows no clear difference: RR 1.00 (…), 2 trials",
            id="not bearing out what is stated",
        ),
        pytest.param(
            [trial("t-x", *FEWER, of="x placebo"), trial("t-y", *FEWER, of="y z")],
            [says("x prevents", on="fracture")], "in the network of trials: …",
            id="not connected: why not",
        ),
    ],
)  # fmt: skip
def test_without_a_trial_of_the_two_the_network_is_told(studies: list[Record], claims: list[Record], said: str) -> None:
    headline = asked(Compare("x", "y", "fracture"), *claims, studies=studies)["answer"]["headline"]
    assert re.fullmatch(re.escape(f"{said}.").replace("…", ".*"), headline.split("; ")[-1]), headline
