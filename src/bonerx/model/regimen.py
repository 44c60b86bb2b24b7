"""The one string that stands for a regimen: ids sorted and joined by `+`, or in order joined by `-then-`."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bonerx.model.name import cleaned, fold, plain_hyphens

TOGETHER = "+"
IN_ORDER = "-then-"
_PLUS = "+\uff0b\ufe62"
_OPENING, _CLOSING = "([{\uff08\uff3b\uff5b\u3010\u3014", ")]}\uff09\uff3d\uff5d\u3011\u3015"
_MOST_JOINTS = 40
_LONGEST = 10_000
"""Most signs of joining, and the longest text, that are looked at as joined names; nobody is given so many agents."""

Known = TypeVar("Known")


def regimen_id(agents: Iterable[str], combination: str | None = None) -> str:
    """Return the id of the regimen of `agents`; only a sequential one keeps their order."""
    if combination == "sequential":
        return IN_ORDER.join(agents)
    return TOGETHER.join(sorted(agents))


def agents_of(regimen: str) -> list[str]:
    """Return the ids of the agents in a regimen's id, in its order."""
    return regimen.split(IN_ORDER) if IN_ORDER in regimen else regimen.split(TOGETHER)


def is_joined(regimen: str) -> bool:
    """Return whether a regimen's id is one of several agents."""
    return TOGETHER in regimen or IN_ORDER in regimen


def parts_of(label: str) -> tuple[str, ...]:
    """Return what is given together by a label in a file of trials, as written, without blanks around.

    A `+` joins where something stands on both sides of it and it is in no brackets. A label with another `+`, as in
    `Ca2+`, only looks like a combination: it is a name, whole.
    """
    found = tuple(map(cleaned, _split(label)))
    return found if all(map(fold, found)) else (cleaned(label),)


def loose_parts(label: str) -> tuple[str, ...]:
    """Return what stands between the `+` of a label, folded and sorted, whether or not each of them joins two."""
    return tuple(sorted(map(fold, _split(label))))


def _split(label: str) -> list[str]:
    """Return what stands between the `+` that are in no brackets."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(label):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif sign in _PLUS and not depth:
            parts.append(label[start:place])
            start = place + 1
    return [*parts, label[start:]]


def label_key(label: str) -> tuple[str, ...]:
    """Return what two labels in a file of trials have in common where they stand for one regimen."""
    return tuple(sorted({fold(part) for part in parts_of(label)}))


def find_label(label: str, labels: Iterable[str]) -> str | None:
    """Return the one of `labels` that stands for the same regimen as `label`, None where there is none."""
    wanted = label_key(label)
    return next((known for known in labels if known == label or label_key(known) == wanted), None)


def read_joined(text: str, known: Callable[[str], Known | None]) -> list[Known] | None:
    """Return what `text` names together, each name `known` as a whole; None where it cannot be read so.

    A name may hold a `+` of its own (`calcium + vitamin D`), so of the ways to read a text the one with the longest
    names first is taken.
    """
    joints = [-1, *(place for place, sign in enumerate(text) if sign in _PLUS), len(text)]
    if len(joints) > _MOST_JOINTS + 2 or len(text) > _LONGEST:
        return None
    names: dict[tuple[int, int], Known | None] = {}
    hopeless: set[int] = set()

    def read(start: int) -> list[Known] | None:
        if start == len(joints) - 1:
            return []
        if start in hopeless:
            return None
        for end in range(len(joints) - 1, start, -1):
            if (start, end) not in names:
                part = text[joints[start] + 1 : joints[end]].strip()
                names[start, end] = known(part) if fold(part) else None
            name = names[start, end]
            rest = None if name is None else read(end)
            if name is not None and rest is not None:
                return [name, *rest]
        hopeless.add(start)
        return None

    return read(0)


def split_in_order(text: str) -> Sequence[str]:
    """Return the names in what is typed of agents one after the other (`a-then-b`, or as printed `a, then b`)."""
    if "then" not in text.casefold():
        return [text]
    return re.split(r"-then-|\s*[,\uff0c]\s*then\s+", plain_hyphens(text), flags=re.IGNORECASE)


def beside_nothing(text: str) -> list[str] | None:
    """Return the names in what is typed where a `+` has none on one side; None where every `+` joins two."""
    parts = re.split(f"[{_PLUS}]", text)
    return None if all(map(fold, parts)) else [part.strip() for part in parts if fold(part)]
