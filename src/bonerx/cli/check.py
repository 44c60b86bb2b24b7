"""`bonerx check`."""

from typing import Annotated

import typer

from bonerx.questions.tables.check import Check


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...", show_default=False, help="Tables or folders; the shipped table by default."
        ),
    ] = None,
    fix_offsets: Annotated[
        bool,
        typer.Option("--fix-offsets", help="First correct, in the files, the offsets of quotations that have moved."),
    ] = False,
) -> Check:
    """Validate and prove a table: all faults at once, each with file, line and column."""
    return Check(tuple(paths or ()), fix_offsets)


check.examples = ("bonerx check", "bonerx check mine.yaml", "bonerx check --fix-offsets mine.yaml")  # type: ignore[attr-defined]
