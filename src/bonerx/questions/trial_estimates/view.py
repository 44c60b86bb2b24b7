"""The numbers beside the sentences of a comparison as a person reads them."""

from typing import Any

from bonerx.page import Cell, Column, Listing, Section
from bonerx.questions.citations.names import Words
from bonerx.questions.trial_estimates.estimates import Document, Numbers, interval


def sections(words: Words, sides: tuple[str, str], found: Numbers, sources: dict[str, Document]) -> list[Section]:
    """Return the numbers as a person reads them."""
    view: list[Section] = []
    if found.estimates:
        columns = ("Outcome", "Estimate", "Trials", "I²", "From")
        rows = [_estimate_row(words, estimate) for estimate in found.estimates]
        title = f"In numbers: {words.regimen(sides[0])} against {words.regimen(sides[1])}"
        view.append(Listing(title, tuple(map(Column, columns)), rows))
    if found.published:
        printed = [
            (
                Cell(words.name("outcomes", document["outcome"]), "outcome"),
                Cell(interval(document), "estimate"),
                Cell(document.get("stratum") or "all", "text"),
                Cell(words.cite(sources[document["source"]])),
            )
            for document in found.published
        ]
        labels = ("Outcome", "As printed", "Trials of", "Source")
        view.append(Listing("Published pools, shown and never pooled again", tuple(map(Column, labels)), printed))
    return view


def _estimate_row(words: Words, estimate: Document) -> tuple[Any, ...]:
    name = Cell(words.name("outcomes", estimate["outcome"]), "outcome")
    if estimate["value"] is None:
        return (name, Cell(estimate["reason"], "text"), Cell(0, "count"), Cell(None, "silent"), Cell(None, "silent"))
    manner = "" if estimate["kind"] == "direct" else "network"
    studies = ", ".join(estimate["studies"])
    return (
        name,
        Cell(interval(estimate), "estimate", (), manner),
        Cell(len(estimate["studies"]), "count"),
        Cell(estimate["i2"], "percent") if estimate["i2"] is not None else Cell(None, "silent"),
        Cell(studies, "text"),
    )
