"""`bonerx populations`."""

from bonerx.questions.records.vocabulary import Vocabulary


def populations() -> Vocabulary:
    """List the populations that the table knows."""
    return Vocabulary("populations")


populations.examples = ("bonerx populations", "bonerx populations --json")  # type: ignore[attr-defined]
