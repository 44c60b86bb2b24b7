"""How does every regimen stand against every other: the network's estimate above the diagonal, the direct one below?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bonerx.answer import Answer, Records
from bonerx.questions.network.headline import caveats, headline, parts_of
from bonerx.questions.network.options import Asked, Choice, OfFile, OfTable, network_question
from bonerx.questions.network.question import envelope, scope
from bonerx.questions.network.stored import turned, turned_estimate

if TYPE_CHECKING:
    from bonerx.page import Section

Document = dict[str, Any]
NUMBERS = ("te", "se", "value", "ci_low", "ci_high", "p")
_KEPT = ("outcome", "measure", "method", "level", "reference", "better", "connected", "ranking", "excluded")


def league(choice: Choice) -> OfTable | OfFile:
    """Return the question for the league table of a network."""
    return network_question(choice, told, ranked=True)


def told(asked: Asked) -> Answer:
    """Return the league table, regimens in the order of their P-scores (of each connected part in turn)."""
    document, sentence, limits = asked.document, headline(asked), caveats(asked)
    answer: Document = {name: document[name] for name in _KEPT}
    answer |= {"model": "random" if document["random"]["pairs"] else "common", "order": order(document)}
    answer |= {"cells": list(cells(document)), "headline": sentence}

    def view() -> tuple[Section, ...]:
        from bonerx.questions.network.league_view import sections

        return sections(asked, answer, limits)

    def records() -> Records:
        columns = ("row", "column", "kind", "measure", *NUMBERS, "k", "reason")
        rows = ((*(cell[name] for name in columns),) for cell in answer["cells"])
        return Records(columns, rows)

    whole = envelope("league", asked, answer, limits)
    return Answer(whole, f"League table of trials {asked.where}", scope(asked), sentence, view, records)


def order(document: Mapping[str, Any]) -> list[str]:
    """Return the regimens in the order of their P-scores, part by part."""
    return [one["regimen"] for part in parts_of(document) for one in part["ranking"]]


def cells(document: Mapping[str, Any]) -> Iterator[Document]:
    """Yield every cell, row by row: the regimen of the row against that of the column, `k` trials comparing the two.

    Above the diagonal stands the network's estimate, below it the direct one; what is missing says why.
    """
    measure = document["measure"]
    model = "random" if document["random"]["pairs"] else "common"
    pairs = {(row["a"], row["b"]): row for row in document[model]["pairs"]} if document["nodes"] else {}
    splits = {(split["a"], split["b"]): split for split in document["splits"]}
    names = order(document)
    for i, row in enumerate(names):
        for j, column in enumerate(names):
            if i == j:
                continue
            first = min(row, column), max(row, column)
            split = splits.get(first, {})
            cell: Document = {
                "row": row,
                "column": column,
                "kind": "network" if i < j else "direct",
                "measure": measure,
            }
            if i < j:
                pair = pairs[first] if row == first[0] else turned(pairs[first], measure)
                cell |= {name: pair[name] for name in NUMBERS} | {"k": split.get("k", 0), "reason": pair.get("reason")}
            else:
                direct = split.get("direct")
                if direct and row != first[0]:
                    direct = turned_estimate(direct, measure)
                cell |= {name: direct[name] if direct else None for name in NUMBERS} | {"k": split.get("k", 0)}
                cell["reason"] = None if direct else "no study compares them directly"
            yield cell
