"""Which statements does the table hold on agents, outcomes, sources or words?"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UnknownName, UsageError
from bonerx.model.regimen import IN_ORDER, TOGETHER
from bonerx.page import Cell, Column, Listing, Mark, Quote, Quotes, Section
from bonerx.questions.bearing import ask_regimen, related_regimens, strongest
from bonerx.questions.caveats import resting_on
from bonerx.questions.cited import Citations, grounds_of, source_document, sources_of
from bonerx.questions.quoted import TITLE, apart, found_in, quotes_on
from bonerx.questions.scope import ANY, ask_scope
from bonerx.questions.words import Words, counted
from bonerx.store.read import Store
from bonerx.store.select import Selection, count, select, sources

COLUMNS = (
    "id", "kind", "regimen", "comparator", "outcome", "direction", "favours", "hedge", "population",
    "species", "basis", "source", "sentences",
)  # fmt: skip


class Evidence(NamedTuple):
    """The question for the claims that options pick, `limit` of them from `offset` on."""

    agents: tuple[str, ...] = ()
    outcome: str | None = None
    source: str | None = None
    kind: str | None = None
    species: str = ANY
    hedge: str | None = None
    text: str | None = None
    population: str | None = None
    limit: int | None = None
    offset: int = 0
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return the claims in the order of the table; raise UnknownName for what the table does not know."""
        words = Words(store, self.lang)
        asked, relations, regimens = self._agents(store)
        outcome = store.find("outcomes", self.outcome) if self.outcome else None
        below = [name for name, how in store.kin("outcomes", outcome).items() if how != "broader"] if outcome else []
        scope = ask_scope(store, self.species, self.population)
        if self.source and store.record("sources", self.source) is None:
            raise UnknownName("source", self.source, _nearest(store, self.source))
        selection = Selection(
            agents=sorted(relations),
            regimens=sorted(regimens),
            outcomes=below,
            source=self.source,
            kind=self.kind,
            species=None if scope.species == ANY else scope.species,
            hedge=self.hedge,
            words=_split(self.text) if self.text else (),
            populations=sorted(name for name, how in (scope.kin or {}).items()),
        )
        total = count(store, selection)
        found = _Found(store, words, selection, relations, self.limit, self.offset)
        behind = list(store.records("sources", sources(store, selection)).values())
        headline = f"{counted(total, 'statement')}." if total else "No statement found."
        document = {
            "status": "answered" if total else "no-evidence",
            "query": {
                "command": "evidence",
                "agents": asked,
                "outcome": outcome,
                "source": self.source,
                "kind": self.kind,
                "species": scope.species,
                "hedge": self.hedge,
                "text": self.text,
                "population": scope.population,
                "limit": self.limit,
                "offset": self.offset,
            },
            "answer": {"claims": found.ids(), "count": total, "headline": headline},
            "claims": found.documents(),
            "sources": [source_document(source) for source in behind],
            "caveats": resting_on(behind),
        }
        narrowed = [words.name("outcomes", outcome)] if outcome else []
        narrowed += [words.name("populations", scope.population)] if scope.population else []
        narrowed += [part for part in (self.source, self.kind, self.hedge, self.text) if part]
        narrowed.append("any species" if scope.species == ANY else scope.species)
        title = f"Statements on {', '.join(map(words.regimen, asked))}" if asked else "Statements"

        def view() -> tuple[Section, ...]:
            return (found.listing(), Quotes(TITLE, found.quotes(self.text))) if total else ()

        return Answer(document, title, " · ".join(narrowed), headline, view, lambda: Records(COLUMNS, found.records()))

    def _agents(self, store: Store) -> tuple[list[str], dict[str, str], set[str]]:
        """Return the regimens asked, every agent that a claim on one may name, and the regimens asked as such."""
        relations: dict[str, str] = {}
        regimens: set[str] = set()
        asked = []
        for text in self.agents:
            if TOGETHER in text or IN_ORDER in text:
                regimen = ask_regimen(store, text)
                asked.append(regimen.id)
                regimens |= related_regimens(regimen)
                continue
            agent = store.find("agents", text)
            asked.append(agent)
            for other, how in store.kin("agents", agent).items():
                relations[other] = strongest([how, relations.get(other, how)]) or how
        return asked, relations, regimens


