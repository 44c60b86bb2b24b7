"""Claims that differ only in the records they name are judged alike: the first in full, the others by their ids.

The lines of a large table are written by machine: between their ids, a million claims read in a few hundred ways. A
line that is, byte for byte, one that was proven before but for its ids is as valid as that one, and holds as long as
what the checks ask of the records it names holds of these too. Any other line is read and proven in full.
"""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from bonerx.model.claim import Claim
from bonerx.model.field import ID_PATTERN
from bonerx.model.kinds import Combination
from bonerx.model.regimen import regimen_id
from bonerx.store.at_hand import Cited
from bonerx.store.build.rows import Rows
from bonerx.store.shape import SAME, TEXT, Value, shape_of, text_of

_LONGEST_ID = 200
_FRAMES = 4_096
"""Most frames remembered; claims that fit none of them are read in full."""
_LAYOUTS = 8
"""Most layouts compared with one line."""
_REGIMENS = 20_000
"""Regimens remembered as written; when they have become more, they are offered to the store again."""
_UNLIKE = ("named", "rests_on_retracted", "draft")
"""Fields of claims that are few, and proven by more than the ids they name."""
_NAMING = ("regimen", "comparator", "sentences", "sources", "outcome", "population.id", "population.emphasis")
_FREE = ("summary", "setting", "note")
"""Fields that hold any text."""


class Named(NamedTuple):
    """The records that claims may name so far, by the bytes of their ids; sentences at hand, else by looking."""

    agents: dict[bytes, str]
    outcomes: dict[bytes, str]
    populations: dict[bytes, tuple[str, str]]
    sources: dict[bytes, tuple[str, bool]]
    at_hand: dict[bytes, Cited]
    look: Callable[[bytes], Cited | None]


class _Frame(NamedTuple):
    """What claims share that differ in their ids only."""

    kind: str
    in_order: bool
    direction: str
    favours: str
    hedge: str
    cues: tuple[tuple[str, str], ...]
    species: str


class _Grounds(NamedTuple):
    """Where in the groups of a line is what a claim rests on."""

    sentences: slice
    sources: slice
    summary: int | None
    texts: tuple[int, ...]


class _Layout(NamedTuple):
    """What fits lines with the same fields, where in its groups the ids are, and the frames by the other values."""

    pattern: re.Pattern[bytes]
    begin: int
    id: int
    regimen: slice
    comparator: slice | None
    outcome: int | None
    population: int | None
    emphasis: int | None
    grounds: _Grounds
    others: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]
    frames: dict[tuple[bytes, ...], _Frame]


