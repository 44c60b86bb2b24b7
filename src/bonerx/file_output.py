"""Files written whole or not at all: made beside their place under a name that nobody can foresee, then renamed.

Everything that the program writes into a file of the user goes through here. A link is followed, and the file that it
leads to keeps its permissions. What is no regular file (a pipe, a terminal, a device, an open descriptor such as
`/dev/stdout`) is written into and never replaced.
"""

# Descriptors, and strings that name files, are what is worked with here:
# ruff: noqa: PTH105, PTH108, PTH115, PTH116, PTH118, PTH123

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from bonerx.errors import Unreadable, reason
from bonerx.interruption import undone_if_stopped

ENDING = ".new"
"""What the name of an unfinished file ends in; it begins with a dot, so that no folder of tables takes it for one."""
_RANDOM_BYTES = 8
_LONGEST_STEM = 24
"""Characters of the target's name in that of the unfinished file: a name of any length leaves room for the rest."""
_MOST_LINKS = 40
_LONGEST_NUMBER = 9
_NEW_FILE = 0o666
_OWNER_ONLY = 0o600
_PERMISSIONS = stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO
"""What is kept of a file's mode: as on any writing, it loses the right to run under another's name."""
_ATTRIBUTES = ("user.", "system.posix_acl_access")
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | _BINARY
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK


class ReaderGone(Unreadable):
    """The pipe that is written into has no reader any more."""


class Unfinished:
    """A file that is being written: where it stands meanwhile, and the path that it takes when it is whole."""

    def __init__(self, beside: str, target: str) -> None:
        self.beside = beside
        self.target = target
        self._is_placed = False

    def place(self) -> None:
        """Let the file take its place; raise OSError where it cannot."""
        os.replace(self.beside, self.target)
        self._is_placed = True

    def remove(self) -> None:
        """Remove the file unless it has its place: the name may be that of another's file by then."""
        if not self._is_placed:
            with suppress(OSError):
                os.unlink(self.beside)


def save(
    path: str, pieces: Iterable[str] | Iterable[bytes], *, just_before: Callable[[], object] = lambda: None
) -> None:
    """Write pieces, text as UTF-8, to `path`: whole or not at all where that is a file.

    `just_before` a file takes its place there is the last moment to raise an error that keeps it from that. Raises
    Unreadable where that cannot be, ReaderGone where a pipe takes no more.
    """
    with writing(path, just_before=just_before) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece)


@contextmanager
def writing(
    path: str, *, mode: int = _NEW_FILE, just_before: Callable[[], object] = lambda: None
) -> Iterator[BinaryIO]:
    """Yield the binary file whose content takes its place at `path` when the block ends well.

    `just_before` a file does so is the last moment to raise an error that keeps it from that. A new file has the
    permissions `mode` less those of the umask. Raises Unreadable where that cannot be, also for what the block cannot
    write, ReaderGone where a pipe takes no more.
    """
    target, status = _place(path)
    if isinstance(target, int) or _is_special(status):
        with _told(path), _into(target) as stream:
            yield stream
        return
    with _told(path), _created(target, status, mode) as (descriptor, unfinished):
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            _finish(file.fileno(), target, status)
        just_before()
        unfinished.place()


@contextmanager
def placing(path: str, *, mode: int = _NEW_FILE) -> Iterator[Unfinished]:
    """Yield the name of an empty file for a writer that opens it itself; it takes its place when the block ends well.

    The block may set another `target`. Raises Unreadable where a regular file cannot stand at `path`, and for what the
    block cannot write.
    """
    target, status = _place(path)
    if isinstance(target, int) or _is_special(status):
        raise Unreadable(f"cannot write `{path}`: it is no regular file", hint="give the name of a file")
    with _told(path), _created(target, status, mode) as (descriptor, unfinished):
        os.close(descriptor)
        yield unfinished
        descriptor = os.open(unfinished.beside, os.O_RDWR | _NO_LINK)
        try:
            _finish(descriptor, target, status)
        finally:
            os.close(descriptor)
        unfinished.place()


def is_unfinished(name: str, target: str | None = None) -> bool:
    """Return whether an unfinished file bears this name: any, or one that is to take the place of `target`."""
    begin, _, random = name.removesuffix(ENDING).rpartition(".")
    stem = None if target is None else f".{target[:_LONGEST_STEM]}"
    is_random = len(random) == 2 * _RANDOM_BYTES and all(digit in "0123456789abcdef" for digit in random)
    return name.startswith(".") and name.endswith(ENDING) and is_random and (stem is None or begin == stem)


def identity(path: str) -> tuple[int, int] | str | None:
    """Return what two paths share that lead to one file: its device and inode, or its path where it is still to be.

    None where a path leads to no file at all, or nowhere.
    """
    try:
        target = _resolved(path)
    except (OSError, ValueError, Unreadable):
        return None
    try:
        status = os.fstat(target) if isinstance(target, int) else os.stat(target)
    except OSError:
        return None if isinstance(target, int) else target
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def is_stream(path: str) -> bool:
    """Return whether `path` leads to what is written into rather than replaced: a pipe, a device, a descriptor."""
    try:
        target, status = _place(path)
    except Unreadable:
        return False
    return isinstance(target, int) or _is_special(status)


