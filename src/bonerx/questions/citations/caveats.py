"""What limits an answer: how much it rests on, how old that is, and what the table does not speak of."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from bonerx.number import counted
from bonerx.questions.citations.names import WARNED, Words, listed, named
from bonerx.store.queries import Store

_KINDS = {
    "narrative-review": ("a narrative review", "narrative reviews"),
    "systematic-review": ("a systematic review", "systematic reviews"),
    "meta-analysis": ("a meta-analysis", "meta-analyses"),
    "randomised-trial": ("a randomised trial", "randomised trials"),
    "non-randomised-study": ("a non-randomised study", "non-randomised studies"),
    "trial-design": ("a design of a trial", "designs of trials"),
    "animal-study": ("an animal study", "animal studies"),
    "guideline": ("a guideline", "guidelines"),
    "correction": ("a correction", "corrections"),
    "other": ("a publication", "publications"),
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
    alike = Counter((source["kind"], source.get("year"), source["read_as"]) for source in known)
    parts = [_description(*each, times) for each, times in alike.items()]
    lines = [f"rests on {counted(len(known), 'source')}: {listed(parts)}"]
    for status in WARNED:
        named = [source["id"] for source in known if source.get("integrity", {}).get("status") == status]
        if named:
            weight = "; counted in no verdict" if status == "retracted" else ""
            lines.append(f"integrity: {status} ({', '.join(named)}){weight}")
    return lines


def _description(kind: str, year: int | None, read_as: str, times: int) -> str:
    one, several = _KINDS[kind]
    what = one if times == 1 else f"{times} {several}"
    return f"{what} {f'of {year}' if year else 'of unknown year'}, {READ[read_as]}"


def choosing(store: Store, words: Words, agents: Iterable[str], sources: Iterable[dict[str, Any]]) -> list[str]:
    """Return what a person who chooses a treatment must know that the statements leave out."""
    asked = sorted(set(agents))
    silent: dict[tuple[str, ...], list[str]] = {}
    for domain in ("harm", "interaction"):
        told = store.told_of(domain, asked)
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
