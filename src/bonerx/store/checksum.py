"""The checksums behind a store's last page: no page is used that has changed since the store was written.

SQLite finds a page that is torn, not a letter that has turned into another. A quotation must not be told with that.
Behind the pages stand as many CRC-32, each of the number and the content of one page, and then a trailer: the mark,
the size and the number of the pages, and a CRC-32 of the trailer itself. A page is compared when it is read, so that
a question costs what it reads, whatever the size of the store. The pages alone are an ordinary SQLite file.
"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

import apsw

_MARK = b"bonerx-sealed\n"
_CHECKSUM = 4
_TRAILER = len(_MARK) + 4 + 8 + _CHECKSUM
_HEADER = 100
_LEAST = 512
"""Bytes of the smallest page that SQLite knows."""
_BLOCK = 1024
"""Checksums that are read at once: those of four MiB of pages."""
_CHUNK = 64
"""Pages that are read at once when all are."""
_VFS = "bonerx-checked"


class Changed(Exception):
    """A page, or what stands behind the pages, is not as it was written."""


class _Pages(NamedTuple):
    """The pages of a store: bytes of one, and how many there are."""

    size: int
    number: int

    @property
    def length(self) -> int:
        """Bytes of all pages, behind which the checksums begin."""
        return self.size * self.number


def write_checksums(path: str) -> None:
    """Write the checksums of a finished store behind its pages, in place of what may stand there."""
    with open(path, "r+b") as file:  # noqa: PTH123
        pages = _in_header(file.read(_HEADER), os.path.getsize(path))  # noqa: PTH202
        file.truncate(pages.length)
        found = b"".join(each.to_bytes(_CHECKSUM, "big") for each in _checksums(file, pages))
        trailer = _MARK + pages.size.to_bytes(4, "big") + pages.number.to_bytes(8, "big")
        file.seek(pages.length)
        file.write(found + trailer + crc32(trailer).to_bytes(_CHECKSUM, "big"))


def changed_pages(path: str) -> list[int]:
    """Return the numbers, from 1, of the pages that have changed; raise Changed where it cannot be told which."""
    with open(path, "rb") as file:  # noqa: PTH123
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - _TRAILER, 0))
        pages = _in_trailer(file.read(_TRAILER), size)
        file.seek(pages.length)
        written = file.read(_CHECKSUM * pages.number)
        found = enumerate(_checksums(file, pages))
        return [
            number + 1
            for number, checksum in found
            if checksum != int.from_bytes(written[number * _CHECKSUM : (number + 1) * _CHECKSUM], "big")
        ]


def all_pages(path: str) -> bytes:
    """Return all pages of a store, each compared with its checksum; raise Changed where one has changed."""
    if changed_pages(path):
        raise Changed
    with open(path, "rb") as file:  # noqa: PTH123
        raw = file.read()
    return raw[: _in_trailer(raw[-_TRAILER:], len(raw)).length]


@cache
def checked() -> str:
    """Return the name under which SQLite reads files page by page, each compared with its checksum."""
    _Checked()
    return _VFS


_HELD: list[apsw.VFS] = []
"""A file system is known to SQLite as long as it is held."""


class _Checked(apsw.VFS):
    """The file system of SQLite, but for how a store is opened."""

    def __init__(self) -> None:
        super().__init__(_VFS, "")
        _HELD.append(self)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """Return a store of which every page is compared, or what a large answer is sorted in meanwhile."""
        return _CheckedFile(name, flags) if flags[0] & apsw.SQLITE_OPEN_MAIN_DB else super().xOpen(name, flags)


class _CheckedFile(apsw.VFSFile):
    """The pages of a store; one that has changed is never handed over."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        size = super().xFileSize()
        self._pages = _in_trailer(super().xRead(_TRAILER, max(size - _TRAILER, 0)), size)
        self._block = -1
        self._checksums = b""

    def xFileSize(self) -> int:  # noqa: N802
        """Return the bytes of all pages."""
        return self._pages.length

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """Return so many bytes from `offset` on, which are of one page."""
        size = self._pages.size
        number, begin = divmod(offset, size)
        page = super().xRead(size, number * size)
        if number >= self._pages.number or begin + amount > size or crc32(page, number) != self._checksum(number):
            raise Changed
        return page if amount == size else page[begin : begin + amount]

    def _checksum(self, number: int) -> int:
        block, at = divmod(number, _BLOCK)
        if block != self._block:
            first = block * _BLOCK
            many = min(_BLOCK, self._pages.number - first)
            self._checksums = super().xRead(_CHECKSUM * many, self._pages.length + _CHECKSUM * first)
            self._block = block
        return int.from_bytes(self._checksums[at * _CHECKSUM : (at + 1) * _CHECKSUM], "big")


def _checksums(file: BinaryIO, pages: _Pages) -> Iterator[int]:
    """Yield the checksum of every page."""
    file.seek(0)
    for first in range(0, pages.number, _CHUNK):
        read = memoryview(file.read(pages.size * min(_CHUNK, pages.number - first)))
        for at in range(0, len(read), pages.size):
            yield crc32(read[at : at + pages.size], first + at // pages.size)


def _in_header(header: bytes, length: int) -> _Pages:
    """Return what the header of an SQLite file says of its pages; all there are where it says nothing sensible."""
    size = int.from_bytes(header[16:18], "big")
    said = _Pages(65_536 if size == 1 else size, int.from_bytes(header[28:32], "big"))
    return said if said.size >= _LEAST and 0 < said.length <= length else _Pages(_LEAST, length // _LEAST)


def _in_trailer(trailer: bytes, size: int) -> _Pages:
    """Return what the last bytes of a file of `size` say of its pages; raise Changed where they are no trailer."""
    said = trailer[:-_CHECKSUM]
    at = len(_MARK)
    pages = _Pages(int.from_bytes(said[at : at + 4], "big"), int.from_bytes(said[at + 4 :], "big"))
    whole = (pages.size + _CHECKSUM) * pages.number + _TRAILER
    if said[:at] != _MARK or crc32(said) != int.from_bytes(trailer[-_CHECKSUM:], "big") or whole != size:
        raise Changed
    if pages.size < _LEAST or not pages.number:
        raise Changed
    return pages
