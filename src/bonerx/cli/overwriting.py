"""A command never writes over what it reads, nor twice into one file, which is told before anything is worked out."""

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from bonerx.errors import BonerxError, UsageError
from bonerx.evidence.files import SHIPPED, STDIN, table_files
from bonerx.file_output import identity

READ = ("data", "abstracts", "paths", "tables")
"""The arguments of commands that name files to read."""
MADE = {"store": "--store", "table": "--table"}
"""The arguments that name a file which it is the work of a command to write, and their options."""
BESIDE = {"plot": "--plot", "output": "--output"}
"""The arguments that name a file for an answer, and their options."""
STANDARD_INPUT = "/dev/fd/0"
"""The path of what a shell may have led to a file by `<`."""
TEXTS = "sources"
"""The folder beside a table of drafts that its texts are put into."""


def demand_apart(given: Mapping[str, Any], evidence: tuple[str, ...], *, may_replace: bool) -> set[object]:
    """Raise UsageError where a file for an answer, by whatever path or link, is one to read or another one to write.

    `given` holds the arguments of a command by their names. With `may_replace` the tables of `evidence` may be written
    over; return what these are.
    """
    wrote = {identity(given[name]): option for name, option in MADE.items() if given.get(name)}
    tables = dict(_files(evidence or (SHIPPED,)))
    read = dict(_files(path for name in READ for path in _paths(given.get(name))))
    read |= {} if may_replace else tables
    for name, option in BESIDE.items():
        path: str | None = given.get(name)
        place = None if path is None else identity(path)
        if path is None or place is None:
            continue
        if place in read:
            known = "" if read[place] == path else f" as `{read[place]}`"
            raise _refused(path, option, f"which is read{known}")
        if place in wrote:
            raise _refused(path, option, f"which `{wrote[place]}` writes")
        wrote[place] = option
        if given.get("table") and os.path.dirname(os.path.realpath(path)) == _texts(given["table"]):  # noqa: PTH120
            raise _refused(path, option, "where a text of the table may stand")
    return set(tables) if may_replace else set()


def demand_unread(path: str, option: str, read: Container[object]) -> None:
    """Raise UsageError where a path leads to a file that has been read, such as the text of a source."""
    place = identity(path)
    if place is not None and place in read:
        raise _refused(path, option, "which was read for the answer")


def _paths(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _files(paths: Iterable[str]) -> Iterator[tuple[object, str]]:
    """Yield the identity and the name of every file that is read, those of a folder too."""
    for path in paths:
        with suppress(BonerxError):  # what cannot be read is told when it is to be read
            for file in table_files([path]):
                yield identity(STANDARD_INPUT if file.path == STDIN else file.path), file.name


def _texts(table: str) -> str:
    return os.path.join(os.path.dirname(os.path.realpath(table)), TEXTS)  # noqa: PTH118, PTH120


def _refused(path: str, option: str, why: str) -> UsageError:
    return UsageError(f"`{option}` would write over `{path}`, {why}", hint="give another name")
