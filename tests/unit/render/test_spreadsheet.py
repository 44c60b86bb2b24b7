"""Rows for spreadsheets: raw values that come back as they went, and no text that runs as a formula."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonerx.answer import Records
from bonerx.render.field import written
from bonerx.render.visible import OBEYED, harmless

FIELDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@\t\r\n＝＋－＠" and text[1:2] else text


@given(rows=st.lists(st.tuples(FIELDS, FIELDS), max_size=4))
def test_comma_separated_text_comes_back(ask, draw, rows):
    text = draw(ask(records=Records(("a", "b"), iter(rows))), "csv")
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back[0] == ["a", "b"]
    assert [tuple(map(unguarded, row)) for row in back[1:]] == [
        tuple(unguarded(harmless(field)) for field in row) for row in rows
    ]


@given(rows=st.lists(st.tuples(FIELDS, FIELDS), max_size=4))
def test_tab_separated_text_is_one_line_a_row_and_comes_back(ask, draw, rows):
    text = draw(ask(records=Records(("a", "b"), iter(rows))), "tsv")
    lines = text.split("\n")[1:-1]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        fields = [unescaped(field) for field in line.split("\t")]
        assert list(map(unguarded, fields)) == list(map(unguarded, row))


def unescaped(field: str) -> str:
    def meant(found: re.Match[str]) -> str:
        code = found[2] or found[3]
        return chr(int(code, 16)) if code else {"t": "\t", "n": "\n", "r": "\r"}.get(found[1], found[1])

    return re.sub(r"\\([\\tnr]|x(..)|u(....))", meant, field)


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_what_a_terminal_obeys_is_written_as_an_escape(ask, draw, form):
    evil = "a\x1b[31m \x07 \x9b \u202e \u200e \u2029"
    text = draw(ask(records=Records(("n", evil), [(1, evil), (2, [{"a": evil}])])), form)
    assert not OBEYED.search(text.replace("\r\n", "\n"))
    assert text.count(r"\x1b[31m \x07 \x9b \u202e \u200e \u2029") == 2
    nested = text.splitlines()[-1].partition("," if form == "csv" else "\t")[2]
    nested = next(csv.reader([nested]))[0] if form == "csv" else unescaped(nested)
    assert json.loads(nested) == [{"a": evil}]


def test_lines_of_csv_end_as_rfc_4180_says(ask, draw):
    rows = [('say "hi", then go', 1), ("two\nlines", 2)]
    text = draw(ask(records=Records(("a", "b"), rows)), "csv")
    assert text == 'a,b\r\n"say ""hi"", then go",1\r\n"two\nlines",2\r\n'


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (None, ""),
        (True, "true"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.5, "-0.5"),
        (7, "7"),
        ("-0.5", "-0.5"),
        ("+3e5", "+3e5"),
        ("=1+1", "'=1+1"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("+1 555", "'+1 555"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "\r=1"),  # a carriage return is written as an escape, before which nothing is a formula
        ("＝1", "'＝1"),
        (["a", "b"], "a;b"),
        (("=a", 1, None), "'=a;1;"),
        ([], ""),
        ([{"a": "甲"}], '[{"a": "甲"}]'),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_a_field_reads(value, field):
    assert written(value) == field


def test_many_rows_come_in_pieces(ask):
    from bonerx.render.csv import render

    taken = []

    def rows():
        for number in range(1000):
            taken.append(number)
            yield (number,)

    pieces = iter(render(ask(records=Records(("n",), rows()))))
    next(pieces)
    assert len(taken) < 200
    assert "".join(pieces).endswith("999\r\n")
