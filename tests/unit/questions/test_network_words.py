"""What a network's headline says of regimens better than the reference, worse than it, and not told apart from it."""

from pathlib import Path
from typing import Any

import pytest
from asking import run

RESPONDERS = "study,treatment,events,n\nA,drug,80,100\nA,placebo,20,100\nB,drug,75,100\nB,placebo,30,100\n"
EFFECTS = (("a", 0.0), ("b", 1.0), ("c", -1.0), ("d", 0.1), ("e", 1.2))
"""Regimens with their effect on a scale on which 0.5 is told from 0, against the reference `a`."""
MEASURES = {"events": ("RR", "OR", "RD"), "means": ("MD", "SMD"), "effects": ("generic", "HR", "RR", "MD")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trials.csv"


def star(file: Path, names: str) -> Path:
    """Write a file in which every regimen of `names` is compared with `a`, each in one trial."""
    rows = [f"s{name},{name},a,{effect},0.1" for name, effect in EFFECTS if name in names]
    file.write_text("study,treat1,treat2,te,sete\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def headline(command: str, *options: Any) -> str:
    ran = run(command, *options, "--json")
    assert ran.code == 0
    return str(ran.answer["headline"])


@pytest.mark.parametrize(
    ("names", "better", "told"),
    [
        ("b", "higher", "against a, an interval that excludes no effect favours b"),
        ("b", "lower", "against a, the interval of b excludes no effect, in favour of a"),
        ("be", "higher", "against a, intervals that exclude no effect favour e and b"),
        ("be", "lower", "against a, the intervals of b and e exclude no effect, in favour of a"),
        ("d", "higher", "against a, no interval excludes no effect"),
        (
            "bcd",
            "higher",
            (
                "against a, an interval that excludes no effect favours b; the interval of c excludes no effect, "
                "in favour of a; the interval of d includes no effect"
            ),
        ),
        (
            "bcde",
            None,
            (
                "against a, higher with b and e (their intervals exclude no effect); lower with c (its interval "
                "excludes no effect); the interval of d includes no effect"
            ),
        ),
    ],
)
def test_each_standing_has_its_words(file: Path, names: str, better: str | None, told: str) -> None:
    options = ("--data", star(file, names), "--reference", "a", *(("--better", better) if better else ()))
    for command in ("network", *(("league",) if better else ())):
        assert f"; {told}." in headline(command, *options).replace("; the highest P-score", ".")


@pytest.mark.parametrize("better", ["lower", "higher"])
def test_a_ranking_names_what_is_worse_than_the_reference(file: Path, better: str) -> None:
    worse = "c" if better == "higher" else "b and e"
    said = headline("rank", "--data", star(file, "bcde"), "--reference", "a", "--better", better)
    assert f"of {worse} exclude" in said
    assert "no effect, in favour of a;" in said


@pytest.mark.parametrize("better", ["lower", "higher", None])
def test_every_regimen_but_the_reference_is_named_once(file: Path, better: str | None) -> None:
    options = ("--better", better) if better else ()
    said = headline("network", "--data", star(file, "bcde"), "--reference", "a", *options)
    told = said.split("against a, ")[1].split("; the highest P-score")[0].split(". ")[0]
    words = told.replace(",", " ").replace(";", " ").split()
    assert sorted(word for word in words if word in {"b", "c", "d", "e"}) == ["b", "c", "d", "e"]


def test_the_reference_may_be_the_best() -> None:
    said = headline("network", "--outcome", "vertebral-fracture", "--reference", "teriparatide")
    assert "alendronate, risedronate, placebo and alfacalcidol exclude no effect, in favour of teriparatide" in said


@pytest.mark.parametrize("command", ["rank", "league"])
@pytest.mark.parametrize("path", ["trials.csv", "-"])
def test_an_order_of_own_trials_asks_which_way_is_better(command: str, path: str, file: Path) -> None:
    file.write_text(RESPONDERS, encoding="utf-8")
    given = file if path == "trials.csv" else path
    ran = run(command, "--data", given, "--json")
    assert ran.code == 2
    error = ran.document["error"]
    assert error["code"] == "better-needed"
    assert ("standard input" if path == "-" else str(file)) in error["message"]
    assert error["hint"] == "add `--better lower` or `--better higher`"
    assert run(command, "--data", given).code == 2


@pytest.mark.parametrize(("shape", "measure"), [(shape, one) for shape, some in MEASURES.items() for one in some])
def test_a_network_of_own_trials_takes_no_side(file: Path, shape: str, measure: str) -> None:
    rows = {
        "events": RESPONDERS,
        "means": "study,treatment,mean,sd,n\nA,drug,12,3,30\nA,placebo,8,3,31\nB,drug,11,3,40\nB,placebo,7,4,41\n",
        "effects": "study,treat1,treat2,te,sete\nA,drug,placebo,1,0.1\nB,drug,placebo,1.1,0.2\n",
    }
    file.write_text(rows[shape], encoding="utf-8")
    ran = run("network", "--data", file, "--measure", measure, "--json")
    answer = ran.answer
    assert (answer["better"], answer["ranking"], ran.code) == (None, None, 0)
    assert answer["ranking_reason"]
    assert ran.document["query"]["better"] is None
    assert "lower with placebo (its interval excludes no effect)" in answer["headline"]
    text = run("network", "--data", file, "--measure", measure, "--format", "table", "--contributions").out
    for word in ("favour", "P-score", "worse", "Mean rank"):
        assert word not in text
    ranked = run("network", "--data", file, "--measure", measure, "--better", "higher", "--json").answer
    assert [one["regimen"] for one in ranked["ranking"]] == ["drug", "placebo"]


def test_parts_that_no_trial_joins_are_not_ranked_either(file: Path) -> None:
    file.write_text(RESPONDERS + "C,x,5,50\nC,y,9,50\nD,v,5,50\nD,w,9,50\n", encoding="utf-8")
    ran = run("network", "--data", file, "--json")
    assert (ran.answer["ranking"], [part["ranking"] for part in ran.answer["parts"]]) == (None, [None] * 3)
    assert "What would join them: 2 trials, of drug against v and of drug against x." in ran.answer["headline"]
    assert "P-score" not in run("network", "--data", file, "--format", "table").out


def test_one_trial_joins(file: Path) -> None:
    file.write_text("study,treatment,events,n\none,x,12,150\none,p,25,148\n", encoding="utf-8")
    assert "1 trial joins 2 regimens in one network" in headline("network", "--data", file)
    assert "1 trial joins 2 regimens in one network" in headline("league", "--data", file, "--better", "lower")
