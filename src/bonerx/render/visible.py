"""Third-party text made safe to show: what would steer a terminal or hide from a reader is written as an escape."""

import re
import unicodedata

from bonerx.render.options import Options

LAYOUT = {"\n": " ", "\t": " "}
"""A line break or tab in a text is white space, which belongs to the layout."""

HARMLESS = "\u200c\u200d"
"""Joiners: scripts and emoji need them inside a word."""

HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories of characters that are obeyed, not seen: controls, formats, half pairs, separators of lines."""

UNDECODED = range(0xDC80, 0xDD00)
"""What stands in a text from the system, such as a file's name, for the bytes from 0x80 on that are no text."""

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys of a text that is not laid out: controls, ends of lines other than a line feed, marks that turn
the direction of writing, and halves of pairs, which are no text."""

TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "·": "|", "…": "...", "×": "x"}
    | {"≥": ">=", "≤": "<=", "≈": "~", "\u00a0": " ", "\u202f": " ", "²": "^2", "τ": "tau", "∞": "infinity"}
)
"""What ASCII writes for the punctuation and signs of this program's own lines."""


def visible(text: object, options: Options) -> str:
    """A text with everything seen: control, bidirectional and zero-width characters as escapes such as `\\x1b`."""
    plain = str(text)
    if not plain.isprintable():
        plain = "".join(map(_seen, plain))
    if options.encoding and not plain.isascii():
        plain = plain.encode(options.encoding, "backslashreplace").decode(options.encoding)
    return plain


def harmless(text: str) -> str:
    """A raw value as it stands but for what a terminal obeys, which is written as an escape such as `\\x1b`."""
    return text if text.isprintable() else OBEYED.sub(lambda found: _escape(found[0]), text)


def is_seen(character: str) -> bool:
    """Whether a character is shown rather than obeyed, or joins some that are."""
    return character in HARMLESS or unicodedata.category(character) not in HIDDEN


def own(text: object, options: Options) -> str:
    """A line of this program, such as a headline or a note, in the typography that the output can show."""
    return visible(str(text).translate(TYPOGRAPHY) if options.ascii else text, options)


def _seen(character: str) -> str:
    if character in LAYOUT:
        return LAYOUT[character]
    return character if is_seen(character) else _escape(character)


def _escape(character: str) -> str:
    code = ord(character)
    if code in UNDECODED:
        code -= UNDECODED.start - 0x80
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