class Alike:
    """The frames of the claims proven so far; lines are numbered from `base`, and `rows` gathers what they say."""

    def __init__(self, named: Named, rows: Rows) -> None:
        self.base = 0
        self._named = named
        self._rows = rows
        self._layouts: dict[int, list[_Layout]] = {}
        self._count = 0
        self._regimens: tuple[dict[tuple[bytes, ...], str], ...] = ({}, {})

    def learn(self, raw: bytes, claim: Claim) -> None:
        """Remember the frame of a line whose claim was read and proven in full."""
        unlike = any(getattr(claim, field) for field in _UNLIKE)
        in_order = claim.combination is Combination.SEQUENTIAL
        if unlike or self._count >= _FRAMES or (in_order and claim.comparator):
            return
        layouts = self._layouts.setdefault(raw.count(b'"'), [])
        layout = next((known for known in layouts if known.pattern.fullmatch(raw)), None)
        if layout is None:
            layout = _layout(raw) if len(layouts) < _LAYOUTS else None
            if layout is None:
                return
            layouts.append(layout)
        match = layout.pattern.fullmatch(raw)
        if match is None:
            return
        self._count += 1
        layout.frames[layout.others(match.groups())] = _Frame(
            claim.kind.value,
            in_order,
            claim.direction.value,
            claim.favours.value if claim.favours else "",
            claim.hedge.level.value,
            tuple((lang, cue) for lang, words in claim.hedge.cues.items() for cue in words),
            claim.species,
        )

    def take(self, raw: bytes, number: int) -> bool:
        """Gather the rows of a line that is like one proven before; return whether it is for certain.

        A million lines pass here, so nothing is looked up that need not be.
        """
        for layout in self._layouts.get(raw.count(b'"'), ()):
            match = layout.pattern.fullmatch(raw)
            if match is not None:
                break
        else:
            return False
        groups = match.groups()
        _, begin, id_at, regimen_at, against_at, outcome_at, population_at, emphasis_at, at, others, frames = layout
        frame = frames.get(others(groups))
        id_ = groups[id_at]
        if frame is None or len(id_) > _LONGEST_ID:
            return False
        kind, in_order, direction, favours, hedge, cues, species = frame
        named = self._named
        outcome = population = emphasis = against = ""
        try:
            if outcome_at is not None:
                outcome = named.outcomes[groups[outcome_at]]
            if population_at is not None:
                population, its_species = named.populations[groups[population_at]]
                if its_species != species:
                    return False
            if emphasis_at is not None:
                emphasis, _ = named.populations[groups[emphasis_at]]
        except KeyError:
            return False
        regimens = self._regimens[in_order]
        given = regimens.get(groups[regimen_at]) or self._regimen(groups[regimen_at], in_order=in_order)
        if against_at is not None:
            against = regimens.get(groups[against_at]) or self._regimen(groups[against_at], in_order=False)
            if not against or against == given:
                return False
        source = self._source(groups, at, cues, self.base + number) if given else None
        if source is None:
            return False
        self._rows.claim.append(
            (
                self.base + number, id_.decode(), kind, given, against, "", outcome, direction, favours, hedge,
                population, emphasis, species, source, 0, "{" + raw[begin:].decode(),
            )
        )  # fmt: skip
        return True

    def _source(
        self, groups: tuple[bytes, ...], at: _Grounds, cues: tuple[tuple[str, str], ...], seq: int
    ) -> str | None:
        """Return the first source that a claim rests on, and gather all; None where it is not certain that it may."""
        for text in at.texts:
            if text_of(groups[text]) is None:
                return None
        if at.summary is not None:
            return self._summarised(text_of(groups[at.summary]), groups[at.sources], cues, seq)
        at_hand, look = self._named.at_hand, self._named.look
        cited = []
        for sentence in groups[at.sentences]:
            one = at_hand.get(sentence) or look(sentence)
            if one is None or not one.stands:
                return None
            cited.append(one)
        if not cited:
            return None
        for lang, cue in cues:
            if not any(lang in one.passages and cue in one.passages[lang][2] for one in cited):
                return None
        for one in cited:
            self._rows.claim_sentence.append((one.seq, seq))
        return cited[0].source

    def _summarised(
        self, summary: str | None, sources: tuple[bytes, ...], cues: tuple[tuple[str, str], ...], seq: int
    ) -> str | None:
        """Return the first of the sources of a summary, and gather all; None where it is not certain that it may."""
        if summary is None or summary.isspace() or not all(cue in summary for _, cue in cues):
            return None
        found = [self._named.sources.get(source, ("", False)) for source in sources]
        if not found or not all(stands for _, stands in found):
            return None
        self._rows.claim_source.extend((source, seq) for source, _ in found)
        return found[0][0]

    def _regimen(self, ids: tuple[bytes, ...], *, in_order: bool) -> str:
        """Return how agents are written as a regimen, and gather which they are; empty where they can be none."""
        known = self._regimens[in_order]
        try:
            agents = [self._named.agents[agent] for agent in ids]
        except KeyError:
            return ""
        if not in_order and len(set(agents)) < len(agents):
            return ""
        if len(known) >= _REGIMENS:
            known.clear()
        written = known[ids] = regimen_id(agents, Combination.SEQUENTIAL if in_order else None)
        self._rows.regimen_agent.extend((agent, written) for agent in agents)
        return written


def _layout(raw: bytes) -> _Layout | None:
    """Return the layout of lines like a claim's; None where its values cannot be told apart."""
    shape = shape_of(raw, _group)
    if shape is None:
        return None
    names = [".".join(step for step in path if isinstance(step, str)) for path in shape.paths]

    def at(field: str) -> int | None:
        return names.index(field) if field in names else None

    def among(field: str) -> slice:
        first = at(field)
        return slice(0, 0) if first is None else slice(first, first + names.count(field))

    own = names.index("id")
    return _Layout(
        shape.pattern,
        shape.begin,
        own,
        among("regimen"),
        among("comparator") if "comparator" in names else None,
        at("outcome"),
        at("population.id"),
        at("population.emphasis"),
        _Grounds(
            among("sentences"),
            among("sources"),
            at("summary"),
            tuple(number for number, name in enumerate(names) if name in {"setting", "note"}),
        ),
        itemgetter(*(number for number, name in enumerate(names) if number != own and name not in (*_NAMING, *_FREE))),
        {},
    )


def _group(value: Value) -> bytes | None:
    if not value.is_text:
        return None
    if value.path == ("id",):
        return ID_PATTERN.strip("^$").encode()
    return TEXT if value.path[0] in _FREE else SAME
