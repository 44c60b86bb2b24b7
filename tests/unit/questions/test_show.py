"""A record is shown whole, under its id or any of its names."""

import pytest
from asking import run


@pytest.mark.parametrize(
    ("asked", "record", "id_"),
    [
        ("s4-bisphosphonates-first-choice", "claim", "s4-bisphosphonates-first-choice"),
        ("iwamoto-2003/S4", "sentence", "iwamoto-2003/S4"),
        ("S4", "sentence", "iwamoto-2003/S4"),
        ("iwamoto-2003", "source", "iwamoto-2003"),
        ("alendronate", "agent", "alendronate"),
        ("Alendronic Acid", "agent", "alendronate"),
        ("阿仑膦酸", "agent", "alendronate"),
        ("lumbar BMD", "outcome", "lumbar-spine-bmd"),
        ("绝经后骨质疏松症", "population", "postmenopausal-osteoporosis"),
        ("wells-alendronate", "finding", "wells-alendronate"),
    ],
)
def test_a_record_is_found_by_its_id_and_by_its_names(asked: str, record: str, id_: str) -> None:
    document = run("show", asked, "--json").document
    assert (document["answer"]["record"], document["answer"]["id"]) == (record, id_)
    assert document["query"]["id"] == id_


def test_a_sentence_comes_with_every_claim_that_rests_on_it() -> None:
    claims = run("show", "S2", "--json").document["claims"]
    assert len(claims) == 10
    assert {claim["quote"]["sentence"] for claim in claims} == {"S2"}


def test_a_study_that_goes_by_the_id_of_its_publication_is_shown_with_it() -> None:
    answer = run("show", "shiraki-2000", "--json").answer
    assert answer["record"] == "source"
    assert answer["study"]["id"] == "shiraki-2000"
    assert answer["study"]["arms"]
    assert "arms" in run("show", "shiraki-2000", "-f", "plain").out


def test_a_study_comes_with_its_publications_and_its_zeros() -> None:
    studies = {study["id"] for study in run("trials", "--json").answer["studies"]}
    found = 0
    for study in sorted(studies):
        document = run("show", study, "--json").document
        record = document["answer"].get("study", document["answer"])
        assert {source["id"] for source in document["sources"]} >= set(record["sources"][:1])
        found += sum(result.get("events") == 0 for result in record.get("results", ()))
    assert found > 3


def test_what_a_claim_rests_on_is_quoted_with_its_cues() -> None:
    answer = run("show", "s6-etidronate-vitamin-k2-vertebral-fracture", "--json").answer
    assert all(cue in answer["quote"]["text"] for cue in answer["hedge"]["cues"])
    chinese = run("show", "s6-etidronate-vitamin-k2-vertebral-fracture", "--json", "--lang", "zh").answer
    assert chinese["quote"]["lang"] == "zh"
    assert all(cue in chinese["quote"]["text"] for cue in chinese["hedge"]["cues"])
    assert chinese["hedge"]["cues"] != answer["hedge"]["cues"]
