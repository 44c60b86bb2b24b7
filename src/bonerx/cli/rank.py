"""`bonerx rank`."""

from typing import Any

from bonerx.cli import network_options as options
from bonerx.cli.arguments import Explain, Population
from bonerx.questions.rank.question import ranking


def rank(
    population: Population = None,
    explain: Explain = False,
    outcome: options.NetworkOutcome = None,
    data: options.Data = None,
    measure: options.Measure = None,
    tau2: options.Tau2 = "REML",
    method: options.Method = "iv",
    reference: options.Reference = None,
    better: options.Better = None,
    include_flagged: options.IncludeFlagged = False,
    exclude: options.Exclude = None,
    as_of: options.AsOf = None,
    column: options.Columns = None,
    tolerance: options.Tolerance = None,
) -> Any:
    """What comes first: by what the sources state, or on one outcome by the trials?"""
    return ranking(
        population,
        explain=explain,
        outcome=outcome,
        data=data,
        measure=measure,
        tau2=tau2,
        method=method,
        reference=reference,
        better=better,
        include_flagged=include_flagged,
        exclude=tuple(exclude or ()),
        as_of=as_of,
        columns=options.named(column),
        tolerance=tolerance,
    )


rank.examples = (  # type: ignore[attr-defined]
    "bonerx rank",
    "bonerx rank --population postmenopausal-osteoporosis",
    "bonerx rank --outcome vertebral-fracture",
)
