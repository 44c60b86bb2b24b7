"""`bonerx sources`."""

from bonerx.questions.records.vocabulary import Vocabulary


def sources() -> Vocabulary:
    """List the sources that the table knows."""
    return Vocabulary("sources")


sources.examples = ("bonerx sources", "bonerx sources --json")  # type: ignore[attr-defined]
