"""Runs the program and stops it at a moment that is named, not timed: run as `python stopping.py MOMENT ARGUMENT...`.

MOMENT is `imports`, or the dotted name of a function with the name of a signal: `os.fsync:SIGINT`. With `imports` the
process forks before every import, and each of the forked ones is told to stop there; what they end with is written
as JSON to the descriptor that follows. With a function it is told to stop when it first calls the function.
"""

import json
import os
import pkgutil
import runpy
import signal
import sys
from typing import Any


def stop_before(dotted: str, number: int) -> None:
    """Have the process told to stop when it first calls a function of a module or class."""
    name, _, attribute = dotted.rpartition(".")
    module: Any = pkgutil.resolve_name(name)
    function = getattr(module, attribute)

    def told(*arguments: Any, **options: Any) -> Any:
        setattr(module, attribute, function)  # so that it is told once
        os.kill(os.getpid(), number)
        return function(*arguments, **options)

    setattr(module, attribute, told)


class StoppedImports:
    """Finds no module; forks at each that is looked for, and keeps how the forked process ended."""

    def __init__(self) -> None:
        self.ended: dict[str, tuple[int, str]] = {}

    def find_spec(self, name: str, *_: object) -> None:
        """Fork, let the other process be told to stop, and note its end."""
        if (
            name in ("bonerx", "bonerx.__main__")
            or not (sys.modules["__main__"].__doc__ or "").startswith("The program")
            or name in self.ended
        ):
            return  # the first line of the program's own is still to come
        said, tell = os.pipe()
        child = os.fork()
        if not child:
            for stream in (1, 2):
                os.dup2(tell, stream)
            sys.meta_path.remove(self)  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGINT)
            return
        os.close(tell)
        with open(said, "rb") as file:  # noqa: PTH123
            text = file.read().decode()
        self.ended[name] = (os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text)


def main() -> None:
    """Run the program, and stop it as the arguments say."""
    moment, *arguments = sys.argv[1:]
    if moment == "imports":
        finder, result = StoppedImports(), int(arguments.pop(0))
        end = os._exit

        def tell_and_end(code: int) -> None:
            if finder in sys.meta_path:
                os.write(result, json.dumps(finder.ended).encode())
            end(code)

        os._exit = tell_and_end  # type: ignore[assignment]
        sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
    else:
        dotted, _, number = moment.partition(":")
        stop_before(dotted, getattr(signal, number))
    sys.argv[1:] = arguments
    runpy.run_module("bonerx", run_name="__main__", alter_sys=True)


main()
