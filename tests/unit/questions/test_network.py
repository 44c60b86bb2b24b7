"""Asked of a network: what a script gets, what a person reads, and when there is nothing to say."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from asking import run

from bonerx.asking import ask, open_table
from bonerx.errors import UsageError
from bonerx.questions.network.options import Choice
from bonerx.questions.network.question import network
from bonerx.questions.network.stored import component_answer, network_estimate
from bonerx.store.queries import Store

VERTEBRAL = ("--outcome", "vertebral-fracture")
FIELDS = {
    "outcome", "measure", "reference", "connected", "parts", "nodes", "edges", "common", "random", "heterogeneity",
    "splits", "ranking", "designs", "components", "headline",
}  # fmt: skip
ESTIMATE = {"te", "se", "value", "ci_low", "ci_high"}


@pytest.fixture(scope="module")
def shipped() -> Store:
    return open_table(["default"])[0]


def pair(rows: list[dict[str, Any]], a: str, b: str) -> dict[str, Any]:
    return next(row for row in rows if (row["a"], row["b"]) == (a, b))


def test_a_network_has_the_fields_of_the_contract() -> None:
    ran = run("network", *VERTEBRAL, "--json")
    assert ran.code == 0
    document = ran.document
    assert document["status"] == "answered"
    assert document["query"]["command"] == "network"
    assert document["claims"] == []
    answer = document["answer"]
    assert answer.keys() >= FIELDS
    assert answer["reference"] == "placebo"
    assert answer["connected"] is True
    assert {"alendronate", "placebo", "risedronate"} <= set(answer["parts"][0])
    assert set(answer["random"]["pairs"][0]) >= ESTIMATE
    assert answer["random"]["tau2_method"] == "REML"
    read_in = {source for study in answer["studies"] for source in study["sources"]}
    assert read_in <= {source["id"] for source in document["sources"]}
    assert {one["study"]: one["reason"] for one in answer["excluded"]}["chesnut-1995"] == "no event in any arm"


def test_alendronate_against_risedronate_is_joined_through_placebo(shipped: Store) -> None:
    found = network_estimate(shipped, "alendronate", "risedronate", "vertebral-fracture")
    assert found is not None
    assert found["connected"] is True
    assert found["k"] == 0
    assert found["share_direct"] == 0
    assert found["ci_low"] < found["value"] < found["ci_high"]
    assert {"black-1996", "harris-1999"} <= {one["study"] for one in found["studies"]}
    assert sum(one["share"] for one in found["studies"]) == pytest.approx(1)
    assert "indirect evidence only: no study compares them" in found["caveats"]
    assert found["sources"]
    back = network_estimate(shipped, "risedronate", "alendronate", "vertebral-fracture")
    assert back is not None
    assert back["te"] == -found["te"]
    assert back["value"] == pytest.approx(1 / found["value"])
    assert back["ci_low"] == pytest.approx(1 / found["ci_high"])


def test_vitamin_k2_is_joined_to_alendronate_only_through_a_trial_of_integrity_concern(shipped: Store) -> None:
    found = network_estimate(shipped, "vitamin-k2", "alendronate", "vertebral-fracture")
    assert found is not None
    assert found["connected"] is False
    assert found["te"] is None
    assert found["reason"] == "connected only through a trial with an integrity concern"
    assert found["through"] == ["ishida-2004"]
    assert found["flagged"]["connected"] is True
    assert found["flagged"]["flagged_studies"] == ["ishida-2004"]
    assert found["flagged"]["ci_low"] < found["flagged"]["value"] < found["flagged"]["ci_high"]


def test_a_pair_in_two_parts_is_not_connected_and_names_the_missing_link(shipped: Store) -> None:
    found = network_estimate(shipped, "alendronate", "no-treatment", "femoral-neck-bmd")
    assert found is not None
    assert (found["connected"], found["reason"], found["te"]) == (False, "not connected", None)
    assert found["missing_link"] == {"a": "alendronate", "b": "etidronate"}
    assert found["flagged"] is None


def test_an_outcome_without_studies_and_a_regimen_without_trials(shipped: Store) -> None:
    assert network_estimate(shipped, "alendronate", "etidronate", "trabecular-thickness") is None
    assert component_answer(shipped, "alendronate", "etidronate", "trabecular-thickness") is None
    found = network_estimate(shipped, "alendronate", "bisphosphonates", "vertebral-fracture")
    assert found is not None
    assert found["reason"] == "no trial that counts has `bisphosphonates`"


def test_a_combination_without_a_sound_trial_has_no_component_answer_but_a_flagged_one(shipped: Store) -> None:
    found = component_answer(shipped, "vitamin-k2", "risedronate", "nonvertebral-fracture")
    assert found is not None
    assert found["regimen"] == "risedronate+vitamin-k2"
    assert found["estimable"] is False
    assert found["reason"] == "no trial of the combination on this outcome counts"
    flagged = found["flagged"]
    assert flagged["studies"] == ["sato-2011"]
    adds = {one["component"]: one for one in flagged["adds"]}
    assert adds["vitamin-k2"]["value"] == pytest.approx(0.31)
    assert flagged["additivity"]["df"] == 0
    assert "so nothing supports synergy" in flagged["caveats"][0]


def test_a_disconnected_network_is_answered_part_by_part() -> None:
    ran = run("network", "--outcome", "femoral-neck-bmd", "--json")
    assert ran.code == 0
    answer = ran.answer
    assert answer["connected"] is False
    assert [part["regimens"] for part in answer["parts"]] == [
        ["alendronate", "placebo"],
        ["etidronate", "no-treatment"],
    ]
    assert answer["parts"][0]["random"]["tau2"] > 0
    apart = pair(answer["random"]["pairs"], "alendronate", "etidronate")
    assert (apart["te"], apart["reason"]) == (None, "not connected")
    assert "2 parts that no trial joins" in answer["headline"]
    text = run("network", "--outcome", "femoral-neck-bmd").out
    assert "alendronate against etidronate" in text


@pytest.mark.parametrize("command", ["network", "league", "rank"])
def test_an_outcome_without_a_network_is_no_evidence(command: str) -> None:
    for outcome in ("osteocalcin", "trabecular-thickness"):
        ran = run(command, "--outcome", outcome, "--json")
        assert ran.code == 1
        assert ran.document["status"] == "no-evidence"
        assert "no study that counts compares two regimens" in ran.answer["headline"]
    assert run(command, "--outcome", "osteocalcin").code == 1


@pytest.mark.parametrize("command", ["network", "league", "rank"])
def test_what_a_network_cannot_be_asked(command: str) -> None:
    assert run(command, "--outcome", "vertebral-fractur", "--json").document["error"]["code"] == "unknown-outcome"
    unknown = run(command, *VERTEBRAL, "--reference", "calcium", "--json")
    assert (unknown.code, unknown.document["error"]["code"]) == (2, "unknown-regimen")
    study = run(command, *VERTEBRAL, "--exclude", "black-1997", "--json")
    assert (study.code, study.document["error"]["suggestions"][0]) == (2, "black-1996")
    assert "is for odds ratios" in run(command, *VERTEBRAL, "--method", "mh").err
    both = run(command, *VERTEBRAL, "--data", "x.csv")
    assert (both.code, "either" in both.err) == (2, True)


def test_neither_an_outcome_nor_a_file() -> None:
    assert run("network").code == run("league").code == 2
    assert run("rank").code == 0


def test_other_options_analyse_anew() -> None:
    default = run("network", *VERTEBRAL, "--json").answer
    same = run("network", *VERTEBRAL, "--tau2", "reml", "--as-of", "2026", "--json").answer
    assert same["random"]["pairs"] == default["random"]["pairs"]
    early = run("network", *VERTEBRAL, "--as-of", "1999", "--json").answer
    assert {"teriparatide", "romosozumab-then-alendronate"}.isdisjoint(early["parts"][0])
    assert {one["study"] for one in early["excluded"]} >= {"kendler-2018", "saag-2017"}
    fewer = run("network", *VERTEBRAL, "--exclude", "black-1996", "--json").answer
    assert pair(fewer["splits"], "alendronate", "placebo")["k"] == 3
    sparse = run("network", *VERTEBRAL, "--measure", "OR", "--method", "mh", "--json")
    assert sparse.answer["common"]["method"] == "mh"
    assert sparse.answer["random"]["pairs"] == []
    assert "a common-effect model" in " ".join(sparse.document["caveats"])
    other = run("network", *VERTEBRAL, "--reference", "alendronic acid", "--json")
    assert other.answer["reference"] == "alendronate"
    assert other.document["query"]["reference"] == "alendronate"


def test_flagged_trials_count_on_request() -> None:
    default = run("network", *VERTEBRAL, "--json")
    assert any("ishida-2004" in caveat and "--include-flagged" in caveat for caveat in default.document["caveats"])
    flagged = run("network", *VERTEBRAL, "--include-flagged", "--json")
    assert "vitamin-k2" in flagged.answer["parts"][0]
    assert "integrity: concern (ishida-2004)" in flagged.document["caveats"]
    again = run("network", *VERTEBRAL, "--include-flagged", "--as-of", "2026", "--json")
    assert again.answer["random"] == flagged.answer["random"]
    without_difference = run("network", "--outcome", "wrist-fracture", "--include-flagged", "--json")
    assert without_difference.code == 0


def test_a_person_sees_the_network_its_estimates_its_trials_and_its_limits() -> None:
    text = run("network", *VERTEBRAL, "--format", "table", "--contributions").out
    for told in ("How trials join the regimens", "┝━ 4 ━ alendronate", "Against placebo", "Ranking by the network",
                 "What carries each estimate", "black-1996 58%", "Left out", "What limits this answer"):  # fmt: skip
        assert told in text
    plain = run("network", *VERTEBRAL).out
    assert "placebo\talendronate\t4\n" in plain or "alendronate\tplacebo\t4\n" in plain
    assert "###" in run("network", *VERTEBRAL, "--format", "markdown").out


def test_the_rows_of_a_spreadsheet_are_the_pairs() -> None:
    rows = list(csv.DictReader(io.StringIO(run("network", *VERTEBRAL, "--format", "csv").out)))
    answer = run("network", *VERTEBRAL, "--json").answer
    assert len(rows) == len(answer["random"]["pairs"]) == 21
    one, same = rows[0], answer["random"]["pairs"][0]
    assert (one["a"], one["b"], float(one["random_te"])) == (same["a"], same["b"], same["te"])


def test_a_league_table_has_the_network_above_and_the_direct_estimates_below() -> None:
    ran = run("league", *VERTEBRAL, "--json")
    assert ran.code == 0
    answer = ran.answer
    scores = [one["p_score"] for one in answer["ranking"]]
    assert scores == sorted(scores, reverse=True)
    assert answer["order"] == [one["regimen"] for one in answer["ranking"]]
    place = {regimen: number for number, regimen in enumerate(answer["order"])}
    assert len(answer["cells"]) == len(place) * (len(place) - 1)
    network = run("network", *VERTEBRAL, "--json").answer
    for cell in answer["cells"]:
        above = place[cell["row"]] < place[cell["column"]]
        assert cell["kind"] == ("network" if above else "direct")
        a, b = sorted((cell["row"], cell["column"]))
        row = pair(network["random"]["pairs"], a, b) if above else pair(network["splits"], a, b)["direct"]
        if row is None:
            assert (cell["te"], cell["reason"]) == (None, "no study compares them directly")
        else:
            assert cell["te"] == (row["te"] if cell["row"] == a else -row["te"])
    text = run("league", *VERTEBRAL, "--format", "table").out
    assert "Above the diagonal" in text
    rows = list(csv.DictReader(io.StringIO(run("league", *VERTEBRAL, "--format", "csv").out)))
    assert [row["kind"] for row in rows] == [cell["kind"] for cell in answer["cells"]]


def test_the_ranking_by_trials_never_looks_like_the_one_by_statements() -> None:
    by_trials = run("rank", *VERTEBRAL, "--json")
    assert by_trials.answer["by"] == "trials"
    assert "tiers" not in by_trials.answer
    assert "ranking" not in run("rank", "--json").answer
    scores = [row["p_score"] for row in by_trials.answer["ranking"]]
    assert sum(scores) / len(scores) == pytest.approx(0.5)
    text, statements = run("rank", *VERTEBRAL).out, run("rank").out
    assert "by the network of trials, not by what sources recommend" in text
    assert "P-score" in text
    assert "P-score" not in statements
    assert "Rests on" not in text


def test_options_of_one_ranking_are_refused_beside_the_other() -> None:
    assert run("rank", "--measure", "OR").code == 2
    assert run("rank", *VERTEBRAL, "--population", "osteoporosis").code == 2
    assert run("rank", *VERTEBRAL, "--explain").code == 2


def test_the_other_direction_of_benefit_turns_the_ranking_round() -> None:
    lower = {row["regimen"]: row["p_score"] for row in run("rank", *VERTEBRAL, "--json").answer["ranking"]}
    higher = run("rank", *VERTEBRAL, "--better", "higher", "--json").answer["ranking"]
    for row in higher:
        assert row["p_score"] == pytest.approx(1 - lower[row["regimen"]])


def test_a_figure_of_the_network_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "one.svg", tmp_path / "two.svg"
    assert run("network", *VERTEBRAL, "--plot", first, "--json").code == 0
    assert run("network", *VERTEBRAL, "--plot", second).code == 0
    drawn = first.read_bytes()
    assert drawn == second.read_bytes()
    assert b"romosozumab, then alendronate" in drawn
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["one.svg", "two.svg"]
    for ending in ("png", "pdf"):
        run("network", *VERTEBRAL, "--plot", tmp_path / f"network.{ending}")
        assert (tmp_path / f"network.{ending}").stat().st_size > 1000
    wrong = run("network", *VERTEBRAL, "--plot", "network.gif")
    assert (wrong.code, "no figure can be drawn as `network.gif`" in wrong.err) == (2, True)
    assert run("network", "--outcome", "osteocalcin", "--plot", tmp_path / "nothing.svg").code == 1


TRIALS = """study,treatment,r,n
one,x,12,150
one,placebo,25,148
two,y,18,200
two,placebo,30,205
three,x,9,98
three,x+y,5,101
four,z,4,60
four,w,9,61
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "trials.csv"
    path.write_text(TRIALS, encoding="utf-8")
    return path


