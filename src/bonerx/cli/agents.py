"""`bonerx agents`."""

from bonerx.questions.records.vocabulary import Vocabulary


def agents() -> Vocabulary:
    """List the agents that the table knows."""
    return Vocabulary("agents")


agents.examples = ("bonerx agents", "bonerx agents --json")  # type: ignore[attr-defined]
