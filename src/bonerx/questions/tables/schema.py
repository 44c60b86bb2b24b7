"""What may stand in an evidence table, and what a script finds in an answer: as JSON Schema."""

import json
from functools import cache
from typing import Any

from bonerx.answer import Answer, Records
from bonerx.page import Raw


def schema(of: str) -> Answer:
    """Return the JSON Schema of an evidence `table` or of an `answer`."""
    found = _table() if of == "table" else answer_schema()
    document = {
        "status": "answered",
        "evidence": [],
        "query": {"command": "schema", "of": of},
        "answer": {"schema": found},
        "claims": [],
        "sources": [],
        "caveats": [],
    }
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    return Answer(document, "JSON Schema", of, "", lambda: (Raw(text),), lambda: Records(("schema",), [(text,)]))


def _table() -> dict[str, Any]:
    from bonerx.evidence.schema import table_schema

    return table_schema()


@cache
def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an answer as plain data, which nobody changes."""
    from bonerx.evidence.answer_schema import schema_of
    from bonerx.results.documents import DESCRIPTION, TITLE, Document

    return schema_of(Document, TITLE, DESCRIPTION)