def test_a_network_of_a_file_needs_no_table(own: Path) -> None:
    mapped = ("--data", own, "--column", "events=r")
    ran = run("network", *mapped, "--measure", "OR", "--inactive", "placebo", "--json")
    assert ran.code == 0
    document = ran.document
    assert [file["path"] for file in document["evidence"]] == [str(own)]
    answer = document["answer"]
    assert (answer["outcome"], answer["connected"], document["sources"]) == (None, False, [])
    adds = {one["component"]: one for one in answer["components"]["components"]}
    assert adds["x"]["estimable"] is True
    assert adds["z"]["estimable"] is False
    assert "additive model joins" not in " ".join(document["caveats"])
    text = run("network", *mapped, "--inactive", "placebo", "--format", "table").out
    assert "What each component adds against placebo" in text
    assert "no chain of comparisons tells its effect apart" in text
    assert run("league", *mapped, "--better", "lower", "--json").answer["order"][0] == "x+y"
    fewer = run("rank", *mapped, "--better", "lower", "--exclude", "four", "--json").answer
    assert fewer["connected"] is True
    assert fewer["excluded"] == [{"study": "four", "reason": "left out on request"}]
    assert "of 4," in run("rank", *mapped, "--better", "lower").out


def test_what_is_wrong_with_a_file_is_said_with_its_place(own: Path) -> None:
    assert run("network", "--data", own).code == 3
    broken = run("rank", "--data", own, "--column", "r")
    assert (broken.code, "--column events=r" in broken.err) == (2, True)
    assert run("league", "--data", own, "--better", "lower", "--column", "events=r", "--exclude", "five").code == 2
    assert run("network", *VERTEBRAL, "--column", "events=r").code == 2
    assert run("network", "--data", own, "--include-flagged").code == 2
    assert run("network", "--data", "missing.csv").code == 4
    own.write_text("study,treat1,treat2,te,sete\ns,a,b,0.5,0.1\ns,b,c,0.5,0.1\n", encoding="utf-8")
    incomplete = run("network", "--data", own, "--json")
    assert incomplete.code == 3
    (fault,) = incomplete.document["error"]["faults"]
    assert (fault["path"], fault["where"]) == (str(own), "study `s`")
    assert "incomplete" in fault["message"]


