"""Draft claims of a sentence: what its words seem to say of known agents and outcomes, each for a person to decide.

A sentence is taken clause by clause. A direction word makes drafts of the agents before it (after it in the passive)
and the outcomes behind it (before it in the passive). Nothing is drafted from a denial that is not plain, no comparator
without a word that introduces it, no population at all, and nothing of an agent or outcome that is not known.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bonerx.draft import words
from bonerx.draft.mentions import Mention, Names, Taken, Words, matches, of_kind
from bonerx.draft.sides import Sides, compared, sides
from bonerx.draft.vocabulary import Vocabulary
from bonerx.model.claim import Claim, Hedge
from bonerx.model.kinds import Better, ClaimKind, Direction, Domain, HedgeLevel, Side
from bonerx.model.source import Sentence
from bonerx.model.vocabulary import Outcome

_MOST = 60
"""Names, or direction words, that a sentence may hold: one with more is a list, which says nothing in plain words."""
_NEAR = 80
"""Code points before a word in which a denial or a preposition is looked for."""
_REGIMEN = {Direction.SUPERIOR, Direction.PREFERRED}
_ABOUT_TREATMENT = {Direction.PREFERRED, Direction.RECOMMENDED, Direction.NOT_RECOMMENDED}
_MORE = {Direction.INCREASES, Direction.ENHANCES}
_LESS = {Direction.DECREASES, Direction.PREVENTS}


class Draft(NamedTuple):
    """A claim to be decided on, with the word it was drafted from as the sentence writes it."""

    claim: Claim
    word: str


class Hit(NamedTuple):
    """A direction word in a sentence: code points `start` to `end`, and what it says."""

    start: int
    end: int
    direction: Direction
    comparing: bool


def drafts(sentence: Sentence, names: Names, known: Vocabulary, *, species: str | None, retracted: bool) -> list[Draft]:
    """Return the draft claims of a sentence, read in its original language."""
    lang, passage = next(iter(sentence.passages.items()))
    text = passage.text
    mentions = names.find(text)
    if not of_kind(mentions, "agents") or len(mentions) > _MOST:
        return []
    read = Words(text)
    hedge = hedge_of(text, lang)
    species = _species(text) or species or "human"
    found: list[Draft] = []
    for start, end in _clauses(text, mentions):
        here = [each for each in mentions if start <= each.start < end]
        for hit, claimed, outcome in _statements(read, start, end, here, known):
            claim = Claim(
                id="draft",
                kind=_kind(hit, claimed, outcome),
                regimen=claimed.regimen,
                comparator=claimed.comparator,
                named=claimed.named,
                outcome=None if outcome is None else outcome.id,
                direction=hit.direction,
                favours=_favours(hit.direction, outcome) if claimed.comparator else None,
                hedge=hedge,
                species=species,
                sentences=(sentence.id,),
                rests_on_retracted=retracted,
                draft=True,
            )
            if all(claim != each.claim for each in found):
                found.append(Draft(claim, text[hit.start : hit.end]))
    return found


def hedge_of(text: str, lang: str) -> Hedge:
    """Return how strongly a sentence is worded by the words that weaken it, the weakest of them deciding."""
    cues: list[tuple[int, int]] = []
    taken = Taken()
    level = HedgeLevel.ASSERTED
    for weak, patterns in words.HEDGES.items():
        for match in matches(patterns, text):
            if taken.take(*match.span()):
                cues.append(match.span())
                level = weak if level is HedgeLevel.ASSERTED else level
    written = tuple(dict.fromkeys(text[start:end] for start, end in sorted(cues)))
    return Hedge(level=level, cues={lang: written} if written else {})


def _species(text: str) -> str | None:
    """Return the species of an animal that a sentence names, None where it names none."""
    return next((species for species, patterns in words.SPECIES.items() if any(matches(patterns, text))), None)


def _clauses(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    inside = [(each.start, each.end) for each in mentions]
    cuts = sorted(
        match.start()
        for match in matches(words.CLAUSES, text)
        if not any(start < match.start() < end for start, end in inside)
    )
    return list(pairwise([0, *cuts, len(text)]))


def _statements(
    read: Words, start: int, end: int, mentions: Sequence[Mention], known: Vocabulary
) -> list[tuple[Hit, Sides, Outcome | None]]:
    """Return what a clause seems to say: direction, sides, and outcome or none."""
    text = read.text
    agents, outcomes = of_kind(mentions, "agents"), of_kind(mentions, "outcomes")
    if not agents:
        return []
    hits = _hits(read, start, end, mentions)
    if len(hits) > _MOST:
        return []
    groups = compared(text, start, end, agents)
    agents = [each for each in agents if not any(each in group for group in groups)]
    found: list[tuple[Hit, Sides, Outcome | None]] = []
    spent: list[Mention] = []
    for number, hit in enumerate(hits):
        before = hits[number - 1].end if number else start
        after = hits[number + 1].start if number + 1 < len(hits) else end
        if hit.comparing:
            subjects, objects = agents, outcomes
        else:
            subjects = _subjects(text, agents, hits, number, before, after)
            objects = [each for each in outcomes if hit.end <= each.start < after]
            objects = objects or [each for each in outcomes if before <= each.start < hit.start and each not in spent]
            if not objects and any(_is_passive(text, hit.end, each) for each in subjects):
                objects = spent[-1:]
            spent += objects
        named: list[Outcome | None] = [known.outcomes[each] for each in dict.fromkeys(each.id for each in objects)]
        if not named and (hit.comparing or hit.direction is Direction.USED):
            named = [None]
        for claimed in sides(read, (start, end), subjects, groups, known, hit.start, hit.direction):
            found += [(hit, claimed, outcome) for outcome in named]
    return found


def _hits(read: Words, start: int, end: int, mentions: Sequence[Mention]) -> list[Hit]:
    """Return the direction words of a clause in order: those that compare, else those that act, else those for use."""
    text = read.text
    taken = [(each.start, each.end) for each in mentions]
    comparing = _of(words.COMPARING, read, start, end, taken, comparing=True)
    comparing = [each for each in comparing if _stands(text, start, each)]
    if comparing:
        return comparing
    acting = [_meant(text, start, each) for each in _of(words.ACTING, read, start, end, taken, comparing=False)]
    found = [each for each in acting if each is not None]
    return found or ([] if acting else _of({Direction.USED: words.USED}, read, start, end, taken, comparing=False))


def _of(
    listed: Mapping[Direction, tuple[str, ...]],
    read: Words,
    start: int,
    end: int,
    spans: Sequence[tuple[int, int]],
    *,
    comparing: bool,
) -> list[Hit]:
    taken = Taken(spans)
    return sorted(
        Hit(first, last, direction, comparing)
        for direction, patterns in listed.items()
        for first, last in read.spans(patterns)
        if start <= first and last <= end and taken.take(first, last)
    )


def _stands(text: str, start: int, hit: Hit) -> bool:
    """Return whether a comparing word is meant as it stands, rather than denied in a way a reader must judge."""
    if hit.direction in {Direction.NO_DIFFERENCE, Direction.NOT_RECOMMENDED}:
        return True
    return not _ends_with(words.DOUBTFUL, text[max(start, hit.start - _NEAR) : hit.start])


def _meant(text: str, start: int, hit: Hit) -> Hit | None:
    """Return what an acting word says once a plain denial before it is heard, None where a reader must judge."""
    near = max(start, hit.start - _NEAR)
    before = text[near : hit.start]
    if hit.direction is Direction.NO_EFFECT or re.search(words.NOT_ONLY, before, re.IGNORECASE):
        return hit
    denied = _ends_with(words.DENIED, before)
    if denied is not None:
        return Hit(near + denied, hit.end, Direction.NO_EFFECT, comparing=False)
    return None if _ends_with(words.DOUBTFUL, before) is not None else hit


def _ends_with(patterns: Sequence[str], before: str) -> int | None:
    """Return where the earliest of some expressions that end a text begins, None where none does."""
    found = [match.start() for pattern in patterns if (match := re.search(pattern, before, re.IGNORECASE))]
    return min(found, default=None)


def _subjects(
    text: str, agents: Sequence[Mention], hits: Sequence[Hit], number: int, before: int, after: int
) -> list[Mention]:
    """Return the agents of a direction word: those right before it, in the passive those behind it, else the last."""
    hit = hits[number]
    passive = [each for each in agents if hit.end <= each.start < after and _is_passive(text, hit.end, each)]
    if passive:
        return passive
    for first in (before, *(earlier.start for earlier in reversed(hits[:number])), 0):
        group = [each for each in agents if first <= each.start < hit.start]
        group = [
            each
            for each in group
            if not any(_is_passive(text, done.end, each) for done in hits[:number] if done.end <= each.start)
        ]
        if group:
            return group
    return [each for each in agents if hit.end <= each.start < after]


def _is_passive(text: str, after: int, agent: Mention) -> bool:
    return _ends_with(words.PASSIVE, text[max(after, agent.start - _NEAR) : agent.start]) is not None


def _kind(hit: Hit, claimed: Sides, outcome: Outcome | None) -> ClaimKind:
    if hit.direction in _ABOUT_TREATMENT:
        return ClaimKind.RECOMMENDATION
    if hit.direction is Direction.EMPHASIZED:
        return ClaimKind.PROPOSAL
    if hit.direction is Direction.USED:
        return ClaimKind.USAGE
    if claimed.comparator or hit.direction in {Direction.SUPERIOR, Direction.INFERIOR, Direction.NO_DIFFERENCE}:
        return ClaimKind.COMPARISON
    return ClaimKind.MECHANISM if outcome is not None and outcome.domain is Domain.MECHANISM else ClaimKind.EFFICACY


def _favours(direction: Direction, outcome: Outcome | None) -> Side | None:
    """Return whom a comparison favours where direction and outcome say so together, None where they do not."""
    if direction in _REGIMEN or direction is Direction.IMPROVES:
        return Side.REGIMEN
    if direction in {Direction.INFERIOR, Direction.WORSENS}:
        return Side.COMPARATOR
    if outcome is None or direction not in _MORE | _LESS:
        return None
    return Side.REGIMEN if (direction in _MORE) == (outcome.better is Better.HIGHER) else Side.COMPARATOR


def to_decide(claim: Claim) -> tuple[str, ...]:
    """Return, for each thing that only a reader can tell, what the draft says now."""
    hedge = claim.hedge
    cues = ", ".join(f"`{cue}`" for words in hedge.cues.values() for cue in words)
    against = "+".join(claim.comparator) if claim.comparator else None
    found = [f"direction: {claim.direction.value}", f"outcome: {claim.outcome or 'none named'}"]
    if len(claim.regimen) > 1:
        found.append(f"together: is {'+'.join(claim.regimen)} given as one regimen")
    found.append(f"comparator: {against or 'none stated'}")
    if claim.comparator:
        found.append(f"favours: {claim.favours.value if claim.favours else 'neither'}")
    population = claim.population.id or "not stated"
    found.append(f"population: {population}")
    found.append(f"hedge: {hedge.level.value}" + (f" by {cues}" if cues else " (no hedging word found)"))
    found.append(f"species: {claim.species}")
    if claim.kind is ClaimKind.RECOMMENDATION and hedge.level is HedgeLevel.ASSERTED:
        found.append("whose recommendation: the authors', or one they report")
    return tuple(found)
