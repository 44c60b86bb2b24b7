"""Whatever is done to a valid table, reading and proving it ends in a table or in faults with places."""

# ruff: noqa: E501

import json
import os
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.check.table import check_table
from bonerx.errors import InvalidEvidence
from bonerx.evidence.files import shipped
from bonerx.evidence.read import read
from bonerx.evidence.record import SINGULAR

EXAMPLES = int(os.environ.get("BONERX_FUZZ", "30"))
"""Mutated tables a test; set BONERX_FUZZ to thousands to search for long."""
TOKENS = (
    *("[", "]", "{", "}", ":", ": ", "- ", "? ", "#", "&a ", "*a", "!x ", "|", ">", "%", "@", "`", '"', "'", ",", "\n", "\n\n"),
    *("---\n", "...\n", "<<: ", "NO", "1:30", "0o17", "~", "null", "true", "1e999", "NaN", "-", "\t", "\r", "\x00", "\x1b", "\u202e"),
    *("\ufeff", "甲", "\U0001f600", "\ud800", "\\", "\\u0000", "\\ud800", "9" * 30, "x" * 300, "[/i]"),
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["a", "alendronate", "", "/", "en"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)  # fmt: skip


def small():
    """Return a valid table that is quick to read: the shipped vocabulary, sentences, claims and one trial."""
    folder = Path(shipped())
    tables = [
        yaml.load((folder / name).read_text("utf-8"), yaml.CSafeLoader) for name in ("evidence.yaml", "trials.yaml")
    ]
    table = {kind: [record for each in tables for record in each.get(kind, [])] for kind in SINGULAR}
    return {"format": "bonerx-evidence/1", **{kind: records[:6] for kind, records in table.items() if records}}


@pytest.fixture(scope="module")
def table():
    return small()


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sources").mkdir()
        text = (Path(shipped()) / "sources" / "iwamoto-2003.txt").read_bytes()
        (folder / "sources" / "iwamoto-2003.txt").write_bytes(text)
        yield folder


def ends_well(path):
    try:
        faults = check_table(read([str(path)]))
    except InvalidEvidence as error:
        faults = error.faults
        assert faults
    for fault in faults:
        assert all(text.isprintable() for text in (fault.where, fault.message, fault.hint or ""))
        assert len(fault.message) < 1_000
        assert fault.line is None or (fault.line >= 1 and fault.column >= 1)


def written(table, form):
    if form == "yaml":
        return yaml.safe_dump(table, allow_unicode=True, sort_keys=False)
    if form == "json":
        return json.dumps(table, indent=1, ensure_ascii=False)
    lines = [{"record": SINGULAR[kind], **record} for kind in SINGULAR for record in table.get(kind, [])]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@pytest.mark.parametrize("form", ["yaml", "json", "ndjson"])
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_a_table_with_its_text_changed(table, folder, form, data):
    raw = written(table, form).encode("utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        drop = data.draw(st.integers(0, 8) | st.integers(0, len(raw)))
        token = data.draw(
            st.sampled_from(TOKENS).map(lambda each: each.encode("utf-8", "surrogatepass")) | st.binary(max_size=4)
        )
        raw = raw[:at] + token + raw[at + drop :]
    path = folder / f"table.{form}"
    path.write_bytes(raw)
    ends_well(path)


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from places(below, (*path, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from places(below, (*path, number))


@pytest.mark.parametrize("form", ["json", "ndjson"])
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_a_table_with_its_values_changed(table, folder, form, data):
    changed = json.loads(json.dumps(table))
    choices = [path for path in places(changed) if len(path) > (1 if form == "json" else 2)]
    for path in data.draw(st.lists(st.sampled_from(choices), min_size=1, max_size=3)):
        holder = changed
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = data.draw(VALUES)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took it away
    file = folder / f"table.{form}"
    text = json.dumps(changed) if form == "json" else written_ascii(changed)
    file.write_text(text)
    ends_well(file)


def written_ascii(table):
    lines = [{"record": SINGULAR[kind], **record} for kind in SINGULAR for record in table.get(kind, [])]
    return "".join(json.dumps(line) + "\n" for line in lines)
