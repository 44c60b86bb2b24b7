"""The errors a user can meet, each with the exit code a script may rely on.

BonerxError
├── UsageError        2   an option, argument or combination of them that cannot be answered
│   ├── UnknownName   2   a name that the evidence table does not know
│   └── BetterNeeded  2   an order is asked for, and nothing says which way is better
├── InvalidEvidence   3   an evidence table, data file or store that breaks a rule
├── Unreadable        4   a file that cannot be read or written
└── OutOfResources    4   memory or open files that the system does not give
"""

import errno
from typing import NamedTuple

_REASONS = {
    errno.EACCES: "permission denied",
    errno.EDQUOT: "disk quota exceeded",
    errno.EFBIG: "file too large",
    errno.EINVAL: "invalid argument",
    errno.EIO: "input/output error",
    errno.EISDIR: "is a directory",
    errno.ELOOP: "too many levels of symbolic links",
    errno.EMFILE: "too many open files",
    errno.ENAMETOOLONG: "file name too long",
    errno.ENOENT: "no such file or directory",
    errno.ENOSPC: "no space left on device",
    errno.ENOTDIR: "not a directory",
    errno.EPERM: "operation not permitted",
    errno.EROFS: "read-only file system",
}
"""Why a file cannot be read or written, in the same words on every system."""


def reason(error: OSError | ValueError) -> str:
    """Return why a file cannot be read or written; where the system's code has no words here, in the system's."""
    system = (_REASONS.get(error.errno or 0) or error.strerror) if isinstance(error, OSError) else None
    said = system or str(error)
    return said[:1].lower() + said[1:] if said else "the system gives no reason"


class Fault(NamedTuple):
    """One thing wrong with an evidence table: where it stands, what it is, and what is allowed instead.

    `line` and `column` count from 1, None where a fault has no place in a file. `where` is the path of the field
    (`claims[3].hedge.cues.en[0]`, with the record's id where it is known).
    """

    path: str
    line: int | None
    column: int | None
    where: str
    message: str
    hint: str | None = None


class BonerxError(Exception):
    """A failure the user can mend; `code` is its name in JSON and `exit_code` the program's."""

    code = "error"
    exit_code = 70

    def __init__(self, message: str, *, suggestions: tuple[str, ...] = (), hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = suggestions
        self.hint = hint


class UsageError(BonerxError):
    """An option, argument or combination of them that cannot be answered."""

    code = "usage"
    exit_code = 2


class UnknownName(UsageError):
    """A name that the evidence table does not know; `kind` says what was looked for."""

    def __init__(self, kind: str, name: str, suggestions: tuple[str, ...] = (), hint: str | None = None) -> None:
        super().__init__(f"unknown {kind} `{name}`", suggestions=suggestions, hint=hint)
        self.code = f"unknown-{kind}"


class BetterNeeded(UsageError):
    """An order of regimens is asked for, and neither the question nor the data say which way is better."""

    code = "better-needed"

    def __init__(self, message: str) -> None:
        super().__init__(message, hint="add `--better lower` or `--better higher`")


class InvalidEvidence(BonerxError):
    """An evidence table, data file or store that breaks a rule; `faults` names all of them."""

    code = "invalid-evidence"
    exit_code = 3

    def __init__(self, message: str, *, faults: tuple[Fault, ...] = (), hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.faults = faults


class Unreadable(BonerxError):
    """A file that cannot be read or written."""

    code = "unreadable"
    exit_code = 4


class OutOfResources(BonerxError):
    """Memory or open files that the system does not give."""

    code = "out-of-resources"
    exit_code = 4


_EXHAUSTED = {errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EAGAIN}
_NOT_LOADED = ("failed to map segment", "cannot allocate memory", "too many open files")
"""What the loader of the system says where a library of Python's is not given memory; it has no number for that."""


def exhausted(error: BaseException) -> OutOfResources | None:
    """Return what is said of an error that only means that the system gives no more memory or files; None of others."""
    told = None
    if isinstance(error, MemoryError):
        told = "not enough memory"
    elif isinstance(error, OSError) and error.errno in _EXHAUSTED:
        told = f"the system gives no more: {reason(error)}"
    elif isinstance(error, ImportError) and any(said in str(error).lower() for said in _NOT_LOADED):
        told = f"not enough memory to load a library: {error}"
    return OutOfResources(f"{told} (`ulimit -a` shows the limits of this process)") if told else None
