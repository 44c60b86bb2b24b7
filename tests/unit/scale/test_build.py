"""A store is built of records in any order, from any number of files, and every fault names its line."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
import scale_table
from tables import SOURCES, WHOLE, WORDS, Record, claim, compiled, content, faults, hedged, sentence, write


def without_numbers(found: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the content of a store as it is whatever the order of its records."""
    kept = {name: sorted(map(repr, found[name])) for name in ("name", "kin", "regimen_agent")}
    kept["claims"] = sorted(repr(row[1:]) for row in found["claim"])
    kept["records"] = sorted(map(repr, found["records"]))
    kept["texts"] = sorted(repr(row[2:]) for row in found["passage"])
    kept["links"] = [str(len(found["claim_sentence"]))]
    return kept


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_lines_changes_nothing_but_the_order(tmp_path: Path, seed: int) -> None:
    expected = without_numbers(content(compiled(write(tmp_path, WHOLE))))
    shuffled = random.Random(seed).sample(WHOLE, len(WHOLE))
    assert without_numbers(content(compiled(write(tmp_path, shuffled)))) == expected


def test_records_are_numbered_in_the_order_of_the_files(tmp_path: Path) -> None:
    first = write(tmp_path, [*WORDS, *SOURCES, sentence("S2"), claim(2)], "a.ndjson")
    second = write(tmp_path, [claim(1), claim(3)], "b.ndjson")
    rows = compiled(first, second).execute("SELECT id FROM claim ORDER BY seq")
    assert [id_ for (id_,) in rows] == ["claim-2", "claim-1", "claim-3"]


def test_the_same_record_twice_is_one(tmp_path: Path) -> None:
    one = write(tmp_path, [*WHOLE, *WHOLE], "one.ndjson")
    other = write(tmp_path, [*reversed(WHOLE)], "other.ndjson")
    found = content(compiled(one, other))
    assert without_numbers(found) == without_numbers(content(compiled(write(tmp_path, WHOLE))))
    assert len(found["record"]) == len({row[2] for row in found["record"]})


@pytest.mark.parametrize("empty", ["[]", "[ ]", "[\t]", "[\r]"])
def test_a_record_is_kept_without_what_says_nothing_however_that_is_spaced(tmp_path: Path, empty: str) -> None:
    line = '{"record": "agent", "id": "x", "kind": "drug", "names": {"en": "X"}, "codes": ' + empty + "}\n"
    (tmp_path / "t.ndjson").write_bytes(line.encode())
    rows = compiled(tmp_path / "t.ndjson").execute("SELECT json FROM record WHERE id = 'x'")
    assert [json.loads(text) for (text,) in rows] == [{"id": "x", "kind": "drug", "names": {"en": "X"}}]


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("agent", {**WORDS[1], "note": "another"}),
        ("sentence", sentence("S1", passages={"en": {"start": 9, "end": 12, "text": "may"}})),
        ("claim", claim(1, direction="maintains")),
    ],
)
def test_two_records_of_one_id_that_differ_are_a_fault_that_names_both(
    tmp_path: Path, kind: str, changed: Record
) -> None:
    (fault,) = faults(write(tmp_path, [*WHOLE, changed]))
    assert fault.line == len(WHOLE) + 1
    line = next(number for number, record in enumerate(WHOLE, 1) if record["id"] == changed["id"])
    assert f"the {kind} `{changed['id']}` differs in" in fault.message
    assert fault.message.endswith(f"line {line}")
    one, other = write(tmp_path, WHOLE, "one.ndjson"), write(tmp_path, [changed], "other.ndjson")
    (fault,) = faults(one, other)
    assert (fault.path, fault.line) == (str(other), 1)
    assert f"{one}:{line}:" in fault.message


