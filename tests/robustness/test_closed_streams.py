"""Standard streams that are closed, alone or together, as under cron: the right exit code, and nothing goes astray."""

import json
import os
import subprocess
import sys
from collections.abc import Collection
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from program import write_table

STDIN, STDOUT, STDERR = range(3)
CLOSED = [set(some) for some in chain.from_iterable(combinations(range(3), number) for number in (1, 2, 3))]
TABLE = b"format: bonerx-evidence/1\nagents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n"


class Ended(NamedTuple):
    """How a run ended: its exit code, and what went to each stream that was open."""

    code: int
    out: str
    err: str


def closed(streams: Collection[int], folder: Path, *arguments: str) -> Ended:
    """Run the program with these streams closed and the others leading to files."""

    def close() -> None:
        for number in streams:
            os.close(number)

    (folder / "in").write_bytes(TABLE)
    with (folder / "in").open("rb") as given, (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        ran = subprocess.run(
            [sys.executable, "-m", "bonerx", *arguments],
            stdin=given, stdout=out, stderr=err, preexec_fn=close, cwd=folder, check=False,
        )  # fmt: skip
    return Ended(ran.returncode, (folder / "out").read_text("utf-8"), (folder / "err").read_text("utf-8"))


ASKED = [
    (("agents",), 0),
    (("agents", "--format", "csv"), 0),
    (("combo", "etidronate", "alendronate", "--json"), 1),
    (("schema",), 0),
    (("--help",), 0),
    (("compare", "--help"), 0),
    (("--version",), 0),
]
"""What is asked, and the exit code where the answer has somewhere to go."""
EACH = [{STDOUT}, {STDERR}, {STDIN, STDOUT, STDERR}]


@pytest.mark.parametrize(
    ("asked", "code", "streams"),
    [
        *((*ASKED[0], streams) for streams in CLOSED),
        *((*asked, streams) for asked in ASKED[1:] for streams in EACH[:2]),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else str(part),
)
def test_an_answer(asked: tuple[str, ...], code: int, streams: set[int], tmp_path: Path) -> None:
    ran = closed(streams, tmp_path, *asked)
    if STDOUT in streams:
        line = "error: cannot write the answer: standard output is closed\n"
        assert ran == (4, "", "" if STDERR in streams else line)
    else:
        assert (ran.code, ran.err) == (code, "")
        assert ran.out


@pytest.mark.parametrize("streams", CLOSED, ids=str)
def test_a_failure_keeps_its_code_and_its_one_document(streams: set[int], tmp_path: Path) -> None:
    ran = closed(streams, tmp_path, "compare", "aledronate", "vitamin-k2", "--json")
    assert ran.code == 2
    assert ran.err.count("error: ") == (STDERR not in streams)
    if STDOUT not in streams:
        assert json.loads(ran.out)["error"]["code"] == "unknown-agent"


@pytest.mark.parametrize("streams", EACH, ids=str)
def test_without_a_document_a_failure_leaves_stdout_empty(streams: set[int], tmp_path: Path) -> None:
    ran = closed(streams, tmp_path, "show", "aledronate")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("error: ") == (STDERR not in streams)


@pytest.mark.parametrize("streams", CLOSED, ids=str)
def test_an_answer_to_a_file_is_written_whole(streams: set[int], tmp_path: Path) -> None:
    ran = closed(streams, tmp_path, "agents", "--json", "--output", "answer.json")
    assert ran == (0, "", "")
    assert json.loads((tmp_path / "answer.json").read_bytes())["answer"]["items"]


@pytest.mark.parametrize("streams", EACH, ids=str)
def test_nothing_meant_for_a_stream_goes_into_a_file_that_is_open_meanwhile(
    streams: set[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONERX_CACHE_DIR", str(tmp_path / "cache"))
    write_table(tmp_path / "table.ndjson", 3)
    asked = ("evidence", "--json", "-e", "table.ndjson")
    first = closed(streams, tmp_path, *asked)  # compiles: table, store and more are open at once
    again = closed(set(), tmp_path, *asked)
    assert (again.code, again.err) == (0, "")
    assert first.code == (4 if STDOUT in streams else 0)
    assert first.out == ("" if STDOUT in streams else again.out)
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize("streams", [{STDIN}, *EACH], ids=str)
@pytest.mark.parametrize("asked", [("agents", "--json", "-e", "-"), ("init", "-", "-o", "drafts.yaml", "--json")])
def test_standard_input_that_is_closed_cannot_be_read(
    asked: tuple[str, ...], streams: set[int], tmp_path: Path
) -> None:
    ran = closed(streams, tmp_path, *asked)
    assert ran.code == (4 if streams & {STDIN, STDOUT} else 0)
    if STDIN in streams and STDERR not in streams:
        assert ran.err == "error: cannot read `<stdin>`: standard input is closed\n"


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1"])
def test_a_closed_stream_is_none_to_write_an_answer_into(path: str, tmp_path: Path) -> None:
    ran = closed({STDOUT}, tmp_path, "agents", "--output", path)
    assert ran == (4, "", f"error: cannot write `{path}`: bad file descriptor\n")
