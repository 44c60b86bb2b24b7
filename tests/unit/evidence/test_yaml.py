"""A YAML document means one thing only: whatever readers of YAML take differently is refused with its place."""

# ruff: noqa: E501

import pytest
import yaml

from bonerx.evidence import limits
from bonerx.evidence.documents import yaml_events
from bonerx.evidence.documents.construct import build
from bonerx.evidence.documents.parse import events
from bonerx.evidence.fault_list import FaultList

HEAD = "format: bonerx-evidence/1\n"


def data(text, form="yaml"):
    fault_list = FaultList()
    found = build(events(text, form), "x", fault_list)
    assert fault_list.faults() == ()
    return found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("null", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("0.55", 0.55),
        ("-1.50", -1.5),
        ("1.0e-5", 1.0e-5),
        ("vitamin K2", "vitamin K2"),
        ("12-14", "12-14"),
        ("10.3349/ymj.2003.44.5.751", "10.3349/ymj.2003.44.5.751"),
        ("y", "y"),
        ("nan", "nan"),
        ("x" * 300, "x" * 300),
        ("'NO'", "NO"),
        ('"1:30"', "1:30"),
        ("[a, 1]", ["a", 1]),
        ("{n: 1}", {"n": 1}),
        ("|\n  a\n  b\n", "a\nb\n"),
        ("&x [a]\nb: *x", ["a"]),
    ],
)
def test_a_value_is_read_as_it_is_written(written, read):
    assert data(f"a: {written}")["a"] == read


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("NO", "`false`"),
        ("yes", "`true`"),
        ("On", "`true`"),
        ("off", "`false`"),
        ("True", "`true`"),
        ("~", "no value"),
        ("NULL", "no value"),
        ("1:30", "a number to the base of sixty"),
        ("1:30.5", "a number to the base of sixty"),
        ("010", "a number"),
        ("0o17", "a number"),
        ("0x1F", "a number"),
        ("0b11", "a number"),
        ("1_000", "a number"),
        ("1e3", "a number"),
        ("1.", "a number"),
        (".5", "a number"),
        (".inf", "a number"),
        ("-.INF", "a number"),
        (".NaN", "a number"),
        ("2003-01-01", "a date"),
        ("2003-1-1 10:00:00", "a date"),
        ("=", "a special key"),
    ],
)
def test_what_readers_of_yaml_take_differently_is_refused(faults, written, meaning):
    (fault,) = faults(f"{HEAD}title: {written}\n")
    assert fault.startswith(f"2:8: title: `{written}` is read as {meaning} by some readers of YAML [")
    assert "put it in quotes" in fault
    assert not faults(f"{HEAD}title: '{written}'\nagents: [{{id: a, kind: drug, names: {{en: a}}}}]\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}title: a\ntitle: b\n", ["3:1: : the key `title` stands here twice, first in line 2 [keep one of them]"]),
        (
            f"{HEAD}claims:\n- {{a: 1, b: 2, a: 3, b: 4}}\n",
            [
                "3:16: claims[0]: the key `a` stands here twice, first in line 3 [keep one of them]",
                "3:22: claims[0]: the key `b` stands here twice, first in line 3 [keep one of them]",
            ],
        ),
        (f"{HEAD}<<: {{title: a}}\n", ["2:1: : `<<` is read as a special key by some readers of YAML [put it in quotes]"]),
        (f"{HEAD}title: !x a\n", ["2:8: title: the tag `!x` is not allowed [leave it out; quotes make a value a text]"]),
        (f"{HEAD}title: !!str 1\n", ["2:8: title: the tag `tag:yaml.org,2002:str` is not allowed [leave it out; quotes make a value a text]"]),
        (f"{HEAD}claims: !!set {{a}}\n", ["2:9: claims: the tag `tag:yaml.org,2002:set` is not allowed [leave it out]"]),
        (f"{HEAD}1: a\n", ["2:1: : the key `1` is not a text [put it in quotes]"]),
        (f"{HEAD}true: a\n", ["2:1: : the key `true` is not a text [put it in quotes]"]),
        (f"{HEAD}? [a]\n: b\n", ["2:3: : a key must be a text, not a list or mapping"]),
        (f"{HEAD}claims: &a [x]\n*a : b\n", ["3:1: : the key that is a list or mapping is not a text [put it in quotes]"]),
        (f"{HEAD}title: *x\n", ["2:8: title: no anchor `&x`"]),
        (f"{HEAD}claims: &x [*x]\n", ["2:13: claims[0]: the alias `*x` stands inside what it repeats"]),
        (f"{HEAD}title: 1234567890123456789\n", ["2:8: title: the number 123456789012345678… is too large [put it in quotes if it is a text]"]),
        (f'{HEAD}title: "a\\ab"\n', ["2:8: title: the text holds U+0007, a control character (its character 2) [remove it]"]),
        (f'{HEAD}title: "a\\u202Eb"\n', ["2:8: title: the text holds U+202E, a character that turns the direction of writing (its character 2) [remove it]"]),
        (f"{HEAD}---\n{HEAD}---\n", ["2:1: : a second document begins here [one file holds one document]"]),
        ("", ["1:1: : the document is empty [a table begins with `format: bonerx-evidence/1`]"]),
        ("# nothing\n", ["1:1: : the document is empty [a table begins with `format: bonerx-evidence/1`]"]),
        ("- a\n", ["1:1: : a table must be a mapping [a table begins with `format: bonerx-evidence/1`]"]),
    ],
)  # fmt: skip
def test_what_would_lose_or_change_a_value_is_refused(faults, text, expected):
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{HEAD}title: [a\n", "3:1: "),
        (f"{HEAD}title: 'a\n", "3:1: "),
        (f"{HEAD}\ttitle: a\n", "2:1: "),
        (f"{HEAD}title: a: b\n", "2:9: "),
    ],
)
def test_a_syntax_error_has_its_place(faults, text, place):
    (fault,) = faults(text)
    assert fault.startswith(place)
    assert "this is not YAML: " in fault


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 41 + "]" * 41, "nested more than 40 deep"),
        (
            "a: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 20 + "*a" + "]" * 20,
            "nested more than 40 deep once `*a` is written out",
        ),
        ("a: &a x\nb: [" + "*a, " * (limits.ALIASES + 1) + "]", f"more than {limits.ALIASES} aliases"),
        (
            "a: &a [" + "x, " * 100 + "]\nb: &b [" + "*a, " * 100 + "]\nc: &c [" + "*b, " * 100 + "]\nd: [*c, *c]",
            "the document is too large once its aliases are written out: more than 1000000 values",
        ),
        (
            "a: &a " + "x" * 1_000_000 + "\nb: [" + "*a, " * 100 + "]",
            f"the document is too large once its aliases are written out: more than {limits.EXPANDED_CHARACTERS} characters",
        ),
    ],
    ids=["deep", "deep by an alias", "many aliases", "a bomb of lists", "a bomb of text"],
)
def test_a_document_keeps_the_limits(faults, text, message):
    (fault,) = faults(text)
    assert message in fault