def _place(path: str) -> tuple[str | int, os.stat_result | None]:
    """Return where writing to `path` leads, and the status of the file that stands there; raise Unreadable."""
    try:
        target = _resolved(path)
        return target, (None if isinstance(target, int) else _status(target))
    except ValueError as error:  # a name with a NUL
        raise Unreadable(f"cannot write `{path}`: {error}") from error
    except OSError as error:
        raise _refused(path, error) from error


def _is_special(status: os.stat_result | None) -> bool:
    return status is not None and not stat.S_ISREG(status.st_mode)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Turn what the system says against writing `path` into an error for the user."""
    try:
        yield
    except BrokenPipeError:
        raise ReaderGone(f"cannot write `{path}`: nobody reads it") from None
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: str, error: OSError) -> Unreadable:
    return Unreadable(f"cannot write `{path}`: {reason(error)}")


def _resolved(path: str) -> str | int:
    """Return the real path that `path` leads to, or the number of the open descriptor that it names.

    Raises Unreadable where that is a folder, OSError where links lead nowhere.
    """
    if not path:
        raise Unreadable("the name of the file to write is empty", hint="give the name of a file")
    if path.endswith(tuple(filter(None, (os.sep, os.altsep)))):
        raise _is_folder(path)
    own = {"/dev/fd", "/proc/self/fd", *map(os.path.realpath, ("/proc/self/fd", "/proc/thread-self/fd"))}
    here = path
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(here)
        folder = os.path.realpath(folder or os.curdir)
        if folder in own and len(name) <= _LONGEST_NUMBER and name.isascii() and name.isdecimal():
            return int(name)
        here = os.path.join(folder, name)
        try:
            here = os.path.join(folder, os.readlink(here))
        except OSError:  # no link, or nothing at all
            if os.path.isdir(here):  # noqa: PTH112
                raise _is_folder(path) from None
            return here
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _is_folder(path: str) -> Unreadable:
    return Unreadable(f"cannot write `{path}`: it is a folder", hint="give the name of a file in it")


def _status(path: str) -> os.stat_result | None:
    """Return the status of the file at a real path, None where there is none; raise OSError where it is protected."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISREG(status.st_mode) and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return status


@contextmanager
def _into(target: str | int) -> Iterator[BinaryIO]:
    """Yield what writes into a descriptor that is open, where it stands, or into a pipe or device."""
    if isinstance(target, int):
        descriptor = os.dup(target)
    else:
        descriptor = os.open(target, os.O_WRONLY | getattr(os, "O_NOCTTY", 0) | _BINARY)
    file = open(descriptor, "wb")  # noqa: SIM115
    try:
        yield file
        file.flush()
    finally:
        # What it still holds has nowhere to go; the block, or the line above, has said why.
        with suppress(OSError):
            file.close()


@contextmanager
def _created(target: str, status: os.stat_result | None, mode: int) -> Iterator[tuple[int, Unfinished]]:
    """Yield the descriptor and the names of a new file beside the target; it is removed unless it takes its place."""
    folder, name = os.path.split(target)
    while True:
        beside = os.path.join(folder, f".{name[:_LONGEST_STEM]}.{os.urandom(_RANDOM_BYTES).hex()}{ENDING}")
        unfinished = Unfinished(beside, target)
        with undone_if_stopped(unfinished.remove):
            try:
                # Until it has the permissions of the file that it replaces, nobody else may read it.
                descriptor = os.open(beside, _CREATE, mode if status is None else _OWNER_ONLY)
            except FileExistsError:
                continue
            try:
                yield descriptor, unfinished
            finally:
                unfinished.remove()
        return


def _finish(descriptor: int, target: str, status: os.stat_result | None) -> None:
    """Give a new file the owner and permissions of the one that it replaces, and have it all on the disk."""
    if status is not None and hasattr(os, "fchmod"):
        kept = status.st_mode & _PERMISSIONS
        new = os.fstat(descriptor)
        if new.st_uid != status.st_uid:
            with suppress(OSError):
                os.fchown(descriptor, status.st_uid, -1)
        if new.st_gid != status.st_gid:
            try:
                os.fchown(descriptor, -1, status.st_gid)
            except OSError:
                kept &= ~stat.S_IRWXG  # they were meant for another group
        os.fchmod(descriptor, kept)
        _copy_attributes(target, descriptor)
    os.fsync(descriptor)


def _copy_attributes(source: str, descriptor: int) -> None:
    """Copy what else is known of a file: its owner's notes, and a list of those who may read it, where there is one."""
    if not hasattr(os, "listxattr"):
        return
    with suppress(OSError):
        for name in os.listxattr(source):
            if name.startswith(_ATTRIBUTES):
                os.setxattr(descriptor, name, os.getxattr(source, name))
