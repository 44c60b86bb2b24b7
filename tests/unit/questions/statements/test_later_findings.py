"""What later evidence says of cited claims: shown beside them, named where it contradicts, never part of a verdict."""

from typing import Any

import pytest
from small_table import asked, finds, row, says, verdict

from bonerx import Combo, Compare, Rank

CONTRADICTS = "later evidence contradicts that x increases bone density"
OF_RATS = says("z treats", "z-in-rats", whom="rats")

CASES = [
    # stance, the finding's fields, the claim's fields, scope: listed?, told?
    pytest.param("contradicts", {}, {}, {}, True, True, id="a contradiction is told"),
    pytest.param("supports", {}, {}, {}, True, False, id="support is listed"),
    pytest.param("qualifies", {}, {}, {}, True, False, id="a qualification is listed"),
    pytest.param("pending", {}, {}, {}, True, False, id="a pending study is listed"),
    pytest.param(
        "contradicts", {"source": "gone-1999"}, {}, {}, True, False, id="a retracted source contradicts nothing",
    ),
    pytest.param("contradicts", {"source": "doubted-2005"}, {}, {}, True, True, id="one of concern does"),
    pytest.param("contradicts", {"species": "rat"}, {}, {}, True, False, id="rats contradict nothing about people"),
    pytest.param(
        "contradicts", {"species": "rat"}, {"whom": "rats"}, {"species": "rat"}, True, False,
        id="nor is a contradiction told of rats",
    ),
    pytest.param("contradicts", {}, {"whom": "rats"}, {"species": "rat"}, True, False, id="people say nothing of rats"),
    pytest.param("contradicts", {}, {}, {"as_of": 2010}, True, True, id="known in the year asked"),
    pytest.param("contradicts", {}, {}, {"as_of": 2009}, False, False, id="not yet known in the year asked"),
    pytest.param(
        "contradicts", {"source": "undated"}, {}, {"as_of": 2020}, False, False, id="undated, with a year asked",
    ),
    pytest.param("contradicts", {}, {"on": "nausea"}, {"outcome": "density"}, False, False, id="of a claim not cited"),
]  # fmt: skip


@pytest.mark.parametrize(("stance", "finding", "claim", "scope", "listed", "told"), CASES)
def test_a_finding_stands_beside_what_it_bears_on(
    stance: str, finding: dict[str, Any], claim: dict[str, Any], scope: dict[str, Any], listed: bool, told: bool
) -> None:
    cited = says("x increases", "c1", **({"on": "density"} | claim))
    decides = says("x > y", "c2", whom=claim.get("whom"))
    findings = [finds("f1", stance, "c1", **finding)]
    document = asked(Compare("x", "y", **scope), cited, decides, OF_RATS, findings=findings)
    answer = document["answer"]
    assert [each["id"] for each in answer["findings"]] == (["f1"] if listed else [])
    assert ("later evidence" in answer["headline"]) == told
    assert verdict(answer["overall"]) == ("favours-a", "x", "stated", "asserted")
    source = finding.get("source", "roe-2010")
    assert (source in {each["id"] for each in document["sources"]}) == listed
    if told:
        assert f"; {CONTRADICTS} (" in answer["headline"]


def test_a_finding_has_its_year_and_integrity_and_names_cited_claims_only() -> None:
    findings = [finds("f1", "contradicts", "c1", "c2", source="doubted-2005", note="A small trial.")]
    claims = [says("x increases", on="density"), says("x causes", on="nausea")]
    (found,) = asked(Compare("x", "y", "density"), *claims, findings=findings)["answer"]["findings"]
    assert found == {
        "id": "f1", "stance": "contradicts", "source": "doubted-2005", "year": 2005, "integrity": "concern",
        "species": "human", "bears_on": ["c1"], "summary": "contradicts c1 c2", "note": "A small trial.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        pytest.param(
            [finds("f1", "contradicts", "c1"), finds("f2", "contradicts", "c1", source="doubted-2005")],
            [f"{CONTRADICTS} (Roe 2010 and Doubted 2005)"], id="two of one claim: one clause with both",
        ),
        pytest.param(
            [finds("f1", "contradicts", "c1", "c2")],
            [f"{CONTRADICTS} (Roe 2010)", "later evidence contradicts that x causes nausea (Roe 2010)"],
            id="one of two claims: a clause for each",
        ),
        pytest.param(
            [finds("f1", "supports", "c1"), finds("f2", "contradicts", "c1", source="undated")],
            [f"{CONTRADICTS} (undated)"], id="support does not undo a contradiction",
        ),
        pytest.param(
            [finds("f1", "contradicts", "c3")], ["later evidence contradicts that x treats (Roe 2010)"],
            id="a claim that names no outcome",
        ),
    ],
)  # fmt: skip
def test_contradictions_are_told_claim_by_claim(findings: list[dict[str, Any]], said: list[str]) -> None:
    claims = [says("x increases", on="density"), says("x causes", on="nausea"), says("x treats")]
    headline = asked(Compare("x", "y"), *claims, findings=findings)["answer"]["headline"]
    assert headline.endswith("; ".join(["", *said]) + ".")
    assert headline.count("later evidence") == len(said)


@pytest.mark.parametrize(
    ("question", "claim", "said"),
    [
        pytest.param(Rank(), says("x before y"), "that x preferred", id="rank"),
        pytest.param(
            Combo(("x", "y")), says("x+y no-effect", on="density"), "that x + y no effect bone density", id="combo",
        ),
        pytest.param(
            Compare("x-then-y", "z"), says("x-then-y increases"), "that x, then y increases", id="a sequence",
        ),
    ],
)  # fmt: skip
def test_every_answer_tells_them(question: Any, claim: dict[str, Any], said: str) -> None:
    answer = asked(question, claim, findings=[finds("f1", "contradicts", "c1")])["answer"]
    assert answer["headline"].endswith(f"; later evidence contradicts {said} (Roe 2010).")


def test_a_contradicted_claim_still_decides() -> None:
    document = asked(Compare("x", "y"), says("x > y", on="density"), findings=[finds("f1", "contradicts", "c1")])
    assert row(document, "density")["verdict"] == "favours-a"


@pytest.mark.parametrize("source", ["doe-2001", "roe-2010"], ids=["of a source cited anyway", "of another"])
def test_the_source_of_a_finding_is_named_once(source: str) -> None:
    findings = [finds("f1", "supports", "c1", source=source)]
    for question in (Rank(), Compare("x", "y"), Combo(("x", "y"))):
        sources = asked(question, says("x before y"), findings=findings)["sources"]
        assert sorted(each["id"] for each in sources) == sorted({"doe-2001", source})
