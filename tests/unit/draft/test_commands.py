"""`bonerx init` and `bonerx check --fix-offsets` as they are run."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bonerx.cli.app import app

WORDS = """\
format: bonerx-evidence/1
agents:
- {id: dormolin, kind: drug, names: {en: dormolin}}
- {id: placebo, kind: control, names: {en: placebo}}
outcomes:
- {id: sleep-time, names: {en: sleep time}, better: higher}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BONERX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("BONERX_EVIDENCE", raising=False)
    monkeypatch.delenv("BONERX_LANG", raising=False)
    Path("words.yaml").write_text(WORDS)
    Path("a.txt").write_text("Dormolin increased sleep time compared with placebo. It rained.\n")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def document(*arguments: str) -> dict[str, Any]:
    code, output = run(*arguments, "--json")
    found: dict[str, Any] = json.loads(output)
    assert code == (3 if found["status"] == "error" else 0)
    return found


def test_init_says_what_it_added_and_what_is_to_decide(here: Path) -> None:
    found = document("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")
    answer = found["answer"]
    assert answer["added"] == {
        "agents": ["dormolin", "placebo"],
        "outcomes": ["sleep-time"],
        "sources": ["a"],
        "sentences": ["a/S1", "a/S2"],
        "claims": ["a-s1-dormolin-sleep-time"],
    }
    assert answer["texts"] == ["sources/a.txt"]
    assert answer["drafts"][0]["word"] == "increased"
    assert "favours: regimen" in answer["drafts"][0]["to_decide"]
    assert answer["headline"] == (
        "Added 1 source, 2 sentences and 1 draft to `t.yaml`, with 2 agents and 1 outcome that the drafts need: "
        "no draft answers a question until you remove its mark."
    )
    assert found["evidence"][0]["path"] == "t.yaml"


def test_init_again_says_that_nothing_changed(here: Path) -> None:
    run("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")
    answer = document("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")["answer"]
    assert (answer["changed"], answer["created"]) == (False, False)
    assert answer["headline"] == "`t.yaml` holds all of it already; nothing was changed."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It rained.", "no known agent is named: add agents and outcomes to the table first"),
        (
            "Dormolin is a drug.",
            "only `dormolin` is known of what they name: add agents and outcomes to the table first",
        ),
        ("Dormolin: sleep time.", "no sentence that is still to be read says in plain words what an agent does"),
    ],
)
def test_init_says_what_to_do_first_where_nothing_can_be_drafted(here: Path, text: str, first: str) -> None:
    Path("a.txt").write_text(text)
    assert first in document("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")["answer"]["headline"]
    assert document("check", "t.yaml")["status"] == "answered"


def test_init_knows_the_words_of_the_shipped_table(here: Path) -> None:
    Path("a.txt").write_text("Alendronate may be more effective than vitamin K2.")
    answer = document("init", "a.txt", "-o", "t.yaml")["answer"]
    assert [each["claim"] for each in answer["drafts"]] == ["a-s1-alendronate-superior"]
    assert document("check", "t.yaml")["status"] == "answered"
    assert document("check", "t.yaml", "-e", "default")["status"] == "answered"


def test_a_draft_answers_nothing_until_its_mark_is_removed(here: Path) -> None:
    run("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")
    code, _ = run("compare", "dormolin", "placebo", "-e", "t.yaml")
    assert code == 1
    path = Path("t.yaml")
    path.write_text(path.read_text().replace("    draft: true\n", ""))
    code, output = run("compare", "dormolin", "placebo", "-e", "t.yaml")
    assert code == 0
    assert "Dormolin increased sleep time compared with placebo." in output


def test_check_lists_drafts_with_what_is_to_decide(here: Path) -> None:
    run("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")
    answer = document("check", "t.yaml")["answer"]
    assert answer["drafts"] == ["a-s1-dormolin-sleep-time"]
    assert "direction: increases" in answer["to_decide"]["a-s1-dormolin-sleep-time"]
    code, output = run("check", "t.yaml")
    assert code == 0
    assert "comparator: placebo" in output


def test_check_corrects_offsets_in_place(here: Path) -> None:
    run("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")
    text = Path("sources/a.txt")
    text.write_text(f"Moved. {text.read_text()}")
    assert document("check", "t.yaml")["status"] == "error"
    before = Path("t.yaml").read_text()
    found = document("check", "--fix-offsets", "t.yaml")
    assert found["answer"]["headline"].startswith("The offsets of 2 quotations were corrected. The table is valid")
    assert found["answer"]["corrected"][0] == {
        "path": "t.yaml", "sentence": "a/S1", "lang": "en", "was": [0, 52], "now": [7, 59],
    }  # fmt: skip
    assert len(Path("t.yaml").read_text().splitlines()) == len(before.splitlines())
    code, output = run("check", "--fix-offsets", "t.yaml")
    assert code == 0
    assert output.startswith("No offsets were corrected. The table is valid")


def test_check_leaves_an_ambiguous_quotation_to_a_person(here: Path) -> None:
    run("init", "a.txt", "-o", "t.yaml", "-e", "words.yaml")
    text = Path("sources/a.txt")
    text.write_text("Moved. It rained. It rained. Dormolin increased sleep time compared with placebo.")
    code, output = run("check", "--fix-offsets", "t.yaml", "-f", "plain")
    assert code == 3
    assert "The offsets of 1 quotation were corrected. 1 fault" in output
    assert "`a/S2` (en) at 7, 18" in output


def test_check_reports_a_broken_table_as_ever(here: Path) -> None:
    Path("t.yaml").write_text("format: bonerx-evidence/1\nclaims: 1\n")
    found = document("check", "--fix-offsets", "t.yaml")
    assert found["status"] == "error"
    assert found["answer"]["corrected"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("init", "a.txt"), 2, "--table"),
        (("init", "a.txt", "-o", "t.json"), 2, "ends in `.yaml`"),
        (("init", "a.txt", "-o", "-"), 2, "no name for a table"),
        (("init", "words.yaml", "-o", "t.yaml"), 2, "is a table, not an abstract"),
        (("init", "none.txt", "-o", "t.yaml"), 4, "cannot read"),
        (("init", "a.txt", "-o", "t.yaml", "-e", "none.yaml"), 4, "cannot read"),
        (("init", "a.txt", "-o", "t.yaml", "-e", "s.db"), 2, "compiled store"),
        (("check", "--fix-offsets", "-"), 2, "standard input"),
    ],
)
def test_what_cannot_be_done_is_said(here: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    Path("s.db").write_text("")
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code
    assert message in result.output
    assert not Path("t.yaml").exists()


def test_an_abstract_comes_from_standard_input_too(here: Path) -> None:
    command = [sys.executable, "-m", "bonerx", "init", "-", "-o", "t.yaml", "--lang", "de", "-e", "words.yaml"]
    subprocess.run(command, input=b"Dormolin wirkt.", check=True, capture_output=True)
    assert "      de: {start: 0" in Path("t.yaml").read_text()
