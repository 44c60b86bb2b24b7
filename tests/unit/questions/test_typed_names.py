"""What is typed finds what is meant: a name with a `+` of its own, and ids and names in any spelling."""

import json
from pathlib import Path
from typing import Any

import pytest
from asking import run, store_of

from bonerx.errors import UnknownName, UsageError
from bonerx.questions.records.typed_ids import known_studies
from bonerx.questions.statements.match import parse, parse_all

AGENTS = [
    {"id": "cad", "kind": "vitamin", "names": {"en": "calcium + vitamin D", "zh": "钙＋维生素D"}},
    {"id": "catechin", "kind": "drug", "names": {"en": "(+)-catechin"}},
    {"id": "ca", "kind": "vitamin", "names": {"en": "calcium ion"}, "synonyms": {"en": ["Ca2+"]}},
    {"id": "vitamin-x", "kind": "vitamin", "names": {"en": "Vitamin X"}},
    {"id": "switch", "kind": "drug", "names": {"en": "low dose, then high dose"}},
    {"id": "dose-1-2", "kind": "drug", "names": {"en": "Dose 1-2"}},
    {"id": "dose-12", "kind": "drug", "names": {"en": "Dose 12"}},
]
STORE = store_of({"agents": AGENTS})


@pytest.mark.parametrize(
    ("typed", "regimen"),
    [
        ("calcium + vitamin D", "cad"),
        ("CALCIUM+Vitamin-D", "cad"),
        ("钙+维生素d", "cad"),
        ("(+)-catechin", "catechin"),
        ("(\uff0b)\u2010Catechin", "catechin"),
        ("ca2+", "ca"),
        ("Ca\u00b2\u207a", "ca"),
        ("Ca2+ + vitamin X", "ca+vitamin-x"),
        ("vitamin x+ca2+", "ca+vitamin-x"),
        ("Vitamin X + calcium + vitamin D", "cad+vitamin-x"),
        ("calcium + vitamin D + (+)-catechin + Ca2+", "ca+cad+catechin"),
        ("vitamin-x + Vitamin X", "vitamin-x"),
        ("vitamin x-Then-calcium + vitamin D", "vitamin-x-then-cad"),
        ("vitamin\u2010x\u2010then\u2010ca2+", "vitamin-x-then-ca"),
        ("\u200evitamin\u00ad\u00a0 x\u200b", "vitamin-x"),
        ("dose 1\u20132", "dose-1-2"),
        ("dose12", "dose-12"),
        ("Low dose, then high dose", "switch"),
        ("Vitamin X, then calcium + vitamin D", "vitamin-x-then-cad"),
    ],
)
def test_the_whole_name_is_tried_before_its_parts(typed: str, regimen: str) -> None:
    assert parse(STORE, typed) == regimen


@pytest.mark.parametrize(
    ("typed", "message", "near"),
    [
        ("vitamin x+", "unknown agent `vitamin x+`", ("vitamin-x",)),
        ("+ca2+", "unknown agent `+ca2+`", ("ca",)),
        ("vitamin x++ca2+", "unknown agent `vitamin x++ca2+`", ("vitamin-x",)),
        ("-then-vitamin x", "unknown agent `-then-vitamin x`", ("vitamin-x",)),
        ("vitamin x+\u200b", "unknown agent `vitamin x+`", ("vitamin-x",)),
        ("calcium + vitamin D + nothing like it", "unknown agent `nothing like it`", ()),
        ("(+)-strange + ca2+", "unknown agent `(+)-strange`", ()),
        ("+", "unknown agent `+`", ()),
        ("", "unknown agent ``", ()),
    ],
)
def test_what_is_not_found_is_named_as_typed(typed: str, message: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName) as raised:
        parse(STORE, typed)
    assert raised.value.message == message
    assert raised.value.suggestions == near
    assert raised.value.hint or "`+" not in message or "strange" in message or typed == "+"


def test_a_combination_is_of_all_that_is_named() -> None:
    assert parse_all(STORE, ["calcium + vitamin D", "Ca2+", "vitamin x + ca2+"]) == "ca+cad+vitamin-x"
    assert parse_all(STORE, ["vitamin-x-then-ca"]) == "vitamin-x-then-ca"
    with pytest.raises(UsageError):
        parse_all(STORE, ["vitamin-x-then-ca", "cad"])


def test_the_studies_of_a_file_are_found_in_any_spelling() -> None:
    studies = ["Smith 2001", "Smith 2001-1", "Smith 20011"]
    assert known_studies(["smith\u00a02001", "SMITH 2001\u20131", "Smith 2001"], studies) == (
        "Smith 2001",
        "Smith 2001-1",
    )
    with pytest.raises(UnknownName) as raised:
        known_studies(["Smyth 2001"], studies)
    assert "Smith 2001" in raised.value.suggestions


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "names.json"
    claim: dict[str, Any] = {
        "id": "first-claim", "kind": "comparison", "regimen": ["cad", "ca"], "comparator": ["cad"],
        "direction": "superior", "favours": "regimen", "hedge": {"level": "asserted"}, "summary": "So it is.",
        "sources": ["doe-2001"],
    }  # fmt: skip
    source = {"id": "doe-2001", "kind": "narrative-review", "read_as": "abstract", "year": 2001}
    arms = [{"id": "one", "regimen": ["cad"]}, {"id": "two", "regimen": ["catechin"]}]
    study = {"id": "doe-trial", "sources": ["doe-2001"], "arms": arms}
    whole = {"agents": AGENTS, "sources": [source], "claims": [claim], "studies": [study]}
    path.write_text(json.dumps({"format": "bonerx-evidence/1", **whole}), encoding="utf-8")
    return path


