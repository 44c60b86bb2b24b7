"""What has to be settled before the program loads numpy or scipy: how many threads they start, and room to load into.

Their linear algebra keeps memory for as many threads as there are processors, when it is loaded. Where it is not given
that, it ends the process without a word, with the exit code of an answer, or waits for ever. One thread is enough for
the networks of a table, and the first import is refused where the memory that the process may still take is less than
they need.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

from bonerx.errors import OutOfResources

_LIBRARIES = ("numpy", "scipy")
_FOR_ALL = "OMP_NUM_THREADS"
_THREADS = (_FOR_ALL, "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_MIB = 1024 * 1024
NEEDED = 208 * _MIB
"""Bytes of addresses that numpy and scipy take with one thread (measured: 190 MiB with numpy 2.4 and scipy 1.17)."""


def settle_at_import() -> None:
    """Have threads and memory settled when a numerical library is first imported, wherever that is."""
    sys.meta_path.insert(0, _Settling())


class _Settling:
    """Finds no module; it is asked for every one, and so knows when the first numerical library is wanted."""

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: Any = None) -> None:
        """Settle what is to be settled before a numerical library; raise OutOfResources where it has no room."""
        if fullname not in _LIBRARIES:
            return
        one_thread()
        demand_memory()
        sys.meta_path.remove(self)


def one_thread() -> None:
    """Let numerical libraries start one thread, unless the user has said how many."""
    if _FOR_ALL not in os.environ:  # every library heeds this one where it finds none of its own
        for name in _THREADS:
            os.environ.setdefault(name, "1")


def demand_memory() -> None:
    """Raise OutOfResources where the limit of the process's memory leaves less than the libraries need."""
    free = _free()
    if free is not None and free < NEEDED:
        raise OutOfResources(
            f"not enough memory: the limit of this process (`ulimit -v`) leaves {free // _MIB} MiB,"
            f" and the numerical libraries need {NEEDED // _MIB} MiB"
        )


def _free() -> int | None:
    """Return how many bytes of addresses the process may still take; None where there is no limit, or none is known."""
    try:
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit == resource.RLIM_INFINITY:
            return None
        with open("/proc/self/statm", "rb", buffering=0) as file:  # noqa: PTH123
            pages = int(file.read(64).split()[0])
        return max(limit - pages * os.sysconf("SC_PAGE_SIZE"), 0)
    except (ImportError, OSError, ValueError):
        return None
