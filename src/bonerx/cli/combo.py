"""`bonerx combo`."""

from bonerx.cli.arguments import Agents, AsOf, Explain, Outcome, Population, Species
from bonerx.questions.combo.question import Combo


def combo(
    agents: Agents,
    outcome: Outcome = None,
    population: Population = None,
    species: Species = "human",
    explain: Explain = False,
    as_of: AsOf = None,
) -> Combo:
    """What do the sources say of a combination?"""
    return Combo(tuple(agents), outcome, population, species, explain, as_of)


combo.examples = (  # type: ignore[attr-defined]
    "bonerx combo etidronate vitamin-k2",
    "bonerx combo risedronate vitamin-k2 --species any",
)
