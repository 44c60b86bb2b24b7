"""From a question to its answer: the table's store is found, or compiled when the table is new, and asked."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from bonerx.answer import Answer
from bonerx.errors import Unreadable, UsageError
from bonerx.evidence.files import SHIPPED, STDIN, TableFile, file_digest, fingerprint, table_files, texts_unchanged
from bonerx.store import cache
from bonerx.store.read import DamagedStore, Store, open_store

_SQLITE = b"SQLite format 3\x00"
Fingerprint = list[tuple[str, str]]


class FileQuestion(Protocol):
    """Anything that is asked of the files of a table rather than of its store."""

    def answer_from(self, paths: Sequence[str]) -> Answer:
        """Return the answer from the tables at `paths`."""


class Question(Protocol):
    """Anything that a store can answer."""

    def answer(self, store: Store) -> Answer:
        """Return the answer; raise BonerxError where the question cannot be asked of this table."""


def ask(
    question: Question | FileQuestion, paths: Sequence[str] = (), waiting: Callable[[], object] | None = None
) -> Answer:
    """Return the answer to a question from the tables at `paths`, the shipped ones by default.

    `waiting` is called when a table has to be compiled and that takes more than a second. Raises InvalidEvidence,
    Unreadable, UsageError and UnknownName.
    """
    if hasattr(question, "answer_from"):
        return question.answer_from(paths)
    paths = paths or (SHIPPED,)
    store, files = open_table(paths, waiting)
    try:
        answer = question.answer(store)
    except DamagedStore:
        if _is_store(paths[0]):
            raise
        # A store of the cache is only a copy: throw it away and compile the table once more.
        with suppress(OSError):
            os.unlink(cache.place(sha for _, sha in files))  # noqa: PTH108
        store, files = open_table(paths, waiting)
        answer = question.answer(store)
    answer.document["evidence"] = [{"path": name, "sha256": sha} for name, sha in files]
    return answer


def open_table(paths: Sequence[str], waiting: Callable[[], object] | None = None) -> tuple[Store, Fingerprint]:
    """Return the store of the tables at `paths` and what they consist of: each file's name and SHA-256."""
    if _is_store(paths[0]):
        if len(paths) > 1:
            raise UsageError(
                "a compiled store is asked alone", hint="compile the tables together: `bonerx compile A B -o C.db`"
            )
        return open_store(paths[0], paths[0]), [(paths[0], file_digest(paths[0]))]
    files = table_files(paths)
    if all(file.path != STDIN for file in files):
        found = fingerprint(files)
        store = _cached(found)
        if store is not None:
            return store, found
    return _compiled(files, waiting)


def _is_store(path: str) -> bool:
    if path in (STDIN, SHIPPED) or not os.path.isfile(path):  # noqa: PTH113
        return False
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise Unreadable(f"cannot read `{path}`: {error.strerror}") from error


def _cached(found: Fingerprint) -> Store | None:
    """Return the store of these contents from the cache, None where there is none that can be trusted."""
    path = cache.place(sha for _, sha in found)
    if not os.path.isfile(path):  # noqa: PTH113
        return None
    try:
        store = open_store(path, path)
        if texts_unchanged((text, sha) for text, sha in store.meta("texts") or ()):
            return store
        store.close()
    except (DamagedStore, Unreadable):
        pass
    return None


def _compiled(files: Sequence[TableFile], waiting: Callable[[], object] | None) -> tuple[Store, Fingerprint]:
    """Compile a table from what its files hold now, into the cache where it can be written, else in memory."""
    import gc
    from threading import Timer

    from bonerx.evidence.load import fetch
    from bonerx.evidence.read import read_contents
    from bonerx.store.compile import compile_in_memory, compile_into

    gc.enable()
    timer = Timer(1.0, waiting or (lambda: None))
    timer.daemon = True
    timer.start()
    try:
        contents = [fetch(file) for file in files]
        found = [(content.name, content.sha256) for content, _ in contents]
        evidence = read_contents(contents)
        path = cache.place(sha for _, sha in found)
        try:
            os.makedirs(cache.folder(), exist_ok=True)  # noqa: PTH103
            compile_into(evidence, path)
            cache.prune()
            return open_store(path, path), found
        except (OSError, Unreadable, DamagedStore):
            return compile_in_memory(evidence), found
    finally:
        timer.cancel()