def test_a_large_league_is_listed_pair_by_pair(own: Path) -> None:
    rows = "".join(f"s{i:02d},t{i:02d},{i % 7 + 3},100\ns{i:02d},placebo,10,100\n" for i in range(30))
    own.write_text("study,treatment,events,n\n" + rows, encoding="utf-8")
    text = run("league", "--data", own, "--better", "lower").out
    assert "Regimen\tAgainst\tNetwork\tDirect\n" in text
    assert len(run("league", "--data", own, "--better", "lower", "--json").answer["cells"]) == 31 * 30


def test_loops_are_drawn_and_set_direct_against_indirect_evidence(own: Path) -> None:
    rows = "".join(
        f"s{study},{treatment},{events},200\n"
        for study, arms in enumerate(({"a": 20, "c": 40}, {"b": 22, "c": 41}, {"a": 19, "b": 60}, {"a": 25, "c": 39}))
        for treatment, events in arms.items()
    )
    own.write_text("study,treatment,events,n\n" + rows, encoding="utf-8")
    text = run("network", "--data", own, "--format", "table", "--contributions").out
    assert "that branch closes a loop" in text
    assert "Direct and indirect evidence" in text
    assert "direct and indirect evidence disagree" in text
    assert "% (direct)" in text
    rows_of = list(csv.DictReader(io.StringIO(run("rank", "--data", own, "--better", "lower", "--format", "csv").out)))
    assert [row["rank"] for row in rows_of] == ["1", "2", "3"]
    assert {row["against"] for row in rows_of} == {"", "a"}
    sparse = run("network", "--data", own, "--measure", "OR", "--method", "nch")
    assert "is not tested by this method" in sparse.out
    mh = run("network", "--data", own, "--measure", "OR", "--method", "mh", "--contributions")
    assert "not computed" in mh.out


