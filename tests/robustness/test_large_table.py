"""A large table is read by one process and written by another; whatever becomes of either, no answer is wrong."""

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from program import PATIENCE, Ended, ask, calls_of, ended, halted
from test_no_room import room_for

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import scale_table

CLAIMS = 12_000
FORKED = "os.fork"
"""The event after which there are two processes."""
SETTLED = 200
"""Calls after which both are there: libraries are told of a fork, and what is raised meanwhile is lost."""
NEEDS_TWO = pytest.mark.skipif(
    sys.platform != "linux"
    or len(os.sched_getaffinity(0)) < 2
    or not Path(f"/proc/self/task/{os.getpid()}/children").exists(),
    reason="one processor writes what it reads itself; which process does what is seen in /proc",
)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scale_table.write_table(tmp_path_factory.mktemp("table"), CLAIMS)


@pytest.fixture(scope="module")
def calls(table: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls the process that reads makes once there is a second one."""
    folder = tmp_path_factory.mktemp("calls")
    return calls_of(folder / "cache", FORKED, "compile", table, "-o", folder / "evidence.db")


def at(calls: int, part: float) -> int:
    """Return the number of the call where so much of the work is done, and which a fork does not itself make."""
    return max(SETTLED, int(calls * part))


def on_one_processor() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def rows(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a store holds, its indexes of words too, in order."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not name.startswith("passage_text_")
    ]
    found = {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
    words = "SELECT rowid FROM passage_text WHERE passage_text MATCH '\"event 007\"' ORDER BY rowid"
    found["words"] = connection.execute(words).fetchall()
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return found


def helper(pid: int) -> int:
    """Return the id of the process that writes for another one."""
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def gone(pid: int) -> bool:
    """Return whether a process ends soon."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def compiled(tmp_path: Path, table: Path, name: str, prepare: Callable[[], None] | None = None) -> Path:
    store = tmp_path / name
    ran = ask(tmp_path / "cache", "compile", table, "-o", store, prepare=prepare)
    assert ran.code == 0, ran.err
    return store


def lines_of(table: Path) -> tuple[list[str], list[str]]:
    """Return the lines of a table: those that are no claims, and those that are."""
    lines = table.read_text("utf-8").splitlines(keepends=True)
    claims = [line for line in lines if line.startswith('{"record":"claim"')]
    return [line for line in lines if not line.startswith('{"record":"claim"')], claims


@pytest.fixture(params=["in order", "shuffled", "claims first", "doubled"])
def arranged(request: pytest.FixtureRequest, table: Path) -> Iterator[Path]:
    others, claims = lines_of(table)
    if request.param == "shuffled":
        random.Random(7).shuffle(claims)
    # Claims before what they are about are judged one by one: fewer of them, in a file of the same size, will do.
    few = [line[:-1] + " " * len(line) * 5 + "\n" for line in claims[: CLAIMS // 4]]
    lines = {
        "claims first": [*few, *others],
        "doubled": [*others, *others[-50:], *claims, *claims[:50]],
    }.get(request.param, [*others, *claims])
    path = table.with_name(f"{request.param.replace(' ', '-')}.ndjson")
    path.write_text("".join(lines), "utf-8")
    yield path
    path.unlink()


@NEEDS_TWO
def test_two_processes_write_what_one_writes(arranged: Path, table: Path, tmp_path: Path) -> None:
    by_two = rows(compiled(tmp_path, arranged, "two.db"))
    by_one = rows(compiled(tmp_path, arranged, "one.db", on_one_processor))
    assert by_two == by_one
    assert len(by_two["claim"]) == len(set(lines_of(arranged)[1]))
    assert arranged.stat().st_size >= table.stat().st_size
    assert by_two["words"]


@NEEDS_TWO
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_when_the_one_that_reads_is_killed_the_other_ends_and_leaves_nothing(
    table: Path, calls: int, tmp_path: Path, part: float
) -> None:
    arguments = ("compile", table, "-o", tmp_path / "evidence.db")
    with halted(tmp_path / "cache", FORKED, at(calls, part), *arguments) as process:
        other = helper(process.pid)
        process.kill()
        process.communicate()
    assert gone(other)
    assert list(tmp_path.glob("*.*")) == []


@NEEDS_TWO
@pytest.mark.parametrize("part", [0.0, 0.5])
def test_when_the_one_that_writes_is_killed_the_other_says_so(
    table: Path, calls: int, tmp_path: Path, part: float
) -> None:
    arguments = ("compile", table, "-o", tmp_path / "evidence.db")
    with halted(tmp_path / "cache", FORKED, at(calls, part), *arguments) as process:
        os.kill(helper(process.pid), signal.SIGKILL)
        process.send_signal(signal.SIGCONT)
        ran = ended(process)
    assert ran.code == 4, ran.err
    assert "evidence.db" in ran.err
    assert list(tmp_path.glob("*.*")) == []


@NEEDS_TWO
def test_a_question_is_answered_though_the_one_that_writes_was_killed(table: Path, tmp_path: Path) -> None:
    with halted(tmp_path / "cache", FORKED, SETTLED, *_listing(table)) as process:
        os.kill(helper(process.pid), signal.SIGKILL)
        process.send_signal(signal.SIGCONT)
        _answered(ended(process))


@NEEDS_TWO
@pytest.mark.parametrize("part", [0.0, 0.5])
def test_an_interrupt_ends_both(table: Path, calls: int, tmp_path: Path, part: float) -> None:
    arguments = ("compile", table, "-o", tmp_path / "evidence.db")
    with halted(tmp_path / "cache", FORKED, at(calls, part), *arguments) as process:
        other = helper(process.pid)
        os.kill(other, signal.SIGINT)  # as a terminal does, which tells all that run in it
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        assert ended(process).code == 130
    assert gone(other)
    assert list(tmp_path.glob("*.*")) == []


@pytest.mark.parametrize("size", [0, 100_000, 3_000_000])
def test_a_full_disk_still_gives_the_answer(table: Path, tmp_path: Path, size: int) -> None:
    _answered(ask(tmp_path / "cache", *_listing(table), prepare=room_for(size)))
    ran = ask(tmp_path / "cache", "compile", table, "-o", tmp_path / "evidence.db", prepare=room_for(size))
    assert ran.code == 4, ran.err
    assert list(tmp_path.glob("*.*")) == []


def test_a_fault_is_found_wherever_it_stands(table: Path, tmp_path: Path) -> None:
    others, claims = lines_of(table)
    wrong = [claims[-1].replace("/S", "/T"), claims[-2].replace('"outcome-0', '"outcome-9')]
    path = table.with_name("wrong.ndjson")
    path.write_text("".join([*others, *claims, *(line.replace('"id":"s', '"id":"t', 1) for line in wrong)]), "utf-8")
    try:
        ran = ask(tmp_path / "cache", "compile", path, "-o", tmp_path / "evidence.db")
    finally:
        path.unlink()
    assert ran.code == 3
    last = len(others) + len(claims)
    assert f":{last + 1}:" in ran.err
    assert f":{last + 2}:" in ran.err
    assert "2 faults" in ran.err
    assert list(tmp_path.glob("*.*")) == []


def _listing(table: Path) -> tuple[str | Path, ...]:
    return ("evidence", "--json", "--limit", "1", "-e", table)


def _answered(ran: Ended) -> None:
    assert (ran.code, ran.count) == (0, CLAIMS), ran.err