def test_a_document_at_the_limits_is_read():
    assert data("[" * 40 + "]" * 40)
    assert len(data("a: &a x\nb: [" + "*a, " * limits.ALIASES + "]")["b"]) == limits.ALIASES


def test_a_document_that_is_too_large_is_not_parsed(faults, monkeypatch):
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 100)
    hint = "bring a large table as NDJSON, one record a line"
    assert faults("[" * 200) == [f"None:None: : the document is larger than 0 MiB [{hint}]"]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_both_parsers_read_alike(faults, monkeypatch, loader):
    if not hasattr(yaml, loader):
        pytest.fail("this PyYAML has no C parser")
    monkeypatch.setattr(yaml_events, "_LOADER", getattr(yaml, loader))
    assert data("a: [1, 'NO', {b: &x null}]\nc: *x\n") == {"a": [1, "NO", {"b": None}], "c": None}
    assert faults(f"{HEAD}title: NO\ntitle: !x a\n") == [
        "2:8: title: `NO` is read as `false` by some readers of YAML [put it in quotes, or write `false`]",
        "3:1: : the key `title` stands here twice, first in line 2 [keep one of them]",
        "3:8: title: the tag `!x` is not allowed [leave it out; quotes make a value a text]",
    ]
    assert "this is not YAML" in faults("a: [\n")[0]


def test_a_document_full_of_faults_tells_the_first_thousand(faults):
    found = faults("a: 1\n" * 2_000)
    assert len(found) == limits.FAULTS + 1
    assert found[-1].endswith("there are more faults; these are the first 1000 [mend them and check again]")
