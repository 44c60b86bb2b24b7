"""A network analysis as plain data for JSON: names and shape of the contract, numbers at full precision, no NaN."""

from typing import Any

import numpy as np

from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkAnalysis, NetworkOptions, PartAnalysis
from bonerx.synthesis.network.caveats import analysis_caveats, compared_studies, pair_caveats
from bonerx.synthesis.network.component_document import component_document
from bonerx.synthesis.network.connectivity import study_counts
from bonerx.synthesis.network.contributions import contributions
from bonerx.synthesis.network.empty import HETEROGENEITY, NO_BETTER
from bonerx.synthesis.network.estimate import estimate, finite
from bonerx.synthesis.network.gls import PairTable, prediction_limits
from bonerx.synthesis.network.heterogeneity import NetworkHeterogeneity
from bonerx.synthesis.network.inconsistency import split_by_design
from bonerx.synthesis.network.p_scores import mean_ranks

CONTRIBUTED_PAIRS = 500  # a network with more pairs names no contributions; ask for one with contribution.contributions
SEPARATE_SPLITS = 500  # refits for direct evidence from multi-arm studies; a network with more such pairs goes without
NO_RANDOM = "the method assumes one common effect"
NO_TAU2 = "no residual degrees of freedom: the common-effect estimates stand"
NOT_CONNECTED = "not connected"

Document = dict[str, Any]


def network_document(analysis: NetworkAnalysis) -> Document:
    """The `answer` of a network in the contract's shape, without `headline` (and with `outcome` None): JSON-able, no
    NaN.

    te and se are on the analysis scale, value and limits back-transformed. A connected network has `parts` as lists of
    regimens; one in several parts has there each part's own results, at the top all pairs (those between parts None
    with a reason), and in `missing_links` the comparisons, one fewer than the parts, that together would join all.
    Where it is not known which way is better `ranking` is None, with `ranking_reason`.
    """
    options, parts = analysis.options, analysis.parts
    documents = [part_document(part, options) for part in parts]
    answer: Document = {
        "outcome": None,
        "measure": options.measure.value,
        "method": options.method,
        "level": options.level,
        "reference": options.reference,
        "better": options.better,
        "connected": analysis.connected,
        "parts": [list(parts[0].data.treatments)] if analysis.connected else documents,
        "nodes": sorted((node for part in parts for node in _nodes(part)), key=lambda node: str(node["regimen"])),
        "edges": sorted((edge for part in parts for edge in _edges(part)), key=lambda edge: (edge["a"], edge["b"])),
    }
    if analysis.connected:
        answer |= {key: documents[0][key] for key in _RESULTS}
    else:
        answer |= _joined(documents, _apart(analysis))
    if answer["ranking"] is None:
        answer["ranking_reason"] = NO_BETTER
    answer["components"] = None
    if analysis.components is not None:
        answer["components"] = component_document(analysis.components, options)
    answer["missing_links"] = [
        {"parts": list(key), "a": analysis.links[key].a, "b": analysis.links[key].b} for key in analysis.joining
    ]
    answer["excluded"] = [{"study": one.study, "reason": one.reason} for one in analysis.excluded]
    answer["caveats"] = analysis_caveats(analysis)
    return answer


_RESULTS = ("common", "random", "heterogeneity", "splits", "ranking", "designs")


def part_document(part: PartAnalysis, options: NetworkOptions) -> Document:
    """The results of one connected part: its regimens, both models' pairs, heterogeneity, splits, ranking, designs."""
    names = part.data.treatments
    random: Document = {"tau2_method": options.tau2, "tau2": part.tau2, "pairs": []}
    if part.random is None or part.random_pairs is None:
        random = {"tau2_method": None, "tau2": None, "reason": NO_RANDOM, "pairs": []}
    else:
        if part.tau2 is None:
            random["reason"] = NO_TAU2
        random["pairs"] = _pairs(part, part.random_pairs, options, predict=True)
    return {
        "regimens": list(names),
        "common": {"method": options.method, "pairs": _pairs(part, part.common_pairs, options, predict=False)},
        "random": random,
        "heterogeneity": _heterogeneity(part.heterogeneity),
        "splits": _splits(part, options),
        "ranking": _ranking(part),
        "designs": [
            {
                "regimens": [names[i] for i in one.treatments],
                "studies": one.studies,
                "q": one.within.q if one.within.df else None,
                "df": one.within.df,
                "p": one.within.p,
            }
            | ({} if one.within.df else {"reason": "one study makes this design"})
            for one in part.designs
        ],
    }


