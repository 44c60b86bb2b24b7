"""`bonerx evidence`."""

from typing import Annotated

import typer

from bonerx.cli import complete
from bonerx.cli.arguments import Outcome, Population, Species
from bonerx.model.kinds import ClaimKind, HedgeLevel
from bonerx.questions.records.evidence import Evidence


def evidence(
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
        str | None,
        typer.Option("--text", metavar="WORDS", help="Only sentences that hold all these words, best match first."),
    ] = None,
    population: Population = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many statements.")] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many statements at the start.")] = 0,
) -> Evidence:
    """List the statements of the table."""
    return Evidence(
        tuple(agents or ()),
        outcome,
        source,
        kind and kind.value,
        species,
        hedge and hedge.value,
        text,
        population,
        limit,
        offset,
    )


evidence.examples = (  # type: ignore[attr-defined]
    "bonerx evidence vitamin-k2",
    "bonerx evidence --kind recommendation",
    "bonerx evidence --text 'new vertebral' --format ndjson",
)
