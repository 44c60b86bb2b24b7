"""Where compiled tables are kept between questions: one file per content and schema version, in the user's cache."""

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

from bonerx import __version__
from bonerx.evidence.files import digest
from bonerx.store.read import SCHEMA_VERSION

MOST_STORES = 32
"""Stores kept in the cache; when a new one is written, the least recently written ones beyond this go."""
MOST_BYTES = 8 * 1024**3
"""Bytes of all stores together, beyond which the least recently written ones go, whatever their number."""
UNFINISHED = ".new"
"""What the name of a store ends in while it is written."""
_STALE = 3600.0
"""Seconds after which an unfinished store is nobody's."""


def folder() -> str:
    """Return the folder of compiled stores: `BONERX_CACHE_DIR`, else `bonerx` in the platform's cache folder."""
    chosen = os.environ.get("BONERX_CACHE_DIR")
    if chosen:
        return os.path.abspath(chosen)  # noqa: PTH100
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # noqa: PTH117
        base = os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
    return os.path.join(base, "bonerx")  # noqa: PTH118


def place(contents: Iterable[str]) -> str:
    """Return the path of the store for tables with these content hashes, read by this version."""
    key = digest("\n".join([__version__, *contents]).encode())[:32]
    return os.path.join(folder(), f"v{SCHEMA_VERSION}-{key}.db")  # noqa: PTH118


def stores() -> list[str]:
    """Return the paths of all stores in the cache, the most recently written first."""
    try:
        with os.scandir(folder()) as entries:
            found = [
                entry for entry in entries if entry.name.startswith("v") and ".db" in entry.name and entry.is_file()
            ]
            return [entry.path for entry in sorted(found, key=lambda entry: -entry.stat().st_mtime)]
    except OSError:
        return []


def clear() -> int:
    """Remove every store from the cache and return how many there were."""
    return sum(map(_removed, stores()))


def prune() -> None:
    """Remove the stores that have gone longest without being written, beyond those the cache keeps, and remains.

    What a build that was killed left behind has not been written to for an hour.
    """
    held = 0
    for number, path in enumerate(stores()):
        with suppress(OSError):
            status = os.stat(path)  # noqa: PTH116
            held += status.st_size
            left = path.endswith(UNFINISHED) and time.time() - status.st_mtime > _STALE
            if left or number >= MOST_STORES or (number and held > MOST_BYTES):
                _removed(path)


def _removed(path: str) -> bool:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108
        return True
    return False
