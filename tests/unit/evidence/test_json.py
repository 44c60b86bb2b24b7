"""A JSON document is read at the standard library's speed, and by its events where that is not enough."""

# ruff: noqa: E501

import json

import pytest

from bonerx.evidence import limits
from bonerx.evidence.documents.construct import build
from bonerx.evidence.documents.parse import events
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.read import read

HEAD = '{"format": "bonerx-evidence/1",\n '


def test_a_table_is_a_table_in_either_format(tmp_path):
    table = {
        "format": "bonerx-evidence/1",
        "title": "甲 [/i]",
        "agents": [{"id": "a", "kind": "drug", "names": {"en": "A"}}],
    }
    (tmp_path / "a.json").write_text(json.dumps({"$schema": "evidence.schema.json", **table}))
    (tmp_path / "b.yaml").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    assert read([str(tmp_path / "a.json")]).table == read([str(tmp_path / "b.yaml")]).table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"title": "a", "title": "b"}', ['2:16: : the key `title` stands here twice, first in line 2 [keep one of them]']),
        ('"title": NaN}', ["2:11: title: `NaN` is not a number of JSON [leave out what is not known]"]),
        ('"title": -Infinity}', ["2:11: title: `-Infinity` is not a number of JSON [leave out what is not known]"]),
        ('"title": 1e999}', ["2:11: title: the number 1e999 is too large [put it in quotes if it is a text]"]),
        ('"title": -1234567890123456789}', ["2:11: title: the number -1234567890123456789 is too large [put it in quotes if it is a text]"]),
        (f'"title": {"1" * 5000}}}', [f"2:11: title: the number {'1' * 30}… is too large [put it in quotes if it is a text]"]),
        ('"title": "a\\ud800"}', ["2:11: title: the text holds U+D800, half of a surrogate pair (its character 2) [remove it]"]),
        ('"title": "a\\u0000"}', ["2:11: title: the text holds U+0000, a control character (its character 2) [remove it]"]),
        ('"a\\u0007": 1}', ["2:2: : the text holds U+0007, a control character (its character 2) [remove it]"]),
        ('"title": 12}', ["2:11: title: must be a text, not the number 12 [put it in quotes]"]),
        ('"agents": [\n{"id": "a",\r\n"kind": "drug", "names": {"en": 1.5}}]}', ["4:33: agents[0].names.en (a): must be a text, not the number 1.5 [put it in quotes]"]),
    ],
)  # fmt: skip
def test_every_fault_has_its_place(faults, text, expected):
    assert faults(HEAD + text, "table.json") == expected


@pytest.mark.parametrize(
    ("text", "place"), [('"title" "a"}', "2:10"), ('"title": 1', "2:12"), ('"title": "a"} {}', "2:16")]
)
def test_what_is_no_json_has_its_place(faults, text, place):
    (fault,) = faults(HEAD + text, "table.json")
    assert fault.startswith(f"{place}: : this is not JSON: ")


@pytest.mark.parametrize(
    "text", ["[" * 41 + "]" * 41, "[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 50 + "1" + "}" * 50]
)
def test_deep_nesting_is_a_fault(faults, text):
    (fault,) = faults(text, "table.json")
    assert "nested more than 40 deep" in fault


def test_a_document_of_too_many_values_is_a_fault(faults, monkeypatch):
    monkeypatch.setattr(limits, "NODES", 100)
    (fault,) = faults('{"claims": [' + "1, " * 200 + "1]}", "table.json")
    assert "the document is too large: more than 100 values" in fault


@pytest.mark.parametrize("text", ["", "  ", "nul"])
def test_what_is_not_json_is_a_fault(faults, text):
    assert "this is not JSON" in faults(text, "table.json")[0]


@pytest.mark.parametrize("text", ["null", "[]", "12", '"a"'])
def test_what_is_no_table_is_a_fault(faults, text):
    assert len(faults(text, "table.json")) == 1


@pytest.mark.parametrize("value", [{"a": [1, -2.5, None, True, 'x\n"y"', {}, [], "甲"]}, [[], [[]]], "a", 0])
def test_events_build_what_the_standard_library_reads(value):
    fault_list = FaultList()
    assert build(events(json.dumps(value, indent=1), "json"), "x", fault_list) == value
    assert fault_list.faults() == ()
