"""The arguments and options that several commands take, each defined once."""

from typing import Annotated

import typer

from bonerx.cli import complete

_REGIMEN = "An agent, a class, or agents joined by `+`, under any of their names."

RegimenA = Annotated[
    str, typer.Argument(metavar="A", show_default=False, autocompletion=complete.regimens, help=_REGIMEN)
]
RegimenB = Annotated[
    str, typer.Argument(metavar="B", show_default=False, autocompletion=complete.regimens, help=_REGIMEN)
]
Agents = Annotated[
    list[str],
    typer.Argument(
        metavar="AGENT AGENT...",
        show_default=False,
        autocompletion=complete.agents,
        help="Agents, under any of their names.",
    ),
]
Outcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        autocompletion=complete.outcomes,
        help="Only this outcome, and what is narrower.",
    ),
]
Population = Annotated[
    str | None,
    typer.Option(
        "--population",
        metavar="POPULATION",
        autocompletion=complete.populations,
        help="Only claims on this population; broader ones are marked.",
    ),
]
Species = Annotated[str, typer.Option("--species", metavar="SPECIES", help="`human`, `any`, or one species.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show step by step how the answer follows.")]
AsOf = Annotated[
    int | None,
    typer.Option("--as-of", metavar="YEAR", help="Answer as the evidence stood at the end of this year."),
]
