"""Evidence with where it comes from: the one value that the layers above get from files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bonerx.errors import Fault
from bonerx.evidence.documents.locate import Path, shown
from bonerx.model.table import EvidenceTable


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read: its name as shown and the SHA-256 of its content."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a source as it was read: `path` opens it, `text` is how the table `table` names it."""

    source: str
    path: str
    table: str
    text: str
    sha256: str


class Problem(NamedTuple):
    """Something wrong with a record: its kind and id, the path of the field within it, what is wrong, what is right.

    `beside` is the id of another record of the kind, and the path of its field, that the message tells of last.
    """

    kind: str
    id: str
    path: Path
    message: str
    hint: str | None = None
    beside: tuple[str, Path] | None = None

    def message_from(self, name: str, other: str, line: int) -> str:
        """Return the message for the file `name`, with the place beside it: a line of the file `other`."""
        return f"{self.message}, in line {line}" + (f" of {other}" if other != name else "")


def _unplaced(problems: Sequence[Problem]) -> list[Fault]:
    return [
        Fault("", None, None, f"{shown((each.kind, *each.path))} ({each.id})", each.message, each.hint)
        for each in problems
    ]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A valid table, the files it was read from, and the texts of its sources by the sources' ids.

    `faults` turns problems of records into faults with their places; it reads each file once more, so ask it for
    all of them together.
    """

    table: EvidenceTable
    files: tuple[File, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    text_files: tuple[TextFile, ...] = ()
    faults: Callable[[Sequence[Problem]], list[Fault]] = _unplaced
