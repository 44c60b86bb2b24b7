"""Text laid out in cells: folded into lines where scripts allow it, with no character lost and none beyond the edge.

Rich folds at blanks only, which tears Chinese sentences apart; here lines may break between ideographs, and never
before a closing mark of punctuation.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from bonerx.render.look import Run, Runs

BLANKS = " \u3000"
FIRST_WIDE = "\u1100"
"""No character before this one takes two cells."""

NEVER_FIRST = BLANKS + ",.;:!?%)]}’”…、。々〉》」』】〕〗〞〟・ー！％），．：；？］｝～\u200c\u200d"
NEVER_LAST = BLANKS + "([{‘“〈《「『【〔〖〝（［｛\u200d"
"""Marks that belong to the word before them, and to the one behind."""

JOINTS = "-/_.,:;=&?)"
"""Where a word that is longer than a line is rather broken: after one of these."""


def width(runs: Iterable[Run]) -> int:
    """The cells that runs of text take on one line."""
    return cell_len("".join(run.text for run in runs))


def longest(runs: Runs) -> int:
    """The cells of the longest stretch that cannot be broken."""
    text = "".join(run.text for run in runs)
    return max((cell_len(text[start:end].rstrip(BLANKS)) for start, end in _segments(text, runs)), default=0)


def fold(runs: Runs, room: int, hang: int = 0) -> list[Runs]:
    """The runs as lines of at most `room` cells; only blanks at the ends of lines go.

    All lines but the first stand `hang` cells further in.
    """
    text = "".join(run.text for run in runs)
    if cell_len(text) <= room:
        return [runs]
    lines: list[tuple[int, int]] = []
    first = last = used = 0
    for start, end in _pieces(text, runs, room - hang):
        cells = cell_len(text[start:end])
        if used and used + cell_len(text[start:end].rstrip(BLANKS)) > room:
            lines.append((first, last))
            first, used = start, hang
        last, used = end, used + cells
    lines.append((first, last))
    cut = [_cut(runs, start, start + len(text[start:end].rstrip(BLANKS))) for start, end in lines]
    return [cut[0], *((Run(" " * hang), *line) for line in cut[1:])] if hang else cut


def _segments(text: str, runs: Runs) -> Iterator[tuple[int, int]]:
    """The stretches between the places where a line may end."""
    solid: list[tuple[int, int]] = []
    offset = 0
    for run in runs:
        if run.solid:
            solid.append((offset, offset + len(run.text)))
        offset += len(run.text)
    start = 0
    for end in _breaks(text):
        if not any(low < end < high for low, high in solid):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _breaks(text: str) -> Iterator[int]:
    """The places where a line may end: after blanks, and beside an ideograph, save next to some marks."""
    if max(text, default="") < FIRST_WIDE:
        place = text.find(" ") + 1
        while place:
            if place < len(text) and text[place] != " ":
                yield place
            place = text.find(" ", place) + 1
        return
    for place, (before, after) in enumerate(pairwise(text), 1):
        if before in BLANKS:
            if after not in BLANKS:
                yield place
        elif (before >= FIRST_WIDE or after >= FIRST_WIDE) and before not in NEVER_LAST and after not in NEVER_FIRST:
            sizes = get_character_cell_size(before), get_character_cell_size(after)
            if max(sizes) == 2 and sizes[1]:
                yield place


def _pieces(text: str, runs: Runs, room: int) -> Iterator[tuple[int, int]]:
    """The stretches to lay out: one that no line could hold is broken, at a blank, at a joint, or anywhere."""
    for start, end in _segments(text, runs):
        if cell_len(text[start:end].rstrip(BLANKS)) <= room:
            yield start, end
            continue
        for low, high in _segments(text[start:end], ()):
            yield from _broken(text, start + low, start + high, room)


def _broken(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    if cell_len(text[start:end].rstrip(BLANKS)) <= room:
        yield start, end
        return
    used, first, joint = 0, start, start
    for low, high, cells in split_graphemes(text[start:end])[0]:
        if used + cells > room and start + low > first:
            cut = joint if joint > first else start + low
            yield first, cut
            used, first = cell_len(text[cut : start + low]), cut
        used += cells
        if text[start + high - 1] in JOINTS:
            joint = start + high
    yield first, end


def _cut(runs: Runs, start: int, end: int) -> Runs:
    """The runs between two places of their text."""
    parts: list[Run] = []
    offset = 0
    for run in runs:
        low, high = max(start - offset, 0), min(end - offset, len(run.text))
        if low < high:
            parts.append(run._replace(text=run.text[low:high]))
        offset += len(run.text)
    return tuple(parts)
