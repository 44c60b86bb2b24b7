"""Text laid out in cells: folded into lines where scripts allow it, with no character lost and none beyond the edge.

Rich folds at blanks only, which tears Chinese sentences apart; here lines may break between ideographs, and never
before a closing mark of punctuation.
"""

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, split_graphemes

from bonerx.render.look import Run, Runs

WIDE = (
    r"\u1100-\u115f\u2e80-\u303f\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    r"\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
NEVER_FIRST = (
    r"\s,.;:!?%)\]}\u2019\u201d\u2026\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u301e\u301f\u30fb\u30fc"
    r"\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff5e\u200c\u200d\u0300-\u036f\u3099\u309a"
    r"\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
)
NEVER_LAST = r"\s(\[{\u2018\u201c\u200d\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u301d\uff08\uff3b\uff5b"
BREAKS = re.compile(
    rf"(?<=[ \u3000])(?=[^ \u3000])|(?<=[{WIDE}])(?<![{NEVER_LAST}])(?=[^{NEVER_FIRST}])"
    rf"|(?<=[^{NEVER_LAST}])(?=[{WIDE}])(?![{NEVER_FIRST}])"
)
"""The places where a line may end: after a blank, and beside an ideograph, save before or after some marks."""

JOINTS = "-/_.,:;=&?)"
"""Where a word that is longer than a line is rather broken: after one of these."""


def width(runs: Iterable[Run]) -> int:
    """The cells that runs of text take on one line."""
    return cell_len("".join(run.text for run in runs))


def longest(runs: Runs) -> int:
    """The cells of the longest stretch that cannot be broken."""
    text = "".join(run.text for run in runs)
    return max((cell_len(text[start:end].rstrip(" ")) for start, end in _segments(text, runs)), default=0)


def fold(runs: Runs, room: int) -> list[Runs]:
    """The runs as lines of at most `room` cells; only blanks at the ends of lines go."""
    text = "".join(run.text for run in runs)
    if cell_len(text) <= room:
        return [runs]
    lines: list[tuple[int, int]] = []
    first = last = used = 0
    for start, end in _pieces(text, runs, room):
        cells = cell_len(text[start:end])
        if used and used + cell_len(text[start:end].rstrip(" ")) > room:
            lines.append((first, last))
            first, used = start, 0
        last, used = end, used + cells
    lines.append((first, last))
    return [_cut(runs, start, start + len(text[start:end].rstrip(" "))) for start, end in lines]


def _segments(text: str, runs: Runs) -> Iterator[tuple[int, int]]:
    """The stretches between the places where a line may end."""
    solid: list[tuple[int, int]] = []
    offset = 0
    for run in runs:
        if run.solid:
            solid.append((offset, offset + len(run.text)))
        offset += len(run.text)
    start = 0
    for match in BREAKS.finditer(text):
        end = match.start()
        if not any(low < end < high for low, high in solid):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _pieces(text: str, runs: Runs, room: int) -> Iterator[tuple[int, int]]:
    """The stretches to lay out: one that no line could hold is broken, at a blank, at a joint, or anywhere."""
    for start, end in _segments(text, runs):
        if cell_len(text[start:end].rstrip(" ")) <= room:
            yield start, end
            continue
        for low, high in _segments(text[start:end], ()):
            yield from _broken(text, start + low, start + high, room)


def _broken(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    if cell_len(text[start:end].rstrip(" ")) <= room:
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
