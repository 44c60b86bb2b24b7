"""The kinds of record a table holds, read off its type, and one validator a kind."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from bonerx.model.table import EvidenceTable

SINGULAR = MappingProxyType(
    {
        "agents": "agent",
        "outcomes": "outcome",
        "populations": "population",
        "sources": "source",
        "sentences": "sentence",
        "claims": "claim",
        "studies": "study",
        "published": "published",
        "findings": "finding",
    }
)
"""What one record of a kind is called: in messages, and as `record` in NDJSON."""
KIND = MappingProxyType({name: kind for kind, name in SINGULAR.items()})
"""The kind of record that a name in NDJSON stands for."""


@cache
def types() -> Mapping[str, type[Any]]:
    """Return the record type of every kind, in the order of the table."""
    hints = get_type_hints(EvidenceTable)
    return MappingProxyType({kind: get_args(hints[kind])[0] for kind in SINGULAR})


@cache
def validator(kind: str) -> Any:
    """Return the validator of one kind of record; built once, since building takes longer than validating."""
    return _validator_of(types()[kind])


@cache
def head_validator() -> Any:
    """Return the validator of a table, here for what a table holds besides its records."""
    return _validator_of(EvidenceTable)


def _validator_of(record: type[Any]) -> Any:
    from pydantic import (
        TypeAdapter,  # a hundred milliseconds, for which not all have a use that ask what kinds there are
    )

    return TypeAdapter(record).validator
