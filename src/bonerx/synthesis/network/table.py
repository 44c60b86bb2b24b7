"""The network of an outcome as one document, from a table's studies or a reader's own numbers, by one way of analysis.

Default analyses are made when a table is compiled and stored; any other choice runs through the same functions.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from bonerx.errors import UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.name import fold
from bonerx.synthesis.effects.admission import Admission, Record
from bonerx.synthesis.effects.dataset import Dataset, network_dataset
from bonerx.synthesis.network.analysis import NetworkAnalysis, NetworkOptions, analyse_network
from bonerx.synthesis.network.arms import arm_level_effects
from bonerx.synthesis.network.component_design import any_combined
from bonerx.synthesis.network.connectivity import degrees, study_counts
from bonerx.synthesis.network.contrasts import SharedArm, contrast_level_effects
from bonerx.synthesis.network.data import NetworkData, network_data, study_arms
from bonerx.synthesis.network.document import network_document
from bonerx.synthesis.network.empty import empty_network
from bonerx.synthesis.network.sparse_events import usable_arms

Document = dict[str, Any]
MOST_REGIMENS = 1_000
"""Most regimens of a network of a reader's own: every pair of them is estimated, half a million here, in 2 GB."""


class Numbers(NamedTuple):
    """What a network is made of, on the scale of its measure: arms, contrasts, and arms that contrasts share."""

    groups: Sequence[Group]
    contrasts: Sequence[Contrast]
    shared: Sequence[SharedArm] = ()


def default_networks(
    studies: Mapping[str, Record], sources: Mapping[str, Record], outcomes: Iterable[Record], controls: Collection[str]
) -> Iterator[tuple[str, str, Document]]:
    """Yield kind, outcome and document of every default network of a table: one for each outcome that a study reports.

    The kind `network-flagged` is the same with the studies of integrity concern, where there are any that count.
    """
    for outcome in outcomes:
        plain = network_dataset(studies, sources, outcome["id"])
        if not (plain.studies or plain.excluded):
            continue
        options = NetworkOptions(measure=plain.measure, better=outcome["better"])
        yield "network", outcome["id"], table_network(plain, studies, options, controls)
        wider = network_dataset(studies, sources, outcome["id"], admission=Admission(include_flagged=True))
        if set(wider.studies) != set(plain.studies):
            yield "network-flagged", outcome["id"], table_network(wider, studies, options, controls)


def table_network(
    data: Dataset, studies: Mapping[str, Record], options: NetworkOptions, controls: Collection[str]
) -> Document:
    """Return the network of what a table's studies report, with those left out and where each number was read.

    A study whose numbers break a rule is left out with the reason, as the table itself is sound without it. Without a
    `reference` it is the control in most studies, else the best connected regimen; a control is then also the
    inactive component where none is named.
    """
    numbers, wrong = _sound(data, options)
    document = _document(numbers, options, controls)
    document["outcome"] = data.outcome
    left_out = {one.study: one.reason for one in data.excluded} | wrong
    left_out |= {one["study"]: one["reason"] for one in document["excluded"]}
    document["excluded"] = [
        {"study": study, "reason": left_out[study], "sources": list(studies[study].get("sources", ()))}
        for study in studies
        if study in left_out
    ]
    for study, held in document["studies"].items():
        held |= {"months": data.months[study], "sources": list(data.sources[study]), "note": data.notes.get(study)}
    return document


def own_network(numbers: Numbers, options: NetworkOptions) -> Document:
    """Return the network of a reader's own numbers; raise InvalidEvidence for studies that break a rule.

    Raises UsageError, before anything is worked out, where it has more regimens than can be compared pair by pair.
    """
    regimens = {group.treatment for group in numbers.groups}
    regimens.update(name for contrast in numbers.contrasts for name in (contrast.a, contrast.b))
    if len(regimens) > MOST_REGIMENS:
        raise UsageError(
            f"a network has at most {MOST_REGIMENS} regimens, and these trials have {len(regimens)}",
            hint="ask about fewer treatments in one file",
        )
    return _document(numbers, options, ())


def _document(numbers: Numbers, options: NetworkOptions, controls: Collection[str]) -> Document:
    data = _data(numbers, options)
    if not data.studies:
        left_out = [{"study": one.study, "reason": one.reason} for one in data.excluded]
        empty = empty_network(None, options.measure.value, options.method, options.tau2, options.better)
        return empty | {"excluded": left_out}
    if options.reference is None:
        options = replace(options, reference=_reference(data, controls))
    combined = any_combined(data.treatments)
    if options.inactive is None and combined and options.reference in controls:
        options = replace(options, inactive=options.reference)
    analysis = analyse_network(numbers.groups, numbers.contrasts, options, shared=numbers.shared)
    return network_document(analysis) | {"studies": _studies(analysis)}


def _data(numbers: Numbers, options: NetworkOptions) -> NetworkData:
    """The studies that the method can use."""
    if options.method == "iv":
        return network_data(
            numbers.groups,
            numbers.contrasts,
            measure=options.measure,
            shared=numbers.shared,
            te_tolerance=options.tolerance,
        )
    usable = usable_arms(numbers.groups)
    data = network_data(usable.groups, measure=options.measure, keep_double_zero=True)
    return replace(data, excluded=usable.excluded)


def _studies(analysis: NetworkAnalysis) -> Document:
    """The regimens that each study of the network compares."""
    found: dict[str, list[str]] = {}
    for part in analysis.parts:
        arms = study_arms(part.data)
        for number, study in enumerate(part.data.studies):
            found[study] = [part.data.treatments[arm] for arm in arms[number].tolist()]
    return {study: {"regimens": found[study]} for study in sorted(found)}


def _reference(data: NetworkData, controls: Collection[str]) -> str:
    """The control that stands in most studies; without one the regimen compared with most others."""
    counts, joined = study_counts(data), degrees(data)
    known = [place for place, name in enumerate(data.treatments) if name in controls]
    if known:
        return data.treatments[max(known, key=lambda place: (counts[place], -place))]
    _, by_name = np.unique(
        [fold(name) for name in data.treatments], return_inverse=True
    )  # its spelling chooses nothing
    order = np.lexsort((by_name, -counts, -joined))
    return data.treatments[int(order[0])]


def _sound(data: Dataset, options: NetworkOptions) -> tuple[Numbers, dict[str, str]]:
    """The numbers of the studies that break no rule of a network, and what is wrong with the others."""
    _, of_contrasts = contrast_level_effects(data.contrasts, data.shared, te_tolerance=options.tolerance)
    faults = [*arm_level_effects(data.groups, options.measure)[2], *of_contrasts]
    wrong: dict[str, str] = {}
    for fault in faults:
        study = fault.where.removeprefix("study `").removesuffix("`")
        wrong[study] = f"{wrong[study]}; {fault.message}" if study in wrong else fault.message
    kept = Numbers(
        [group for group in data.groups if group.study not in wrong],
        [contrast for contrast in data.contrasts if contrast.study not in wrong],
        [one for one in data.shared if one.study not in wrong],
    )
    return kept, wrong
