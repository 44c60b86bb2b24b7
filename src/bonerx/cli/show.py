"""`bonerx show`."""

from typing import Annotated

import typer

from bonerx.questions.records.show import Show


def show(id_: Annotated[str, typer.Argument(metavar="ID", show_default=False, help="The id of any record.")]) -> Show:
    """Show one record whole, by its id or name."""
    return Show(id_)


show.examples = ("bonerx show iwamoto-2003", "bonerx show S4", "bonerx show 维生素K2")  # type: ignore[attr-defined]
