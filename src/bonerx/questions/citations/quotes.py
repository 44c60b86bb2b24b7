"""What an answer cites as a person reads it: sentences in full, with what rests on them and the words that matter."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bonerx.page import Mark, Notes, Quote, Quotes, Section
from bonerx.questions.citations.claims import Citations, hedge_cues, label, sources_of
from bonerx.questions.citations.names import BASES, Words
from bonerx.questions.statements.later_findings import Later

TITLE = "In the sources' words"


def quotes(cited: Citations, words: Words) -> Quotes:
    """Return the sentences behind the cited claims, in the order of their numbers."""
    return Quotes(TITLE, quotes_on(cited, words, cited.numbers))


def closing(cited: Citations, words: Words, later: Later, steps: tuple[str, ...], caveats: list[str]) -> list[Section]:
    """Return how every answer ends: the sentences, what came after them, the way to it if asked for, what limits it."""
    since: list[Section] = [later.quotes(words, cited)] if later.findings else []
    explained: list[Section] = [Notes("How the answer follows", steps, numbered=True)] if steps else []
    return [quotes(cited, words), *since, *explained, Notes("What limits this answer", tuple(caveats))]


def quotes_on(cited: Citations, words: Words, numbers: dict[str, int]) -> Iterator[Quote]:
    """Yield the quotes of these sentences under these numbers; a curator's summary stands for a claim without one."""
    for ground, number in numbers.items():
        resting = cited.resting_on(ground)
        sources = [cited.sources[source] for source in sources_of(resting[0])]
        facts = tuple(dict.fromkeys(_fact(cited, words, claim) for claim in resting))
        sentence = cited.sentences.get(ground)
        if sentence is None:
            cite = "; ".join(map(words.cite, sources))
            warning = next(filter(None, map(words.warning, sources)), None)
            yield Quote(number, resting[0]["summary"], cite=cite, warning=warning, facts=facts, verbatim=False)
            continue
        source = cited.sources[sentence["source"]]
        lang, text = words.passage(sentence)
        cite = f"{words.cite(source)} · {label(ground)}"
        marks = _marks(words, text, lang, resting)
        warning = words.warning(source)
        yield Quote(number, text, verbatim=True, cite=cite, warning=warning, facts=facts, marks=marks)


def _fact(cited: Citations, words: Words, claim: dict[str, Any]) -> str:
    """Return one line on a claim: its sort, its wording, whom it is about."""
    cues = hedge_cues(claim, _language(cited, words, claim))
    hedge = claim["hedge"]["level"] + (f" ({', '.join(f'“{cue}”' for cue in cues)})" if cues else "")
    population = words.population(claim.get("population", {"basis": "not-stated"}))
    parts = [f"{claim['kind']}, {hedge}", population, claim.get("species", "human")]
    if claim.get("setting"):
        parts.append(f"setting: {claim['setting']}")
    if cited.basis(claim["id"]) != "stated":
        parts.append(BASES[cited.basis(claim["id"])])
    return " · ".join(parts)


def _language(cited: Citations, words: Words, claim: dict[str, Any]) -> str:
    for sentence in claim.get("sentences", ()):
        return words.passage(cited.sentences[sentence])[0]
    return words.lang


def _marks(words: Words, text: str, lang: str, claims: list[dict[str, Any]]) -> tuple[Mark, ...]:
    agents = {
        agent
        for claim in claims
        for agent in (*claim["regimen"], *claim.get("comparator", ()), *claim.get("named", ()))
    }
    marks = {mark for agent in agents for mark in found_in(text, words.all_names("agents", agent), "agent")}
    marks |= {mark for claim in claims for mark in found_in(text, hedge_cues(claim, lang), "cue")}
    return apart(marks)


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks in order, of overlapping ones the first and longest."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.role)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def found_in(text: str, words: Iterable[str], role: str) -> Iterator[Mark]:
    """Yield the places where any of the words stands in a text, whatever its case; a word of letters stands alone."""
    for word in words:
        alone = word.isascii() and word[:1].isalnum() and word[-1:].isalnum()
        pattern = rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])" if alone else re.escape(word)
        for hit in re.finditer(pattern, text, re.IGNORECASE):
            yield Mark(hit.start(), hit.end(), role)
