"""The shape of a network's document, for where nothing can be computed: names of the contract, no number library."""

from typing import Any

HETEROGENEITY = (
    "q",
    "df",
    "p",
    "q_within",
    "df_within",
    "p_within",
    "q_between",
    "df_between",
    "p_between",
    "i2",
    "i2_low",
    "i2_high",
)
NO_BETTER = "it is not known whether lower or higher values are better"
NOTHING = "no study that counts compares two regimens"


def empty_network(
    outcome: str | None, measure: str | None, method: str, tau2: str, better: str | None
) -> dict[str, Any]:
    """Return the document of a network without studies, in the shape of any other."""
    unranked = {} if better else {"ranking": None, "ranking_reason": NO_BETTER}
    empty: dict[str, Any] = {
        "outcome": outcome,
        "measure": measure,
        "method": method,
        "level": 0.95,
        "reference": None,
        "better": better,
        "connected": False,
        "parts": [],
        "nodes": [],
        "edges": [],
        "common": {"method": method, "pairs": []},
        "random": {"tau2_method": tau2, "tau2": None, "pairs": [], "reason": NOTHING},
        "heterogeneity": dict.fromkeys(HETEROGENEITY) | {"reason": NOTHING},
        "splits": [],
        "ranking": [],
        "designs": [],
        "components": None,
        "missing_links": [],
        "excluded": [],
        "caveats": [],
        "studies": {},
        "reason": NOTHING,
    }
    return empty | unranked
