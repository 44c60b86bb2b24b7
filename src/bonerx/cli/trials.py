"""`bonerx trials`."""

from typing import Annotated

import typer

from bonerx.cli import complete
from bonerx.cli.arguments import Outcome
from bonerx.questions.records.trials import Trials


def trials(
    agents: Annotated[
        list[str] | None,
        typer.Argument(
            show_default=False, autocompletion=complete.regimens, help="Trials with an arm of any of these regimens."
        ),
    ] = None,
    outcome: Outcome = None,
) -> Trials:
    """List the trials of the table, with their arms, population and integrity."""
    return Trials(tuple(agents or ()), outcome)


trials.examples = (  # type: ignore[attr-defined]
    "bonerx trials vitamin-k2",
    "bonerx trials alendronate risedronate --outcome hip-fracture",
)
