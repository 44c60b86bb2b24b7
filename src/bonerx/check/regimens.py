"""A regimen makes sense: agents, each once unless in order, and a way of combining that fits their number."""

from collections.abc import Iterator, Sequence

from bonerx.evidence.documents.locate import Path
from bonerx.model.kinds import Combination

Flaw = tuple[Path, str, str | None]
"""The path of a field within the record, what is wrong with it, and what would be right."""


def flaws(regimen: Sequence[str], combination: Combination | None = None, *, field: str = "regimen") -> Iterator[Flaw]:
    """Yield what is wrong with the agents in `field` and how they are combined."""
    if not regimen:
        yield (field,), f"`{field}` names no agent", "name one at least; `no-treatment` and `placebo` are agents too"
    if combination is not Combination.SEQUENTIAL:
        seen: set[str] = set()
        for number, agent in enumerate(regimen):
            if agent in seen:
                yield (field, number), f"the agent `{agent}` stands twice in the regimen", "name it once"
            seen.add(agent)
    if combination is Combination.ALONE and len(regimen) > 1:
        yield ("combination",), f"{len(regimen)} agents are not given alone", "allowed: `concurrent`, `sequential`"
    if combination in {Combination.CONCURRENT, Combination.SEQUENTIAL} and len(regimen) == 1:
        message = f"one agent cannot be {combination.value}"
        yield ("combination",), message, "leave `combination` out, or name the other agents"
