"""Claims that differ only in the records they name are judged alike: the first in full, the others by their ids.

The lines of a large table are written by machine: between their ids, a million claims read in a few hundred ways. A
line that is, byte for byte, one that was proven before but for its ids is as valid as that one, and holds as long as
what the checks ask of the records it names holds of these too. Any other line is read and proven in full.
"""

import re
from collections.abc import Callable, Iterator, Mapping
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
_FREE = ("setting", "summary", "note", "named", "sources", "rests_on_retracted", "draft")
"""Fields that make a claim unlike others, or that are proven by more than the ids it names."""

Row = tuple[object, ...]


class Cited(NamedTuple):
    """A sentence as a claim needs it: its number, its source, whether that stands, and its text by language."""

    seq: int
    source: str
    stands: bool
    texts: Mapping[str, str]


class Named(NamedTuple):
    """The records that claims may name so far: ids by their bytes, populations with their species."""

    agents: dict[bytes, str]
    outcomes: dict[bytes, str]
    populations: dict[bytes, tuple[str, str]]
    sentence: Callable[[str], Cited | None]


class Found(NamedTuple):
    """A claim that holds: its row without its number, its sentences, and its agents by regimen."""

    row: Row
    sentences: tuple[int, ...]
    agents: tuple[tuple[str, str], ...]


class _Frame(NamedTuple):
    """What claims share that differ in their ids only."""

    kind: str
    in_order: bool
    direction: str
    favours: str | None
    hedge: str
    cues: tuple[tuple[str, str], ...]
    species: str
    cut: int


class _Layout(NamedTuple):
    """Where the ids stand among the parts of a line between quotes, field after field, and the frames around them."""

    places: tuple[int, ...]
    pick: Callable[[list[bytes]], tuple[bytes, ...]]
    fields: tuple[tuple[str, int, int], ...]
    frames: dict[bytes, _Frame]


class Alike:
    """The frames of the claims proven so far."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._layouts: dict[int, list[_Layout]] = {}
        self._count = 0

    def learn(self, raw: bytes, claim: Claim) -> None:
        """Remember the frame of a line whose claim was read and proven in full."""
        begin = RECORD.match(raw)
        unlike = any(getattr(claim, field) for field in _FREE) or not claim.sentences
        if begin is None or unlike or self._count >= _FRAMES or b"\\" in raw or b"null" in raw:
            return
        parts = raw.split(b'"')
        slots = list(_slots(parts))
        places = tuple(at for _, at in slots)
        fields: list[tuple[str, int, int]] = []
        for number, (field, _) in enumerate(slots):
            if fields and fields[-1][0] == field:
                fields[-1] = (field, fields[-1][1], number + 1)
            else:
                fields.append((field, number, number + 1))
        layouts = self._layouts.setdefault(len(parts), [])
        layout = next((one for one in layouts if one.places == places and one.fields == tuple(fields)), None)
        if layout is None:
            if len(layouts) >= _LAYOUTS:
                return
            layout = _Layout(places, itemgetter(*places), tuple(fields), {})
            layouts.append(layout)
        self._count += 1
        cues = tuple((lang, cue) for lang, words in claim.hedge.cues.items() for cue in words)
        layout.frames[_around(parts, places)] = _Frame(
            claim.kind.value,
            claim.combination is Combination.SEQUENTIAL,
            claim.direction.value,
            claim.favours.value if claim.favours else None,
            claim.hedge.level.value,
            cues,
            claim.species,
            begin.end(),
        )

    def read(self, raw: bytes) -> Found | None:
        """Return the claim of a line that is like one proven before; None where it takes reading in full to tell."""
        if b"\\" in raw:
            return None
        parts = raw.split(b'"')
        for layout in self._layouts.get(len(parts), ()):
            ids = layout.pick(parts)
            frame = layout.frames.get(_around(parts, layout.places))
            if frame is not None:
                return self._found(raw, frame, {field: ids[start:end] for field, start, end in layout.fields})
            for at, id_ in zip(layout.places, ids, strict=True):
                parts[at] = id_
        return None

    def _found(self, raw: bytes, frame: _Frame, ids: dict[str, tuple[bytes, ...]]) -> Found | None:
        """Return the claim of a frame with these ids, None unless all that depends on them holds for certain."""
        known = self._named
        (id_,) = ids["id"]
        regimen = tuple(known.agents.get(agent, "") for agent in ids["regimen"])
        comparator = tuple(known.agents.get(agent, "") for agent in ids.get("comparator", ()))
        outcome = known.outcomes.get(ids["outcome"][0]) if "outcome" in ids else None
        population = known.populations.get(ids["population"][0]) if "population" in ids else None
        emphasis = known.populations.get(ids["emphasis"][0]) if "emphasis" in ids else None
        if (
            _ID.fullmatch(id_) is None
            or len(id_) > _LONGEST_ID
            or not all(regimen)
            or not all(comparator)
            or (len(regimen) > 1 and not frame.in_order and len(set(regimen)) < len(regimen))
            or (len(comparator) > 1 and len(set(comparator)) < len(comparator))
            or (comparator and sorted(comparator) == sorted(regimen))
            or (outcome is None and "outcome" in ids)
            or (population is None and "population" in ids)
            or (population is not None and population[1] != frame.species)
            or (emphasis is None and "emphasis" in ids)
        ):
            return None
        cited = [known.sentence(sentence.decode("utf-8", "replace")) for sentence in ids["sentences"]]
        sentences = [one for one in cited if one is not None and one.stands]
        if len(sentences) < len(cited):
            return None
        for lang, cue in frame.cues:
            if not any(cue in one.texts.get(lang, "") for one in sentences):
                return None
        given = regimen[0] if len(regimen) == 1 else regimen_id(regimen, "sequential" if frame.in_order else None)
        against = regimen_id(comparator) if comparator else None
        row = (
            id_.decode(),
            frame.kind,
            given,
            against,
            "",
            outcome,
            frame.direction,
            frame.favours,
            frame.hedge,
            population[0] if population else None,
            emphasis[0] if emphasis else None,
            frame.species,
            sentences[0].source,
            0,
            "{" + raw[frame.cut :].decode().rstrip(),
        )
        agents = [(agent, given) for agent in regimen]
        if against is not None:
            agents += [(agent, against) for agent in comparator]
        return Found(row, tuple(one.seq for one in sentences), tuple(agents))


def _around(parts: list[bytes], places: tuple[int, ...]) -> bytes:
    """Return a line without what stands at some places; `parts` lose it too."""
    for at in places:
        parts[at] = b""
    return b'"'.join(parts)


def _slots(parts: list[bytes]) -> Iterator[tuple[str, int]]:
    """Yield the field and place of every id of a claim's line, given in the parts between its quotes."""
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
            match path:
                case ["id" | "outcome" as field]:
                    yield field, at
                case ["regimen" | "comparator" | "sentences" as field, _]:
                    yield field, at
                case ["population", "id"]:
                    yield "population", at
                case ["population", "emphasis"]:
                    yield "emphasis", at
