"""Trials listed, and one trial shown whole."""

import csv
import io

import pytest
from asking import run


def ids(*arguments: str) -> list[str]:
    ran = run("trials", *arguments, "--json")
    return [study["id"] for study in ran.answer["studies"]]


def test_all_trials_with_arms_and_integrity() -> None:
    document = run("trials", "--json").document
    answer = document["answer"]
    assert answer["count"] == len(answer["studies"]) == 32
    by_id = {study["id"]: study for study in answer["studies"]}
    assert by_id["saag-2017"]["arms"][0]["regimen"] == "romosozumab-then-alendronate"
    assert by_id["ishida-2004"]["integrity"] == "concern"
    assert by_id["liberman-1995"]["background"] == ["calcium"]
    assert by_id["masud-2009"]["within"] == ["mcclung-2001"]
    assert "vertebral-fracture" in by_id["black-1996"]["outcomes"]
    assert {source for study in answer["studies"] for source in study["sources"]} <= {
        source["id"] for source in document["sources"]
    }


def test_trials_of_any_of_the_agents() -> None:
    assert set(ids("vitamin-k2")) == {
        "shiraki-2000", "jiang-2014", "inoue-2009", "ishida-2004", "sato-2011", "risedronate-k2-2014", "hirao-2008",
        "joint-03",
    }  # fmt: skip
    assert set(ids("teriparatide", "romosozumab")) == {"kendler-2018", "saag-2017"}


def test_a_class_stands_for_its_members_and_a_combination_for_itself() -> None:
    assert {"black-1996", "harris-1999", "storm-1990"} <= set(ids("bisphosphonates"))
    assert ids("alendronate+vitamin-k2") == ["hirao-2008"]
    assert ids("alendronate+vitamin-k2", "teriparatide") == ["kendler-2018", "hirao-2008"]


def test_trials_on_an_outcome() -> None:
    assert ids("vitamin-k2", "--outcome", "any-fracture")[:1] == ["jiang-2014"]
    assert ids("alendronate", "--outcome", "wrist-fracture") == ["cummings-1998"]
    assert run("trials", "vitamin-k2", "--outcome", "wrist-fracture").code == 1


def test_what_a_person_and_a_spreadsheet_read() -> None:
    text = run("trials", "vitamin-k2", "--format", "table").out
    assert "expression" in text
    assert "vitamin K2 (120), no treatment (121)" in run("trials", "vitamin-k2").out
    rows = list(csv.DictReader(io.StringIO(run("trials", "--format", "csv").out)))
    assert len(rows) == 32
    assert rows[0]["id"] == "black-1996"
    assert run("trials", "nonsense").code == 2


@pytest.mark.parametrize(
    ("study", "parts"),
    [
        ("ishida-2004", ["Arms", "8 of 66", "hrt against no-treatment", "CONCERN"]),
        ("joint-03", ["Only the design is known here"]),
        ("jiang-2014", ["mean 1.20 of 108", "no measure of dispersion in the abstract"]),
        ("masud-2009", ["participants are part of", "mcclung-2001", "post hoc subgroup"]),
        ("shiraki-2000", ["of an unknown number"]),
    ],
)
def test_a_trial_shown_whole(study: str, parts: list[str]) -> None:
    text = run("show", study).out
    for part in parts:
        assert part in text
    assert run("show", study, "--json").code == 0
