"""`bonerx compare`."""

from typing import Annotated

import typer

from bonerx.cli.arguments import AsOf, Explain, Outcome, Population, RegimenA, RegimenB, Species
from bonerx.questions.compare.question import Compare


def compare(
    a: RegimenA,
    b: RegimenB,
    outcome: Outcome = None,
    population: Population = None,
    species: Species = "human",
    explain: Explain = False,
    network: Annotated[
        bool, typer.Option("--network", help="With --outcome: the network's estimate too, beside the direct one.")
    ] = False,
    include_flagged: Annotated[
        bool,
        typer.Option("--include-flagged", help="With --outcome: count trials of integrity concern in the network."),
    ] = False,
    as_of: AsOf = None,
) -> Compare:
    """Which of two treatments do the sources favour?"""
    return Compare(a, b, outcome, population, species, explain, network, include_flagged, as_of)


compare.examples = (  # type: ignore[attr-defined]
    "bonerx compare alendronate vitamin-k2",
    "bonerx compare etidronate+vitamin-k2 etidronate --outcome vertebral-fracture",
    "bonerx compare 阿仑膦酸 维生素K2 --lang zh --json",
)
