"""What a cell looks like: its words, the symbol before them and the style over them, by the role it plays."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from bonerx import number
from bonerx.page import Cell
from bonerx.render.options import Options
from bonerx.render.visible import own, visible

DASH = ("–", "-")

SYMBOLS = {
    "increases": ("▲", "^"),
    "decreases": ("▼", "v"),
    "maintains": ("▬", "="),
    "prevents": ("✓", "+"),
    "treats": ("✓", "+"),
    "causes": ("✗", "x"),
    "enhances": ("▲", "^"),
    "improves": ("✓", "+"),
    "worsens": ("✗", "x"),
    "no-effect": ("○", "o"),
    "superior": (">", ">"),
    "inferior": ("<", "<"),
    "no-difference": ("≈", "~"),
    "synergistic": ("⊕", "+"),
    "additive": ("+", "+"),
    "antagonistic": ("⊖", "x"),
    "preferred": ("★", "*"),
    "recommended": ("☆", "*"),
    "not-recommended": ("✗", "x"),
    "emphasized": ("◆", "!"),
    "used": ("•", "."),
    "supports": ("✓", "+"),
    "contradicts": ("✗", "x"),
    "qualifies": ("≈", "~"),
    "pending": ("…", "..."),
    "corrected": ("!", "!"),
    "erratum": ("!", "!"),
    "concern": ("!", "!"),
    "retracted": ("✗", "x"),
}
"""The symbol that stands before a word, for a screen that shows it and for ASCII; never without the word."""

WORDS = {"none-known": "none known", "concern": "expression of concern", "not-stated": "not stated"}
"""Values that read better than by taking the hyphens out."""

STYLES = {
    "title": "1",
    "scope": "2",
    "headline": "1",
    "head": "2",
    "rule": "2",
    "ref": "2",
    "agent": "1",
    "cue": "1;4;33",
    "hit": "7",
    "cite": "36",
    "fact": "2",
    "note": "2",
    "warning": "1;31",
    "id": "36",
    "silent": "2",
    "narrower": "2",
    "direction": "36",
    "verdict": "1",
    "asserted": "32",
    "suggested": "33",
    "possible": "33",
    "proposed": "35",
    "corrected": "33",
    "erratum": "33",
    "concern": "1;33",
    "retracted": "1;31",
    "supports": "32",
    "contradicts": "31",
    "qualifies": "33",
    "conflicting": "33",
    "undetermined": "2",
    "null": "2",
    "square": "36",
    "diamond": "1;36",
}
"""SGR codes by what a stretch of text is; colours of the sixteen that every terminal lets its user choose."""


WITH_SYMBOL = {"direction", "stance", "integrity"}
SOLID = {"direction", "stance", "integrity", "silent", "hedge", "narrower", "count", "number", "percent", "p"}
HEDGES = ("asserted", "suggested", "possible", "proposed")
SHORT = 22
"""Cells with roles of `SOLID` are a word or two and stay on one line up to this many characters."""


class Run(NamedTuple):
    """A stretch of text in one style; a `solid` one is not broken over lines while it fits on one."""

    text: str
    style: str = ""
    solid: bool = False


Runs = tuple[Run, ...]


def words(cell: Cell, options: Options, label: str = "") -> str:
    """A cell in words alone, with the numbers of the quotes it rests on."""
    phrase = ", ".join(_phrase(item, cell.role, options, label) for item in _items(cell))
    return " ".join(filter(None, [phrase, _note(cell, options), references(cell)]))


def runs(cell: Cell, options: Options, label: str = "") -> Runs:
    """A cell in symbol, words and style, without its references."""
    parts: list[Run] = []
    for item in _items(cell):
        if parts:
            parts.append(Run(", "))
        phrase, style = _phrase(item, cell.role, options, label), _style(item, cell.role)
        if cell.role == "estimate":
            effect, bracket, limits = phrase.partition("(")
            parts.append(Run(effect, style, solid=bool(effect.strip())))
            parts.append(Run(bracket + limits, style, solid=True))
            continue
        text = _symbol(item, phrase, cell.role, options) + phrase
        parts.append(Run(text, style, solid=cell.role in SOLID and len(text) <= SHORT))
    if cell.note:
        parts.append(Run(f" {_note(cell, options)}", STYLES["note"]))
    return tuple(parts)


def fact(text: str) -> Runs:
    """A line on a claim, such as `efficacy, suggested (“may”)`, with how strongly it is worded in colour."""
    for level in HEDGES:
        before, comma, after = text.partition(f", {level}")
        if comma:
            return Run(f"{before}, ", STYLES["fact"]), Run(level, STYLES[level]), Run(after, STYLES["fact"])
    return (Run(text, STYLES["fact"]),)


def references(cell: Cell) -> str:
    """The numbered quotes a cell rests on, `[2] [4]`."""
    return " ".join(f"[{number}]" for number in cell.refs)


def _items(cell: Cell) -> Iterable[Any]:
    return cell.value if isinstance(cell.value, list | tuple) and cell.role != "estimate" else (cell.value,)


def _note(cell: Cell, options: Options) -> str:
    return f"({own(cell.note, options)})" if cell.note else ""


def _symbol(value: Any, phrase: str, role: str, options: Options) -> str:
    """What stands before the words; that nothing is stated gets a dash, to stand in line with what is."""
    if role == "silent":
        return f"{DASH[options.ascii]} " if phrase.startswith("not ") else ""
    return f"{SYMBOLS[value][options.ascii]} " if role in WITH_SYMBOL and value in SYMBOLS else ""


def _phrase(value: Any, role: str, options: Options, label: str) -> str:
    """One value in words; what the column's label already says is left out."""
    if value is None:
        return DASH[options.ascii] if role == "silent" else number.UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    match role, value:
        case "count", int() | float():
            return number.count(value)
        case "number", int() | float():
            return number.number(value)
        case "percent", int() | float():
            return number.percent(value)
        case "p", int() | float():
            text = number.p_value(value)
            return text.removeprefix("p ").removeprefix("= ") if label.casefold().startswith("p") else text
        case "estimate", (effect, low, high, measure):
            return _estimate(effect, low, high, measure, label)
        case (("direction" | "stance" | "integrity" | "hedge" | "verdict"), str()):
            # An identifier is told from words by having no blank.
            text = WORDS.get(value, value if " " in value else value.replace("-", " "))
            return own(text, options)
        case (("silent" | "narrower" | "hedge"), _):
            return own(value, options)
        case _:
            return visible(value, options)


def _estimate(value: Any, low: Any, high: Any, measure: Any, label: str) -> str:
    if value is None and low is None and high is None:
        return number.UNKNOWN
    effect, limits = number.estimate(value, low, high, measure)
    named = measure and measure != "generic" and measure not in label.split()
    # An interval that has no value of its own, such as one of prediction, stands alone.
    return " ".join([measure] * bool(named) + [effect] * (value is not None) + [limits])


def _style(value: Any, role: str) -> str:
    if value is None:
        return STYLES["silent"]
    return STYLES.get(value if role in WITH_SYMBOL | {"hedge", "verdict"} and value in STYLES else role, "")
