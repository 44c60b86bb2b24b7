"""What limits an answer: how much it rests on, how old that is, and what the table does not speak of."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from bonerx.questions.words import WARNED, Words, counted, listed, named
from bonerx.store.domain import spoken_of
from bonerx.store.read import Store

_KINDS = {
    "narrative-review": "narrative review",
    "systematic-review": "systematic review",
    "meta-analysis": "meta-analysis",
    "randomised-trial": "randomised trial",
    "non-randomised-study": "non-randomised study",
    "trial-design": "design of a trial",
    "animal-study": "animal study",
    "guideline": "guideline",
    "correction": "correction",
    "other": "publication",
}
READ = {
    "full-text": "read in full",
    "part": "read in part",
    "abstract": "read as an abstract",
    "record": "known from its record",
    "secondary": "known from other publications",
}
"""How much of a source the curator has read, in words."""


def resting_on(sources: Iterable[dict[str, Any]]) -> list[str]:
    """Return how many sources an answer rests on, of which kind and year, how read, and what is known against them."""
    known = list(sources)
    if not known:
        return []
    described = Counter(_description(source) for source in known)
    parts = [f"{'a' if times == 1 else times} {text}" for text, times in described.items()]
    lines = [f"rests on {counted(len(known), 'source')}: {listed(parts)}"]
    for status in WARNED:
        named = [source["id"] for source in known if source.get("integrity", {}).get("status") == status]
        if named:
            weight = "; counted in no verdict" if status == "retracted" else ""
            lines.append(f"integrity: {status} ({', '.join(named)}){weight}")
    return lines


def _description(source: dict[str, Any]) -> str:
    year = source.get("year")
    dated = f"of {year}" if year else "of unknown year"
    return f"{_KINDS[source['kind']]} {dated}, {READ[source['read_as']]}"


def choosing(store: Store, words: Words, agents: Iterable[str], sources: Iterable[dict[str, Any]]) -> list[str]:
    """Return what a person who chooses a treatment must know that the statements leave out."""
    asked = sorted(set(agents))
    silent: dict[tuple[str, ...], list[str]] = {}
    for domain in ("harm", "interaction"):
        told = spoken_of(store, domain, asked)
        of_these = tuple(agent for agent in asked if agent not in told)
        silent.setdefault(of_these, []).append(f"{domain}s")
    lines = [
        f"no statement of this table is on {listed(domains, 'or')} of {named(ids, partial(words.name, 'agents'))}"
        for ids, domains in silent.items()
        if ids
    ]
    years = [source["year"] for source in sources if source.get("year")]
    if years:
        newest = max(years)
        lines.append(
            f"the newest source of these statements is of {newest}: newer drugs and guidelines are not in them"
        )
    return lines
