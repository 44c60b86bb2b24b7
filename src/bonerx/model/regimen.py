"""The one string that stands for a regimen: ids sorted and joined by `+`, or in order joined by `-then-`."""

from collections.abc import Iterable

TOGETHER = "+"
IN_ORDER = "-then-"


def regimen_id(agents: Iterable[str], combination: str | None = None) -> str:
    """Return the id of the regimen of `agents`; only a sequential one keeps their order."""
    if combination == "sequential":
        return IN_ORDER.join(agents)
    return TOGETHER.join(sorted(agents))


def agents_of(regimen: str) -> list[str]:
    """Return the ids of the agents in a regimen's id, in its order."""
    return regimen.split(IN_ORDER) if IN_ORDER in regimen else regimen.split(TOGETHER)
