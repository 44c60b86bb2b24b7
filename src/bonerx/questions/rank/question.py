"""Which ranking is asked for: the sources' own recommendations, or the trials of one outcome; the two never mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonerx.errors import UsageError

if TYPE_CHECKING:
    from bonerx.questions.network.options import OfFile, OfTable
    from bonerx.questions.rank.by_statements import Rank


def ranking(population: str | None, *, explain: bool, as_of: int | None, **trials: object) -> Rank | OfTable | OfFile:
    """Return the question for an order: by statements, or where an outcome or a file is named by the trials on it.

    `as_of` goes for both; `trials` are the other fields of a network's Choice. UsageError for options of the one
    ranking beside the other.
    """
    if trials.get("outcome") is None and trials.get("data") is None:
        from bonerx.questions.rank.by_statements import Rank

        usual = (None, False, (), "REML", "iv")
        given = [name for name, value in trials.items() if value not in usual]
        if given:
            option = f"--{given[0].replace('_', '-')}"
            raise UsageError(f"`{option}` is for a ranking by trials", hint="add `--outcome` or `--data`")
        return Rank(population, explain, as_of)
    from bonerx.questions.network.options import Choice
    from bonerx.questions.network.rank import network_rank

    if population is not None or explain:
        option = "--population" if population is not None else "--explain"
        raise UsageError(f"`{option}` is for the ranking by statements", hint="leave out `--outcome` and `--data`")
    return network_rank(Choice(as_of=as_of, **trials))  # type: ignore[arg-type]
