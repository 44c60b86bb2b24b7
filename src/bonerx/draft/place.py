"""Files put where they belong whole or not at all: written beside, then renamed."""

import os
from contextlib import suppress

from bonerx.errors import Unreadable, reason
from bonerx.evidence.files import read


def put(path: str, raw: bytes, expected: bytes | None = None) -> None:
    """Write a file, its folder made where it is missing; raise Unreadable where that fails.

    With `expected`, the file is only replaced while it holds just that: an edit made meanwhile is never lost.
    """
    target = os.path.realpath(path)
    beside = f"{target}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        with open(beside, "xb") as file:  # noqa: PTH123
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if expected is not None:
            os.chmod(beside, os.stat(target).st_mode & 0o7777)  # noqa: PTH101, PTH116
            if read(target) != expected:
                raise Unreadable(
                    f"`{path}` has changed meanwhile", hint="nothing was written; run the command once more"
                )
        os.replace(beside, target)  # noqa: PTH105
    except OSError as error:
        raise Unreadable(f"cannot write `{path}`: {reason(error)}") from None
    finally:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
