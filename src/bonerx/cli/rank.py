"""`bonerx rank`."""

from bonerx.cli.arguments import Explain, Population
from bonerx.questions.rank import Rank


def rank(population: Population = None, explain: Explain = False) -> Rank:
    """What comes first, by what the sources state?"""
    return Rank(population, explain)


rank.examples = ("bonerx rank", "bonerx rank --population postmenopausal-osteoporosis")  # type: ignore[attr-defined]
