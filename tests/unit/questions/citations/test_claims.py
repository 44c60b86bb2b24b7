"""What an answer cites: each claim once with all that is known of it, its sentences in the language asked for."""

from typing import Any

import pytest
from asking import Document, answer_of, store_of
from small_table import Record, asked, says, table

from bonerx import Combo, Compare, Evidence

SENTENCES: list[Record] = [
    {"id": "doe-2001/S1", "source": "doe-2001", "passages": {
        "en": {"start": 0, "end": 24, "text": "X may be better than yy."},
        "zh": {"start": 30, "end": 37, "text": "甲可能优于乙。"}}},
    {"id": "doe-2001/S2", "source": "doe-2001", "passages": {"en": {"start": 40, "end": 50, "text": "X helps z."}}},
    {"id": "roe-2010/S1", "source": "roe-2010", "passages": {
        "zh": {"start": 5, "end": 9, "text": "甲更好。"}, "en": {"start": 20, "end": 32, "text": "X is better."}}},
]  # fmt: skip


def quoting(text: str, id_: str, *sentences: str, **more: Any) -> Record:
    """Return a claim that rests on these sentences rather than on a summary."""
    record = {name: value for name, value in says(text, id_, **more).items() if name not in ("summary", "sources")}
    return record | {"sentences": list(sentences)}


def of_sentences(question: Any, *claims: Record) -> Document:
    return asked(question, *claims, sentences=SENTENCES)


@pytest.mark.parametrize(
    ("text", "more", "field", "value"),
    [
        pytest.param("y+x treats", {}, "regimen", ["x", "y"], id="agents together stand in order of id"),
        pytest.param("y-then-x treats", {}, "regimen", ["y", "x"], id="agents in sequence stand in their order"),
        pytest.param("x treats", {}, "combination", "alone", id="one agent is alone"),
        pytest.param("x+y treats", {}, "combination", "concurrent", id="several are concurrent"),
        pytest.param("y-then-x treats", {}, "combination", "sequential", id="or sequential"),
        pytest.param("x treats", {}, "comparator", None, id="no comparator is not stated"),
        pytest.param("x > z+y", {}, "comparator", ["y", "z"], id="a comparator's agents stand in order of id"),
        pytest.param("x treats", {}, "outcome", None, id="no outcome is not stated"),
        pytest.param("x = y", {}, "favours", None, id="no difference favours nobody"),
        pytest.param("x < y", {}, "favours", "comparator", id="the comparator favoured"),
        pytest.param("x treats", {}, "species", "human", id="on people unless said"),
        pytest.param("x treats", {"whom": "rats"}, "species", "rat", id="on animals"),
        pytest.param("x treats", {}, "setting", None, id="no setting"),
        pytest.param("x treats", {"setting": "Japan"}, "setting", "Japan", id="a setting"),
        pytest.param(
            "x treats", {}, "population", {"id": None, "basis": "not-stated", "emphasis": None}, id="no population"
        ),
        pytest.param(
            "x treats", {"population": {"id": "ill", "basis": "inherited", "emphasis": "women"}}, "population",
            {"id": "ill", "basis": "inherited", "emphasis": "women"}, id="a population taken over, with an emphasis",
        ),
        pytest.param(
            "x treats", {"hedge": "possible"}, "hedge", {"level": "possible", "cues": []}, id="a summary needs no cue"
        ),
        pytest.param("x treats", {}, "quote", None, id="a summary is no quote"),
        pytest.param("x treats", {}, "summary", "What is said: x treats.", id="but a curator's words"),
        pytest.param(
            "x treats", {"source": "roe-2010 doe-2001"}, "sources", ["roe-2010", "doe-2001"], id="two sources",
        ),
        pytest.param("x treats", {"source": "gone-1999"}, "retracted", True, id="only a retracted source"),
        pytest.param("x treats", {"source": "gone-1999 doe-2001"}, "retracted", False, id="one that stands beside it"),
    ],
)  # fmt: skip
def test_a_claim_is_told_in_full(text: str, more: dict[str, Any], field: str, value: object) -> None:
    (claim,) = asked(Evidence(), says(text, "c1", **more))["claims"]
    assert claim[field] == value
    assert claim["sentences"] == claim["further_quotes"] == []
    assert claim["translations"] == {}


