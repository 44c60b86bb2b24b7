"""Where nothing can be written, bonerx answers all the same or says why not."""

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from program import Ended, ask, listing, write_table

CLAIMS = 1_500


def room_for(size: int) -> Callable[[], None]:
    """Return what keeps a process from writing a file larger than `size`, as a full disk would."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_table(tmp_path_factory.mktemp("table") / "table.ndjson", CLAIMS)


@pytest.mark.parametrize("size", [0, 20_000, 400_000])
def test_a_full_disk_still_gives_the_answer(table: Path, tmp_path: Path, size: int) -> None:
    ran = ask(tmp_path, *listing(table), prepare=room_for(size))
    assert (ran.code, ran.count) == (0, CLAIMS), ran.err
    assert list(tmp_path.glob("*.new")) == []
    for store in tmp_path.iterdir():
        assert ask(tmp_path, *listing(store)).count == CLAIMS
    assert ask(tmp_path, *listing(table)).count == CLAIMS


@pytest.mark.parametrize("place", ["a-file", "a-file/below", "/proc/nowhere"])
def test_a_cache_that_cannot_be_written_still_gives_the_answer(table: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("in the way")
    ran = ask(tmp_path / place, *listing(table))
    assert (ran.code, ran.count) == (0, CLAIMS), ran.err
    assert (tmp_path / "a-file").read_text() == "in the way"


def test_a_store_in_the_cache_that_is_no_store_is_made_again(table: Path, tmp_path: Path) -> None:
    assert ask(tmp_path, *listing(table)).code == 0
    (store,) = tmp_path.iterdir()
    good = store.read_bytes()
    for bad in (b"", good[: len(good) // 2], bytes(len(good))):
        store.write_bytes(bad)
        ran = ask(tmp_path, *listing(table))
        assert (ran.code, ran.count) == (0, CLAIMS), ran.err
    store.unlink()
    store.mkdir()
    assert ask(tmp_path, *listing(table)).count == CLAIMS


@pytest.mark.parametrize("arguments", [("evidence", "--json"), ("export",), ("export", "--to", "ndjson")])
def test_an_output_that_does_not_fit_is_an_error_and_leaves_no_half(
    table: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    out.write_text("before")
    ask(tmp_path / "cache", *listing(table))
    ran = ask(tmp_path / "cache", *arguments, "-e", table, "--output", out, prepare=room_for(10_000))
    _refused(ran, str(out))
    assert out.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "out"]


def test_a_text_that_does_not_fit_is_an_error_and_leaves_no_half(tmp_path: Path) -> None:
    ran = ask(tmp_path / "cache", "export", "--output", tmp_path / "new" / "t.yaml", prepare=room_for(1_000))
    _refused(ran, "iwamoto-2003.txt")
    assert list((tmp_path / "new").rglob("*.*")) == []


def test_a_full_standard_output_is_an_error(table: Path, tmp_path: Path) -> None:
    ask(tmp_path, *listing(table))

    def full() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    for arguments in (("evidence",), ("evidence", "--format", "ndjson"), ("export",), ("export", "--to", "ndjson")):
        _refused(ask(tmp_path, *arguments, "-e", table, prepare=full), "cannot write the answer")


def _refused(ran: Ended, named: str) -> None:
    assert ran.code == 4, ran.err
    assert "error: " in ran.err
    assert named in ran.err
