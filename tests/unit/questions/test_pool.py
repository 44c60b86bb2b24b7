"""Asked of a pool: what a script gets, what a person reads, what each option does, and when there is nothing to say."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asking import run, store_of

from bonerx.errors import UsageError
from bonerx.questions.pool.options import Choice
from bonerx.questions.pool.question import Pool

VERTEBRAL = ("pool", "alendronate", "placebo", "--outcome", "vertebral-fracture")
HIP = ("pool", "alendronate", "placebo", "--outcome", "hip-fracture")
BMD = ("pool", "alendronate", "placebo", "--outcome", "lumbar-spine-bmd")
FLAGGED = ("pool", "etidronate", "no-treatment", "--outcome", "vertebral-fracture", "--include-flagged")

FIELDS = {
    "a", "b", "outcome", "measure", "studies", "common", "random", "heterogeneity", "k", "n", "excluded", "published",
    "leave_one_out", "small_study", "headline",
}  # fmt: skip
STUDY = {
    "study", "te", "se", "value", "ci_low", "ci_high", "weight_common", "weight_random", "included", "reason", "a", "b",
    "source",
}  # fmt: skip


def answer(*command: str | Path) -> dict[str, Any]:
    ran = run(*command, "--json")
    assert ran.code == 0, ran.err
    return ran.answer


def failing(*command: str | Path) -> tuple[int, str]:
    ran = run(*command)
    assert not ran.out
    return ran.code, ran.err


# --- the contract ---


def test_a_pool_has_the_fields_of_the_contract() -> None:
    document = run(*VERTEBRAL, "--json").document
    found = document["answer"]
    assert document["status"] == "answered"
    assert document["query"]["command"] == "pool"
    assert found.keys() >= FIELDS
    assert all(study.keys() >= STUDY for study in found["studies"])
    assert found["common"].keys() >= {"method", "te", "se", "value", "ci_low", "ci_high", "p"}
    assert found["random"].keys() >= {"tau2_method", "tau2", "te", "se", "value", "ci_low", "ci_high", "p", "hk"}
    assert found["random"]["hk"].keys() >= {"adhoc", "se", "ci_low", "ci_high", "p"}
    assert found["random"]["prediction"]["definition"] == "t(k-1)"
    assert found["heterogeneity"].keys() >= {"q", "df", "p", "i2", "i2_low", "i2_high", "h", "tau2_low", "tau2_high"}
    assert (found["k"], found["n"]) == (4, 7443)
    known = {source["id"] for source in document["sources"]}
    assert {source for study in found["studies"] for source in study["sources"]} <= known
    assert {one["source"] for one in found["published"]} <= known


def test_alendronate_against_placebo_is_as_metafor_gives_it() -> None:
    found = answer(*VERTEBRAL)["random"]
    assert (found["value"], found["ci_low"], found["ci_high"]) == pytest.approx((0.5379, 0.4411, 0.6559), abs=5e-5)
    assert found["tau2"] == 0.0
    plain = found["hk"]["plain"]
    assert (plain["ci_low"], plain["ci_high"]) == pytest.approx((0.5019, 0.5765), abs=5e-4)
    assert (found["hk"]["ci_low"], found["hk"]["ci_high"]) == (found["ci_low"], found["ci_high"])


def test_what_is_computed_is_what_is_stored() -> None:
    stored = answer(*VERTEBRAL)
    live = answer(*VERTEBRAL, "--cumulative")
    assert live.pop("cumulative")
    assert stored.pop("cumulative") is None
    assert live == stored


def test_exchanged_sides_give_the_inverse() -> None:
    one, other = answer(*HIP), answer("pool", "placebo", "alendronate", "--outcome", "hip-fracture")
    assert other["random"]["te"] == -one["random"]["te"]
    assert other["random"]["ci_low"] == pytest.approx(1 / one["random"]["ci_high"])
    assert (one["verdict"], other["verdict"]) == ("favours-a", "favours-b")
    assert other["published"][0]["value"] == pytest.approx(1 / one["published"][0]["value"])
    assert other["published"][0]["turned"]


def test_any_name_of_the_table_will_do() -> None:
    named = run("pool", "阿仑膦酸", "Placebo", "--outcome", "vertebral fracture", "--json")
    assert named.answer["random"] == answer(*VERTEBRAL)["random"]


# --- what is said ---


def test_the_headline_gives_the_estimate_and_whom_it_favours() -> None:
    assert answer(*VERTEBRAL)["headline"] == (
        "4 trials of alendronate against placebo on new vertebral fractures: RR 0.54 (95% CI 0.44 to 0.66), favours "
        "alendronate."
    )


def test_the_headline_names_a_conclusion_that_hangs_on_the_interval() -> None:
    found = answer("pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--as-of", "1998")
    assert found["verdicts"] == {"common": "favours-a", "random": "favours-a", "random-hk": "no-clear-difference"}
    assert "the conclusion hangs on the method: with the Hartung–Knapp interval" in found["headline"]
    other = answer("pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--as-of", "1998", "--ci", "hk")
    assert other["verdict"] == "no-clear-difference"
    assert "the common-effect model" in other["headline"]


def test_one_trial_is_answered_honestly() -> None:
    found = answer(*FLAGGED)
    assert found["k"] == 1
    assert found["random"]["tau2"] is None
    assert found["heterogeneity"]["i2"] is None
    assert "(ishida-2004)" in found["headline"]
    assert "nothing is known of how far trials differ" in found["headline"]
    assert "of integrity concern" in found["headline"]


def test_two_trials_are_answered_honestly() -> None:
    found = answer("pool", "risedronate", "placebo", "--outcome", "vertebral-fracture")
    assert found["k"] == 2
    assert any("so few trials" in line for line in run(*VERTEBRAL, "--json").document["caveats"])


def test_what_a_trial_prints_itself_stands_beside_what_its_arms_give() -> None:
    text = run("pool", "risedronate", "placebo", "--outcome", "vertebral-fracture").out
    assert "prints RR 0.59 (0.42 to 0.82) itself; its arms give 0.64" in text
    study = answer("pool", "risedronate", "placebo", "--outcome", "vertebral-fracture")["studies"][0]
    assert study["reported"][0]["value"] == 0.59
    assert study["value"] == pytest.approx(0.639, abs=1e-3)


def test_a_person_reads_the_plot_then_how_trials_differ_then_what_it_means() -> None:
    text = run(*VERTEBRAL, "--format", "table").out
    parts = ("black-1996", "Random effects (REML)", "Hartung–Knapp", "How far the trials differ", "What that means",
             "Published estimates", "Left out", "Sources", "What limits this answer")  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "◆" in text


def test_the_rows_of_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(run(*VERTEBRAL, "--format", "csv").out)))
    assert [row["row"] for row in rows] == [*["study"] * 5, "excluded", "common", "random", "random-hk", "prediction"]
    assert (rows[0]["study"], rows[0]["events_a"], rows[0]["n_b"]) == ("black-1996", "78", "965")
    assert float(rows[7]["value"]) == answer(*VERTEBRAL)["random"]["value"]


def test_every_format_can_write_it() -> None:
    for form in ("table", "plain", "json", "ndjson", "csv", "tsv", "markdown"):
        assert run(*VERTEBRAL, "--sensitivity", "--by", "population", "--format", form).code == 0


# --- absolute effects ---


def test_absolute_effects_at_the_risk_of_the_control_arms() -> None:
    found = answer(*VERTEBRAL)["absolute"]
    assert found["baseline"] == "the pooled risk of the control arms"
    assert found["baseline_risk"] == pytest.approx((145 + 78 + 22 + 6) / (965 + 2218 + 355 + 91))
    assert found["per_1000"] == pytest.approx(1000 * found["baseline_risk"] * (0.53790 - 1), rel=1e-4)
    assert found["nnt_text"] == "NNTB 32 (NNTB 26 to 43)"


def test_absolute_effects_at_a_given_risk() -> None:
    found = answer(*VERTEBRAL, "--baseline", "0.2")["absolute"]
    assert (found["baseline"], found["baseline_risk"]) == ("as given", 0.2)
    assert found["per_1000"] == pytest.approx(200 * (0.53790 - 1), rel=1e-4)


def test_the_number_needed_to_treat_runs_through_infinity() -> None:
    found = answer(*FLAGGED)["absolute"]
    assert found["through_infinity"]
    assert re.fullmatch(r"NNTB \d+ \(NNTB \d+ to ∞ to NNTH \d+\)", found["nnt_text"])


def test_differences_of_means_have_no_absolute_effect() -> None:
    assert answer(*BMD)["absolute"] is None
    assert failing(*BMD, "--baseline", "0.1")[0] == 2


@pytest.mark.parametrize("risk", ["0", "1", "1.5", "-1"])
def test_a_risk_lies_between_0_and_1(risk: str) -> None:
    assert failing(*VERTEBRAL, f"--baseline={risk}")[0] == 2


# --- options ---


@pytest.mark.parametrize(
    ("options", "path", "expected"),
    [
        (("--measure", "OR"), ("measure",), "OR"),
        (("--measure", "rd"), ("measure",), "RD"),
        (("--method", "mh"), ("common", "method"), "mh"),
        (("--measure", "OR", "--method", "peto"), ("common", "method"), "peto"),
        (("--tau2", "dl"), ("random", "tau2_method"), "DL"),
        (("--model", "common"), ("estimate", "model"), "common"),
        (("--ci", "hk"), ("estimate", "ci"), "hk"),
        (("--adhoc", "none"), ("random", "hk", "adhoc"), "none"),
        (("--prediction", "HTS"), ("random", "prediction", "definition"), "HTS"),
        (("--level", "0.9"), ("level",), 0.9),
    ],
)
def test_an_option_does_what_it_says(options: tuple[str, ...], path: tuple[str, ...], expected: object) -> None:
    found: Any = answer(*HIP, *options)
    for name in path:
        found = found[name]
    assert found == expected


def test_every_method_of_the_command_is_one_of_the_engine() -> None:
    from typing import get_args, get_type_hints

    from bonerx.cli.pool import pool
    from bonerx.questions.pool.options import PREDICTIONS
    from bonerx.synthesis.effects.effect import Continuity
    from bonerx.synthesis.pairwise.analysis import PoolMethod
    from bonerx.synthesis.pairwise.inverse_variance import AdHoc, Prediction
    from bonerx.synthesis.pairwise.tau2 import Tau2Method

    hints = get_type_hints(pool)
    engine = {"tau2": Tau2Method, "method": PoolMethod, "adhoc": AdHoc, "continuity": Continuity}
    for name, kind in engine.items():
        assert set(get_args(hints[name])) == {each.value for each in kind}
    assert set(get_args(hints["prediction"])) == PREDICTIONS.keys()
    assert set(PREDICTIONS.values()) == {each.value for each in Prediction}


def test_continuity_changes_trials_with_a_zero_cell_only() -> None:
    half, none = answer(*HIP), answer(*HIP, "--continuity", "none")
    assert half["k"] == none["k"] + 1
    assert {one["study"] for one in none["excluded"]} == {"greenspan-1998"}


def test_a_trial_is_left_out_on_request() -> None:
    found = answer(*VERTEBRAL, "--exclude", "black-1996", "--exclude", "bone-1997")
    assert found["k"] == 2
    assert {one["study"]: one["reason"] for one in found["excluded"]}["black-1996"] == "left out on request"
    code, said = failing(*VERTEBRAL, "--exclude", "black-1997")
    assert code == 2
    assert "did you mean `black-1996`" in said


def test_as_of_a_year_the_evidence_is_what_it_was() -> None:
    document = run(*VERTEBRAL, "--as-of", "1996", "--json").document
    found = document["answer"]
    assert [study["study"] for study in found["studies"] if study["included"]] == ["black-1996", "liberman-1995"]
    assert found["published"] == []
    assert "of 1998, later than 1996" in {one["reason"] for one in found["excluded"]}
    assert any("what is known against sources is as of today" in line for line in document["caveats"])


def test_trials_of_integrity_concern_count_on_request_only() -> None:
    ran = run(*FLAGGED[:-1], "--json")
    assert ran.code == 1
    assert "integrity concern" in ran.answer["excluded"][0]["reason"]
    assert answer(*FLAGGED)["studies"][0]["integrity"] == "concern"
    assert "integrity: concern" in run(*FLAGGED).out


def test_divided_by_population() -> None:
    found = answer(*VERTEBRAL, "--by", "population")["subgroups"]
    assert [(group["group"], group["k"]) for group in found["groups"]] == [
        ("postmenopausal-low-bone-density", 3),
        ("postmenopausal-osteoporosis", 1),
    ]
    assert found["between"]["df"] == 1
    assert 0 <= found["between"]["p_random"] <= 1
    text = run(*VERTEBRAL, "--by", "population").out
    assert "By population" in text
    assert "between groups, random effects: Q" in text


@pytest.mark.parametrize("by", ["dose", "background"])
def test_divided_by_what_was_given(by: str) -> None:
    groups = answer(*VERTEBRAL, "--by", by)["subgroups"]["groups"]
    assert sum(group["k"] for group in groups) == 4
    assert len(groups) > 1


def test_along_the_years() -> None:
    found = answer(*HIP, "--by", "year")["regression"]
    assert found["k"] == 5
    assert found["slope"]["ci_low"] < found["slope"]["te"] < found["slope"]["ci_high"]
    assert "Along the year" in run(*HIP, "--by", "year").out


def test_groups_that_are_none() -> None:
    assert failing(*VERTEBRAL, "--by", "integrity")[0] == 2
    assert failing(*VERTEBRAL, "--by", "colour")[0] == 2
    assert failing(*FLAGGED, "--by", "year")[0] == 2


def test_the_answer_as_the_years_went_by() -> None:
    steps = answer(*VERTEBRAL, "--cumulative")["cumulative"]
    assert [(step["study"], step["k"]) for step in steps] == [
        ("liberman-1995", 1), ("black-1996", 2), ("bone-1997", 3), ("cummings-1998", 4)
    ]  # fmt: skip
    assert steps[-1]["random"]["value"] == pytest.approx(answer(*VERTEBRAL)["random"]["value"])


def test_what_would_change_the_answer() -> None:
    found = answer(*HIP, "--sensitivity")["sensitivity"]
    assert found["verdict"] == "favours-a"
    flips = {case["study"] or case["setting"] for case in found["cases"] if case["flips"]}
    assert len(flips) == found["flips"] > 0
    assert "black-1996" in flips
    assert found["closest"]["margin"] >= 0
    text = run(*HIP, "--sensitivity").out
    assert f"the verdict flips 1 time of {len(found['cases'])}: without black-1996" in text
    assert "(FLIPS)" in text


def test_flagged_trials_are_let_in_one_by_one() -> None:
    cases = answer("pool", "etidronate", "placebo", "--outcome", "vertebral-fracture", "--sensitivity")["sensitivity"]
    assert not [case for case in cases["cases"] if case["change"] == "with-flagged"]
    found = answer(*FLAGGED, "--sensitivity")["sensitivity"]
    assert "without-flagged" in {case["change"] for case in found["cases"]}


# --- nothing to pool ---


def test_no_trial_of_the_pair() -> None:
    ran = run("pool", "vitamin-k2", "placebo", "--outcome", "hip-fracture", "--json")
    assert ran.code == 1
    assert ran.document["status"] == "no-evidence"
    assert ran.answer["k"] == 0
    assert ran.answer["studies"] == []
    assert "none of the table compares the two" in ran.answer["headline"]


def test_no_trial_that_counts_says_what_is_left_out_and_what_is_silent() -> None:
    ran = run("pool", "risedronate+vitamin-k2", "risedronate", "--outcome", "nonvertebral-fracture", "--json")
    assert ran.code == 1
    assert [one["study"] for one in ran.answer["excluded"]] == ["sato-2011"]
    assert ran.answer["silent"] == ["risedronate-k2-2014", "joint-03"]
    text = run("pool", "risedronate+vitamin-k2", "risedronate", "--outcome", "nonvertebral-fracture").out
    assert "without figures on this outcome: risedronate-k2-2014, joint-03" in text


def test_another_outcome_of_the_pair_is_named() -> None:
    ran = run("pool", "etidronate", "placebo", "--outcome", "wrist-fracture", "--json")
    assert ran.code == 1
    assert {one["outcome"] for one in ran.answer["elsewhere"]} >= {"vertebral-fracture", "hip-fracture"}


def test_a_contrast_of_another_measure_says_so() -> None:
    command = ("pool", "teriparatide", "risedronate", "--outcome", "nonvertebral-fracture")
    ran = run(*command, "--json")
    assert ran.code == 1
    assert ran.answer["excluded"] == [{"study": "kendler-2018", "reason": "reports HR, not RR"}]
    assert answer(*command, "--measure", "HR")["random"]["value"] == pytest.approx(0.66)


def test_a_class_is_not_the_sum_of_its_members() -> None:
    ran = run("pool", "bisphosphonates", "placebo", "--outcome", "hip-fracture", "--json")
    assert ran.code == 1
    assert {member["regimen"]: member["k"] for member in ran.answer["members"]} == {
        "alendronate": 5, "etidronate": 2, "risedronate": 3
    }  # fmt: skip
    assert "each by itself" in ran.answer["headline"]


# --- wrong questions ---


@pytest.mark.parametrize(
    "command",
    [
        ("pool",),
        ("pool", "alendronate", "placebo"),
        ("pool", "alendronate", "--outcome", "hip-fracture"),
        ("pool", "alendronate", "alendronate", "--outcome", "hip-fracture"),
        ("pool", "alendronat", "placebo", "--outcome", "hip-fracture"),
        ("pool", "alendronate", "placebo", "--outcome", "hips"),
        (*VERTEBRAL, "--data", "x.csv"),
        (*VERTEBRAL, "--column", "events=r"),
        (*VERTEBRAL, "--better", "lower"),
        (*VERTEBRAL, "--method", "peto"),
        (*VERTEBRAL, "--level", "1.5"),
        (*BMD, "--method", "mh"),
        (*VERTEBRAL, "--tau2", "XX"),
    ],
)
def test_a_question_that_cannot_be_asked(command: tuple[str, ...]) -> None:
    assert failing(*command)[0] == 2


# --- data of one's own ---

COUNTS = "study,treatment,events,n\nA,drug,5,100\nA,none,10,100\nB,drug,6,120\nB,none,14,110\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "trials.csv"
    path.write_text(COUNTS, encoding="utf-8")
    return path


def test_a_file_of_two_treatments_needs_no_names(file: Path) -> None:
    ran = run("pool", "--data", file, "--json")
    assert ran.code == 0
    assert (ran.answer["a"], ran.answer["b"], ran.answer["measure"], ran.answer["k"]) == ("drug", "none", "RR", 2)
    assert ran.document["evidence"][0]["path"] == str(file)
    assert ran.answer["verdict"] == "a-lower"
    assert "nnt_text" not in ran.answer["absolute"]


def test_which_way_is_better_can_be_said_of_a_file(file: Path) -> None:
    found = answer("pool", "none", "drug", "--data", file, "--better", "lower")
    assert found["verdict"] == "favours-b"
    assert found["absolute"]["nnt_text"].startswith("NNTH")


def test_treatments_of_a_file_are_known_by_name(file: Path) -> None:
    assert answer("pool", "NONE", "--data", file)["b"] == "drug"
    code, said = failing("pool", "drugs", "none", "--data", file)
    assert code == 2
    assert "did you mean `drug`" in said


def test_standard_input_is_a_file(file: Path) -> None:
    command = [sys.executable, "-m", "bonerx", "pool", "--data", "-", "--json"]
    ran = subprocess.run(command, input=COUNTS, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout)["answer"]["random"] == answer("pool", "--data", file)["random"]


def test_means_and_contrasts_of_a_file(tmp_path: Path) -> None:
    means = tmp_path / "means.csv"
    means.write_text("study,treatment,mean,sd,n\nA,x,1,2,50\nA,y,0,2,50\nB,x,2,2,40\nB,y,1,3,40\n", encoding="utf-8")
    assert answer("pool", "--data", means)["measure"] == "MD"
    assert answer("pool", "--data", means, "--measure", "SMD")["measure"] == "SMD"
    assert failing("pool", "--data", means, "--measure", "RR")[0] == 2
    contrasts = tmp_path / "contrasts.csv"
    contrasts.write_text("study,treat1,treat2,te,sete\nA,x,y,-0.5,0.2\nB,y,x,0.4,0.25\n", encoding="utf-8")
    generic = answer("pool", "--data", contrasts)
    assert (generic["measure"], generic["k"]) == ("generic", 2)
    ratios = answer("pool", "--data", contrasts, "--measure", "HR")
    assert ratios["random"]["te"] == generic["random"]["te"]
    assert ratios["random"]["value"] < 1


def test_trials_of_a_file_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "three.csv"
    path.write_text(COUNTS + "C,drug,1,9\nC,other,2,9\nD,drug,0,9\nD,none,0,9\n", encoding="utf-8")
    assert failing("pool", "--data", path)[0] == 2
    found = answer("pool", "drug", "none", "--data", path, "--exclude", "B")
    assert {one["study"]: one["reason"] for one in found["excluded"]} == {
        "B": "left out on request",
        "C": "does not compare `drug` with `none`",
        "D": "no event in either arm: no information on the RR",
    }
    assert failing("pool", "drug", "none", "--data", path, "--exclude", "Z")[0] == 2


def test_further_analyses_of_a_file(file: Path) -> None:
    found = answer("pool", "--data", file, "--sensitivity", "--cumulative")
    assert found["sensitivity"]["cases"]
    assert [step["study"] for step in found["cumulative"]] == ["A", "B"]
    for option in (("--by", "year"), ("--include-flagged",), ("--as-of", "2000")):
        assert failing("pool", "--data", file, *option)[0] == 2


def test_a_file_with_many_trials_is_pooled(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [
        f"{i},{name},{4 + (i * step) % 7},{50 + i % 50}" for i in range(3000) for name, step in (("x", 3), ("y", 5))
    ]
    path.write_text("study,treatment,events,n\n" + "\n".join(rows), encoding="utf-8")
    found = answer("pool", "--data", path)
    assert found["k"] == 3000
    assert found["leave_one_out"] is None
    text = run("pool", "--data", path).out
    assert "too many to draw" in text
    assert text.count("\n") < 60


def test_what_is_wrong_with_a_file_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("study,treatment,events,n\nA,x,11,10\nA,y,no,10\n", encoding="utf-8")
    code, said = failing("pool", "--data", path)
    assert code == 3
    assert "bad.csv:2: events: 11 events in 10 people" in said
    assert "bad.csv:3: events: `no` is not a number" in said
    assert failing("pool", "--data", tmp_path / "none.csv")[0] == 4
    assert failing("pool", "--data", path, "--column", "eventsr")[0] == 2
    assert failing("pool", "--data", path, "--column", "age=r")[0] == 2


def test_the_json_of_a_failure_is_one_document(tmp_path: Path) -> None:
    ran = run("pool", "--data", tmp_path / "none.csv", "--json")
    assert ran.code == 4
    assert json.loads(ran.out)["error"]["code"] == "unreadable"


# --- a table without trials ---


def test_a_table_without_trials_pools_nothing() -> None:
    store = store_of(
        {
            "agents": [{"id": one, "kind": "drug", "names": {"en": one}} for one in ("x", "y")],
            "outcomes": [{"id": "o", "names": {"en": "o"}, "better": "lower"}],
        }
    )
    document = Pool("x", "y", "o").answer(store).document
    assert document["status"] == "no-evidence"
    assert document["answer"]["measure"] is None
    live = Pool("x", "y", "o", Choice(sensitivity=True)).answer(store).document["answer"]
    assert live["k"] == 0
    assert live["sensitivity"] is None
    with pytest.raises(UsageError):
        Pool("x", "x", "o").answer(store)


# --- what a person reads of the rarer cases ---


def test_the_years_and_the_arms_of_means_are_told(tmp_path: Path) -> None:
    path = tmp_path / "means.csv"
    rows = ("A,x,1,2,50", "A,y,0,2,50", "B,x,2,2,40", "B,y,1,3,40", "C,x,0.1,2,30", "C,y,0.3,2,30")
    path.write_text("study,treatment,mean,sd,n\n" + "\n".join(rows), encoding="utf-8")
    text = run("pool", "--data", path, "--cumulative").out
    assert "1.00 ± 2.00, 50" in text
    assert "As the years went by, random effects" in text
    assert "C\t–\t3\t" in text


def test_a_method_without_an_estimate_says_why(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text(COUNTS.replace("10,100", "0,100").replace("14,110", "0,110"), encoding="utf-8")
    command = ("pool", "--data", path, "--method", "mh", "--continuity", "none", "--measure", "RR", "--model", "common")
    ran = run(*command, "--json")
    assert ran.answer["estimate"] is None
    assert ran.answer["verdict"] is None
    assert "no estimate" in ran.answer["headline"]
    assert run(*command).code == ran.code


def test_large_trials_and_small_ones_are_told_apart_from_ten_on(tmp_path: Path) -> None:
    path = tmp_path / "twelve.csv"
    rows = [f"{i},{name},{4 + (i * step) % 7},{50 + 9 * i}" for i in range(12) for name, step in (("x", 3), ("y", 5))]
    path.write_text("study,treatment,events,n\n" + "\n".join(rows), encoding="utf-8")
    text = run("pool", "--data", path).out
    assert "Egger's test of small trials against large ones: p" in text
    assert "too few to show" not in text


def test_the_differences_of_trials_in_words() -> None:
    from bonerx.questions.pool.headline import heterogeneity_words

    def said(i2: float | None) -> str:
        found = {"i2": i2, "i2_low": None, "i2_high": None}
        return heterogeneity_words({"heterogeneity": found, "random": {}, "k": 9})[0]

    assert said(None).startswith("one trial")
    words = [said(i2).partition(": ")[2] for i2 in (0.0, 0.2, 0.5, 0.7, 0.9)]
    assert words == [
        "no more differences than chance makes",
        "little more than chance makes",
        "moderate differences",
        "substantial differences",
        "considerable differences",
    ]
