"""Numbers stand beside sentences: they change no verdict, and the headline says where the two disagree."""

from typing import Any

import pytest

from bonerx.answer import Answer
from bonerx.asking import ask
from bonerx.questions.combo.question import Combo
from bonerx.questions.compare.question import Compare
from bonerx.questions.rank.by_statements import Rank
from bonerx.questions.trial_estimates.estimates import clauses, hangs, limits, numbers, side_of
from bonerx.render import Options, render


def told(answer: Answer) -> str:
    return "".join(render(answer, "plain", Options()))  # type: ignore[arg-type]


def estimates(answer: Answer) -> dict[str, dict[str, Any]]:
    return {estimate["outcome"]: estimate for estimate in answer.document["answer"]["estimates"]}


class TestCompare:
    def test_a_direct_pool_stands_beside_the_statements(self) -> None:
        answer = ask(Compare("alendronate", "placebo"))
        pool = estimates(answer)["vertebral-fracture"]
        assert pool["kind"] == "direct"
        assert pool["k"] == 4
        assert pool["value"] == pytest.approx(0.5379, abs=1e-4)
        assert pool["studies"] == ["black-1996", "cummings-1998", "liberman-1995", "bone-1997"]
        rows = {row["outcome"]: row for row in answer.document["answer"]["outcomes"]}
        assert rows["vertebral-fracture"]["verdict"] == "undetermined"
        assert rows["vertebral-fracture"]["estimates"] == [pool]
        assert {"black-1996", "wells-2008-alendronate"} <= {source["id"] for source in answer.document["sources"]}

    def test_the_other_way_round_only_the_signs_change(self) -> None:
        one = estimates(ask(Compare("alendronate", "placebo")))
        other = estimates(ask(Compare("placebo", "alendronate")))
        assert one.keys() == other.keys()
        for outcome, estimate in one.items():
            assert other[outcome]["te"] == pytest.approx(-estimate["te"])
            assert other[outcome]["se"] == pytest.approx(estimate["se"])

    def test_a_headline_names_what_hangs_on_the_interval(self) -> None:
        headline = ask(Compare("alendronate", "placebo")).headline
        assert "by Wald's interval, not by Hartung–Knapp's, on femoral neck BMD and nonvertebral fractures" in headline

    def test_no_direct_trial_is_answered_through_the_network(self) -> None:
        answer = ask(Compare("alendronate", "risedronate", "vertebral-fracture"))
        (estimate,) = answer.document["answer"]["estimates"]
        assert estimate["kind"] == "network"
        assert estimate["share_direct"] == 0
        assert len(estimate["studies"]) == 6
        assert "indirectly, shows no clear difference: RR 0.86 (0.61 to 1.22), 6 trials" in answer.headline

    def test_the_network_stands_beside_a_direct_pool_only_when_asked(self) -> None:
        alone = ask(Compare("alendronate", "placebo", "vertebral-fracture"))
        both = ask(Compare("alendronate", "placebo", "vertebral-fracture", network=True))
        assert [estimate["kind"] for estimate in alone.document["answer"]["estimates"]] == ["direct"]
        assert [estimate["kind"] for estimate in both.document["answer"]["estimates"]] == ["direct", "network"]

    def test_a_concern_keeps_an_estimate_behind_an_option(self) -> None:
        answer = ask(Compare("vitamin-k2", "alendronate", "vertebral-fracture"))
        (estimate,) = answer.document["answer"]["estimates"]
        assert estimate["value"] is None
        assert estimate["reason"] == "connected only through a trial with an integrity concern"
        assert estimate["reason"] in answer.headline
        flagged = ask(Compare("vitamin-k2", "alendronate", "vertebral-fracture", include_flagged=True))
        (estimate,) = flagged.document["answer"]["estimates"]
        assert estimate["flagged_studies"] == ["ishida-2004"]
        assert estimate["value"] == pytest.approx(1.54, abs=0.01)
        assert any("integrity concern: ishida-2004" in caveat for caveat in flagged.document["caveats"])

    def test_trials_on_people_say_nothing_in_an_answer_on_rats(self) -> None:
        assert ask(Compare("risedronate", "vitamin-k2", species="rat")).document["answer"]["estimates"] == []

    def test_numbers_alone_are_an_answer(self) -> None:
        answer = ask(Compare("teriparatide", "placebo", "vertebral-fracture"))
        assert answer.answered
        assert answer.document["claims"] == []
        assert answer.headline.startswith(
            "Undetermined on new vertebral fractures: no statement compares the two on it; the network of trials"
        )

    def test_a_population_is_not_asked_of_the_trials_and_the_answer_says_so(self) -> None:
        answer = ask(Compare("alendronate", "placebo", population="postmenopausal-osteoporosis"))
        assert "the numbers are of all trials of the table, whatever their population" in answer.document["caveats"]

    def test_what_a_person_reads_has_the_numbers_and_where_they_come_from(self) -> None:
        text = told(ask(Compare("alendronate", "placebo")))
        assert "In numbers: alendronate against placebo" in text
        assert "RR 0.54 (0.44 to 0.66)" in text
        assert "Published pools, shown and never pooled again" in text
        assert "not known" not in text.split("In numbers")[1].split("Published")[0]
        assert "connected only through" in told(ask(Compare("vitamin-k2", "alendronate", "vertebral-fracture")))


