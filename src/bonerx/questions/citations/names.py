"""The words of an answer: names in the reader's language, verdicts and sources in plain sentences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bonerx.errors import UsageError
from bonerx.model.language import Wished
from bonerx.model.name import fold
from bonerx.model.regimen import IN_ORDER, agents_of
from bonerx.store.queries import Store
from bonerx.synthesis.effects.reasons import of_means

MOST_NAMED = 40
"""Most names in one sentence; whoever looks for the others reads the rows."""
MOST_REASONS = 3
"""Most trials left out that one sentence names with the reason."""
WARNED = ("retracted", "concern", "erratum", "corrected")
"""What is said of a source wherever it is shown, gravest first."""


BASES = {
    "stated": "stated",
    "by-class": "by class",
    "broader": "on something broader",
    "narrower": "on something narrower",
}
"""How a statement bears on what is asked, in words."""


class Words:
    """Names and phrases in one language, read from the store when first needed."""

    def __init__(self, store: Store, lang: str | None) -> None:
        languages = store.meta("languages") or ["en"]
        if lang is not None and lang not in languages:
            known = {fold(language): language for language in languages}
            lang = known.get(fold(lang), None if isinstance(lang, Wished) else lang)
        if lang is not None and lang not in languages:
            raise UsageError(f"no text of this table is in `{lang}`", hint=f"one of: {', '.join(languages)}")
        self._store = store
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        self.lang = lang or languages[0]

    def know(self, kind: str, ids: Iterable[str]) -> None:
        """Read the records of many ids at once, before they are named one by one."""
        missing = [id_ for id_ in ids if (kind, id_) not in self._known]
        for id_, record in self._store.records(kind, missing).items() if missing else ():
            self._known[kind, id_] = record

    def record(self, kind: str, id_: str) -> dict[str, Any]:
        """Return a record, empty where the table has none."""
        found = self._known.get((kind, id_))
        if found is None:
            self.know(kind, [id_])
            found = self._known.get((kind, id_), {})
        return found

    def name(self, kind: str, id_: str) -> str:
        """Return the name of an agent, outcome or population in the language, else in the table's first."""
        names = self.record(kind, id_).get("names", {})
        return str(names.get(self.lang) or next(iter(names.values()), id_))

    def all_names(self, kind: str, id_: str) -> list[str]:
        """Return every name and synonym of a record in every language."""
        record = self.record(kind, id_)
        return [
            *record.get("names", {}).values(),
            *(name for some in record.get("synonyms", {}).values() for name in some),
        ]

    def regimen(self, regimen: str) -> str:
        """Return what is given, by name."""
        joint = ", then " if IN_ORDER in regimen else " + "
        return joint.join(self.name("agents", agent) for agent in agents_of(regimen))

    def passage(self, sentence: dict[str, Any]) -> tuple[str, str]:
        """Return the language and text in which a sentence is quoted: the one asked for, else the original."""
        passages = sentence["passages"]
        lang = self.lang if self.lang in passages else next(iter(passages))
        return lang, passages[lang]["text"]

    def population(self, population: dict[str, Any]) -> str:
        """Return whom a claim is about and how its sentence says so."""
        emphasis = population.get("emphasis")
        stress = f", emphasis on {self.name('populations', emphasis)}" if emphasis else ""
        if not population.get("id"):
            return f"population: not stated{stress}"
        return f"population: {self.name('populations', population['id'])}, {population['basis']}{stress}"

    def cite(self, source: dict[str, Any]) -> str:
        """Return a source in short: first author and year, else its id."""
        authors = source.get("authors")
        year = source.get("year")
        if not authors:
            return str(source["id"]) if not year or str(year) in source["id"] else f"{source['id']} ({year})"
        first = authors.split(",")[0].split(";")[0].strip().removesuffix(" et al.")
        family = first.rsplit(" ", 1)[0] if first.rsplit(" ", 1)[-1].isupper() else first
        return f"{family} {year}" if year else family

    def warning(self, source: dict[str, Any]) -> str | None:
        """Return what is known against a source, None where nothing is."""
        integrity = source.get("integrity", {})
        status = integrity.get("status", "none-known")
        if status not in WARNED:
            return None
        note = integrity.get("note")
        return f"{status.upper()}: {note}" if note else str(status.upper())


def among(words: Words, populations: Iterable[str | None], species: str = "human") -> str:
    """Return in whom statements are: the one population they name, and the species where it is not people."""
    named = set(populations)
    (population,) = named if len(named) == 1 else (None,)
    name = words.name("populations", population) if population else ""
    if species != "human":
        return f" in {species} studies" + (f" ({name})" if name else "")
    return f" in {name}" if name else ""


def hedged(verb: str, hedge: str | None) -> str:
    """Return a verb no stronger than the wording it reports: `favours`, `suggested to favour`, `may favour` …"""
    bare = verb.removesuffix("s")
    return {
        "asserted": verb,
        "suggested": f"suggested to {bare}",
        "possible": f"may {bare}",
        "proposed": f"proposed to {bare}",
    }.get(hedge or "asserted", verb)


def listed(items: Iterable[str], joint: str = "and") -> str:
    """Return items as a list in a sentence."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def named(ids: Sequence[str], name: Callable[[str], str]) -> str:
    """Return the names of ids as a list in a sentence, and of very many the first and how many more there are."""
    if len(ids) <= MOST_NAMED:
        return listed(map(name, ids))
    return f"{', '.join(map(name, ids[:MOST_NAMED]))} and {len(ids) - MOST_NAMED} more"


def left_out(excluded: Iterable[Mapping[str, Any]]) -> str | None:
    """Return which trials of means give no effect, each with the reason: `left out: one (…)`; None where all do."""
    found = [f"{one['study']} ({one['reason']})" for one in excluded if of_means(one["reason"])]
    if not found:
        return None
    rest = [f"{len(found) - MOST_REASONS} more"] if len(found) > MOST_REASONS else []
    return f"left out: {listed([*found[:MOST_REASONS], *rest])}"
