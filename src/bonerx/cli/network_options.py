"""The options of every command on a network of trials, each defined once."""

from typing import Annotated, Literal

import typer

from bonerx.cli import complete
from bonerx.errors import UsageError

NetworkOutcome = Annotated[
    str | None,
    typer.Option(
        "--outcome", metavar="OUTCOME", autocompletion=complete.outcomes, help="The outcome whose trials are analysed."
    ),
]
Data = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="FILE",
        help="Trials of your own (CSV) instead: study,treatment,events,n or study,treatment,mean,sd,n or "
        "study,treat1,treat2,te,sete.",
    ),
]
Measure = Annotated[
    Literal["RR", "OR", "RD", "HR", "MD", "SMD", "generic"] | None,
    typer.Option("--measure", help="The effect measure; the default is that of the numbers.", case_sensitive=False),
]
Tau2 = Annotated[
    Literal["REML", "DL"],
    typer.Option("--tau2", help="How the variance between trials is estimated.", case_sensitive=False),
]
Method = Annotated[
    Literal["iv", "mh", "nch"],
    typer.Option(
        "--method",
        help="Inverse variance; for sparse events and odds ratios Mantel-Haenszel or the conditional likelihood.",
        case_sensitive=False,
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(
        "--reference",
        metavar="R",
        autocompletion=complete.regimens,
        help="What estimates are shown against; the default is the control in most trials.",
    ),
]
Inactive = Annotated[
    str | None,
    typer.Option(
        "--inactive",
        metavar="R",
        autocompletion=complete.regimens,
        help="The component without effect, for what each part of a combination adds.",
    ),
]
Better = Annotated[
    Literal["lower", "higher"] | None,
    typer.Option(
        "--better",
        help="Which values are better; the default is the outcome's. A file of your own does not say.",
        case_sensitive=False,
    ),
]
IncludeFlagged = Annotated[bool, typer.Option("--include-flagged", help="Count trials of integrity concern too.")]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="STUDY", help="Leave out this trial; repeatable.")
]
AsOf = Annotated[int | None, typer.Option("--as-of", metavar="YEAR", help="Only sources up to this year.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="COLUMN=NAME", help="Under which name the file has a column (`events=r`); repeatable."
    ),
]

Tolerance = Annotated[
    float | None,
    typer.Option(
        "--tolerance",
        metavar="X",
        help="How far the effects of a trial of several arms, given as contrasts, may be from adding up; "
        "the default is what rounding to the digits printed explains.",
    ),
]


def named(columns: list[str] | None) -> tuple[tuple[str, str], ...]:
    """Return under which name the file has each column; raise UsageError for one that is not told as `column=name`."""
    pairs = [given.partition("=") for given in columns or ()]
    for column, _, name in pairs:
        if not column or not name:
            raise UsageError(f"`--column {column}` says no name", hint="as in `--column events=r`")
    return tuple((column, name) for column, _, name in pairs)
