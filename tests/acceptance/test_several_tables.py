"""Several tables are asked as one, whatever their form and wherever they come from."""

import json
import subprocess
from pathlib import Path

import pytest
from asking import Document, run

import fork_server

HEAD = {"format": "bonerx-evidence/1"}
AGENTS: Document = {**HEAD, "agents": [{"id": "dormolin", "kind": "drug", "names": {"en": "dormolin"}}]}
OUTCOMES: Document = {**HEAD, "outcomes": [{"id": "sleep-time", "names": {"en": "sleep time"}, "better": "higher"}]}
SOURCES: Document = {**HEAD, "sources": [{"id": "author-2020", "kind": "other", "read_as": "abstract"}]}
CLAIM: Document = {
    "id": "dormolin-sleep-time",
    "kind": "efficacy",
    "regimen": ["dormolin"],
    "outcome": "sleep-time",
    "direction": "increases",
    "hedge": {"level": "possible"},
    "summary": "It may.",
    "sources": ["author-2020"],
}
NDJSON = json.dumps({"record": "claim", **CLAIM}) + "\n"
YAML = "format: bonerx-evidence/1\noutcomes:\n  - {id: sleep-time, names: {en: sleep time}, better: higher}\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of tables that hold only together: YAML, JSON, NDJSON, and one of each below."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "agents.json").write_text(json.dumps(AGENTS))
    (folder / "outcomes.yaml").write_text(YAML)
    (folder / "sources.yml").write_text(json.dumps(SOURCES))
    (folder / "claims.ndjson").write_text(NDJSON)
    (folder / "ignored.txt").write_text("not a table")
    (folder / ".hidden.yaml").write_text("not a table: [")
    return folder


def claims(*arguments: str | Path, **env: str) -> list[str]:
    ran = run("evidence", "--json", *arguments, **env)
    assert ran.code == 0, ran.err
    return list(ran.answer["claims"])


def piped(text: str, *arguments: str | Path) -> list[str]:
    """Return the claims that the program, run as others run it, finds with `text` on its standard input."""
    command = [str(fork_server.program()), "evidence", "--json", *map(str, arguments)]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout)["answer"]["claims"])


def test_a_folder_gives_every_table_in_it(tables: Path) -> None:
    ran = run("evidence", "--json", "-e", tables)
    names = [Path(file["path"]).name for file in ran.document["evidence"]]
    assert names == ["agents.json", "claims.ndjson", "outcomes.yaml", "sources.yml"]
    assert ran.answer["claims"] == ["dormolin-sleep-time"]


def test_the_option_is_repeatable_and_its_order_changes_no_answer(tables: Path) -> None:
    files = sorted(path for path in tables.iterdir() if path.suffix != ".txt" and path.name[0] != ".")
    for order in (files, files[::-1]):
        given = [argument for path in order for argument in ("-e", path)]
        assert claims(*given) == ["dormolin-sleep-time"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("claims.ndjson", NDJSON), ("agents.json", json.dumps(AGENTS)), ("outcomes.yaml", YAML)],
    ids=["ndjson", "json", "yaml"],
)
def test_standard_input_is_a_table_of_any_form(tables: Path, name: str, text: str) -> None:
    (tables / name).unlink()
    assert piped(text, "-e", tables, "-e", "-") == ["dormolin-sleep-time"]
    assert piped(text, "-e", "-", "-e", tables) == ["dormolin-sleep-time"]


def test_the_shipped_table_joins_with_an_own_one(tables: Path) -> None:
    shipped = claims()
    assert claims("-e", "default", "-e", tables) == [*shipped, "dormolin-sleep-time"]
    assert claims(BONERX_EVIDENCE=f"default:{tables}") == [*shipped, "dormolin-sleep-time"]


