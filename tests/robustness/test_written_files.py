"""Answers and figures go where their name leads: a file whole or not at all, a stream as it stands."""

import itertools
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from asking import run
from test_no_room import room_for

import fork_server

HIP = ("pool", "alendronate", "placebo", "--outcome", "hip-fracture")
ANSWER = ("agents", "--output")
TABLE = ("export", "vitamin-k2", "--output")
FOREST = (*HIP, "--plot")
NETWORK = ("network", "--outcome", "hip-fracture", "--plot")
NOTE = b"note: the table names 1 text, to stand beside it; --output puts them there\n"
EVERY = [ANSWER, TABLE, FOREST, NETWORK]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def shell(script: str, *, prepare: object = None) -> "subprocess.CompletedProcess[bytes]":
    """Run a script in which `bonerx` is the program, run by the fork server unless something comes before it."""
    program = f'"{fork_server.program()}"' if prepare is None else f'"{sys.executable}" -m bonerx'
    function = f'bonerx() {{ {program} "$@"; }}\n'
    return subprocess.run(["bash", "-c", function + script], capture_output=True, check=False, preexec_fn=prepare)  # type: ignore[call-overload,no-any-return]


def name_for(asked: tuple[str, ...]) -> str:
    return "file.svg" if "--plot" in asked else "file.yaml"


@pytest.mark.parametrize("asked", EVERY, ids=" ".join)
class TestFiles:
    def test_a_link_is_followed_and_the_file_keeps_its_permissions(self, asked: tuple[str, ...]) -> None:
        name = name_for(asked)
        Path("real").touch()
        Path("real").chmod(0o640)
        Path(name).symlink_to("real")
        assert run(*asked, name).code == 0
        assert Path(name).is_symlink()
        assert Path("real").stat().st_size > 100
        assert stat.S_IMODE(Path("real").stat().st_mode) == 0o640

    def test_a_named_pipe_stays_one(self, asked: tuple[str, ...]) -> None:
        name = name_for(asked)
        os.mkfifo(name)
        with subprocess.Popen(["cat", name], stdout=subprocess.PIPE) as reader:
            assert run(*asked, name).code == 0
            assert len(reader.communicate()[0]) > 100
        assert Path(name).is_fifo()

    def test_a_full_disk_leaves_what_was_there(self, asked: tuple[str, ...]) -> None:
        name = name_for(asked)
        for before in (None, b"an older one"):
            if before is not None:
                Path(name).write_bytes(before)
            ran = shell(f"bonerx {' '.join(asked)} {name} >/dev/null", prepare=room_for(100))
            assert ran.returncode == 4, ran.stderr
            which = "sources/iwamoto-2003.txt" if asked is TABLE else name  # a text goes before the table that names it
            assert ran.stderr.startswith(f"error: cannot write `{which}`: ".encode())
            assert [path.name for path in Path().iterdir() if not path.is_dir()] == ([] if before is None else [name])
            assert before is None or Path(name).read_bytes() == before

    @pytest.mark.parametrize("folder", ["a-file", "/proc"])
    def test_a_place_that_cannot_be_written_is_an_error(self, asked: tuple[str, ...], folder: str) -> None:
        Path("a-file").touch()
        ran = run(*asked, f"{folder}/{name_for(asked)}")
        assert ran.code == 4
        assert "cannot write" in ran.err
        assert [path.name for path in Path().iterdir()] == ["a-file"]

    def test_a_folder_is_no_file(self, asked: tuple[str, ...]) -> None:
        Path(name_for(asked)).mkdir()
        ran = run(*asked, name_for(asked))
        assert ran.code == 4
        assert "is a folder" in ran.err

    def test_standard_output_by_its_name_is_written_into(self, asked: tuple[str, ...]) -> None:
        # What a figure goes beside is an answer of its own, and goes elsewhere here.
        beside = "--output /dev/null" if "--plot" in asked else ""
        command = f"bonerx {' '.join(asked)} PATH {beside}"
        piped = [shell(command.replace("PATH", path) + " | cat") for path in ("/dev/stdout", "/dev/fd/1")]
        assert piped[0].stderr in (b"", NOTE)
        assert len(piped[0].stdout) > 100
        assert piped[1].stdout == piped[0].stdout
        shell(f"echo kept > log; {command.replace('PATH', '/dev/stdout')} >> log")
        assert Path("log").read_bytes() == b"kept\n" + piped[0].stdout
        shell(f"{command.replace('PATH', '/proc/self/fd/1')} > log")
        assert Path("log").read_bytes() == piped[0].stdout


def test_a_terminal_is_written_into() -> None:
    import pty

    terminal, program = pty.openpty()
    path = os.ttyname(program)
    assert run("cache", "path", "--output", path).code == 0
    assert run("cache", "path").out.strip().encode() in os.read(terminal, 10_000)
    os.close(terminal)
    os.close(program)


@pytest.mark.parametrize(
    "script",
    [
        "bonerx agents --output /dev/stdout | head -1",
        "bonerx agents --json --output /dev/stderr 2>&1 >/dev/null | head -1",
        "bonerx agents --output >(head -1); wait $!",
        "set -o pipefail; bonerx evidence --json --output /dev/stdout | true",
    ],
)
def test_a_reader_that_goes_away_ends_it_quietly(script: str) -> None:
    ran = shell(script)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert len(ran.stdout.splitlines()) == (0 if "true" in script else 1)


def test_a_name_that_ends_like_a_folder_is_refused() -> None:
    ran = run("agents", "--output", "new/")
    assert ran.code == 4
    assert "is a folder" in ran.err
    assert not list(Path().iterdir())


def test_a_link_under_the_name_of_an_unfinished_file_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever guesses the name of the next unfinished file gains nothing: another name is taken."""
    Path("victim").write_text("precious")
    Path(".file.svg.0000000000000001.new").symlink_to("victim")
    numbers = itertools.count(1)
    monkeypatch.setattr("bonerx.file_output.os.urandom", lambda size: next(numbers).to_bytes(size, "big"))
    assert run(*FOREST, "file.svg").code == 0
    assert Path("victim").read_text() == "precious"
    assert Path("file.svg").is_file()
    assert not Path("file.svg").is_symlink()
    assert sorted(path.name for path in Path().iterdir()) == [".file.svg.0000000000000001.new", "file.svg", "victim"]


def test_processes_of_one_number_write_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in two containers with one folder: the number of a process tells nothing apart."""
    seen = set()
    monkeypatch.setattr("os.getpid", lambda: 1)
    real = os.replace

    def replace(source: str, target: str) -> None:
        seen.add(source)
        real(source, target)

    monkeypatch.setattr("bonerx.file_output.os.replace", replace)
    for _ in range(5):
        assert run(*ANSWER, "answer.txt").code == 0
    assert len(seen) == 5


def test_what_the_library_of_figures_says_is_kept_from_the_user(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bonerx", *FOREST, "figure.png"]
    # Without a folder to keep its list of fonts in, it makes one and says so, and looks for the fonts anew.
    env = {**os.environ, "MPLCONFIGDIR": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    ran = subprocess.run(command, env=env, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
