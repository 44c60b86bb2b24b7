"""Every number that R's meta and metafor give for a pair of treatments, against ours.

`synthetic` and `osteoporosis` are data of our own; `public` is read where BONERX_REFERENCE_DIR says, since its data
sets do not belong here. A number of the JSON that nothing computes, and no reason leaves out, fails the test.
"""

import csv
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import Continuity, Counts, binary_effect, continuous_effect
from bonerx.synthesis.numeric.distributions import chi2_p
from bonerx.synthesis.pairwise.analysis import PoolAnalysis, PoolMethod, PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.heterogeneity import cochran_q, heterogeneity, typical_variance
from bonerx.synthesis.pairwise.inverse_variance import (
    AdHoc,
    Prediction,
    hartung_knapp,
    inverse_variance,
    prediction_interval,
    weights,
)
from bonerx.synthesis.pairwise.leave_one_out import cumulative, leave_one_out
from bonerx.synthesis.pairwise.meta_regression import Covariate, Regression, meta_regression
from bonerx.synthesis.pairwise.small_study_effects import begg, egger, harbord, peters
from bonerx.synthesis.pairwise.subgroups import subgroups
from bonerx.synthesis.pairwise.tau2 import Tau2Method, estimate_tau2, intercept
from bonerx.synthesis.pairwise.trim_and_fill import Estimator, missing_side, trim_and_fill

HERE = Path(__file__).parent
FOLDERS = {"synthetic": HERE / "synthetic", "osteoporosis": HERE / "osteoporosis"}
PUBLIC = os.environ.get("BONERX_REFERENCE_DIR")
if PUBLIC:
    FOLDERS["public"] = Path(PUBLIC)

# Kind of quantity: where it stands, relative error, absolute error. The first that matches the path counts.
TOLERANCES = (
    # R stops when tau2 moves by less than 1e-12; at the boundary it stays about that far above our exact 0.
    ("iterated", re.compile(r"REML|\.ML|PM|EB|Qprofile"), 1e-6, 1e-9),
    ("closed form", re.compile(r""), 1e-8, 1e-12),
)

NOT_OFFERED = {
    r"\.(TE|seTE)_(Hedges_\w+|Cohen|Glass|logROM)$": "only Hedges' g with exact J(m); no ratio of means",
    r"\.seTE_pooledvar$": "the MD has the variance of each arm, never a pooled one",
    r"^SMD\.studies\.metafor_vi$": "metafor's large-sample variance; its unbiased one is compared",
    r"^RD\.metafor_rma_mh(_default)?\.(se|z|p|lower|upper)$": "metafor takes Sato's error; meta's is compared",
    r"\.(CMH|CMHp|Breslow_Day_Tarone|TAp)$": "no test of homogeneity of odds ratios",
    r"\.(KR|prediction\.KR)\.": "no Kenward-Roger degrees of freedom",
    r"\.(se_tau2|tau2_metafor_default_tolerance)$": "no error of tau2; R's looser convergence is no target",
    r"\.other_local_maxima_tau2$": "lower maxima of the likelihood: the highest is compared",
    r"\.(note|selfcheck_\w+)$": "about the reference itself",
}
Got = dict[str, object]


