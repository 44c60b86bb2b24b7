"""Pools that are computed when they are asked for, by the functions that made the stored ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bonerx.errors import UsageError
from bonerx.model.measure import Measure
from bonerx.questions.pool.options import GROUPS, PREDICTIONS, Choice
from bonerx.store.analysis_queries import comparing, studies
from bonerx.store.queries import Store

if TYPE_CHECKING:
    from bonerx.evidence.trial_csv import TrialData
    from bonerx.synthesis.effects.dataset import Dataset
    from bonerx.synthesis.pairwise.analysis import PoolOptions
    from bonerx.synthesis.pairwise.table import Trials

Document = dict[str, Any]


def pool_of_table(store: Store, outcome: str, a: str, b: str, choice: Choice) -> Document:
    """Return the pool of a table's studies under a choice, with the further analyses that it asks for."""
    from bonerx.synthesis.effects.admission import Admission
    from bonerx.synthesis.effects.dataset import default_measure
    from bonerx.synthesis.pairwise.table import pool_trials

    trials = _trials(store, outcome, a, b)
    measure = Measure(choice.measure) if choice.measure else default_measure(trials.studies.values(), outcome)
    options = _options(choice, measure)
    admission = Admission(include_flagged=choice.include_flagged, exclude=choice.exclude, as_of=choice.as_of)
    document, dataset = pool_trials(trials, outcome, a, b, options, admission)
    if document["k"] and choice.sensitivity:
        document["sensitivity"] = _sensitivity(trials, dataset, (a, b), options, choice, document["better"], admission)
    if document["k"] and choice.cumulative:
        document["cumulative"] = _cumulative(document, options)
    if document["k"] and choice.by is not None:
        _divide(document, trials, a, choice.by, options)
    return document


def pool_of_data(data: TrialData, a: str, b: str, choice: Choice) -> Document:
    """Return the pool of a person's own trials; raise UsageError where the file lacks what the measure needs."""
    from bonerx.synthesis.pairwise.analysis import analyse_pool
    from bonerx.synthesis.pairwise.document import pool_document
    from bonerx.synthesis.pairwise.sensitivity import Choice as Which
    from bonerx.synthesis.pairwise.sensitivity import Numbers, sensitivity

    numbers = Numbers(
        a,
        b,
        [group for group in data.groups if group.study not in choice.exclude],
        [contrast for contrast in data.contrasts if contrast.study not in choice.exclude],
    )
    options = _options(choice, _measure_of(data, choice))
    analysis = analyse_pool(numbers.groups, numbers.contrasts, a, b, options)
    document: Document = pool_document(analysis)
    told = {study["study"] for study in document["studies"]} | {one["study"] for one in document["excluded"]}
    document["excluded"] += [{"study": study, "reason": "left out on request"} for study in choice.exclude]
    document["excluded"] += [
        {"study": study, "reason": f"does not compare `{a}` with `{b}`"}
        for study in data.studies
        if study not in told and study not in choice.exclude
    ]
    document["better"] = choice.better
    if document["k"] and choice.sensitivity:
        document["sensitivity"] = sensitivity(numbers, options, Which(choice.model, choice.ci, choice.better))
    if document["k"] and choice.cumulative:
        document["cumulative"] = _cumulative(document, options)
    return document


def _measure_of(data: TrialData, choice: Choice) -> Measure:
    """Return the measure asked for, else the usual one of what the file holds."""
    usual = {"counts": Measure.RR, "means": Measure.MD, "contrasts": Measure.GENERIC}
    if choice.measure is None:
        return usual[data.shape]
    measure = Measure(choice.measure)
    allowed = {"counts": (Measure.RR, Measure.OR, Measure.RD), "means": (Measure.MD, Measure.SMD)}
    if measure not in allowed.get(data.shape, tuple(Measure)):
        hint = f"use {' or '.join(allowed[data.shape])}"
        raise UsageError(f"`{data.name}` holds {data.shape}, which do not give the {measure}", hint=hint)
    return measure


def _options(choice: Choice, measure: Measure) -> PoolOptions:
    from bonerx.synthesis.effects.effect import Continuity
    from bonerx.synthesis.pairwise.analysis import PoolMethod, PoolOptions
    from bonerx.synthesis.pairwise.inverse_variance import AdHoc, Prediction
    from bonerx.synthesis.pairwise.tau2 import Tau2Method

    return PoolOptions(
        measure=measure,
        method=PoolMethod(choice.method),
        tau2=Tau2Method(choice.tau2),
        adhoc=AdHoc(choice.adhoc),
        prediction=Prediction(PREDICTIONS[choice.prediction]),
        continuity=Continuity(choice.continuity),
        level=choice.level,
    )


