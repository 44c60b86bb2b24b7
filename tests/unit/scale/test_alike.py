"""A line that is taken without being read in full is judged as if it had been."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables import WHOLE, Record, claim, compiled, content, faults, hedged, sentence, write

from bonerx.store.alike import Alike
from bonerx.store.alike_sentences import AlikeSentences


def summary(number: int, text: str = "It helps.", **more: Any) -> Record:
    """Return a claim that rests on a curator's summary."""
    return claim(number, sentences=[], summary=text, sources=["author-2020"]) | more


MANY: list[Record] = [
    *WHOLE, summary(6), summary(7, "It may help.\tOr 多眠灵 may not."),
    summary(8, "It may help.", hedge={"level": "possible", "cues": {"en": ["may"]}}),
    hedged(9, sentences=["author-2020/S3"], hedge={"level": "possible", "cues": {"zh": ["可能"]}}),
    claim(10, note="One remark."), claim(11, note="Another \\ one."), claim(12, setting="at night"),
]  # fmt: skip


def never(*_: object) -> Any:
    return False


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many lines were taken and how many sentences were told without being read."""
    counts = {"claims": 0, "sentences": 0}

    def counting(kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def count(*given: Any) -> Any:
            found = original(*given)
            counts[kind] += bool(found)
            return found

        return count

    monkeypatch.setattr(Alike, "take", counting("claims", Alike.take))
    monkeypatch.setattr(AlikeSentences, "read", counting("sentences", AlikeSentences.read))
    return counts


def in_full(*tables: Path) -> tuple[Any, Any]:
    """Return the content and the faults of tables whose lines are all read in full."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Alike, "take", never)
        patch.setattr(AlikeSentences, "read", lambda *_: None)
        found = faults(*tables)
        return (None if found else content(compiled(*tables))), found


def test_of_claims_and_sentences_that_are_alike_only_the_first_are_read(
    tmp_path: Path, counted: dict[str, int]
) -> None:
    table = write(tmp_path, WHOLE)
    assert not faults(table)
    assert counted == {"claims": 2, "sentences": 2}


def test_what_a_claim_says_in_any_words_makes_it_no_other(tmp_path: Path, counted: dict[str, int]) -> None:
    assert not faults(write(tmp_path, [*MANY, summary(20, "Or not."), claim(21, note="New."), claim(22, setting="x")]))
    assert counted == {"claims": 2 + 2 + 3, "sentences": 2}


@pytest.mark.parametrize("escaped", [False, True])
def test_what_is_taken_makes_the_same_store(tmp_path: Path, *, escaped: bool) -> None:
    table = write(tmp_path, [json.dumps(record, ensure_ascii=escaped) for record in [*MANY, *MANY[-7:], *MANY[8:11]]])
    assert content(compiled(table)) == in_full(table)[0]


WRONG: list[Record] = [
    claim(9, regimen=["dormolina"]),
    claim(9, regimen=["dormolin", "dormolin"]),
    claim(9, outcome="sleep"),
    claim(9, population={"id": "children", "basis": "stated"}),
    claim(9, population={"id": "rats", "basis": "stated"}),
    claim(9, sentences=["author-2020/S9"]),
    claim(9, sentences=["gone-2019/S1"]),
    claim(9, id="Claim 9"),
    claim(9, id="x" * 201),
    hedged(9, sentences=["author-2020/S2"]),
    claim(9, kind="comparison", comparator=["dormolin"], direction="superior", favours="regimen"),
    claim(9, regimen=["sleepers", "placebo"]),
    sentence("S1", id="author-2020/S7", source="gone-2019"),
    sentence("S1", id="author-2020/S7", passages={"en": {"start": 0, "end": 28, "text": "Dormolin will lengthen it."}}),
    sentence(
        "S1", id="author-2020/S7", passages={"en": {"start": 1, "end": 29, "text": "Dormolin may lengthen sleep."}}
    ),
    sentence("S1", id="author-2020/7 7"),
    summary(9, "  "),
    summary(9, "It is \u202e so."),
    summary(9, "x" * 20_001),
    summary(9, sources=["gone-2019"]),
    summary(9, sources=["nobody-2000"]),
    summary(9, sources=[]),
    summary(9, "It helps.", hedge={"level": "possible", "cues": {"en": ["may"]}}),
    summary(9, sentences=["author-2020/S2"]),
    claim(9, note=""),
    claim(9, note="a \u0007 bell"),
    claim(9, setting="half \ud800 of a pair"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_a_line_like_others_but_wrong_is_a_fault_with_its_place(tmp_path: Path, wrong: Record) -> None:
    table = write(tmp_path, [*MANY, json.dumps(wrong)])
    whole, expected = in_full(table)
    if whole is None:
        assert faults(table) == expected
        assert {fault.line for fault in expected} == {len(MANY) + 1}
    else:
        assert content(compiled(table)) == whole


def test_a_key_twice_or_a_hidden_character_is_seen_in_a_line_like_others(tmp_path: Path) -> None:
    line = json.dumps(claim(9))
    twice = line[:-1] + ', "kind": "usage"}'
    for wrong in (twice, line.replace("claim-9", "claim-\\u0009"), line.replace("9", "\u202e")):
        assert faults(write(tmp_path, [*WHOLE, wrong]))


def test_a_key_may_be_written_with_escapes(tmp_path: Path) -> None:
    lines = [json.dumps(record) for record in [claim(9), claim(10), summary(11), summary(12)]]
    for key in ("id", "sentences", "regimen", "sources", "summary", "hedge"):
        escaped = f'"\\u{ord(key[0]):04x}{key[1:]}"'
        table = write(tmp_path, [*WHOLE, *(line.replace(f'"{key}"', escaped, 1) for line in lines)])
        assert content(compiled(table)) == in_full(table)[0]


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
}  # fmt: skip
FIELDS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in SLOTS.items()})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FIELDS, min_size=1, max_size=4))
def test_whatever_a_claim_says_it_is_judged_alike(changes: list[Record]) -> None:
    records = [*MANY, *(claim(number, **change) for number, change in enumerate(changes, 20))]
    with TemporaryDirectory() as folder:
        table = write(Path(folder), records)
        whole, expected = in_full(table)
        assert faults(table) == expected
        if whole is not None:
            assert content(compiled(table)) == whole
