"""A process that writes rows into a store while the next are read: a large table in little more than half the time.

It is forked, so that it starts at once, and is given rows through a pipe. Whatever becomes of the one that reads, the
pipe ends, and with it the process.
"""

import gc
import marshal
import os
import select
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

from bonerx.store.new import index, index_words, lay_out, opened
from bonerx.store.rows import Rows, insert

_LEAST = 4 * 1024 * 1024
"""Bytes of tables from which a second process is worth its start."""
_PIPE = 1024 * 1024
"""Bytes that may wait in the pipe, where the system allows as many."""
_WORDS = 200
"""Passages of which the words are indexed at once, when no rows wait."""
_TOGETHER = 10_000
"""Passages of which the words are written at once."""
_LENGTH = 8
_LONGEST_MESSAGE = 4096


def is_worth_it(size: int) -> bool:
    """Return whether rows from so many bytes should be written by a process of their own, and can be.

    Forking is only safe for a process with one thread, and not on macOS.
    """
    if size < _LEAST or sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


class Aside:
    """The process that writes the store at `path`; what goes wrong in it is raised at the next call."""

    def __init__(self, path: str) -> None:
        asked, self._out = os.pipe()
        self._said, tell = os.pipe()
        self._process: int | None = os.fork()
        if not self._process:
            os.close(self._out)
            os.close(self._said)
            _serve(path, asked, tell)
        os.close(asked)
        os.close(tell)
        _widen(self._out)

    def give(self, rows: Rows) -> None:
        """Let rows be written, and empty their lists."""
        self._send(tuple(rows))
        for each in rows:
            each.clear()

    def end(self, *, indexed: bool) -> None:
        """Give no more rows: let the indexes be made as well, or leave the store as it is; only once."""
        if self._out >= 0:
            self._send(indexed)
            self._close()

    def wait(self) -> None:
        """Wait until all is written."""
        if self._process is None:
            return
        self._close()
        with open(self._said, "rb") as file:  # noqa: PTH123
            said = file.read().decode("utf-8", "replace")
        _, status = os.waitpid(self._process, 0)
        self._process = None
        if status:
            raise sqlite3.OperationalError(said or "the process that writes it has ended")

    def stop(self) -> None:
        """End the process as it is, and wait until it is gone."""
        self.kill()
        with suppress(sqlite3.OperationalError):
            self.wait()

    def kill(self) -> None:
        """End the process as it is."""
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)

    def _close(self) -> None:
        if self._out >= 0:
            os.close(self._out)
            self._out = -1

    def _send(self, value: Any) -> None:
        data = marshal.dumps(value, 2)
        rest = memoryview(len(data).to_bytes(_LENGTH, "big") + data)
        try:
            while rest:
                rest = rest[os.write(self._out, rest) :]
        except BrokenPipeError:
            self.wait()
            raise sqlite3.OperationalError("the process that writes it has ended") from None


def _widen(pipe: int) -> None:
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _serve(path: str, asked: int, tell: int) -> NoReturn:
    """Write what is asked for, and end the process."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is asked to stop is the other one
        gc.disable()
        if not _write(path, asked):
            os.unlink(path)  # noqa: PTH108
        code = 0
    except BaseException as error:  # noqa: BLE001
        with suppress(OSError):
            os.write(tell, str(error).encode("utf-8", "replace")[:_LONGEST_MESSAGE])
    finally:
        os._exit(code)


def _write(path: str, asked: int) -> bool:
    """Write a store as it comes; return whether it came to its end."""
    connection = opened(path)
    lay_out(connection)
    connection.execute("BEGIN")
    indexed = 0

    def idle() -> bool:
        """Index words while nothing waits; return whether there were any."""
        nonlocal indexed
        now = index_words(connection, _WORDS)
        indexed += now
        if indexed > _TOGETHER:
            connection.execute("COMMIT")
            connection.execute("BEGIN")
            indexed = 0
        return now > 0

    for part in _parts(asked, idle):
        if not isinstance(part, bool):
            insert(connection, Rows(*part))
            continue
        if part:
            for of in ("building", "indexes"):
                index(connection, of)
            index_words(connection)
        connection.execute("COMMIT")
        connection.close()
        return True
    return False


def _parts(asked: int, idle: Callable[[], bool]) -> Iterator[Any]:
    """Yield what comes through the pipe; meanwhile call `idle` as long as it has something to do."""
    with open(asked, "rb", buffering=0) as file:
        while True:
            while not select.select([file], [], [], 0)[0] and idle():
                pass
            length = int.from_bytes(_exactly(file, _LENGTH), "big")
            part = _exactly(file, length)
            if not length or len(part) < length:
                return
            yield marshal.loads(part)  # noqa: S302


def _exactly(file: Any, count: int) -> bytearray:
    """Return so many bytes of a pipe, fewer where it ends."""
    found = bytearray(count)
    rest = memoryview(found)
    while rest:
        read = file.readinto(rest)
        if not read:
            return found[: count - len(rest)]
        rest = rest[read:]
    return found
