"""`bonerx schema`."""

from enum import StrEnum
from typing import Annotated

import typer

from bonerx.answer import Answer
from bonerx.questions.tables.schema import schema as schema_of


class Subject(StrEnum):
    """What a schema describes."""

    TABLE = "table"
    ANSWER = "answer"


def schema(
    of: Annotated[
        Subject, typer.Argument(help="An evidence table, or the JSON document of an answer.")
    ] = Subject.TABLE,
) -> Answer:
    """Print the JSON Schema of tables or of answers."""
    return schema_of(of.value)


schema.examples = ("bonerx schema > evidence.schema.json", "bonerx schema answer")  # type: ignore[attr-defined]
