"""`bonerx league`."""

from bonerx.cli import network_options as options
from bonerx.questions.network.league import league as ask_league
from bonerx.questions.network.options import Choice, OfFile, OfTable


def league(
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
) -> OfTable | OfFile:
    """How does every regimen stand against every other, by the network of trials?"""
    left_out, columns = tuple(exclude or ()), options.named(column)
    return ask_league(
        Choice(
            outcome, data, measure, tau2, method, reference, None, better, include_flagged, left_out, as_of, columns,
            tolerance=tolerance,
        )
    )  # fmt: skip


league.examples = (  # type: ignore[attr-defined]
    "bonerx league --outcome vertebral-fracture",
    "bonerx league --outcome hip-fracture --format csv",
)
