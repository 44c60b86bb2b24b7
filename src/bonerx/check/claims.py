"""A claim says one thing, rests on something, and is worded as its sentences are."""

from collections.abc import Iterator

from bonerx.check.lookup import NO_RECORDS, Lookup
from bonerx.check.regimens import Flaw, flaws
from bonerx.evidence.origin import Problem
from bonerx.evidence.text import printable
from bonerx.model.claim import Claim
from bonerx.model.kinds import Direction, HedgeLevel, Integrity, PopulationBasis, Side
from bonerx.model.source import Sentence

_FAVOURED = {
    Direction.SUPERIOR: Side.REGIMEN,
    Direction.PREFERRED: Side.REGIMEN,
    Direction.INFERIOR: Side.COMPARATOR,
    Direction.NO_DIFFERENCE: None,
}
"""Whom a comparison favours when its direction says so by itself."""

_FARTHEST = 1_000
"""Most agents above one that are looked at for its classes."""

_ASSERTED, _NOT_STATED = HedgeLevel.ASSERTED, PopulationBasis.NOT_STATED


def faults_of(claim: Claim, known: Lookup) -> Iterator[Problem]:
    """Yield what is wrong with a claim beyond its types and references."""
    for path, message, hint in flaws_of(claim, known):
        yield Problem("claims", claim.id, path, message, hint)


def flaws_of(claim: Claim, known: Lookup) -> Iterator[Flaw]:
    """Yield what is wrong; a rule is asked only where it may have something to say, since there may be a million."""
    if claim.summary is not None or claim.sources or not claim.sentences:
        yield from _grounds(claim)
    if claim.hedge.cues or claim.hedge.level is not _ASSERTED:
        yield from _wording(claim, known)
    if claim.comparator is not None or claim.favours is not None:
        yield from _comparison(claim)
    if claim.named:
        yield from _named(claim, known)
    if claim.population.id is None or claim.population.basis is _NOT_STATED or known is not NO_RECORDS:
        yield from _population(claim, known)
    if known is not NO_RECORDS:
        yield from _integrity(claim, known)
    if len(claim.regimen) != 1 or claim.combination is not None:
        yield from flaws(claim.regimen, claim.combination)


def _grounds(claim: Claim) -> Iterator[Flaw]:
    if claim.summary is None:
        if not claim.sentences:
            hint = "name its `sentences`, or write a `summary` and name its `sources`"
            yield (), "the claim rests on nothing", hint
        elif claim.sources:
            hint = "leave `sources` out: the sentences name theirs"
            yield ("sources",), "the claim rests on sentences and names sources as well", hint
        return
    if claim.sentences:
        hint = "leave one of them out: a claim rests on sentences or is a summary, never both"
        yield ("summary",), "the claim has sentences and a summary", hint
    elif not claim.sources:
        yield ("summary",), "the summary names no source", "name its `sources`"
    if claim.summary.isspace():
        yield ("summary",), "the summary is blank", "say in your own words what the sources state"


def _wording(claim: Claim, known: Lookup) -> Iterator[Flaw]:
    cues = claim.hedge.cues
    if claim.hedge.level is not _ASSERTED and claim.summary is None and not any(cues.values()):
        hint = "give the words that show it in `cues`, such as `{en: [may be]}`"
        yield ("hedge",), f"the wording is `{claim.hedge.level.value}`, but no cue shows it", hint
    if not cues:
        return
    texts = _texts(claim, known)
    if texts is None:
        return
    for lang, words in cues.items():
        for number, cue in enumerate(words):
            standing = [text for of, text in texts if of in {lang, None}]
            if not standing:
                has = ", ".join(f"`{of}`" for of in dict.fromkeys(of for of, _ in texts) if of is not None)
                yield ("hedge", "cues", lang), f"no sentence of the claim is in `{lang}`", f"they are in {has}"
                break
            if not any(cue in text for text in standing):
                place = "a sentence of the claim" if claim.summary is None else "the summary"
                message = f"the cue `{printable(cue)}` does not stand in {place}"
                yield ("hedge", "cues", lang, number), message, _as_written(cue, standing, place)


