"""A shell puts what it is offered on the line, where it may be run: nothing but ids is offered, in any shell."""

import json
import os
import pty
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

import fork_server
from bonerx.cli import complete
from bonerx.evidence.record import validator
from bonerx.model.field import ID_PATTERN
from bonerx.store.checksum import write_checksums

SHELLS = ("bash", "zsh", "fish", "powershell")
COMMAND = "$(touch pwned)"
EVIL = (
    COMMAND, "`touch pwned`", "\\$(touch pwned)", "a;touch pwned", "a\ntouch pwned", "a'b", 'a"b', "a b", "\x1b[31m",
    "a|b", "a&b", "a>b", "$HOME", "!!", "~", "*", "-rf", "--", "a--b", "A", "a\u200bb", "a:b", "a\tb", "{a,b}", "(a)",
    "a" * 201, "",
)  # fmt: skip
TABLE = """format: bonerx-evidence/1
agents: [{id: dormolin, kind: drug, names: {en: dormolin}}]
outcomes: [{id: sleep, names: {en: sleep}, better: higher}]
populations: [{id: adults, names: {en: adults}}]
sources: [{id: author-2020, kind: other, read_as: abstract}]
"""
PATIENCE = 60
"""Seconds after which a shell hangs."""
LINES = {
    "agents": ("compare",), "outcomes": ("compare", "a", "b", "--outcome"), "populations": ("rank", "--population"),
    "sources": ("evidence", "--source"), "languages": ("rank", "--lang"),
}  # fmt: skip


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which every kind of record has ids that no table may hold, and one that it may."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "table.yaml").write_text(TABLE)
    store = folder / "evil.db"
    command = [sys.executable, "-m", "bonerx", "compile", str(folder / "table.yaml"), "-o", str(store)]
    subprocess.run(command, check=True, capture_output=True)
    connection = sqlite3.connect(store)
    seq = 1_000
    for kind in ("agents", "outcomes", "populations", "sources"):
        for id_ in EVIL:
            seq += 1
            connection.execute("INSERT INTO record VALUES (?, ?, ?, ?)", (seq, kind, id_, json.dumps({"id": id_})))
    said = json.dumps(["en", *EVIL, 7, None])
    connection.execute("UPDATE meta SET value = ? WHERE key = 'languages'", (said,))
    connection.commit()
    connection.close()
    write_checksums(str(store))
    return store


def offered(shell: str, store: Path, *words: str) -> str:
    line = " ".join(("bonerx", *words, ""))
    given = {
        "_BONERX_COMPLETE": f"complete_{shell}", "BONERX_EVIDENCE": str(store), "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) + 1), "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "",
    }  # fmt: skip
    environment = {**os.environ, **given}
    command = [str(fork_server.program(environment))]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("kind", LINES)
def test_only_what_is_written_as_an_id_is_offered(shell: str, kind: str, evil: Path) -> None:
    good = {"agents": "dormolin", "outcomes": "sleep", "populations": "adults", "sources": "author-2020",
            "languages": "en"}[kind]  # fmt: skip
    out = offered(shell, evil, *LINES[kind])
    assert out.replace("_arguments '*: :((", "").replace("))'", "").strip().strip('"').removesuffix(":::") == good


def test_the_patterns_are_those_of_the_model() -> None:
    assert f"^{complete._ID.pattern}$" == ID_PATTERN
    for language in ("en", "zh-Hans", "e", "EN", "en_US", "$(x)"):
        names = {"id": "x", "kind": "drug", "names": {language: "x"}}
        try:
            validator("agents").validate_python(names)
        except ValueError:
            assert complete._LANGUAGE.fullmatch(language) is None
        else:
            assert complete._LANGUAGE.fullmatch(language)


def test_what_stands_before_a_plus_is_not_repeated_unless_it_is_an_id(evil: Path) -> None:
    context = SimpleNamespace(params={"evidence": [str(evil)]})
    assert complete.regimens(context, "dormolin+") == ["dormolin+dormolin"]  # type: ignore[arg-type]
    assert complete.regimens(context, f"{COMMAND}+") == []  # type: ignore[arg-type]


def completed_in_a_terminal(shell: str, set_up: list[str], store: Path, folder: Path) -> str:
    """Type a line and TAB, then Enter, into a shell that completes bonerx; return what it shows."""
    program = folder / "bin" / "bonerx"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bonerx "$@"\n')
    program.chmod(0o755)
    env = {
        "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm", "LANG": "C.UTF-8",
        "BONERX_CACHE_DIR": str(folder / "cache"), "BONERX_EVIDENCE": str(store),
    }  # fmt: skip
    script = subprocess.run(
        [str(program)], env=env | {"_BONERX_COMPLETE": f"source_{shell}"}, capture_output=True, text=True, check=True
    ).stdout
    (folder / "script").write_text(script)
    arguments = {"zsh": ["-f", "-i"], "bash": ["--norc", "-i"], "fish": ["--private", "-i"]}[shell]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execvpe(shell, [shell, *arguments], env)
    shown = ""

    def send(text: str, until: str) -> None:
        nonlocal shown
        os.write(terminal, text.encode())
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and until not in shown:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    shown += os.read(terminal, 65_536).decode("utf-8", "replace")
                except OSError:
                    return

    try:
        one = "$((1))" if shell != "fish" else "(math 1)"
        for number, line in enumerate(set_up):
            send(f"{line}; echo set-up-{one}-{number}\n", f"set-up-1-{number}")
        shown = ""
        send("bonerx compare \t", "dormolin")
        send(f"\t\necho is-{one}-over\n", "is-1-over")
    finally:
        os.close(terminal)
        os.waitpid(process, 0)
    return shown


@pytest.mark.parametrize(
    ("shell", "set_up"),
    [
        ("zsh", ["autoload -Uz compinit; compinit -u -d $HOME/dump", "source ./script"]),
        ("bash", ["source ./script"]),
        ("fish", ["source ./script"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_key_in_a_real_shell_runs_nothing(shell: str, set_up: list[str], evil: Path, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"the shell {shell} is not installed")
    shown = completed_in_a_terminal(shell, set_up, evil, tmp_path)
    assert "dormolin" in shown, shown
    assert "touch" not in shown
    assert not (tmp_path / "pwned").exists()
