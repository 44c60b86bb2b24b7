"""Every number that R's netmeta gives for a network of treatments, against ours.

`synthetic` and `osteoporosis` are data of our own; `public` is read where BONERX_REFERENCE_DIR says, since its data
sets do not belong here. A number of the JSON that nothing computes, and no reason leaves out, fails the test.
"""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkOptions, analyse_network
from bonerx.synthesis.network.component_design import combinations_of
from bonerx.synthesis.network.components import (
    ComponentAnalysis,
    analyse_components,
    component_pairs,
    estimate_contrasts,
)
from bonerx.synthesis.network.connectivity import connected_parts, part_labels
from bonerx.synthesis.network.data import NetworkData, network_data
from bonerx.synthesis.network.gls import NetworkFit, PairTable, fit_network, pair_table, prediction_limits
from bonerx.synthesis.network.heterogeneity import (
    between_designs_random,
    design_qs,
    detached_designs,
    network_heterogeneity,
)
from bonerx.synthesis.network.inconsistency import SplitTable, direct_counts, split_by_design, split_evidence
from bonerx.synthesis.network.p_scores import p_scores
from bonerx.synthesis.network.tau2 import network_tau2
from bonerx.synthesis.numeric.distributions import chi2_p

HERE = Path(__file__).parent
FOLDERS = {"synthetic": HERE / "synthetic", "osteoporosis": HERE / "osteoporosis"}
PUBLIC = os.environ.get("BONERX_REFERENCE_DIR")
if PUBLIC:
    FOLDERS["public"] = Path(PUBLIC)

# Kind of quantity, where it stands, relative error, absolute error. The first that matches the path counts.
TOLERANCES = (
    ("optimised by R", re.compile(r"^netmetabin_NCH\."), 5e-3, 5e-3),  # optim() stops early, its Hessian is numeric
    ("iterated", re.compile(r"REML"), 1e-6, 1e-9),
    ("closed form", re.compile(r""), 1e-8, 1e-10),
)

NOT_OFFERED = {
    r"^(dataset|kind|sm|reference_group|small_values|sign_convention|calls|pairwise_allstudies)$": "about the case",
    r"^(versions|timing_seconds|studies_left_out|contrasts)\b": "about the run, or the input",
    r"\.(note|method|warnings|score_at_root|seed|nsim)\b": "about the run",
    r"^(netmeta_error|error)$": "words: what we say is tested in tests/unit/synthesis/test_network_data.py",
    r"^random_REML\.(tau|tau2|tau2_exact_root_of_netmetas_own_score|error)$": "netmeta's REML leaves out covariances",
    r"^random_REML_gls\.error$": "no degrees of freedom: ours is None",
    r"^league_random_DL_digits3": "printed strings",
    r"^rankogram_random_DL_simulated": "no simulated rankograms: the P-scores beside them are compared",
    r"^netmetabin_\w+\.(Q|df_Q)$": "netmeta's inverse-variance Q beside the Mantel-Haenszel one",
    r"^netmetabin_NCH\.(Q_inconsistency|df|p)$": "the conditional likelihood has no Q",
    r"^weights_adjusted\..*\.leverage_random": "the common-effect one is compared",
}

Got = dict[str, object]
SIGNED = {"TE", "nma", "direct", "indirect", "diff", "z", "diff_z"}
SWAPPED = {"lower": "upper", "nma_lower": "nma_upper", "predict_lower": "predict_upper"}
SWAPPED |= {high: low for low, high in SWAPPED.items()}


@cache
def expected(folder: str, name: str) -> dict:
    return json.loads((FOLDERS[folder] / "expected" / f"{name}.json").read_text(encoding="utf-8"))


FILES = [
    (folder, path.stem)
    for folder in FOLDERS
    for prefix in ("nma_*.json", "net_*.json")
    for path in sorted((FOLDERS[folder] / "expected").glob(prefix))
]


def table(folder: str, name: str) -> list[dict[str, str]]:
    path = FOLDERS[folder] / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [{key.lower(): value for key, value in row.items()} for row in csv.DictReader(file)]


def known(row: dict[str, object], *keys: str) -> float | None:
    """The number under the first of the keys that the row has; None for R's null, NA or an empty cell, never for 0."""
    value = next((row[key] for key in keys if row.get(key) is not None), None)
    return None if value in (None, "", "NA") else float(str(value))


def group(row: dict[str, str]) -> Group:
    number = {key: known(row, key) for key in ("n", "mean", "sd")}
    return Group(study=row["study"], treatment=row["treatment"], events=known(row, "events", "responders"), **number)