def _texts(claim: Claim, known: Lookup) -> list[tuple[str | None, str]] | None:
    """Return language and text of what a cue may stand in; None where a sentence is not known."""
    if claim.summary is not None:
        return [(None, claim.summary)]
    found: list[Sentence | None] = [known.get("sentences", each) for each in claim.sentences]
    if not found or None in found:
        return None
    return [(lang, passage.text) for each in found if each is not None for lang, passage in each.passages.items()]


def _as_written(cue: str, texts: list[str], where: str) -> str:
    for text in texts:
        place = text.casefold().find(cue.casefold())
        if place >= 0 and len(text.casefold()) == len(text):
            return f"it writes `{printable(text[place : place + len(cue)])}`"
    return f"copy the words from {where}"


def _comparison(claim: Claim) -> Iterator[Flaw]:
    if claim.comparator is None:
        if claim.favours is not None:
            hint = "name the `comparator`, or leave `favours` out"
            yield ("favours",), "the claim favours a side but has no comparator", hint
        return
    yield from flaws(claim.comparator, field="comparator")
    if claim.comparator and sorted(claim.comparator) == sorted(claim.regimen):
        yield ("comparator",), "the claim compares a regimen with itself", "name what it is compared with"
    if claim.direction in _FAVOURED:
        right = _FAVOURED[claim.direction]
        if claim.favours is not right:
            said = "nobody" if claim.favours is None else f"the {claim.favours.value}"
            hint = "leave `favours` out" if right is None else f"favours: {right.value}"
            yield ("favours",), f"the direction is `{claim.direction.value}`, but the claim favours {said}", hint


def _named(claim: Claim, known: Lookup) -> Iterator[Flaw]:
    asked = set(claim.regimen) | set(claim.comparator or ())
    if not all(known.has("agents", each) for each in asked):
        return
    for number, member in enumerate(claim.named):
        if known.has("agents", member) and not asked & classes_of(member, known):
            hint = "`named` lists members of a class in the regimen or the comparator that the sentence names"
            yield ("named", number), f"`{member}` is no member of a class in this claim", hint


def classes_of(agent: str, known: Lookup) -> set[str]:
    """Return every class that an agent belongs to, by itself or as a form of another, at any distance."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [agent]
    while waiting:
        current = waiting.pop()
        record = known.get("agents", current)
        if current in seen or record is None or len(seen) >= _FARTHEST:
            continue
        seen.add(current)
        classes = [membership.of for membership in record.classes]
        found.update(classes)
        waiting += classes if record.broader is None else [*classes, record.broader]
    return found


def _population(claim: Claim, known: Lookup) -> Iterator[Flaw]:
    stated = claim.population
    if stated.id is None:
        if stated.basis is not PopulationBasis.NOT_STATED:
            hint = "name it in `id`, or write `basis: not-stated`"
            yield ("population", "basis"), f"the population is `{stated.basis.value}`, but none is named", hint
        return
    if stated.basis is PopulationBasis.NOT_STATED:
        hint = "write `stated` or `inherited`, or leave `id` out"
        yield ("population", "basis"), f"the population `{stated.id}` is named, but said to be not stated", hint
    population = known.get("populations", stated.id)
    if population is not None and population.species != claim.species:
        message = f"the claim is about `{claim.species}`, its population `{stated.id}` about `{population.species}`"
        yield ("species",), message, f"species: {population.species}"


def _integrity(claim: Claim, known: Lookup) -> Iterator[Flaw]:
    ids = set(claim.sources)
    for each in claim.sentences:
        sentence = known.get("sentences", each)
        if sentence is None:
            return
        ids.add(sentence.source)
    sources = [known.get("sources", each) for each in sorted(ids)]
    if not sources or None in sources:
        return
    retracted = all(source.integrity.status is Integrity.RETRACTED for source in sources)
    if retracted and not claim.rests_on_retracted:
        names = ", ".join(f"`{source.id}`" for source in sources)
        yield (), f"the claim rests on retracted sources only: {names}", "mark it with `rests_on_retracted: true`"
    elif claim.rests_on_retracted and not retracted:
        message = "the claim is marked as resting on retracted sources only, but a source of it stands"
        yield ("rests_on_retracted",), message, "leave the mark out"
