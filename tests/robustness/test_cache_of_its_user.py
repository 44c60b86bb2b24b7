"""Whoever else could write into the cache, or put another in its place, decides no answer."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from program import HEAD, ask, claim, write_table

from bonerx.store import cache
from bonerx.store.checksum import write_checksums

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
NOBODY = 54_321
DIRECTION = ("evidence", "--format", "tsv", "-e")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_table(tmp_path / "table.ndjson", 1)


@pytest.fixture
def folder(tmp_path: Path, table: Path) -> Path:
    """A cache that holds the table's store, which says the opposite of the table."""
    place = tmp_path / "above" / "cache"
    assert ask(place, *DIRECTION, table).code == 0
    (store,) = place.iterdir()
    connection = sqlite3.connect(store)
    connection.execute("UPDATE claim SET json = replace(json, 'increases', 'decreases')")
    connection.commit()
    connection.close()
    write_checksums(str(store))
    assert "decreases" in ask(place, *DIRECTION, table).out, "what is the user's own is believed"
    return place


def only(folder: Path) -> Path:
    (store,) = folder.iterdir()
    return store


def another_writes_folder(folder: Path) -> None:
    folder.chmod(0o777)


def group_writes_folder(folder: Path) -> None:
    folder.chmod(0o770)


def anybody_exchanges_folder(folder: Path) -> None:
    folder.parent.chmod(0o777)


def another_writes_store(folder: Path) -> None:
    only(folder).chmod(0o666)


def store_is_a_link(folder: Path) -> None:
    store = only(folder)
    store.rename(folder.parent / "elsewhere.db")
    store.symlink_to(folder.parent / "elsewhere.db")


def another_owns_store(folder: Path) -> None:
    os.chown(only(folder), NOBODY, NOBODY)


def another_owns_folder(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)


def another_owns_folder_above(folder: Path) -> None:
    os.chown(folder.parent, NOBODY, NOBODY)


def folder_is_a_link_into_a_shared_one(folder: Path) -> None:
    real = folder.parent / "real"
    folder.rename(real)
    real.chmod(0o777)
    folder.symlink_to(real)


UNSAFE: list[Callable[[Path], None]] = [
    another_writes_folder,
    group_writes_folder,
    anybody_exchanges_folder,
    another_writes_store,
    store_is_a_link,
    folder_is_a_link_into_a_shared_one,
]
GIVEN_AWAY: list[Callable[[Path], None]] = [another_owns_store, another_owns_folder, another_owns_folder_above]


def refused(change: Callable[[Path], None], folder: Path, table: Path) -> None:
    change(folder)
    ran = ask(folder, *DIRECTION, table)
    assert ran.code == 0, ran.err
    assert "increases" in ran.out
    assert "decreases" not in ran.out


@pytest.mark.parametrize("change", UNSAFE)
def test_what_others_may_write_is_not_believed(change: Callable[[Path], None], folder: Path, table: Path) -> None:
    refused(change, folder, table)


@ROOT
@pytest.mark.parametrize("change", GIVEN_AWAY)
def test_what_another_owns_is_not_believed(change: Callable[[Path], None], folder: Path, table: Path) -> None:
    refused(change, folder, table)


@pytest.mark.parametrize("change", [another_writes_folder, anybody_exchanges_folder])
def test_a_folder_that_is_not_used_is_not_written_either(
    change: Callable[[Path], None], folder: Path, table: Path, tmp_path: Path
) -> None:
    change(folder)
    before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
    other = write_table(tmp_path / "other.ndjson", 2)
    assert ask(folder, *DIRECTION, other).code == 0
    assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before
    shown = ask(folder, "cache", "path")
    assert shown.code == 0
    assert "the cache is not used" in shown.err


def test_a_sticky_folder_above_is_all_right(folder: Path, table: Path) -> None:
    folder.parent.chmod(0o1777)
    assert "decreases" in ask(folder, *DIRECTION, table).out


def test_the_folder_and_its_stores_are_the_users_alone_whatever_the_umask(table: Path, tmp_path: Path) -> None:
    place = tmp_path / "new" / "deep" / "cache"
    assert ask(place, *DIRECTION, table, prepare=lambda: os.umask(0) and None).code == 0
    for made in (place, place.parent, place.parent.parent):
        assert made.stat().st_mode & 0o777 == 0o700
    assert only(place).stat().st_mode & 0o777 == 0o600


NOWHERE = [
    {},
    {"HOME": ""},
    {"HOME": "relative"},
    {"HOME": "~"},
    {"HOME": ".", "XDG_CACHE_HOME": "cache"},
    {"HOME": "/nowhere/home"},
]


@pytest.mark.parametrize("env", NOWHERE, ids=str)
def test_without_a_home_there_is_no_cache(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "BONERX_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    assert cache.folder() is None
    assert cache.usable(make=True) is None
    assert cache.stores() == []


def test_an_answer_without_a_cache_leaves_nothing_behind(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", "relative")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    ran = ask(None, *DIRECTION, table)
    assert (ran.code, list(here.iterdir())) == (0, [])
    assert '"path": null' in ask(None, "cache", "path", "--json").out


class TestKey:
    """What decides how a table is read is part of what its store is found by."""

    def test_the_same_bytes_are_another_table_in_another_form(self, tmp_path: Path) -> None:
        # A number of this form is one in JSON, and text in YAML.
        arm = '{"arm": "%s", "outcome": "o", "n": 10, "mean": 1e1, "sd": 1.0, "source": "s", "place": "p"}'
        said = '{"format": "bonerx-evidence/1", "sources": [{"id": "s", "kind": "other", "read_as": "abstract"}], '
        said += '"agents": [{"id": "x", "kind": "drug", "names": {"en": "x"}}, '
        said += '{"id": "y", "kind": "drug", "names": {"en": "y"}}], '
        said += '"outcomes": [{"id": "o", "names": {"en": "o"}, "better": "higher"}], '
        said += '"studies": [{"id": "t", "sources": ["s"], "arms": [{"id": "a", "regimen": ["x"]}, '
        said += '{"id": "b", "regimen": ["y"]}], "results": [' + arm % "a" + ", " + arm % "b" + "]}]}"
        codes = {}
        for name in ("x.json", "x.yaml", "x.yml", "x.JSON", "x.txt"):
            (tmp_path / name).write_text(said)
            fresh = ask(tmp_path / f"cache-{name}", "agents", "-e", tmp_path / name).code
            shared = [ask(tmp_path / "cache", "agents", "-e", tmp_path / name).code for _ in range(2)]
            codes[name] = fresh
            assert shared == [fresh, fresh], name
        assert (codes["x.json"], codes["x.yaml"]) == (0, 3)

    def test_tables_in_another_order_are_another_table(self, tmp_path: Path) -> None:
        head = write_table(tmp_path / "a.ndjson", 0)
        assert len(HEAD) == len(head.read_text().splitlines())
        other = tmp_path / "b.ndjson"
        other.write_text("".join(f"{line}\n" for line in map(_as_json, [claim(1), claim(2)])))
        third = tmp_path / "c.ndjson"
        third.write_text(f"{_as_json(claim(3))}\n")
        asked = [ask(tmp_path / "cache", *DIRECTION, head, "-e", one, "-e", two) for one, two in
                 ((other, third), (third, other))]  # fmt: skip
        ids = [[line.split("\t")[0] for line in ran.out.splitlines()[1:]] for ran in asked]
        assert ids == [["claim-1", "claim-2", "claim-3"], ["claim-3", "claim-1", "claim-2"]]


def _as_json(record: object) -> str:
    import json

    return json.dumps(record)