def contrast(row: dict[str, object]) -> Contrast | None:
    """A contrast of a file or of R's JSON; None where R has none (no information on the measure)."""
    te, se = known(row, "TE", "te"), known(row, "seTE", "sete")
    if te is None or se is None:
        return None
    return Contrast(study=str(row["study"]), a=str(row["treat1"]), b=str(row["treat2"]), te=te, se=se)


def contrasts(rows: list[dict[str, object]]) -> list[Contrast]:
    return [found for row in rows if (found := contrast(row)) is not None]


def inputs(folder: str, name: str) -> tuple[list[Group], list[Contrast]]:
    """The case's studies; SMD networks as R's contrasts, for they are Cohen's d there and Hedges' g here."""
    case = expected(folder, name)
    if case.get("sm") == "SMD":
        return [], contrasts(case["contrasts_from_pairwise"])
    if folder == "osteoporosis":
        outcome = name.split("_")[1]
        files = [f"net_{outcome}_arms", f"net_{outcome}_contrasts"]
        if name.endswith("ishida"):
            files += [path.stem for path in (FOLDERS[folder] / "data").glob(f"ishida_{outcome}_*.csv")]
        found = [row for file in files for row in table(folder, file)]
    else:
        stem = re.sub(r"_(OR|RR|RD|MD|SMD)(_.*)?$|_discomb$", "", name)
        stem = stem if (FOLDERS[folder] / "data" / f"{stem}.csv").exists() else case["dataset"]
        dropped = case.get("studies_left_out") or []
        found = [row for row in table(folder, stem) if row["study"] not in dropped]
    arms = [group(row) for row in found if "treatment" in row and known(row, "n") is not None]
    return arms, contrasts([row for row in found if "treat1" in row])


@dataclass(frozen=True)
class Case:
    folder: str
    name: str
    json: dict
    data: NetworkData
    common: NetworkFit | None
    random: NetworkFit | None

    @property
    def names(self) -> tuple[str, ...]:
        return self.data.treatments


@cache
def case_of(folder: str, name: str) -> Case:
    found = expected(folder, name)
    groups, contrasts = inputs(folder, name)
    data = network_data(
        groups,
        contrasts,
        measure=Measure(found["sm"]) if found.get("sm") in Measure.__members__ else Measure.MD,
        keep_double_zero=bool(found.get("pairwise_allstudies")),
        te_tolerance=0.1 if name == "nma_discomb_artificial" else 1e-3,
    )
    if len(set(part_labels(data).tolist())) > 1:
        return Case(folder, name, found, data, None, None)
    return Case(folder, name, found, data, fit_network(data), fit_network(data, network_tau2(data, "DL") or 0.0))


def key(a: str, b: str) -> str:
    return " | ".join(sorted((a, b)))


def canonical(node: object, path: str = "", flip: bool = False) -> Iterator[tuple[str, object]]:
    """The leaves of a reference, rows under the names of what they are about, contrasts in alphabetical order."""
    if isinstance(node, dict):
        for name, value in node.items():
            flipped = flip and isinstance(value, int | float) and (name in SIGNED or name in SWAPPED)
            target = SWAPPED.get(name, name) if flip else name
            yield from canonical(-value if flipped else value, f"{path}.{target}" if path else target)
    elif isinstance(node, list):
        for i, one in enumerate(node):
            if not isinstance(one, dict):
                yield from canonical(one, f"{path}.{i}")
                continue
            label, flip_row, rest = row_name(one, i)
            yield from canonical(rest, f"{path}.{label}", flip_row)
    else:
        yield path, node


def row_name(row: dict, i: int) -> tuple[str, bool, dict]:
    """What a row is about, whether its contrast must be turned round, and its other fields."""
    if "treat1" in row:
        a, b = row["treat1"], row["treat2"]
        study = f"{row['study']} | " if "study" in row else ""
        rest = {name: value for name, value in row.items() if name not in ("treat1", "treat2", "study")}
        return study + key(a, b), a > b, rest
    for name in ("comparison", "design", "name", "subnet"):
        if name in row:
            rest = {other: value for other, value in row.items() if other != name}
            parts = str(row[name]).split(":") if name in ("comparison", "design") else [str(row[name])]
            return " | ".join(sorted(parts)), name == "comparison" and parts[0] > parts[-1], rest
    return str(i), False, row


def pair_numbers(path: str, names: tuple[str, ...], pairs: PairTable, got: Got, limits: object = None) -> None:
    for row, (a, b) in enumerate(zip(pairs.a, pairs.b, strict=True)):
        here = f"{path}.{key(names[a], names[b])}"
        se = pairs.se[row]
        z = pairs.te[row] / se if se > 0 else np.nan
        values = (pairs.te[row], se, pairs.ci_low[row], pairs.ci_high[row], z, pairs.p[row])
        for name, value in zip(("TE", "seTE", "lower", "upper", "z", "p"), values, strict=True):
            got[f"{here}.{name}"] = value
        if limits is not None:
            got[f"{here}.predict_lower"], got[f"{here}.predict_upper"] = limits[0][row], limits[1][row]


