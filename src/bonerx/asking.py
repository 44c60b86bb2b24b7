"""From a question to its answer: the table's store is found, or compiled when the table is new, and asked."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol

from bonerx.answer import Answer
from bonerx.errors import Unreadable, UsageError
from bonerx.evidence.files import SHIPPED, STDIN, TableFile, fingerprint, keys, table_files, texts_unchanged
from bonerx.store import cache
from bonerx.store.queries import DamagedStore, Store, is_store, open_store

Fingerprint = list[tuple[str, str]]
Tell = Callable[[str, int, int], object]
"""What is told how far a compilation has come: the stage, and how much of how much of it is done."""


class FileQuestion(Protocol):
    """Anything that is asked of the files of a table rather than of its store."""

    def answer_from(self, paths: Sequence[str]) -> Answer:
        """Return the answer from the tables at `paths`."""


class StoreQuestion(Protocol):
    """Anything that is a wish for a store rather than asked of one."""

    def compile_from(self, paths: Sequence[str], tell: Tell) -> Answer:
        """Return what became of the tables at `paths`."""


class Question(Protocol):
    """Anything that a store can answer."""

    def answer(self, store: Store) -> Answer:
        """Return the answer; raise BonerxError where the question cannot be asked of this table."""


def ask(
    question: Question | FileQuestion | StoreQuestion, paths: Sequence[str] = (), tell: Tell | None = None
) -> Answer:
    """Return the answer to a question from the tables at `paths`, the shipped ones by default.

    `tell` hears how far a compilation has come. Raises InvalidEvidence, Unreadable, UsageError and UnknownName.
    """
    if hasattr(question, "answer_from"):
        return question.answer_from(paths)
    if hasattr(question, "compile_from"):
        return question.compile_from(paths, tell or (lambda *_: None))
    paths = paths or (SHIPPED,)
    store, files = open_table(paths, tell)
    try:
        answer = question.answer(store)
    except (DamagedStore, LookupError, TypeError, ValueError):
        store.close()
        if not store.is_copy:
            raise
        # A store of the cache is only a copy: throw it away and compile the table once more. What is wrong with the
        # program rather than with the store fails again then, and is told.
        store, files = _compiled(table_files(paths), tell)
        answer = question.answer(store)
    through = {"store": paths[0]} if _compiled_before(paths) else {}
    answer.document["evidence"] = [{"path": name, "sha256": sha} | through for name, sha in files]
    return answer


@contextmanager
def guarded(paths: Sequence[str]) -> Iterator[None]:
    """Let what breaks on a store from elsewhere end as DamagedStore.

    A store that is whole and of this version may still hold records that no build writes. On a table what breaks is
    a bug, and stays one.
    """
    foreign = bool(paths) and _compiled_before(paths)
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        if not foreign:
            raise
        raise DamagedStore(
            f"the store `{paths[0]}` holds what no table becomes ({type(error).__name__})",
            hint="compile it again from its tables with `bonerx compile`",
        ) from error


def open_table(paths: Sequence[str], tell: Tell | None = None) -> tuple[Store, Fingerprint]:
    """Return the store of the tables at `paths` and what they consist of: each file's name and SHA-256."""
    if _compiled_before(paths):
        if len(paths) > 1:
            raise UsageError(
                "a compiled store is asked alone", hint="compile the tables together: `bonerx compile A B -o C.db`"
            )
        compiled = open_store(paths[0], paths[0])
        return compiled, [(name, sha) for name, sha in compiled.meta("files") or ()]
    files = table_files(paths)
    if all(file.path != STDIN for file in files):
        found = fingerprint(files)
        store = _cached(files, found, tell)
        if store is not None:
            return store, found
    return _compiled(files, tell)


def _compiled_before(paths: Sequence[str]) -> bool:
    """Whether the first path is a store, which is asked as it is."""
    return paths[0] not in (STDIN, SHIPPED) and is_store(paths[0])


def _cached(files: Sequence[TableFile], found: Fingerprint, tell: Tell | None) -> Store | None:
    """Return the store of these contents from the cache, None where there is none that can be trusted."""
    inside = cache.usable()
    if inside is None:
        return None
    path = cache.place(inside, keys(files, found))
    if not cache.is_trusted(path):
        return None

    def again() -> Store:
        """Return the store of the same contents anew, since this one turned out to be damaged."""
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
        store, now = _compiled(files, tell)
        if now != found:
            raise DamagedStore("the table has changed while it was asked", hint="ask again")
        return store

    try:
        store = open_store(path, path, again)
        texts = store.meta("texts") or ()
        if texts_unchanged((files[number].path, text, sha) for number, text, sha in texts):
            return store
        store.close()
    except (DamagedStore, Unreadable, LookupError, TypeError, ValueError):
        pass
    return None


def _compiled(files: Sequence[TableFile], tell: Tell | None) -> tuple[Store, Fingerprint]:
    """Compile a table from what its files hold now, into the cache where it can be written, else in memory."""
    import gc
    from contextlib import ExitStack, closing

    from bonerx.evidence.record_stream import RecordStream
    from bonerx.store.build.compile import compile_into, compile_unwritten

    gc.enable()
    gc.set_threshold(100_000, 50, 50)  # records are many and hold no circles; what a library leaves is found yet
    told = tell or (lambda *_: None)
    with ExitStack() as stack:
        streams = [stack.enter_context(closing(RecordStream(file))) for file in files]
        inside = cache.usable(make=True)
        if inside is not None:
            with suppress(OSError, Unreadable, DamagedStore):
                cache.prune(inside)
                path, found = compile_into(
                    streams,
                    cache.place(inside, ()),
                    told,
                    lambda found: cache.place(inside, keys(files, found)),
                    mode=cache.PRIVATE,
                )
                cache.prune(inside)
                return open_store(path, path), found
        return compile_unwritten(streams, told)