def _trials(store: Store, outcome: str, a: str, b: str) -> Trials:
    """Return every record that an analysis of the pair on the outcome can depend on."""
    from bonerx.synthesis.pairwise.table import Trials

    found = {**studies(store, outcome=outcome), **store.records("studies", comparing(store, a, b))}
    wholes = {whole for study in found.values() for whole in study.get("within", ())} - found.keys()
    while wholes:
        more = store.records("studies", wholes)
        found |= more
        wholes = {whole for study in more.values() for whole in study.get("within", ())} - found.keys()
    found = store.records("studies", found)
    figures = [one for study in found.values() for one in (*study.get("results", ()), *study.get("contrasts", ()))]
    named = {source for study in found.values() for source in study["sources"]} | {one["source"] for one in figures}
    return Trials(found, store.records("sources", named), store.records("outcomes", [outcome]))


def _sensitivity(
    trials: Trials,
    dataset: Dataset,
    pair: tuple[str, str],
    options: PoolOptions,
    choice: Choice,
    better: str | None,
    admission: Any,
) -> Document:
    """Return what would change the answer, studies of integrity concern let in one by one and together, or left out."""
    from bonerx.synthesis.effects.admission import worst_integrity
    from bonerx.synthesis.effects.dataset import pair_dataset
    from bonerx.synthesis.pairwise.sensitivity import Choice as Which
    from bonerx.synthesis.pairwise.sensitivity import Numbers, sensitivity

    def numbers(including: bool, without: tuple[str, ...]) -> Numbers:
        let_in = replace(admission, include_flagged=including, exclude=(*admission.exclude, *without))
        found = pair_dataset(
            trials.studies, trials.sources, dataset.outcome, *pair, measure=options.measure, admission=let_in
        )
        return Numbers(*pair, found.groups, found.contrasts)

    wide = numbers(including=True, without=())
    every = dict.fromkeys([group.study for group in wide.groups] + [contrast.study for contrast in wide.contrasts])
    flagged = [
        study
        for study in every
        if worst_integrity([*trials.studies[study]["sources"], *_read_in(trials, study)], trials.sources) == "concern"
    ]
    others: dict[str, Numbers] = {}
    if admission.include_flagged and flagged:
        others[""] = numbers(including=False, without=())
    elif flagged:
        for study in flagged:
            others[study] = numbers(including=True, without=tuple(other for other in flagged if other != study))
        if len(flagged) > 1:
            others["*"] = wide
    which = Which(choice.model, choice.ci, better)
    return sensitivity(Numbers(*pair, dataset.groups, dataset.contrasts), options, which, others)


def _read_in(trials: Trials, study: str) -> list[str]:
    record = trials.studies[study]
    return [figure["source"] for figure in (*record.get("results", ()), *record.get("contrasts", ()))]


def _cumulative(document: Document, options: PoolOptions) -> list[Document]:
    from bonerx.synthesis.pairwise.further_analyses import as_years_went_by

    years = {study["study"]: study.get("year") for study in document["studies"]}
    return as_years_went_by(document, years, options)


def _divide(document: Document, trials: Trials, a: str, by: str, options: PoolOptions) -> None:
    """Add the subgroups, or the regression, that `by` names to a document."""
    from bonerx.synthesis.pairwise.further_analyses import along, by_group

    if by in GROUPS:
        labels = {study["study"]: _label(trials.studies[study["study"]], study, by, a) for study in document["studies"]}
        document["subgroups"] = by_group(document, by, labels, options)
    else:
        values = {study["study"]: study[by] for study in document["studies"]}
        document["regression"] = along(document, by, values, options)


def _label(study: Mapping[str, Any], told: Document, by: str, a: str) -> str:
    """Return the group a study belongs to, empty where it does not say."""
    from bonerx.synthesis.effects.arm_results import regimens_of

    if by == "dose":
        arms = [arm for arm in study["arms"] if regimens_of(study)[arm["id"]] == a]
        return "; ".join(dict.fromkeys(arm["dose"] for arm in arms if arm.get("dose")))
    if by == "background":
        return " + ".join(sorted(study.get("background", ()))) or "none stated"
    return str(told.get(by) or "")
