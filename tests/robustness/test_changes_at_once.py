"""Many commands that change one table at once: each that ends well has its change in the table, and nothing is lost.

That they really meet is not left to chance: the test itself holds the folder until all of them have read what they need
and wait for it, as they say on a pipe.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bonerx import changing
from bonerx.changing import alone
from bonerx.check.table import check_table
from bonerx.evidence.read import read

RECORD = """\
PMID- 9000000{0}
TI  - Dormolin for short sleep, part {0}
AB  - Sleep is short in case {0}. Dormolin increased sleep time.
FAU - Nemo, Ann
AU  - Nemo A
DP  - 2021
"""
SHARED = """\
format: bonerx-evidence/1
sources:
- {id: a, kind: other, read_as: abstract, text: a.txt}
sentences:
- {id: a/S1, source: a, passages: {en: {start: 0, end: 6, text: Moved.}}}
"""
MARKS = "import bonerx.changing; bonerx.changing.fcntl = None\n"
"""What makes the program do without the system's locks on folders."""
TELLS = """\
import os, sys
import bonerx.changing
waited = bonerx.changing._waited_for
def tell(take):
    os.write(2, b"waits\\n")
    return waited(take)
bonerx.changing._waited_for = tell
from bonerx.__main__ import main
sys.argv[0] = "bonerx"
sys.exit(main())
"""


def at_once(folder: Path, commands: Sequence[Sequence[str]], before: str = "") -> list[tuple[int, str]]:
    """Run commands in a folder, none of which gets to the tables in it before all of them want to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BONERX_")}
    with alone([str(folder / "t.yaml")]):
        started = [
            subprocess.Popen(
                [sys.executable, "-c", before + TELLS, *command],
                cwd=folder,
                env={**kept, "BONERX_CACHE_DIR": str(folder / "cache")},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
            for command in commands
        ]
        for process in started:
            assert process.stderr is not None
            assert process.stderr.readline() == "waits\n"
    return [(process.wait(), process.communicate()[1]) for process in started]


def pmids(table: Path) -> list[str]:
    evidence = read([str(table)])
    assert check_table(evidence) == []
    return sorted(source.pmid or "" for source in evidence.table.sources)


def leftovers(folder: Path) -> set[str]:
    return {
        path.name for path in folder.iterdir() if path.name.startswith(".") or path.name.endswith((".new", ".lock"))
    }


@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
def test_every_init_that_ends_well_has_its_source_in_the_table(tmp_path: Path, begun: bool) -> None:
    for number in range(5):
        (tmp_path / f"a{number}.nbib").write_text(RECORD.format(number))
    if begun:
        (tmp_path / "t.yaml").write_text("format: bonerx-evidence/1\ntitle: Begun\n")
    commands = [("init", f"a{number}.nbib", "-o", "t.yaml") for number in range(5)]
    assert at_once(tmp_path, commands) == [(0, "")] * 5
    assert pmids(tmp_path / "t.yaml") == [f"9000000{number}" for number in range(5)]
    assert len(list((tmp_path / "sources").iterdir())) == 5
    assert leftovers(tmp_path) == set()


def test_a_table_in_a_folder_that_is_not_there_yet_is_begun_once(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"a{number}.nbib").write_text(RECORD.format(number))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BONERX_")}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bonerx", "init", f"a{number}.nbib", "-o", "new/folder/t.yaml"],
            cwd=tmp_path,
            env={**kept, "BONERX_CACHE_DIR": str(tmp_path / "cache")},
            stdout=subprocess.DEVNULL,
        )
        for number in range(3)
    ]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert pmids(tmp_path / "new" / "folder" / "t.yaml") == ["90000000", "90000001", "90000002"]


def test_a_table_named_by_two_paths_is_one_table(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"a{number}.nbib").write_text(RECORD.format(number))
    (tmp_path / "t.yaml").write_text("format: bonerx-evidence/1\n")
    (tmp_path / "also.yaml").symlink_to("t.yaml")
    commands = [("init", "a0.nbib", "-o", "t.yaml"), ("init", "a1.nbib", "-o", "also.yaml")]
    assert at_once(tmp_path, commands) == [(0, "")] * 2
    assert pmids(tmp_path / "t.yaml") == ["90000000", "90000001"]
    assert (tmp_path / "also.yaml").is_symlink()


def test_offsets_are_corrected_beside_an_init(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(SHARED)
    (tmp_path / "a.txt").write_text("It is here. Moved.")
    (tmp_path / "a1.nbib").write_text(RECORD.format(1))
    fix = ("check", "--fix-offsets", "t.yaml")
    ended = at_once(tmp_path, [fix, ("init", "a1.nbib", "-o", "t.yaml"), fix])
    assert [code for code, _ in ended] == [0, 0, 0]
    assert pmids(tmp_path / "t.yaml") == ["", "90000001"]


def test_an_export_onto_its_own_table_never_takes_back_what_an_init_added(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Moved.")
    (tmp_path / "t.yaml").write_text(SHARED)
    for number in range(2):
        (tmp_path / f"a{number}.nbib").write_text(RECORD.format(number))
    commands = [("init", f"a{number}.nbib", "-o", "t.yaml") for number in range(2)]
    export = ("export", "-e", "t.yaml", "--output", "t.yaml")
    ended = at_once(tmp_path, [*commands, export, export])
    assert ended[:2] == [(0, "")] * 2
    for code, told in ended[2:]:
        assert code in (0, 4)
        assert code == 0 or "`t.yaml` has changed since it was read" in told
    assert pmids(tmp_path / "t.yaml") == ["", "90000000", "90000001"]


def test_where_the_system_locks_no_folder_a_file_marks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "fcntl", None)
    for number in range(4):
        (tmp_path / f"a{number}.nbib").write_text(RECORD.format(number))
    commands = [("init", f"a{number}.nbib", "-o", "t.yaml") for number in range(4)]
    assert at_once(tmp_path, commands, MARKS) == [(0, "")] * 4
    assert pmids(tmp_path / "t.yaml") == [f"9000000{number}" for number in range(4)]
    assert leftovers(tmp_path) == set()
