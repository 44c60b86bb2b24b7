"""The trials of the shipped table give the numbers that the reference pools were made of, and agree with themselves."""

import csv
import math
from pathlib import Path
from statistics import NormalDist

import pytest
import yaml
from pydantic import TypeAdapter

from bonerx.model.regimen import regimen_id
from bonerx.model.table import EvidenceTable
from bonerx.model.trial import ReportedContrast, Study

HERE = Path(__file__).parent
POOLS = HERE / "pools"
DATA = HERE.parents[2] / "data"
TABLE = TypeAdapter(EvidenceTable).validate_python(
    yaml.load((DATA / "trials.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
)
STUDIES = {study.id: study for study in TABLE.studies}
FLAGGED = {source.id for source in TABLE.sources if source.integrity.status in ("retracted", "concern")}
Z = NormalDist().inv_cdf(0.975)


def rows_of(name: str) -> list[dict[str, str]]:
    with (POOLS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def regimens_of(study: Study) -> dict[str, str]:
    return {arm.id: regimen_id(arm.regimen, arm.combination) for arm in study.arms}


def is_flagged(study: Study) -> bool:
    return not FLAGGED.isdisjoint(study.sources)


def counts(outcome: str, *, regimens: set[str] | None = None, flagged: bool = False) -> set[tuple[str, str, int, int]]:
    found = set()
    for study in TABLE.studies:
        if is_flagged(study) is not flagged:
            continue
        names = regimens_of(study)
        usable = [r for r in study.results if r.outcome == outcome and r.events is not None and r.unusable is None]
        if regimens is not None and {names[r.arm] for r in usable} != regimens:
            continue
        found |= {(study.id, names[r.arm], r.events, r.n) for r in usable}
    return found


def te_and_se(contrast: ReportedContrast) -> tuple[float, float]:
    low, high = contrast.ci_low, contrast.ci_high
    assert low is not None
    assert high is not None
    if contrast.measure.is_ratio:
        return math.log(contrast.value), (math.log(high) - math.log(low)) / (2 * Z)
    return contrast.value, (high - low) / (2 * Z)


def contrasts(outcome: str, measure: str, study: Study) -> dict[tuple[str, str], tuple[float, float]]:
    names = regimens_of(study)
    return {
        (names[c.a], names[c.b]): te_and_se(c)
        for c in study.contrasts
        if c.outcome == outcome and c.measure == measure and c.unusable is None and c.subgroup is None
    }


PAIRS = sorted(
    (path.stem.split("_")[1], path.stem.split("_")[2]) for path in POOLS.glob("pw_*.csv") if "bmd" not in path.stem
)


def test_all_pools_of_counts_are_compared() -> None:
    assert len(PAIRS) == 9


@pytest.mark.parametrize(("agent", "outcome"), PAIRS)
def test_the_arms_of_a_pairwise_pool(agent: str, outcome: str) -> None:
    expected = {
        (row["study"], row["treatment"], int(row["events"]), int(row["n"]))
        for row in rows_of(f"pw_{agent}_{outcome}.csv")
    }
    assert counts(outcome, regimens={agent, "placebo"}) == expected


@pytest.mark.parametrize("outcome", ["vertebral-fracture", "hip-fracture"])
def test_the_arms_of_a_network(outcome: str) -> None:
    expected = {
        (row["study"], row["treatment"], int(row["events"]), int(row["n"]))
        for row in rows_of(f"net_{outcome}_arms.csv")
    }
    assert counts(outcome) == expected


@pytest.mark.parametrize("outcome", ["vertebral-fracture", "hip-fracture"])
def test_the_contrasts_of_a_network_are_those_of_trials_without_arms(outcome: str) -> None:
    found = {}
    for study in TABLE.studies:
        with_arms = any(r.outcome == outcome and r.events is not None for r in study.results)
        if is_flagged(study) or with_arms:
            continue
        found |= {(study.id, *pair): effect for pair, effect in contrasts(outcome, "RR", study).items()}
    expected = {
        (row["study"], row["treat1"], row["treat2"]): (float(row["te"]), float(row["sete"]))
        for row in rows_of(f"net_{outcome}_contrasts.csv")
    }
    assert found.keys() == expected.keys()
    for key, effect in found.items():
        assert effect == pytest.approx(expected[key], abs=1e-11)


def test_the_contrasts_of_the_pool_of_bone_density() -> None:
    rows = rows_of("pw_alendronate_lumbar-spine-bmd.csv")
    found = {
        study.id: contrasts("lumbar-spine-bmd", "MD", study).get(("alendronate", "placebo"))
        for study in TABLE.studies
        if not is_flagged(study)
    }
    assert {study for study, effect in found.items() if effect} == {row["study"] for row in rows}
    for row in rows:
        assert found[row["study"]] == pytest.approx((float(row["te"]), float(row["sete"])), abs=1e-11)


def test_the_six_arms_of_the_flagged_trial_share_one_control() -> None:
    study = STUDIES["ishida-2004"]
    assert is_flagged(study)
    effects = contrasts("vertebral-fracture", "RR", study)
    assert {c.shared_variance for c in study.contrasts} == {1 / 17 - 1 / 66}
    assert len(effects) == 5
    for row in rows_of("ishida_vertebral-fracture_contrasts.csv"):
        one, two = row["treat1"], row["treat2"]
        te, se = effects[one, "no-treatment"]
        if two != "no-treatment":
            other = effects[two, "no-treatment"]
            te, se = te - other[0], math.sqrt(se**2 + other[1] ** 2 - 2 * (1 / 17 - 1 / 66))
        assert (te, se) == pytest.approx((float(row["te"]), float(row["sete"])), abs=1e-11)


def test_the_hip_fractures_of_the_flagged_trial() -> None:
    expected = {
        (row["study"], row["treatment"], int(row["events"]), int(row["n"]))
        for row in rows_of("ishida_hip-fracture_arms.csv")
    }
    assert counts("hip-fracture", flagged=True) == expected


@pytest.mark.parametrize("study", TABLE.studies, ids=lambda study: study.id)
def test_counts_are_possible(study: Study) -> None:
    randomised = {arm.id: arm.randomised for arm in study.arms}
    for result in study.results:
        if result.events is not None:
            assert result.n is not None
            assert 0 <= result.events <= result.n
        if result.n is not None and randomised[result.arm] is not None:
            assert result.n <= randomised[result.arm]


@pytest.mark.parametrize("study", TABLE.studies, ids=lambda study: study.id)
def test_a_crude_ratio_beyond_rounding_is_noted(study: Study) -> None:
    for contrast in study.contrasts:
        arms = {r.arm: r for r in study.results if r.outcome == contrast.outcome and r.events is not None}
        if contrast.subgroup is not None or not {contrast.a, contrast.b} <= arms.keys():
            continue
        a, b = arms[contrast.a], arms[contrast.b]
        crude = (a.events / a.n) / (b.events / b.n)
        if contrast.measure.is_ratio and abs(crude - contrast.value) > 0.005:
            assert contrast.note is not None
            assert f"{crude:.2f}" in contrast.note


@pytest.mark.parametrize("study", TABLE.studies, ids=lambda study: study.id)
def test_what_cannot_be_pooled_says_why_and_the_rest_can(study: Study) -> None:
    for contrast in study.contrasts:
        assert contrast.unusable or (contrast.ci_low is not None and contrast.ci_high is not None)
    for result in study.results:
        if result.mean is not None and result.sd is None and result.se is None:
            assert result.unusable


def test_every_estimate_stands_within_its_interval() -> None:
    for figure in [*TABLE.published, *(c for study in TABLE.studies for c in study.contrasts)]:
        if figure.ci_low is not None:
            assert figure.ci_high is not None
            assert figure.ci_low <= figure.value <= figure.ci_high


def test_a_subgroup_report_lies_within_its_trial() -> None:
    assert STUDIES["masud-2009"].within == ("mcclung-2001",)
    assert all(contrast.subgroup for contrast in STUDIES["masud-2009"].contrasts)


def test_no_trial_of_vitamin_k2_with_a_bisphosphonate_can_be_pooled_without_concern() -> None:
    combined = [
        study
        for study in TABLE.studies
        if any({"vitamin-k2"} < set(arm.regimen) for arm in study.arms) and (study.results or study.contrasts)
    ]
    assert [study.id for study in combined] == ["sato-2011"]
    assert is_flagged(combined[0])
