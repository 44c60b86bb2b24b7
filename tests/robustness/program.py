"""The program as others run it, on tables that are made here, with a cache of the test's own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import fork_server

HEAD: list[dict[str, Any]] = [
    {"record": "agent", "id": "dormolin", "kind": "drug", "names": {"en": "dormolin"}},
    {"record": "agent", "id": "placebo", "kind": "control", "names": {"en": "placebo"}},
    {"record": "outcome", "id": "sleep-time", "names": {"en": "sleep time"}, "better": "higher"},
    {"record": "source", "id": "author-2020", "kind": "other", "read_as": "abstract"},
]


class Ended(NamedTuple):
    """How a run ended: its exit code and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def count(self) -> int:
        """How many statements a listing found."""
        return int(json.loads(self.out)["answer"]["count"])


def claim(number: int, **other: Any) -> dict[str, Any]:
    """Return one claim, as a record of NDJSON."""
    return {
        "record": "claim",
        "id": f"claim-{number}",
        "kind": "efficacy",
        "regimen": ["dormolin"],
        "outcome": "sleep-time",
        "direction": "increases",
        "hedge": {"level": "asserted"},
        "summary": f"It says so for the {number}th time.",
        "sources": ["author-2020"],
    } | other


def write_table(path: Path, claims: int, **other: Any) -> Path:
    """Write a table of so many claims as NDJSON."""
    records = [*HEAD, *(claim(number, **other) for number in range(claims))]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


COUNTED = Path(__file__).with_name("counted.py")
PATIENCE = 600
"""Seconds after which a program hangs; none of the tests takes a hundredth of it."""


def start(
    cache: Path | None,
    *arguments: str | Path,
    prepare: Callable[[], None] | None = None,
    counted: tuple[str, int, str] | None = None,
    kept_open: tuple[int, ...] = (),
) -> "subprocess.Popen[str]":
    """Start the program with a cache, or with its user's; `prepare` runs in it first.

    `counted` says when it halts (counted.py). Where nothing comes before it, it is run by the fork server.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BONERX_")}
    own = {} if cache is None else {"BONERX_CACHE_DIR": str(cache)}
    if counted is not None:
        program = [sys.executable, str(COUNTED), *map(str, counted)]
    elif prepare is not None:
        program = [sys.executable, "-m", "bonerx"]
    else:
        program = [str(fork_server.program(kept | own))]
    return subprocess.Popen(
        [*program, *map(str, arguments)],
        env=kept | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="backslashreplace",
        preexec_fn=prepare,
        pass_fds=kept_open,
    )


def calls_of(cache: Path, event: str, *arguments: str | Path) -> int:
    """Return how many calls a run makes from an audit event on."""
    said, tell = os.pipe()
    process = start(cache, *arguments, counted=(event, 0, str(tell)), kept_open=(tell,))
    os.close(tell)
    with open(said, "rb") as file:  # noqa: PTH123
        number = file.read()
    assert ended(process).code == 0
    return int(number)


@contextmanager
def halted(cache: Path, event: str, calls: int, *arguments: str | Path) -> Iterator["subprocess.Popen[str]"]:
    """Yield the program halted so many calls after an audit event; it is killed at the end if it is still there."""
    process = start(cache, *arguments, counted=(event, calls, "SIGSTOP"))
    try:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "it has ended before it made so many calls"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            process.communicate()


def ended(process: "subprocess.Popen[str]") -> Ended:
    """Return how a run ends; a traceback is never an end."""
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    return Ended(process.returncode, out, err)


def ask(cache: Path | None, *arguments: str | Path, prepare: Callable[[], None] | None = None) -> Ended:
    """Run the program to its end."""
    return ended(start(cache, *arguments, prepare=prepare))


def listing(table: Path) -> tuple[str | Path, ...]:
    """Return the arguments that count the statements of a table."""
    return ("evidence", "--json", "--limit", "1", "-e", table)
