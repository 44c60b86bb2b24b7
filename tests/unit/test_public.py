"""The names that programs may import, and nothing else, are there; importing bonerx costs nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

import bonerx

TABLE = """
format: bonerx-evidence/1
agents: [{id: x, kind: drug, names: {en: x}}, {id: x, kind: drug, names: {en: y}}]
"""


def test_every_public_name_is_there() -> None:
    for name in bonerx.__all__:
        assert getattr(bonerx, name) is not None
    assert dir(bonerx) == bonerx.__all__


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute `nonsense`"):
        bonerx.nonsense  # noqa: B018


def test_a_question_is_asked_in_a_line() -> None:
    answer = bonerx.ask(bonerx.Compare("alendronate", "vitamin K2"))
    assert isinstance(answer, bonerx.Answer)
    assert answer.document["answer"]["overall"]["verdict"] == "favours-a"


def test_a_table_is_loaded_proven(tmp_path: Path) -> None:
    table = bonerx.load()
    assert isinstance(table, bonerx.EvidenceTable)
    assert len(table.claims) == 28
    bad = tmp_path / "bad.yaml"
    bad.write_text(TABLE, "utf-8")
    with pytest.raises(bonerx.errors.InvalidEvidence) as caught:
        bonerx.load([str(bad)])
    assert caught.value.faults


def test_the_functions_stay_when_the_command_line_is_imported() -> None:
    lines = ("import bonerx.cli, bonerx.asking, bonerx.loading, bonerx", "assert callable(bonerx.ask)", "bonerx.load()")
    code = "\n".join(lines)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
