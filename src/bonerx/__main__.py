"""The program `bonerx`, also as `python -m bonerx`.

Nothing is imported here that is not there already: from its first line on, the program ends quietly when it is told to.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")
"""The signals that tell the program to stop: Ctrl-C, `kill`, and a terminal that is closed."""
INTERRUPTED = 130
UNREADABLE = 4


def main() -> "NoReturn":
    """Run the command line and exit with its code.

    One question is over before garbage could gather, and the interpreter's own way of ending takes a fifth of the
    whole run to take apart what the system frees at once: both are left out. A compilation collects as usual.
    """
    try:
        _listen()
        _run()
    except KeyboardInterrupt:  # before the program listened
        os._exit(INTERRUPTED)
    except (MemoryError, ImportError, OSError) as error:  # before, or while, the program could say so itself
        if not _is_exhausted(error):
            raise
        os.write(2, b"error: not enough memory, or too many open files, to start\n")
        os._exit(UNREADABLE)


def _is_exhausted(error: Exception) -> bool:
    """Whether a part of the program could not be loaded since the system gives no more memory or files."""
    if isinstance(error, ImportError):
        return "failed to map segment" in str(error) or "annot allocate memory" in str(error)
    return isinstance(error, MemoryError) or error.errno in (11, 12, 23, 24)  # type: ignore[attr-defined]


def _run() -> "NoReturn":
    import gc
    from contextlib import suppress

    from bonerx.numerical_libraries import settle_at_import
    from bonerx.standard_streams import open_missing

    gc.disable()
    open_missing()
    settle_at_import()
    from bonerx.cli import app

    code: object = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _listen() -> None:
    """From now on end at once, quietly and with nothing left half done, when told to stop.

    An exception from a signal could be lost in a library, or be printed by one. What is ignored stays ignored: a
    program in the background hears no Ctrl-C, and one under `nohup` does not mind that its terminal is closed.
    """
    import signal

    def stop(number: int, _frame: object) -> None:
        for heard in numbers:
            signal.signal(heard, signal.SIG_IGN)
        undo_all = getattr(sys.modules.get("bonerx.interruption"), "undo_all", None)
        if undo_all is not None:
            undo_all()
        os._exit(128 + number)

    numbers = [getattr(signal, name) for name in STOPPING if hasattr(signal, name)]
    numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    for number in numbers:
        signal.signal(number, stop)


if __name__ == "__main__":
    main()
