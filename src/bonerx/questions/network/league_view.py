"""A league table as a person reads it: one row and one column a regimen, surest to be better first."""

from typing import Any

from bonerx.page import Cell, Column, Listing, Notes, Section
from bonerx.questions.network.options import Asked
from bonerx.questions.network.view import closing, effect_label, estimate_cell

MOST_COLUMNS = 24
"""Regimens of a table with a column for each; larger networks are listed pair by pair."""


def sections(asked: Asked, answer: dict[str, Any], limits: list[str]) -> tuple[Section, ...]:
    """Return the table, how to read it, and how every answer from a network ends."""
    if not answer["order"]:
        return tuple(closing(asked, limits))
    wide = len(answer["order"]) <= MOST_COLUMNS
    better = f"{answer['better']} values are better"
    how: tuple[str, ...] = (
        f"Each cell: the regimen of the row against that of the column, {effect_label(answer)}; {better}.",
        "Above the diagonal the network's estimate, below it the direct one; a dash where there is none.",
    )
    if not wide:
        how = (f"The first regimen against the second, {effect_label(answer)}; {better}.",)
    return (_table(asked, answer) if wide else _pairs(asked, answer), Notes(None, how), *closing(asked, limits))


def _table(asked: Asked, answer: dict[str, Any]) -> Listing:
    cells = {(cell["row"], cell["column"]): cell for cell in answer["cells"]}
    names = {regimen: asked.regimen(regimen) for regimen in answer["order"]}
    columns = (Column("Regimen"), *(Column(name) for name in names.values()))
    rows = (
        (
            Cell(names[row], "regimen"),
            *(
                Cell("") if row == column else _cell(cells[row, column], answer["measure"])
                for column in answer["order"]
            ),
        )
        for row in answer["order"]
    )
    return Listing(None, columns, rows)


def _cell(cell: dict[str, Any], measure: str) -> Cell:
    """A cell of the table; a direct estimate says so, for where the diagonal cannot be seen."""
    shown = estimate_cell(cell, measure)
    return shown._replace(note="direct") if cell["kind"] == "direct" and cell["value"] is not None else shown


def _pairs(asked: Asked, answer: dict[str, Any]) -> Listing:
    columns = (Column("Regimen"), Column("Against"), Column("Network"), Column("Direct"))
    direct = {(cell["row"], cell["column"]): cell for cell in answer["cells"] if cell["kind"] == "direct"}
    measure = answer["measure"]
    rows = (
        (
            Cell(asked.regimen(cell["row"]), "regimen"),
            Cell(asked.regimen(cell["column"]), "regimen"),
            estimate_cell(cell, measure),
            estimate_cell(_over(direct[cell["column"], cell["row"]], measure), measure),
        )
        for cell in answer["cells"]
        if cell["kind"] == "network"
    )
    return Listing(None, columns, rows)


def _over(cell: dict[str, Any], measure: str) -> dict[str, Any]:
    """The direct estimate the way round that the network's stands."""
    from bonerx.questions.network.stored import turned_estimate

    return turned_estimate(cell, measure)
