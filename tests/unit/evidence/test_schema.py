"""Editors get the schema of what the loader accepts, and the shipped file is that schema."""

import json
from pathlib import Path

from bonerx.evidence.files import shipped
from bonerx.evidence.schema import schema_text, table_schema


def test_the_shipped_schema_is_that_of_the_types():
    assert (Path(shipped()) / "evidence.schema.json").read_text("utf-8") == schema_text()


def test_the_schema_explains_itself():
    schema = json.loads(schema_text())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"].startswith("Everything one or several files hold")
    assert all(each.get("description") for each in schema["$defs"].values())
    claim = schema["$defs"]["Claim"]
    assert claim["additionalProperties"] is False
    assert claim["properties"]["outcome"]["description"] == "The id of an outcome."
    assert claim["properties"]["sentences"]["description"] == "Ids in `sentences`."
    assert claim["properties"]["comparator"]["description"] == "Ids in `agents`."


def test_a_table_in_json_may_name_its_schema():
    assert table_schema()["properties"]["$schema"]["type"] == "string"
