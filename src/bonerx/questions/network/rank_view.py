"""A ranking by trials as a person reads it: P-scores with the estimates behind them, part by part."""

from collections.abc import Iterator, Mapping
from typing import Any

from bonerx.page import Cell, Column, Listing, Notes, Section
from bonerx.questions.network.headline import agreeing, differing, parts_of, reference_in
from bonerx.questions.network.options import Asked
from bonerx.questions.network.stored import finder, model_of
from bonerx.questions.network.view import closing, effect_label, estimate_cell, evidence


def sections(asked: Asked, limits: list[str]) -> tuple[Section, ...]:
    """Return the ranking of each part, what it rests on, and how every answer from a network ends."""
    listings = [_ranking(asked, part) for part in parts_of(asked.document)]
    told = tuple(
        f"{words[:1].upper()}{words[1:]}."
        for part in parts_of(asked.document)
        for words in (differing(part), agreeing(part))
    )
    return (
        *listings,
        *([Notes("How sure the order is", tuple(dict.fromkeys(told)))] if told else []),
        *closing(asked, limits),
    )


def _ranking(asked: Asked, part: Mapping[str, Any]) -> Listing:
    document = asked.document
    reference = reference_in(document, part)
    name = asked.regimen(reference)
    columns = (
        Column("Regimen"),
        Column("P-score", number=True),
        Column("Mean rank", number=True),
        Column(f"Against {name}: {effect_label(document)}"),
        Column("Evidence"),
    )

    pairs, splits = finder(document, model_of(document)), finder(document, "splits")

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in part["ranking"]:
            regimen = one["regimen"]
            numbers = (Cell(one["p_score"], "number"), Cell(one["mean_rank"], "number"))
            score = (Cell(asked.regimen(regimen), "regimen"), *numbers)
            if regimen == reference:
                yield (*score, Cell("reference"), Cell("–", "silent"))
                continue
            pair = pairs(regimen, reference)
            split = splits(regimen, reference) or {}
            yield (*score, estimate_cell(pair, document["measure"]), evidence(split))

    better = f"{document['better']} values are better"
    title = better if document["connected"] else f"The part of {name} ({better})"
    return Listing(f"{title[:1].upper()}{title[1:]}", columns, rows())
