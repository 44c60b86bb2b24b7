"""Records as YAML: read back as they were, and without quotes only where nothing can misread them."""

import json

import pytest
import yaml

from bonerx.evidence.yaml_writer import data, flow, record, scalar
from bonerx.model.claim import Claim, Hedge
from bonerx.model.kinds import ClaimKind, Direction, HedgeLevel
from bonerx.model.source import Passage, Sentence

LONG = "A sentence that is long enough to be folded, and that says nothing at all about anything. " * 3


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "? a",
        "yes",
        "No",
        "null",
        "~",
        "1",
        "1.5",
        "1:30",
        "2003-01-01",
        "0x1",
        "1e5",
        "=",
        "<<",
        "",
        " a",
        "a ",
        "it's",
        'say "a"',
        "a\\b",
        "a\nb",
        "a\tb",
        "[a]",
        "{a}",
        "a, b",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "维生素K2",
        "“好”",
        "α-tocopherol",
        "\u00a0a",
        "a\u2028b",
        "\ufeffa",
        "\u200ba",
        "😀",
        "...",
        "---",
        "44(5)",
        "751-6",
        "10.1000/x",
        "P<.001",
        "5 %",
        "true",
        "-1",
        "+1",
        ".5",
        "_a",
        "a:",
        ":a",
    ],
)
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"a: {scalar(text)}") == {"a": text}
    assert yaml.safe_load(f"a: [{scalar(text)}, {{b: {scalar(text)}}}]") == {"a": [text, {"b": text}]}


def test_simple_words_need_no_quotes() -> None:
    assert [scalar(each) for each in ("dormolin", "sleep time", "10.1000/x", "睡眠")] == [
        "dormolin",
        "sleep time",
        "10.1000/x",
        "睡眠",
    ]


@pytest.mark.parametrize(
    "text", [LONG.strip(), LONG, f" {LONG}", LONG.replace(" and", "  and"), f"{LONG}\nx", "长" * 200]
)
def test_a_long_text_is_folded_only_where_that_keeps_it(text: str) -> None:
    sentence = Sentence(id="a/S1", source="a", passages={"en": Passage(start=0, end=len(text), text=text)})
    lines = record(sentence)
    assert yaml.safe_load("\n".join(lines)) == [data(sentence)]
    assert yaml.safe_load("\n".join(lines))[0]["passages"]["en"]["text"] == text
    assert any(line.endswith(">-") for line in lines) == (text in {LONG.strip(), "长" * 200})


def test_fields_that_say_nothing_are_left_out() -> None:
    claim = Claim(
        id="c",
        kind=ClaimKind.EFFICACY,
        regimen=("a", "b"),
        direction=Direction.INCREASES,
        hedge=Hedge(level=HedgeLevel.ASSERTED),
        sentences=("s/S1",),
        draft=True,
    )
    assert record(claim) == [
        "- id: c",
        "  kind: efficacy",
        "  regimen: [a, b]",
        "  direction: increases",
        "  hedge: {level: asserted}",
        "  sentences: [s/S1]",
        "  draft: true",
    ]
    assert json.loads(flow(claim)) == data(claim)
