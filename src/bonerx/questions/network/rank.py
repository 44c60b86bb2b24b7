"""Which regimens are surest to be better, by the trials of a network: never to be taken for what sources recommend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bonerx.answer import Answer, Records
from bonerx.number import counted, number
from bonerx.questions.citations.names import listed
from bonerx.questions.network.headline import (
    caveats,
    includes_no_effect,
    parts_of,
    reference_in,
    standing,
    without,
    worse_words,
)
from bonerx.questions.network.options import Asked, Choice, OfFile, OfTable, network_question, nothing_headline
from bonerx.questions.network.question import envelope, scope
from bonerx.questions.network.stored import finder, model_of

if TYPE_CHECKING:
    from bonerx.page import Section

Document = dict[str, Any]
NUMBERS = ("te", "se", "value", "ci_low", "ci_high", "p")
_KEPT = ("outcome", "measure", "method", "level", "reference", "better", "connected", "excluded")
BY_TRIALS = "by the network of trials, not by what sources recommend"
SURE = "a P-score says how sure it is that a regimen is better than the others, not by how much, nor on other outcomes"


def network_rank(choice: Choice) -> OfTable | OfFile:
    """Return the question for the ranking that the trials of a network give."""
    return network_question(choice, told, ranked=True)


def told(asked: Asked) -> Answer:
    """Return the regimens by P-score, each part of a network apart, with their estimates against the reference."""
    document = asked.document
    sentence, limits = _headline(asked), [SURE, *caveats(asked)]
    rows = [row for place, part in enumerate(parts_of(document)) for row in _ranked(document, part, place)]
    answer: Document = {"by": "trials", **{name: document[name] for name in _KEPT}}
    answer |= {"tau2": document["random"]["tau2"], "ranking": rows, "headline": sentence}

    def view() -> tuple[Section, ...]:
        from bonerx.questions.network.rank_view import sections

        return sections(asked, limits)

    def records() -> Records:
        columns = ("part", "rank", "regimen", "p_score", "mean_rank", "against", *NUMBERS, "share_direct", "studies")
        return Records(columns, ((*(row[name] for name in columns),) for row in rows))

    whole = envelope("rank", asked, answer, limits)
    title = f"Ranking {asked.where}, by the network of trials"
    return Answer(whole, title, scope(asked), sentence, view, records)


def _ranked(document: Mapping[str, Any], part: Mapping[str, Any], place: int) -> list[Document]:
    """The regimens of a part in order, each with its estimate against the part's reference (None for itself)."""
    reference = reference_in(document, part)
    studies = {node["regimen"]: node["studies"] for node in document["nodes"]}
    pairs, splits = finder(document, model_of(document)), finder(document, "splits")
    rows = []
    for rank, one in enumerate(part["ranking"], 1):
        regimen = one["regimen"]
        pair = None if regimen == reference else pairs(regimen, reference)
        split = None if regimen == reference else splits(regimen, reference)
        row: Document = {"rank": rank, "regimen": regimen, "p_score": one["p_score"], "mean_rank": one["mean_rank"]}
        row |= {"part": place, "against": reference if pair else None}
        row |= {name: pair[name] if pair else None for name in NUMBERS}
        row |= {"share_direct": split["share_direct"] if split else None, "studies": studies[regimen]}
        rows.append(row)
    return rows


def _headline(asked: Asked) -> str:
    """Return the order in one sentence that says it comes from trials, and how many."""
    document = asked.document
    if not document["nodes"]:
        return nothing_headline(asked.where) + without(document)
    trials = f"By {counted(len(document['studies']), 'trial')} {asked.where}"
    orders = [_order(asked, part) for part in parts_of(document)]
    if document["connected"]:
        return f"{trials}: {orders[0]}; {BY_TRIALS}.{without(document)}"
    apart = "; ".join(
        f"of {len(part['regimens'])}, {order}" for part, order in zip(parts_of(document), orders, strict=True)
    )
    parts = f"in {len(orders)} parts that no trial joins and no ranking compares"
    return f"{trials}, {parts}: {apart}; {BY_TRIALS}.{without(document)}"


def _order(asked: Asked, part: Mapping[str, Any]) -> str:
    """Return the first places of a part, each with what its interval leaves open, then what is worse than reference."""
    most = []
    rows = _ranked(asked.document, part, 0)
    for row in rows[:3]:
        unsure = row["value"] is not None and includes_no_effect(row, asked.document["measure"])
        sure = ", its interval includes no effect" if unsure else ""
        most.append(f"{asked.regimen(row['regimen'])} (P-score {number(row['p_score'])}{sure})")
    rest = len(rows) - len(most)
    order = listed([*most, f"{rest} more"] if rest else most)
    stands = standing(asked.document, part)
    if not stands.worse:
        return order
    return f"{order}; against {asked.regimen(stands.reference)}, {worse_words(asked, stands)}"
