"""What agents, outcomes and populations are looked up by: their names, and what each is part, form or member of."""

from bonerx.model.vocabulary import Outcome, Population
from bonerx.model.vocabulary import Agent
from bonerx.store.build.rows import Row


def names_of(kind: str, record: Agent | Outcome | Population) -> list[Row]:
    """Return kind, name and id for every name of a record."""
    names = [record.id, *record.names.values(), *(name for some in record.synonyms.values() for name in some)]
    return [(kind, name, record.id) for name in names]


def kin_of(kind: str, record: Agent | Outcome | Population) -> list[Row]:
    """Return the rows of what a record is part, form or member of."""
    if not isinstance(record, Agent):
        return [(kind, record.id, broad, "part") for broad in record.broader]
    member = [(kind, record.id, membership.of, "member") for membership in record.classes]
    return [*member, (kind, record.id, record.broader, "form")] if record.broader else [*member]
