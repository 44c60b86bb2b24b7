"""Letters that a figure's font lacks, such as Chinese or emoji: drawn in a font of the machine that has them.

A file of a font is asked for each letter, which is quick; the library's own list of fonts may be older than the fonts.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from bonerx.render.options import Options
from bonerx.render.visible import HARMLESS, visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLED = ("bold", "italic", "oblique", "light", "thin", "black", "medium", "mono", "serif", "condensed")
"""What the name of a font holds that is not the upright one of usual weight, without serifs: those come first."""
LEFT_TO_RIGHT = "\u200e"
MOST_SHOWN = 12
"""Letters that are named where they are lacking."""
JOINING = (*HARMLESS, *map(chr, range(0xFE00, 0xFE10)))
"""What changes the letters around it and is no letter: joiners, and marks that choose the form of one."""


def settle(figure: Figure, *, as_text: bool) -> str | None:
    """Give every text of a figure the fonts that it needs; return what is lacking, None where nothing is.

    Third-party text is data: what would be obeyed rather than seen is written as an escape, as it is anywhere. What is
    kept `as_text`, as in an SVG, is drawn by its reader, who may have other fonts.
    """
    from matplotlib import font_manager, rcParams
    from matplotlib.text import Text

    texts: list[Any] = figure.findobj(Text)
    for text in texts:
        text.set_text(visible(text.get_text(), Options()))
    letters = {letter for text in texts for letter in text.get_text() if not letter.isascii()}
    missing = letters - _had(letters, _opened(font_manager.findfont(font_manager.FontProperties()))) - {*JOINING}
    families = []
    for path in _covering(missing, sorted(font_manager.findSystemFonts(), key=_plainness)):
        font_manager.fontManager.addfont(path)
        font = font_manager.get_font(path)
        families.append(font.family_name)
        missing -= _had(missing, font)
    for text in texts if families else ():
        text.set_fontfamily([*rcParams["font.family"], *families])
    if as_text:
        return None
    for text in texts:
        text.set_text(_in_our_order(_unjoined(text.get_text(), missing)))
    return _lacking("".join(sorted(missing)), letters)


def _unjoined(text: str, missing: set[str]) -> str:
    """Return a text without what joins letters that are missing: the boxes for them would overlap."""
    kept = []
    for place, letter in enumerate(text):
        beside = {*text[max(place - 2, 0) : place], *text[place + 1 : place + 2]}
        if letter not in JOINING or beside.isdisjoint(missing):
            kept.append(letter)
    return "".join(kept)


def _in_our_order(text: str) -> str:
    """Return a text that is read from left to right, as our lines are, though it begins with a name that is not."""
    strong = [way for letter in text if (way := bidirectional(letter)) in ("L", "R", "AL")]
    return LEFT_TO_RIGHT + text if strong and strong[0] != "L" and "L" in strong else text


def _lacking(missing: str, letters: Iterable[str]) -> str | None:
    from matplotlib import ft2font

    if missing:
        shown = missing if len(missing) <= MOST_SHOWN else f"{missing[:MOST_SHOWN]}…"
        return f"no font of this machine has the letters {shown}: the figure has boxes for them; an `.svg` keeps them"
    # From 3.11 on the library sets text with libraqm, which joins letters and turns the direction.
    if not hasattr(ft2font, "__libraqm_version__") and any(bidirectional(each) in ("R", "AL") for each in letters):
        return (
            "matplotlib before 3.11 sets words of right-to-left scripts in the wrong order; an `.svg` keeps them right"
        )
    return None


def _covering(letters: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Return the fonts to take for some letters: the first with all of them, else those with most, one by one."""
    wanted = set(letters)
    if not wanted:
        return []
    found: dict[str, set[str]] = {}
    for path in paths:
        had = _had(wanted, _opened(path))
        if had == wanted:
            return [path]
        if had:
            found[path] = had
    chosen = []
    while found:
        best = max(found, key=lambda path: len(found[path]))  # of several alike the first, which is the plainest
        taken = found.pop(best)
        chosen.append(best)
        found = {path: left for path, had in found.items() if (left := had - taken)}
    return chosen


def _opened(path: str) -> Any:
    """Return a font that can be drawn at any size, None for another: one of coloured pictures, or no font at all."""
    from matplotlib.ft2font import FT2Font

    with suppress(OSError, RuntimeError):
        font = FT2Font(path)
        return font if font.scalable else None
    return None


def _had(letters: set[str], font: Any) -> set[str]:
    return set() if font is None else {letter for letter in letters if font.get_char_index(ord(letter))}


def _plainness(path: str) -> tuple[int, str]:
    name = Path(path).name.casefold().replace("sans-serif", "").replace("sansserif", "")
    return sum(style in name for style in STYLED), name
