"""The path of a field gives its line and column, in YAML and in JSON alike."""

import json

import pytest

from bonerx.evidence.documents.locate import Place, Wanted, locate, shown

YAML = """\
# a comment
claims:
- id: a
  hedge: &h {level: x, cues: {en: [one, "two"]}}
- id: b
  hedge: *h
? other
: [1, [2, 3]]
"""


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (Wanted(()), (2, 1)),
        (Wanted(("claims",)), (3, 1)),
        (Wanted(("claims",), at_key=True), (2, 1)),
        (Wanted(("claims", 0)), (3, 3)),
        (Wanted(("claims", 0, "id")), (3, 7)),
        (Wanted(("claims", 0, "id"), at_key=True), (3, 3)),
        (Wanted(("claims", 0, "hedge", "cues", "en", 1)), (4, 41)),
        (Wanted(("claims", 1, "id")), (5, 7)),
        (Wanted(("claims", 1, "hedge", "level")), (6, 10)),
        (Wanted(("claims", 1, "nothing")), (5, 3)),
        (Wanted(("claims", 9)), (3, 1)),
        (Wanted(("nothing", "at", 0, "all")), (2, 1)),
        (Wanted(("other", 1, 1)), (8, 11)),
    ],
)
def test_a_field_of_yaml_has_its_place(wanted, place):
    assert locate(YAML, "yaml", [wanted]) == {wanted: Place(*place)}


@pytest.mark.parametrize("indent", [None, 1])
def test_a_field_of_json_has_its_place(indent):
    data = {"a": [{"b": "x: [y]", "c": None}, [], {}, 1.5], "d": {"e": {"f": True}}, "g": []}
    text = json.dumps(data, indent=indent)
    lines = text.splitlines()
    for path, token in [
        (("a", 0, "c"), "null"),
        (("a", 3), "1.5"),
        (("d", "e", "f"), "true"),
        (("a", 0, "b"), '"x: [y]"'),
    ]:
        line, column = locate(text, "json", [Wanted(path)])[Wanted(path)]
        assert lines[line - 1][column - 1 :].startswith(token)
    line, column = locate(text, "json", [Wanted(("g",), at_key=True)])[Wanted(("g",), at_key=True)]
    assert lines[line - 1][column - 1 :].startswith('"g"')


def test_all_fields_are_found_in_one_reading():
    wanted = [Wanted(("claims", number, "id")) for number in (1, 0)]
    assert locate(YAML, "yaml", wanted) == {wanted[0]: Place(5, 7), wanted[1]: Place(3, 7)}


@pytest.mark.parametrize("text", ["", "[", "a: [1"])
def test_a_broken_document_places_what_it_can(text):
    wanted = Wanted(("a", 3))
    assert locate(text, "yaml", [wanted])[wanted].line == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("claims", 3, "hedge", "cues", "en", 0), "claims[3].hedge.cues.en[0]"),
        (("zh-Hans", "a b"), "zh-Hans['a b']"),
        ((0,), "[0]"),
        (("a",) * 100, "a" + ".a" * 59 + ".…"),
    ],
)
def test_paths_are_shown_as_a_reader_writes_them(path, text):
    assert shown(path) == text
