"""The headline of a network: how regimens stand, whether trials differ, whether direct and indirect evidence agree."""

from pathlib import Path

import pytest
from asking import Ran, run

HEADER = "study,treat1,treat2,te,sete\n"
NO_LOOP = "nothing tests whether direct and indirect evidence agree"
ONCE = "Whether trials differ cannot be seen: no comparison has been made twice"

Effects = list[tuple[str, str, float]]
"""Trials: two regimens and the effect of the first against the second; every standard error is 0.1."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trials.csv"


def asked(file: Path, trials: Effects, command: str, *options: str) -> Ran:
    rows = [f"t{number},{a},{b},{te!r},0.1" for number, (a, b, te) in enumerate(trials, 1)]
    file.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return run(command, "--data", file, *options, "--json")


def headline(file: Path, trials: Effects, command: str, *options: str) -> str:
    ran = asked(file, trials, command, *options)
    assert ran.code == 0, ran.err
    return str(ran.answer["headline"])


@pytest.mark.parametrize(
    ("trials", "options", "differ", "agree"),
    [
        pytest.param([("a", "b", 1.0)], (), ONCE, NO_LOOP, id="one trial"),
        pytest.param(
            [("a", "b", 1.0), ("b", "c", 1.0)], (), ONCE, NO_LOOP, id="two comparisons, each made once"
        ),
        pytest.param(
            [("a", "b", 1.0), ("a", "b", 1.0)], (),
            "The trials differ no more than by chance (τ² 0, I² 0%, Q 0.00 with 1 degree of freedom, p > 0.99)",
            NO_LOOP,
            id="two trials that agree",
        ),
        # Q is 0.22² / 2 · 0.1² = 2.42 on one degree of freedom, I² 1 - 1 / 2.42, and τ² 0.22² / 2 - 0.1²
        pytest.param(
            [("a", "b", 1.0), ("a", "b", 1.22)], (),
            "The trials differ somewhat, as chance alone may bring about (τ² 0.014, I² 59%, Q 2.42 with 1 degree of "
            "freedom, p = 0.12)", NO_LOOP, id="two trials that differ as chance may",
        ),
        # Q is 1² / 2 · 0.1² = 50
        pytest.param(
            [("a", "b", 1.0), ("a", "b", 2.0)], (),
            "The trials differ by more than chance (τ² 0.49, I² 98%, Q 50.00 with 1 degree of freedom, p < 0.001)",
            NO_LOOP, id="two trials that differ by more than chance",
        ),
        # a loop of three adds up: 1 + 1 = 2
        pytest.param(
            [("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 2.0)], (), "The trials differ no more than by chance (…)",
            "direct and indirect evidence do not disagree (Q between designs 0.00, p > 0.99)", id="a loop that adds up",
        ),
        # and one that does not: off by 1 with a variance of 3 · 0.1², so Q is 33.33
        pytest.param(
            [("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 3.0)], (), "The trials differ by more than chance (…)",
            "direct and indirect evidence disagree (Q between designs 33.33, p < 0.001)", id="a loop that does not",
        ),
        # off by 0.3: Q is 0.09 / 0.03 = 3, whose p of 0.083 lies below 0.1: these tests have little power
        pytest.param(
            [("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 2.3)], (), "The trials differ by more than chance (…)",
            "direct and indirect evidence disagree (Q between designs 3.00, p = 0.083)", id="p below 0.1 is told",
        ),
    ],
)  # fmt: skip
def test_how_trials_differ_and_agree_is_told(
    file: Path, trials: Effects, options: tuple[str, ...], differ: str, agree: str
) -> None:
    said = headline(file, trials, "network", *options)
    first, _, last = said.removesuffix(".").partition(f". {differ.split('…')[0]}")
    assert last.endswith(f"; {agree}")
    assert "…" in differ or last == f"; {agree}"
    assert first.startswith(f"In {file.name}, {len(trials)} trial{'s join' if trials[1:] else ' joins'} ")


def test_a_method_of_one_common_effect_says_so(file: Path) -> None:
    file.write_text("study,treatment,events,n\n" + "".join(
        f"t{number},{arm},{events},100\n" for number in (1, 2) for arm, events in (("a", 20 + number), ("b", 40))
    ))  # fmt: skip
    said = str(run("network", "--data", file, "--method", "mh", "--measure", "OR", "--json").answer["headline"])
    assert ". The method takes all trials to have one effect in common; " in said


@pytest.mark.parametrize(
    ("trials", "told"),
    [
        pytest.param(
            [("a", "b", 1.0), ("c", "d", 1.0)],
            "2 trials of 4 regimens fall into 2 parts that no trial joins: (a, b) and (c, d). What would join them: "
            "a trial of a against c.",
            id="two parts",
        ),
        pytest.param(
            [("a", "b", 1.0), ("c", "d", 1.0), ("e", "f", 1.0)],
            "3 trials of 6 regimens fall into 3 parts that no trial joins: (a, b), (c, d) and (e, f). What would join "
            "them: 2 trials, of a against c and of a against e.",
            id="three parts",
        ),
        pytest.param(
            [*(("a", other, 1.0) for other in "bcdef"), ("x", "y", 1.0)],
            "6 trials of 8 regimens fall into 2 parts that no trial joins: a with 5 others and (x, y). What would "
            "join them: a trial of a against x.",
            id="a large part by its first",
        ),
        pytest.param(
            [*(("a", other, 1.0) for other in "bcde"), ("x", "y", 1.0)],
            "5 trials of 7 regimens fall into 2 parts that no trial joins: (a, b, c, d, e) and (x, y). What would join "
            "them: a trial of a against x.",
            id="a part of five whole",
        ),
        pytest.param(
            [(one, other, 1.0) for one, other in ("ab", "cd", "ef", "gh", "ij", "kl", "mn", "op")],
            "8 trials of 16 regimens fall into 8 parts that no trial joins: (a, b), (c, d), (e, f), (g, h), (i, j), "
            "(k, l), (m, n) and (o, p). What would join them: 7 trials, of a against c, of a against e, of a against "
            "g, of a against i, of a against k and 2 more.",
            id="of many missing trials five are named",
        ),
    ],
)
def test_parts_that_no_trial_joins_are_told(file: Path, trials: Effects, told: str) -> None:
    assert headline(file, trials, "network") == f"In {file.name}, {told}"


@pytest.mark.parametrize(
    ("trials", "options", "told"),
    [
        pytest.param(
            [("b", "a", 1.0), ("c", "a", 2.0)], ("--better", "higher"),
            "against a, intervals that exclude no effect favour c and b.", id="the best is told by its interval",
        ),
        pytest.param(
            [("b", "a", 0.1), ("c", "a", -1.0)], ("--better", "higher"),
            "against a, the interval of c excludes no effect, in favour of a; the interval of b includes no effect; "
            "the highest P-score (0.92) is that of b, with generic 0.10 (-0.10 to 0.30).",
            id="a first whose interval does not tell it",
        ),
        pytest.param(
            [("b", "a", -1.0), ("c", "a", -2.0)], ("--better", "higher"),
            "against a, the intervals of b and c exclude no effect, in favour of a.", id="the reference is the best",
        ),
        pytest.param(
            [(other, "a", 1.0) for other in "bcdef"], ("--better", "higher"),
            "against a, intervals that exclude no effect favour b, c, d, e and f.", id="of five all are named",
        ),
        pytest.param(
            [(other, "a", 1.0) for other in "bcdefgh"], ("--better", "higher"),
            "against a, intervals that exclude no effect favour b, c, d, e, f and 2 more.", id="five are named",
        ),
    ],
)  # fmt: skip
def test_the_regimens_are_told_against_the_reference(
    file: Path, trials: Effects, options: tuple[str, ...], told: str
) -> None:
    said = headline(file, trials, "network", "--reference", "a", *options)
    assert f"in one network; {told} {ONCE}" in said


@pytest.mark.parametrize(
    ("trials", "told"),
    [
        pytest.param(
            [("b", "a", 10.0)],
            "By 1 trial in …: b (P-score 1.00) and a (P-score 0.00); by the network",
            id="two, both named",
        ),
        pytest.param(
            [("b", "a", 2.0), ("c", "a", 1.0), ("d", "a", 3.0)],
            "By 3 trials in …: d (P-score 1.00), b (P-score 0.67), c (P-score 0.33) and 1 more; by the network",
            id="three are named, the others counted",
        ),
        pytest.param(
            [("b", "a", 0.1), ("c", "a", -10.0)],
            "By 2 trials in …: b (P-score 0.92, its interval includes no effect), a (P-score 0.58) and c (P-score 0.00)"
            "; against a, the interval of c excludes no effect, in favour of a; by the network",
            id="an open interval and what is worse are told",
        ),
        pytest.param(
            [("b", "a", 10.0), ("d", "c", 10.0)],
            "By 2 trials in …, in 2 parts that no trial joins and no ranking compares: of 2, b (P-score 1.00) and "
            "a (P-score 0.00); of 2, d (P-score 1.00) and c (P-score 0.00); by the network",
            id="each part by itself",
        ),
        pytest.param(
            [("x", "a", 10.0), ("x", "b", 20.0), ("d", "c", -10.0)],
            "By 3 trials in …, in 2 parts that no trial joins and no ranking compares: of 3, x (P-score 1.00), "
            "a (P-score 0.50) and b (P-score 0.00); against a, the interval of b excludes no effect, in favour of a; "
            "of 2, c (P-score 1.00) and d (P-score 0.00); against c, the interval of d excludes no effect, in favour "
            "of c; by the network",
            id="each part against the reference, or its own",
        ),
    ],
)
def test_a_ranking_by_trials_is_told(file: Path, trials: Effects, told: str) -> None:
    said = headline(file, trials, "rank", "--better", "higher", "--reference", "a")
    assert said == f"{told.replace('…', file.name)} of trials, not by what sources recommend."


def test_a_trial_of_means_without_spread_is_told_as_left_out(file: Path) -> None:
    arms = "study,treatment,mean,sd,n\nt1,x,5,1,50\nt1,y,8,1,50\nw1,x,5,1,50\nw1,y,8,0,50\n"
    file.write_text(arms, encoding="utf-8")
    for command in ("network", "rank"):
        said = run(command, "--data", file, "--better", "higher", "--json").answer["headline"]
        assert said.endswith(". Left out: w1 (the standard deviation of `y` is 0).")
