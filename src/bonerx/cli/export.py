"""`bonerx export`."""

from enum import StrEnum
from typing import Annotated

import typer

from bonerx.cli import complete
from bonerx.cli.arguments import Outcome, Population, Species
from bonerx.cli.evidence import evidence
from bonerx.model.kinds import ClaimKind, HedgeLevel
from bonerx.questions.tables.export import Export


class To(StrEnum):
    """The forms of a table."""

    YAML = "yaml"
    JSON = "json"
    NDJSON = "ndjson"


def export(
    agents: Annotated[
        list[str] | None,
        typer.Argument(
            show_default=False, autocompletion=complete.regimens, help="Statements on any of these agents or regimens."
        ),
    ] = None,
    outcome: Outcome = None,
    source: Annotated[
        str | None, typer.Option("--source", autocompletion=complete.sources, help="Only this source.")
    ] = None,
    kind: Annotated[ClaimKind | None, typer.Option("--kind", help="Only statements of this kind.")] = None,
    species: Species = "any",
    hedge: Annotated[
        HedgeLevel | None, typer.Option("--hedge", help="Only statements worded just so strongly.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help="Only sentences that hold all these words.")
    ] = None,
    population: Population = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many statements.")] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many statements at the start.")] = 0,
    to: Annotated[
        To | None, typer.Option("--to", help="The form of the table; else as FILE is named, else YAML.")
    ] = None,
) -> Export:
    """Write the joined table back as one table, whole or the statements chosen with all they refer to."""
    chosen = evidence(agents, outcome, source, kind, species, hedge, text, population, limit, offset)
    return Export(chosen, None if to is None else to.value)


export.examples = (  # type: ignore[attr-defined]
    "bonerx export -e default -e mine.yaml --output joined.yaml",
    "bonerx export vitamin-k2 --to ndjson",
)
