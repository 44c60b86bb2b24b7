"""What a field of a record may hold: identifiers, references by kind, bounded text and numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import Ge, Gt, Le, Len, MaxLen

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""Lower-case words and digits joined by single hyphens."""
SENTENCE_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*/[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*$"
"""The source's id, a slash, and the sentence's label within it."""
MAX_TEXT = 20_000
"""Longest text of one field, a sentence included, in code points."""


@dataclass(frozen=True)
class Pattern:
    """A regular expression that the whole text must match."""

    pattern: str

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        """Return the schema of the text with the pattern in it; pydantic calls this, so the model need not know it."""
        schema = handler(source)
        schema["pattern"] = self.pattern
        return schema


@dataclass(frozen=True)
class Ref:
    """The kind of record that an identifier must name, as the field of `EvidenceTable` that holds it."""

    kind: str


Id = Annotated[str, Len(1, 200), Pattern(ID_PATTERN)]
AgentId = Annotated[Id, Ref("agents")]
OutcomeId = Annotated[Id, Ref("outcomes")]
PopulationId = Annotated[Id, Ref("populations")]
SourceId = Annotated[Id, Ref("sources")]
SentenceKey = Annotated[str, Len(3, 400), Pattern(SENTENCE_PATTERN)]
SentenceId = Annotated[SentenceKey, Ref("sentences")]
ClaimId = Annotated[Id, Ref("claims")]
StudyId = Annotated[Id, Ref("studies")]

Text = Annotated[str, Len(1, MAX_TEXT)]
Lang = Annotated[str, Len(2, 35), Pattern(r"^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")]
Year = Annotated[int, Ge(1500), Le(2200)]
Offset = Annotated[int, Ge(0), Le(2**53 - 1)]
Positive = Annotated[float, Gt(0)]
Count = Annotated[int, Ge(0), Le(2**53 - 1)]
Level = Annotated[float, Gt(0), Le(0.9999)]
Names = dict[Lang, Text]
Synonyms = dict[Lang, Annotated[tuple[Text, ...], MaxLen(1_000)]]

FORBID_EXTRA = {"extra": "forbid", "allow_inf_nan": False}
"""Configuration for the validator of every record: a key nobody reads is a fault, and so is a number without an end."""
