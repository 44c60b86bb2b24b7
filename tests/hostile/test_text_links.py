"""What a table names as a text stands below its own folder, links followed: no table makes a command show other files.

Tables and their folders come from archives and repositories, links included. What is read through them would stand in a
fault, in an answer, or in the log of whoever checks the table.
"""

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bonerx.cli.app import app
from bonerx.draft.offsets import mend
from bonerx.errors import InvalidEvidence, Unreadable
from bonerx.evidence import files
from bonerx.evidence.files import text_opened, texts_unchanged
from bonerx.evidence.read import read
from bonerx.evidence.record_stream import RecordStream
from bonerx.store.build.compile import compile_unwritten

SECRET = "a secret of the reader, not of the table"
LEAVES = "the path of a text leaves the folder of its table"
SOURCE = {"id": "s", "kind": "other", "read_as": "abstract", "text": "sub/p.txt"}
PASSAGE = {"start": 0, "end": 20, "text": "x" * 20}
SENTENCE = {"id": "s/S1", "source": "s", "passages": {"en": PASSAGE}}


def write(folder: Path, name: str = "t.yaml", text: str = "sub/p.txt", said: str = "x" * 20) -> Path:
    """Write a table, in the form that its name says, of one sentence that stands in `text`."""
    source = {**SOURCE, "text": text}
    sentence = {**SENTENCE, "passages": {"en": {**PASSAGE, "end": len(said), "text": said}}}
    path = folder / name
    if path.suffix == ".ndjson":
        lines = [{"record": "source", **source}, {"record": "sentence", **sentence}]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    else:  # JSON is YAML too
        path.write_text(
            json.dumps({"format": "bonerx-evidence/1", "sources": [source], "sentences": [sentence]}, indent=1)
        )
    return path


def by_a_link_of_the_file(inside: Path, outside: Path) -> None:
    (inside / "sub").mkdir()
    (inside / "sub" / "p.txt").symlink_to(outside / "p.txt")


def by_a_relative_link(inside: Path, outside: Path) -> None:
    (inside / "sub").mkdir()
    (inside / "sub" / "p.txt").symlink_to(Path("..", "..", outside.name, "p.txt"))


def by_a_link_of_a_folder(inside: Path, outside: Path) -> None:
    (inside / "sub").symlink_to(outside)


def by_a_link_to_a_link(inside: Path, outside: Path) -> None:
    (inside / "sub").mkdir()
    (inside / "first").symlink_to(outside)
    (inside / "sub" / "p.txt").symlink_to(Path("..", "first", "p.txt"))


def by_the_root_of_the_process(inside: Path, outside: Path) -> None:
    (inside / "sub").symlink_to(f"/proc/self/root{outside}")


def by_the_folder_of_the_process(inside: Path, outside: Path) -> None:
    (inside / "sub").symlink_to("/proc/self/cwd/outside")


def by_a_folder_whose_name_begins_alike(inside: Path, outside: Path) -> None:
    beside = inside.with_name(f"{inside.name}-2")
    beside.mkdir()
    (beside / "p.txt").write_text(SECRET)
    (inside / "sub").symlink_to(beside)


