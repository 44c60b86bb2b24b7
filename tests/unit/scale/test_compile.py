"""`bonerx compile`: a store of one's own, asked like a table, carried anywhere, and distrusted when it comes back."""

import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from tables import WHOLE, claim, hedged, write
from typer.testing import CliRunner

from bonerx.cli import app

DOCS = Path(__file__).parents[3] / "docs" / "reference" / "store.md"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The store of the whole table."""
    place = tmp_path / "evidence.db"
    code, out, err = run("compile", write(tmp_path, WHOLE), "-o", place)
    assert code == 0, err
    assert out.startswith("Compiled 5 statements from 1 file.")
    return place


def test_a_store_answers_as_its_table_does(store: Path, tmp_path: Path) -> None:
    asked = ["compare", "dormolin", "placebo", "--json", "-e"]
    of_store, of_table = (json.loads(run(*asked, path)[1]) for path in (store, tmp_path / "table.ndjson"))
    (named,) = of_store.pop("evidence")
    assert named.pop("store") == str(store)
    assert [named] == of_table.pop("evidence")
    assert of_store == of_table


def test_a_copy_answers_where_nothing_else_is(store: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    copy = away / "copied.db"
    shutil.copy(store, copy)
    shutil.rmtree(tmp_path / "sources")
    (tmp_path / "table.ndjson").unlink()
    copy.chmod(0o444)
    away.chmod(0o555)
    try:
        code, out, _ = run("evidence", "-e", copy, "--format", "ndjson")
    finally:
        away.chmod(0o755)
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == [f"claim-{number}" for number in range(1, 6)]
    assert [path.name for path in away.iterdir()] == ["copied.db"]


def test_a_store_takes_the_place_of_a_store_and_of_nothing_else(store: Path, tmp_path: Path) -> None:
    table = write(tmp_path, [*WHOLE, claim(9)])
    assert run("compile", table, "-o", store)[0] == 0
    assert "6 statements" in run("evidence", "-e", store)[1]
    before = table.read_bytes()
    for place in (table, tmp_path, tmp_path / "sources" / "author.txt"):
        code, _, err = run("compile", table, "-o", place)
        assert code == 2, err
    assert table.read_bytes() == before
    code, _, err = run("compile", write(tmp_path, [claim(9)], "bad.ndjson"), "-o", store)
    assert code == 3
    assert "6 statements" in run("evidence", "-e", store)[1]
    assert not list(tmp_path.glob("*.new"))


def test_a_store_is_no_table(store: Path, tmp_path: Path) -> None:
    for arguments in (("compile", store, "-o", tmp_path / "c.db"), ("rank", "-e", "default", "-e", store)):
        code, _, err = run(*arguments)
        assert code == 3
        assert "is a compiled store" in err
    code, _, err = run("rank", "-e", store, "-e", "default")
    assert code == 2
    assert "compile the tables together" in err


def test_compiling_says_so_as_json(tmp_path: Path) -> None:
    place = tmp_path / "e.db"
    code, out, _ = run("compile", write(tmp_path, [*WHOLE, claim(9, draft=True)]), "-o", place, "--json")
    document = json.loads(out)
    assert code == 0
    assert document["answer"]["counts"]["claims"] == 6
    assert document["answer"]["drafts"] == 1
    assert document["answer"]["bytes"] == place.stat().st_size


def tamper(store: Path, sql: str) -> None:
    """Change a store behind our back, its checksums written anew as a stranger would."""
    from bonerx.store.checksum import write_checksums

    with sqlite3.connect(store) as connection:
        connection.executescript(sql)
    connection.close()
    write_checksums(str(store))


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE claim SET direction = 'decreases' WHERE id = 'claim-1'", "its columns say something else"),
        ("UPDATE claim SET json = '{}' WHERE id = 'claim-1'", "it is not a valid claim"),
        ("UPDATE record SET json = '{}' WHERE id = 'dormolin'", "it is not a valid agent"),
        ("UPDATE record SET kind = 'poems' WHERE id = 'dormolin'", "`poems` is no kind of record"),
        ("CREATE INDEX another ON claim (abs(seq))", "its tables and indexes are not those"),
    ],
)
def test_check_reads_a_store_from_end_to_end(store: Path, sql: str, told: str) -> None:
    code, out, _ = run("check", store)
    assert code == 0
    assert out.startswith("The store is whole")
    tamper(store, sql)
    code, out, _ = run("check", store)
    assert code == 3
    assert told in out


def test_check_finds_a_bit_that_has_changed(store: Path) -> None:
    whole = bytearray(store.read_bytes())
    at = whole.index(b"lengthen")
    whole[at] ^= 1
    store.write_bytes(whole)
    for arguments in (("check", store), ("evidence", "-e", store)):
        code, out, err = run(*arguments)
        assert code == 3
        assert "has changed since it was written" in out + err


def test_a_store_of_another_version_or_program_is_refused(store: Path, tmp_path: Path) -> None:
    tamper(store, "PRAGMA user_version = 999")
    code, _, err = run("evidence", "-e", store)
    assert code == 3
    assert "schema version 999" in err
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE claim (id)")
    connection.close()
    code, _, err = run("check", other)
    assert code == 3
    assert "is not a store of bonerx" in err


def test_a_table_too_large_for_memory_is_checked_by_compiling_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bonerx.evidence import limits

    good = write(tmp_path, [*WHOLE, claim(9, draft=True)])
    bad = write(tmp_path, [*WHOLE, claim(9, outcome="x")], "b.ndjson")

    def checked(path: Path) -> tuple[object, ...]:
        answer = json.loads(run("check", path, "--json")[1])["answer"]
        return answer["faults"], answer["to_decide"], answer["headline"]

    read = [checked(good), checked(bad)]
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 1_000)
    assert [checked(good), checked(bad)] == read


def test_words_are_found_in_both_scripts_short_ones_too(tmp_path: Path) -> None:
    chinese = claim(9, sentences=["author-2020/S3"])
    table = write(tmp_path, [*WHOLE, chinese, hedged(8, sentences=["author-2020/S1", "author-2020/S2"])])

    def find(words: str) -> list[str]:
        lines = run("evidence", "-e", table, "--text", words, "-f", "ndjson")[1].splitlines()
        return [json.loads(line)["id"] for line in lines]

    found = {
        words: find(words)
        for words in ("lengthens", "placebo more", "may", "多眠灵可能", "睡眠", "灵", "ma SLEEP", "nowhere")
    }
    assert found["lengthens"] == ["claim-1", "claim-2", "claim-5", "claim-8"]
    assert sorted(found["placebo more"]) == ["claim-1", "claim-2", "claim-5", "claim-8"]
    assert found["may"] == ["claim-3", "claim-4", "claim-8"]
    assert found["多眠灵可能"] == found["睡眠"] == found["灵"] == ["claim-9"]
    assert found["ma SLEEP"] == ["claim-3", "claim-4", "claim-8"]
    assert found["nowhere"] == []
    page = run("evidence", "-e", table, "--text", "lengthens", "--limit", "2", "--offset", "1", "-f", "ndjson")[1]
    assert [json.loads(line)["id"] for line in page.splitlines()] == ["claim-2", "claim-5"]


def test_the_documented_queries_answer_on_a_store(store: Path) -> None:
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    queries = re.findall(r"```sql\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(queries) >= 5
    for query in queries:
        rows = connection.execute(query.replace("alendronate", "dormolin").replace("fracture", "lengthens")).fetchall()
        assert rows, query
    named = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    connection.close()
    for table in sorted(named):
        assert table.startswith("passage_text_") or f"`{table}`" in DOCS.read_text("utf-8"), table
