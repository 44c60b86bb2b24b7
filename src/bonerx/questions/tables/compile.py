"""What becomes of tables when they are compiled into one store, which answers at once wherever it is carried?"""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UsageError
from bonerx.evidence.files import SHIPPED, STDIN, read, table_files
from bonerx.number import counted
from bonerx.page import Cell, Facts, Section
from bonerx.store.queries import Store, is_store, open_store

Tell = Callable[[str, int, int], object]
_LEAST = 16


class Compile(NamedTuple):
    """The wish for a store at `store` of the tables at `tables`, else of those that other questions would ask."""

    tables: tuple[str, ...]
    store: str

    def compile_from(self, paths: Sequence[str], tell: Tell) -> Answer:
        """Return what went into the store; raise InvalidEvidence, Unreadable, UsageError for a file in its place."""
        from bonerx.evidence.record_stream import RecordStream
        from bonerx.store.build.compile import compile_into

        _demand_place(self.store)
        with ExitStack() as stack:
            files = table_files(self.tables or tuple(paths) or (SHIPPED,))
            streams = [stack.enter_context(closing(RecordStream(file))) for file in files]
            compile_into(streams, self.store, tell)
        with closing(open_store(self.store, self.store)) as store:
            return _answer(store, self.store)


def _demand_place(path: str) -> None:
    """Raise UsageError where a store would take the place of something that is none."""
    if path == STDIN or os.path.isdir(path):  # noqa: PTH112
        raise UsageError(f"`{path}` is no name for a store", hint="give the name of a file, such as `evidence.db`")
    if os.path.lexists(path) and not is_store(path) and (not os.path.isfile(path) or read(path, _LEAST)):  # noqa: PTH113
        raise UsageError(f"`{path}` is there already and is no store", hint="give another name, or move it away")


def _answer(store: Store, path: str) -> Answer:
    counts: dict[str, int] = store.meta("counts")
    drafts: int = store.meta("drafts")
    files = [{"path": name, "sha256": sha} for name, sha in store.meta("files")]
    size = os.path.getsize(path)  # noqa: PTH202
    headline = f"Compiled {counted(counts['claims'] - drafts, 'statement')} from {counted(len(files), 'file')}."
    document: dict[str, Any] = {
        "status": "answered",
        "evidence": files,
        "query": {"command": "compile", "store": path},
        "answer": {"store": path, "bytes": size, "counts": counts, "drafts": drafts, "headline": headline},
        "claims": [],
        "sources": [],
        "caveats": [],
    }

    def view() -> tuple[Section, ...]:
        said = [("store", Cell(path, "id")), ("bytes", Cell(size, "count"))]
        said += [(kind, Cell(count, "count")) for kind, count in counts.items()]
        said += [("drafts, which answer no question", Cell(drafts, "count"))] if drafts else []
        return (Facts(None, tuple(said)),)

    def records() -> Records:
        return Records(("kind", "count"), list(counts.items()))

    return Answer(document, f"Compilation of {', '.join(file['path'] for file in files)}", "", headline, view, records)
