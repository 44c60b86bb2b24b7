"""`bonerx pool`."""

from typing import Annotated, Literal

import typer

from bonerx.cli import complete
from bonerx.cli import network_options as options
from bonerx.questions.pool.options import Choice
from bonerx.questions.pool.question import Pool, PoolOfData
from bonerx.questions.pool.question import pool as ask_pool

Side = Annotated[
    str | None,
    typer.Argument(
        show_default=False, autocompletion=complete.regimens,
        help="A regimen under any of its names; with --data a treatment as the file calls it.",
    ),
]  # fmt: skip
Tau2 = Annotated[
    Literal["REML", "DL", "PM", "ML", "SJ", "HS", "HE"],
    typer.Option("--tau2", help="How the variance between trials is estimated.", case_sensitive=False),
]
Method = Annotated[
    Literal["iv", "mh", "peto"],
    typer.Option("--method", help="How the common effect is pooled.", case_sensitive=False),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="COLUMN=NAME", help="Under which name a column of FILE stands; repeatable."),
]


def pool(
    a: Side = None,
    b: Side = None,
    outcome: options.NetworkOutcome = None,
    data: options.Data = None,
    column: Columns = None,
    measure: options.Measure = None,
    method: Method = "iv",
    tau2: Tau2 = "REML",
    model: Annotated[
        Literal["random", "common"], typer.Option("--model", help="Whose estimate is the answer.", case_sensitive=False)
    ] = "random",
    ci: Annotated[
        Literal["wald", "hk"], typer.Option("--ci", help="Whose interval is the answer's.", case_sensitive=False)
    ] = "wald",
    adhoc: Annotated[
        Literal["ci", "se", "none", "iqwig6"],
        typer.Option(
            "--adhoc", help="What is done where the Hartung–Knapp interval is narrower.", case_sensitive=False
        ),
    ] = "ci",
    prediction: Annotated[
        Literal["t", "HTS", "normal", "HK"],
        typer.Option("--prediction", help="How the prediction interval is built.", case_sensitive=False),
    ] = "t",
    continuity: Annotated[
        Literal["0.5", "treatment-arm", "four-cells", "none"],
        typer.Option("--continuity", help="What is added to zero cells.", case_sensitive=False),
    ] = "0.5",
    level: Annotated[float, typer.Option("--level", help="The level of the intervals.")] = 0.95,
    include_flagged: options.IncludeFlagged = False,
    exclude: options.Exclude = None,
    as_of: options.AsOf = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="Divide the trials by population, dose, background or integrity; or along year or months.",
        ),
    ] = None,
    sensitivity: Annotated[bool, typer.Option("--sensitivity", help="Show what would change this answer.")] = False,
    cumulative: Annotated[bool, typer.Option("--cumulative", help="Show the answer as the years went by.")] = False,
    baseline: Annotated[
        float | None,
        typer.Option("--baseline", metavar="RISK", help="The risk without a, 0 to 1; by default the control arms'."),
    ] = None,
    better: Annotated[
        Literal["lower", "higher"] | None,
        typer.Option("--better", help="With --data: which values are better.", case_sensitive=False),
    ] = None,
    plot: Annotated[
        str | None, typer.Option("--plot", metavar="FILE", help="Draw a figure too, as .svg, .png or .pdf.")
    ] = None,
    plot_kind: Annotated[
        Literal["forest", "funnel"] | None,
        typer.Option("--plot-kind", help="Which figure; by default what FILE's name says, else a forest plot."),
    ] = None,
) -> Pool | PoolOfData:
    """What do the trials give together of one treatment against another?"""
    left_out = tuple(exclude or ())
    choice = Choice(
        measure, method, tau2, model, ci, adhoc, prediction, continuity, level, include_flagged, left_out, as_of, by,
        sensitivity, cumulative, baseline, better,
    )  # fmt: skip
    return ask_pool(a, b, outcome, data, choice, tuple(column or ()), plot, plot_kind)


pool.examples = (  # type: ignore[attr-defined]
    "bonerx pool alendronate placebo --outcome vertebral-fracture",
    "bonerx pool alendronate placebo --outcome hip-fracture --sensitivity",
    "bonerx pool --data trials.csv --measure RR --plot forest.svg",
)
