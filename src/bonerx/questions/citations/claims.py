"""What an answer cites: its claims with their sentences, and its sources, as scripts get them."""

from collections.abc import Iterable
from typing import Any

from bonerx.model.regimen import IN_ORDER, agents_of
from bonerx.questions.citations.names import Words
from bonerx.questions.statements.match import STRENGTH
from bonerx.store.queries import Store

_SOURCE_FIELDS = (
    "id", "kind", "read_as", "authors", "title", "journal", "year", "volume", "pages",
    "doi", "pmid", "registration", "note",
)  # fmt: skip


class Citations:
    """The claims an answer rests on, numbered by sentence in the order in which they are first cited."""

    def __init__(self, store: Store, words: Words) -> None:
        self._store = store
        self._words = words
        self._bases: dict[str, str] = {}

    def cite(self, claims: Iterable[tuple[str, str]]) -> None:
        """Cite claims by id, each with how it bears; of two ways the stronger counts."""
        for id_, basis in claims:
            known = self._bases.get(id_)
            if known is None or STRENGTH.index(basis) < STRENGTH.index(known):
                self._bases[id_] = basis

    def settle(self, places: Iterable[int] | None = None) -> None:
        """Fetch what is cited, by the places of all of it where known; the rest can be asked from here on."""
        found = self._store.claims(self._bases) if places is None else self._store.claims(sorted(places), by="seq")
        self.hold((found[id_], basis) for id_, basis in self._bases.items())

    def hold(self, claims: Iterable[tuple[dict[str, Any], str]]) -> None:
        """Cite claims that are at hand, each with how it bears, and fetch the sentences and sources behind them."""
        self._claims = {}
        for claim, basis in claims:
            self._claims[claim["id"]] = claim
            self._bases[claim["id"]] = basis
        grounds = {sentence for claim in self._claims.values() for sentence in claim.get("sentences", ())}
        self._sentences = self._store.sentences(grounds)
        sources = {sentence["source"] for sentence in self._sentences.values()}
        sources.update(source for claim in self._claims.values() for source in claim.get("sources", ()))
        self._sources = self._store.records("sources", sources)
        self._numbers: dict[str, int] = {}
        self._resting: dict[str, list[dict[str, Any]]] = {}
        for claim in self._claims.values():
            for ground in grounds_of(claim):
                self._numbers.setdefault(ground, len(self._numbers) + 1)
                self._resting.setdefault(ground, []).append(claim)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of every quote by what it quotes, in order."""
        return self._numbers

    @property
    def sentences(self) -> dict[str, dict[str, Any]]:
        """The sentences that the cited claims rest on, by id."""
        return self._sentences

    def basis(self, claim: str) -> str:
        """Return how a cited claim bears on what is asked."""
        return self._bases[claim]

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        """The records of the sources that the cited claims rest on."""
        return self._sources

    @property
    def claims(self) -> dict[str, dict[str, Any]]:
        """The records of the cited claims, in the order in which they were cited."""
        return self._claims

    def refs(self, claims: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the quotes that these claims rest on."""
        return tuple(sorted({self._numbers[ground] for id_ in claims for ground in grounds_of(self._claims[id_])}))

    def claim_documents(self) -> list[dict[str, Any]]:
        """Return the cited claims in the fields of the JSON document."""
        return [
            claim_document(claim, self._sentences, self._words, self._bases[id_]) for id_, claim in self._claims.items()
        ]

    def source_documents(self) -> list[dict[str, Any]]:
        """Return the cited sources in the fields of the JSON document."""
        return list(map(source_document, self._sources.values()))

    def resting_on(self, ground: str) -> list[dict[str, Any]]:
        """Return the cited claims that rest on a sentence, or the claim that is its own ground."""
        return self._resting.get(ground, [])


def label(sentence: str) -> str:
    """Return a sentence's label within its source."""
    return sentence.split("/", 1)[1]


def sources_of(claim: dict[str, Any]) -> list[str]:
    """Return the ids of the sources a claim rests on."""
    found = [sentence.split("/", 1)[0] for sentence in claim.get("sentences", ())]
    found += claim.get("sources", ())
    return found if len(found) == 1 else list(dict.fromkeys(found))


def grounds_of(claim: dict[str, Any]) -> list[str]:
    """Return what a claim rests on: its sentences, else the claim itself, whose summary then stands in their place."""
    return claim.get("sentences") or [claim["id"]]


def hedge_cues(claim: dict[str, Any], lang: str) -> list[str]:
    """Return the words that show how strongly a claim is put, in one language."""
    return list(claim["hedge"].get("cues", {}).get(lang, ()))


def claim_document(claim: dict[str, Any], sentences: dict[str, Any], words: Words, basis: str) -> dict[str, Any]:
    """Return a claim in the fields of the JSON document; `basis` says how it bears on what is asked."""
    in_order = claim.get("combination") == "sequential"
    quotes = [_quoted(sentences[id_], words) for id_ in claim.get("sentences", ())]
    quote, translations = quotes[0] if quotes else (None, {})
    lang = quote["lang"] if quote else words.lang
    population = claim.get("population", {})
    return {
        "id": claim["id"],
        "kind": claim["kind"],
        "regimen": claim["regimen"] if in_order else sorted(claim["regimen"]),
        "comparator": sorted(claim["comparator"]) if claim.get("comparator") else None,
        "outcome": claim.get("outcome"),
        "direction": claim["direction"],
        "favours": claim.get("favours"),
        "hedge": {"level": claim["hedge"]["level"], "cues": hedge_cues(claim, lang)},
        "population": {
            "id": population.get("id"),
            "basis": population.get("basis", "not-stated"),
            "emphasis": population.get("emphasis"),
        },
        "setting": claim.get("setting"),
        "species": claim.get("species", "human"),
        "basis": basis,
        "quote": quote,
        "translations": translations,
        "summary": claim.get("summary"),
        "sentences": claim.get("sentences", []),
        "further_quotes": [{**further, "translations": others} for further, others in quotes[1:]],
        "sources": sources_of(claim),
        "combination": claim.get("combination", "concurrent" if len(claim["regimen"]) > 1 else "alone"),
        "named": claim.get("named", []),
        "retracted": claim.get("retracted", False),
        "note": claim.get("note"),
    }


def _quoted(sentence: dict[str, Any], words: Words) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a sentence as it is quoted, and its other languages."""
    lang, _ = words.passage(sentence)
    places = {
        other: {key: said[key] for key in ("text", "start", "end")} for other, said in sentence["passages"].items()
    }
    quote = {"source": sentence["source"], "sentence": label(sentence["id"]), "lang": lang, **places.pop(lang)}
    return quote, places


def source_document(source: dict[str, Any]) -> dict[str, Any]:
    """Return a source in the fields of the JSON document."""
    integrity = source.get("integrity", {})
    return {field: source.get(field) for field in _SOURCE_FIELDS} | {
        "integrity": {
            "status": integrity.get("status", "none-known"),
            "note": integrity.get("note"),
            "doi": integrity.get("doi"),
        }
    }


def regimen_list(regimen: str) -> list[str]:
    """Return a regimen's ids as the JSON document lists them: in order if sequential, else sorted."""
    agents = agents_of(regimen)
    return agents if IN_ORDER in regimen else sorted(agents)
