"""The component model as plain data for JSON: what is estimable, what is not and why, and whether effects add up."""

from typing import Any

import numpy as np

from bonerx.model.regimen import TOGETHER
from bonerx.synthesis.network.analysis import NetworkOptions
from bonerx.synthesis.network.component_design import not_estimable_reason, split_components
from bonerx.synthesis.network.components import ComponentAnalysis, added_effect, component_pairs, estimate_contrasts
from bonerx.synthesis.network.estimate import estimate

Document = dict[str, Any]


def component_document(analysis: ComponentAnalysis, options: NetworkOptions) -> Document:
    """Components, combinations and pairs of the random-effects additive model, and the test of additivity.

    `q` and `q_difference` are of the common-effect model; what is not estimable is None with a `reason`.
    """
    design, scale = analysis.design, (options.measure, options.level)
    te, se, known = estimate_contrasts(analysis.random, np.eye(len(design.names)))
    components = [
        {"component": name, "kind": "component" if len(term) == 1 else "interaction", "estimable": bool(known[i])}
        | estimate(te[i], se[i], *scale)
        | ({} if known[i] else {"reason": not_estimable_reason(design, i)})
        for i, (name, term) in enumerate(zip(design.names, design.terms, strict=True))
    ]
    components += [
        {"component": name, "kind": "interaction", "estimable": False}
        | estimate(np.nan, np.nan, *scale)
        | {"reason": "no study tells this interaction apart from the other terms"}
        for name in design.dropped
    ]
    return {
        "inactive": design.inactive,
        "tau2_method": "DL",
        "tau2": analysis.tau2,
        "components": components,
        "combinations": _combinations(analysis, options),
        "pairs": _pairs(analysis, options),
        "q": analysis.additive.q,
        "df": analysis.additive.df,
        "p": analysis.additive.p,
        "q_difference": analysis.difference.q,
        "df_difference": analysis.difference.df,
        "p_difference": analysis.difference.p,
    }


def _combinations(analysis: ComponentAnalysis, options: NetworkOptions) -> list[Document]:
    """Each treatment against the inactive one, and what it adds to the same treatment without each of its
    components."""
    te, se, known = estimate_contrasts(analysis.random, analysis.design.matrix)
    found = []
    for i, name in enumerate(analysis.data.treatments):
        parts = split_components(name)
        one: Document = {"regimen": name, "components": list(parts), "estimable": bool(known[i])}
        one |= estimate(te[i], se[i], options.measure, options.level)
        if not known[i]:
            one["reason"] = "the studies determine its difference from other treatments only"
        one["adds"] = [_added(analysis, options, parts, part) for part in parts] if len(parts) > 1 else []
        found.append(one)
    return found


def _added(analysis: ComponentAnalysis, options: NetworkOptions, parts: tuple[str, ...], part: str) -> Document:
    """What one component adds to the rest of a combination."""
    rest = tuple(one for one in parts if one != part)
    added = added_effect(analysis, analysis.random, parts, rest)
    one: Document = {"component": part, "to": TOGETHER.join(rest), "estimable": added is not None}
    one |= estimate(*(added or (np.nan, np.nan)), options.measure, options.level)
    return one if added else one | {"reason": "not estimable: the studies do not tell it apart"}


def _pairs(analysis: ComponentAnalysis, options: NetworkOptions) -> list[Document]:
    pairs, names = component_pairs(analysis, analysis.random, options.level), analysis.data.treatments
    found = []
    for row, (a, b) in enumerate(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)):
        one: Document = {"a": names[a], "b": names[b]}
        one |= estimate(pairs.te[row], pairs.se[row], options.measure, options.level)
        if one["te"] is None:
            one["reason"] = "not estimable: no shared component joins them"
        found.append(one)
    return found
