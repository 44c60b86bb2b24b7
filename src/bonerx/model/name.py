"""How a name is compared: spellings that differ in nothing a reader sees, or in case and hyphens, are one name."""

import re

_BLANK = r"\s\u2800"
"""White space, and the empty pattern of Braille."""
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Controls but white space, and what Unicode lists as Default_Ignorable_Code_Point: zero-width characters, soft
hyphens, marks of direction, variation selectors, fillers; and marks of interlinear notes, which show nothing either."""
_HYPHEN = (
    r"\-\u02d7\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0"
    r"\U00010d6e\U00010ead"
)
"""The hyphens, dashes and minus signs that are left once compatible characters are alike."""
_MIDDLE_DOT = "\u00b7\u30fb"

_HIDDEN = f"[{_INVISIBLE}]+"  # compiled when first needed, which for most names is never
_JOINT = f"[{_BLANK}{_HYPHEN}{_MIDDLE_DOT}_]+"
_ASCII_JOINT = r"[\s_-]+"
_ASCII_DROPPED = bytes([*range(0x21), 0x7F]) + b"-_"
_ASCII_HIDDEN = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), 0x7F])
_ASCII_KEPT = re.compile(r"[0-9][\s_-]+[0-9]|(?:^|[^a-z0-9\s_-])[\s_]*-|-[\s_]*(?:$|[^a-z0-9\s_-])")
"""Where a hyphen or blank of an ASCII name may matter, so that it is looked at more closely."""
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u2032"), "'")


def fold(name: str) -> str:
    """Return `name` as it is compared and looked up: two names are one where this is the same.

    Without a part in it are case, width, composed and decomposed letters, invisible characters, blanks, hyphens and
    underscores, of whatever kind. They count only where they tell names apart: between two digits (`1-12` is neither
    `112` nor `11-2`) and, of hyphens, where no letter or digit stands on one side (`HER2-`, `(-)-catechin`). The
    result is empty only for a name in which nothing is seen.
    """
    if name.isascii():
        lower = name.lower()
        if not _ASCII_KEPT.search(lower):
            folded = lower.encode().translate(None, _ASCII_DROPPED).decode()
            if folded:
                return folded
        return re.sub(_ASCII_JOINT, _joint, lower.translate(_ASCII_HIDDEN))
    from unicodedata import normalize  # only names beyond ASCII need the tables

    text = name
    while True:  # what is dropped may leave letters that compose, which are then alike once more
        alike = normalize("NFKC", normalize("NFKC", text).casefold()).translate(_APOSTROPHES)
        folded = re.sub(_JOINT, _joint, re.sub(_HIDDEN, "", alike))
        if folded == text:
            return folded
        text = folded


def cleaned(name: str) -> str:
    """Return `name` as it is shown: composed, without invisible characters, with single blanks within and none around.

    A line break within stays one. Joiners (U+200C, U+200D), which some scripts need within a word, go too: they never
    tell names apart.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.split())
    from unicodedata import normalize

    seen = normalize("NFC", re.sub(_HIDDEN, "", name))
    return re.sub(f"[{_BLANK}]+", lambda run: "\n" if "\n" in run[0] else " ", seen).strip()


def as_id(text: str) -> str:
    """Return the id that was probably meant: `Black 1996` is `black-1996`."""
    from unicodedata import normalize

    joined = re.sub(_JOINT, "-", cleaned(normalize("NFKC", text)))
    return joined.strip("-").lower()


def plain_hyphens(text: str) -> str:
    """Return `text` with `-` for each kind of hyphen, dash and minus sign."""
    return text if text.isascii() else re.sub(f"[{_HYPHEN}]", "-", text)


def _joint(run: re.Match[str]) -> str:
    """Return what blanks, hyphens and the like between two other characters come to."""
    text, start, end = run.string, run.start(), run.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdecimal() and after.isdecimal():
        return "." if run[0] in _MIDDLE_DOT else "-"
    if (before and _in_word(before) and after) or (before and after and _in_word(after)):
        return ""
    alone = not before and not after and not re.fullmatch(f"[{_BLANK}]+", run[0])
    return "-" if alone or re.search(f"[{_HYPHEN}]", run[0]) else ""


def _in_word(character: str) -> bool:
    if character.isalnum():
        return True
    from unicodedata import category

    return category(character)[0] == "M"