def test_the_same_record_twice_is_one(tables: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.ndjson"
    shuffled = dict(reversed(CLAIM.items()))
    again.write_text(json.dumps({"record": "claim", **shuffled, "species": "human"}) + "\n")
    assert claims("-e", tables, "-e", again) == ["dormolin-sleep-time"]
    assert claims("-e", tables, "-e", tables) == ["dormolin-sleep-time"]


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml"])
def test_different_content_under_one_id_is_a_fault_that_names_both_places(
    tables: Path, tmp_path: Path, form: str
) -> None:
    other = tmp_path / f"other.{form}"
    changed = CLAIM | {"direction": "decreases"}
    table = json.dumps(HEAD | {"claims": [changed]}, indent=1)
    other.write_text(json.dumps({"record": "claim", **changed}) + "\n" if form == "ndjson" else table)
    for first, second in ((tables, other), (other, tables)):
        ran = run("evidence", "-e", first, "-e", second)
        assert ran.code == 3
        assert f"{tables / 'claims.ndjson'}:1:" in ran.err
        assert f"{other}:" in ran.err
        assert "`direction`" in ran.err
        assert run("check", first, second).code == 3


def test_each_text_is_read_beside_the_table_that_names_it(tmp_path: Path) -> None:
    for name, said in (("one", "It sleeps."), ("two", "It wakes.")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "text.txt").write_text(said)
        source = {"id": name, "kind": "other", "read_as": "full-text", "text": "text.txt"}
        passage = {"en": {"start": 0, "end": len(said), "text": said}}
        sentence = {"id": f"{name}/S1", "source": name, "passages": passage}
        (folder / "table.json").write_text(json.dumps(HEAD | {"sources": [source], "sentences": [sentence]}))
    both = ("-e", tmp_path / "one", "-e", tmp_path / "two")
    assert run("show", "two/S1", *both).code == 0
    ran = run("export", *both)
    assert ran.code == 4
    assert "`text.txt` is the text of `one` and of `two`, and they differ" in ran.err


def test_a_folder_without_a_table_and_a_path_that_is_not_there_are_errors(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("rank", "-e", tmp_path / "empty").code == 3
    assert run("rank", "-e", tmp_path / "absent").code == 4


def test_an_export_of_the_tables_is_one_table(tables: Path, tmp_path: Path) -> None:
    for form in ("yaml", "json", "ndjson"):
        out = tmp_path / f"joined.{form}"
        assert run("export", "-e", tables, "--output", out).code == 0
        assert claims("-e", out) == ["dormolin-sleep-time"]
        assert run("check", out).code == 0


def test_an_export_puts_texts_beside_it_and_never_replaces_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert run("export", "--output", out / "table.yaml").code == 0
    text = out / "sources" / "iwamoto-2003.txt"
    before = text.read_bytes()
    assert run("export", "--output", out / "table.yaml").code == 0
    text.write_bytes(before + b"more")
    (out / "table.yaml").unlink()
    ran = run("export", "--output", out / "table.yaml")
    assert ran.code == 4
    assert "holds another text" in ran.err
    assert text.read_bytes() == before + b"more"
    assert not (out / "table.yaml").exists()


def test_an_export_keeps_drafts_and_a_selection_leaves_them(tables: Path, tmp_path: Path) -> None:
    draft = CLAIM | {"id": "a-draft", "draft": True}
    (tables / "drafts.ndjson").write_text(json.dumps({"record": "claim", **draft}) + "\n")
    whole = run("export", "-e", tables, "--json").answer["table"]
    assert [claim["id"] for claim in whole["claims"] if claim.get("draft")] == ["a-draft"]
    some = run("export", "dormolin", "-e", tables, "--json").answer["table"]
    assert [claim["id"] for claim in some["claims"]] == ["dormolin-sleep-time"]


def test_an_invalid_table_or_a_compiled_store_is_not_exported(tables: Path, tmp_path: Path) -> None:
    (tables / "sources.yml").unlink()
    ran = run("export", "-e", tables)
    assert (ran.code, ran.out) == (3, "")
    assert "no source has the id `author-2020`" in ran.err
    store = tmp_path / "x.db"
    store.write_bytes(b"SQLite format 3\x00" + bytes(100))
    assert run("export", "-e", store).code == 2
