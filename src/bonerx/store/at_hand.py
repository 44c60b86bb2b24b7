"""The sentences of a table that is being built, kept where the claims that rest on them find them at once."""

import marshal
import os
from bisect import bisect_right
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, NamedTuple

_PAGE = 2_048
"""Sentences of a page; two pages are held, the others wait in a file."""
_NEAR = 32
"""Numbers of sentences that claims in the order of their sentences pass over at most."""
_IN_ORDER = 8
"""Sentences looked up in order after which the next are expected: to load a page costs as much as some look-ups."""


class Cited(NamedTuple):
    """A sentence as a claim needs it: its number, its source, whether that stands, and its passages by language."""

    seq: int
    source: str
    stands: bool
    passages: dict[str, tuple[int, int, str]]


class AtHand:
    """The last sentences by the bytes of their ids, and the next where claims come in the order of their sentences."""

    def __init__(self) -> None:
        self.held: dict[bytes, Cited] = {}
        self._page: list[tuple[bytes, Cited]] = []
        self._file: IO[bytes] | None = None
        self._places: list[tuple[int, int]] = []
        self._firsts: list[int] = []
        self._next: int | None = 0
        self._last_seq = 0
        self._in_order = 0

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def keep(self, id_: bytes, cited: Cited) -> None:
        """Keep a sentence, since the claims that rest on it are likely to follow."""
        self.hold(id_, cited)
        self._page.append((id_, cited))
        if len(self._page) >= _PAGE:
            self._put_by()

    def hold(self, id_: bytes, cited: Cited) -> None:
        """Hold a sentence for a while."""
        if len(self.held) >= 2 * _PAGE:
            self.held.clear()
        self.held[id_] = cited

    def next_with(self, id_: bytes) -> Cited | None:
        """Return the sentence if it is on the page that is expected next, which is then held; None where it is not."""
        if self._next is None or self._file is None:
            return None
        if self._page:
            self._put_by()
        if self._next >= len(self._places):
            return None
        page_number, self._next = self._next, None
        offset, length = self._places[page_number]
        try:
            self._file.seek(offset)
            page = marshal.loads(self._file.read(length))  # noqa: S302
        except (OSError, ValueError, EOFError, TypeError):
            return None
        self.held.clear()
        self.held.update((other, Cited(*cited)) for other, cited in page)
        self._in_order = 0
        if id_ in self.held:
            self._next = page_number + 1
        return self.held.get(id_)

    def expect_after(self, seq: int) -> None:
        """Expect the sentences after one that had to be looked up, where those before it came in order too."""
        self._in_order = self._in_order + 1 if 0 <= seq - self._last_seq <= _NEAR else 0
        self._last_seq = seq
        self._next = bisect_right(self._firsts, seq) - 1 if self._in_order >= _IN_ORDER else None

    def forget(self) -> None:
        """Hold nothing any more, since some sentences have changed."""
        self.held.clear()
        self._page.clear()
        self._next = None

    def _put_by(self) -> None:
        """Write the sentences gathered to the file; where that fails, they are looked up."""
        try:
            if self._file is None:
                self._file = TemporaryFile()  # noqa: SIM115
            offset = self._file.seek(0, os.SEEK_END)
            length = self._file.write(marshal.dumps([(id_, tuple(cited)) for id_, cited in self._page], 2))
            self._places.append((offset, length))
            self._firsts.append(self._page[0][1].seq)
        except OSError:
            self.close()
            self._next = None
        self._page.clear()
