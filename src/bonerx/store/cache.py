"""Where compiled tables are kept between questions: one file per table and version, in a folder of the user's alone.

Whoever can write into that folder, or exchange it, could answer in the place of the table. A folder that is not the
user's alone is neither read nor written, and a store in it is only believed if it is the user's own.
"""

# Strings name files here, as everywhere in the store:
# ruff: noqa: PTH100, PTH102, PTH108, PTH111, PTH112, PTH116, PTH117, PTH118, PTH119, PTH120

import os
import re
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

from bonerx import __version__
from bonerx.evidence.files import digest
from bonerx.store.queries import SCHEMA_VERSION

MOST_STORES = 32
"""Stores kept in the cache; when a new one is written, the least recently written ones beyond this go."""
MOST_BYTES = 8 * 1024**3
"""Bytes of all stores together, beyond which the least recently written ones go, whatever their number."""
PRIVATE = 0o600
"""The permissions of a store in the cache."""
_OWN_NAMES = re.compile(r"v\d+-[^/]*\.db(?:\.new)?|\.v\d+-[^/]*\.[0-9a-f]{16}\.new")
"""The names of stores, and of those that are being written, by earlier versions too."""
_STALE = 3600.0
"""Seconds after which what an earlier version had not finished is nobody's."""
_PRIVATE_FOLDER = 0o700
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_KNOWS_OWNERS = hasattr(os, "geteuid")


def folder() -> str | None:
    """Return the folder of compiled stores: `BONERX_CACHE_DIR`, else `bonerx` in the platform's cache folder.

    None where the user has no home, one that is not there, or one that depends on the current folder: what stands there
    is anybody's.
    """
    chosen = os.environ.get("BONERX_CACHE_DIR")
    if chosen:
        return os.path.abspath(chosen)
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = os.environ.get("HOME") or _home_of_user()
        if not os.path.isdir(home):
            return None
        base = os.path.join(home, ".cache")
    return os.path.join(base, "bonerx") if os.path.isabs(base) else None


def _home_of_user() -> str:
    """Return the home that the system's list of users gives, empty where the user does not stand in it."""
    try:
        import pwd
    except ImportError:
        return os.path.expanduser("~")
    try:
        return pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        return ""


def usable(*, make: bool = False) -> str | None:
    """Return the folder of compiled stores, links resolved, if it is the user's alone; with `make` it is made.

    None where there is none, or none that can be trusted.
    """
    place = folder()
    if place is None:
        return None
    real = os.path.realpath(place)
    if make:
        with suppress(OSError):
            _make(real)
    return None if why_not(real) else real


def why_not(real: str) -> str | None:
    """Return why the folder at a real path is not used; None where it is used, or is not there yet.

    As with the keys of ssh: it is the user's and written by nobody else, and nobody else can put another in its place.
    """
    if not _KNOWS_OWNERS:
        return None
    own = here = real
    while True:
        try:
            status = os.lstat(here)
        except OSError:
            status = None
        if status is not None:
            if not stat.S_ISDIR(status.st_mode):
                return f"`{here}` is not a folder"
            if status.st_uid not in ({os.geteuid()} if here == own else {os.geteuid(), 0}):
                return f"`{here}` belongs to another user"
            shared = status.st_mode & stat.S_ISVTX and here != own
            if status.st_mode & _WRITABLE_BY_OTHERS and not shared:
                return f"others may write to `{here}`"
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above


def is_trusted(path: str) -> bool:
    """Return whether a store is there, is a file of the user's, and is written by nobody else."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    if not stat.S_ISREG(status.st_mode):
        return False
    return not _KNOWS_OWNERS or (status.st_uid == os.geteuid() and not status.st_mode & _WRITABLE_BY_OTHERS)


def _make(real: str) -> None:
    """Make a folder and those missing above it, each for the user alone, where those that are there are safe."""
    missing = []
    here = real
    while not os.path.lexists(here):
        missing.append(here)
        here = os.path.dirname(here)
    if missing and why_not(real) is None:
        for each in reversed(missing):
            os.mkdir(each, _PRIVATE_FOLDER)


def place(inside: str, tables: Iterable[tuple[str, str]]) -> str:
    """Return the path of the store, in a folder, of tables of these forms and content hashes, read by this version."""
    key = digest("\n".join([__version__, *(f"{form} {sha}" for form, sha in tables)]).encode())[:32]
    return os.path.join(inside, f"v{SCHEMA_VERSION}-{key}.db")


def stores(inside: str | None = None) -> list[str]:
    """Return the paths of all stores in the cache, the most recently written first, unfinished ones included."""
    real = inside or folder()
    if real is None:
        return []
    try:
        with os.scandir(real) as entries:
            found = [
                entry for entry in entries if _OWN_NAMES.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            ]
            return [entry.path for entry in sorted(found, key=lambda entry: -entry.stat().st_mtime)]
    except OSError:
        return []


def clear() -> int:
    """Remove every store from the cache and return how many there were."""
    return sum(map(_removed, stores()))


def prune(inside: str | None = None) -> None:
    """Remove the stores that have gone longest without being written, beyond those the cache keeps, and remains.

    What a build that was killed left behind is nobody's any more.
    """
    from bonerx.store.build.file import remove_abandoned

    real = inside or usable()
    if real is None:
        return
    remove_abandoned(real)
    held = number = 0
    for path in stores(real):
        with suppress(OSError):
            status = os.stat(path)
            if path.endswith(".new"):
                left = not os.path.basename(path).startswith(".") and time.time() - status.st_mtime > _STALE
                if left:
                    _removed(path)
                continue
            held += status.st_size
            if number >= MOST_STORES or (number and held > MOST_BYTES):
                _removed(path)
        number += 1


def _removed(path: str) -> bool:
    with suppress(OSError):
        os.unlink(path)
        return True
    return False
