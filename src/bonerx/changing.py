"""A user's file that is read, changed and written back: one process at a time, and never over what another wrote.

Whoever changes a file holds its folder first, so that of many commands at once each sees what those before it wrote. An
editor knows nothing of that: right before the new content takes its place, the file must still hold what was read.
"""

# Descriptors, and strings that name files, are what is worked with here:
# ruff: noqa: PTH103, PTH108, PTH118, PTH120, PTH123

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TypeVar

from bonerx.errors import Unreadable, reason
from bonerx.file_output import save
from bonerx.interruption import undone_if_stopped

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LONGEST_WAIT = 600.0
"""Seconds after which a folder that somebody else holds is given up."""
TRIES = 10
"""How often a change is begun anew because the file was written meanwhile."""
_PAUSE = 0.02
_MARK = ".bonerx.lock"
"""The file that marks a folder as held where the system cannot lock a folder; it is removed when the work is done."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_Result = TypeVar("_Result")


class Changed(Unreadable):
    """The file at a path does not hold any more what was read of it."""

    def __init__(self, path: str) -> None:
        hint = "nothing was written to it; run the command once more"
        super().__init__(f"`{path}` has changed since it was read", hint=hint)


@contextmanager
def alone(paths: Iterable[str]) -> Iterator[None]:
    """Keep the other processes of this program from changing files beside those at `paths` until the block ends.

    Raises Unreadable where somebody else does not let go of a folder. It is let go of when a process ends, however.
    """
    folders = sorted({os.path.dirname(os.path.realpath(path)) for path in paths})
    with ExitStack() as stack:
        for folder in folders:  # in the same order for all, so that no two wait for each other
            stack.enter_context(_held(folder))
        yield


def anew(change: Callable[[], _Result]) -> _Result:
    """Return what `change` comes to; it is begun anew where a file was written by somebody else meanwhile.

    Raises Changed where that happens again and again.
    """
    for _ in range(TRIES - 1):
        with suppress(Changed):
            return change()
    return change()


def put(path: str, raw: bytes, expected: bytes | None) -> None:
    """Write a file whole, its folder made where it is missing, if it still holds what is `expected`: None for no file.

    Raises Changed where it holds anything else, Unreadable where it cannot be written.
    """
    try:
        os.makedirs(os.path.dirname(os.path.realpath(path)), exist_ok=True)
    except OSError as error:
        raise Unreadable(f"cannot write `{path}`: {reason(error)}") from None
    save(path, [raw], just_before=lambda: demand(path, expected))


def demand(path: str, expected: bytes | None) -> None:
    """Raise Changed unless the file at `path` holds what is `expected`: None where there must be no file."""
    try:
        with open(path, "rb") as file:
            found: bytes | None = file.read(-1 if expected is None else len(expected) + 1)
    except (FileNotFoundError, NotADirectoryError):
        found = None
    except OSError as error:
        raise Unreadable(f"cannot read `{path}`: {reason(error)}") from None
    if found != expected:
        raise Changed(path)


@contextmanager
def _held(folder: str) -> Iterator[None]:
    """Hold a folder: by a lock on it, which leaves nothing behind, else by a file in it."""
    with ExitStack() as stack:
        try:
            os.makedirs(folder, exist_ok=True)
            locked = _locked(folder, stack)
        except OSError:  # what cannot be locked on this system, or in this place
            stack.enter_context(_marked(folder))
        else:
            if not locked:
                raise Unreadable(
                    f"cannot change files in `{folder}`: another process is changing some all the time",
                    hint="run the command once more when it has ended",
                )
        yield


def _locked(folder: str, stack: ExitStack) -> bool:
    """Return whether a folder could be locked until `stack` is left; raise OSError where it cannot be locked at all."""
    if fcntl is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    descriptor = os.open(folder, _FOLDER)
    stack.callback(os.close, descriptor)

    def lock() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    return _waited_for(lock)


@contextmanager
def _marked(folder: str) -> Iterator[None]:
    """Hold a folder by a file in it; one that takes no new file is held by nobody, since nobody can change it."""
    mark = os.path.join(folder, _MARK)
    made = False

    def make() -> bool:
        nonlocal made
        try:
            os.close(os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        made = True
        return True

    def remove() -> None:
        if made:
            with suppress(OSError):
                os.unlink(mark)

    with undone_if_stopped(remove):
        try:
            with suppress(OSError):
                if not _waited_for(make):
                    raise Unreadable(
                        f"cannot change files in `{folder}`: another process seems to be changing some",
                        hint=f"if none is, remove `{mark}`",
                    )
            yield
        finally:
            remove()


def _waited_for(take: Callable[[], bool]) -> bool:
    """Return whether something could be taken in the end."""
    end = time.monotonic() + LONGEST_WAIT
    while not take():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True
