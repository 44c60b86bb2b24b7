"""NDJSON streams: valid records come one after another, faults are told by line, memory stays bounded."""

# ruff: noqa: E501

import io
import json
import tracemalloc

import pytest

from bonerx.evidence import limits
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.ndjson import stream

CLAIM = {
    "record": "claim",
    "id": "c",
    "kind": "usage",
    "regimen": ["a"],
    "direction": "used",
    "hedge": {"level": "asserted"},
}
AGENT = {"record": "agent", "id": "a", "kind": "drug", "names": {"en": "A", "zh": "甲 [/i]"}}


def text(*records, ascii_only=True):
    return "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records)


def read(content):
    fault_list = FaultList()
    found = list(stream(io.BytesIO(content if isinstance(content, bytes) else content.encode()), "x", fault_list))
    return found, [f"{fault.line}:{fault.column}: {fault.where}: {fault.message}" for fault in fault_list.faults()]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_records_come_with_kind_line_and_number(ascii_only):
    content = "\ufeff\n" + text({"record": "table", "format": "bonerx-evidence/1"}, AGENT, CLAIM, ascii_only=ascii_only)
    found, faults = read(content)
    assert faults == []
    assert [(line.kind, line.number, line.record.id) for line in found] == [("agents", 3, "a"), ("claims", 4, "c")]
    assert json.loads(found[0].raw) == AGENT
    assert found[0].record.names == AGENT["names"]


def test_the_kind_may_stand_anywhere_in_the_line():
    found, faults = read(text(dict(reversed(CLAIM.items()))))
    assert (faults, found[0].record.id) == ([], "c")


def test_a_last_line_needs_no_end():
    assert len(read(text(CLAIM).rstrip("\n"))[0]) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[]", "2:1: : a line must hold a record in braces"),
        ('{"id": "c"}', "2:1: record: `record` is missing"),
        ('{"record": "clam", "id": "c"}', "2:12: record: `clam` is no kind of record"),
        ('{"record": 1}', "2:12: record: `1` is no kind of record"),
        ('{"record": "table", "format": "x"}', "2:31: table.format: `x` is not allowed here"),
        ('{"record": "table", "format": "bonerx-evidence/1", "claims": []}', "2:52: table.claims: the first line holds no records"),
        ('{"record": "finding", "id": "f", "source": "s", "stance": "support", "bears_on": [], "summary": "x"}', "2:59: finding.stance (f): `support` is not allowed here"),
        ('{"record": "source", "id": "s", "id": "t", "kind": "other", "read_as": "record"}', "2:33: : the key `id` stands here twice, first in line 1"),
        ('{"record": "source", "id": "s", "kind": "other", "read_as": "record", "title": "a\\u202eb"}', "2:80: title: the text holds U+202E, a character that turns the direction of writing (its character 2)"),
        ('{"record": "source", "id": "s", "kind": "other", "read_as": "record", "title": "a\u202eb"}', "2:82: : the file holds U+202E, a character that turns the direction of writing"),
        ('{"record": "source", "id": "s", "kind": "other", "read_as": "record", "year": 2003.0}', "2:79: source.year (s): must be a whole number, not the number 2003.0"),
        ('{"record": "source", "id": "s", "kind": "other", "read_as": "record", "year": 99999999999999999999}', "2:79: year: the number 99999999999999999999 is too large"),
        ('{"record": "source", "x": ' + "[" * 50 + "]" * 50 + "}", "2:66: x" + "[0]" * 39 + ": nested more than 40 deep"),
    ],
)  # fmt: skip
def test_a_faulty_line_is_told_and_the_others_are_read(line, expected):
    found, faults = read(text(AGENT) + line + "\n" + text(CLAIM))
    assert [each.record.id for each in found] == ["a", "c"]
    assert faults == [expected]


def test_a_line_that_is_cut_off_is_told_and_the_others_are_read():
    found, (fault,) = read(text(AGENT) + '{"record": "claim", "id": "c"\n' + text(CLAIM))
    assert [each.record.id for each in found] == ["a", "c"]
    assert fault.startswith("2:30: : this is not JSON: ")


def test_a_line_that_is_not_utf_8_is_told():
    found, faults = read(b'{"record": "source", "id": "\xe9"}\n' + text(CLAIM).encode())
    assert faults == ["1:29: : byte 0xE9 is not UTF-8"]
    assert len(found) == 1


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr(limits, "LINE_BYTES", 200)
    found, faults = read(text(AGENT, {**CLAIM, "note": "x" * 10_000}, CLAIM))
    assert [line.number for line in found] == [1, 3]
    assert faults == ["2:1: : the line is longer than 0 KiB"]


def test_a_file_of_too_many_records_is_a_fault(monkeypatch):
    monkeypatch.setattr(limits, "RECORDS", 2)
    found, faults = read(text(CLAIM, CLAIM, CLAIM, CLAIM))
    assert len(found) == 2
    assert faults == ["3:1: : more than 2 records"]


def test_reading_stops_when_a_thousand_faults_are_known():
    _, faults = read("x\n" * 5_000)
    assert len(faults) == limits.FAULTS + 1
    assert faults[-1].endswith("there are more faults; these are the first 1000")


@pytest.mark.parametrize("value", ["a: b", "{", "}", '"', "\\", '": ', "é", "a\nb\tc", "\U0001f600"])
def test_a_key_that_stands_twice_is_found_whatever_the_text(value):
    """The lines before teach the reader the shapes of lines, which must not hide a second key."""
    lines = text(
        {**CLAIM, "note": "x"},
        {**CLAIM, "note": value},
        {**CLAIM, "note": value, "population": {"basis": "stated", "id": "p"}},
    )
    assert read(lines)[1] == []
    twice = text({**CLAIM, "note": value}).replace('"note"', '"note": "y", "note"')
    hidden = text({**CLAIM, "note": value}).replace('"note"', '"note": "y", "\\u006eote"')
    assert [fault.partition(": : ")[2] for fault in read(lines + twice + lines + hidden)[1]] == [
        "the key `note` stands here twice, first in line 1"
    ] * 2


def test_a_key_that_stands_twice_within_a_mapping_is_found():
    line = text({**CLAIM, "population": {"basis": "not-stated"}})
    moved = line.replace('"not-stated"}', '"stated", "id": "p"}')
    twice = line.replace('"not-stated"}', '"not-stated"}, "id": "d"')
    assert read(line + moved)[1] == []
    assert [fault.partition(": : ")[2] for fault in read(line + moved + twice)[1]] == [
        "the key `id` stands here twice, first in line 1"
    ]


def test_many_shapes_of_lines_are_read_all_the_same():
    agents = [
        {**AGENT, "id": f"a{number}", "names": {f"x{chr(97 + number % 26)}": "A" for _ in range(1)}}
        for number in range(100)
    ]
    assert len(read(text(*agents))[0]) == 100


def test_memory_does_not_grow_with_the_file():
    def lines(count):
        one = text({**CLAIM, "sentences": ["doe-2001/S1"]}).encode()
        return io.BufferedReader(Repeated(one, count))

    def peak(count):
        tracemalloc.start()
        try:
            assert sum(1 for _ in stream(lines(count), "x", FaultList())) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(20_000) < peak(2_000) + 100_000


class Repeated(io.RawIOBase):
    """A file of one line over and over."""

    def __init__(self, line, count):
        self.rest = iter(line for _ in range(count))
        self.left = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        piece = self.left or next(self.rest, b"")
        size = min(len(buffer), len(piece))
        buffer[:size], self.left = piece[:size], piece[size:]
        return size
