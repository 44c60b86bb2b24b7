"""The JSON Schema of the documents that scripts read, made from the types that describe them."""

from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

_CONFIG = ConfigDict(use_attribute_docstrings=True, allow_inf_nan=False)


class _Untitled(GenerateJsonSchema):
    """JSON Schema whose properties are known by their names alone: a title would only repeat them."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Return that no property gets a title."""
        return False


def schema_of(documents: Any, title: str, description: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a type as plain data, with its attributes' docstrings."""
    schema = TypeAdapter(documents, config=_CONFIG).json_schema(schema_generator=_Untitled)
    return {"$schema": _Untitled.schema_dialect, "title": title, "description": description, **schema}
