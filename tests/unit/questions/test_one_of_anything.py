"""One trial, one source, one person: every answer counts one of anything in the singular; a ratio of 1 is 1.00."""

import re
from pathlib import Path

import pytest
from asking import run

TABLE = """\
format: bonerx-evidence/1
agents:
  - {id: drug-a, kind: drug, names: {en: drug A}}
  - {id: drug-b, kind: drug, names: {en: drug B}}
outcomes:
  - {id: response, names: {en: response}, better: higher}
sources:
  - {id: invented-2020, kind: randomised-trial, read_as: full-text, title: An invented trial, year: 2020}
studies:
  - id: invented-trial
    sources: [invented-2020]
    arms:
      - {id: a, regimen: [drug-a], randomised: 32}
      - {id: b, regimen: [drug-b], randomised: 32}
    results:
      - {arm: a, outcome: response, events: 4, n: 32, months: 1, source: invented-2020, place: Table 2}
      - {arm: b, outcome: response, events: 4, n: 32, months: 1, source: invented-2020, place: Table 2}
"""
PLURAL = re.compile(
    r"(?<![\d.,:/-])1 (trials|studies|sources|regimens|statements|people|participants|arms|pairs|parts|months|agents|"
    r"outcomes|populations|sentences|claims|faults|quotations|degrees|events|records|others|values|cells|columns|rows|"
    r"treatments|changes|times|findings|estimates|files|characters)\b|\b(trial|study|source) (join|rest|are|were)\b"
)
COMMANDS = (
    ("compare", "drug-a", "drug-b"),
    ("compare", "drug-a", "drug-b", "--outcome", "response", "--explain"),
    ("combo", "drug-a", "drug-b"),
    ("rank",),
    ("rank", "--outcome", "response"),
    ("league", "--outcome", "response"),
    ("network", "--outcome", "response", "--contributions"),
    ("pool", "drug-a", "drug-b", "--outcome", "response", "--sensitivity", "--cumulative"),
    ("pool", "drug-a", "drug-b", "--outcome", "response", "--exclude", "invented-trial"),
    ("network", "--outcome", "response", "--exclude", "invented-trial"),
    ("show", "invented-trial"),
    ("show", "invented-2020"),
    ("trials",),
    ("evidence",),
    ("outcomes",),
    ("sources",),
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("layout", ["plain", "table", "markdown", "json"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_one_is_counted_in_the_singular(command: tuple[str, ...], layout: str, table: Path) -> None:
    ran = run(*command, "--evidence", table, "--format", layout)
    assert ran.code in (0, 1)
    assert not PLURAL.search(ran.out)
    if layout != "json":
        assert "1.000" not in ran.out


def test_faults_of_one_are_counted_in_the_singular(table: Path, tmp_path: Path) -> None:
    table.write_text(TABLE.replace("events: 4, n: 32, months: 1", "events: 2, n: 1, months: 1", 1), encoding="utf-8")
    told = run("check", table)
    assert told.code == 3
    assert "2 events in 1 person" in told.out + told.err
    assert not PLURAL.search(told.out + told.err)
    own = tmp_path / "own.csv"
    for rows in ("one,a,2,1\none,b,0,1\n", "one,a\n", "one,a,1,4\n"):
        own.write_text("study,treatment,events,n\n" + rows, encoding="utf-8")
        for command in ("pool", "network"):
            said = run(command, "--data", own)
            assert said.code in (1, 2, 3)
            assert not PLURAL.search(said.out + said.err)
