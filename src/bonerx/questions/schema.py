"""What may stand in an evidence table, and what a script finds in an answer: as JSON Schema."""

import json

from bonerx.answer import Answer, Records
from bonerx.page import Raw


def schema(of: str) -> Answer:
    """Return the JSON Schema of an evidence `table` or of an `answer`."""
    if of == "table":
        from bonerx.evidence.schema import table_schema as described
    else:
        from bonerx.questions.contract import answer_schema as described
    found: dict[str, object] = described()
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
