"""A trial of means without an effect is left out by `pool` and `network` alike, and every answer says which and why."""

from pathlib import Path

import pytest
from asking import run

HEADER = "study,treatment,mean,sd,n\n"
GOOD = "good,drug,11,3,40\ngood,placebo,10.5,4,41\n"
CASES = {
    "in one arm": ("S,drug,12,3,30\nS,placebo,10,0,31\n", "S (the standard deviation of `placebo` is 0)"),
    "in both": ("S,drug,12,0,30\nS,placebo,10,0,31\n", "S (the standard deviation of `drug` and `placebo` is 0)"),
}
FEW = "S,drug,12,3,1\nS,placebo,10,2,2\n", "S (3 people in 2 arms: a standardised mean difference needs 4 or more)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trials.csv"


def expect_left_out(file: Path, measure: str, why: str) -> None:
    """Expect the trial `S` not to count, and to be named with `why` in headline and caveats of every command."""
    better = ("--better", "lower")
    for command in (("pool", "drug", "placebo"), ("network",), ("league", *better), ("rank", *better)):
        ran = run(*command, "--data", file, "--measure", measure, "--json")
        assert f"left out: {why}" in ran.answer["headline"].replace("Left", "left")
        assert f"left out: {why}" in ran.document["caveats"]
        assert [one["study"] for one in ran.answer["excluded"]] == ["S"]


@pytest.mark.parametrize("measure", ["MD", "SMD"])
@pytest.mark.parametrize("where", CASES)
def test_a_standard_deviation_of_zero(file: Path, where: str, measure: str) -> None:
    rows, why = CASES[where]
    file.write_text(HEADER + rows + GOOD, encoding="utf-8")
    expect_left_out(file, measure, why)
    file.write_text(HEADER + rows, encoding="utf-8")
    for command in (("pool",), ("network",)):
        alone = run(*command, "--data", file, "--measure", measure, "--json")
        assert alone.code == 1
        assert why in alone.answer["headline"]


@pytest.mark.parametrize("measure", ["MD", "SMD"])
def test_of_three_arms_the_two_with_spread_count(file: Path, measure: str) -> None:
    rows = "S,drug,12,3,30\nS,placebo,10,0,31\nS,other,11,2.5,30\n"
    file.write_text(HEADER + rows + GOOD, encoding="utf-8")
    network = run("network", "--data", file, "--measure", measure, "--tau2", "DL", "--json")
    arm = "n arm of S is left out: the standard deviation of `placebo` is 0"
    assert f"A{arm}." in network.answer["headline"]
    assert f"a{arm}" in network.document["caveats"]
    (pair,) = [row for row in network.answer["random"]["pairs"] if {row["a"], row["b"]} == {"drug", "other"}]
    pool = run("pool", "drug", "other", "--data", file, "--measure", measure, "--tau2", "DL", "--json").answer
    assert (pair["te"], pair["se"]) == pytest.approx((pool["random"]["te"], pool["random"]["se"]), rel=1e-12)
    against = run("pool", "drug", "placebo", "--data", file, "--measure", measure, "--json").answer
    assert [one["study"] for one in against["studies"] if one["included"]] == ["good"]


def test_too_few_people_for_a_standardised_difference_are_enough_for_a_mean_difference(file: Path) -> None:
    rows, why = FEW
    file.write_text(HEADER + rows + GOOD, encoding="utf-8")
    expect_left_out(file, "SMD", why)
    for command in (("pool", "drug", "placebo"), ("network",)):
        assert run(*command, "--data", file, "--measure", "MD", "--json").answer["excluded"] == []
