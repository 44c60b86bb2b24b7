"""The arguments and options that several commands take, each defined once."""

from typing import Annotated

import typer

from bonerx.cli import complete

Regimen = Annotated[
    str,
    typer.Argument(
        show_default=False, autocompletion=complete.regimens,
        help="An agent, a class, or agents joined by `+`, under any of their names.",
    ),
]  # fmt: skip
Agents = Annotated[
    list[str],
    typer.Argument(show_default=False, autocompletion=complete.agents, help="Agents, under any of their names."),
]
Outcome = Annotated[
    str | None,
    typer.Option("--outcome", autocompletion=complete.outcomes, help="Only this outcome, and what is narrower."),
]
Population = Annotated[
    str | None,
    typer.Option(
        "--population", autocompletion=complete.populations, help="Only claims on this population; broader ones marked."
    ),
]
Species = Annotated[str, typer.Option("--species", help="`human`, `any`, or one species.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show step by step how the answer follows.")]