def test_every_command_that_takes_a_name_finds_one_with_a_plus(table: Path) -> None:
    for asked, code in {
        ("check", str(table)): 0,
        ("show", "calcium + vitamin D", "-e", str(table)): 0,
        ("show", "Ca2+", "-e", str(table)): 0,
        ("evidence", "calcium + vitamin D", "-e", str(table)): 0,
        ("evidence", "ca2+ + calcium + vitamin D", "-e", str(table)): 0,
        ("evidence", "(+)-catechin", "-e", str(table)): 1,
        ("trials", "calcium + vitamin D", "-e", str(table)): 0,
        ("trials", "(+)-catechin", "-e", str(table)): 0,
        ("trials", "Ca2+", "-e", str(table)): 1,
        ("combo", "calcium + vitamin D", "Ca2+", "-e", str(table)): 0,
        ("combo", "calcium + vitamin D", "-e", str(table)): 2,
        ("compare", "ca2++calcium + vitamin D", "calcium + vitamin D", "-e", str(table)): 0,
        ("compare", "vitamin x+", "Ca2+", "-e", str(table)): 2,
    }.items():
        ran = run(*asked)
        assert (asked, ran.code) == (asked, code), ran.err


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("DOE\u00a02001", "doe-2001"),
        ("\u200edoe\u20112001", "doe-2001"),
        ("doe_trial", "doe-trial"),
        ("First Claim", "first-claim"),
    ],
)
def test_an_id_is_found_in_any_spelling(table: Path, asked: str, id_: str) -> None:
    assert run("show", asked, "-e", table, "--json").answer["id"] == id_


def test_options_that_name_records_take_any_spelling() -> None:
    plain = run("pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--exclude", "black-1996", "--json")
    other = run(
        "pool", "Alendronate\u200e", "PLACEBO", "--outcome", "Hip\u00a0fracture", "--exclude", "Black 1996", "--json"
    )
    assert other.document == plain.document
    asked = ("network", "--outcome", "hip-fracture", "--json")
    plain = run(*asked, "--exclude", "black-1996", "--reference", "alendronate")
    assert run(*asked, "--exclude", "BLACK\u20111996", "--reference", "Alendronate ").document == plain.document
    plain = run("evidence", "--source", "iwamoto-2003", "--species", "rat", "--text", "architecture", "--json")
    other = run("evidence", "--source", "Iwamoto 2003", "--species", "RAT", "--text", "\u200earchitecture", "--json")
    assert other.document == plain.document
    plain = run("evidence", "--text", "gamma-carboxylation osteocalcin", "--lang", "zh", "--json")
    assert plain.answer["count"] > 0
    assert (
        run("evidence", "--text", "gamma\u2011carboxylation\u00a0osteocalcin", "--lang", "ZH\u200e", "--json").document
        == plain.document
    )
    assert run("pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--exclude", "white-1996").code == 2
    assert run("evidence", "--source", "white-1996").code == 2
    assert run("show", "iwamoto\u20112003/S4", "--json").answer["id"] == "iwamoto-2003/S4"


def checked(folder: Path, *agents: dict[str, Any]) -> tuple[int, str]:
    """Check a table of agents, each on a line of its own from the third on."""
    path = folder / "names.json"
    rows = ",\n".join(json.dumps(agent) for agent in agents)
    path.write_text(f'{{"format": "bonerx-evidence/1",\n"agents": [\n{rows}]}}', encoding="utf-8")
    ran = run("check", path)
    return ran.code, ran.out


def test_a_name_that_can_be_read_as_other_agents_is_refused(tmp_path: Path) -> None:
    calcium = {"id": "lime", "kind": "vitamin", "names": {"en": "Calcium"}, "synonyms": {"en": ["vitamin D and lime"]}}
    sun = {"id": "sun", "kind": "vitamin", "names": {"en": "vitamin d"}}
    assert checked(tmp_path, AGENTS[0], calcium)[0] == 0
    code, said = checked(tmp_path, AGENTS[0], calcium, sun)
    assert code == 3
    assert "names.json:3:" in said
    assert "the name `calcium + vitamin D` is also what `lime` and `sun` given together are called" in said


def test_two_records_of_one_name_are_refused_with_both_places(tmp_path: Path) -> None:
    other = {"id": "y", "kind": "vitamin", "names": {"en": "VITAMIN\u2011\u200bx"}}
    code, said = checked(tmp_path, AGENTS[3], AGENTS[0], other)
    assert code == 3
    assert "names.json:5:" in said
    assert "is also a name of the agent `vitamin-x`, in line 3" in said
    beside = tmp_path / "beside.json"
    beside.write_text(json.dumps({"format": "bonerx-evidence/1", "agents": [AGENTS[3]]}), encoding="utf-8")
    checked(tmp_path, AGENTS[0], other)
    ran = run("check", beside, tmp_path / "names.json")
    assert ran.code == 3
    assert f"is also a name of the agent `vitamin-x`, in line 1 of {beside}" in ran.out
