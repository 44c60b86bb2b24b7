"""`bonerx outcomes`."""

from bonerx.questions.records.vocabulary import Vocabulary


def outcomes() -> Vocabulary:
    """List the outcomes that the table knows."""
    return Vocabulary("outcomes")


outcomes.examples = ("bonerx outcomes", "bonerx outcomes --json")  # type: ignore[attr-defined]
