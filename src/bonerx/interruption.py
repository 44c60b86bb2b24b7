"""What a program that is told to stop has to undo, kept where a signal's handler finds it without an import."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_TO_UNDO: dict[object, tuple[int, Callable[[], object]]] = {}
"""What is to be undone, with the process that has begun it: a forked one leaves it alone."""


@contextmanager
def undone_if_stopped(undo: Callable[[], object]) -> Iterator[None]:
    """Have `undo` called when the program is told to stop before the block ends; on any other end it is not called.

    `undo` may be called before what it undoes has happened, and must bear that.
    """
    key = object()
    _TO_UNDO[key] = (os.getpid(), undo)
    try:
        yield
    finally:
        _TO_UNDO.pop(key, None)


def undo_all() -> None:
    """Undo what this process has begun and not ended, the last begun first; what fails keeps nothing else back."""
    for key in reversed(list(_TO_UNDO)):
        process, undo = _TO_UNDO.pop(key)
        if process == os.getpid():
            with suppress(Exception):
                undo()
