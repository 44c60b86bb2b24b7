"""A shell completes commands, and the names that the evidence table knows."""

import os
import subprocess
from pathlib import Path

import pytest

import fork_server


def completed(shell: str, *words: str, **env: str) -> list[str]:
    """Return what a shell is offered for the last of these words."""
    line = " ".join(("bonerx", *words))
    given = {"_BONERX_COMPLETE": f"complete_{shell}", **env}
    if shell == "bash":
        given |= {"COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    else:
        given |= {"_TYPER_COMPLETE_ARGS": line}
    if shell == "fish":
        given |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    environment = {**os.environ, **given}
    ran = subprocess.run(
        [str(fork_server.program(environment))], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    if shell == "zsh":
        return [part.split('"')[1] for part in ran.stdout.split("\n") if '"' in part]
    return [line.split("\t")[0] for line in ran.stdout.splitlines() if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_and_agents_are_completed(shell: str) -> None:
    assert "compare" in completed(shell, "comp")
    assert completed(shell, "compare", "alen") == ["alendronate"]
    assert "alendronate+vitamin-k2" in completed(shell, "compare", "alendronate+vit")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("compare", "alendronate", "vitamin-k2", "--outcome", "lumb"), "lumbar-spine-bmd"),
        (("rank", "--population", "postm"), "postmenopausal-osteoporosis"),
        (("evidence", "--source", "iwamoto-2003"), "iwamoto-2003"),
        (("evidence", "--kind", "prop"), "proposal"),
        (("rank", "--format", "mark"), "markdown"),
        (("rank", "--lang", "z"), "zh"),
        (("compare", "a", "b", "--exp"), "--explain"),
        (("combo", "etidronate", "rise"), "risedronate"),
    ],
)
def test_options_are_completed_with_what_the_table_knows(words: tuple[str, ...], meant: str) -> None:
    assert meant in completed("bash", *words)


def test_a_table_that_cannot_be_read_completes_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert completed("bash", "compare", "alen", BONERX_EVIDENCE=str(tmp_path / "absent.yaml")) == []


def test_a_table_on_standard_input_is_not_waited_for() -> None:
    assert completed("bash", "compare", "alen", BONERX_EVIDENCE="-") == []


def test_the_table_named_on_the_line_is_the_one_that_completes(tmp_path: Path) -> None:
    table = tmp_path / "mine.yaml"
    table.write_text("format: bonerx-evidence/1\nagents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n")
    assert completed("bash", "compare", "--evidence", str(table), "zol") == ["zolpidox"]
    assert completed("bash", "compare", "zol", BONERX_EVIDENCE=str(table)) == ["zolpidox"]
