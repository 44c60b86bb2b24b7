"""The nine answers that `reading-rules.md` expects of the shipped table, as scripts get them."""

import pytest
from asking import Document, Ran, run

SOURCE = "iwamoto-2003"


def ask(*arguments: str, code: int = 0) -> Document:
    ran: Ran = run(*arguments, "--json")
    assert ran.code == code, ran.err
    assert ran.document["status"] == ("answered" if code == 0 else "no-evidence")
    return ran.document


def row(document: Document, outcome: str) -> Document:
    (found,) = [row for row in document["answer"]["outcomes"] if row["outcome"] == outcome]
    return dict(found)


def sentences(document: Document, claims: list[str]) -> set[str]:
    """The labels of the sentences that these claims of a document rest on."""
    by_id = {claim["id"]: claim for claim in document["claims"]}
    return {sentence.removeprefix(f"{SOURCE}/") for claim in claims for sentence in by_id[claim]["sentences"]}


def bases(document: Document, claims: list[str]) -> set[str]:
    return {claim["basis"] for claim in document["claims"] if claim["id"] in claims}


def test_1_alendronate_is_stated_to_be_better_than_vitamin_k2_but_not_on_any_outcome() -> None:
    document = ask("compare", "alendronate", "vitamin-k2")
    for verdict in (document["answer"]["overall"], document["answer"]["preference"]):
        assert verdict["verdict"] == "favours-a"
        assert verdict["favoured"] == "alendronate"
        assert verdict["basis"] == "stated"
        assert verdict["hedge"] == "asserted"
        assert sentences(document, verdict["claims"]) == {"S4"}
    bmd = row(document, "lumbar-spine-bmd")
    assert (bmd["verdict"], bmd["favoured"], bmd["basis"], bmd["hedge"]) == ("undetermined", None, "none", None)
    assert (bmd["a"]["direction"], bmd["b"]["direction"]) == ("increases", "maintains")
    assert sentences(document, bmd["a"]["claims"]) == {"S2"}
    assert sentences(document, bmd["b"]["claims"]) == {"S3"}
    assert bmd["claims"] == []


def test_1_fractures_of_any_kind_are_told_apart_from_vertebral_ones() -> None:
    document = ask("compare", "alendronate", "vitamin-k2")
    any_fracture = row(document, "osteoporotic-fracture")
    assert any_fracture["a"]["claims"] == []
    assert sentences(document, any_fracture["a"]["narrower"]) == {"S2"}
    assert any_fracture["b"]["direction"] == "prevents"
    assert row(document, "vertebral-fracture")["b"] is None
    assert row(document, "femoral-neck-fracture")["b"] is None


def test_2_etidronate_is_favoured_by_class_only() -> None:
    document = ask("compare", "etidronate", "vitamin-k2")
    for verdict in (document["answer"]["overall"], document["answer"]["preference"]):
        assert (verdict["verdict"], verdict["favoured"]) == ("favours-a", "etidronate")
        assert verdict["basis"] == "by-class"
        assert sentences(document, verdict["claims"]) == {"S4"}
        assert bases(document, verdict["claims"]) == {"by-class"}
    assert "by class" in document["answer"]["headline"]


def test_3_alendronate_and_risedronate_stand_side_by_side() -> None:
    document = ask("compare", "alendronate", "risedronate")
    answer = document["answer"]
    assert {answer["overall"]["verdict"], answer["preference"]["verdict"]} == {"undetermined"}
    assert {found["verdict"] for found in answer["outcomes"]} == {"undetermined"}
    for outcome in ("lumbar-spine-bmd", "femoral-neck-bmd", "vertebral-fracture", "femoral-neck-fracture"):
        found = row(document, outcome)
        assert found["a"]["direction"] == found["b"]["direction"]
        assert sentences(document, found["a"]["claims"] + found["b"]["claims"]) == {"S2"}


def test_4_silence_on_the_femoral_neck_is_not_stated_rather_than_no_effect() -> None:
    document = ask("compare", "etidronate", "alendronate", "--outcome", "femoral-neck-bmd")
    (found,) = document["answer"]["outcomes"]
    assert found["outcome"] == "femoral-neck-bmd"
    assert (found["verdict"], found["favoured"]) == ("undetermined", None)
    assert found["a"] is None
    assert found["b"]["direction"] == "increases"
    assert "favours" not in document["answer"]["headline"].lower()
    for form in ("table", "plain", "markdown"):
        shown = run("compare", "etidronate", "alendronate", "--outcome", "femoral-neck-bmd", "-f", form)
        assert "not stated" in shown.out
        assert "no effect" not in shown.out


def test_5_the_combination_with_etidronate_is_suggested_to_be_better_than_etidronate() -> None:
    arguments = ("compare", "etidronate+vitamin-k2", "etidronate", "--outcome", "vertebral-fracture")
    document = ask(*arguments)
    (found,) = document["answer"]["outcomes"]
    assert (found["verdict"], found["favoured"]) == ("favours-a", "etidronate+vitamin-k2")
    assert (found["basis"], found["hedge"]) == ("stated", "suggested")
    assert "S6" in sentences(document, found["claims"])
    assert "suggested" in document["answer"]["headline"].lower()


