"""The records of a file one after another, whatever its format: a document at once, NDJSON line by line."""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple, cast

from bonerx.errors import InvalidEvidence
from bonerx.evidence import limits
from bonerx.evidence.documents.load import form_of
from bonerx.evidence.documents.locate import Path, Place, Wanted, locate
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.files import STDIN, Content, TableFile, digest, opened, unreadable
from bonerx.evidence.ndjson import Line, lines, stream
from bonerx.evidence.read import document
from bonerx.evidence.record import SINGULAR
from bonerx.evidence.validate import where
from bonerx.model.table import EvidenceTable

_SQLITE = b"SQLite format 3\x00"
_BUFFER = 1024 * 1024
Advance = Callable[[int], object]
"""What is told how many more bytes have been read."""


class Spot(NamedTuple):
    """A field of a record in a file: the kind of record, its id, its number in the file, and the field's path."""

    kind: str
    id: str
    number: int
    path: Path


class RecordStream:
    """One file of a table, read once from front to end; its records are numbered by line, or in order in a document.

    What is read is what `sha256` is of, whatever happens to the file meanwhile. A pipe is kept aside, so that it can
    be read again. Raise `Unreadable` where the file cannot be read, `InvalidEvidence` where it is a compiled store.
    """

    def __init__(self, file: TableFile) -> None:
        self.name = file.name
        self.path = file.path
        self._file = _seekable(file)
        head = self._file.read(limits.DOCUMENT_BYTES + 1 if os.path.splitext(file.name)[1] == "" else 64 * 1024)  # noqa: PTH122
        if head.startswith(_SQLITE):
            self.close()
            hint = "compile the tables that it was made from, together with the others"
            raise InvalidEvidence(f"`{file.name}` is a compiled store, not a table", hint=hint)
        self.form = form_of(file.name, head)
        self.size = self._file.seek(0, os.SEEK_END)
        self.sha256 = ""
        self.title: str | None = None
        self.last = 0
        self._numbers: dict[tuple[str, int], int] = {}
        self._part: Any = None

    def records(self, fault_list: FaultList, advance: Advance | None = None) -> Iterator[Line]:
        """Yield the valid records and note the faults of the others."""
        self._file.seek(0)
        if self.form == "ndjson":
            yield from self._lines(fault_list, advance)
        else:
            yield from self._document(fault_list)

    def places(self, spots: Sequence[Spot]) -> list[tuple[Place, str]]:
        """Return where fields stand and how faults show them."""
        if self.form == "ndjson":
            return self._places_in_lines(spots)
        first = {kind: number for (kind, index), number in self._numbers.items() if index == 0}
        addresses = [(spot.kind, spot.number - first[spot.kind], spot.path) for spot in spots]
        return cast(list[tuple[Place, str]], self._part.places(addresses))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _lines(self, fault_list: FaultList, advance: Advance | None) -> Iterator[Line]:
        from hashlib import sha256  # OpenSSL's is several times as fast, and loaded in a blink of what follows

        total = sha256()

        def seen(piece: memoryview) -> None:
            total.update(piece)
            self.last += piece.tobytes().count(b"\n")
            if advance is not None:
                advance(len(piece))

        watched = io.BufferedReader(_Watched(self._file, seen), _BUFFER)
        yield from stream(watched, self.name, fault_list, self._titled)
        while not fault_list.is_full and watched.read(_BUFFER):
            pass
        watched.detach()
        self.last += 1
        self.sha256 = total.hexdigest()

    def _titled(self, title: str | None) -> None:
        self.title = self.title or title

    def _document(self, fault_list: FaultList) -> Iterator[Line]:
        raw = self._file.read(limits.DOCUMENT_BYTES + 1)
        self.sha256 = digest(raw)
        self._part = document(Content(self.name, self.path, raw, self.sha256), self.form, fault_list)
        if self._part is None:
            return
        table: EvidenceTable = self._part.table
        self.title = table.title
        for kind in SINGULAR:
            for index, record in enumerate(getattr(table, kind)):
                self.last += 1
                self._numbers[kind, index] = self.last
                yield Line(kind, record, self.last)

    def _places_in_lines(self, spots: Sequence[Spot]) -> list[tuple[Place, str]]:
        """Return places in lines, which are read once more; one that has changed since stands at its beginning."""
        wanted = {spot.number for spot in spots}
        last = max(wanted, default=0)
        held: dict[int, str] = {}
        self._file.seek(0)
        for number, raw in lines(self._file, self.name, FaultList()):
            if number > last:
                break
            if number in wanted:
                held[number] = raw.decode("utf-8", "replace")
        sought: dict[int, list[Wanted]] = {}
        for spot in spots:
            sought.setdefault(spot.number, []).append(Wanted(spot.path))
        columns = {number: locate(held.get(number, ""), "json", those) for number, those in sought.items()}
        return [
            (Place(number, columns[number][Wanted(path)].column), where((SINGULAR[kind], *path), id_))
            for kind, id_, number, path in spots
        ]


class _Watched(io.RawIOBase):
    """A file that shows every piece that is read of it."""

    def __init__(self, file: BinaryIO, seen: Callable[[memoryview], object]) -> None:
        self._file = file
        self._seen = seen

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer` and show what was read."""
        view = memoryview(buffer)
        count = self._file.readinto(view)  # type: ignore[attr-defined]
        self._seen(view[:count])
        return int(count)


def _seekable(file: TableFile) -> BinaryIO:
    """Return a file that can be read again from its beginning."""
    descriptor = opened(file.path, file.name)
    stream = os.fdopen(descriptor, "rb")
    if file.path != STDIN and stream.seekable():
        return stream
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    kept = SpooledTemporaryFile(max_size=limits.DOCUMENT_BYTES)  # noqa: SIM115
    try:
        with stream:
            copyfileobj(stream, kept, _BUFFER)
        kept.seek(0)
    except OSError as error:
        raise unreadable(file.name, error) from error
    return cast(BinaryIO, kept)
