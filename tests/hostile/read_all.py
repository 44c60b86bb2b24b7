"""Reads and proves every file it is given, within the memory it is given, and says how each ended, a line a file."""

import json
import resource
import sys
import time

memory = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

from bonerx.check.table import check_table  # noqa: E402
from bonerx.errors import InvalidEvidence, Unreadable  # noqa: E402
from bonerx.evidence.read import read  # noqa: E402

for path in sys.argv[2:]:
    started = time.perf_counter()
    try:
        faults = check_table(read([path]))
        ended = "faults" if faults else "fine"
        told = [fault.message for fault in faults]
    except InvalidEvidence as error:
        ended, told = "faults", [fault.message for fault in error.faults] or [error.message]
    except Unreadable as error:
        ended, told = "unreadable", [error.message]
    print(json.dumps([path, ended, told, time.perf_counter() - started]), flush=True)
