"""What the fork server runs ends and says as what is started does, and what it cannot run alike is started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fork_server import program

STARTED = [sys.executable, "-m", "bonerx"]
ASKED = [
    ("--version",),
    ("--help",),
    ("compare", "--help"),
    ("compare", "alendronate", "vitamin-k2"),
    ("compare", "阿仑膦酸", "维生素K2", "--lang", "zh-Hans", "--json"),
    ("combo", "etidronate", "alendronate"),
    ("show", "aledronate"),
    ("show", os.fsdecode(b"caf\xe9")),
    ("network", "--outcome", "hip-fracture", "--json"),
    ("pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--plot", "-"),
    ("check", "-"),
    ("compare", "--no-such-option"),
]

MORE_THAN_A_PIPE_HOLDS = 4_000_000


def run(command: list[str | Path], **other: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, capture_output=True, check=False, input=b"format: \xff\n", **other)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: ascii(" ".join(asked)))
@pytest.mark.parametrize("columns", ["40", "120"])
def test_both_say_the_same_and_end_alike(asked: tuple[str, ...], columns: str, tmp_path: Path) -> None:
    environment = {**os.environ, "COLUMNS": columns, "FORCE_COLOR": "1", "TERM": "xterm"}
    started = run([*STARTED, *asked], env=environment, cwd=tmp_path)
    served = run([program(), *asked], env=environment, cwd=tmp_path)
    assert (served.returncode, served.stdout, served.stderr) == (started.returncode, started.stdout, started.stderr)


def is_served(command: list[str | Path], **other: object) -> bool:
    """Whether a server runs a command that waits for its input: then the client holds none of its streams."""
    given, give = os.pipe()
    said, say = os.pipe()
    process = subprocess.Popen(command, stdin=given, stdout=say, stderr=say, **other)  # type: ignore[call-overload]
    os.close(given)
    os.close(say)
    try:
        while True:
            # The client becomes either one that waits, or the program.
            line = Path(f"/proc/{process.pid}/cmdline").read_bytes().split(b"\0")
            if b"-m" in line:
                return False
            links = Path(f"/proc/{process.pid}/fd")
            try:
                if str((links / "0").readlink()) == os.devnull:
                    return True
            except FileNotFoundError:
                pass
            time.sleep(0.002)
    finally:
        os.close(give)
        os.close(said)
        process.wait()


def test_a_plain_run_is_served() -> None:
    assert is_served([program(), "check", "-"])


@pytest.mark.parametrize(
    "changed", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {"OMP_NUM_THREADS": "2"}]
)
def test_variables_that_are_read_at_the_start_have_it_started(changed: dict[str, str]) -> None:
    assert not is_served([program(), "check", "-"], env={**os.environ, **changed})


@pytest.mark.parametrize("before", ["trap '' INT", "ulimit -n 200", "exec 5</dev/null"])
def test_what_a_copy_cannot_take_over_has_it_started(before: str) -> None:
    assert not is_served(["bash", "-c", f'{before}; exec "$0" check -', program()])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_ends_it_as_it_ends_one_that_is_started(number: signal.Signals) -> None:
    ends = []
    for command in ([program()], STARTED):
        process = subprocess.Popen(
            [*command, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdin is not None
        os.write(process.stdin.fileno(), b"#" * MORE_THAN_A_PIPE_HOLDS)  # comes back when the program reads
        process.send_signal(number)
        ends.append((*process.communicate(), process.returncode))
    assert ends[0] == ends[1] == (b"", b"", -9 if number == signal.SIGKILL else 128 + number)
