"""What of a table's studies enters an analysis: one test per rule, then the pools that R was given."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from bonerx.model.estimate import Contrast
from bonerx.model.measure import Measure
from bonerx.model.table import EvidenceTable
from bonerx.store.record_json import plain
from bonerx.synthesis.effects.admission import Admission
from bonerx.synthesis.effects.dataset import Dataset, default_measure, network_dataset, pair_dataset
from bonerx.synthesis.network.data import network_data
from bonerx.synthesis.pairwise.analysis import analyse_pool

ROOT = Path(__file__).parents[3]
POOLS = ROOT / "tests" / "unit" / "data" / "pools"
TABLE = TypeAdapter(EvidenceTable).validate_python(
    yaml.load((ROOT / "data" / "trials.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
)
STUDIES = {study.id: plain(study) for study in TABLE.studies}
SOURCES = {source.id: plain(source) for source in TABLE.sources}
FLAGGED = Admission(include_flagged=True)

GOOD = {"good": {"id": "good"}}
FRACTURE = "vertebral-fracture"


def arm(id_: str, *regimen: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "regimen": list(regimen or [id_]), **more}


def result(of: str, months: float | None = 12, **numbers: Any) -> dict[str, Any]:
    return {"arm": of, "outcome": FRACTURE, "months": months, "source": "good", "place": "t", "n": 100} | numbers


def printed(a: str, b: str, value: float = 0.5, **more: Any) -> dict[str, Any]:
    base = {"a": a, "b": b, "outcome": FRACTURE, "measure": "RR", "value": value, "source": "good", "place": "t"}
    return base | {"ci_low": value / 2, "ci_high": value * 2, "months": 12} | more


def study(id_: str = "trial", **more: Any) -> dict[str, Any]:
    whole = {
        "id": id_,
        "sources": ["good"],
        "randomised": True,
        "arms": [arm("drug"), arm("placebo")],
        "results": [result("drug", events=5), result("placebo", events=10)],
    }
    return whole | more


def pair(*studies: dict[str, Any], sources: Any = GOOD, **options: Any) -> Dataset:
    given = {"a": "drug", "b": "placebo", "outcome": FRACTURE} | options
    return pair_dataset({one["id"]: one for one in studies}, sources, **given)


def whole_network(*studies: dict[str, Any], sources: Any = GOOD, **options: Any) -> Dataset:
    return network_dataset({one["id"]: one for one in studies}, sources, FRACTURE, **options)


def reasons(found: Dataset) -> dict[str, str]:
    return {one.study: one.reason for one in found.excluded}


# --- which studies ---


def test_only_randomised_studies_of_people_count() -> None:
    found = pair(study("rats", species="rat"), study("cohort", randomised=False), study())
    assert found.studies == ("trial",)
    assert reasons(found) == {"rats": "in rat, not in people", "cohort": "not randomised"}


def test_what_a_store_keeps_of_a_study_still_says_that_it_is_not_randomised_and_that_nothing_happened() -> None:
    cohort = plain(replace(TABLE.studies[0], randomised=False))
    assert cohort["randomised"] is False
    nothing = plain(replace(TABLE.studies[0].results[0], events=0))
    assert nothing["events"] == 0


def test_a_retracted_study_counts_in_nothing_even_on_request() -> None:
    sources = GOOD | {"gone": {"id": "gone", "integrity": {"status": "retracted"}}}
    for admission in (Admission(), FLAGGED):
        found = pair(study(sources=["good", "gone"]), sources=sources, admission=admission)
        assert not found.studies
        assert reasons(found) == {"trial": "retracted (`gone`): counts in no analysis"}


def test_a_study_with_a_concern_counts_on_request_only() -> None:
    sources = {"good": {"id": "good", "integrity": {"status": "concern"}}}
    assert "integrity concern (`good`)" in reasons(pair(study(), sources=sources))["trial"]
    assert pair(study(), sources=sources, admission=FLAGGED).studies == ("trial",)


def test_a_figure_read_in_a_retracted_review_does_not_count() -> None:
    sources = GOOD | {"gone": {"id": "gone", "integrity": {"status": "retracted"}}}
    results = [result("drug", events=5, source="gone"), result("placebo", events=10)]
    found = pair(study(results=results), sources=sources)
    assert not found.studies
    assert "retracted (`gone`)" in reasons(found)["trial"]


def test_studies_left_out_on_request_are_named() -> None:
    found = pair(study(), study("other"), admission=Admission(exclude=("other",)))
    assert found.studies == ("trial",)
    assert reasons(found) == {"other": "left out on request"}


def test_as_of_a_year_later_studies_and_those_of_unknown_year_do_not_count() -> None:
    sources = {"good": {"id": "good"}, "dated": {"id": "dated", "year": 1999}}
    studies = [
        study("old", year=1998),
        study("new", year=2005),
        study("undated"),
        study("by-report", sources=["dated"]),
    ]
    found = pair(*studies, sources=sources, admission=Admission(as_of=2000))
    assert found.studies == ("old", "by-report")
    assert reasons(found)["new"] == "of 2005, later than 2000"
    assert "not known" in reasons(found)["undated"]


def test_a_part_is_never_pooled_with_its_whole() -> None:
    part, inner = study("part", within=["trial"]), study("inner", within=["part"])
    found = pair(part, study(), inner)
    assert found.studies == ("trial",)
    assert reasons(found).keys() == {"part", "inner"}
    assert "part of `trial`" in reasons(found)["part"]


def test_a_part_counts_where_its_whole_has_no_figures() -> None:
    found = pair(study("part", within=["trial"]), study(results=[]))
    assert found.studies == ("part",)


def test_two_parts_of_one_trial_are_not_pooled_together() -> None:
    found = pair(study("one", within=["whole"]), study("two", within=["whole"]))
    assert found.studies == ("one",)
    assert "of one trial, `whole`" in reasons(found)["two"]


def test_studies_without_figures_on_the_outcome_stand_apart() -> None:
    found = pair(study(results=[]), study("other"))
    assert found.silent == ("trial",)
    assert not found.excluded


# --- which numbers ---


def test_background_treatment_belongs_to_the_study() -> None:
    found = pair(study(background=["calcium"]))
    assert {group.treatment for group in found.groups} == {"drug", "placebo"}


def test_the_longest_time_common_to_the_arms_is_taken() -> None:
    results = [
        result("drug", 12, events=1), result("placebo", 12, events=2), result("drug", 24, events=3),
        result("placebo", 24, events=4), result("drug", 36, events=5),
    ]  # fmt: skip
    found = pair(study(results=results))
    assert found.months == {"trial": 24}
    assert [group.events for group in found.groups] == [3, 4]


def test_arms_of_one_regimen_are_taken_together() -> None:
    arms = [arm("low", "drug"), arm("high", "drug"), arm("placebo"), arm("unmeasured", "drug")]
    results = [result("low", events=2), result("high", events=3), result("placebo", events=10)]
    found = pair(study(arms=arms, results=results))
    assert len(found.groups) == 3
    network = whole_network(study(arms=arms, results=results))
    assert {(g.treatment, g.events, g.n) for g in network.groups} == {("drug", 5, 200), ("placebo", 10, 100)}
    assert network.notes == {"trial": "2 arms of `drug` are taken together"}


def test_a_standard_error_becomes_a_standard_deviation() -> None:
    results = [result("drug", mean=1.0, se=0.2), result("placebo", mean=0.0, sd=3.0)]
    found = pair(study(results=results))
    assert found.measure is Measure.MD
    assert [group.sd for group in found.groups] == [pytest.approx(2.0), 3.0]


def test_a_result_marked_unusable_is_left_out_with_its_reason() -> None:
    results = [result("drug", events=5, unusable="a typing error"), result("placebo", events=10)]
    assert "a typing error" in reasons(pair(study(results=results)))["trial"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"measure": "HR"}, "reports HR, not RR"),
        ({"subgroup": "the old"}, "only of a part of its participants: the old"),
        ({"unusable": "smudged"}, "smudged"),
        ({"ci_low": None, "ci_high": None}, "neither an interval nor a standard error"),
        ({"ci_low": 0.0}, "0.5 (0.0 to 1.0) cannot be an RR with its interval"),
    ],
)
def test_a_contrast_that_cannot_be_used_says_why(more: dict[str, Any], reason: str) -> None:
    found = pair(study(results=[], contrasts=[printed("drug", "placebo", **more)]), measure=Measure.RR)
    assert not found.studies
    assert reasons(found) == {"trial": reason}


def test_a_contrast_may_give_its_standard_error() -> None:
    contrast = printed("drug", "placebo", 1.0, ci_low=None, ci_high=None, se=0.3)
    found = pair(study(results=[], contrasts=[contrast]), measure=Measure.RR)
    assert found.contrasts == (Contrast(study="trial", a="drug", b="placebo", te=0.0, se=0.3),)


def test_arms_are_preferred_to_the_contrast() -> None:
    found = pair(study(contrasts=[printed("drug", "placebo")]))
    assert found.groups
    assert not found.contrasts


def test_contrasts_that_cover_more_arms_are_preferred_in_a_network() -> None:
    arms = [arm("drug"), arm("placebo"), arm("other")]
    contrasts = [printed(one, "placebo", shared_variance=0.01) for one in ("drug", "other")]
    found = whole_network(study(arms=arms, contrasts=contrasts))
    assert not found.groups
    assert len(found.contrasts) == 2
    assert [(one.treatment, one.variance) for one in found.shared] == [("placebo", 0.01)]
    without = whole_network(study(arms=arms, contrasts=[printed(one, "placebo") for one in ("drug", "other")]))
    assert len(without.groups) == 2
    assert not without.contrasts


def test_two_regimens_are_compared_through_an_arm_of_known_variance() -> None:
    arms = [arm("drug"), arm("placebo"), arm("other")]
    contrasts = [printed(one, "other", shared_variance=0.01) for one in ("drug", "placebo")]
    found = pair(study(arms=arms, results=[], contrasts=contrasts), measure=Measure.RR)
    (contrast,) = found.contrasts
    own = found.contrasts[0].se
    assert contrast.te == 0.0
    assert 0 < own < 2
    assert "`other`" in found.notes["trial"]


def test_the_default_measure_follows_from_what_studies_report() -> None:
    assert default_measure([study()], FRACTURE) is Measure.RR
    assert default_measure([study(results=[result("drug", mean=1.0, sd=1.0)])], FRACTURE) is Measure.MD
    assert default_measure([], FRACTURE) is Measure.MD
    hazards = study(results=[], contrasts=[printed("drug", "placebo", measure="HR")])
    assert default_measure([hazards], FRACTURE) is Measure.HR


# --- the pools that R was given ---


def rows(name: str) -> list[dict[str, str]]:
    with (POOLS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PAIRS = sorted(path.stem.split("_")[1:3] for path in POOLS.glob("pw_*.csv") if "bmd" not in path.stem)


@pytest.mark.parametrize(("agent", "outcome"), PAIRS)
def test_the_arms_of_a_pool(agent: str, outcome: str) -> None:
    found = pair_dataset(STUDIES, SOURCES, outcome, agent, "placebo")
    expected = [(r["study"], r["treatment"], int(r["events"]), int(r["n"])) for r in rows(f"pw_{agent}_{outcome}.csv")]
    assert found.measure is Measure.RR
    assert sorted((g.study, g.treatment, g.events, g.n) for g in found.groups) == sorted(expected)
    assert not found.contrasts


def test_the_contrasts_of_a_pool() -> None:
    found = pair_dataset(STUDIES, SOURCES, "lumbar-spine-bmd", "alendronate", "placebo")
    expected = {r["study"]: (float(r["te"]), float(r["sete"])) for r in rows("pw_alendronate_lumbar-spine-bmd.csv")}
    assert found.measure is Measure.MD
    assert {c.study: pytest.approx((c.te, c.se), abs=1e-11) for c in found.contrasts} == expected


@pytest.mark.parametrize("outcome", ["vertebral-fracture", "hip-fracture"])
@pytest.mark.parametrize("flagged", [False, True])
def test_the_numbers_of_a_network(outcome: str, flagged: bool) -> None:
    found = network_dataset(STUDIES, SOURCES, outcome, admission=Admission(include_flagged=flagged))
    arms = rows(f"net_{outcome}_arms.csv")
    arms += rows("ishida_hip-fracture_arms.csv") if flagged and outcome == "hip-fracture" else []
    expected = sorted((row["study"], row["treatment"], int(row["events"]), int(row["n"])) for row in arms)
    assert sorted((g.study, g.treatment, g.events, g.n) for g in found.groups) == expected
    effects = {(c.study, c.a, c.b): (c.te, c.se) for c in found.contrasts if c.study != "ishida-2004"}
    printed_effects = rows(f"net_{outcome}_contrasts.csv")
    assert effects == {
        (row["study"], row["treat1"], row["treat2"]): pytest.approx((float(row["te"]), float(row["sete"])), abs=1e-11)
        for row in printed_effects
    }
    assert ("ishida-2004" in found.studies) is flagged
    assert network_data(found.groups, found.contrasts, measure=found.measure, shared=found.shared).studies


def test_every_pair_of_the_six_arms_that_share_a_control() -> None:
    expected = rows("ishida_vertebral-fracture_contrasts.csv")
    assert len(expected) == 15
    for row in expected:
        if {row["treat1"], row["treat2"]} == {"etidronate", "no-treatment"}:
            continue  # its arms are known, and win
        found = pair_dataset(
            {"ishida-2004": STUDIES["ishida-2004"]}, SOURCES, FRACTURE, row["treat1"], row["treat2"], admission=FLAGGED
        )  # fmt: skip
        (contrast,) = found.contrasts
        sign = 1 if contrast.a == row["treat1"] else -1
        assert (sign * contrast.te, contrast.se) == pytest.approx((float(row["te"]), float(row["sete"])), abs=1e-11)


def test_alendronate_against_placebo_is_what_metafor_gives() -> None:
    found = pair_dataset(STUDIES, SOURCES, FRACTURE, "alendronate", "placebo")
    pooled = analyse_pool(found.groups, found.contrasts, "alendronate", "placebo").random
    assert pooled is not None
    text = (ROOT / "tests/reference/osteoporosis/expected/pw_alendronate_vertebral-fracture.json").read_text("utf-8")
    expected = json.loads(text)["measures"]["RR"]["models"]["random"]["REML"]
    assert (pooled.k, pooled.tau2) == (4, pytest.approx(0.0, abs=1e-12))
    assert pooled.wald.te == pytest.approx(expected["classic"]["TE"], rel=1e-8)