def _pairs(part: PartAnalysis, pairs: PairTable, options: NetworkOptions, *, predict: bool) -> list[Document]:
    names = part.data.treatments
    limits = prediction_limits(pairs, part.tau2 or 0.0, part.common.df, options.level) if predict else None
    rows = []
    for row, (a, b) in enumerate(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)):
        one = {"a": names[a], "b": names[b]} | estimate(pairs.te[row], pairs.se[row], options.measure, options.level)
        if limits is not None:
            low, high = (options.measure.displayed(float(limit[row])) for limit in limits)
            one["prediction"] = {"definition": f"t({part.common.df})", "ci_low": low, "ci_high": high}
        elif predict:
            one["prediction"] = None
        rows.append(one)
    return rows


def _splits(part: PartAnalysis, options: NetworkOptions) -> list[Document]:
    splits, pairs, names = part.splits, part.pairs, part.data.treatments
    separate = part.random is not None and 0 < np.count_nonzero(splits.multi_arm) <= SEPARATE_SPLITS
    contributed = part.random is not None and len(splits.a) <= CONTRIBUTED_PAIRS
    studies = compared_studies(part.data)
    found = []
    for row, (a, b) in enumerate(zip(splits.a.tolist(), splits.b.tolist(), strict=True)):
        scale = options.measure, options.level
        direct = estimate(splits.direct_te[row], splits.direct_se[row], *scale)
        indirect = estimate(splits.indirect_te[row], splits.indirect_se[row], *scale)
        one: Document = {
            "a": names[a],
            "b": names[b],
            "k": int(splits.k[row]),
            "direct": direct if direct["te"] is not None else None,
            "indirect": indirect if indirect["te"] is not None else None,
            "network": estimate(pairs.te[row], pairs.se[row], *scale),
            "difference": _difference(splits.difference_te[row], splits.difference_se[row], splits.difference_p[row]),
            "share_direct": float(splits.share_direct[row]),
            "studies": [part.data.studies[study] for study in studies.get((a, b), ())],
        }
        if one["difference"] is None:
            one["reason"] = "no study compares them directly" if not splits.k[row] else "no indirect evidence"
        if splits.multi_arm[row] and separate:
            one["separate_designs"] = _separate(part, options, row)
        one["contributions"] = _contributions(part, a, b) if contributed else None
        one["caveats"] = pair_caveats(part, row)
        found.append(one)
    return found


def _separate(part: PartAnalysis, options: NetworkOptions, row: int) -> Document | None:
    """Direct evidence against that of the studies which do not compare the pair, where a multi-arm study does
    (SIDDE)."""
    rest = split_by_design(part.fit, part.pairs, part.splits, row, options.tau2)
    if rest is None:
        return None
    te, se = part.splits.direct_te[row] - rest[0], float(np.hypot(part.splits.direct_se[row], rest[1]))
    p = estimate(te, se, Measure.GENERIC, options.level)["p"]
    return {
        "indirect": estimate(rest[0], rest[1], options.measure, options.level),
        "difference": {"te": float(te), "se": se, "p": p},
    }


def _contributions(part: PartAnalysis, a: int, b: int) -> Document | None:
    """The comparisons and studies that carry the network estimate of a pair, with shares that sum to 1."""
    found = contributions(part.fit, a, b)
    if found is None:
        return None
    names, studies = part.data.treatments, part.data.studies
    return {
        "comparisons": [{"a": names[i], "b": names[j], "share": share} for i, j, share in found.comparisons],
        "studies": [{"study": studies[one], "share": share} for one, share in found.studies],
    }


