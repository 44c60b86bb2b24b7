"""An invented table of another disease is answered by the same rules, with the answers that its sentences give."""

from pathlib import Path

import pytest
from asking import Document, Ran, answer_of, run, store_of
from invented import AGENTS, CLAIMS, SOURCES, claim, quoted, table, written

from bonerx.questions.compare.question import Compare
from bonerx.questions.rank.by_statements import Rank


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("invented"))


class Asked:
    """The program, asked of the invented table."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ran(self, *arguments: str) -> Ran:
        return run(*arguments, "--json", "--evidence", self.path)

    def __call__(self, *arguments: str, code: int = 0) -> Document:
        ran = self.ran(*arguments)
        assert ran.code == code, ran.err
        return ran.document


@pytest.fixture(scope="module")
def ask(path: Path) -> Asked:
    return Asked(path)


def row(document: Document, outcome: str) -> Document:
    (found,) = [row for row in document["answer"]["outcomes"] if row["outcome"] == outcome]
    return dict(found)


def basis(document: Document, claim: str) -> str:
    (found,) = [each for each in document["claims"] if each["id"] == claim]
    return str(found["basis"])


def verdict(found: Document) -> tuple[str, str | None, str, str | None]:
    return found["verdict"], found["favoured"], found["basis"], found["hedge"]


NOTHING = ("undetermined", None, "none", None)


def test_the_table_is_proven(path: Path) -> None:
    ran = run("check", path, "--json")
    assert ran.code == 0, ran.out
    assert ran.answer["drafts"] == ["entwurf"]


class TestByClass:
    def test_a_member_that_the_sentence_names_against_the_class_itself_is_stated(self, ask: Asked) -> None:
        overall = ask("compare", "talumix", "dorfene")["answer"]["overall"]
        assert verdict(overall) == ("favours-a", "talumix", "stated", "asserted")

    @pytest.mark.parametrize(("a", "b"), [("talumix", "kadorfen"), ("velumix", "dorfene"), ("velumix", "midorfen")])
    def test_a_member_that_is_not_named_on_either_side_makes_it_by_class(self, ask: Asked, a: str, b: str) -> None:
        overall = ask("compare", a, b)["answer"]["overall"]
        assert verdict(overall) == ("favours-a", a, "by-class", "asserted")
        assert overall["claims"] == ["lumixane-wirksamer"]

    def test_two_members_of_one_class_are_not_compared_by_it(self, ask: Asked) -> None:
        document = ask("compare", "kadorfen", "midorfen")
        assert verdict(document["answer"]["overall"]) == NOTHING

    @pytest.mark.parametrize("member", ["talumix", "borlumix", "velumix"])
    def test_with_x_against_the_class_holds_for_the_same_member_on_both_sides(self, ask: Asked, member: str) -> None:
        document = ask("compare", f"{member}+vitamin-q", member)
        assert verdict(row(document, "juckreiz")) == ("favours-a", "+".join(sorted([member, "vitamin-q"])), "by-class",
                                                      "possible")  # fmt: skip

    @pytest.mark.parametrize("other", ["borlumix", "velumix", "lumixane"])
    def test_and_for_no_two_different_ones(self, ask: Asked, other: str) -> None:
        document = ask("compare", "talumix+vitamin-q", other)
        assert {found["verdict"] for found in document["answer"]["outcomes"]} <= {"undetermined"}

    def test_asked_of_the_class_itself_it_is_stated(self, ask: Asked) -> None:
        document = ask("compare", "lumixane+vitamin-q", "lumixane")
        assert verdict(row(document, "juckreiz")) == ("favours-a", "lumixane+vitamin-q", "stated", "possible")

    def test_of_a_class_the_claims_on_members_are_narrower_and_decide_nothing(self, ask: Asked) -> None:
        document = ask("compare", "lumixane", "dorfene")
        found = row(document, "juckreiz")
        assert verdict(found) == NOTHING
        assert basis(document, "velumix-erwachsene") == "narrower"
        assert "talumix-juckreiz" in found["a"]["narrower"]
        assert found["a"]["direction"] is None

    def test_each_side_says_what_holds_for_it_by_class_only(self, ask: Asked) -> None:
        document = ask("compare", "velumix", "talumix")
        answer = document["answer"]
        assert "lumixane-wirksamer" in answer["general"]["a"]
        assert "lumixane-wirksamer" in answer["general"]["b"]
        assert answer["general"]["by_class"]["a"] == ["lumixane-wirksamer"]
        assert answer["general"]["by_class"]["b"] == []


class TestVerdicts:
    def test_claims_for_different_sides_conflict_whatever_is_known_against_a_source(self, ask: Asked) -> None:
        document = ask("compare", "kadorfen", "midorfen", "--outcome", "nachtjuckreiz")
        found = row(document, "nachtjuckreiz")
        assert verdict(found) == ("conflicting", None, "stated", "suggested")
        assert found["claims"] == ["kadorfen-nachts", "midorfen-nachts"]
        assert "conflict" in document["answer"]["headline"]
        assert any("concern" in caveat and "boehm-2001" in caveat for caveat in document["caveats"])

    @pytest.mark.parametrize("turned", [False, True])
    def test_a_claim_may_favour_its_comparator_from_either_side(self, turned: bool) -> None:
        worse = claim("schlechter", "comparison", "kadorfen", "inferior", "juckreiz", against="vitamin-q",
                      favours="comparator", **quoted("A3"))  # fmt: skip
        pair = ("vitamin-q", "kadorfen") if turned else ("kadorfen", "vitamin-q")
        document = answer_of(store_of(table(claims=[worse])), Compare(*pair))
        expected = "favours-a" if turned else "favours-b"
        assert verdict(row(document, "juckreiz")) == (expected, "vitamin-q", "stated", "asserted")

    def test_no_difference_is_a_verdict_of_its_own(self, ask: Asked) -> None:
        document = ask("compare", "borlumix", "talumix", "--outcome", "juckreiz")
        assert verdict(row(document, "juckreiz")) == ("no-difference", None, "stated", "asserted")
        assert "no difference" in document["answer"]["headline"].lower()

    def test_a_claim_that_only_retracted_sources_make_is_shown_and_counts_for_nothing(self, ask: Asked) -> None:
        document = ask("compare", "borlumix", "talumix")
        found = row(document, "hautfeuchte")
        assert verdict(found) == NOTHING
        assert found["claims"] == ["borlumix-feuchte"]
        (retracted,) = [each for each in document["claims"] if each["retracted"]]
        assert retracted["id"] == "borlumix-feuchte"
        assert any("retracted" in caveat and "counted in no verdict" in caveat for caveat in document["caveats"])

    @pytest.mark.parametrize("form", ["table", "plain", "markdown"])
    def test_and_its_retraction_stands_wherever_its_source_is_shown(self, path: Path, form: str) -> None:
        shown = run("compare", "borlumix", "talumix", "-f", form, "-e", path).out
        assert "RETRACTED" in shown
        assert "Erfundene Daten." in shown

    def test_what_is_used_more_is_not_thereby_more_efficacious(self, ask: Asked) -> None:
        answer = ask("compare", "talumix", "velumix")["answer"]
        assert verdict(answer["overall"]) == NOTHING
        assert verdict(answer["preference"]) == NOTHING

    def test_recommendations_and_efficacy_are_two_verdicts(self, ask: Asked) -> None:
        answer = ask("compare", "vitamin-q", "talumix")["answer"]
        assert verdict(answer["preference"]) == ("favours-b", "talumix", "stated", "asserted")
        assert verdict(answer["overall"]) == NOTHING

    def test_a_draft_answers_nothing(self, ask: Asked) -> None:
        document = ask("compare", "kadorfen", "talumix")
        assert document["answer"]["overall"]["claims"] == ["lumixane-wirksamer"]
        assert all(each["id"] != "entwurf" for each in ask("evidence")["claims"])
        assert ask("show", "entwurf", code=2)["error"]["code"] == "unknown-id"


class TestSpecies:
    def test_animals_stand_apart_and_decide_nothing(self, ask: Asked) -> None:
        document = ask("compare", "velumix", "kadorfen")
        assert document["answer"]["animal"] == ["ratten-velumix"]
        assert all(found["verdict"] == "undetermined" for found in document["answer"]["outcomes"])
        assert verdict(document["answer"]["overall"]) == ("favours-a", "velumix", "by-class", "asserted")

    def test_with_any_they_are_listed_and_still_decide_nothing_about_people(self, ask: Asked) -> None:
        found = row(ask("compare", "velumix", "kadorfen", "--species", "any"), "juckreiz")
        assert found["claims"] == ["ratten-velumix"]
        assert verdict(found) == NOTHING

    def test_asked_for_one_animal_its_claims_decide_and_no_others_are_there(self, ask: Asked) -> None:
        document = ask("compare", "velumix", "kadorfen", "--species", "rat")
        assert verdict(row(document, "juckreiz")) == ("favours-a", "velumix", "stated", "asserted")
        assert {each["species"] for each in document["claims"]} == {"rat"}
        assert "rat" in document["answer"]["headline"]

    def test_an_animal_that_no_claim_is_about_is_a_usage_error_that_names_those_there_are(self, ask: Asked) -> None:
        error = ask("compare", "velumix", "kadorfen", "--species", "rats", code=2)["error"]
        assert error["suggestions"] == ["rat"]
        assert "human" in error["hint"]

    def test_of_a_combination_the_verdict_in_rats_is_told_of_rats(self, ask: Asked) -> None:
        document = ask("combo", "talumix", "vitamin-q", "--species", "any")
        (rats,) = [item for item in document["answer"]["versus"] if item["species"] == "rat"]
        assert (rats["comparator"], rats["outcome"]) == ("talumix", "hautfeuchte")
        assert (rats["verdict"], rats["basis"], rats["hedge"]) == ("favours-combination", "stated", "asserted")
        (people,) = [item for item in document["answer"]["versus"] if item["species"] == "human"]
        assert (people["outcome"], people["verdict"], people["hedge"]) == (
            "juckreiz",
            "favours-combination",
            "possible",
        )
        clauses = document["answer"]["headline"].split("; ")
        (on_moisture,) = [clause for clause in clauses if "Hautfeuchte" in clause]
        assert "in rat studies" in on_moisture

    def test_of_people_nothing_is_told_of_rats(self, ask: Asked) -> None:
        document = ask("combo", "talumix", "vitamin-q")
        assert {item["species"] for item in document["answer"]["versus"]} == {"human"}
        assert document["answer"]["animal"] == ["ratten-synergie", "ratten-zusatz"]
        assert "synerg" not in document["answer"]["headline"].lower()


class TestPopulation:
    def test_the_population_asked_decides_a_broader_one_is_marked_and_none_stands_apart(self, ask: Asked) -> None:
        document = ask("compare", "vitamin-q", "talumix", "--population", "nordjucken-kinder")
        assert verdict(document["answer"]["preference"]) == NOTHING
        assert basis(document, "talumix-zuerst") == "broader"
        assert set(document["answer"]["population_not_stated"]) == {
            "kein-unterschied", "talumix-juckreiz", "quinoval-juckreiz", "quinoval-feuchte"
        }  # fmt: skip

    def test_asked_for_exactly_it_is_stated(self, ask: Asked) -> None:
        document = ask("compare", "talumix+vitamin-q", "talumix", "--population", "Kinder mit Nordjucken")
        assert document["query"]["population"] == "nordjucken-kinder"
        assert row(document, "juckreiz")["verdict"] == "favours-a"

    def test_a_narrower_population_is_marked_and_decides_nothing(self, ask: Asked) -> None:
        document = ask("compare", "velumix", "midorfen", "--population", "nordjucken", "--outcome", "juckreiz")
        assert verdict(row(document, "juckreiz")) == NOTHING
        assert basis(document, "velumix-erwachsene") == "narrower"

    def test_a_neighbouring_population_is_left_out(self, ask: Asked) -> None:
        document = ask("compare", "velumix", "midorfen", "--population", "nordjucken-kinder")
        assert all(each["id"] != "velumix-erwachsene" for each in document["claims"])

    def test_inherited_counts_as_the_population_and_says_so(self, ask: Asked) -> None:
        document = ask("compare", "vitamin-q", "talumix", "--population", "nordjucken")
        (found,) = [each for each in document["claims"] if each["id"] == "vitamin-q-feuchte"]
        assert found["population"] == {"id": "nordjucken", "basis": "inherited", "emphasis": None}
        assert found["basis"] == "stated"

    def test_evidence_marks_and_sets_apart_alike(self, ask: Asked) -> None:
        document = ask("evidence", "talumix", "--population", "nordjucken-kinder")
        assert basis(document, "talumix-zuerst") == "broader"
        assert "talumix-juckreiz" not in document["answer"]["claims"]
        assert "talumix-juckreiz" in document["answer"]["population_not_stated"]

    def test_rank_still_says_who_stands_there_by_class(self, ask: Asked) -> None:
        extra = claim("lumixane-zuerst", "recommendation", "lumixane", "preferred", None, against="dorfene",
                      favours="regimen", **quoted("A1", named=["talumix", "borlumix"]))  # fmt: skip
        store = store_of(table(claims=[extra]))
        tiers = answer_of(store, Rank("nordjucken-kinder"))["answer"]["tiers"]
        places = {place["regimen"]: (place["basis"], place["population"]) for place in tiers[0]["regimens"]}
        assert places == {
            "talumix": ("stated", "broader"),
            "borlumix": ("stated", "broader"),
            "velumix": ("by-class", "broader"),
        }


class TestBroaderAndNarrower:
    def test_the_narrower_form_is_known_by_itself_then_by_the_broader_one(self, ask: Asked) -> None:
        document = ask("compare", "quinoval", "kadorfen")
        assert verdict(row(document, "juckreiz")) == ("favours-a", "quinoval", "stated", "asserted")
        assert row(document, "hautfeuchte")["a"]["direction"] == "increases"
        assert row(document, "hautfeuchte")["a"]["broader"] == ["vitamin-q-feuchte"]
        assert basis(document, "vitamin-q-feuchte") == "broader"

    def test_of_the_broader_one_the_narrower_form_is_shown_marked_and_decides_nothing(self, ask: Asked) -> None:
        document = ask("compare", "vitamin-q", "kadorfen")
        found = row(document, "juckreiz")
        assert verdict(found) == NOTHING
        assert basis(document, "quinoval-juckreiz") == "narrower"
        assert row(document, "hautfeuchte")["a"]["narrower"] == ["quinoval-feuchte"]

    def test_a_broader_outcome_shows_what_is_said_of_a_narrower_one(self, ask: Asked) -> None:
        document = ask("compare", "kadorfen", "midorfen", "--outcome", "juckreiz")
        found = row(document, "juckreiz")
        assert verdict(found) == NOTHING
        assert found["narrower"] == ["kadorfen-nachts", "midorfen-nachts"]

    def test_never_the_other_way_round(self, ask: Asked) -> None:
        document = ask("compare", "talumix", "borlumix", "--outcome", "nachtjuckreiz", code=1)
        assert document["status"] == "no-evidence"
        assert document["answer"]["outcomes"][0]["claims"] == []

    def test_evidence_on_a_broader_outcome_marks_the_narrower_one(self, ask: Asked) -> None:
        document = ask("evidence", "kadorfen", "--outcome", "juckreiz")
        assert basis(document, "kadorfen-nachts") == "narrower"
        assert ask("evidence", "vitamin-q", "--outcome", "nachtjuckreiz", code=1)["answer"]["count"] == 0

    def test_evidence_on_a_combination_says_what_holds_by_class(self, ask: Asked) -> None:
        document = ask("evidence", "velumix+vitamin-q")
        assert document["answer"]["claims"] == ["kinder-vitamin-q"]
        assert basis(document, "kinder-vitamin-q") == "by-class"

    def test_only_this_outcome_is_told_of_animals_and_of_nobody_in_particular(self, ask: Asked) -> None:
        document = ask("compare", "velumix", "kadorfen", "--outcome", "hautfeuchte", code=1)
        assert document["answer"]["animal"] == []
        document = ask(
            "compare", "talumix", "vitamin-q", "--outcome", "rezeptorbindung", "--population", "nordjucken", code=1
        )
        assert document["answer"]["population_not_stated"] == []

    def test_a_claim_that_states_no_population_is_still_evidence(self, ask: Asked) -> None:
        document = ask("compare", "talumix", "borlumix", "--outcome", "juckreiz", "--population", "nordjucken")
        assert verdict(row(document, "juckreiz")) == NOTHING
        assert "kein-unterschied" in document["answer"]["population_not_stated"]


class TestCombinations:
    def test_by_class_with_the_class_resolved_in_the_comparator(self, ask: Asked) -> None:
        answer = ask("combo", "vitamin-q", "velumix")["answer"]
        assert answer["by_class"] == ["kinder-vitamin-q"]
        assert [(item["comparator"], item["verdict"], item["basis"], item["hedge"]) for item in answer["versus"]] == [
            ("velumix", "favours-combination", "by-class", "possible")
        ]
        assert answer["headline"].startswith("May favour")

    def test_one_after_the_other_is_not_together(self, ask: Asked) -> None:
        assert ask("combo", "kadorfen", "talumix", code=1)["answer"]["stated"] == []
        document = ask("compare", "kadorfen-then-talumix", "kadorfen")
        assert document["query"]["a"] == "kadorfen-then-talumix"
        assert "nacheinander" in document["answer"]["general"]["a"]
        assert all(
            each["id"] != "nacheinander" for each in ask("compare", "talumix-then-kadorfen", "kadorfen")["claims"]
        )

    def test_a_sequence_is_shown_in_its_order_everywhere(self, path: Path, ask: Asked) -> None:
        (found,) = [each for each in ask("evidence", "kadorfen")["claims"] if each["id"] == "nacheinander"]
        assert (found["regimen"], found["combination"]) == (["kadorfen", "talumix"], "sequential")
        for arguments in (("evidence", "kadorfen"), ("rank",), ("compare", "kadorfen-then-talumix", "velumix")):
            shown = run(*arguments, "-f", "plain", "-e", path).out
            assert "Kadorfen, then Talumix" in shown
            assert "Kadorfen + Talumix" not in shown

    def test_what_each_agent_does_alone_stands_beside_it_marked(self, ask: Asked) -> None:
        answer = ask("combo", "velumix", "vitamin-q")["answer"]
        alone = {item["agent"]: item for item in answer["components"]}
        assert alone["velumix"]["by_class"] == ["lumixane-wirksamer"]
        assert "vitamin-q-juckreiz" in alone["vitamin-q"]["claims"]
        assert alone["vitamin-q"]["by_class"] == []

    def test_one_agent_alone_is_no_combination(self, ask: Asked) -> None:
        assert ask("combo", "talumix", "Talumix", code=2)["error"]["code"] == "usage"


class TestSummaries:
    def test_a_curators_words_are_never_shown_as_a_quotation(self, ask: Asked, path: Path) -> None:
        (found,) = ask("evidence", "velumix", "--outcome", "uebelkeit")["claims"]
        assert found["quote"] is None
        assert found["summary"] == "Velumix verursachte vermutlich Übelkeit."
        assert found["translations"] == {}
        for form in ("table", "plain", "markdown"):
            shown = run("evidence", "velumix", "--outcome", "uebelkeit", "-f", form, "-e", path).out
            assert found["summary"] in shown
            assert f"“{found['summary']}”" not in shown
            assert "summary" in shown

    def test_every_source_of_a_summary_is_among_the_sources(self, ask: Asked) -> None:
        for arguments in (
            ("evidence", "--outcome", "uebelkeit"),
            ("compare", "velumix", "talumix"),
            ("show", "velumix-uebelkeit"),
        ):
            document = ask(*arguments)
            assert {"abel-1998", "boehm-2001"} <= {source["id"] for source in document["sources"]}

    def test_a_harm_that_is_stated_is_not_said_to_be_missing(self, ask: Asked) -> None:
        caveats = "\n".join(ask("compare", "velumix", "talumix")["caveats"])
        assert "harms of Talumix" in caveats
        assert "harms of Velumix" not in caveats
        assert "Talumix and Velumix" in caveats  # of interactions nothing is stated of either


class TestLanguages:
    def test_the_original_is_quoted_unless_another_language_is_asked_for(self, ask: Asked) -> None:
        (german,) = [
            each for each in ask("compare", "talumix", "dorfene")["claims"] if each["id"] == "lumixane-wirksamer"
        ]
        assert german["quote"]["lang"] == "de"
        assert set(german["translations"]) == {"fr"}
        document = ask("compare", "talumix", "dorfene", "--lang", "fr")
        (french,) = [each for each in document["claims"] if each["id"] == "lumixane-wirksamer"]
        assert french["quote"]["lang"] == "fr"
        assert french["quote"]["text"] == german["translations"]["fr"]["text"]
        assert "dorfènes" in run("compare", "kadorfen", "dorfene", "--lang", "fr", "-e", ask.path, "-f", "plain").out

    def test_a_sentence_without_that_language_is_quoted_in_its_own(self, ask: Asked) -> None:
        (found,) = ask("evidence", "--kind", "usage", "--lang", "fr")["claims"]
        assert found["quote"]["lang"] == "de"

    @pytest.mark.parametrize("name", ["TALUMIX", "talumixe", "Talumix ", "ta-lu_mix"])
    def test_every_name_of_an_agent_stands_for_it(self, ask: Asked, name: str) -> None:
        assert ask("compare", name, "Dorfènes")["query"] == ask("compare", "talumix", "dorfene")["query"]

    def test_a_language_that_the_table_lacks_is_a_usage_error_that_names_those_it_has(self, ask: Asked) -> None:
        error = ask("rank", "--lang", "en", code=2)["error"]
        assert "de" in error["hint"]
        assert "fr" in error["hint"]


class TestOrder:
    def test_a_first_choice_without_a_comparator_comes_first(self, ask: Asked) -> None:
        answer = ask("rank")["answer"]
        assert [[place["regimen"] for place in tier["regimens"]] for tier in answer["tiers"]] == [
            ["borlumix", "talumix"],
            ["vitamin-q"],
        ]
        (addition,) = answer["add_on"]
        assert addition["regimen"] == "kadorfen-then-talumix"

    def test_a_class_as_first_choice_without_a_comparator_stands_for_its_members(self) -> None:
        first = claim(
            "lumixane-erste-wahl", "recommendation", "lumixane", "preferred", None, **quoted("A1", named=["talumix"])
        )
        (tier,) = answer_of(store_of(table(claims=[first])), Rank())["answer"]["tiers"]
        assert [(place["regimen"], place["basis"]) for place in tier["regimens"]] == [
            ("talumix", "stated"),
            ("borlumix", "by-class"),
            ("velumix", "by-class"),
        ]

    def test_a_class_within_a_class_gives_its_members_and_is_none_of_them(self) -> None:
        agents = [dict(agent) for agent in AGENTS] + [
            {"id": "antipruriginosa", "kind": "class", "names": {"de": "Antipruriginosa"}}
        ]
        agents[0]["classes"] = [{"of": "antipruriginosa", "summary": "Lehrbuch."}]
        first = claim("erst-diese", "recommendation", "antipruriginosa", "preferred", None, against="vitamin-q",
                      favours="regimen", **quoted("A2"))  # fmt: skip
        upper, _ = answer_of(store_of(table(agents=agents, claims=[first])), Rank())["answer"]["tiers"]
        assert [place["regimen"] for place in upper["regimens"]] == ["borlumix", "talumix", "velumix"]

    @staticmethod
    def before(first: str, then: str, **more: object) -> Document:
        return claim(f"{first}-vor-{then}", "recommendation", first, "preferred", None, against=then, favours="regimen",
                     **quoted("A2", **more))  # fmt: skip

    def test_preferences_that_run_in_a_circle_share_a_place(self) -> None:
        claims = [self.before("talumix", "kadorfen"), self.before("kadorfen", "midorfen"),
                  self.before("midorfen", "talumix"),
                  self.before("midorfen", "vitamin-q"), self.before("velumix", "talumix")]  # fmt: skip
        tiers = answer_of(store_of(table(claims=claims)), Rank())["answer"]["tiers"]
        assert [[place["regimen"] for place in tier["regimens"]] for tier in tiers] == [
            ["velumix"],
            ["kadorfen", "midorfen", "talumix"],
            ["vitamin-q"],
        ]

    def test_two_that_are_each_put_before_the_other_share_a_place(self) -> None:
        claims = [self.before("talumix", "kadorfen"), self.before("kadorfen", "talumix")]
        (tier,) = answer_of(store_of(table(claims=claims)), Rank())["answer"]["tiers"]
        assert [place["regimen"] for place in tier["regimens"]] == ["kadorfen", "talumix"]
        assert sorted(tier["claims"]) == ["kadorfen-vor-talumix", "talumix-vor-kadorfen"]

    def test_between_two_what_is_stated_outweighs_what_holds_by_class(self) -> None:
        claims = [self.before("lumixane", "vitamin-q"), self.before("vitamin-q", "velumix")]
        tiers = answer_of(store_of(table(claims=claims)), Rank())["answer"]["tiers"]
        assert [[place["regimen"] for place in tier["regimens"]] for tier in tiers] == [
            ["borlumix", "talumix"],
            ["vitamin-q"],
            ["velumix"],
        ]

    def test_the_order_is_worded_no_more_strongly_than_its_weakest_claim(self) -> None:
        weak = self.before("talumix", "kadorfen") | {"hedge": {"level": "possible", "cues": {"de": ["sollte"]}}}
        answer = answer_of(store_of(table(claims=[weak])), Rank())["answer"]
        assert [tier["hedge"] for tier in answer["tiers"]] == ["possible", "possible"]
        assert "possible" in answer["headline"]

    def test_a_recommendation_that_only_retracted_sources_make_places_nobody(self) -> None:
        gone = self.before("talumix", "kadorfen", rests_on_retracted=True) | {"sentences": ["czerny-1985/C1"]}
        gone["hedge"] = {"level": "asserted"}
        assert answer_of(store_of(table(claims=[gone])), Rank())["status"] == "no-evidence"

    def test_a_recommendation_for_animals_places_nobody(self) -> None:
        rats = self.before("talumix", "kadorfen", species="rat") | {"population": {"id": "ratten", "basis": "stated"}}
        answered = answer_of(store_of(table(claims=[rats])), Rank())
        assert (answered["status"], answered["answer"]["tiers"]) == ("no-evidence", [])

    def test_advice_without_an_order_still_says_which_harms_the_table_speaks_of(self) -> None:
        advice = claim("velumix-dazu", "recommendation", "velumix+vitamin-q", "recommended", None,
                       **quoted("A2", combination="concurrent"))  # fmt: skip
        harms = [each for each in CLAIMS if each["id"] == "velumix-uebelkeit"]
        caveats = "\n".join(answer_of(store_of(table(claims=[advice, *harms])), Rank())["caveats"])
        assert "harms of Vitamin Q" in caveats
        assert "harms of Velumix" not in caveats


def test_a_harm_of_the_class_is_a_statement_on_harms_of_its_members() -> None:
    harm = claim("lumixane-uebelkeit", "efficacy", "lumixane", "causes", "uebelkeit", **quoted("A1"))
    caveats = answer_of(store_of(table(claims=[harm])), Compare("talumix", "velumix"))["caveats"]
    assert not any("harms" in caveat for caveat in caveats)


def test_two_sentences_behind_one_claim_are_both_told(ask: Asked) -> None:
    both = claim("zwei-saetze", "comparison", "kadorfen", "superior", None, against="vitamin-q", favours="regimen",
                 sentences=["abel-1998/A1", "boehm-2001/B1"])  # fmt: skip
    document = answer_of(store_of(table(claims=[both])), Compare("kadorfen", "vitamin-q"))
    (found,) = document["claims"]
    assert found["quote"]["sentence"] == "A1"
    (further,) = found["further_quotes"]
    assert (further["source"], further["sentence"]) == ("boehm-2001", "B1")
    assert further["text"].startswith("Midorfen lindert")
    assert {source["id"] for source in document["sources"]} == {"abel-1998", "boehm-2001"}


def test_a_claim_with_one_standing_source_counts() -> None:
    partly = claim("noch-eine-quelle", "comparison", "kadorfen", "superior", None, against="vitamin-q",
                   favours="regimen", sentences=["czerny-1985/C1", "abel-1998/A1"])  # fmt: skip
    document = answer_of(store_of(table(claims=[partly])), Compare("kadorfen", "vitamin-q"))
    assert document["answer"]["overall"]["verdict"] == "favours-a"
    assert any("retracted (czerny-1985)" in caveat for caveat in document["caveats"])


def test_sources_are_shown_whole(ask: Asked) -> None:
    shown = ask("show", "czerny-1985")["answer"]
    assert shown["integrity"] == {"status": "retracted", "note": "Erfundene Daten.", "doi": None}
    assert shown["text"] == "czerny-1985.txt"
    assert ask("sources")["answer"]["count"] == len(SOURCES)
