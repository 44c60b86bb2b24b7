"""A large table is compiled record by record: in any order, on a full disk, with a fault at its end."""

import random
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Ended, ask
from test_no_room import room_for

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import scale_table

CLAIMS = 12_000


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scale_table.write_table(tmp_path_factory.mktemp("table"), CLAIMS)


def rows(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a store holds, its indexes of words too, in order."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not name.startswith("passage_text_")
    ]
    found = {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
    words = "SELECT rowid FROM passage_text WHERE passage_text MATCH '\"agentol 00007\"' ORDER BY rowid"
    found["words"] = connection.execute(words).fetchall()
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return found


def compiled(tmp_path: Path, table: Path, name: str) -> Path:
    store = tmp_path / name
    ran = ask(tmp_path / "cache", "compile", table, "-o", store)
    assert ran.code == 0, ran.err
    return store


def lines_of(table: Path) -> tuple[list[str], list[str]]:
    """Return the lines of a table: those that are no claims, and those that are."""
    lines = table.read_text("utf-8").splitlines(keepends=True)
    claims = [line for line in lines if line.startswith('{"record":"claim"')]
    return [line for line in lines if not line.startswith('{"record":"claim"')], claims


@pytest.fixture(params=["in order", "shuffled", "claims first", "doubled"])
def arranged(request: pytest.FixtureRequest, table: Path) -> Iterator[Path]:
    others, claims = lines_of(table)
    if request.param == "shuffled":
        random.Random(7).shuffle(claims)
    lines = {
        "claims first": [*claims, *others],
        "doubled": [*others, *others[-50:], *claims, *claims[:50]],
    }.get(request.param, [*others, *claims])
    path = table.with_name(f"{request.param.replace(' ', '-')}.ndjson")
    path.write_text("".join(lines), "utf-8")
    yield path
    path.unlink()


@pytest.fixture(scope="module")
def expected(table: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What a store of the table holds."""
    return rows(compiled(tmp_path_factory.mktemp("expected"), table, "one.db"))


def test_the_order_of_the_lines_changes_nothing_but_the_order(
    arranged: Path, expected: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    found = rows(compiled(tmp_path, arranged, "other.db"))
    assert len(found["claim"]) == CLAIMS
    assert found["words"]
    for name in ("name", "kin", "regimen_agent", "domain_agent", "claim_source"):
        assert len(found[name]) == len(expected[name]), name
    assert sorted(row[1] for row in found["claim"]) == sorted(row[1] for row in expected["claim"])


@pytest.mark.parametrize("size", [0, 100_000, 3_000_000])
def test_a_full_disk_still_gives_the_answer(table: Path, tmp_path: Path, size: int) -> None:
    _answered(ask(tmp_path / "cache", *_listing(table), prepare=room_for(size)))
    ran = ask(tmp_path / "cache", "compile", table, "-o", tmp_path / "evidence.db", prepare=room_for(size))
    assert ran.code == 4, ran.err
    assert list(tmp_path.glob("*.*")) == []


def test_a_fault_is_found_wherever_it_stands(table: Path, tmp_path: Path) -> None:
    others, claims = lines_of(table)
    on_an_outcome = next(line for line in reversed(claims[:-1]) if '"outcome":"' in line)
    wrong = [claims[-1].replace("/S", "/T"), on_an_outcome.replace('"outcome":"', '"outcome":"un')]
    path = table.with_name("wrong.ndjson")
    path.write_text("".join([*others, *claims, *(line.replace('"id":"s', '"id":"t', 1) for line in wrong)]), "utf-8")
    try:
        ran = ask(tmp_path / "cache", "compile", path, "-o", tmp_path / "evidence.db")
    finally:
        path.unlink()
    assert ran.code == 3
    last = len(others) + len(claims)
    assert f":{last + 1}:" in ran.err
    assert f":{last + 2}:" in ran.err
    assert "2 faults" in ran.err
    assert list(tmp_path.glob("*.*")) == []


def _listing(table: Path) -> tuple[str | Path, ...]:
    return ("evidence", "--json", "--limit", "1", "-e", table)


def _answered(ran: Ended) -> None:
    assert (ran.code, ran.count) == (0, CLAIMS), ran.err
