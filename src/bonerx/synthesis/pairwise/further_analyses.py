"""Whether the effect depends on what the studies are: within groups of them, along a number, and as years went by."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bonerx.errors import UsageError
from bonerx.model.measure import Measure
from bonerx.number import counted
from bonerx.synthesis.effects.effect import Counts
from bonerx.synthesis.pairwise.analysis import PoolMethod, PoolOptions
from bonerx.synthesis.pairwise.document import step_document
from bonerx.synthesis.pairwise.inverse_variance import Pooled, estimate_with
from bonerx.synthesis.pairwise.leave_one_out import cumulative
from bonerx.synthesis.pairwise.mantel_haenszel import mantel_haenszel
from bonerx.synthesis.pairwise.meta_regression import Covariate, meta_regression
from bonerx.synthesis.pairwise.subgroups import subgroups

Document = dict[str, Any]
UNKNOWN = "not stated"


def _effects(document: Mapping[str, Any]) -> list[Document]:
    """Return the studies of an analysis that have an effect of their own."""
    return [study for study in document["studies"] if study["included"] and study["te"] is not None]


def _arrays(studies: Sequence[Document]) -> tuple[Any, Any]:
    return np.array([study["te"] for study in studies]), np.array([study["se"] for study in studies])


def by_group(document: Mapping[str, Any], by: str, labels: Mapping[str, str], options: PoolOptions) -> Document:
    """Return the pools of the groups that `labels` (by study) make, and the test of their difference.

    Each group has its own tau². Raises UsageError where all studies are in one group.
    """
    studies = _effects(document)
    names = [labels.get(study["study"]) or UNKNOWN for study in studies]
    if len(set(names)) < 2:
        only = f": all are `{names[0]}`" if names else ""
        raise UsageError(
            f"the studies do not differ by {by}{only}", hint="a subgroup analysis needs two groups or more"
        )
    te, se = _arrays(studies)
    found = subgroups(te, se, names, method=options.tau2, level=options.level)
    return {
        "by": by,
        "groups": [
            {
                "group": group.group,
                "k": group.k,
                "studies": [s["study"] for s, name in zip(studies, names, strict=True) if name == group.group],
                "common": _estimate(group.common, options.measure),
                "random": {"tau2": group.tau2, **_estimate(group.random, options.measure)},
                "q": group.heterogeneity.q,
                "i2": group.heterogeneity.i2,
            }
            for group in found.groups
        ],
        "between": {
            "df": found.df,
            "q_common": found.q_between_common,
            "p_common": found.p_common,
            "q_random": found.q_between_random,
            "p_random": found.p_random,
        },
    }


def along(document: Mapping[str, Any], by: str, values: Mapping[str, float | None], options: PoolOptions) -> Document:
    """Return the meta-regression of the effects on a number of each study; those without it are named and left out.

    `slope` is the change of the effect on the analysis scale per unit, `ratio` the factor it is of a ratio. Raises
    UsageError where fewer than three studies have the number or it does not vary.
    """
    studies = [study for study in _effects(document) if values.get(study["study"]) is not None]
    numbers = [float(values[study["study"]] or 0.0) for study in studies]
    if len(studies) < 3:
        raise UsageError(
            f"{counted(len(studies), 'study gives', 'studies give')} a number for {by}",
            hint="a regression needs three or more",
        )
    te, se = _arrays(studies)
    found = meta_regression(te, se, [Covariate(name=by, values=numbers)], method=options.tau2, level=options.level)
    slope = found.coefficients[by]
    return {
        "by": by,
        "k": found.k,
        "left_out": [s["study"] for s in _effects(document) if values.get(s["study"]) is None],
        "slope": {name: getattr(slope, name) for name in ("te", "se", "ci_low", "ci_high", "p")},
        "ratio": options.measure.displayed(slope.te) if options.measure.is_ratio else None,
        "tau2": found.tau2,
        "qm": found.qm,
        "qm_df": found.qm_df,
        "qm_p": found.qm_p,
        "qe": found.qe,
        "qe_df": found.qe_df,
        "qe_p": found.qe_p,
        "r2": found.r2,
    }


def as_years_went_by(
    document: Mapping[str, Any], years: Mapping[str, float | None], options: PoolOptions
) -> list[Document]:
    """Return the analysis after each study is added, by year, those of unknown year last.

    With Mantel–Haenszel the common effect is that of the tables of the studies so far (those with an effect of their
    own), and DerSimonian–Laird takes its Q about it, as in the analysis of all.
    """
    studies = _effects(document)
    if not studies:
        return []
    tables = [_table(study) for study in studies] if options.method is PoolMethod.MH else []

    def by_tables(chosen: list[int]) -> Pooled | None:
        found = mantel_haenszel([tables[i] for i in chosen], options.measure, continuity=options.mh_continuity)
        return None if found is None else estimate_with(found.te, found.se, options.level)

    te, se = _arrays(studies)
    order = [float(years.get(study["study"]) or np.inf) for study in studies]
    steps = cumulative(
        [study["study"] for study in studies],
        te,
        se,
        order=order,
        common=by_tables if tables else None,
        method=options.tau2,
        adhoc=options.adhoc,
        definition=options.prediction,
        level=options.level,
    )
    return [{**step_document(step, options.measure), "year": years.get(step.study)} for step in steps]


def _table(study: Document) -> Counts:
    a, b = study["a"], study["b"]
    return Counts(events_a=a["events"], n_a=a["n"], events_b=b["events"], n_b=b["n"])


def _estimate(pooled: Pooled, measure: Measure) -> Document:
    return {
        "te": pooled.te,
        "se": pooled.se,
        "value": measure.displayed(pooled.te),
        "ci_low": measure.displayed(pooled.ci_low),
        "ci_high": measure.displayed(pooled.ci_high),
        "p": pooled.p,
    }
