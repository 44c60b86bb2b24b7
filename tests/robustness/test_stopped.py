"""Told to stop at any moment, the program ends at once and quietly, and leaves nothing half written."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from program import write_table

from bonerx.file_output import save

STOPPING = Path(__file__).with_name("stopping.py")
LARGE = 40_000
"""Claims of a table large enough for a process of its own to write it, where that is done."""


def heed() -> None:
    """Let the program hear of signals, also where whoever runs the tests ignores them, as a shell's `&` does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def stopped(
    folder: Path, moment: str, *arguments: str | Path, prepare: Callable[[], None] = heed
) -> "subprocess.CompletedProcess[str]":
    """Run the program in a folder, and stop it at a moment."""
    # The shipped table is compiled for all tests together; another one is to be seen compiled.
    cache = {"BONERX_CACHE_DIR": str(folder / "cache")} if "table.ndjson" in arguments else {}
    return subprocess.run(
        [sys.executable, str(STOPPING), moment, *map(str, arguments)],
        env={**os.environ, **cache, "TMPDIR": str(folder)},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
    )


@pytest.mark.parametrize("arguments", [("check",), ("rank", "--format", "table"), ("--help",)], ids=" ".join)
def test_at_every_import(arguments: tuple[str, ...]) -> None:
    out, into = os.pipe()
    command = [sys.executable, str(STOPPING), "imports", str(into), *arguments]
    running = subprocess.Popen(command, pass_fds=[into], stdout=subprocess.DEVNULL, preexec_fn=heed)
    os.close(into)
    with open(out, "rb") as file:  # noqa: PTH123
        ended = json.loads(file.read())  # one process forks before every import: what each of the forked ends with
    assert running.wait() == 0
    assert len([name for name in ended if name.startswith("bonerx.")]) > 10
    assert len(ended) > 50
    assert {name: end for name, end in ended.items() if end != [130, ""]} == {}


OUTPUT = ("agents", "--output", "answer.txt")
COMPILE = ("compile", "table.ndjson", "-o", "evidence.db")
SMALL = 3
FIGURE = ("pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--plot", "forest.png")
MOMENTS = [
    ("bonerx.cli.write._written", ("agents",)),
    ("bonerx.render.json.render", ("agents", "--json")),
    ("os.open", OUTPUT),
    ("os.fsync", OUTPUT),
    ("os.replace", OUTPUT),
    ("os._exit", ("agents", "--output", "/dev/null")),
    ("bonerx.store.build.file.write_checksums", ("agents", "-e", "table.ndjson")),
    ("bonerx.store.build.file.write_checksums", COMPILE),
    ("os.replace", COMPILE),
    ("os.fsync", FIGURE),
]
"""What is called at the moment, and in what run of the program."""


@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(("moment", "arguments"), MOMENTS, ids=lambda part: part if isinstance(part, str) else part[0])
def test_while_it_works(moment: str, arguments: tuple[str, ...], sent: str, tmp_path: Path) -> None:
    write_table(tmp_path / "table.ndjson", SMALL)
    if sent == "SIGTERM":  # once with older files in the place of the new ones, once without
        for name in ("answer.txt", "forest.png"):
            (tmp_path / name).write_text("an older one")
    there = contents(tmp_path)
    ran = stopped(tmp_path, f"{moment}:{sent}", *arguments)
    assert (ran.returncode, ran.stderr) == (128 + getattr(signal, sent), "")
    assert contents(tmp_path) == there
    assert not list((tmp_path / "cache").glob("*"))


def test_when_its_terminal_is_closed(tmp_path: Path) -> None:
    ran = stopped(tmp_path, "os.fsync:SIGHUP", *OUTPUT)
    assert (ran.returncode, ran.stderr) == (128 + signal.SIGHUP, "")
    assert contents(tmp_path) == {}


def test_while_a_large_table_is_compiled(tmp_path: Path) -> None:
    write_table(tmp_path / "table.ndjson", LARGE)
    there = contents(tmp_path)
    ran = stopped(tmp_path, "bonerx.store.build.compile.look_up:SIGTERM", *COMPILE)
    assert (ran.returncode, ran.stderr) == (128 + signal.SIGTERM, "")  # its end was waited for, with all its children
    assert contents(tmp_path) == there


@pytest.mark.parametrize("sent", ["SIGINT", "SIGHUP"])
def test_what_is_ignored_stays_ignored(sent: str, tmp_path: Path) -> None:
    def ignore() -> None:
        signal.signal(getattr(signal, sent), signal.SIG_IGN)

    ran = stopped(tmp_path, f"bonerx.cli.write._written:{sent}", *OUTPUT, prepare=ignore)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert contents(tmp_path)["answer.txt"]


def test_a_program_that_asks_from_python_hears_of_it_and_loses_nothing(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(str(tmp_path / "a"), pieces())
    assert list(tmp_path.iterdir()) == []


def contents(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold, without those of the cache."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
