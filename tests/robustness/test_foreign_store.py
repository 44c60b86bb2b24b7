"""A store from somebody else is not trusted: what is wrong with it is said, and what it says is shown, not obeyed."""

import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from asking import Ran, run
from program import write_table

from bonerx.store.checksum import write_checksums

QUESTIONS = (
    ("evidence", "dormolin", "--json"),
    ("evidence", "--text", "time", "--format", "plain"),
    ("compare", "dormolin", "placebo"),
    ("rank",),
    ("agents",),
    ("show", "claim-3"),
)
ESCAPES = "\x1b[31mred\x1b]0;title\x07 \u202eturned \u200bhidden"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole store, as one that was given to us."""
    folder = tmp_path_factory.mktemp("store")
    table = write_table(folder / "table.ndjson", 300)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BONERX_CACHE_DIR", str(folder / "cache"))
        assert run("agents", "-e", table).code == 0
    (made,) = (folder / "cache").glob("*.db")
    return Path(shutil.copy(made, folder / "evidence.db"))


@pytest.fixture
def store(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(good, tmp_path / "evidence.db"))


def change(store: Path, *statements: str) -> None:
    """Change a store and write its checksums anew, as somebody would who means harm."""
    connection = sqlite3.connect(store)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    write_checksums(str(store))


def answers(store: Path) -> list[Ran]:
    """Return what the questions end with; none may end in a bug."""
    found = [run(*question, "-e", store) for question in QUESTIONS]
    for ran in found:
        assert "Traceback" not in ran.err, ran.err
        assert ran.code in (0, 1, 2, 3), ran.err
        if ran.code == 3:
            assert "error: " in ran.err
    return found


def test_a_good_store_answers(store: Path) -> None:
    assert answers(store)[0].code == 0
    assert run("evidence", "dormolin", "--json", "-e", store).answer["count"] == 300


REFUSED = {
    "no application id": ("PRAGMA application_id = 0",),
    "another application": ("PRAGMA application_id = 252006674",),
    "an older schema": ("PRAGMA user_version = 1",),
    "a newer schema": ("PRAGMA user_version = 9999",),
    "a view": ("CREATE VIEW extra AS SELECT * FROM claim",),
    "a view in the place of a table": ("DROP TABLE draft", "CREATE VIEW draft AS SELECT 1 AS seq, 'a' AS id"),
    "a trigger": ("CREATE TRIGGER extra AFTER INSERT ON claim BEGIN DELETE FROM claim; END",),
    **{f"no table {name}": (f"DROP TABLE {name}",) for name in ("claim", "meta", "record", "name", "kin", "analysis")},
}  # fmt: skip


@pytest.mark.parametrize("statements", REFUSED.values(), ids=REFUSED)
def test_a_store_that_is_not_ours_or_not_whole_is_refused(store: Path, statements: tuple[str, ...]) -> None:
    change(store, *statements)
    for ran in answers(store):
        assert ran.code == 3
        assert ran.out == "" or json.loads(ran.out)["error"]["code"] == "damaged-store"
        assert str(store) in ran.err
    assert run("agents", "-e", store, "--json").document["error"]["code"] == "damaged-store"


def test_another_version_is_named(store: Path) -> None:
    change(store, "PRAGMA user_version = 9999")
    assert "schema version 9999" in run("agents", "-e", store).err


@pytest.mark.parametrize("kept", [16, 100, 1_000, 8_192, 20_000, 0.3, 0.6, 0.95])
def test_a_store_cut_short_never_answers_as_if_it_were_whole(good: Path, store: Path, kept: float) -> None:
    raw = good.read_bytes()
    store.write_bytes(raw[: int(kept if kept >= 1 else kept * len(raw))])
    found = answers(store)
    assert 3 in [ran.code for ran in found]


@pytest.mark.parametrize("seed", range(12))
def test_changed_bytes_end_in_the_same_answer_or_an_error(good: Path, store: Path, seed: int) -> None:
    whole = [(ran.code, ran.out) for ran in answers(store)]
    chance = random.Random(seed)
    raw = bytearray(good.read_bytes())
    for _ in range(chance.choice([1, 20, 400, 5_000])):
        raw[chance.randrange(16, len(raw))] = chance.randrange(256)
    store.write_bytes(raw)
    for ran, before in zip(answers(store), whole, strict=True):
        assert ran.code == 3 or (ran.code, ran.out) == before
    write_checksums(str(store))
    answers(store)


WRONG = {
    "JSON that is none": ("UPDATE claim SET json = '{'", "UPDATE record SET json = 'nothing'"),
    "JSON of another shape": ("UPDATE claim SET json = '[1]'", "UPDATE record SET json = '3'"),
    "JSON without its fields": ("UPDATE claim SET json = '{}'", "UPDATE record SET json = '{}'"),
    "JSON beyond all depth": (f"UPDATE claim SET json = '{'[' * 100_000}'",),
    "meta that is no JSON": ("UPDATE meta SET value = 'x'",),
    "meta of another shape": ("UPDATE meta SET value = '7'",),
    "blobs": ("UPDATE claim SET json = x'ff00'", "UPDATE record SET json = x'ff00'"),
    "words that are no UTF-8": (
        "UPDATE claim SET regimen = CAST(x'ff' AS TEXT)",
        "UPDATE name SET id = CAST(x'ff' AS TEXT)",
    ),
    "unknown words": ("UPDATE claim SET kind = 'x', direction = 'x', hedge = 'x', favours = 'x'",),
    "a circle": (
        "INSERT INTO kin VALUES ('agents', 'dormolin', 'placebo', 'member')",
        "INSERT INTO kin VALUES ('agents', 'placebo', 'dormolin', 'member')",
    ),
    "an empty store": ("DELETE FROM claim", "DELETE FROM record", "DELETE FROM name", "DELETE FROM meta"),
}  # fmt: skip


@pytest.mark.parametrize("statements", WRONG.values(), ids=WRONG)
def test_a_store_with_wrong_content_ends_in_an_answer_or_an_error(store: Path, statements: tuple[str, ...]) -> None:
    change(store, *statements)
    answers(store)


@pytest.mark.parametrize("form", ["table", "plain", "json", "ndjson", "csv", "tsv", "markdown"])
def test_what_would_steer_a_terminal_is_shown_as_an_escape(store: Path, form: str) -> None:
    connection = sqlite3.connect(store)
    for seq, text in connection.execute("SELECT seq, json FROM claim LIMIT 3").fetchall():
        record = json.loads(text) | {"summary": ESCAPES, "setting": ESCAPES}
        connection.execute("UPDATE claim SET json = ? WHERE seq = ?", (json.dumps(record, ensure_ascii=False), seq))
    for id_, text in connection.execute("SELECT id, json FROM record").fetchall():
        record = json.loads(text)
        if "names" in record:
            record["names"] = {"en": ESCAPES}
            connection.execute("UPDATE record SET json = ? WHERE id = ?", (json.dumps(record), id_))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'title'", (json.dumps(ESCAPES),))
    connection.commit()
    connection.close()
    write_checksums(str(store))
    for question in (("evidence", "dormolin"), ("agents",), ("show", "dormolin"), ("compare", "dormolin", "placebo")):
        ran = run(*[part for part in question if part != "--json"], "-e", store, "--format", form)
        assert ran.code in (0, 1), ran.err
        for raw in ("\x1b", "\x07", "\u202e"):
            assert raw not in ran.out
            assert raw not in ran.err


def test_a_name_of_a_store_that_would_steer_a_terminal_is_shown_as_an_escape(store: Path) -> None:
    strange = store.with_name("evil\x1b[31m.db")
    store.rename(strange)
    change(strange, "PRAGMA user_version = 9999")
    ran = run("agents", "-e", strange)
    assert ran.code == 3
    assert "\x1b" not in ran.err


def test_a_store_is_only_read(store: Path) -> None:
    before = store.read_bytes()
    answers(store)
    assert store.read_bytes() == before
    assert [path.name for path in store.parent.iterdir()] == ["evidence.db"]
