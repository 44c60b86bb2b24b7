"""The order of treatments as a person reads it: tiers, then advice that answers another question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonerx.answer import Records
from bonerx.page import Cell, Column, Listing, Section
from bonerx.questions.citations.claims import Citations
from bonerx.questions.citations.names import Words
from bonerx.questions.citations.quotes import closing
from bonerx.questions.statements.later_findings import Later
from bonerx.questions.statements.ordering import Tier

if TYPE_CHECKING:
    from bonerx.questions.rank.by_statements import AddOn


def sections(
    words: Words,
    cited: Citations,
    found: list[Tier],
    advice: tuple[list[AddOn], list[AddOn]],
    since: Later,
    steps: tuple[str, ...],
    caveats: list[str],
) -> tuple[Section, ...]:
    """Return the answer in the order in which a person reads it."""
    view: list[Section] = [_tier_listing(words, found, cited)] if found else []
    titles = ("Added to a treatment, which is another question", "Advised, placed before no other")
    for title, advised in zip(titles, advice, strict=True):
        if advised:
            view.append(_advice_listing(title, words, advised, cited))
    return (*view, *closing(cited, words, since, steps, caveats))


def _tier_listing(words: Words, found: list[Tier], cited: Citations) -> Listing:
    columns = (Column("Rank", number=True), Column("Regimen"), Column("Basis"), Column("Rests on"))
    rows = []
    for rank, tier in enumerate(found, 1):
        refs = cited.refs(tier.claims)
        for place in tier.places:
            basis = place.basis.replace("-", " ") + (", on a broader population" if place.broader else "")
            rows.append(
                (
                    Cell(rank, "count"),
                    Cell(words.regimen(place.regimen), "regimen"),
                    Cell(basis),
                    Cell("", "text", refs),
                )
            )
    return Listing(None, columns, rows)


def _advice_listing(title: str, words: Words, advised: list[AddOn], cited: Citations) -> Listing:
    columns = (Column("Regimen"), Column("Advice"), Column("Worded"), Column("Population"))
    rows = []
    for item in advised:
        stress = f"emphasis on {words.name('populations', item.emphasis)}" if item.emphasis else ""
        population = words.name("populations", item.population) if item.population else None
        rows.append(
            (
                Cell(words.regimen(item.regimen), "regimen"),
                Cell(item.direction, "direction", cited.refs(item.claims)),
                Cell(item.hedge, "hedge"),
                Cell(population, "text" if population else "silent", (), stress),
            )
        )
    return Listing(title, columns, rows)


def records(answer: dict[str, Any]) -> Records:
    """Return the answer in flat rows: the tiers, then what is added or advised."""
    columns = ("row", "rank", "regimen", "basis", "direction", "population", "hedge", "claims")
    rows: list[tuple[object, ...]] = [
        ("tier", tier["rank"], place["regimen"], place["basis"], None, None, tier["hedge"], tier["claims"])
        for tier in answer["tiers"]
        for place in tier["regimens"]
    ]
    for name in ("add_on", "advised"):
        rows += [
            (
                name.replace("_", "-"),
                None,
                item["regimen"],
                None,
                item["direction"],
                item["population"],
                item["hedge"],
                item["claims"],
            )
            for item in answer[name]
        ]
    return Records(columns, rows)