def numbers_network(case: Case, got: Got) -> None:
    data, sizes = case.data, [(block.size, len(block.study)) for block in case.data.blocks]
    got |= {
        "network.k_studies": len(data.studies),
        "network.n_treatments": len(data.treatments),
        "network.m_comparisons": sum(k * m * (m - 1) // 2 for m, k in sizes),
        "network.d_designs": len(design_qs(case.common)),
        "network.n_multiarm_studies": sum(k for m, k in sizes if m > 2),
    }
    order = case.json["network"]["treatments"]
    assert sorted(order) == list(data.treatments)
    got |= {f"network.treatments.{i}": name for i, name in enumerate(order)}
    studies = case.json["network"].get("studies", [])
    assert sorted(studies) == sorted(data.studies) or not studies
    got |= {f"network.studies.{i}": name for i, name in enumerate(studies)}
    left_out = case.json["network"].get("excluded_studies", [])
    assert sorted(left_out) == [one.study for one in data.excluded] or "excluded_studies" not in case.json["network"]
    got |= {f"network.excluded_studies.{i}": name for i, name in enumerate(left_out)}


def study_rows(case: Case) -> Iterator[tuple[str, int, int, int, int]]:
    """Name of each contrast of each study, and block, row, and places of its two arms."""
    for number, block in enumerate(case.data.blocks):
        for row, (study, arms) in enumerate(zip(block.study, block.arms, strict=True)):
            for i in range(block.size):
                for j in range(i + 1, block.size):
                    pair = key(case.names[arms[i]], case.names[arms[j]])
                    yield f"{case.data.studies[study]} | {pair}", number, row, i, j


def numbers_contrasts(case: Case, got: Got) -> None:
    for name, number, row, i, j in study_rows(case):
        block, here = case.data.blocks[number], f"contrasts_from_pairwise.{name}"
        got[f"{here}.TE"], got[f"{here}.seTE"] = block.te[row, i, j], np.sqrt(block.v[row, i, j])
    for path, value in canonical(case.json["contrasts_from_pairwise"], "contrasts_from_pairwise"):
        # Studies that R leaves out have no effect there; what 0.5 is added to is seen in the effect.
        if value is None or re.search(r"\.incr\d?$", path):
            got.setdefault(path, value)
    left_out = {one.study for one in case.data.excluded}
    for path, value in canonical(case.json["contrasts_from_pairwise"], "contrasts_from_pairwise"):
        if path.split(" | ")[0].removeprefix("contrasts_from_pairwise.") in left_out:
            got[path] = value


def numbers_weights(case: Case, got: Got) -> None:
    for name, number, row, i, j in study_rows(case):
        block, here = case.data.blocks[number], f"weights_adjusted.{name}"
        got[f"{here}.TE"], got[f"{here}.seTE"] = block.te[row, i, j], np.sqrt(block.v[row, i, j])
        for model, fit in (("common", case.common), ("random_DL", case.random)):
            got[f"{here}.seTE_adj_{model}"] = 1.0 / np.sqrt(-fit.weights[number][row, i, j])
        a, b, g = block.arms[row, i], block.arms[row, j], case.common.covariance
        leverage = -case.common.weights[number][row, i, j] * (g[a, a] + g[b, b] - 2.0 * g[a, b])
        got[f"{here}.leverage_common"] = leverage


def numbers_common(case: Case, got: Got) -> None:
    pair_numbers("common.pairs", case.names, pair_table(case.common), got)


def adjusted(case: Case, family: str, fit: NetworkFit, got: Got) -> None:
    by_name = {}
    for name, number, row, i, j in study_rows(case):
        by_name[name] = 1.0 / np.sqrt(-fit.weights[number][row, i, j])
    for i, row in enumerate(case.json["weights_adjusted"]):
        got[f"{family}.seTE_adj.{i}"] = by_name[f"{row['study']} | {key(row['treat1'], row['treat2'])}"]


def numbers_random(case: Case, got: Got, family: str, fit: NetworkFit) -> None:
    pairs = pair_table(fit)
    limits = prediction_limits(pairs, fit.tau2, case.common.df) or (np.full(len(pairs.te), np.nan),) * 2
    pair_numbers(f"{family}.pairs", case.names, pairs, got, limits)
    spread = np.sqrt(pairs.se**2 + fit.tau2) if case.common.df else np.full(len(pairs.te), np.nan)
    for row, (a, b) in enumerate(zip(pairs.a, pairs.b, strict=True)):
        got[f"{family}.pairs.{key(case.names[a], case.names[b])}.seTE_predict"] = spread[row]
    adjusted(case, family, fit, got)


def numbers_dl(case: Case, got: Got) -> None:
    tau2 = network_tau2(case.data, "DL")
    got["random_DL.tau2"] = tau2
    got["random_DL.tau"] = None if tau2 is None else np.sqrt(tau2)
    numbers_random(case, got, "random_DL", case.random)


def numbers_reml(case: Case, got: Got) -> None:
    """netmeta's REML: estimates at its tau2, which leaves out covariances of contrasts."""
    if "pairs" in case.json["random_REML"]:
        numbers_random(case, got, "random_REML", fit_network(case.data, case.json["random_REML"]["tau2"]))


def own_reml(case: Case) -> bool:
    """Whether netmeta's REML knows the covariances: of arm-level data, not SMD, or with two-arm studies only."""
    return (case.json["kind"] != "contrast" and case.json["sm"] != "SMD") or len(case.data.blocks) == 1


def numbers_reml_exact(case: Case, got: Got) -> None:
    reference = case.json["random_REML_exact"]["tau2"]
    tau2 = network_tau2(case.data, "REML") if own_reml(case) else reference
    got["random_REML_exact.tau2"], got["random_REML_exact.tau"] = tau2, np.sqrt(tau2)
    numbers_random(case, got, "random_REML_exact", fit_network(case.data, tau2))


def numbers_reml_gls(case: Case, got: Got) -> None:
    tau2 = network_tau2(case.data, "REML")
    got["random_REML_gls.tau2"] = tau2
    pair_numbers("random_REML_gls.pairs", case.names, pair_table(fit_network(case.data, tau2 or 0.0)), got)


def numbers_heterogeneity(case: Case, got: Got) -> None:
    found = network_heterogeneity(case.common)
    for name, one in (("total", found.total), ("within", found.within), ("between", found.between)):
        got |= {f"heterogeneity.Q_{name}": one.q, f"heterogeneity.df_{name}": one.df, f"heterogeneity.p_{name}": one.p}
    got |= {
        "heterogeneity.I2": found.i2,
        "heterogeneity.I2_lower": found.i2_low,
        "heterogeneity.I2_upper": found.i2_high,
    }
    got["heterogeneity.tau2_DL"] = network_tau2(case.data, "DL")


def numbers_designs(case: Case, got: Got) -> None:
    found, path = network_heterogeneity(case.common), "decomp_design"
    one_design = len(design_qs(case.common)) == 1
    for name, one in (("Total", found.total), ("Within designs", found.within), ("Between designs", found.between)):
        got |= {f"{path}.Q_decomp.{name}.{k}": v for k, v in (("Q", one.q), ("df", one.df), ("pval", one.p))}
    for one in design_qs(case.common):
        here = f"{path}.Q_het_design.{' | '.join(case.names[i] for i in one.treatments)}"
        got |= {f"{here}.Q": one.within.q, f"{here}.df": one.within.df, f"{here}.pval": one.within.p}
    for treatments, one in detached_designs(case.common):
        here = f"{path}.Q_inc_detach.{' | '.join(case.names[i] for i in treatments)}"
        got |= {f"{here}.Q": one.q, f"{here}.df": one.df, f"{here}.pval": one.p}
    between, tau2 = between_designs_random(case.common)
    here = f"{path}.Q_inc_random.Between designs"
    got |= {
        f"{here}.Q": between.q,
        f"{here}.df": between.df,
        f"{here}.pval": between.p,
        f"{here}.tau.within": tau2**0.5,
    }
    if one_design:
        got[f"{path}.Q_het_design"] = None  # R gives no table for a single design


def numbers_pscores(case: Case, got: Got, family: str, random: NetworkFit) -> None:
    for direction, better in (("desirable", "lower"), ("undesirable", "higher")):
        for model, fit in (("common", case.common), ("random", random)):
            scores = p_scores(pair_table(fit), len(case.names), better)
            here = f"{family}.small_values_{direction}.{model}"
            got |= {f"{here}.{name}": score for name, score in zip(case.names, scores, strict=True)}


def split_numbers(path: str, names: tuple[str, ...], pairs: PairTable, splits: SplitTable, got: Got) -> None:
    columns = {
        "k": splits.k,
        "prop_direct": splits.share_direct,
        "nma": pairs.te,
        "nma_se": pairs.se,
        "nma_lower": pairs.ci_low,
        "nma_upper": pairs.ci_high,
        "nma_p": pairs.p,
        "direct": splits.direct_te,
        "direct_se": splits.direct_se,
        "direct_p": 2.0 * ndtr(-np.abs(splits.direct_te / splits.direct_se)),
        "indirect": splits.indirect_te,
        "indirect_se": splits.indirect_se,
        "indirect_p": 2.0 * ndtr(-np.abs(splits.indirect_te / splits.indirect_se)),
        "diff": splits.difference_te,
        "diff_se": splits.difference_se,
        "diff_z": splits.difference_te / splits.difference_se,
        "diff_p": splits.difference_p,
    }
    for row, (a, b) in enumerate(zip(splits.a, splits.b, strict=True)):
        here = f"{path}.{key(names[a], names[b])}"
        got |= {f"{here}.{name}": column[row] for name, column in columns.items()}


def numbers_netsplit(case: Case, got: Got, family: str, random: NetworkFit) -> None:
    for model, fit in (("common", case.common), ("random", random)):
        pairs = pair_table(fit)
        split_numbers(f"{family}.{model}", case.names, pairs, split_evidence(fit, pairs), got)


def numbers_sidde(case: Case, got: Got) -> None:
    for model, fit, method in (("common", case.common, None), ("random", case.random, "DL")):
        pairs = pair_table(fit)
        splits = split_evidence(fit, pairs)
        rows = range(len(pairs.te))
        rest = [split_by_design(fit, pairs, splits, row, method) or (np.nan, np.nan) for row in rows]
        te, se = np.array(rest).T
        difference, spread = splits.direct_te - te, np.sqrt(splits.direct_se**2 + se**2)
        here: Got = {}
        split_numbers(f"netsplit_SIDDE_DL.{model}", case.names, pairs, splits, here)
        for row, (a, b) in enumerate(zip(pairs.a, pairs.b, strict=True)):
            name = f"netsplit_SIDDE_DL.{model}.{key(case.names[a], case.names[b])}"
            z = difference[row] / spread[row]
            here |= {f"{name}.indirect": te[row], f"{name}.indirect_se": se[row]}
            here |= {f"{name}.indirect_p": 2.0 * ndtr(-abs(te[row] / se[row])), f"{name}.diff": difference[row]}
            here |= {f"{name}.diff_se": spread[row], f"{name}.diff_z": z, f"{name}.diff_p": 2.0 * ndtr(-abs(z))}
        got |= here


def component_table(path: str, names: tuple[str, ...], values: tuple, got: Got) -> None:
    te, se, _ = values
    with np.errstate(invalid="ignore"):
        z = te / se
    for i, name in enumerate(names):
        numbers = (te[i], se[i], te[i] - 1.959963984540054 * se[i], te[i] + 1.959963984540054 * se[i], z[i])
        labels = ("TE", "seTE", "lower", "upper", "z")
        got |= {f"{path}.{name}.{label}": value for label, value in zip(labels, numbers, strict=True)}
        got[f"{path}.{name}.p"] = 2.0 * ndtr(-abs(z[i]))


def numbers_components(case: Case, got: Got, family: str) -> None:
    reference = case.json[family]
    inactive = reference.get("inactive")
    interactions: list[tuple[str, ...]] = []
    if family == "netcomb_full_interaction":
        inactive = next(name for name in case.names if "placebo" in name.lower() and "+" not in name)
        interactions = combinations_of(case.names, inactive)
    found = analyse_components(case.data, inactive=inactive, interactions=interactions)
    got |= {f"{family}.inactive": reference.get("inactive"), f"{family}.n_components": len(found.design.names)}
    assert sorted(reference["comps"]) == sorted(found.design.names)
    got |= {f"{family}.comps.{i}": name for i, name in enumerate(reference["comps"])}
    for name, one in (("additive", found.additive), ("standard", found.standard), ("diff", found.difference)):
        got |= {f"{family}.Q_{name}": one.q, f"{family}.df_Q_{name}": one.df, f"{family}.p_Q_{name}": one.p}
    got[f"{family}.tau2"] = found.tau2
    got[f"{family}.tau"] = None if found.tau2 is None else np.sqrt(found.tau2)
    matrix_numbers(reference, found, family, got)
    heterogeneity_of_components(found, family, got)
    unknown = set()
    for model, fit in (("common", found.common), ("random", found.random)):
        single = estimate_contrasts(fit, np.eye(len(found.design.names)))
        unknown |= {name for name, known in zip(found.design.names, single[2], strict=True) if not known}
        component_table(f"{family}.components.{model}", found.design.names, single, got)
        component_table(f"{family}.combinations.{model}", case.names, estimate_contrasts(fit, found.design.matrix), got)
        pair_numbers(f"{family}.pairs.{model}", case.names, component_pairs(found, fit), got)
    assert sorted(reference["comps_unidentified"]) == sorted(unknown)
    got |= {f"{family}.comps_unidentified.{i}": name for i, name in enumerate(reference["comps_unidentified"])}


def matrix_numbers(reference: dict, found: ComponentAnalysis, family: str, got: Got) -> None:
    rows, columns = reference["C_matrix"]["rows"], reference["C_matrix"]["cols"]
    got |= {f"{family}.C_matrix.rows.{i}": name for i, name in enumerate(rows)}
    got |= {f"{family}.C_matrix.cols.{i}": name for i, name in enumerate(columns)}
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            at = found.data.treatments.index(row), found.design.names.index(column)
            got[f"{family}.C_matrix.values.{i}.{j}"] = found.design.matrix[at]


def heterogeneity_of_components(found: ComponentAnalysis, family: str, got: Got) -> None:
    from bonerx.synthesis.network.heterogeneity import i_squared

    names = ("I2", "I2_lower", "I2_upper")
    got |= {f"{family}.{name}": value for name, value in zip(names, i_squared(found.additive), strict=True)}


def numbers_sparse(case: Case, got: Got, family: str) -> None:
    groups, _ = inputs(case.folder, case.name)
    method = "mh" if family.endswith("MH") else "nch"
    part = analyse_network(groups, [], NetworkOptions(measure=Measure.OR, method=method)).parts[0]
    reference = case.json[family]
    for name, ours in (("treatments", part.data.treatments), ("studies", part.data.studies)):
        assert sorted(reference[name]) == sorted(ours)
        got |= {f"{family}.{name}.{i}": one for i, one in enumerate(reference[name])}
    got[f"{family}.k"] = len(part.data.studies)
    pair_numbers(f"{family}.pairs", part.data.treatments, part.common_pairs, got)
    if part.heterogeneity is not None:
        total = part.heterogeneity.total
        got |= {
            f"{family}.Q_inconsistency": total.q,
            f"{family}.df": total.df,
            f"{family}.p": chi2_p(total.q, total.df),
        }


def numbers_sparse_split(case: Case, got: Got) -> None:
    groups, _ = inputs(case.folder, case.name)
    part = analyse_network(groups, [], NetworkOptions(measure=Measure.OR, method="mh")).parts[0]
    split_numbers("netmetabin_MH_netsplit", part.data.treatments, part.common_pairs, part.splits, got)
    got |= {path: None for path in got if path.endswith("prop_direct")}


def numbers_connection(case: Case, got: Got) -> None:
    """Parts under R's numbers, which follow another order: one number of theirs for each of ours."""
    labels = dict(zip(case.names, part_labels(case.data).tolist(), strict=True))
    got["connection.n_subnets"] = len(set(labels.values()))
    theirs: dict[int, int] = {}
    for field in ("comparison_subnet", "subnet_of_treatment"):
        for row in case.json["connection"].get(field, []):
            a, b = row["comparison"].split(":")
            assert labels[a] == labels[b]
            number = theirs.setdefault(labels[a], row["subnet"])
            got[f"connection.{field}.{key(a, b)}.subnet"] = number
    assert len(set(theirs.values())) == len(theirs)


def numbers_subnets(case: Case, got: Got) -> None:
    for number, part in enumerate(connected_parts(case.data), start=1):
        common, tau2 = fit_network(part), network_tau2(part, "DL")
        got |= {f"subnets.{number}.Q": common.q, f"subnets.{number}.df": common.df, f"subnets.{number}.tau2_DL": tau2}
        got |= {f"subnets.{number}.treatments.{i}": name for i, name in enumerate(part.treatments)}
        pair_numbers(f"subnets.{number}.common", part.treatments, pair_table(common), got)
        pair_numbers(f"subnets.{number}.random_DL", part.treatments, pair_table(fit_network(part, tau2 or 0.0)), got)


def numbers_league(case: Case, got: Got) -> None:
    better = "lower" if case.json["small_values"] == "desirable" else "higher"
    scores = p_scores(pair_table(case.random), len(case.names), better)
    best = sorted(range(len(scores)), key=lambda i: -scores[i])
    got |= {f"league_order_random_DL.{place}": case.names[i] for place, i in enumerate(best)}


def at_reml(case: Case, family: str) -> NetworkFit:
    return fit_network(case.data, case.json[family]["tau2"])


FAMILIES: dict[str, Callable[[Case, Got], None]] = {
    "network": numbers_network,
    "contrasts_from_pairwise": numbers_contrasts,
    "weights_adjusted": numbers_weights,
    "common": numbers_common,
    "random_DL": numbers_dl,
    "random_REML": numbers_reml,
    "random_REML_exact": numbers_reml_exact,
    "random_REML_gls": numbers_reml_gls,
    "heterogeneity": numbers_heterogeneity,
    "decomp_design": numbers_designs,
    "pscores_DL": lambda case, got: numbers_pscores(case, got, "pscores_DL", case.random),
    "pscores_REML": lambda case, got: numbers_pscores(case, got, "pscores_REML", at_reml(case, "random_REML")),
    "pscores_REML_gls": lambda case, got: numbers_pscores(
        case, got, "pscores_REML_gls", fit_network(case.data, network_tau2(case.data, "REML") or 0.0)
    ),
    "netsplit_DL": lambda case, got: numbers_netsplit(case, got, "netsplit_DL", case.random),
    "netsplit_REML_gls": lambda case, got: numbers_netsplit(
        case, got, "netsplit_REML_gls", fit_network(case.data, network_tau2(case.data, "REML") or 0.0)
    ),
    "netsplit_SIDDE_DL": numbers_sidde,
    "netmetabin_MH": lambda case, got: numbers_sparse(case, got, "netmetabin_MH"),
    "netmetabin_NCH": lambda case, got: numbers_sparse(case, got, "netmetabin_NCH"),
    "netmetabin_MH_netsplit": numbers_sparse_split,
    "connection": numbers_connection,
    "subnets": numbers_subnets,
    "league_order_random_DL": numbers_league,
}
COMPONENT_FAMILIES = (
    "netcomb",
    "netcomb_no_inactive",
    "netcomb_inactive",
    "netcomb_noinactive",
    "netcomb_full_interaction",
    "discomb",
    "discomb_no_inactive",
    "discomb_with_inactive",
)
FAMILIES |= {name: lambda case, got, name=name: numbers_components(case, got, name) for name in COMPONENT_FAMILIES}


def not_offered(path: str, case: Case) -> bool:
    if path.startswith("contrasts_from_pairwise") and case.json.get("sm") == "SMD":
        return True  # Cohen's d; the network is analysed from these contrasts
    return any(re.search(pattern, path) for pattern in NOT_OFFERED)


def nature(value: object) -> str:
    missing = value is None or (isinstance(value, float | np.floating) and not np.isfinite(value))
    return "null" if missing else "number"


# Where netmeta and we answer differently on purpose: path, what R has, what we have, in which cases, and why.
ON_PURPOSE: tuple[tuple[str, str, str, Callable[[Case, str], bool], str], ...] = (
    (
        r"\.combinations\.",
        "null",
        "number",
        lambda case, path: row_is_null(case, path),
        "sums of components are given where estimable though a component is not",
    ),
    (
        r"^weights_adjusted\..*\.leverage_common$",
        "null",
        "number",
        lambda case, path: arms_of(case, path.split(".", 1)[1].split(" | ")[0]) > 2,
        "netmeta gives none for multi-arm studies",
    ),
    (
        r"^discomb\w*\.pairs\.",
        "number",
        "null",
        lambda case, path: case.common is None,
        "no study and no shared component joins these treatments",
    ),
    (
        r"^discomb\w*\.\w*(Q_standard|Q_diff)$",
        "null",
        "number",
        lambda case, path: case.common is None,
        "the parts' own models are nested in the additive one",
    ),
    (
        r"^heterogeneity\.(Q|df|p)_(within|between)$",
        "null",
        "number",
        lambda case, path: len(case.names) == 2,
        "two treatments make one design",
    ),
)


def row_is_null(case: Case, path: str) -> bool:
    """Whether R has nothing at all in the row of a path."""
    family, row = path.split(".", 1)[0], path.rpartition(".")[0]
    found = [value for name, value in canonical(case.json[family], family) if name.rpartition(".")[0] == row]
    return all(nature(value) == "null" for value in found)


def arms_of(case: Case, study: str) -> int:
    return next(block.size for block in case.data.blocks for one in block.study if case.data.studies[one] == study)


def on_purpose(path: str, theirs: object, ours: object, case: Case | None) -> bool:
    """Whether one has a null where the other has a number for a reason that holds in this case."""
    shape = nature(theirs), nature(ours)
    return case is not None and any(
        re.search(pattern, path) and shape == (r, b) and applies(case, path) for pattern, r, b, applies, _ in ON_PURPOSE
    )


def wrong(path: str, theirs: object, ours: object, case: Case | None = None) -> str | None:
    """Why two values differ, or None."""
    if isinstance(theirs, str):
        return None if theirs == ours else f"{path}: {ours} instead of {theirs}"
    if nature(theirs) != nature(ours):
        return None if on_purpose(path, theirs, ours, case) else f"{path}: {ours} instead of {theirs}"
    if nature(theirs) == "null":
        return None
    kind, _, relative, absolute = next(one for one in TOLERANCES if one[1].search(path))
    gap = abs(float(ours) - float(theirs))
    if gap <= absolute + relative * abs(float(theirs)):
        return None
    return f"{path} ({kind}): {ours!r} instead of {theirs!r}"


def nothing_under(path: str, got: Got) -> bool:
    """Whether we have fields where R has null for the whole, and none of them holds anything."""
    fields = [value for name, value in got.items() if name.startswith(f"{path}.")]
    return bool(fields) and all(nature(value) == "null" for value in fields)


def faults_of(case: Case, family: str) -> list[str]:
    """Every number and null of a family of the reference that is not ours."""
    got: Got = {}
    FAMILIES[family](case, got)
    faults = []
    for path, theirs in canonical(case.json[family], family):
        if not_offered(path, case):
            continue
        if theirs is None and nothing_under(path, got):
            continue
        if path not in got:
            faults.append(f"{path}: nothing computes it")
        elif fault := wrong(path, theirs, got[path], case):
            faults.append(fault)
    return faults


CASES = [
    (folder, name, family)
    for folder, name in FILES
    for family in expected(folder, name)
    if expected(folder, name)[family] is not None  # R has no result at all: nothing to compare
    and not any(re.search(pattern, family) for pattern in NOT_OFFERED)
]


@pytest.mark.parametrize(("folder", "name", "family"), CASES)
def test_every_number_of_the_reference_is_ours(folder: str, name: str, family: str) -> None:
    case = case_of(folder, name)
    faults = faults_of(case, family)
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:20])


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("nma_bin_OR", ("heterogeneity", "Q_between")),
        ("nma_bin_OR", ("heterogeneity", "df_within")),
        ("nma_combo_OR", ("netcomb", "combinations", "random", 0, "TE")),
        ("nma_combo_confounded_discomb", ("discomb", "Q_diff")),
        ("nma_bin_OR", ("common", "pairs", 0, "TE")),
    ],
)
def test_a_null_where_r_has_a_number_is_seen(name: str, place: tuple[str | int, ...]) -> None:
    """What is allowed to differ is allowed where its reason holds, and nowhere else."""
    case = case_of("synthetic", name)
    copy = json.loads(json.dumps(case.json))
    row = copy
    for step in place[:-1]:
        row = row[step]
    assert row[place[-1]] is not None
    row[place[-1]] = None
    assert len(faults_of(replace(case, json=copy), str(place[0]))) == 1