@cache
def expected(folder: str, name: str) -> dict:
    return json.loads((FOLDERS[folder] / "expected" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def rows(folder: str, name: str) -> list[dict[str, str]]:
    with (FOLDERS[folder] / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: "" if cell == "NA" else cell for key, cell in row.items()} for row in csv.DictReader(file)]


FILES = [(folder, path.stem) for folder in FOLDERS for path in sorted((FOLDERS[folder] / "expected").glob("pw_*.json"))]
CASES = [(folder, name, measure) for folder, name in FILES for measure in expected(folder, name)["measures"]]


def leaves(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(node, dict) and node:
        yield from chain.from_iterable(leaves(value, f"{path}.{key}") for key, value in node.items())
    elif isinstance(node, list) and node:
        yield from chain.from_iterable(leaves(value, f"{path}.{i}") for i, value in enumerate(node))
    elif node not in ({}, []):
        yield path.removeprefix("."), node


def family(path: str) -> str:
    return re.sub(r"\.\d+(?=\.|$)", "", path)


def left_out(measure: str, path: str) -> str | None:
    return next((pattern for pattern in NOT_OFFERED if re.search(pattern, f"{measure}.{family(path)}")), None)


def fields(prefix: str, value: object, names: str) -> Got:
    """R's names and ours, `Q=q df`, of the attributes of a value; all None where there is no value."""
    pairs = [pair.partition("=") for pair in names.split()]
    return {f"{prefix}.{r}": None if value is None else getattr(value, ours or r) for r, _, ours in pairs}


def under(prefix: str, got: Got) -> Got:
    return {f"{prefix}.{path}": value for path, value in got.items()}


ESTIMATE = "TE=te seTE=se b=te se lower=ci_low upper=ci_high z=statistic stat=statistic p df"


def evidence(folder: str, name: str) -> tuple[list[Group], list[Contrast], str, str]:
    """The data of a case as a table of trials would hold them."""
    a, b = ("e", "c") if folder == "public" else expected(folder, name)["direction"].split()[2:5:2]
    groups, contrasts = [], []
    for row in rows(folder, name):
        short = {key.replace("event_", "events_"): value for key, value in row.items()}
        te, se = row.get("te") or row.get("TE"), row.get("sete") or row.get("seTE")
        if te and se:
            contrasts.append(Contrast(study=row["study"], a=a, b=b, te=float(te), se=float(se)))
            continue
        for arm, end in ((row["treatment"], ""),) if "treatment" in row else ((a, "_e"), (b, "_c")):
            known = {key: float(short[key + end]) for key in ("events", "mean", "sd", "n") if short.get(key + end)}
            if "n" in known:
                groups.append(Group(study=row["study"], treatment=arm, **known))
    return groups, contrasts, a, b


def of_tables(analysis: PoolAnalysis) -> Got:
    """What a pool of tables gives; R's Q of a single table is about the pooled effect, where ours is 0."""
    spread, common, own = analysis.heterogeneity, analysis.common, analysis.studies[0]
    q = spread.q if analysis.k > 1 else cochran_q([own.te], [own.se], common.te) if common else None
    return fields("x", common, ESTIMATE) | {"x.Q": q if common else None, "x.Q_p": spread.p, "x.k": analysis.k}


def of_counts(
    groups: list[Group], a: str, b: str, measure: Measure, by_default: Tau2Method, places: dict[str, int]
) -> Got:
    """Fourfold tables under every choice for zero cells, and what pools tables."""

    def run(**options: object) -> PoolAnalysis:
        return analyse_pool(groups, [], a, b, PoolOptions(measure=measure, **({"tau2": by_default} | options)))

    arms = {(g.study, g.treatment): g for g in groups}
    studies = [s for s in dict.fromkeys(g.study for g in groups) if {(s, a), (s, b)} <= arms.keys()]
    pairs = [(arms[s, a], arms[s, b]) for s in studies]
    tables = [Counts(events_a=x.events, n_a=x.n, events_b=y.events, n_b=y.n) for x, y in pairs]
    got: Got = {}
    for study, table in zip(studies, tables, strict=True):
        own, at = binary_effect(table, measure), f"studies.{places[study]}"
        cells = binary_effect(table, measure, continuity=Continuity.FOUR_CELLS, keep_double_zero=True)
        got |= fields(at, own, "incr_e=added_a incr_c=added_b") | {f"{at}.excluded": own.te is None}
        got |= {f"{at}.metafor_yi": cells.te, f"{at}.metafor_vi": cells.se**2}
        whole = binary_effect(table, measure, keep_double_zero=True)
        got |= fields(at, whole, "TE_allstudies=te seTE_allstudies=se")
    exact = run(method=PoolMethod.MH, exact_mh=True)
    mine = of_tables(exact)
    for name, found in (("common_MH_default", of_tables(run(method=PoolMethod.MH))), ("common_MH_exact", mine)):
        got |= under(name, {path[2:]: value for path, value in found.items()})
    # metafor's Q is of its own effects, without tables of no event or nothing but events.
    told = [t for t in tables if 0 < t.events_a + t.events_b < t.n_a + t.n_b]
    cells = [binary_effect(t, measure, continuity=Continuity.FOUR_CELLS, keep_double_zero=True) for t in told]
    df, centre = len(told) - 1, exact.common.te if exact.common else None
    q = cochran_q([e.te for e in cells], [e.se for e in cells], centre) if df else 0.0
    total = {"QE": q, "QEp": chi2_p(q, df) if df else 1.0, "k": len(tables), "k_yi": len(told)}
    total |= {"I2": max(0.0, (q - df) / q) if q else None, "H2": q / df if df else None}
    for name in ("metafor_rma_mh", "metafor_rma_mh_default"):
        got |= fields(name, exact.common, ESTIMATE) | under(name, total)
    if measure is Measure.OR:
        got |= under("common_Peto", {p[2:]: v for p, v in of_tables(run(method=PoolMethod.PETO)).items()})
        tests = {"Harbord": harbord(tables), "Peters": peters([binary_effect(t, measure).te for t in tables], tables)}
        for name, test in tests.items():
            got |= fields(f"bias_OR.{name}", test, "bias se t df p")
    for name, choice in (("models_allstudies", Continuity.HALF), ("models_metafor_effects", Continuity.FOUR_CELLS)):
        every = run(keep_double_zero=True, continuity=choice).studies
        found = of_models(np.array([s.te for s in every]), np.array([s.se for s in every]), [], full=False)
        got |= under(name, {path.removeprefix("random."): value for path, value in found.items()})
    return got


def of_means(groups: list[Group], a: str, b: str, measure: Measure) -> Got:
    arms = {(g.study, g.treatment): g for g in groups}
    variance, got = "metafor_vi_UB" if measure is Measure.SMD else "metafor_vi", {}
    for i, study in enumerate(dict.fromkeys(g.study for g in groups)):
        effect = continuous_effect(arms[study, a], arms[study, b], measure)
        got |= {f"studies.{i}.metafor_yi": effect.te, f"studies.{i}.{variance}": effect.se**2}
    return got


def of_models(te: np.ndarray, se: np.ndarray, names: list[str], *, full: bool = True) -> Got:
    """What pooling the effects gives by every method."""
    spread = heterogeneity(te, se)
    got: Got = {"k": len(te)} | {f"studies.{i}": name for i, name in enumerate(names)}
    got |= fields("common_IV", inverse_variance(te, se), ESTIMATE)
    got |= {f"common_IV.weights_pct.{i}": 100 * w for i, w in enumerate(weights(se))}
    got |= fields("heterogeneity", spread, "Q=q df p I2=i2 I2_lower=i2_low I2_upper=i2_high")
    got |= fields("heterogeneity", spread, "H=h H_lower=h_low H_upper=h_high") | {
        "heterogeneity.tau2_ci_Qprofile": None
    }
    got |= fields("heterogeneity.tau2_ci_Qprofile", spread, "lower=tau2_low upper=tau2_high")
    for method in (*Tau2Method, "EB"):  # empirical Bayes is Paule-Mandel under another name
        got |= under(f"random.{method}", of_random(te, se, Tau2Method.PM if method == "EB" else method))
        tau2, high = got[f"random.{method}.tau2"], spread.tau2_high
        if high is not None:  # where not told otherwise, metafor looks no further than this
            got[f"random.{method}.tau2_ci_Qprofile.lower"] = spread.tau2_low
            got[f"random.{method}.tau2_ci_Qprofile.upper"] = min(high, max(100.0, 10.0 * tau2))
    return got | (of_sequences(te, se, names) | of_funnel(te, se) if full and len(te) > 1 else {})


def of_random(te: np.ndarray, se: np.ndarray, method: Tau2Method) -> Got:
    tau2 = estimate_tau2(te, se, method)
    used = tau2 or 0.0
    wald, plain = inverse_variance(te, se, used), hartung_knapp(te, se, used, adhoc=AdHoc.NONE)
    typical = typical_variance(te, se, intercept(len(te))) if len(te) > 1 else 1.0
    got: Got = {"tau2": tau2, "tau2_exact": tau2, "tau": None if tau2 is None else tau2**0.5}
    got |= {"I2_metafor_tau2_based": used / (used + typical), "H2_metafor": used / typical + 1}
    got |= fields("classic", wald, ESTIMATE) | {"TE_at_tau2_exact": wald.te, "seTE_at_tau2_exact": wald.se}
    got |= {f"weights_pct.{i}": 100 * w for i, w in enumerate(weights(se, used))}
    for rule, name in zip(AdHoc, ("HK", "HK_adhoc_se", "HK_adhoc_ci", "HK_adhoc_IQWiG6"), strict=True):
        got |= fields(name, hartung_knapp(te, se, used, adhoc=rule), ESTIMATE)
    further = {d: prediction_interval(te, se, tau2, definition=d) for d in Prediction}
    for name, found in zip(("V", "HTS", "S", "HK"), further.values(), strict=True):
        got |= fields(f"prediction.{name}", found, "lower=ci_low upper=ci_high seTE=se df")
    for name, mean, found in (("z", wald, further[Prediction.NORMAL]), ("knha", plain, further[Prediction.HK])):
        got |= fields(f"metafor.{name}", mean, ESTIMATE)
        got |= fields(f"metafor.{name}", found, "pi_lower=ci_low pi_upper=ci_high")
    return got


def of_sequences(te: np.ndarray, se: np.ndarray, names: list[str], order: list[float] | None = None) -> Got:
    got: Got = {}
    for method in (Tau2Method.DL, Tau2Method.REML):
        runs = {"leave_one_out": leave_one_out(names, te, se, method=method)}
        runs["leave_one_out_DL"] = leave_one_out(names, te, se, method=Tau2Method.DL)
        added = "cumulative_by_year" if order else "cumulative_row_order"
        runs[added] = cumulative(names, te, se, order=order, method=method)
        for run, steps in runs.items():
            for i, step in enumerate(steps):
                at = f"{run}.{i}"
                got |= fields(at, step, "omitted=study added=study Q=q I2=i2") | {f"{at}.omit": i + 1}
                got |= fields(at, step.common, "TE_common=te TE.common=te seTE_common=se")
                got |= fields(at, step.random, f"tau2 tau2_{method}=tau2")
                got |= fields(at, step.random.wald, f"TE_{method}=te seTE_{method}=se TE.random=te seTE.random=se")
                got |= {f"{at}.year": sorted(order)[i]} if order else {}
    return got


def of_funnel(te: np.ndarray, se: np.ndarray) -> Got:
    got = fields("egger", egger(te, se), "intercept=bias se t df p")
    got |= fields("begg", begg(te, se), "ks=score se z p metafor_ranktest_tau=tau metafor_ranktest_p=p_exact")
    line = missing_side(
        te, se, None
    )  # meta tells the side by Egger's line whatever it centres on, metafor by its model
    for name, estimator, random, side, other in (
        ("meta_L0_common_DL", Estimator.L0, False, line, ("metafor_L0_EE", "common")),
        ("meta_L0_random_DL", Estimator.L0, True, line, None),
        ("metafor_L0_DL", Estimator.L0, True, None, ("metafor_L0_DL", "random")),
        ("meta_R0_common_DL", Estimator.R0, False, line, None),
    ):
        found = trim_and_fill(te, se, estimator=estimator, centre_random=random, side=side)
        if found is None:
            continue
        both: Got = fields("k", found, "k0 tau2")
        for model in ("common", "random"):
            both |= fields("k", getattr(found, model), f"TE_{model}=te seTE_{model}=se TE.{model}=te seTE.{model}=se")
        both |= {f"k.filled_TE.{i}": x for i, x in enumerate(found.filled_te)}
        both |= {f"k.filled_seTE.{i}": x for i, x in enumerate(found.filled_se)}
        for at in (f"trimfill.{name}", *(["trimfill_DL"] if other and not random else [])):
            got |= under(at, {path[2:]: value for path, value in both.items()})
        if other:
            at = f"trimfill.{other[0]}"
            got |= fields(at, getattr(found, other[1]), ESTIMATE) | fields(at, found, "k0 side tau2")
    return got


def of_regression(prefix: str, found: Regression) -> Got:
    got = fields(prefix, found, "tau2 QM=qm QMp=qm_p QE=qe QE_df=qe_df QEp=qe_p H2=h2")
    got |= {f"{prefix}.QM_df.0": found.qm_df, f"{prefix}.QM_df.1": found.qe_df if found.knapp_hartung else None}
    got |= {f"{prefix}.R2_pct": None if found.r2 is None else 100 * found.r2, f"{prefix}.I2_pct": 100 * found.i2}
    for i, (name, coefficient) in enumerate(found.coefficients.items()):
        got |= fields(f"{prefix}.coef.{i}", coefficient, ESTIMATE)
        got[f"{prefix}.coef.{i}.name"] = {"intercept": "intrcpt"}.get(name, name.replace(":", ""))
        got |= {f"{prefix}.vcov.{i}.{j}": x for j, x in enumerate(found.covariance[i])}
    return got


def of_covariates(te: np.ndarray, se: np.ndarray, names: list[str], years: list[float], labels: list[str]) -> Got:
    by = {"year": Covariate(name="year", values=years), "subgroup": Covariate(name="subgroup", values=labels)}
    got = of_sequences(te, se, names, years)
    got |= of_regression("metareg_common_year", meta_regression(te, se, [by["year"]], method=None))
    for method in (Tau2Method.DL, Tau2Method.REML, Tau2Method.PM, Tau2Method.ML):
        for model in ("year", "subgroup", "year_subgroup"):
            for test in ("z", "knha"):
                chosen = [by[name] for name in model.split("_")]
                found = meta_regression(te, se, chosen, method=method, knapp_hartung=test == "knha")
                got |= of_regression(f"metareg.{method}.{model}.{test}", found)
    slope = meta_regression(te, se, [Covariate(name="se", values=list(se))]).coefficients
    got |= fields("regtest_metafor.rma_REML_sei", slope["se"], "z=statistic p")
    limit = "limit_estimate=te limit_lower=ci_low limit_upper=ci_high"
    got |= fields("regtest_metafor.rma_REML_sei", slope["intercept"], limit)
    got |= fields("regtest_metafor.lm_sei", egger(te, se), "t df p limit_estimate=limit")
    for method in (Tau2Method.DL, Tau2Method.REML):
        for shared in (False, True):
            found = subgroups(te, se, labels, method=method, shared_tau2=shared)
            at = f"subgroup.{method}_tau_{'common' if shared else 'separate'}"
            got |= fields(at, found, "Q_between_common=q_between_common Q_between_random=q_between_random df")
            got |= fields(at, found, "p_common p_random Q_within_common=q_within df_within")
            for i, group in enumerate(found.groups):
                one = f"{at}.groups.{i}"
                got |= fields(one, group, "group k tau2") | fields(one, group.heterogeneity, "Q=q p_Q=p I2=i2")
                got |= fields(one, group.common, "TE_common=te seTE_common=se")
                got |= fields(one, group.random, "TE_random=te seTE_random=se lower_random=ci_low upper_random=ci_high")
    return got


@cache
def computed(folder: str, name: str, measure_name: str) -> Got:
    """Everything we compute for a case, by the path at which R's number stands in the JSON."""
    measure = Measure(measure_name)
    groups, contrasts, a, b = evidence(folder, name)
    studies = analyse_pool(groups, contrasts, a, b, PoolOptions(measure=measure)).studies
    got: Got = {}
    places = {study: i for i, study in enumerate(dict.fromkeys(row["study"] for row in rows(folder, name)))}
    for study, i in places.items():  # rows of the CSV without numbers make no study; R keeps them as missing
        got |= {f"studies.{i}.{key}": None for key in ("TE_allstudies", "seTE_allstudies", "metafor_yi", "metafor_vi")}
        got |= {f"studies.{i}.{key}": 0.0 if measure.is_ratio else None for key in ("incr_e", "incr_c")}
        got |= {f"studies.{i}.study": study, f"studies.{i}.excluded": True}
        got |= fields(f"studies.{i}", None, "TE seTE var")
    for study in studies:
        at = f"studies.{places[study.study]}"
        got |= fields(at, study, "TE=te seTE=se") | {f"{at}.var": None if study.se is None else study.se**2}
    if any(g.events is not None for g in groups):
        # meta's Q of tables is about the Mantel-Haenszel mean under DL only; `public` was run with REML
        got |= of_counts(groups, a, b, measure, Tau2Method.REML if folder == "public" else Tau2Method.DL, places)
    elif groups:
        got |= of_means(groups, a, b, measure)
    usable = [s for s in studies if s.te is not None]
    te, se, names = np.array([s.te for s in usable]), np.array([s.se for s in usable]), [s.study for s in usable]
    got |= under("models", of_models(te, se, names))
    data = rows(folder, name)
    if "year" in data[0]:
        got |= of_covariates(te, se, names, [float(r["year"]) for r in data], [r["subgroup"] for r in data])
    return got


def mine_at(got: Got, path: str, want: object) -> object:
    """What we have where R's value stands; for a null of R that stands for a whole, None if none of its fields holds
    anything. KeyError where nothing is computed."""
    if path not in got and want is None:
        fields = [value for name, value in got.items() if name.startswith(f"{path}.")]
        if fields and all(is_null(value) for value in fields):
            return None
    return got[path]


def is_null(value: object) -> bool:
    """R writes null for NA and for what is not finite."""
    return value is None or (isinstance(value, float) and not np.isfinite(value))


def agrees(mine: object, want: object, path: str) -> bool:
    if want is None or is_null(mine):
        return want is None and is_null(mine)
    if isinstance(want, str | bool):
        return mine == want
    _, _, relative, absolute = next(row for row in TOLERANCES if row[1].search(path))
    return mine == pytest.approx(want, rel=relative, abs=absolute)


@pytest.mark.parametrize(("folder", "name", "measure"), CASES)
def test_every_number_of_r_is_met(folder: str, name: str, measure: str) -> None:
    got, wrong, compared = computed(folder, name, measure), [], 0
    for path, want in leaves(expected(folder, name)["measures"][measure]):
        if left_out(measure, path):
            continue
        compared += 1
        try:
            mine = mine_at(got, path, want)
        except KeyError:
            wrong.append(f"{path}: nothing computes it (R: {want})")
            continue
        if not agrees(mine, want, path):
            wrong.append(f"{path}: ours {mine}, R {want}")
    assert not wrong, "\n".join(wrong)
    assert compared > 100


def test_a_null_of_r_is_compared_like_any_value() -> None:
    assert agrees(None, None, "x")
    assert agrees(float("nan"), None, "x")
    assert not agrees(0.5, None, "x")
    assert not agrees(None, 0.5, "x")
    assert not agrees(float("nan"), 0.5, "x")
    assert not agrees(0.0, None, "x")
    assert list(leaves({"a": None, "b": [None, 1], "c": {}})) == [("a", None), ("b.0", None), ("b.1", 1)]
    assert mine_at({"a.TE": None, "a.seTE": None}, "a", None) is None
    for got in ({"a.TE": None, "a.seTE": 0.5}, {"ab.TE": None}, {}):
        with pytest.raises(KeyError):
            mine_at(got, "a", None)


def test_the_grid_is_complete() -> None:
    """Every file, measure, method and family of numbers is exercised."""
    own = [case for case in CASES if case[0] != "public"]
    for folder in ("synthetic", "osteoporosis"):
        data = {path.stem for path in (FOLDERS[folder] / "data").glob("pw_*.csv")}
        assert data == {name for where, name, _ in own if where == folder}
    assert {measure for _, _, measure in own} == {"OR", "RR", "RD", "MD", "SMD", "generic"}
    theirs = {(m, family(path)) for f, n, m in own for path, _ in leaves(expected(f, n)["measures"][m])}
    ours = {family(path) for case in own for path in computed(*case)}
    assert {path for measure, path in theirs if path not in ours and not left_out(measure, path)} == set()
    intervals = ("classic", "HK", "HK_adhoc_se", "HK_adhoc_ci", "HK_adhoc_IQWiG6")
    methods = {f"models.random.{m}.{i}.lower" for m in Tau2Method for i in intervals}
    methods |= {f"models.random.{m}.prediction.{p}.lower" for m in Tau2Method for p in ("V", "HTS", "S", "HK")}
    assert methods <= ours & {path for _, path in theirs}


@pytest.mark.skipif(
    PUBLIC is None, reason="BONERX_REFERENCE_DIR is not set: the data of R's packages are not kept here"
)
def test_the_data_sets_of_r_packages_are_there() -> None:
    assert {name for folder, name in FILES if folder == "public"} >= {"pw_bcg", "pw_fleiss1993cont", "pw_hackshaw1998"}
    used = {left_out(m, path) for f, n, m in CASES for path, _ in leaves(expected(f, n)["measures"][m])}
    assert set(NOT_OFFERED) - used <= {r"\.other_local_maxima_tau2$"}