def test_6_the_combination_with_alendronate_may_be_better_by_class() -> None:
    document = ask("compare", "alendronate+vitamin-k2", "alendronate")
    found = row(document, "vertebral-fracture")
    assert (found["verdict"], found["favoured"]) == ("favours-a", "alendronate+vitamin-k2")
    assert (found["basis"], found["hedge"]) == ("by-class", "possible")
    assert sentences(document, found["claims"]) == {"S7"}
    assert "may" in document["answer"]["headline"].lower()
    assert "by class" in document["answer"]["headline"]


def test_7_the_combination_with_risedronate_is_known_by_class_and_in_rats() -> None:
    document = ask("combo", "risedronate", "vitamin-k2")
    answer = document["answer"]
    assert answer["regimen"] == ["risedronate", "vitamin-k2"]
    assert answer["stated"] == []
    assert sentences(document, answer["by_class"]) == {"S7", "S8", "S9"}
    assert sentences(document, answer["animal"]) == {"S5"}
    (versus,) = answer["versus"]
    assert (versus["comparator"], versus["outcome"]) == ("risedronate", "vertebral-fracture")
    assert (versus["verdict"], versus["basis"]) == ("favours-combination", "by-class")
    assert (versus["hedge"], versus["species"]) == ("possible", "human")
    assert "synergistic" not in answer["headline"]


@pytest.mark.parametrize("species", ["any", "rat"])
def test_7_asked_for_the_rats_stand_under_stated(species: str) -> None:
    document = ask("combo", "risedronate", "vitamin-k2", "--species", species)
    assert sentences(document, document["answer"]["stated"]) == {"S5"}
    headline = document["answer"]["headline"].lower()
    assert "synergistic" in headline
    assert "in rat studies" in headline


def test_8_of_two_bisphosphonates_together_nothing_is_known() -> None:
    document = ask("combo", "etidronate", "alendronate", code=1)
    answer = document["answer"]
    assert answer["stated"] == answer["by_class"] == answer["versus"] == answer["animal"] == []


def test_9_first_come_the_members_that_the_sentence_names() -> None:
    document = ask("rank")
    first, second = document["answer"]["tiers"]
    assert first["regimens"] == [
        {**first["regimens"][0], "regimen": "alendronate", "basis": "stated"},
        {**first["regimens"][1], "regimen": "risedronate", "basis": "stated"},
        {**first["regimens"][2], "regimen": "etidronate", "basis": "by-class"},
    ]
    assert [place["regimen"] for place in second["regimens"]] == ["vitamin-k2"]
    assert (first["rank"], second["rank"]) == (1, 2)
    assert sentences(document, first["claims"]) == {"S4"}
    assert "by class" in document["answer"]["headline"]


def test_9_the_combination_is_an_addition_and_no_contradiction() -> None:
    document = ask("rank")
    recommended, proposed = document["answer"]["add_on"]
    assert recommended["regimen"] == proposed["regimen"] == "bisphosphonates+vitamin-k2"
    assert sentences(document, recommended["claims"]) == {"S8"}
    assert recommended["population"] == "postmenopausal-osteoporosis"
    assert sentences(document, proposed["claims"]) == {"S9"}
    assert (proposed["population"], proposed["emphasis"]) == (None, "vitamin-k-deficiency")
    assert proposed["hedge"] == "proposed"


def test_9_animals_never_enter_the_order() -> None:
    assert all(claim["species"] == "human" for claim in ask("rank")["claims"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank",),
        ("compare", "alendronate", "vitamin-k2"),
        ("combo", "etidronate", "vitamin-k2"),
    ],
)
def test_a_choice_says_how_old_it_is_and_what_it_leaves_out(arguments: tuple[str, ...]) -> None:
    caveats = "\n".join(ask(*arguments)["caveats"])
    assert "1 source" in caveats
    assert "narrative review of 2003" in caveats
    assert "read as an abstract" in caveats
    assert "harms" in caveats
    assert "interactions" in caveats
    assert "newer drugs" in caveats


def test_every_sentence_of_the_source_is_told_by_some_claim() -> None:
    document = ask("evidence", "--source", SOURCE)
    assert sentences(document, document["answer"]["claims"]) == {f"S{number}" for number in range(1, 10)}
    assert document["answer"]["count"] == len(document["answer"]["claims"]) == len(document["claims"])
    assert 25 <= document["answer"]["count"] <= 35


def test_no_claim_of_the_first_clause_on_the_lumbar_spine_has_a_comparator() -> None:
    document = ask("evidence", "etidronate", "--outcome", "lumbar-spine-bmd")
    (claim,) = document["claims"]
    assert claim["comparator"] is None
    assert claim["favours"] is None


def test_the_narrower_form_is_an_agent_of_its_own_answered_with_the_broader_one_marked() -> None:
    document = ask("compare", "alendronate", "menatetrenone")
    assert document["query"]["b"] == "menatetrenone"
    assert document["answer"]["overall"]["verdict"] == "undetermined"
    on_vitamin_k2 = [
        claim for claim in document["claims"] if "vitamin-k2" in claim["regimen"] + (claim["comparator"] or [])
    ]
    assert on_vitamin_k2
    assert {claim["basis"] for claim in on_vitamin_k2} == {"broader"}
