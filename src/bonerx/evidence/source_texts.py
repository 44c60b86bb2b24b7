"""The texts that sentences stand in, read from beside the table that names them."""

import re

from bonerx.errors import Unreadable
from bonerx.evidence import limits
from bonerx.evidence.files import LEAVES, digest, read_text, text_path
from bonerx.evidence.origin import TextFile
from bonerx.evidence.text import printable
from bonerx.model.source import Source

_DRIVE = re.compile(r"[A-Za-z]:")


def refused(text: str) -> str | None:
    """Return why `text` may not name a source's text, None where it may."""
    if text.startswith("/") or _DRIVE.match(text):
        return "the path of a text must be relative to the folder of its table"
    if "\\" in text:
        return "the path of a text is written with `/`"
    if any(step in {"", ".", ".."} for step in text.split("/")):
        return LEAVES
    return None


class SourceTexts:
    """The texts read so far: each file once, and all of them together within a limit."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, str] | str] = {}
        self._bytes = 0

    def text_of(self, source: Source, table: str) -> tuple[str, TextFile] | str:
        """Return a source's text and its file, or why it cannot be had; `table` is the path of its table."""
        named = source.text or ""
        problem = refused(named)
        if problem is not None:
            return problem
        path = text_path(table, named)
        if path not in self._read:
            self._read[path] = self._open(table, named)
        found = self._read[path]
        return found if isinstance(found, str) else (found[0], TextFile(source.id, path, table, named, found[1]))

    def _open(self, table: str, named: str) -> tuple[str, str] | str:
        try:
            raw = read_text(table, named, limits.DOCUMENT_BYTES)
        except Unreadable as error:
            return error.message
        if len(raw) > limits.DOCUMENT_BYTES:
            return f"the text `{printable(named)}` is larger than {limits.DOCUMENT_BYTES // 1024**2} MiB"
        self._bytes += len(raw)
        if self._bytes > limits.TEXTS_BYTES:
            return f"the texts of the table are larger than {limits.TEXTS_BYTES // 1024**2} MiB together"
        try:
            return raw.decode("utf-8"), digest(raw)
        except UnicodeDecodeError as error:
            return f"the text `{printable(named)}` is not UTF-8 at its byte {error.start}"
