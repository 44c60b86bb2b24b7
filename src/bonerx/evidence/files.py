"""Which files a table consists of and what they hold, read without a parser since every question asks it first."""

# Descriptors, checked before a byte is read, are what is opened here, and strings their names:
# ruff: noqa: PTH100, PTH112, PTH114, PTH116, PTH118, PTH120, PTH122, PTH206, PTH208

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

from bonerx.errors import BonerxError, InvalidEvidence, Unreadable, exhausted, reason
from bonerx.evidence.text import printable

try:  # hashlib loads OpenSSL: four milliseconds and as many megabytes, at every question
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from hashlib import sha256

Form = Literal["yaml", "json", "ndjson"]
STDIN = "-"
"""The path that stands for standard input."""
STDIN_NAME = "<stdin>"
"""How standard input is named to a reader."""
SHIPPED = "default"
"""The path that stands for the table bonerx comes with."""
SUFFIXES = (".yaml", ".yml", ".json", ".ndjson", ".jsonl")
"""What the name of a table in a folder ends in."""
_NOTED: list[set[tuple[int, int]]] = []
"""Who wants to know which files are read."""
_CHUNK = 1024 * 1024
_PIECE = 64 * 1024
"""Bytes read at once of a file that is wanted whole; most are smaller, and room for a MiB is not had for nothing."""
_LONGEST = 4_096
"""Longest name of a file shown in a message."""
_LARGE = 32 * _CHUNK
"""Size from which OpenSSL, several times as fast, is worth its loading."""
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PASS = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)
"""How a folder is opened on the way to a file: where the system knows how, without the right to list it."""
LEAVES = "the path of a text leaves the folder of its table"
"""What is wrong with a text that stands elsewhere."""


FORMS: dict[str, Form] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
}
"""The form of a file by what its name ends in; any other is told by its content."""


class TableFile(NamedTuple):
    """One file of a table: `name` as it is shown, `path` where it is."""

    name: str
    path: str


class Content(NamedTuple):
    """What a file held when it was read."""

    name: str
    path: str
    raw: bytes
    sha256: str


def shipped() -> str:
    """Return the folder of the table bonerx comes with: inside the package, or the checkout's `data`."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "data")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(package)), "data")


def table_files(paths: Iterable[str]) -> list[TableFile]:
    """Return the files that `paths` name, folders opened: every table directly in a folder, sorted by name.

    Raise `Unreadable` for a path that is not there, `InvalidEvidence` for a folder without a table.
    """
    found: list[TableFile] = []
    for path in paths:
        if path == STDIN:
            found.append(TableFile(STDIN_NAME, STDIN))
        elif path == SHIPPED:
            found += _in_folder(shipped(), "")
        elif _is_folder(path):
            found += _in_folder(path, path)
        else:
            found.append(TableFile(path, path))
    return list(dict.fromkeys(found))


def content(file: TableFile, limit: int | None = None) -> Content:
    """Return what `file` holds, at most `limit` + 1 bytes of it; raise `Unreadable` where it cannot be read."""
    raw = read(file.path, limit, name=file.name)
    return Content(file.name, file.path, raw, digest(raw))


def digest(raw: bytes) -> str:
    """Return the SHA-256 of `raw` in hexadecimal."""
    return str(sha256(raw).hexdigest())


def file_digest(path: str, name: str | None = None) -> str:
    """Return the SHA-256 of the file at `path`, read in pieces; raise `Unreadable` where it cannot be read."""
    return _digest_of(opened(path, name), name or path)


def _digest_of(descriptor: int, name: str) -> str:
    """Return the SHA-256 of an open file, and close it."""
    total = sha256()
    try:
        if os.fstat(descriptor).st_size > _LARGE:
            from hashlib import sha256 as fast

            total = fast()
        while piece := os.read(descriptor, _CHUNK):
            total.update(piece)
    except OSError as error:
        raise unreadable(name, error) from None
    finally:
        os.close(descriptor)
    return str(total.hexdigest())


def fingerprint(files: Iterable[TableFile]) -> list[tuple[str, str]]:
    """Return the name and SHA-256 of every file: the part of a store's key that comes from the tables."""
    return [(file.name, file_digest(file.path, file.name)) for file in files]


