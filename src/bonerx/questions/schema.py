"""What may stand in an evidence table, and what a script finds in an answer: as JSON Schema."""

from bonerx.answer import Answer, Records
from bonerx.page import Raw


def schema(of: str) -> Answer:
    """Return the JSON Schema of an evidence `table` or of an `answer`."""
    from bonerx.evidence.schema import table_schema

    if of == "table":
        text = table_schema()
    else:
        from bonerx.questions.contract import answer_schema

        text = answer_schema()
    return Answer({}, "", "", "", lambda: (Raw(text),), lambda: Records((), ()))