def test_a_sequence_is_no_combination(shipped: Store) -> None:
    found = component_answer(shipped, "romosozumab-then-alendronate", "vitamin-k2", "vertebral-fracture")
    assert found is not None
    assert found["reason"] == "given one after the other: a sequence is no sum of components"


def test_a_headline_names_few_of_many_parts(own: Path) -> None:
    rows = "".join(f"s{i:02d},t{i:02d},{i % 7 + 3},100\ns{i:02d},u{i:02d},10,100\n" for i in range(8))
    rows += "".join(f"v{i},t00,10,100\nv{i},w{i},10,100\n" for i in range(6))
    own.write_text("study,treatment,events,n\n" + rows, encoding="utf-8")
    headline = run("network", "--data", own, "--json").answer["headline"]
    assert "8 parts that no trial joins" in headline
    assert "t00 with 7 others" in headline
    assert "What would join them: 7 trials, of " in headline
    assert " and 2 more." in headline


def test_an_unknown_measure_is_refused() -> None:
    question = network(Choice(outcome="vertebral-fracture", measure="ARR"))
    with pytest.raises(UsageError, match="`ARR` is no measure"):
        ask(question)


def test_components_that_may_act_together(own: Path) -> None:
    arms = (("x", 30), ("y", 28), ("x+y", 12), ("placebo", 40))
    own.write_text("study,treatment,events,n\n" + "".join(f"s,{t},{e},100\n" for t, e in arms), encoding="utf-8")
    ran = run("network", "--data", own, "--inactive", "placebo", "--interaction", "x+y", "--json")
    terms = {one["component"]: one for one in ran.answer["components"]["components"]}
    assert terms["x * y"]["kind"] == "interaction"
    assert terms["x * y"]["estimable"] is True
    assert ran.document["query"]["interactions"] == ["x+y"]
    assert "x × y" in run("network", "--data", own, "--inactive", "placebo", "--interaction", "x+y").out
    assert run("network", "--data", own, "--interaction", "x+z").code == 2
    assert run("network", "--data", own, "--interaction", "x+y", "--method", "mh").code == 2


@pytest.mark.parametrize("named", ["x+placebo", "x+nobody", "nobody"])
def test_an_interaction_that_a_network_cannot_have_is_refused(own: Path, named: str) -> None:
    own.write_text("study,treatment,events,n\ns,x,30,100\ns,placebo,40,100\n", encoding="utf-8")
    ran = run("network", "--data", own, "--interaction", named)
    assert ran.code == 2
    assert "no regimen of it is a combination" in ran.err


def test_a_network_too_large_for_its_pairs_is_refused_before_they_are_made(own: Path) -> None:
    own.write_text("study,treatment,events,n\n" + "".join(f"s,t{i},1,10\n" for i in range(1_001)), encoding="utf-8")
    for command in (("network",), ("league", "--better", "lower"), ("rank", "--better", "lower")):
        ran = run(*command, "--data", own)
        assert ran.code == 2
        assert "at most 1000 regimens, and these trials have 1001" in ran.err
    rows = "".join(f"s{i},t0,t{i},0.1,0.2\n" for i in range(1, 1_001))
    own.write_text("study,treat1,treat2,te,sete\n" + rows, encoding="utf-8")
    assert "these trials have 1001" in run("network", "--data", own, "--measure", "MD").err