class TestAsOf:
    def test_evidence_stands_as_it_stood(self) -> None:
        answer = ask(Compare("alendronate", "placebo", as_of=1997))
        assert answer.document["claims"] == []
        assert "cummings-1998" not in estimates(answer)["vertebral-fracture"]["studies"]
        assert all(published["year"] <= 1997 for published in answer.document["answer"]["published"])
        assert answer.document["answer"]["findings"] == []
        assert answer.headline.startswith(
            "Nothing is stated of alendronate or placebo; the trials of this table favour"
        )

    def test_a_ranking_needs_a_source_of_its_time(self) -> None:
        assert not ask(Rank(as_of=2002)).answered
        assert ask(Rank(as_of=2003)).answered
        assert ask(Rank(as_of=2003)).document["answer"]["findings"] == []

    def test_a_combination_knows_the_trials_of_its_time(self) -> None:
        early = ask(Combo(("risedronate", "vitamin-k2"), as_of=2003))
        assert early.document["answer"]["trials"] == []
        assert "no trial of this table gives risedronate + vitamin K2" in early.headline
        later = ask(Combo(("risedronate", "vitamin-k2"), as_of=2011)).document["answer"]["trials"]
        assert [trial["study"] for trial in later] == ["sato-2011"]


class TestCombo:
    def test_trials_that_give_no_figure_are_named_with_the_reason(self) -> None:
        answer = ask(Combo(("risedronate", "vitamin-k2")))
        reasons = {trial["study"]: trial["reason"] for trial in answer.document["answer"]["trials"]}
        assert reasons.keys() == {"sato-2011", "risedronate-k2-2014", "joint-03"}
        assert "integrity concern" in reasons["sato-2011"]
        assert reasons["joint-03"] == "gives no figure that this table holds"
        assert "lets risedronate + vitamin K2 be pooled without an integrity concern" in answer.headline
        assert "Trials of the combination" in told(answer)

    def test_a_class_is_answered_with_the_trials_of_its_members(self) -> None:
        trials = ask(Combo(("bisphosphonates", "vitamin-k2"))).document["answer"]["trials"]
        assert {trial["study"] for trial in trials} >= {"hirao-2008", "sato-2011"}

    def test_on_an_outcome_the_component_model_says_why_it_does_not_answer(self) -> None:
        answer = ask(Combo(("risedronate", "vitamin-k2"), "nonvertebral-fracture"))
        model = answer.document["answer"]["component_model"]
        assert model["estimable"] is False
        assert any(caveat.startswith("component model:") for caveat in answer.document["caveats"])


class FakeWords:
    def name(self, kind: str, id_: str) -> str:
        return id_

    def record(self, kind: str, id_: str) -> dict[str, str]:
        return {"better": "lower"}


def estimate(low: float, high: float, **more: Any) -> dict[str, Any]:
    value = (low * high) ** 0.5
    fields = {"outcome": "x", "kind": "direct", "measure": "RR", "value": value, "ci_low": low, "ci_high": high}
    return {**fields, "hk": None, "studies": ["s1", "s2"], "k": 2, "flagged_studies": [], **more}


class TestSides:
    def test_the_better_direction_decides_whom_an_interval_favours(self) -> None:
        assert side_of(estimate(0.4, 0.8), "lower") == 0
        assert side_of(estimate(0.4, 0.8), "higher") == 1
        assert side_of(estimate(1.4, 1.8), "lower") == 1
        assert side_of(estimate(0.4, 1.2), "lower") is None
        assert side_of(estimate(1.0, 2.0) | {"ci_low": None}, "lower") is None

    def test_a_wider_interval_of_hartung_and_knapp_is_told(self) -> None:
        wide = {"ci_low": 0.3, "ci_high": 1.1}
        assert hangs(estimate(0.4, 0.8, hk=wide), "lower")
        assert not hangs(estimate(0.4, 0.8, hk={"ci_low": 0.35, "ci_high": 0.9}), "lower")
        assert not hangs(estimate(0.4, 1.2, hk=wide), "lower")

    def test_a_headline_says_when_words_and_numbers_disagree(self) -> None:
        from bonerx.questions.trial_estimates.estimates import Numbers

        found = Numbers((estimate(1.4, 1.8),), ())
        words: Any = FakeWords()
        (one,) = clauses(words, ("A", "B"), found, {"x": 0}, one=False)
        assert one == "but the trials of this table favour B on x"
        (told_,) = clauses(words, ("A", "B"), found, {"x": 0}, one=True)
        assert told_.startswith("but the pool of the trials favours B: RR 1.59 (1.40 to 1.80), 2 trials")
        (agreed,) = clauses(words, ("A", "B"), found, {"x": 1}, one=False)
        assert agreed == "the trials of this table favour B on x"

    def test_limits_name_flagged_trials_and_caveats_once(self) -> None:
        from bonerx.questions.trial_estimates.estimates import Numbers

        flagged = estimate(0.4, 0.8, flagged_studies=["s9"], caveats=["sparse", "sparse"])
        assert limits(Numbers((flagged,), ()), population=None) == [
            "the network counts trials of integrity concern: s9",
            "on x: sparse",
        ]


def test_no_numbers_where_nothing_was_ever_compared() -> None:
    from bonerx.asking import open_table

    store, _ = open_table(["default"])
    found = numbers(store, "menatetrenone", "calcitonin", None)
    assert found.estimates == ()
    assert not found.any
