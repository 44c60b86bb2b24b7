"""Standard streams that were closed before the program began, as under cron: made so that using one is an error."""

import os
import sys


def open_missing() -> None:
    """Put something in the place of every standard stream that is closed, from which nothing can be read or written.

    A file that is opened later would else get the number of the stream, and with it whatever is meant for the stream.
    What is put there is open the wrong way round, so that the system refuses as it does for a closed one.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        reads = number == 0
        wrong_way = os.O_WRONLY if reads else os.O_RDONLY
        descriptor = number
        if not _is_open(number):
            os.open(os.devnull, wrong_way)  # takes the lowest number that is free, which is this one
        elif getattr(sys, name) is None:
            descriptor = os.open(os.devnull, wrong_way)  # a file has taken the number already
        if getattr(sys, name) is None:
            setattr(sys, name, open(descriptor, "r" if reads else "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
