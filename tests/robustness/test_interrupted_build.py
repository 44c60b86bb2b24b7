"""A build that is killed, or that shares its place with another, leaves nothing behind that a later answer uses."""

import signal
from pathlib import Path

import pytest
from program import ask, calls_of, ended, halted, listing, start, write_table

CLAIMS = 1_200
POINTS = 15


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_table(tmp_path_factory.mktemp("table") / "table.ndjson", CLAIMS)


@pytest.fixture(scope="module")
def calls(table: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls an undisturbed build makes, so that kills fall all over it."""
    cache = tmp_path_factory.mktemp("cache")
    return calls_of(cache, "start", *listing(table))


@pytest.mark.parametrize("point", range(POINTS))
def test_a_build_killed_at_any_moment_is_as_if_it_had_not_been(
    table: Path, calls: int, point: int, tmp_path: Path
) -> None:
    # The last point is close to the end, where the store gets its name and the answer is written.
    at = calls * (point + 1) // POINTS if point < POINTS - 1 else calls * 99 // 100
    with halted(tmp_path, "start", at, *listing(table)) as process:
        process.kill()
        process.communicate()
    for store in tmp_path.glob("*.db"):
        assert ask(tmp_path, *listing(store)).count == CLAIMS, "what has a store's name is a whole store"
    again = ask(tmp_path, *listing(table))
    assert (again.code, again.count) == (0, CLAIMS), again.err
    assert len(list(tmp_path.glob("*.db"))) == 1


def test_two_builders_of_one_table_at_once_answer_alike(table: Path, tmp_path: Path) -> None:
    both = [start(tmp_path, *listing(table)) for _ in range(2)]
    one, other = map(ended, both)
    assert (one.code, one.count) == (0, CLAIMS)
    assert one == other
    assert [path.suffix for path in tmp_path.iterdir()] == [".db"]


def test_a_compiled_store_is_not_replaced_by_half_of_one(table: Path, calls: int, tmp_path: Path) -> None:
    small = write_table(tmp_path / "small.ndjson", 3)
    store = tmp_path / "evidence.db"
    made = ask(tmp_path / "cache", "compile", small, "-o", store)
    assert made.code == 0, made.err
    before = store.read_bytes()
    for part in (0.5, 0.8):
        with halted(tmp_path / "cache", "start", int(calls * part), "compile", table, "-o", store) as process:
            process.kill()
            process.communicate()
        found = ask(tmp_path / "cache", *listing(store)).count
        assert found == (3 if store.read_bytes() == before else CLAIMS)


def test_what_a_killed_build_left_is_cleared(table: Path, tmp_path: Path) -> None:
    with halted(tmp_path, "fcntl.flock", 4_000, *listing(table)) as process:
        assert unfinished(tmp_path)
        process.kill()
        process.communicate()
    assert unfinished(tmp_path)
    assert ask(tmp_path, "cache", "clear").code == 0
    assert list(tmp_path.iterdir()) == []


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(".new")]


def test_the_next_compilation_removes_what_a_killed_one_left(table: Path, tmp_path: Path) -> None:
    small = write_table(tmp_path / "small.ndjson", 3)
    store = tmp_path / "evidence.db"
    with halted(tmp_path / "cache", "fcntl.flock", 4_000, "compile", table, "-o", store) as process:
        process.kill()
        process.communicate()
    assert unfinished(tmp_path), "a build that is killed cannot remove what it has begun"
    assert ask(tmp_path / "cache", "compile", small, "-o", store).code == 0
    assert unfinished(tmp_path) == []


def test_what_another_is_still_writing_is_left_alone(table: Path, tmp_path: Path) -> None:
    small = write_table(tmp_path / "small.ndjson", 3)
    store = tmp_path / "evidence.db"
    with halted(tmp_path / "cache", "fcntl.flock", 4_000, "compile", table, "-o", store) as process:
        assert ask(tmp_path / "cache", "compile", small, "-o", store).code == 0
        process.send_signal(signal.SIGCONT)
        assert ended(process).code == 0
    assert ask(tmp_path / "cache", *listing(store)).count == CLAIMS, "who is done last has the place"
    assert unfinished(tmp_path) == []


def test_files_of_others_with_such_names_are_left_alone(tmp_path: Path) -> None:
    small = write_table(tmp_path / "small.ndjson", 3)
    others = {f".evidence.db.{'0' * 16}.new": b"a figure that is being written", ".evidence.db.new": b"", "a.new": b""}
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
    assert ask(tmp_path / "cache", "compile", small, "-o", tmp_path / "evidence.db").code == 0
    assert {path.name for path in unfinished(tmp_path)} == set(others)
