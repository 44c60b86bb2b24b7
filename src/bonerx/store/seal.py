"""The seal behind a store's last page: a checksum that tells whether a bit has changed since the store was written.

SQLite finds a page that is torn, not a letter that has turned into another. A quotation must not be told with that.
"""

import os
from zlib import crc32

_MARK = b"bonerx-sealed\n"
LARGEST = 4 * 1024 * 1024
"""Bytes up to which a store is read whole when it is opened; one beyond is trusted to the disk it lies on."""
_CHUNK = 256 * 1024


def seal(path: str) -> None:
    """Write the checksum of a finished store behind its end."""
    found = _checksum(path, os.path.getsize(path))  # noqa: PTH202
    with open(path, "ab") as file:  # noqa: PTH123
        file.write(_MARK + found)


def holds(path: str, *, whole: bool = False) -> bool:
    """Return whether a store ends in its seal and, unless it is very large or read `whole`, is as it was sealed."""
    try:
        end = os.path.getsize(path) - len(_MARK) - 4  # noqa: PTH202
        with open(path, "rb") as file:  # noqa: PTH123
            file.seek(max(end, 0))
            written = file.read()
        return written.startswith(_MARK) and ((end > LARGEST and not whole) or written == _MARK + _checksum(path, end))
    except OSError:  # another process has just removed it
        return False


def _checksum(path: str, size: int) -> bytes:
    total = 0
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        while size and (piece := file.read(min(_CHUNK, size))):
            total = crc32(piece, total)
            size -= len(piece)
    return total.to_bytes(4, "big")
