"""A bar shows how far a compilation has come, before a terminal and to whoever has waited a while."""

import io
import os
import time
from pathlib import Path

import pytest

from bonerx.cli import progress
from bonerx.cli.progress import Progress
from bonerx.store import cache


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, patience: float, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(progress, "PATIENCE", patience)
    bar = Progress(stream)
    for done in range(0, 101, 20):
        bar("reading a\x1b[2Jtable", done, 100)
    bar("checking", 0, 0)
    bar.close()
    return stream.getvalue()


def test_a_bar_appears_before_a_terminal_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = told(Terminal(), 0, monkeypatch)
    assert "checking" in shown
    assert "\x1b[2J" not in shown


def test_nothing_appears_at_once_or_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(Terminal(), 60, monkeypatch) == ""
    assert told(io.StringIO(), 0, monkeypatch) == ""


def test_what_a_killed_build_left_behind_goes_after_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONERX_CACHE_DIR", str(tmp_path))
    old, young, store = (tmp_path / name for name in ("v9-1-a.db.new", "v9-2-b.db.new", "v9-c.db"))
    for path in (old, young, store):
        path.write_bytes(b"x")
    hours_ago = time.time() - 7200
    for path in (old, store):
        os.utime(path, (hours_ago, hours_ago))
    cache.prune()
    assert sorted(tmp_path.iterdir()) == [young, store]


def test_the_cache_is_bounded_in_bytes_but_for_its_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONERX_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(cache, "MOST_BYTES", 25)
    now = time.time()
    for age in range(4):
        path = tmp_path / f"v9-{age}.db"
        path.write_bytes(b"x" * 10)
        os.utime(path, (now - age, now - age))
    cache.prune()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["v9-0.db", "v9-1.db"]
    (tmp_path / "v9-large.db").write_bytes(b"x" * 100)
    os.utime(tmp_path / "v9-large.db", (now + 1, now + 1))
    cache.prune()
    assert [path.name for path in tmp_path.iterdir()] == ["v9-large.db"]
