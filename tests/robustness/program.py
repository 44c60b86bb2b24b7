"""The program as others run it, on tables that are made here, with a cache of the test's own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

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


def start(
    cache: Path | None, *arguments: str | Path, prepare: Callable[[], None] | None = None
) -> "subprocess.Popen[str]":
    """Start the program with a cache, or with its user's; `prepare` runs in it first."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BONERX_")}
    own = {} if cache is None else {"BONERX_CACHE_DIR": str(cache)}
    return subprocess.Popen(
        [sys.executable, "-m", "bonerx", *map(str, arguments)],
        env=kept | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="backslashreplace",
        preexec_fn=prepare,
    )


def ended(process: "subprocess.Popen[str]") -> Ended:
    """Return how a run ends; a traceback is never an end."""
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    return Ended(process.returncode, out, err)


def ask(cache: Path | None, *arguments: str | Path, prepare: Callable[[], None] | None = None) -> Ended:
    """Run the program to its end."""
    return ended(start(cache, *arguments, prepare=prepare))


def listing(table: Path) -> tuple[str | Path, ...]:
    """Return the arguments that count the statements of a table."""
    return ("evidence", "--json", "--limit", "1", "-e", table)
