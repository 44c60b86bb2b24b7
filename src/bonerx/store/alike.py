"""Claims that differ only in the records they name are judged alike: the first in full, the others by their ids.

The lines of a large table are written by machine: between their ids, a million claims read in a few hundred ways. A
line that is, byte for byte, one that was proven before but for its ids is as valid as that one, and holds as long as
what the checks ask of the records it names holds of these too. Any other line is read and proven in full.
"""

import re
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import NamedTuple

from bonerx.evidence.ndjson import RECORD
from bonerx.model.claim import Claim
from bonerx.model.field import ID_PATTERN
from bonerx.model.kinds import Combination
from bonerx.model.regimen import regimen_id

_ID = re.compile(ID_PATTERN.encode())
_LONGEST_ID = 200
_FRAMES = 4_096
"""Most frames remembered; claims that fit none of them are read in full."""
_LAYOUTS = 8
"""Most layouts compared with one line."""
_REGIMENS = 10_000
"""Regimens of several agents remembered as written; beyond that some are offered to the store again."""
_FREE = ("setting", "summary", "note", "named", "sources", "rests_on_retracted", "draft")
"""Fields that make a claim unlike others, or that are proven by more than the ids it names."""

Row = tuple[object, ...]


class Cited(NamedTuple):
    """A sentence as a claim needs it: its number, its source, whether that stands, and its text by language."""

    seq: int
    source: str
    stands: bool
    texts: dict[str, str]


class Named(NamedTuple):
    """The records that claims may name so far, by the bytes of their ids; sentences at hand, else by looking."""

    agents: dict[bytes, str]
    outcomes: dict[bytes, str]
    populations: dict[bytes, tuple[str, str]]
    at_hand: dict[bytes, Cited]
    look: Callable[[bytes], Cited | None]


class Rows(NamedTuple):
    """Rows that wait to be written: claims, their sentences, and the agents of regimens that are new."""

    claims: list[Row]
    sentences: list[Row]
    agents: list[Row]


class _Frame(NamedTuple):
    """What claims share that differ in their ids only."""

    kind: str
    in_order: bool
    direction: str
    favours: str | None
    hedge: str
    cues: tuple[tuple[str, str], ...]
    species: str
    record: slice


class _Layout(NamedTuple):
    """Where the ids stand among the parts of a line between quotes, in the order of `fields`, and the frames around."""

    places: tuple[int, ...]
    pick: Callable[[list[bytes]], tuple[bytes, ...]]
    fields: tuple[str, ...]
    regimen: slice
    comparator: slice | None
    sentences: slice
    outcome: int
    population: int
    emphasis: int
    frames: dict[bytes, _Frame]


