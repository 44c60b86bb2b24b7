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
from bonerx.store.rows import Rows
from bonerx.store.shape import Value, shape_of

_LONGEST_ID = 200
_FRAMES = 4_096
"""Most frames remembered; claims that fit none of them are read in full."""
_LAYOUTS = 8
"""Most layouts compared with one line."""
_REGIMENS = 20_000
"""Regimens remembered as written; when they have become more, they are offered to the store again."""
_FREE = ("setting", "summary", "note", "named", "sources", "rests_on_retracted", "draft")
"""Fields that make a claim unlike others, or that are proven by more than the ids it names."""
_NAMING = ("regimen", "comparator", "sentences", "outcome", "population.id", "population.emphasis")


class Named(NamedTuple):
    """The records that claims may name so far, by the bytes of their ids; sentences at hand, else by looking."""

    agents: dict[bytes, str]
    outcomes: dict[bytes, str]
    populations: dict[bytes, tuple[str, str]]
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


class _Layout(NamedTuple):
    """What fits lines with the same fields, where in its groups the ids are, and the frames by the other values."""

    pattern: re.Pattern[bytes]
    begin: int
    id: int
    regimen: slice
    comparator: slice | None
    sentences: slice
    outcome: int | None
    population: int | None
    emphasis: int | None
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
        unlike = any(getattr(claim, field) for field in _FREE) or not claim.sentences
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
        (
            _,
            begin,
            id_at,
            regimen_at,
            against_at,
            sentences_at,
            outcome_at,
            population_at,
            emphasis_at,
            others,
            frames,
        ) = layout
        groups = match.groups()
        frame = frames.get(others(groups))
        id_ = groups[id_at]
        if frame is None or len(id_) > _LONGEST_ID:
            return False
        kind, in_order, direction, favours, hedge, cues, species = frame
        _, outcomes, populations, at_hand, look = self._named
        outcome = population = emphasis = against = ""
        try:
            if outcome_at is not None:
                outcome = outcomes[groups[outcome_at]]
            if population_at is not None:
                population, its_species = populations[groups[population_at]]
                if its_species != species:
                    return False
            if emphasis_at is not None:
                emphasis, _ = populations[groups[emphasis_at]]
        except KeyError:
            return False
        regimens = self._regimens[in_order]
        given = regimens.get(groups[regimen_at]) or self._regimen(groups[regimen_at], in_order=in_order)
        if against_at is not None:
            against = regimens.get(groups[against_at]) or self._regimen(groups[against_at], in_order=False)
            if not against or against == given:
                return False
        if not given:
            return False
        cited = []
        for sentence in groups[sentences_at]:
            one = at_hand.get(sentence) or look(sentence)
            if one is None or not one.stands:
                return False
            cited.append(one)
        for lang, cue in cues:
            if not any(lang in one.passages and cue in one.passages[lang][2] for one in cited):
                return False
        seq = self.base + number
        rows = self._rows
        rows.claim.append(
            (
                seq, id_.decode(), kind, given, against, "", outcome, direction, favours, hedge, population, emphasis,
                species, cited[0].source, 0, "{" + raw[begin:].rstrip().decode(),
            )
        )  # fmt: skip
        for one in cited:
            rows.claim_sentence.append((one.seq, seq))
        return True

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
        among("sentences"),
        at("outcome"),
        at("population.id"),
        at("population.emphasis"),
        itemgetter(*(number for number, name in enumerate(names) if number != own and name not in _NAMING)),
        {},
    )


def _group(value: Value) -> bytes | None:
    if not value.is_text:
        return None
    return ID_PATTERN.strip("^$").encode() if value.path == ("id",) else rb'[^"\\]*+'
