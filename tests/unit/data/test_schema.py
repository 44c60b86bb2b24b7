"""The JSON Schema that editors pick up beside the data files names the fields and words that the types have."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from bonerx.model.table import EvidenceTable

DATA = Path(__file__).parents[3] / "data"
FILES = ("evidence.yaml", "trials.yaml", "findings.yaml")


def vocabulary(schema: dict) -> dict[str, tuple[list[str], list[str], list[str]]]:
    records = {**schema["$defs"], "EvidenceTable": schema}
    return {
        name: (
            sorted(set(record.get("properties", ())) - {"$schema"}),
            sorted(record.get("required", ())),
            record.get("enum", []),
        )
        for name, record in records.items()
    }


def test_the_schema_has_the_fields_of_the_types() -> None:
    shipped = json.loads((DATA / "evidence.schema.json").read_text(encoding="utf-8"))
    assert vocabulary(shipped) == vocabulary(TypeAdapter(EvidenceTable).json_schema())


def test_every_data_file_refers_to_the_schema_on_its_first_line() -> None:
    for name in FILES:
        first = (DATA / name).read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=evidence.schema.json"


def test_no_data_file_has_anchors_or_long_lines() -> None:
    for name in FILES:
        for number, line in enumerate((DATA / name).read_text(encoding="utf-8").splitlines(), 1):
            assert len(line) <= 100 or "https://" in line, f"{name}:{number}"
            assert not line.lstrip(" -").startswith(("&", "*", "<<")), f"{name}:{number}"
