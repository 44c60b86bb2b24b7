"""Offsets put right in place, in every format, and nothing else touched."""

import json
from pathlib import Path

import pytest

from bonerx.draft.offsets import Left, Move, mend
from bonerx.errors import InvalidEvidence, UsageError
from bonerx.evidence.read import read

TEXT = "Preface. Sleep is short. 睡眠很短。 Twice. Twice."
TABLE = """\
# kept
format: bonerx-evidence/1
sources:
- {id: a, kind: other, read_as: abstract, text: a.txt}   # kept too
sentences:
- id: a/S1
  source: a
  passages:
    en:   {start: 0, end: 15, text: "Sleep is short."}
    zh:
      # of the text
      start: 7    # wrong
      text: 睡眠很短。
      end: 3
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "t.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return path


def holds(path: Path) -> bool:
    evidence = read([str(path)])
    return all(
        TEXT[passage.start : passage.end] == passage.text
        for sentence in evidence.table.sentences
        for passage in sentence.passages.values()
    )


def test_only_the_numbers_change(table: Path) -> None:
    moves, left = mend([str(table)])
    assert moves == [Move(str(table), "a/S1", "en", (0, 15), (9, 24)), Move(str(table), "a/S1", "zh", (7, 3), (25, 30))]
    assert left == []
    expected = TABLE.replace("start: 0, end: 15", "start: 9, end: 24").replace("start: 7 ", "start: 25 ")
    assert table.read_text(encoding="utf-8") == expected.replace("end: 3\n", "end: 30\n")
    assert holds(table)
    assert mend([str(table)]) == ([], [])


def test_json_and_ndjson_are_mended_too(table: Path, tmp_path: Path) -> None:
    source = {"id": "a", "kind": "other", "read_as": "abstract", "text": "a.txt"}
    passage = {"start": 0, "end": 15, "text": "Sleep is short."}
    sentence = {"id": "a/S1", "source": "a", "passages": {"en": passage}}
    whole = {"format": "bonerx-evidence/1", "sources": [source], "sentences": [sentence]}
    lines = [{"record": "source", **source}, {"record": "sentence", **sentence}]
    for name, text in (
        ("t.json", json.dumps(whole, indent=1)),
        ("t.ndjson", "".join(json.dumps(line) + "\n" for line in lines)),
        ("crlf.ndjson", "\ufeff" + "".join(json.dumps(line) + "\r\n" for line in lines)),
    ):
        path = tmp_path / name
        path.write_bytes(text.encode())
        moves, _ = mend([str(path)])
        assert [(move.was, move.now) for move in moves] == [((0, 15), (9, 24))]
        assert path.read_bytes().decode() == text.replace('"start": 0', '"start": 9').replace('"end": 15', '"end": 24')
        assert holds(path)


def test_a_source_may_stand_in_another_file(table: Path, tmp_path: Path) -> None:
    head, tail = TABLE.split("sentences:")
    table.write_text(head, encoding="utf-8")
    (tmp_path / "u.yaml").write_text(f"format: bonerx-evidence/1\nsentences:{tail}", encoding="utf-8")
    moves, _ = mend([str(table), str(tmp_path / "u.yaml")])
    assert {move.path for move in moves} == {str(tmp_path / "u.yaml")}
    assert table.read_text(encoding="utf-8") == head


def test_a_quotation_with_several_places_is_left_to_a_person(table: Path) -> None:
    text = (
        TABLE.replace("Sleep is short.", "Twice.").replace("start: 7 ", "start: 25 ").replace("end: 3\n", "end: 30\n")
    )
    table.write_text(text, encoding="utf-8")
    assert mend([str(table)]) == ([], [Left("a/S1", "en", (31, 38))])
    assert table.read_text(encoding="utf-8") == text


def test_the_right_start_decides_between_several_places(table: Path) -> None:
    text = TABLE.replace("Sleep is short.", "Twice.").replace("start: 0", "start: 38")
    table.write_text(text, encoding="utf-8")
    moves, _ = mend([str(table)])
    assert moves[0].now == (38, 44)


def test_a_misquotation_is_not_a_moved_one(table: Path) -> None:
    text = TABLE.replace("Sleep is short.", "Sleep is long.").replace("睡眠很短", "睡眠很长")
    table.write_text(text, encoding="utf-8")
    assert mend([str(table)]) == ([], [])
    assert table.read_text(encoding="utf-8") == text


def test_a_table_that_is_not_valid_is_left(table: Path) -> None:
    table.write_text(TABLE + "claims: 1\n", encoding="utf-8")
    with pytest.raises(InvalidEvidence):
        mend([str(table)])
    assert table.read_text(encoding="utf-8") == TABLE + "claims: 1\n"


def test_numbers_that_are_not_written_plainly_are_left_with_advice(table: Path) -> None:
    text = TABLE.replace("{start: 0,", "{start: &s 0,")
    table.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidEvidence, match="not plain numbers"):
        mend([str(table)])
    assert table.read_text(encoding="utf-8") == text


def test_standard_input_cannot_be_mended() -> None:
    with pytest.raises(UsageError):
        mend(["-"])
