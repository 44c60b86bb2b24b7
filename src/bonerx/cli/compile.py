"""`bonerx compile`."""

from typing import Annotated

import typer

from bonerx.questions.tables.compile import Compile


def compile(  # noqa: A001
    store: Annotated[
        str, typer.Option("--store", "-o", metavar="STORE", help="The store to write, such as `evidence.db`.")
    ],
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABLE]...", show_default=False, help="Tables or folders; those of --evidence by default."
        ),
    ] = None,
) -> Compile:
    """Compile tables into one store, for `--evidence STORE` here or on another machine.

    It is proven like any table, and a store only takes the place of a store.
    """
    return Compile(tuple(tables or ()), store)


compile.examples = (  # type: ignore[attr-defined]
    "bonerx compile mine.ndjson -o evidence.db",
    "bonerx compile default mine.yaml -o evidence.db && bonerx rank -e evidence.db",
)
