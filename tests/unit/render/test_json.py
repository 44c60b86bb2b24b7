"""The document that scripts read is one, in order, and the same from run to run."""

import json
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonerx import __version__
from bonerx.answer import Records
from bonerx.render.json import document, encoder, written
from bonerx.render.options import Options
from bonerx.render.visible import HARMLESS, HIDDEN, OBEYED

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=30,
)


@given(VALUES)
def test_every_value_is_read_back_as_it_was(value):
    for options in (Options(), Options(ascii=True)):
        assert json.loads("".join(written(value, encoder(options)))) == value


def test_the_keys_stand_in_the_order_of_the_contract_whatever_the_answer_holds(ask, draw):
    text = draw(ask(caveats=["one source"], evidence=[{"path": "t.yaml", "sha256": "ab"}], extra=1), "json")
    assert list(json.loads(text)) == [
        *("format", "status", "tool", "evidence", "query", "answer", "claims", "sources", "caveats", "extra")
    ]
    assert json.loads(text)["tool"] == {"name": "bonerx", "version": __version__}
    assert json.loads(text)["format"] == "bonerx/1"


def test_a_record_of_a_list_stands_on_one_line(ask, draw):
    claims = [{"id": "a", "hedge": {"level": "asserted", "cues": ["must"]}}, {"id": "b", "hedge": {}}]
    text = draw(ask(claims=claims, answer={"overall": {"claims": ["a"]}, "outcomes": []}), "json")
    assert '\n    {"id": "a", "hedge": {"level": "asserted", "cues": ["must"]}},\n    {"id": "b"' in text
    assert '"answer": {\n    "overall": {\n      "claims": ["a"]\n    },\n    "outcomes": []\n  },' in text
    assert text.endswith("\n}\n")


def test_an_iterator_is_a_list_written_while_it_runs(ask, draw):
    taken = []
    claims = (taken.append(number) or {"id": number} for number in range(3))
    pieces = written({"claims": claims, "none": iter(())}, encoder(Options()))
    head = "".join(next(pieces) for _ in range(2))
    assert taken == [0]
    assert json.loads(head + "".join(pieces)) == {"claims": [{"id": 0}, {"id": 1}, {"id": 2}], "none": []}


def test_text_is_unescaped_unless_the_output_is_ascii(ask, draw):
    answer = ask(caveats=["一个来源"])
    assert "一个来源" in draw(answer, "json")
    assert draw(answer, "json", ascii=True).isascii()


def test_half_a_surrogate_pair_is_written_as_its_escape():
    text = "".join(document({"status": "answered", "query": "\ud800甲"}, Options()))
    assert text.encode("utf-8").decode("utf-8") == text
    assert json.loads(text)["query"] == "\ud800甲"


@given(st.text())
def test_nothing_is_written_that_a_terminal_obeys_and_every_text_is_read_back(text):
    for options in (Options(), Options(ascii=True)):
        written_down = encoder(options)(text)
        assert json.loads(written_down) == text
        assert not OBEYED.search(written_down)
        assert all(category(c) not in HIDDEN or c in HARMLESS for c in written_down)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        "".join(document({"status": "answered", "answer": {"value": value}}, Options()))


def test_rows_stream_as_one_object_a_line(ask):
    from bonerx.render.ndjson import render

    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield (f"a\n{number}", None, 0.1 + 0.2, ["x", "y"])

    lines = iter(render(ask(records=Records(("id", "none", "value", "list"), rows())), Options()))
    assert next(lines) == '{"id": "a\\n0", "none": null, "value": 0.30000000000000004, "list": ["x", "y"]}\n'
    assert taken == [0]
    assert [json.loads(line)["id"] for line in lines] == ["a\n1", "a\n2"]