class Alike:
    """The frames of the claims proven so far; lines are numbered from `base`, and `rows` gathers what they say."""

    def __init__(self, named: Named, rows: Rows) -> None:
        self.base = 0
        self._named = named
        self._rows = rows
        self._layouts: dict[int, list[_Layout]] = {}
        self._count = 0
        self._written: set[str | None] = set()
        self._joint: set[str | None] = set()

    def learn(self, raw: bytes, claim: Claim) -> None:
        """Remember the frame of a line whose claim was read and proven in full."""
        begin = RECORD.match(raw)
        unlike = any(getattr(claim, field) for field in _FREE) or not claim.sentences
        if begin is None or unlike or self._count >= _FRAMES or b"\\" in raw or b"null" in raw:
            return
        parts = raw.split(b'"')
        slots = sorted(_slots(parts), key=lambda slot: (slot[0] != "id", slot))
        fields = tuple(field for field, _ in slots)
        places = tuple(at for _, at in slots)
        layouts = self._layouts.setdefault(len(parts), [])
        layout = next((one for one in layouts if one.places == places and one.fields == fields), None)
        if layout is None:
            if len(layouts) >= _LAYOUTS:
                return
            layout = _layout(fields, places)
            layouts.append(layout)
        self._count += 1
        for at in places:
            parts[at] = b""
        layout.frames[b'"'.join(parts)] = _Frame(
            claim.kind.value,
            claim.combination is Combination.SEQUENTIAL,
            claim.direction.value,
            claim.favours.value if claim.favours else None,
            claim.hedge.level.value,
            tuple((lang, cue) for lang, words in claim.hedge.cues.items() for cue in words),
            claim.species,
            slice(begin.end(), len(raw.rstrip()) - len(raw) or None),
        )

    def take(self, raw: bytes, number: int) -> bool:
        """Gather the rows of a line that is like one proven before; return whether it is for certain.

        A million lines pass here, so nothing is looked up that need not be.
        """
        parts = raw.split(b'"')
        for layout in self._layouts.get(len(parts), ()):
            ids = layout.pick(parts)
            for at in layout.places:
                parts[at] = b""
            frame = layout.frames.get(b'"'.join(parts))
            if frame is not None:
                break
            for at, id_ in zip(layout.places, ids, strict=True):
                parts[at] = id_
        else:
            return False
        agents, outcomes, populations, at_hand, look = self._named
        outcome = population = emphasis = against = None
        try:
            if layout.outcome:
                outcome = outcomes[ids[layout.outcome]]
            if layout.population:
                population, species = populations[ids[layout.population]]
                if species != frame.species:
                    return False
            if layout.emphasis:
                emphasis, _ = populations[ids[layout.emphasis]]
            regimen = [agents[agent] for agent in ids[layout.regimen]]
            comparator = [agents[agent] for agent in ids[layout.comparator]] if layout.comparator else None
        except KeyError:
            return False
        given = regimen[0]
        if len(regimen) > 1:
            given = regimen_id(regimen, "sequential" if frame.in_order else None)
            if not frame.in_order and len(set(regimen)) < len(regimen):
                return False
        if comparator:
            against = comparator[0] if len(comparator) == 1 else regimen_id(comparator)
            if sorted(comparator) == sorted(regimen) or len(set(comparator)) < len(comparator):
                return False
        cited = []
        for sentence in ids[layout.sentences]:
            one = at_hand.get(sentence) or look(sentence)
            if one is None or not one.stands:
                return False
            cited.append(one)
        for lang, cue in frame.cues:
            if cue not in cited[0].texts.get(lang, "") and not any(cue in one.texts.get(lang, "") for one in cited):
                return False
        id_ = ids[0]
        if len(id_) > _LONGEST_ID or _ID.fullmatch(id_) is None:
            return False
        seq = self.base + number
        claims, sentences, new = self._rows
        claims.append(
            (
                seq, id_.decode(), frame.kind, given, against, outcome, frame.direction, frame.favours, frame.hedge,
                population, emphasis, frame.species, cited[0].source, "{" + raw[frame.record].decode(),
            )
        )  # fmt: skip
        for one in cited:
            sentences.append((one.seq, seq))
        if given not in self._written and given not in self._joint:
            (self._written if len(regimen) == 1 else self._joint).add(given)
            new += [(agent, given) for agent in regimen]
        if comparator and against not in self._written and against not in self._joint:
            (self._written if len(comparator) == 1 else self._joint).add(against)
            new += [(agent, against) for agent in comparator]
        return True

    def forget_regimens(self) -> None:
        """Forget which regimens of several agents were written, when they have become many; the store has them."""
        if len(self._joint) > _REGIMENS:
            self._joint.clear()


def _layout(fields: tuple[str, ...], places: tuple[int, ...]) -> _Layout:
    """Return the layout of ids of these fields, the claim's own first, at these places."""

    def first(field: str) -> int:
        return fields.index(field) if field in fields else 0

    def among(field: str) -> slice:
        return slice(first(field), first(field) + fields.count(field))

    return _Layout(
        places,
        itemgetter(*places),
        fields,
        among("regimen"),
        among("comparator") if "comparator" in fields else None,
        among("sentences"),
        first("outcome"),
        first("population"),
        first("emphasis"),
        {},
    )


def _slots(parts: list[bytes]) -> Iterator[tuple[str, int]]:
    """Yield the field and place of every id of a claim's line, given in the parts between its quotes."""
    for path, at in strings(parts):
        match path:
            case ["id" | "outcome" as field]:
                yield field, at
            case ["regimen" | "comparator" | "sentences" as field, _]:
                yield field, at
            case ["population", "id"]:
                yield "population", at
            case ["population", "emphasis"]:
                yield "emphasis", at


def strings(parts: list[bytes]) -> Iterator[tuple[list[str | int], int]]:
    """Yield the path and place of every text of a JSON object without escapes, given in the parts between quotes."""
    path: list[str | int] = []
    for at, part in enumerate(parts):
        if at % 2 == 0:
            for mark in part.decode():
                if mark == "{":
                    path.append("")
                elif mark == "[":
                    path.append(0)
                elif mark in "]}":
                    path.pop()
        elif parts[at + 1].lstrip().startswith(b":"):
            path[-1] = part.decode()
        else:
            yield list(path), at