def keys(files: Iterable[TableFile], found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return by what the tables in `files` are told apart: what decides how each is read, and its SHA-256."""
    return [(form_by_name(file.name), sha) for file, (_, sha) in zip(files, found, strict=True)]


def form_by_name(name: str) -> str:
    """Return the form of a file whose name decides it, else what the name ends in."""
    ending = os.path.splitext(name)[1].lower()
    return FORMS.get(ending) or ending


def text_path(table_path: str, text: str) -> str:
    """Return where the source text that a table names as `text` is: beside the table, or here for standard input."""
    folder = "" if table_path == STDIN else os.path.dirname(table_path)
    return os.path.join(folder, *text.split("/"))


def text_folder(table_path: str, text: str) -> str | None:
    """Return the real folder that the text which a table names as `text` stands below, None where it stands elsewhere.

    That is the folder of the table's path, or, for a table that is a symbolic link, of the file that it leads to. The
    text need not be there.
    """
    found = os.path.realpath(text_path(table_path, text))
    tables = [""] if table_path == STDIN else [os.path.dirname(table_path)]
    if table_path != STDIN and os.path.islink(table_path):
        tables.append(os.path.dirname(os.path.realpath(table_path)))
    folders = [os.path.join(os.path.realpath(folder or os.curdir), "") for folder in tables]
    return next((folder for folder in folders if found.startswith(folder)), None)


def text_opened(table_path: str, text: str) -> int:
    """Return a descriptor of the text that a table names as `text`; the caller closes it.

    Raise `Unreadable` where it is no regular file that stands below the folder of its table once every link is
    followed. It is opened step by step from that folder, so that a link put there meanwhile leads nowhere.
    """
    named = text_path(table_path, text)
    try:
        folder = text_folder(table_path, text)
        if folder is None:
            raise Unreadable(LEAVES)
        steps = os.path.realpath(named, strict=True).removeprefix(folder).split(os.sep)
        descriptor = _walked(folder, steps)
    except (OSError, ValueError) as error:
        raise unreadable(named, error) from None
    mode = _mode_of(descriptor)
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    raise Unreadable(f"the text `{printable(named, _LONGEST)}` is {_what(mode)}, not a regular file")


def _walked(folder: str, steps: Sequence[str]) -> int:
    """Return a descriptor of what stands below a folder, no link followed on the way."""
    if os.open not in os.supports_dir_fd:
        return os.open(os.path.join(folder, *steps), _READ)
    here = os.open(folder, _PASS)
    try:
        for step in steps[:-1]:
            above, here = here, os.open(step, _PASS | os.O_NOFOLLOW, dir_fd=here)
            os.close(above)
        return os.open(steps[-1], _READ | os.O_NOFOLLOW, dir_fd=here)
    finally:
        os.close(here)


def texts_unchanged(texts: Iterable[tuple[str, str, str]]) -> bool:
    """Return whether every text still holds what it held, given its table, its name there, and its SHA-256."""
    try:
        return all(_digest_of(text_opened(table, text), text) == expected for table, text, expected in texts)
    except Unreadable:
        return False


def read_text(table_path: str, text: str, limit: int) -> bytes:
    """Return what the text that a table names as `text` holds, at most `limit` + 1 bytes; raise `Unreadable`."""
    return _read(text_opened(table_path, text), limit, text_path(table_path, text))


def read(path: str, limit: int | None = None, *, name: str | None = None) -> bytes:
    """Return the bytes of the file at `path`, at most `limit` + 1 of them; raise `Unreadable` where that fails."""
    return _read(opened(path, name), limit, name or path)


def _read(descriptor: int, limit: int | None, name: str) -> bytes:
    """Return the bytes of an open file, at most `limit` + 1 of them, and close it."""
    pieces: list[bytes] = []
    wanted = None if limit is None else limit + 1
    try:
        while wanted is None or wanted > 0:
            piece = os.read(descriptor, _PIECE if wanted is None else min(_PIECE, wanted))
            if not piece:
                break
            pieces.append(piece)
            wanted = None if wanted is None else wanted - len(piece)
    except OSError as error:
        raise unreadable(name, error) from None
    finally:
        os.close(descriptor)
    return b"".join(pieces)


def opened(path: str, name: str | None = None) -> int:
    """Return a descriptor of the regular file, or the pipe given as one, at `path`; the caller closes it.

    Devices, sockets, folders and named pipes are refused, since reading them may never end.
    """
    shown = name or path
    try:
        if path == STDIN:
            return os.dup(0)
        descriptor = os.open(path, _READ)
    except (OSError, ValueError) as error:
        raise unreadable(shown, error) from None
    mode = _mode_of(descriptor)
    if stat.S_ISREG(mode):
        return descriptor
    if _is_handed_over(path) and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        os.set_blocking(descriptor, True)
        return descriptor
    os.close(descriptor)
    raise Unreadable(
        f"`{printable(shown, _LONGEST)}` is {_what(mode)}, not a file",
        hint="give a regular file, a folder, or `-` for standard input",
    )


def _mode_of(descriptor: int) -> int:
    """Return what an open file is, and note that it is read."""
    status = os.fstat(descriptor)
    for notes in _NOTED:
        notes.add((status.st_dev, status.st_ino))
    return status.st_mode


def _is_handed_over(path: str) -> bool:
    """Return whether `path` is an open descriptor that a shell hands over, as in `<(command)`."""
    return path.startswith(("/dev/fd/", "/proc/self/fd/")) or path == "/dev/stdin"


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None


def _in_folder(folder: str, shown: str) -> list[TableFile]:
    try:
        names: Sequence[str] = sorted(os.listdir(folder))
    except OSError as error:
        raise unreadable(shown or folder, error) from None
    found = [
        TableFile(os.path.join(shown, name), os.path.join(folder, name))
        for name in names
        if name.endswith(SUFFIXES) and not name.startswith(".") and not name.endswith(".schema.json")
    ]
    found = [file for file in found if not os.path.isdir(file.path)]
    if not found:
        raise InvalidEvidence(
            f"the folder `{printable(shown or folder, _LONGEST)}` holds no evidence table",
            hint=f"a table's name ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}",
        )
    return found


def _what(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((name for test, name in kinds if test(mode)), "something else")


@contextmanager
def noted() -> Iterator[set[tuple[int, int]]]:
    """Yield the device and inode of every file that is opened for reading until the block ends."""
    found: set[tuple[int, int]] = set()
    _NOTED.append(found)
    try:
        yield found
    finally:
        _NOTED.remove(found)


def unreadable(name: str, error: OSError | ValueError) -> BonerxError:
    """Return the error for a file that cannot be read, with the reason: the file, or a system that gives no more."""
    no_more = exhausted(error)
    if no_more is not None:
        return no_more
    closed = isinstance(error, OSError) and error.errno == errno.EBADF and name == STDIN_NAME
    why = "standard input is closed" if closed else reason(error)
    return Unreadable(f"cannot read `{printable(name, _LONGEST)}`: {why}")