def test_every_family_of_the_reference_is_compared() -> None:
    unknown = {family for _, _, family in CASES if family not in FAMILIES}
    assert not unknown


def test_the_reference_holds_what_it_should() -> None:
    """The copies in this repository are whole, so that a lost file cannot pass for a success."""
    assert Counter(folder for folder, _ in FILES if folder != "public") == {"synthetic": 16, "osteoporosis": 4}


@pytest.mark.skipif(
    not PUBLIC, reason="BONERX_REFERENCE_DIR is not set: R's public data sets are not in this repository"
)
def test_the_public_reference_is_read() -> None:
    assert sum(folder == "public" for folder, _ in FILES) == 20


def test_nulls_of_r_are_read_as_nothing_and_never_as_a_number() -> None:
    row = {"study": "S", "treat1": "a", "treat2": "b", "TE": 0, "seTE": 0.5}
    assert contrast(row) == Contrast(study="S", a="a", b="b", te=0.0, se=0.5)
    assert contrasts([row, row | {"TE": None}, row | {"seTE": "NA"}, row | {"TE": ""}]) == [contrast(row)]
    assert group({"study": "S", "treatment": "a", "n": "9", "mean": "NA", "sd": ""}).mean is None
    assert wrong("x.TE", None, 0.5)
    assert wrong("x.TE", 0.5, None)
    assert wrong("x.TE", 0.5, np.nan)
    assert wrong("x.TE", None, np.nan) is None
    assert wrong("x.TE", None, None) is None
    assert nothing_under("x", {"x.TE": None, "x.seTE": np.nan})
    assert not nothing_under("x", {"x.TE": None, "x.seTE": 0.5})
    assert not nothing_under("x", {"xy.TE": None})


def test_direct_counts_cover_every_study() -> None:
    case = case_of("synthetic", "nma_bin_OR")
    k, multi = direct_counts(case.data, pair_table(case.common))
    assert k.sum() == 31
    assert multi.sum() == 3 * 3 + 6