@pytest.mark.parametrize(
    ("sentence", "lang", "quoted", "others"),
    [
        pytest.param("doe-2001/S1", None, "en", ["zh"], id="the table's first language"),
        pytest.param("doe-2001/S1", "zh", "zh", ["en"], id="the language asked for"),
        pytest.param("doe-2001/S2", "zh", "en", [], id="the original where there is no other"),
        pytest.param("roe-2010/S1", None, "en", ["zh"], id="the first language before the original"),
        pytest.param("roe-2010/S1", "ZH", "zh", ["en"], id="a language in any case"),
    ],
)
def test_a_sentence_is_quoted_verbatim_in_one_language_beside_the_others(
    sentence: str, lang: str | None, quoted: str, others: list[str]
) -> None:
    (claim,) = of_sentences(Evidence(lang=lang), quoting("x > y", "c1", sentence))["claims"]
    (record,) = (each for each in SENTENCES if each["id"] == sentence)
    source, label = sentence.split("/")
    passages = record["passages"]
    assert claim["quote"] == {"source": source, "sentence": label, "lang": quoted, **passages[quoted]}
    assert claim["translations"] == {other: passages[other] for other in others}
    assert claim["sources"] == [source]


@pytest.mark.parametrize(
    ("sentence", "lang", "words", "cues"),
    [
        pytest.param("doe-2001/S1", "en", {"en": ["may be"], "zh": ["可能"]}, ["may be"], id="one language"),
        pytest.param("doe-2001/S1", "zh", {"en": ["may be"], "zh": ["可能"]}, ["可能"], id="another"),
        pytest.param("doe-2001/S2", "zh", {"en": ["helps"]}, ["helps"], id="the original, where there is no other"),
    ],
)
def test_cues_are_those_of_the_language_quoted(
    sentence: str, lang: str, words: dict[str, list[str]], cues: list[str]
) -> None:
    claim = quoting("x > y", "c1", sentence) | {"hedge": {"level": "possible", "cues": words}}
    assert of_sentences(Evidence(lang=lang), claim)["claims"][0]["hedge"] == {"level": "possible", "cues": cues}


def test_of_several_sentences_the_first_is_the_quote_and_their_sources_are_named_once() -> None:
    (claim,) = of_sentences(
        Evidence(), quoting("x > y", "c1", "roe-2010/S1", "doe-2001/S1", "doe-2001/S2")
    )["claims"]  # fmt: skip
    assert (claim["quote"]["source"], claim["quote"]["sentence"]) == ("roe-2010", "S1")
    assert [each["text"] for each in claim["further_quotes"]] == ["X may be better than yy.", "X helps z."]
    assert [list(each["translations"]) for each in claim["further_quotes"]] == [["zh"], []]
    assert claim["sources"] == ["roe-2010", "doe-2001"]


def test_claims_are_cited_in_the_order_in_which_a_comparison_shows_them() -> None:
    claims = [
        says("x > y", "in-rats", on="density", whom="rats"), says("x > y", "apart"),
        says("x+y recommended", "together", whom="ill"), says("y treats", "general-b", whom="ill"),
        says("x treats", "general-a", whom="ill"), says("y prevents", "side-b", on="fracture", whom="ill"),
        says("x prevents", "side-a", on="fracture", whom="ill"), says("x > y", "on-density", on="density", whom="ill"),
        says("x > y", "narrower", on="hip-fracture", whom="ill"), says("x > y", "overall", whom="ill"),
        says("z > placebo", "unrelated"),
    ]  # fmt: skip
    document = asked(Compare("x", "y", population="ill"), *claims)
    order = ["overall", "narrower", "on-density", "side-a", "side-b", "general-a", "general-b", "together", "apart"]
    assert [claim["id"] for claim in document["claims"]] == order
    assert [claim["id"] for claim in asked(Compare("x", "y"), *claims)["claims"]][-1] == "in-rats"


def test_sources_are_those_of_what_is_cited_with_nothing_left_out_and_nothing_added() -> None:
    claims = [says("x > y", source="roe-2010 undated"), says("x treats", source="doe-2001"),
              says("z treats", source="doubted-2005")]  # fmt: skip
    sources = asked(Compare("x", "y"), *claims)["sources"]
    assert {source["id"] for source in sources} == {"roe-2010", "undated", "doe-2001"}
    (undated,) = (source for source in sources if source["id"] == "undated")
    missing = ("authors", "title", "journal", "year", "volume", "pages", "doi", "pmid", "registration", "note")
    assert undated == {
        "id": "undated", "kind": "other", "read_as": "record", **dict.fromkeys(missing),
        "integrity": {"status": "none-known", "note": None, "doi": None},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "cited"),
    [
        pytest.param(["x+y > x"], {"c1": "stated"}, id="of the combination"),
        pytest.param(["x treats"], {"c1": "stated"}, id="of a component alone"),
        pytest.param(["x+drugs > alphas"], {}, id="of another combination"),
        pytest.param(["z > x+y"], {"c1": "stated"}, id="against the combination"),
    ],
)
def test_of_a_combination_all_that_bears_on_it_or_on_its_parts_is_cited(
    claims: list[str], cited: dict[str, str]
) -> None:
    document = answer_of(store_of(table(*map(says, claims))), Combo(("x", "y")))
    assert {claim["id"]: claim["basis"] for claim in document["claims"]} == cited
