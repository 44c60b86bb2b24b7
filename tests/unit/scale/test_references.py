"""A table that is compiled as its lines come has the faults that it has when it is read and checked whole."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables import WHOLE, Record, claim, compiled, content, faults, hedged, sentence, write

from bonerx.check.table import check_table
from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence.read import read


def summary(number: int, text: str = "It helps.", **more: Any) -> Record:
    """Return a claim that rests on a curator's summary."""
    return claim(number, sentences=[], summary=text, sources=["author-2020"]) | more


MANY: list[Record] = [
    *WHOLE, summary(6), summary(7, "It may help.\tOr 多眠灵 may not."),
    summary(8, "It may help.", hedge={"level": "possible", "cues": {"en": ["may"]}}),
    hedged(9, sentences=["author-2020/S3"], hedge={"level": "possible", "cues": {"zh": ["可能"]}}),
    claim(10, note="One remark."), claim(11, note="Another \\ one."), claim(12, setting="at night"),
]  # fmt: skip


def read_whole(table: Path) -> tuple[Fault, ...]:
    """Return the faults of a table that is held in memory and checked record by record."""
    try:
        return tuple(check_table(read([str(table)])))
    except InvalidEvidence as invalid:
        return invalid.faults


WRONG: list[Record] = [
    claim(90, regimen=["dormolina"]),
    claim(90, regimen=["dormolin", "dormolin"]),
    claim(90, outcome="sleep"),
    claim(90, population={"id": "children", "basis": "stated"}),
    claim(90, population={"id": "rats", "basis": "stated"}),
    claim(90, sentences=["author-2020/S9"]),
    claim(90, sentences=["gone-2019/S1"]),
    claim(90, id="Claim 90"),
    claim(90, id="x" * 201),
    hedged(90, sentences=["author-2020/S2"]),
    claim(90, kind="comparison", comparator=["dormolin"], direction="superior", favours="regimen"),
    sentence("S1", id="author-2020/S7", source="gone-2019"),
    sentence("S1", id="author-2020/S7", passages={"en": {"start": 0, "end": 28, "text": "Dormolin will lengthen it."}}),
    sentence(
        "S1", id="author-2020/S7", passages={"en": {"start": 1, "end": 29, "text": "Dormolin may lengthen sleep."}}
    ),
    sentence("S1", id="author-2020/7 7"),
    summary(90, "  "),
    summary(90, "It is \u202e so."),
    summary(90, "x" * 20_001),
    summary(90, sources=["gone-2019"]),
    summary(90, sources=["nobody-2000"]),
    summary(90, sources=[]),
    summary(90, "It helps.", hedge={"level": "possible", "cues": {"en": ["may"]}}),
    summary(90, sentences=["author-2020/S2"]),
    claim(90, note=""),
    claim(90, note="a \u0007 bell"),
    claim(90, setting="half \ud800 of a pair"),
    hedged(90, sentences=["author-2020/S3"]),
    hedged(90, sentences=["author-2020/S2", "author-2020/S9"]),
    claim(90, regimen=["placebo"], named=["dormolin"]),
    claim(90, regimen=["sleepers"], named=["dormolina"]),
    claim(90, population={"id": "adults", "basis": "stated", "emphasis": "children"}),
    claim(90, kind="comparison", comparator=["placeba"], direction="superior", favours="regimen"),
    claim(90, rests_on_retracted=True),
    claim(90, sentences=["gone-2019/S1"], rests_on_retracted=True, species="rat"),
    claim(90, draft=True, outcome="sleep"),
    claim(90, note="deleted \x7f"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_a_line_that_is_wrong_is_a_fault_with_its_place(tmp_path: Path, wrong: Record) -> None:
    table = write(tmp_path, [*MANY, json.dumps(wrong)])
    found = faults(table)
    assert found == read_whole(table)
    assert {fault.line for fault in found} == {len(MANY) + 1}


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    free_text = {"note", "setting", "summary"}
    wrong = [
        record | {"id": f"claim-{number}"}
        for number, record in enumerate(WRONG, 100)
        if record["id"] == "claim-90" and free_text.isdisjoint(record)
    ]
    table = write(tmp_path, [*MANY, *wrong])
    found = faults(table)
    assert found == read_whole(table)
    assert {fault.line for fault in found} == set(range(len(MANY) + 1, len(MANY) + 1 + len(wrong)))
    assert len(wrong) > 15


@pytest.mark.parametrize("first", [True, False])
def test_links_are_the_same_whatever_comes_first(tmp_path: Path, *, first: bool) -> None:
    claims = [record for record in MANY if record["record"] == "claim"]
    others = [record for record in MANY if record["record"] != "claim"]
    store = compiled(write(tmp_path, [*claims, *others] if first else [*others, *claims]))
    sql = "SELECT c.id, s.id FROM claim_sentence JOIN claim c ON c.seq = claim JOIN sentence s ON s.seq = sentence"
    expected = {(record["id"], named) for record in claims for named in record["sentences"]}
    assert set(store.execute(sql)) == expected


def test_a_key_twice_or_a_hidden_character_is_seen(tmp_path: Path) -> None:
    line = json.dumps(claim(9))
    twice = line[:-1] + ', "kind": "usage"}'
    hidden = line.replace('"kind"', '"\\u006bind": "usage", "kind"')
    for wrong in (
        twice,
        hidden,
        line.replace("claim-9", "claim-\\u0009"),
        line.replace("9", "\u202e"),
        line.replace("9", "\x7f"),
    ):
        table = write(tmp_path, [*WHOLE, wrong])
        assert faults(table)
        assert faults(table) == read_whole(table)


@pytest.mark.parametrize("key", ["id", "sentences", "regimen", "sources", "summary", "hedge"])
def test_a_key_may_be_written_with_escapes(tmp_path: Path, key: str) -> None:
    lines = [json.dumps(record) for record in [claim(19), claim(20), summary(21), summary(22)]]
    escaped = f'"\\u{ord(key[0]):04x}{key[1:]}"'
    plain = content(compiled(write(tmp_path, [*WHOLE, *lines])))
    assert (
        content(compiled(write(tmp_path, [*WHOLE, *(line.replace(f'"{key}"', escaped, 1) for line in lines)]))) == plain
    )


SLOTS: dict[str, list[Any]] = {
    "id": ["claim-9", "claim-1", "Claim", ""],
    "regimen": [["dormolin"], ["placebo"], ["sleepers"], ["other"], ["dormolin", "placebo"], []],
    "outcome": ["sleep-time", "sleep", None],
    "population": [
        {"id": "adults", "basis": "stated"}, {"id": "rats", "basis": "stated"}, {"id": "nobody", "basis": "stated"},
        {"basis": "not-stated"}, {"id": "adults", "basis": "stated", "emphasis": "rats"},
    ],
    "hedge": [{"level": "asserted"}, {"level": "possible", "cues": {"en": ["may"]}}, {"level": "possible"}],
    "sentences": [["author-2020/S1"], ["author-2020/S2"], ["gone-2019/S1"], ["author-2020/S1", "author-2020/S2"], []],
    "species": ["human", "rat"],
    "comparator": [["placebo"], ["dormolin"], None],
    "note": ["a remark", "another \\ remark", ""],
    "setting": ["at night"],
    "summary": ["It may help.", "It helps.", " "],
    "sources": [["author-2020"], ["gone-2019"], ["author-2020", "gone-2019"], ["no-2000"]],
    "draft": [True, False],
    "named": [["dormolin"], ["placebo"], []],
    "rests_on_retracted": [True, False],
}  # fmt: skip
FIELDS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in SLOTS.items()})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FIELDS, min_size=1, max_size=4))
def test_whatever_a_claim_says_it_is_judged_as_in_a_table_read_whole(changes: list[Record]) -> None:
    records = [*MANY, *(claim(number, **change) for number, change in enumerate(changes, 20))]
    ids = [record["id"] for record in records]
    with TemporaryDirectory() as folder:
        table = write(Path(folder), records)
        if len(set(ids)) == len(ids):
            assert faults(table) == read_whole(table)
