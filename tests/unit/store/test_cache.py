"""A compiled table is only a copy: whatever happens to it or to its folder, the answer is the table's."""

import json
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from asking import Ran, run
from invented import written

from bonerx.store import cache

QUESTION = ("compare", "talumix", "dorfene", "--json")
LISTING = ("evidence", "--json")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    folder = tmp_path / "table"
    folder.mkdir()
    return written(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def ask(table: Path, folder: Path | str, *question: str) -> Ran:
    return run(*(question or QUESTION), "--evidence", table, BONERX_CACHE_DIR=str(folder))


def only(folder: Path) -> Path:
    """Return the one file in the cache."""
    (store,) = folder.iterdir()
    return store


def truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


DAMAGE = {
    "truncated": truncated,
    "cut by a byte": lambda raw: raw[:-1],
    "emptied": lambda raw: b"",
    "zeroed": lambda raw: bytes(len(raw)),
    "half zeroed": lambda raw: truncated(raw) + bytes(len(raw) - len(raw) // 2),
    "garbage": lambda raw: random.Random(1).randbytes(len(raw)),
    "text": lambda raw: b"not a database, " * 200,
    "another version": lambda raw: raw[:60] + (99).to_bytes(4, "big") + raw[64:],
    "another application": lambda raw: raw[:68] + b"else" + raw[72:],
    "two halves swapped": lambda raw: raw[:4096] + raw[len(raw) // 2 :] + raw[4096 : len(raw) // 2],
    "longer": lambda raw: raw + b"more",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_store_is_made_anew_by_itself(damage: str, table: Path, folder: Path) -> None:
    before = ask(table, folder)
    store = only(folder)
    whole = store.read_bytes()
    store.write_bytes(DAMAGE[damage](whole))
    after = ask(table, folder)
    assert (after.code, after.out) == (before.code, before.out)
    assert "Traceback" not in after.err
    made = only(folder).stat()
    assert ask(table, folder).out == before.out
    assert only(folder).stat().st_mtime_ns == made.st_mtime_ns


def test_a_store_with_tables_missing_is_made_anew(table: Path, folder: Path) -> None:
    before = ask(table, folder)
    with sqlite3.connect(only(folder)) as connection:
        connection.execute("DROP TABLE claim")
    connection.close()
    assert ask(table, folder).out == before.out


def test_a_flipped_bit_anywhere_never_changes_an_answer(table: Path, folder: Path) -> None:
    before = ask(table, folder), ask(table, folder, *LISTING)
    whole = only(folder).read_bytes()
    chance = random.Random(2003)
    # Most of a store is never read for one question; the quotations are, and a wrong letter there would be believed.
    quoted = whole.index(b"wirksamer als Dorfene")
    places = [quoted, *(chance.randrange(len(whole)) for _ in range(24))]
    for place in places:
        broken = bytearray(whole)
        broken[place] ^= 1 << chance.randrange(8)
        for question, good in zip((QUESTION, LISTING), before, strict=True):
            only(folder).write_bytes(broken)
            after = ask(table, folder, *question)
            assert (after.code, after.out) == (good.code, good.out), f"bit flipped at {place}"


FIFTY = """
import json, os, sys

import bonerx.cli.compare, bonerx.loading, bonerx.store.build.compile  # noqa: E401
from bonerx.__main__ import main
from bonerx.evidence.read import read

folder, arguments = sys.argv[1], sys.argv[2:]
sys.argv = ["bonerx", *arguments]
go, wait = os.pipe()[::-1]
children = []
for number in range(50):
    child = os.fork()
    if child == 0:
        os.close(go)
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{folder}/{number}.{name}", os.O_WRONLY | os.O_CREAT), stream)
        os.read(wait, 1)  # ends when the one that all come from opens the gate
        main()
    children.append(child)
os.close(go)
print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]))
"""
"""Fifty processes that have loaded the program and begin at one moment: the worst case for a cache they share."""


def test_fifty_processes_at_once_on_an_empty_cache_answer_alike(table: Path, folder: Path, tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.mkdir()
    command = [sys.executable, "-c", FIFTY, str(said), *QUESTION, "--evidence", str(table)]
    env = {**os.environ, "BONERX_CACHE_DIR": str(folder)}
    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout) == [0] * 50
    (out,) = {path.read_bytes() for path in said.glob("*.out")}
    assert json.loads(out)["answer"]["overall"]["favoured"] == "talumix"
    assert len(list(said.glob("*.out"))) == 50
    assert all("Traceback" not in path.read_text("utf-8") for path in said.glob("*.err"))
    assert only(folder).suffix == ".db"


class TestFolder:
    def test_it_is_made_where_it_is_missing(self, table: Path, tmp_path: Path) -> None:
        deep = tmp_path / "not" / "yet" / "there"
        assert ask(table, deep).code == 0
        assert only(deep).suffix == ".db"

    def test_a_file_in_its_place_does_not_keep_from_answering(self, table: Path, tmp_path: Path, folder: Path) -> None:
        good = ask(table, folder)
        place = tmp_path / "file"
        place.write_text("in the way")
        assert ask(table, place).out == good.out
        assert ask(table, place / "below").out == good.out
        assert place.read_text() == "in the way"

    def test_a_folder_that_cannot_be_written_does_not_either(self, table: Path, folder: Path) -> None:
        good = ask(table, folder)
        assert ask(table, "/proc/bonerx-cannot-write-here").out == good.out
        locked = folder.parent / "locked"
        locked.mkdir(mode=0o500)
        assert ask(table, locked).out == good.out

    def test_nor_does_a_folder_in_the_place_of_the_store(self, table: Path, folder: Path) -> None:
        good = ask(table, folder)
        store = only(folder)
        store.unlink()
        store.mkdir()
        assert ask(table, folder).out == good.out

    def test_it_is_shown_and_cleared(self, table: Path, folder: Path) -> None:
        ask(table, folder)
        assert run("cache", "path", BONERX_CACHE_DIR=str(folder)).out == f"{folder}\n"
        assert run("cache", "path", "--json", BONERX_CACHE_DIR=str(folder)).answer["stores"] == 1
        assert run("cache", "clear", "--json", BONERX_CACHE_DIR=str(folder)).answer["stores"] == 1
        assert list(folder.iterdir()) == []
        assert run("cache", "clear", "--json", BONERX_CACHE_DIR=str(folder)).answer["stores"] == 0

    def test_clearing_leaves_what_is_not_its_own(self, table: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "letter.txt").write_text("mine")
        ask(table, folder)
        run("cache", "clear", BONERX_CACHE_DIR=str(folder))
        assert only(folder).name == "letter.txt"

    def test_it_keeps_the_latest_stores_only(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        monkeypatch.setenv("BONERX_CACHE_DIR", str(folder))
        for number in range(cache.MOST_STORES + 5):
            store = folder / f"v1-{number:032x}.db"
            store.touch()
            os.utime(store, (number, number))
        cache.prune()
        left = sorted(path.name for path in folder.iterdir())
        assert len(left) == cache.MOST_STORES
        assert f"v1-{0:032x}.db" not in left

    @pytest.mark.parametrize(
        ("env", "place"),
        [
            ({"BONERX_CACHE_DIR": "/there"}, "/there"),
            ({"BONERX_CACHE_DIR": "", "XDG_CACHE_HOME": "/xdg"}, "/xdg/bonerx"),
            ({"BONERX_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "/home/me"}, "/home/me/.cache/bonerx"),
            ({"BONERX_CACHE_DIR": "", "XDG_CACHE_HOME": "relative", "HOME": "/home/me"}, "/home/me/.cache/bonerx"),
        ],
    )
    def test_its_place_follows_the_platform(
        self, env: dict[str, str], place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(os.path, "isdir", lambda _: True)
        assert cache.folder() == place


class TestChange:
    def test_a_table_edited_behind_its_clock_answers_anew(self, table: Path, folder: Path) -> None:
        assert ask(table, folder).answer["overall"]["favoured"] == "talumix"
        before = table.stat()
        text = table.read_text("utf-8")
        changed = text.replace('"direction": "superior"', '"direction": "inferior"', 1).replace(
            '"favours": "regimen"', '"favours":"comparator"', 1
        )
        changed = changed.replace("\n", "", len(changed) - len(text))
        table.write_text(changed, "utf-8")
        os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (table.stat().st_size, table.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        assert ask(table, folder).answer["overall"]["favoured"] == "dorfene"

    def test_a_source_text_that_changed_is_checked_again(self, table: Path, folder: Path) -> None:
        assert ask(table, folder).code == 0
        text = table.parent / "abel-1998.txt"
        good = text.read_text("utf-8")
        text.write_text(good.replace("wirksamer", "WIRKSAMER", 1), "utf-8")
        failed = ask(table, folder)
        assert failed.code == 3
        assert any("abel-1998/A1" in fault["where"] for fault in failed.document["error"]["faults"])
        text.write_text(good, "utf-8")
        assert ask(table, folder).code == 0

    def test_a_source_text_that_is_gone_is_a_fault(self, table: Path, folder: Path) -> None:
        assert ask(table, folder).code == 0
        (table.parent / "abel-1998.txt").unlink()
        assert ask(table, folder).code == 3

    def test_the_same_table_elsewhere_is_checked_against_its_own_texts(self, table: Path, folder: Path) -> None:
        assert ask(table, folder).code == 0
        elsewhere = table.parent.parent / "elsewhere"
        elsewhere.mkdir()
        copy = elsewhere / table.name
        copy.write_bytes(table.read_bytes())
        assert ask(copy, folder).code == 3

    def test_two_tables_have_a_store_of_their_own(self, table: Path, folder: Path, tmp_path: Path) -> None:
        more = tmp_path / "more.yaml"
        more.write_text("format: bonerx-evidence/1\nagents: [{id: neumix, kind: drug, names: {de: Neumix}}]\n")
        first = run("agents", "--json", "-e", table, BONERX_CACHE_DIR=str(folder)).answer["count"]
        both = run("agents", "--json", "-e", table, "-e", more, BONERX_CACHE_DIR=str(folder)).answer["count"]
        assert both == first + 1
        assert len(list(folder.iterdir())) == 2
        assert run("agents", "--json", "-e", table, BONERX_CACHE_DIR=str(folder)).answer["count"] == first

    def test_the_document_names_what_was_read(self, table: Path, folder: Path) -> None:
        import hashlib

        (file,) = ask(table, folder).document["evidence"]
        assert file == {"path": str(table), "sha256": hashlib.sha256(table.read_bytes()).hexdigest()}
        assert ask(table, folder).document["evidence"] == [file]
