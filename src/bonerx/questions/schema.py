"""What may stand in an evidence table, and what a script finds in an answer: as JSON Schema."""

import json
from typing import Any

from bonerx.answer import Answer, Records
from bonerx.page import Raw


def schema(of: str) -> Answer:
    """Return the JSON Schema of an evidence `table` or of an `answer`."""
    found = _table() if of == "table" else _answer()
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


def _answer() -> dict[str, Any]:
    from bonerx.questions.contract import answer_schema

    return answer_schema()
