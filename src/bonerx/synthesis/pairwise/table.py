"""The pooled document of a pair of regimens on an outcome, from the records of a table: once stored, or live.

The default analysis of every pair is computed here when a table is compiled, and any other one when it is asked.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import permutations
from typing import Any, NamedTuple

from bonerx.synthesis.effects.admission import Admission, Record, worst_integrity, year_of
from bonerx.synthesis.effects.arm_results import regimens_of
from bonerx.synthesis.effects.dataset import Dataset, default_measure, pair_dataset
from bonerx.synthesis.pairwise.analysis import PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.document import pool_document

Document = dict[str, Any]


class Trials(NamedTuple):
    """The records of a table that an analysis reads, by id: studies, their sources, and outcomes."""

    studies: Mapping[str, Record]
    sources: Mapping[str, Record]
    outcomes: Mapping[str, Record]


def pool_trials(
    trials: Trials,
    outcome: str,
    a: str,
    b: str,
    options: PoolOptions | None = None,
    admission: Admission | None = None,
    among: Collection[str] | None = None,
) -> tuple[Document, Dataset]:
    """Return the document of `a` against `b` on an outcome, and the numbers it was made of.

    Without `options` it is the default analysis in the outcome's default measure. `among` names the only studies that
    can report on the pair, where that is known. Raises UsageError and InvalidEvidence as `analyse_pool` does.
    """
    chosen = options or PoolOptions(measure=default_measure(trials.studies.values(), outcome))
    dataset = pair_dataset(
        trials.studies, trials.sources, outcome, a, b, measure=chosen.measure, admission=admission, among=among
    )
    analysis = analyse_pool(dataset.groups, dataset.contrasts, a, b, chosen)
    document = pool_document(analysis, outcome)
    for study in document["studies"]:  # type: ignore[attr-defined]
        study |= study_facts(trials, dataset, study["study"], a, b)
        study["note"] = "; ".join(filter(None, (dataset.notes.get(study["study"]), study["note"]))) or None
    left_out = [{"study": one.study, "reason": one.reason} for one in dataset.excluded]
    document["excluded"] = [*left_out, *document["excluded"]]  # type: ignore[misc]
    document["silent"] = list(dataset.silent)
    document["better"] = trials.outcomes.get(outcome, {}).get("better")
    return document, dataset


def study_facts(trials: Trials, dataset: Dataset, id_: str, a: str, b: str) -> Document:
    """Return what is to be known of a study that counts: when, who, where it was read, what it prints itself."""
    study = trials.studies[id_]
    read_in = dataset.sources[id_]
    behind = list(dict.fromkeys([*study["sources"], *read_in]))
    return {
        "source": read_in[0],
        "sources": behind,
        "integrity": str(worst_integrity(behind, trials.sources)),
        "year": year_of(study, trials.sources),
        "months": dataset.months[id_],
        "population": study.get("population"),
        "reported": _printed(study, dataset.outcome, a, b),
    }


def _printed(study: Record, outcome: str, a: str, b: str) -> list[Document]:
    """Return the effects of `a` against `b` that a study prints itself, as printed."""
    regimens = regimens_of(study)
    return [
        {
            "a": regimens[printed["a"]],
            "b": regimens[printed["b"]],
            **{
                name: printed.get(name)
                for name in ("measure", "months", "value", "ci_low", "ci_high", "subgroup", "source", "note")
            },
        }
        for printed in study.get("contrasts", ())
        if printed["outcome"] == outcome and {regimens.get(printed["a"]), regimens.get(printed["b"])} == {a, b}
    ]


def default_pools(trials: Trials) -> Iterator[tuple[str, str, str, Document]]:
    """Yield (outcome, a, b, document) of the default analysis of every pair that a study compares, in both orders."""
    comparing: dict[tuple[str, str], list[str]] = {}
    reporting: dict[str, set[tuple[str, str]]] = {}
    for id_, study in trials.studies.items():
        pairs = list(permutations(sorted(set(regimens_of(study).values())), 2))
        for pair in pairs:
            comparing.setdefault(pair, []).append(id_)
        for outcome in {figure["outcome"] for figure in (*study.get("results", ()), *study.get("contrasts", ()))}:
            reporting.setdefault(outcome, set()).update(pairs)
    for outcome in trials.outcomes:
        options = PoolOptions(measure=default_measure(trials.studies.values(), outcome))
        for pair in sorted(reporting.get(outcome, ())):
            yield outcome, *pair, pool_trials(trials, outcome, *pair, options, among=comparing[pair])[0]
