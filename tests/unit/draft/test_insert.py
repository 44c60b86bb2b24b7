"""New records in the text of a table: everything that stood there stands there still."""

import pytest
import yaml

from bonerx.draft.insert import Addition, insert
from bonerx.errors import UsageError
from bonerx.model.kinds import Better
from bonerx.model.vocabulary import Outcome

PAIN = Outcome(id="pain", names={"en": "pain"}, better=Better.LOWER)
NEW = {"outcomes": [Addition(PAIN, ("decide",))]}
LINES = ["- id: pain", "names: {en: pain}", "better: lower"]


def outcomes(text: str) -> list[str]:
    return [each["id"] for each in yaml.safe_load(text)["outcomes"]]


TABLES = {
    "block": "format: x\noutcomes:\n  - id: a\n    better: lower\n",
    "block, not indented": "format: x\noutcomes:\n- id: a\n",
    "block, further in": "format: x\noutcomes:\n      - id: a\nclaims: []\n",
    "comment of the next section": "outcomes:\n  - id: a\n\n# ------ claims\nclaims: []\n",
    "comment of the last item": "outcomes:\n  - id: a\n    # about a\n\nclaims: []\n",
    "no line feed at the end": "outcomes:\n  - id: a",
    "blank lines at the end": "outcomes:\n  - id: a\n\n\n",
    "end of document": "outcomes:\n  - id: a\n...\n",
    "block text that looks like a comment": "outcomes:\n  - id: a\n    note: |\n      # two\n\n# b\nclaims: []\n",
    "folded text at the end": "outcomes:\n  - id: a\n    note: >-\n      one\n      two\n",
    "quoted text over lines": 'outcomes:\n  - id: a\n    note: "one\n\n      # two"\nclaims: []\n',
    "one line, empty": "outcomes: []\nclaims: []\n",
    "one line, empty, with a comment": "outcomes: []   # what is measured\nclaims: []\n",
    "one line, empty, at the end": "claims: []\noutcomes: []",
    "one line, filled": "outcomes: [{id: a, better: lower}]\nclaims: []\n",
    "several lines in brackets": "outcomes: [\n  {id: a},\n  {id: b},\n]\nclaims: []\n",
    "missing": "format: x\n",
    "missing, with an end of document": "format: x\n...\n",
    "missing, without a line feed": "format: x",
    "indented": "  format: x\n  outcomes:\n  - id: a\n",
    "carriage returns": "format: x\r\noutcomes:\r\n  - id: a\r\n\r\n# b\r\nclaims: []\r\n",
    "wide characters": "title: 维生素 😀\noutcomes: [{id: a}] # 维\n",
    "document start": "%YAML 1.1\n---\noutcomes:\n  - id: a\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_record_is_added_behind_the_others_and_nothing_is_lost(text: str) -> None:
    before = yaml.safe_load(text)
    after = insert(text, NEW)
    read = yaml.safe_load(after)
    assert read["outcomes"][-1] == {"id": "pain", "names": {"en": "pain"}, "better": "lower"}
    assert read["outcomes"][:-1] == before.get("outcomes", [])
    assert {key: value for key, value in read.items() if key != "outcomes"} == {
        key: value for key, value in before.items() if key != "outcomes"
    }
    kept = iter(after)
    lost = text.replace("outcomes: []", "outcomes:").split()
    assert all(character in kept for character in "".join(lost)), "every character stands there, in its order"
    assert "# decide" in after
    assert ("\r\n" in text) == ("\r\n" in after)
    assert after.count("\r\n") in {0, after.count("\n")}


def test_a_comment_further_in_stays_with_its_record() -> None:
    after = insert(TABLES["comment of the last item"], NEW)
    assert after.index("# about a") < after.index("# decide") < after.index("claims")


def test_a_comment_further_out_stays_with_what_follows() -> None:
    after = insert(TABLES["comment of the next section"], NEW)
    assert after.index("- id: pain") < after.index("# ------ claims") < after.index("claims: []")


def test_nothing_to_add_changes_nothing() -> None:
    for text in TABLES.values():
        assert insert(text, {"outcomes": []}) == text


def test_several_kinds_and_records_keep_their_order() -> None:
    other = Outcome(id="sleep", names={"en": "sleep"}, better=Better.HIGHER)
    text = insert(
        "claims: []\noutcomes:\n- id: a\n", {"outcomes": [Addition(PAIN), Addition(other)], "agents": [Addition(PAIN)]}
    )
    assert outcomes(text) == ["a", "pain", "sleep"]
    assert yaml.safe_load(text)["agents"][0]["id"] == "pain"


@pytest.mark.parametrize("text", ["{format: x, outcomes: []}\n", "outcomes: &a [{id: a}]\n", "outcomes: !!seq []\n"])
def test_a_layout_that_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        insert(text, NEW)
