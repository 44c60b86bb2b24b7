"""Who changes a store on purpose renews its checksums: `check` finds all that no longer follows from the records."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from asking import run
from program import HEAD, claim

from bonerx.store.checksum import write_checksums

SHIPPED_CHANGES = {
    "a quotation": "UPDATE passage SET text = replace(text, 'more efficacious', 'less efficacious')",
    "figures of all analyses": "UPDATE analysis SET json = replace(json, '0.', '9.')",
    "one figure": "UPDATE analysis SET json = json_set(json, '$.random.te', -9.5) WHERE kind = 'pool' AND seq = 3",
    "a headline of trials": "UPDATE analysis SET json = json_set(json, '$.k', 77) WHERE kind = 'pool' AND seq = 3",
    "an analysis gone": "DELETE FROM analysis WHERE seq = 5",
    "a pair's analyses gone": "DELETE FROM analysis WHERE kind = 'pool' AND a = 'alendronate' AND b = 'placebo'",
    "a network's figures": "UPDATE analysis SET json = replace(json, '1', '2') WHERE kind = 'network'",
    "a name that leads elsewhere": "UPDATE name SET id = 'placebo' WHERE folded = 'fosamax' OR folded = 'alendronate'",
    "a name gone": "DELETE FROM name WHERE folded = 'alendronate'",
    "a false member": "INSERT INTO kin VALUES ('agents', 'placebo', 'bisphosphonates', 'member')",
    "a member gone": "DELETE FROM kin WHERE narrow = 'alendronate'",
    "a claim's direction": "UPDATE claim SET direction = 'prevents' WHERE direction = 'maintains'",
    "a claim's sentence": "UPDATE claim_sentence SET sentence = (SELECT min(sentence) FROM claim_sentence k"
    " WHERE k.claim != claim_sentence.claim) WHERE claim = (SELECT max(claim) FROM claim_sentence)",
    "a regimen's agent": "DELETE FROM regimen_agent WHERE agent = 'alendronate'",
    "harms forgotten": "DELETE FROM domain_agent",
    "a study's agent": "DELETE FROM study_agent WHERE agent = 'alendronate'",
    "a study's regimen": "DELETE FROM study_regimen WHERE regimen = 'alendronate'",
    "a study's outcome": "DELETE FROM study_outcome WHERE outcome = 'vertebral-fracture'",
    "a published estimate turned round": "UPDATE published SET a = b, b = a WHERE a = 'alendronate'",
    "later findings forgotten": "DELETE FROM finding_claim",
    "counts": "UPDATE meta SET value = '{}' WHERE key = 'counts'",
    "languages": """UPDATE meta SET value = '["en", "$(touch x)"]' WHERE key = 'languages'""",
    "files": "UPDATE meta SET value = '7' WHERE key = 'files'",
    "texts": "UPDATE meta SET value = '[]' WHERE key = 'texts'",
    "the index of words": "INSERT INTO passage_text (passage_text) VALUES ('delete-all')",
    "a passage's place": 'UPDATE passage SET start = start + 1, "end" = "end" + 1 WHERE seq = 1',
    "a reference": 'UPDATE record SET json = replace(json, \'"outcome":"lumbar-spine-bmd"\', \'"outcome":"nowhere"\')',
    "a study's figures": "UPDATE record SET json = replace(json, '\"events\":', '\"events\":1') WHERE kind = 'studies'",
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("store") / "shipped.db"
    assert run("compile", "-o", store).code == 0
    return store


def forged(store: Path, place: Path, statements: str) -> Path:
    copy = Path(shutil.copy(store, place))
    connection = sqlite3.connect(copy)
    changed = connection.executescript(statements)
    changed.close()
    connection.commit()
    connection.close()
    write_checksums(str(copy))
    return copy


def test_a_store_as_it_was_compiled_is_whole(shipped: Path) -> None:
    ran = run("check", shipped, "--json")
    assert ran.code == 0
    assert ran.answer["faults"] == []
    quotations = ran.answer["quotations"]
    assert (quotations["unproven"], quotations["sources"]) == (0, [])
    assert quotations["proven"] > 0
    assert ran.answer["headline"].endswith("Every quotation stands in its source's text.")


@pytest.mark.parametrize("statements", SHIPPED_CHANGES.values(), ids=SHIPPED_CHANGES)
def test_what_does_not_follow_from_the_records_is_found(shipped: Path, tmp_path: Path, statements: str) -> None:
    store = forged(shipped, tmp_path / "forged.db", statements)
    assert store.read_bytes() != shipped.read_bytes()
    ran = run("check", store, "--json")
    assert ran.code == 3, statements
    assert ran.answer["faults"]
    assert "whole" not in ran.answer["headline"]


@pytest.fixture
def quoting(tmp_path: Path) -> Path:
    """The folder of a store that quotes a text beside it."""
    (tmp_path / "text.txt").write_text("Dormolin lengthens sleep more than placebo.")
    sentence = {
        "record": "sentence", "id": "author-2020/S1", "source": "author-2020",
        "passages": {"en": {"start": 0, "end": 43, "text": "Dormolin lengthens sleep more than placebo."}},
    }  # fmt: skip
    told = claim(1, sentences=["author-2020/S1"])
    told = {name: value for name, value in told.items() if name not in ("summary", "sources")}
    records = [*HEAD[:-1], HEAD[-1] | {"text": "text.txt"}, sentence, told]
    (tmp_path / "table.ndjson").write_text("".join(json.dumps(record) + "\n" for record in records))
    assert run("compile", tmp_path / "table.ndjson", "-o", tmp_path / "evidence.db").code == 0
    return tmp_path


def test_what_could_not_be_compared_with_a_text_is_said(quoting: Path) -> None:
    assert run("check", quoting / "evidence.db", "--json").answer["quotations"]["proven"] == 1
    (quoting / "text.txt").unlink()
    ran = run("check", quoting / "evidence.db", "--json")
    assert ran.code == 0
    assert ran.answer["quotations"] == {"proven": 0, "unproven": 1, "sources": ["author-2020"]}
    assert "1 quotation could not be compared with a text" in ran.answer["headline"]
    assert "very quotation stands" not in ran.answer["headline"]


def test_another_text_in_its_place_proves_nothing(quoting: Path) -> None:
    (quoting / "text.txt").write_text("Dormolin shortens  sleep more than placebo.")
    assert run("check", quoting / "evidence.db", "--json").answer["quotations"]["unproven"] == 1


def test_a_changed_quotation_is_found_with_its_text(quoting: Path) -> None:
    change = "UPDATE passage SET text = replace(text, 'lengthens', 'shortensx');"
    again = "INSERT INTO passage_text (passage_text) VALUES ('rebuild');"
    store = forged(quoting / "evidence.db", quoting / "forged.db", change + again)
    ran = run("check", store, "--json")
    assert ran.code == 3
    assert any("author-2020/S1" in fault["where"] for fault in ran.answer["faults"])


def test_two_quotations_of_one_place_that_differ_are_found_without_their_text(quoting: Path) -> None:
    (quoting / "text.txt").unlink()
    change = """INSERT INTO sentence VALUES (90, 'author-2020/S2', 'author-2020');
    INSERT INTO passage VALUES (90, 90, 'en', 0, 8, 'Placebox');
    INSERT INTO passage_text (passage_text) VALUES ('rebuild');
    UPDATE meta SET value = replace(value, '"sentences": 1', '"sentences": 2') WHERE key = 'counts';"""
    store = forged(quoting / "evidence.db", quoting / "forged.db", change)
    ran = run("check", store, "--json")
    assert ran.code == 3
    assert any("author-2020/S" in fault["where"] for fault in ran.answer["faults"])


@pytest.mark.parametrize("asked", [("compare", "alendronate", "vitamin-k2"), ("evidence", "alendronate"), ("rank",)])
def test_a_claim_under_the_id_of_another_is_not_told(shipped: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    store = forged(shipped, tmp_path / "forged.db", "UPDATE claim SET id = id || '-x'")
    assert run(*asked, "-e", store).code == 3