WAYS = [
    by_a_link_of_the_file,
    by_a_relative_link,
    by_a_link_of_a_folder,
    by_a_link_to_a_link,
    by_a_folder_whose_name_begins_alike,
    *([by_the_root_of_the_process, by_the_folder_of_the_process] if sys.platform == "linux" else []),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("inside", "outside"):
        (tmp_path / name).mkdir()
    (tmp_path / "outside" / "p.txt").write_text(SECRET)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BONERX_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture(params=WAYS, ids=[way.__name__ for way in WAYS])
def linked(here: Path, request: pytest.FixtureRequest) -> Path:
    """A folder whose text `sub/p.txt` leads out of it."""
    way: Callable[[Path, Path], None] = request.param
    way(here / "inside", here / "outside")
    assert Path("inside/sub/p.txt").read_text() == SECRET
    return here


@pytest.mark.parametrize(
    ("name", "said"),
    [("t.yaml", "x" * 20), ("t.json", SECRET), ("t.ndjson", SECRET[:12] + "x" * 20)],
    ids=["nothing of it known", "all of it known", "its beginning known"],
)
def test_no_command_shows_what_a_link_leads_to(linked: Path, name: str, said: str) -> None:
    table = str(write(Path("inside"), name, said=said))
    Path("a.txt").write_text("Sleep.")
    for command in (
        ("check", table),
        ("check", "--json", table),
        ("check", "inside"),
        ("check", "--fix-offsets", table),
        ("show", "s/S1", "-e", table),
        ("export", "-e", table),
        ("compile", table, "-o", "c.db"),
    ):
        ran = CliRunner().invoke(app, list(command))
        assert ran.exit_code == 3, command
        assert LEAVES in ran.output
        assert SECRET not in ran.output.replace(said, "")
        assert "a secret of the reader" not in ran.output
    assert not Path("c.db").exists()


def test_the_fault_names_file_line_and_field(linked: Path) -> None:
    write(Path("inside"))
    with pytest.raises(InvalidEvidence) as wrong:
        read(["inside/t.yaml"])
    (fault,) = wrong.value.faults
    assert (fault.path, fault.line, fault.where, fault.message) == ("inside/t.yaml", 8, "sources[0].text (s)", LEAVES)


@pytest.mark.parametrize("text", ["../outside/p.txt", "sub/../../outside/p.txt", "./p.txt", "sub//p.txt"])
def test_a_path_that_leaves_is_refused_before_it_is_looked_up(here: Path, text: str) -> None:
    (here / "inside" / "sub").mkdir()
    write(here / "inside", text=text)
    with pytest.raises(InvalidEvidence) as wrong:
        read(["inside/t.yaml"])
    assert [fault.message for fault in wrong.value.faults] == [LEAVES]


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "socket"])
def test_what_is_no_regular_file_is_no_text(here: Path, kind: str) -> None:
    place = here / "inside" / "p.txt"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "device":
        place.symlink_to("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("inside/p.txt")
    write(here / "inside", text="p.txt")
    with pytest.raises(InvalidEvidence) as wrong:
        read(["inside/t.yaml"])
    (fault,) = wrong.value.faults
    told = {"device": LEAVES, "socket": "cannot read `inside/p.txt`"}.get(kind, "not a regular file")
    assert told in fault.message


def test_links_below_the_folder_are_followed(here: Path) -> None:
    inside = here / "inside"
    (inside / "kept").mkdir()
    (inside / "kept" / "q.txt").write_text("x" * 20)
    (inside / "sub").symlink_to("kept")
    (inside / "kept" / "p.txt").symlink_to(inside / "sub" / "q.txt")
    write(inside)
    assert read(["inside/t.yaml"]).texts == {"s": "x" * 20}


def test_a_folder_that_is_itself_a_link_is_the_folder_of_its_tables(here: Path) -> None:
    inside = here / "inside"
    (inside / "sub").mkdir()
    (inside / "sub" / "p.txt").write_text("x" * 20)
    write(inside)
    (here / "also").symlink_to("inside")
    for path in ("also/t.yaml", "also"):
        assert read([path]).texts == {"s": "x" * 20}


def test_the_texts_of_a_linked_table_may_stand_in_the_folder_that_it_leads_to(here: Path) -> None:
    """As in a farm of links, which `stow` makes: the table is a link, and so is the folder of its texts."""
    inside = here / "inside"
    (inside / "sub").mkdir()
    (inside / "sub" / "p.txt").write_text("x" * 20)
    write(inside)
    (here / "farm").mkdir()
    (here / "farm" / "t.yaml").symlink_to(inside / "t.yaml")
    (here / "farm" / "sub").symlink_to(inside / "sub")
    assert read(["farm/t.yaml"]).texts == {"s": "x" * 20}
    (here / "farm" / "sub").unlink()
    (here / "farm" / "sub").symlink_to(here / "outside")
    with pytest.raises(InvalidEvidence) as wrong:
        read(["farm/t.yaml"])
    assert [fault.message for fault in wrong.value.faults] == [LEAVES]


def test_a_text_that_becomes_a_link_is_not_asked_from_the_cache(here: Path) -> None:
    inside = here / "inside"
    (inside / "sub").mkdir()
    text = inside / "sub" / "p.txt"
    text.write_text(SECRET)
    table = str(write(inside, said=SECRET))
    show = ["show", "s/S1", "-e", table]
    assert CliRunner().invoke(app, show).exit_code == 0
    text.unlink()
    text.symlink_to(here / "outside" / "p.txt")  # the same content, elsewhere
    ran = CliRunner().invoke(app, show)
    assert (ran.exit_code, LEAVES in ran.output) == (3, True)
    sha = files.file_digest(str(here / "outside" / "p.txt"))
    assert not texts_unchanged([(table, "sub/p.txt", sha)])


def test_a_link_that_is_put_there_meanwhile_leads_nowhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = here / "inside"
    (inside / "sub").mkdir()
    (inside / "sub" / "p.txt").write_text("x" * 20)
    walked = files._walked

    def meanwhile(folder: str, steps: list[str]) -> int:
        (inside / "sub").rename(inside / "was")
        (inside / "sub").symlink_to(here / "outside")
        return walked(folder, steps)

    monkeypatch.setattr(files, "_walked", meanwhile)
    with pytest.raises(Unreadable, match="cannot read"):
        text_opened("inside/t.yaml", "sub/p.txt")


def test_a_large_table_refuses_it_too(linked: Path) -> None:
    table = write(Path("inside"), "t.ndjson")
    (file,) = files.table_files([str(table)])
    stream = RecordStream(file)
    try:
        with pytest.raises(InvalidEvidence) as wrong:
            compile_unwritten([stream], lambda *_: None)
    finally:
        stream.close()
    assert LEAVES in [fault.message for fault in wrong.value.faults]


def test_offsets_are_not_corrected_by_what_a_link_leads_to(linked: Path) -> None:
    table = write(Path("inside"), said="reader")
    before = table.read_bytes()
    with pytest.raises(InvalidEvidence):
        mend([str(table)])
    assert table.read_bytes() == before


@pytest.mark.parametrize("there", [True, False], ids=["with the file", "without it"])
def test_init_puts_no_text_through_a_link(here: Path, there: bool) -> None:
    Path("a.txt").write_text("Dormolin increased sleep time.")
    if there:
        (here / "outside" / "a.txt").write_text("Dormolin increased sleep time.")
    (here / "inside" / "sources").symlink_to(here / "outside")
    ran = CliRunner().invoke(app, ["init", "a.txt", "-o", "inside/t.yaml"])
    assert ran.exit_code == 4
    assert "leads out of the folder" in ran.output
    assert sorted(path.name for path in (here / "outside").iterdir()) == (["a.txt", "p.txt"] if there else ["p.txt"])
    assert not Path("inside/t.yaml").exists()


@pytest.mark.parametrize("there", [True, False], ids=["with the file", "without it"])
def test_export_puts_no_text_through_a_link(here: Path, there: bool) -> None:
    inside = here / "inside"
    (inside / "sub").mkdir()
    (inside / "sub" / "p.txt").write_text("x" * 20)
    write(inside)
    if not there:
        (here / "outside" / "p.txt").unlink()
    (here / "out").mkdir()
    (here / "out" / "sub").symlink_to(here / "outside")
    ran = CliRunner().invoke(app, ["export", "-e", "inside/t.yaml", "--output", "out/t.yaml"])
    assert (ran.exit_code, LEAVES in ran.output) == (4, True)
    assert (here / "outside" / "p.txt").exists() == there
    assert not Path("out/t.yaml").exists()
