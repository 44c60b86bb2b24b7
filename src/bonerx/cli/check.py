"""`bonerx check`."""

from typing import Annotated

import typer

from bonerx.questions.check import Check


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...", show_default=False, help="Tables or folders; the shipped table by default."
        ),
    ] = None,
) -> Check:
    """Validate and prove a table: all faults at once, each with file, line and column."""
    return Check(tuple(paths or ()))


check.examples = ("bonerx check", "bonerx check mine.yaml")  # type: ignore[attr-defined]
