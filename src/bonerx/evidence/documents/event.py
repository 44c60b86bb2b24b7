"""What stands in a YAML or JSON document, in order and with positions, before anything is built of it."""

from typing import Literal, NamedTuple

Format = Literal["yaml", "json", "ndjson"]
What = Literal["mapping", "list", "end", "scalar", "alias", "broken"]


class Event(NamedTuple):
    """The start or end of a mapping or list, a scalar, or an alias; line and column count from 1.

    `anchor` is the name given to what starts here, or of what an alias repeats. A `broken` event ends the document:
    `fault` is what is wrong and `hint` what would be right. A scalar with a fault is read over, not built.
    """

    what: What
    line: int
    column: int
    value: object = None
    anchor: str | None = None
    fault: str | None = None
    hint: str | None = None
