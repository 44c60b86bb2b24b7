"""The program `bonerx`, also as `python -m bonerx`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit with its code.

    One question is over before garbage could gather, and the interpreter's own way of ending takes a fifth of the
    whole run to take apart what the system frees at once: both are left out. A compilation collects as usual.
    """
    gc.disable()
    from bonerx.cli import app

    code: object = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