def test_a_record_that_is_not_there_is_named_with_line_and_column(tmp_path: Path) -> None:
    table = write(tmp_path, [*WHOLE, claim(9, sentences=["author-2020/S9"]), claim(10, outcome="sleep")])
    last, first = sorted(faults(table), key=lambda fault: -(fault.line or 0))
    assert (first.line, last.line) == (len(WHOLE) + 1, len(WHOLE) + 2)
    assert first.message == "no sentence has the id `author-2020/S9`"
    assert last.where == "claim.outcome (claim-10)"
    line = table.read_text("utf-8").splitlines()[len(WHOLE) + 1]
    assert line[(last.column or 0) - 1 :].startswith('"sleep"')


def test_a_fault_of_types_is_told_before_what_follows_from_it(tmp_path: Path) -> None:
    broken = [{**record, "names": []} if record["id"] == "dormolin" else record for record in WHOLE]
    (fault,) = faults(write(tmp_path, broken))
    assert (fault.line, fault.where) == (2, "agent.names (dormolin)")


def test_a_text_that_is_missing_is_a_fault_of_its_source(tmp_path: Path) -> None:
    lost = [{**record, "text": "sources/none.txt"} if record in SOURCES else record for record in WHOLE]
    table = write(tmp_path, lost)
    assert [fault.where for fault in faults(table)] == ["source.text (author-2020)", "source.text (gone-2019)"]


def test_faults_are_many_and_not_all_are_told(tmp_path: Path) -> None:
    found = faults(write(tmp_path, [*WHOLE, *(claim(number, outcome="sleep") for number in range(100, 1300))]))
    assert len(found) == 1001
    assert "more faults" in found[-1].message


def test_drafts_are_kept_aside_and_proven_all_the_same(tmp_path: Path) -> None:
    store = compiled(write(tmp_path, [*WHOLE, claim(9, draft=True)]))
    assert store.execute("SELECT id FROM draft").fetchall() == [("claim-9",)]
    assert store.execute("SELECT count(*) FROM claim WHERE id = 'claim-9'").fetchone() == (0,)
    assert faults(write(tmp_path, [*WHOLE, claim(9, draft=True, outcome="sleep")]))
    assert faults(write(tmp_path, [*WHOLE, claim(9, draft=True), claim(9)]))


def test_a_claim_on_retracted_sources_is_marked_and_a_summary_found_by_its_source(tmp_path: Path) -> None:
    retracted = hedged(9, sentences=["gone-2019/S1"], rests_on_retracted=True)
    summary = claim(10, summary="It helps.", sources=["author-2020"], sentences=[])
    store = compiled(write(tmp_path, [*WHOLE, retracted, summary]))
    assert store.execute("SELECT id FROM claim WHERE retracted").fetchall() == [("claim-9",)]
    assert store.execute("SELECT id FROM claim JOIN claim_source ON claim = seq").fetchall() == [("claim-10",)]


def test_an_id_is_of_one_record_whatever_its_kind(tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, [*WHOLE, claim(9, id="dormolin")]))
    assert fault.message == "the id `dormolin` is also an id in `agents`"


def test_an_empty_file_and_one_without_records_are_faults(tmp_path: Path) -> None:
    for lines in ([], ["", "  "], ['{"record": "table", "format": "bonerx-evidence/1"}']):
        (fault,) = faults(write(tmp_path, lines))
        assert fault.message == "the file holds no record"


def test_the_generated_table_holds_and_is_the_same_every_time(tmp_path: Path) -> None:
    table = scale_table.write_table(tmp_path, 700)
    assert not faults(table)
    store = compiled(table)
    assert store.execute("SELECT count(*), sum(kind = 'recommendation') FROM claim").fetchone() == (700, 4)
    first = table.read_bytes()
    assert scale_table.write_table(tmp_path, 700).read_bytes() == first


def test_no_two_lines_of_the_generated_table_read_alike_but_for_their_ids(tmp_path: Path) -> None:
    lines = scale_table.write_table(tmp_path, 3_000).read_text("utf-8").splitlines()
    without_ids = re.compile(r"(?:agent|class|outcome|population|source)-[0-9]+|\b[sS]?[0-9]+\b")
    for kind, many in (("claim", 3_000), ("sentence", 1_000)):
        found = [without_ids.sub("", line) for line in lines if line.startswith(f'{{"record":"{kind}"')]
        assert len(found) == len(set(found)) == many
