"""What is exported is read back as it was, and an exported selection answers as the whole table did."""

import json
import math
import tempfile
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le
from asking import answer_of, store_of
from generated import asked, populations, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.evidence.export import FORMS, Form, written
from bonerx.evidence.files import Content, digest
from bonerx.evidence.read import read_contents
from bonerx.evidence.text import STRANGE
from bonerx.model.field import ID_PATTERN, SENTENCE_PATTERN, Pattern
from bonerx.model.table import EvidenceTable
from bonerx.questions.records.evidence import Evidence
from bonerx.questions.tables.export import Export
from bonerx.render import Options
from bonerx.render.json import render

AMBIGUOUS = ["no", "on", "y", "n", "null", "1", "007", "1e5", "0x1f", "2003-01-01", "1-30", "nan", "true"]
HOSTILE = [
    *(*AMBIGUOUS, "No", "~", "1:30", "1_000", ".5", "0o17", "-", "- a", "a: b", "a #b", "#", "? a", "&a", "*a", "!!a"),
    *("|", ">-", "%a", "@a", "`a`", "'", '"', "\\", "\\n", "{a", "[a]", "a, b", "<<", "=", "---", "...", " a", "a "),
    *("\n", "a\n\nb", "\ta", "a\n", "\u00a0", "\u2028", "\ufeff", "\u200b", "\ufffe", "\U0010ffff", "😀", "e\u0301"),
    "维生素K2，双膦酸盐",
    "A sentence: long enough to be folded # and full of marks - ... --- \"quoted\" 'so' {and} [so] on.  " * 3,
    "A sentence: long enough to be folded # and full of marks - ... --- \"quoted\" 'so' {and} [so] on. | " * 3 + "x",
    "长" * 120,
]
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc")).filter(lambda one: STRANGE.match(one) is None)
TEXT = st.sampled_from(HOSTILE) | st.text(CHARACTERS | st.sampled_from("\n\t:#-'\" "), min_size=1, max_size=120)
PATTERNED = {
    ID_PATTERN: [*AMBIGUOUS[:5], "1", "007", "1e5", "2003-01-01", "alendronate", "a-1"],
    SENTENCE_PATTERN: ["no/S1", "1/1", "2003-01-01/1.5", "a/S-2"],
}
LANGUAGES = ["en", "zh", "no", "on", "yes", "nan", "zh-Hant"]


@cache
def of(hint: Any) -> st.SearchStrategy[Any]:
    """Draw what a field of this type may hold."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin is Annotated:
        return annotated(*arguments)
    if origin in (types.UnionType, Union):
        (inner,) = (each for each in arguments if each is not types.NoneType)
        return st.none() | of(inner)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(of(arguments[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(of(arguments[0]), of(arguments[1]), max_size=2)
    if is_dataclass(hint):
        hints = get_type_hints(hint, include_extras=True)
        drawn: Any = {each.name: of(hints[each.name]) for each in fields(hint)}
        if "text" in drawn and "read_as" in drawn:  # a source's text would have to be there
            drawn["text"] = st.none()
        return st.builds(hint, **drawn)
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return {
        bool: st.booleans(),
        int: st.integers(-(10**17), 10**17),
        str: TEXT,
        float: st.floats(allow_nan=False, allow_infinity=False),
    }[hint]


def annotated(base: Any, *notes: Any) -> st.SearchStrategy[Any]:
    pattern = next((note.pattern for note in notes if isinstance(note, Pattern)), None)
    if pattern is not None:
        return st.sampled_from(PATTERNED.get(pattern, LANGUAGES))
    low = next((note.ge for note in notes if isinstance(note, Ge)), None)
    above = next((note.gt for note in notes if isinstance(note, Gt)), None)
    high = next((note.le for note in notes if isinstance(note, Le)), None)
    if base is int:
        return st.integers(low, high)
    if base is float:
        least = math.nextafter(above, math.inf) if above is not None else low
        return st.floats(least, high, allow_nan=False, allow_infinity=False)
    return of(base)


@st.composite
def evidence_tables(draw: st.DrawFn) -> EvidenceTable:
    """Draw tables that hold by their types; what their ids name need not be there."""
    hints = get_type_hints(EvidenceTable, include_extras=True)
    held = {}
    for each in fields(EvidenceTable)[2:]:
        (record, _) = get_args(hints[each.name])
        least = 1 if each.name == "agents" else 0
        held[each.name] = tuple(
            draw(st.lists(of(record), min_size=least, max_size=2, unique_by=lambda found: found.id))
        )
    return EvidenceTable(format="bonerx-evidence/1", title=draw(st.none() | TEXT), **held)


def again(text: str, form: Form) -> EvidenceTable:
    """Return the table that a text is read as."""
    raw = text.encode()
    return read_contents([(Content(f"table.{form}", f"table.{form}", raw, digest(raw)), form)]).table


@given(table=evidence_tables())
@settings(max_examples=60, deadline=None)
def test_a_table_is_read_back_as_it_was_and_written_alike_again(table: EvidenceTable) -> None:
    for form in FORMS:
        text = "".join(written(table, form))
        back = again(text, form)
        assert back == table
        assert "".join(written(back, form)) == text


@given(table=evidence_tables())
@settings(max_examples=20, deadline=None)
def test_ndjson_holds_a_record_a_line(table: EvidenceTable) -> None:
    lines = list(written(table, "ndjson"))
    records = [json.loads(line) for line in lines]
    assert all(line.endswith("\n") for line in lines)
    assert sum(len(getattr(table, each.name)) for each in fields(table)[2:]) == len(records) - 1
    assert "".join(lines).count("\n") == len(lines)


@given(table=tables(), agent=asked, population=populations, species=st.sampled_from(["any", "human"]))
@settings(max_examples=40, deadline=None)
def test_an_exported_selection_answers_as_the_table_did(
    table: dict[str, Any], agent: str, population: str | None, species: str
) -> None:
    question = Evidence((agent,), population=population, species=species)
    before = answer_of(store_of(table), question)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.json"
        path.write_text(json.dumps({"format": "bonerx-evidence/1", **table}), "utf-8")
        exported = json.loads("".join(render(Export(question).answer_from([str(path)]), Options())))
    part = exported["answer"]["table"]
    chosen = [*before["answer"]["claims"], *before["answer"]["population_not_stated"]]
    assert sorted(claim["id"] for claim in part.get("claims", ())) == sorted(chosen)
    assert exported["status"] == before["status"]
    part.pop("format")
    assert answer_of(store_of(part), question) == before
