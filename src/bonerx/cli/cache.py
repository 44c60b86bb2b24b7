"""`bonerx cache`."""

from enum import StrEnum
from typing import Annotated

import typer

from bonerx.answer import Answer
from bonerx.questions.tables.cache import cached


class Action(StrEnum):
    """What to do with the compiled tables."""

    PATH = "path"
    CLEAR = "clear"


def cache(
    action: Annotated[Action, typer.Argument(show_default=False, help="Show the folder, or empty it.")],
) -> Answer:
    """Show where compiled tables are kept, or clear them.

    A table that was cleared is compiled again when it is next asked.
    """
    return cached(action.value)


cache.examples = ("bonerx cache path", "bonerx cache clear")  # type: ignore[attr-defined]
