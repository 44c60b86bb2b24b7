"""`bonerx network`."""

from typing import Annotated

import typer

from bonerx.cli import network_options as options
from bonerx.questions.network.options import Choice, OfFile, OfTable
from bonerx.questions.network.question import network as ask_network


def network(
    outcome: options.NetworkOutcome = None,
    data: options.Data = None,
    measure: options.Measure = None,
    tau2: options.Tau2 = "REML",
    method: options.Method = "iv",
    reference: options.Reference = None,
    inactive: options.Inactive = None,
    better: options.Better = None,
    include_flagged: options.IncludeFlagged = False,
    exclude: options.Exclude = None,
    as_of: options.AsOf = None,
    column: options.Columns = None,
    tolerance: options.Tolerance = None,
    interaction: Annotated[
        list[str] | None,
        typer.Option(
            "--interaction", metavar="A+B", help="Components that may act together beyond their sum; repeatable."
        ),
    ] = None,
    contributions: Annotated[
        bool, typer.Option("--contributions", help="Show which trials carry each estimate, with their shares.")
    ] = False,
    plot: Annotated[
        str | None, typer.Option("--plot", metavar="FILE", help="Draw the network too, as .svg, .png or .pdf.")
    ] = None,
) -> OfTable | OfFile:
    """What do all trials together say of every two regimens, directly and indirectly?"""
    left_out, columns, together = tuple(exclude or ()), options.named(column), tuple(interaction or ())
    choice = Choice(
        outcome, data, measure, tau2, method, reference, inactive, better, include_flagged, left_out, as_of, columns,
        together, tolerance,
    )  # fmt: skip
    return ask_network(choice, contributions=contributions, plot=plot)


network.examples = (  # type: ignore[attr-defined]
    "bonerx network --outcome vertebral-fracture",
    "bonerx network --outcome vertebral-fracture --include-flagged --json",
    "bonerx network --data trials.csv --measure OR --method mh --inactive placebo",
)
