"""Bytes to text, and the characters no text of a table may hold, since they would fool a reader or a terminal."""

import re
from collections.abc import Iterator
from typing import NamedTuple

STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line feed, overrides of the direction of writing, and halves of surrogate pairs."""
_BREAK = re.compile("\r\n|[\r\n]")
_CONTROL_SAFE = frozenset("\r")
_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class Misread(NamedTuple):
    """What keeps bytes from being read as text, and where: line and column count from 1."""

    line: int
    column: int
    message: str
    hint: str


def decode(raw: bytes) -> tuple[str, list[Misread]]:
    """Return the text of UTF-8 `raw` without its byte order mark, and what is wrong with it as a document."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return "", [Misread(1, 1, f"the file is in {encoding}", "save it as UTF-8")]
    if b"\x00" in raw[:4] and len(raw) > 1:
        return "", [Misread(1, 1, "the file is not text, or not in UTF-8", "save it as UTF-8 text")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", [_undecodable(raw, error)]
    text = text.removeprefix("\ufeff")
    return text, [_strange_in_document(text, match.start()) for match in _forbidden(text)]


def strange(text: str) -> tuple[int, str] | None:
    """Return the offset and the name of the first character that no text may hold, None where there is none."""
    match = STRANGE.search(text)
    return None if match is None else (match.start(), name_of(match[0]))


def is_text(text: str) -> bool:
    """Return whether a text can be written: one from a command line may hold bytes of another encoding, undecoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def name_of(character: str) -> str:
    """Return a character as messages write it: `U+0007`, with what it is."""
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        kind = "half of a surrogate pair"
    elif code >= 0x2000:
        kind = "a character that turns the direction of writing"
    else:
        kind = "a control character"
    return f"U+{code:04X}, {kind}"


def printable(text: str, longest: int = 60) -> str:
    """Return a text as messages show it: in one line, without what a terminal does not show, and not too long."""
    short = text if len(text) <= longest else f"{text[:longest]}…"
    return short if short.isprintable() else "".join(each if each.isprintable() else _escape(each) for each in short)


def _escape(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # what stands for a byte of a name that is no text
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, from 1, of the code point at `offset`."""
    line, start = 1, 0
    for match in _BREAK.finditer(text, 0, offset):
        line, start = line + 1, match.end()
    return line, offset - start + 1


def _forbidden(text: str) -> Iterator[re.Match[str]]:
    for count, match in enumerate(match for match in STRANGE.finditer(text) if match[0] not in _CONTROL_SAFE):
        if count == 20:  # a file full of them is not text; twenty are enough to see it
            return
        yield match


def _strange_in_document(text: str, offset: int) -> Misread:
    line, column = position(text, offset)
    return Misread(line, column, f"the file holds {name_of(text[offset])}", "remove it")


def _undecodable(raw: bytes, error: UnicodeDecodeError) -> Misread:
    before = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
    line, column = position(before, len(before))
    if error.reason == "unexpected end of data":
        return Misread(line, column, "the file ends in the middle of a character", "it seems cut off; get it whole")
    byte = raw[error.start]
    return Misread(line, column, f"byte 0x{byte:02X} is not UTF-8", "save the file as UTF-8 (not Latin-1 or GB 18030)")
