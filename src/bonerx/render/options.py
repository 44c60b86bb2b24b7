"""What a renderer must know of the place its text goes to."""

from typing import NamedTuple


class Options(NamedTuple):
    """The page to draw on: its `width` in cells, whether `colour` may be used, and what it can show.

    `ascii` asks for symbols, rules and quotation marks of ASCII only. Where `encoding` is given, source characters
    that it lacks are written as escapes (`\\u7ef4`) before lines are laid out, so that the lines still fit.
    """

    width: int = 80
    colour: bool = False
    ascii: bool = False
    encoding: str | None = None