def _difference(te: float, se: float, p: float) -> Document | None:
    return {"te": float(te), "se": float(se), "p": float(p)} if np.isfinite(te) else None


def _ranking(part: PartAnalysis) -> list[Document] | None:
    if part.scores is None:
        return None
    rows = zip(part.data.treatments, part.scores.tolist(), mean_ranks(part.scores).tolist(), strict=True)
    found = [{"regimen": name, "p_score": score, "mean_rank": rank} for name, score, rank in rows]
    return sorted(found, key=lambda one: (-round(one["p_score"], 12), one["regimen"]))


def _heterogeneity(one: NetworkHeterogeneity | None) -> Document:
    if one is None:
        return dict.fromkeys(HETEROGENEITY) | {"reason": "the conditional likelihood has no Q"}
    found: Document = {"q": one.total.q, "df": one.total.df, "p": one.total.p}
    for name, part in (("within", one.within), ("between", one.between)):
        found |= {f"q_{name}": part and part.q, f"df_{name}": part and part.df, f"p_{name}": part and part.p}
    found |= {"i2": one.i2, "i2_low": one.i2_low, "i2_high": one.i2_high}
    if one.within is None:
        found["reason"] = "Q is between designs only: Mantel-Haenszel pools each design as one"
    elif not one.total.df:
        found["reason"] = "no residual degrees of freedom"
    return found


def _nodes(part: PartAnalysis) -> list[Document]:
    rows = zip(part.data.treatments, study_counts(part.data).tolist(), part.data.participants.tolist(), strict=True)
    nodes: list[Document] = []
    for name, studies, n in rows:
        node: Document = {"regimen": name, "studies": studies, "n": finite(n)}
        if node["n"] is None:
            node["reason"] = "a study gives contrasts only, without numbers of participants"
        nodes.append(node)
    return nodes


def _edges(part: PartAnalysis) -> list[Document]:
    names = part.data.treatments
    return [
        {
            "a": names[a],
            "b": names[b],
            "studies": len(studies),
            "study_ids": [part.data.studies[one] for one in studies],
        }
        for (a, b), studies in compared_studies(part.data).items()
    ]


def _joined(documents: list[Document], apart: list[Document]) -> Document:
    """The top of a network in several parts: all pairs, ranks within each part only, no statistic across parts."""
    reason = "not connected: each part has its own"
    joined: Document = {}
    for model in ("common", "random"):
        pairs = [pair for one in documents for pair in one[model]["pairs"]] + (
            apart if documents[0][model]["pairs"] else []
        )
        joined[model] = documents[0][model] | {"pairs": sorted(pairs, key=lambda pair: (pair["a"], pair["b"]))}
    joined["random"] |= {"tau2": None, "reason": reason}
    joined["heterogeneity"] = dict.fromkeys(HETEROGENEITY) | {"reason": reason}
    splits = [split for one in documents for split in one["splits"]]
    joined["splits"] = sorted(splits, key=lambda split: (split["a"], split["b"]))
    ranked = [rank | {"part": number} for number, one in enumerate(documents) for rank in one["ranking"] or ()]
    joined["ranking"] = ranked or None
    joined["designs"] = [design for one in documents for design in one["designs"]]
    return joined


def _apart(analysis: NetworkAnalysis) -> list[Document]:
    """The pairs whose regimens stand in different parts: nothing known but the comparison that would join them."""
    where = {name: number for number, part in enumerate(analysis.parts) for name in part.data.treatments}
    names = sorted(where)
    found: list[Document] = []
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            if where[a] != where[b]:
                link = analysis.links[min(where[a], where[b]), max(where[a], where[b])]
                empty = dict.fromkeys(("te", "se", "value", "ci_low", "ci_high", "p"))
                missing = {"a": link.a, "b": link.b}
                found.append({"a": a, "b": b, **empty, "reason": NOT_CONNECTED, "missing_link": missing})
    return found
