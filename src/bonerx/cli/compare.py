"""`bonerx compare`."""

from bonerx.cli.arguments import Explain, Outcome, Population, RegimenA, RegimenB, Species
from bonerx.questions.compare import Compare


def compare(
    a: RegimenA,
    b: RegimenB,
    outcome: Outcome = None,
    population: Population = None,
    species: Species = "human",
    explain: Explain = False,
) -> Compare:
    """Which of two treatments do the sources favour?"""
    return Compare(a, b, outcome, population, species, explain)


compare.examples = (  # type: ignore[attr-defined]
    "bonerx compare alendronate vitamin-k2",
    "bonerx compare etidronate+vitamin-k2 etidronate --outcome vertebral-fracture",
    "bonerx compare 阿仑膦酸 维生素K2 --lang zh --json",
)
