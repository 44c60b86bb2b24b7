"""The headline of a pool: the estimate, whom its interval favours, and whether the conclusion depends on the method."""

import json
from pathlib import Path

import pytest
from asking import run
from small_table import Record, says, table

HEADER = "study,treat1,treat2,te,sete\n"
ONE_TRIAL = "with one trial nothing is known of how far trials differ"
DEPENDS = "the conclusion hangs on the method"
DEGREES = (
    (0.0, "no more differences than chance makes"),
    (0.2, "little more than chance makes"),
    (0.39, "little more than chance makes"),
    (0.41, "moderate differences"),
    (0.59, "moderate differences"),
    (0.61, "substantial differences"),
    (0.74, "substantial differences"),
    (0.76, "considerable differences"),
)
"""The bands of the Cochrane Handbook (10.10.2), cut where they overlap, each by a value on either side."""


def pooled(file: Path, effects: list[tuple[float, float]], *options: str) -> str:
    """Return the headline of a pool of effects of x against y, each with its standard error."""
    rows = [f"t{number},x,y,{te!r},{se!r}" for number, (te, se) in enumerate(effects, 1)]
    file.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return str(run("pool", "x", "y", "--data", file, *options, "--json").answer["headline"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trials.csv"


NEAR = [(-1.0, 0.2), (-1.0, 0.2)]
"""Two trials that agree: the pooled effect is -1 with a standard error of 0.2 / √2."""
APART = [(-1.0, 0.2), (-0.3, 0.2)]
"""Two that do not: the common effect -0.65 excludes 0, the random one includes it, since τ² is 0.35² · 2 - 0.04."""


@pytest.mark.parametrize(
    ("effects", "options", "headline"),
    [
        pytest.param(NEAR, (), "2 trials of x against y: -1.00 (95% CI -1.28 to -0.72), lower with x.", id="lower"),
        pytest.param(
            [(-te, se) for te, se in NEAR], (), "2 trials of x against y: 1.00 (95% CI 0.72 to 1.28), higher with x.",
            id="higher",
        ),
        pytest.param(
            NEAR, ("--better", "lower"), "2 trials of x against y: -1.00 (95% CI -1.28 to -0.72), favours x.",
            id="lower is better",
        ),
        pytest.param(
            NEAR, ("--better", "higher"), "2 trials of x against y: -1.00 (95% CI -1.28 to -0.72), favours y.",
            id="higher is better",
        ),
        pytest.param(
            NEAR, ("--better", "lower", "--measure", "RR"),
            "2 trials of x against y: RR 0.37 (95% CI 0.28 to 0.49), favours x.", id="a ratio by its own null",
        ),
        pytest.param(
            NEAR, ("--better", "lower", "--measure", "HR"),
            "2 trials of x against y: HR 0.37 (95% CI 0.28 to 0.49), favours x.", id="a hazard ratio as well",
        ),
        pytest.param(
            [(-0.2, 0.2), (-0.2, 0.2)], ("--better", "lower"),
            "2 trials of x against y: -0.20 (95% CI -0.48 to 0.08), no clear difference.",
            id="an interval over no effect",
        ),
        pytest.param(
            [(-0.2, 0.2), (-0.2, 0.2)], ("--better", "lower", "--level", "0.8"),
            "2 trials of x against y: -0.20 (80% CI -0.38 to -0.02), favours x.", id="a lower level decides sooner",
        ),
        pytest.param(
            NEAR[:1], ("--better", "lower"),
            f"1 trial of x against y (t1): -1.00 (95% CI -1.39 to -0.61), favours x; {ONE_TRIAL}.", id="one trial",
        ),
        pytest.param(
            APART, ("--better", "lower"),
            "2 trials of x against y: -0.65 (95% CI -1.34 to 0.04), no clear difference; "
            f"{DEPENDS}: with the common-effect model -0.65 (95% CI -0.93 to -0.37), favours x.",
            id="the other model decides",
        ),
        pytest.param(
            APART, ("--better", "lower", "--model", "common"),
            "2 trials of x against y: -0.65 (95% CI -0.93 to -0.37), favours x; "
            f"{DEPENDS}: with the random-effects model -0.65 (95% CI -1.34 to 0.04), no clear difference; "
            "with the Hartung–Knapp interval -0.65 (95% CI -5.10 to 3.80), no clear difference.",
            id="asked of the other model, turned round",
        ),
    ],
)  # fmt: skip
def test_a_pool_is_told_in_one_sentence(
    file: Path, effects: list[tuple[float, float]], options: tuple[str, ...], headline: str
) -> None:
    assert pooled(file, effects, *options) == headline


@pytest.mark.parametrize(("i2", "degree"), DEGREES)
def test_heterogeneity_is_told_by_the_bands_of_the_handbook(file: Path, i2: float, degree: str) -> None:
    """Of two trials with equal standard errors Q is d² / 2se², and I² is 1 - 1 / Q."""
    apart = 0.2 * (2 / (1 - i2)) ** 0.5
    pooled(file, [(0.0, 0.2), (apart if i2 else 0.1, 0.2)])
    shown = run("pool", "x", "y", "--data", file, "--format", "plain").out
    (line,) = [line for line in shown.splitlines() if line.startswith("I² ")]
    assert line.startswith(f"I² {100 * i2:.0f}%")
    assert line.endswith(f": {degree}")


MEANS = "study,treatment,mean,sd,n\n"


@pytest.mark.parametrize(
    ("without", "told"),
    [
        (1, "left out: w1 (the standard deviation of `y` is 0)."),
        (3, "left out: w1 (…), w2 (…) and w3 (…)."),
        (5, "left out: w1 (…), w2 (…), w3 (…) and 2 more."),
    ],
)
def test_trials_of_means_left_out_are_named_three_at_most(file: Path, without: int, told: str) -> None:
    arms = "t1,x,5,1,50\nt1,y,8,1,50\n"
    arms += "".join(f"w{number},x,5,1,50\nw{number},y,8,0,50\n" for number in range(1, without + 1))
    file.write_text(MEANS + arms, encoding="utf-8")
    told = told.replace("…", "the standard deviation of `y` is 0")
    assert run("pool", "x", "y", "--data", file, "--json").answer["headline"].endswith(f"; {told}")
    file.write_text(MEANS + arms.split("\n", 2)[2], encoding="utf-8")
    none = run("pool", "x", "y", "--data", file, "--json")
    assert (none.code, none.document["status"]) == (1, "no-evidence")
    assert none.answer["headline"] == f"No trial of x against y in {file} can be pooled: {told}"


def study(id_: str, first: str, events: int, source: str = "roe-2010", *, figures: bool = True) -> Record:
    results = [
        {"arm": arm, "outcome": "fracture", "events": found, "n": 100, "source": source, "place": "Table 1"}
        for arm, found in (("a", events), ("b", 40))
    ]
    arms = [{"id": "a", "regimen": [first]}, {"id": "b", "regimen": ["placebo"]}]
    return {"id": id_, "sources": [source], "arms": arms, "results": results if figures else []}


@pytest.mark.parametrize(
    ("studies", "asked_of", "options", "headline"),
    [
        pytest.param(
            [study("t-one", "x", 10)], "x", (),
            f"1 trial of x against placebo on fractures (t-one): RR 0.25 (95% CI 0.13 to 0.47), favours x; "
            f"{ONE_TRIAL}.",
            id="the table knows which way is better",
        ),
        pytest.param(
            [], "x", (),
            "No trial of x against placebo on fractures can be pooled: none of the table compares the two on it.",
            id="none compares the two",
        ),
        pytest.param(
            [study("t-one", "x", 10, "doubted-2005")], "x", (),
            "No trial of x against placebo on fractures can be pooled: 1 trial left out.", id="of concern: left out",
        ),
        pytest.param(
            [study("t-one", "x", 10, "doubted-2005")], "x", ("--include-flagged",),
            "1 trial of x against placebo on fractures (t-one): RR 0.25 (95% CI 0.13 to 0.47), favours x; "
            f"{ONE_TRIAL}; counts t-one, of integrity concern.", id="of concern, asked for: counted and said so",
        ),
        pytest.param(
            [study("t-one", "x", 10, figures=False)], "x", (),
            "No trial of x against placebo on fractures can be pooled: 1 trial of the two without figures on it.",
            id="without figures",
        ),
        pytest.param(
            [study("t-one", "alpha-1", 10), study("t-two", "alpha-2", 12)], "alphas", (),
            "No trial of alphas against placebo on fractures can be pooled: none of the table compares the two on it; "
            "of the class, trials of alpha 1 and alpha 2 can, each by itself.",
            id="of a class: its members, each by itself",
        ),
    ],
)  # fmt: skip
def test_a_pool_of_the_table_is_told_in_one_sentence(
    tmp_path: Path, studies: list[Record], asked_of: str, options: tuple[str, ...], headline: str
) -> None:
    path = tmp_path / "table.json"
    whole = {"format": "bonerx-evidence/1", **table(says("x treats")), "studies": studies}
    path.write_text(json.dumps(whole), encoding="utf-8")
    ran = run("pool", asked_of, "placebo", "--outcome", "fracture", *options, "--json", "-e", path)
    assert ran.code == (1 if headline.startswith("No trial") else 0), ran.err
    assert ran.answer["headline"] == headline
