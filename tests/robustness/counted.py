"""Runs the program and halts it at a moment that is counted in calls, not timed: the same on a slow or busy machine.

Run as `python counted.py EVENT CALLS SIGNAL ARGUMENT...`. From the audit event EVENT on (`start`: from the first line)
the calls of the process that runs the program are counted; at number CALLS the process sends itself SIGNAL. With 0 it
is not halted, and the number of its calls is written to the descriptor SIGNAL when it ends.
"""

import os
import runpy
import signal
import sys
from typing import Any

EVENT, CALLS, NUMBER = sys.argv[1], int(sys.argv[2]), sys.argv[3]
OWN = os.getpid()
count = 0
begun = EVENT == "start"


def called(_frame: Any, kind: str, _about: Any) -> None:
    """Count a call, and halt at the one that was asked for."""
    global count
    if os.getpid() != OWN:
        sys.setprofile(None)
    elif begun and kind in ("call", "c_call"):
        count += 1
        if count == CALLS:
            os.kill(OWN, getattr(signal, NUMBER))


def heard(event: str, _arguments: object) -> None:
    """Begin to count once the event is heard."""
    global begun
    begun = begun or event == EVENT


def end(code: int, end: Any = os._exit) -> None:
    """Say how many calls there were, and end."""
    sys.setprofile(None)
    if not CALLS and os.getpid() == OWN:
        os.write(int(NUMBER), str(count).encode())
    end(code)


os._exit = end  # type: ignore[assignment]
sys.argv[1:] = sys.argv[4:]
sys.addaudithook(heard)
sys.setprofile(called)
runpy.run_module("bonerx", run_name="__main__", alter_sys=True)
