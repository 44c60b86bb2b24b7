"""The texts that sentences stand in, read from beside the table that names them."""

import re

from bonerx.errors import Unreadable
from bonerx.evidence import limits
from bonerx.evidence.files import digest, read, text_path
from bonerx.evidence.origin import TextFile
from bonerx.model.source import Source

_DRIVE = re.compile(r"[A-Za-z]:")


def refused(text: str) -> str | None:
    """Return why `text` may not name a source's text, None where it may."""
    if text.startswith("/") or _DRIVE.match(text):
        return "the path of a text must be relative to the folder of its table"
    if "\\" in text:
        return "the path of a text is written with `/`"
    if any(step in {"", ".", ".."} for step in text.split("/")):
        return "the path of a text may not leave the folder of its table"
    return None


def source_text(source: Source, table: str) -> tuple[str, TextFile] | tuple[None, str]:
    """Return a source's text and its file, or None and why it cannot be had; `table` is the path of its table."""
    named = source.text or ""
    problem = refused(named)
    if problem is not None:
        return None, problem
    path = text_path(table, named)
    try:
        raw = read(path, limits.DOCUMENT_BYTES)
    except Unreadable as error:
        return None, error.message
    if len(raw) > limits.DOCUMENT_BYTES:
        return None, f"the text is larger than {limits.DOCUMENT_BYTES // 1024**2} MiB"
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, f"the text `{named}` is not UTF-8 at its byte {error.start}"
    return decoded, TextFile(source.id, path, table, named, digest(raw))