def _split(text: str) -> tuple[str, ...]:
    words = tuple(text.split())
    if not words:
        raise UsageError("the words to look for are empty", hint="give at least one word, as in `--text vertebral`")
    return words


class _Found:
    """The claims of a selection, read again by each face of the answer that is looked at, never all at once."""

    def __init__(
        self,
        store: Store,
        words: Words,
        selection: Selection,
        relations: dict[str, str],
        limit: int | None,
        offset: int,
    ) -> None:
        self._store = store
        self._words = words
        self._selected = (selection, limit, offset)
        self._relations = relations
        self._numbers: dict[str, int] = {}
        self._resting: dict[str, list[str]] = {}

    def _claims(self) -> Iterator[dict[str, Any]]:
        selection, limit, offset = self._selected
        return select(self._store, selection, limit, offset)

    def _basis(self, claim: dict[str, Any]) -> str:
        """Return how a claim bears on the agents asked: the strongest of the ways in which it names them."""
        named = claim.get("named", ())
        agents = (*claim["regimen"], *claim.get("comparator", ()))
        ways = [self._relations[agent] for agent in agents if agent in self._relations]
        if "by-class" in ways and any(self._relations.get(agent) == "stated" for agent in named):
            return "stated"
        return strongest(ways) or "stated"

    def ids(self) -> Iterator[str]:
        """Yield the ids of the claims."""
        return (claim["id"] for claim in self._claims())

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yield the claims in the fields of the JSON document."""
        for page in _pages(self._claims()):
            cited = Citations(self._store, self._words)
            cited.hold((claim, self._basis(claim)) for claim in page)
            yield from cited.claim_documents()

    def records(self) -> Iterator[tuple[Any, ...]]:
        """Yield the claims as flat rows."""
        for claim in self._claims():
            yield (
                claim["id"],
                claim["kind"],
                claim["regimen"],
                claim.get("comparator"),
                claim.get("outcome"),
                claim["direction"],
                claim.get("favours"),
                claim["hedge"]["level"],
                claim.get("population", {}).get("id"),
                claim.get("species", "human"),
                self._basis(claim),
                sources_of(claim)[0],
                claim.get("sentences", []),
            )

    def listing(self) -> Listing:
        """Return the claims as a person lists them; its rows number the quotes as they come."""
        labels = ("Claim", "Regimen", "Says", "Outcome", "Species")
        return Listing(None, tuple(map(Column, labels)), self._rows())

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        words = self._words
        for claim in self._claims():
            for ground in grounds_of(claim):
                self._numbers.setdefault(ground, len(self._numbers) + 1)
                self._resting.setdefault(ground, []).append(claim["id"])
            refs = tuple(sorted(self._numbers[ground] for ground in grounds_of(claim)))
            against = claim.get("comparator")
            outcome = claim.get("outcome")
            basis = self._basis(claim)
            notes = [f"to {words.regimen('+'.join(against))}"] if against else []
            notes += [] if basis == "stated" else [basis.replace("-", " ")]
            yield (
                Cell(claim["id"], "id"),
                Cell(words.regimen("+".join(claim["regimen"])), "regimen"),
                Cell(claim["direction"], "direction", refs, ", ".join(notes)),
                Cell(words.name("outcomes", outcome), "outcome") if outcome else Cell(None, "silent"),
                Cell(claim.get("species", "human")),
            )

    def quotes(self, text: str | None) -> Iterator[Quote]:
        """Yield the sentences behind the rows listed, with the words looked for marked."""
        hits = _split(text) if text else ()
        for page in _pages(iter(self._numbers.items())):
            cited = Citations(self._store, self._words)
            cited.cite((id_, "stated") for ground, _ in page for id_ in self._resting[ground])
            cited.settle()
            for quote in quotes_on(cited, self._words, dict(page)):
                marks = [*quote.marks, *found_in(quote.text, hits, "hit")]
                hit = [mark for mark in marks if mark.role == "hit"]
                yield quote._replace(marks=apart([*hit, *(mark for mark in marks if not _touches(mark, hit))]))


def _touches(mark: Mark, others: list[Mark]) -> bool:
    return any(mark.start < other.end and other.start < mark.end for other in others)


def _pages(items: Iterator[Any], size: int = 200) -> Iterator[list[Any]]:
    while page := list(islice(items, size)):
        yield page


def _nearest(store: Store, source: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    return tuple(get_close_matches(source, list(store.records("sources"))))
