"""Where many quotations stand in one text, found together: the work grows with the text, not with text times table."""

from collections.abc import Iterable, Iterator

MOST = 1_000
"""Places that are told of one quotation."""
_ANCHORS = (16, 8)
"""Code points at the beginning of a quotation by which it is found; of a shorter one there are never many."""
_FEW = 8
"""Quotations up to which each is looked for by itself."""
_TRIES = 1_000
"""Places compared with one quotation; one that begins as half of the text does is looked for by itself."""


def find_all(text: str, quotations: Iterable[str]) -> dict[str, list[int]]:
    """Return the places in a text at which each quotation begins, overlapping ones too, at most the first thousand."""
    wanted = dict.fromkeys(quotations)
    found: dict[str, list[int]] = {}
    for longest, length in zip((None, *_ANCHORS), _ANCHORS, strict=False):
        these = [each for each in wanted if len(each) >= length and (longest is None or len(each) < longest)]
        if len(these) > _FEW:
            found |= _together(text, these, length)
    return {each: found[each] if each in found else list(_alone(text, each)) for each in wanted}


def _together(text: str, quotations: list[str], length: int) -> dict[str, list[int]]:
    """Return the places of quotations by going through the text once, without those that begin too often in it."""
    by_anchor: dict[str, list[str]] = {}
    for each in quotations:
        by_anchor.setdefault(each[:length], []).append(each)
    candidates: dict[str, list[int]] = {anchor: [] for anchor in by_anchor}
    for at in range(len(text) - length + 1):
        held = candidates.get(text[at : at + length])
        if held is not None and len(held) <= _TRIES:
            held.append(at)
    return {
        each: [at for at in candidates[anchor] if text.startswith(each, at)][:MOST]
        for anchor, those in by_anchor.items()
        if len(candidates[anchor]) * len(those) <= _TRIES * _FEW and len(candidates[anchor]) <= _TRIES
        for each in those
    }


def _alone(text: str, quotation: str) -> Iterator[int]:
    at = text.find(quotation)
    for _ in range(MOST):
        if at < 0:
            return
        yield at
        at = text.find(quotation, at + 1)
