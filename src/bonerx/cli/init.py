"""`bonerx init`."""

from typing import Annotated

import typer

from bonerx.questions.tables.init import Init


def init(
    abstracts: Annotated[
        list[str],
        typer.Argument(
            metavar="ABSTRACT...", show_default=False, help="Plain text, PubMed `.nbib` or RIS files, or `-`."
        ),
    ],
    table: Annotated[
        str,
        typer.Option(
            "--table",
            "-o",
            metavar="TABLE",
            help="The table to begin or to add to; its texts go to `sources/` beside it.",
        ),
    ],
) -> Init:
    """Draft a table from abstracts: sources, sentences, and claims for a person to decide on.

    Agents and outcomes are those of the table and of --evidence. A draft answers no question until its mark is removed.
    """
    return Init(tuple(abstracts), table)


init.examples = (  # type: ignore[attr-defined]
    "bonerx init abstract.txt -o mine.yaml",
    "bonerx init pubmed.nbib more.ris -o mine.yaml --evidence words.yaml",
)
