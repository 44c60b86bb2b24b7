"""Which statements does the table hold on agents, outcomes, sources or words?"""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UsageError
from bonerx.evidence.text import is_text
from bonerx.model.name import cleaned, plain_hyphens
from bonerx.model.regimen import agents_of, is_joined, regimen_id
from bonerx.page import Cell, Column, Listing, Mark, Quote, Quotes, Section
from bonerx.questions.citations.claims import Citations, grounds_of, regimen_list, sources_of
from bonerx.questions.citations.names import Words
from bonerx.questions.citations.quotes import TITLE, apart, found_in, quotes_on
from bonerx.questions.records.listing_size import Extent
from bonerx.questions.records.typed_ids import known_id
from bonerx.questions.statements.match import Asked, Kin, matches, parse, relate, related_regimens, strongest, weakest
from bonerx.questions.statements.scope import ANY, ask_scope
from bonerx.store.claim_queries import Selection, exists, select
from bonerx.store.queries import Store

COLUMNS = (
    "id", "kind", "regimen", "comparator", "outcome", "direction", "favours", "hedge", "population",
    "species", "basis", "source", "sentences",
)  # fmt: skip
UNSTATED = "No population stated, apart from the rest"


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
        scope = ask_scope(store, self.species, self.population)
        outcome = store.find("outcomes", self.outcome) if self.outcome else None
        kin = store.kin("outcomes", outcome) if outcome else {}
        asked = self._agents(store, {name: how for name, how in kin.items() if how != "broader"}, scope.kin or {})
        text = None if self.text is None else _as_in_texts(store, cleaned(self.text))
        source = None if self.source is None else known_id(store, "sources", self.source)
        selection = Selection(
            agents=sorted(asked.agents),
            regimens=sorted({id_ for regimen in asked.regimens for id_ in related_regimens(regimen)}),
            outcomes=list(asked.outcomes),
            source=source,
            kind=self.kind,
            species=None if scope.species == ANY else scope.species,
            hedge=self.hedge,
            words=() if text is None else _split(text),
            populations=sorted(asked.populations),
        )
        silent = selection._replace(populations=(), no_population=True) if scope.population else None
        any_found = exists(store, selection)
        found = _Found(store, words, selection, asked, self.limit, self.offset)
        any_apart = silent is not None and exists(store, silent)
        unstated = _Found(store, words, silent, asked, self.limit) if silent and any_apart else None
        both = [found, unstated] if unstated else [found]
        size = Extent(store, [selection, silent] if silent and any_apart else [selection])
        document = {
            "status": "answered" if any_found or any_apart else "no-evidence",
            "query": {
                "command": "evidence",
                "agents": list(asked.names),
                "outcome": outcome,
                "source": source,
                "kind": self.kind,
                "species": scope.species,
                "hedge": self.hedge,
                "text": text,
                "population": scope.population,
                "limit": self.limit,
                "offset": self.offset,
            },
            "answer": {
                "claims": found.ids(),
                "count": size.count,
                "population_not_stated": unstated.ids() if unstated else [],
                "headline": size.headline,
            },
            "claims": chain.from_iterable(each.documents() for each in both),
            "sources": size.sources(),
            "caveats": size.caveats(),
        }
        narrowed = [words.name("outcomes", outcome)] if outcome else []
        narrowed += [words.name("populations", scope.population)] if scope.population else []
        narrowed += [part for part in (source, self.kind, self.hedge, text) if part]
        narrowed.append("any species" if scope.species == ANY else scope.species)
        title = f"Statements on {', '.join(map(words.regimen, asked.names))}" if asked.names else "Statements"

        def view() -> tuple[Section, ...]:
            numbered = _Numbered()
            listings = [found.listing(numbered, None)] if any_found else []
            listings += [unstated.listing(numbered, UNSTATED)] if unstated else []
            return (*listings, Quotes(TITLE, found.quotes(numbered, text))) if listings else ()

        def records() -> Records:
            return Records(COLUMNS, chain.from_iterable(each.records() for each in both))

        return Answer(document, title, " · ".join(narrowed), size.headline, view, records)

    def _agents(self, store: Store, outcomes: Kin, populations: Kin) -> "_Wanted":
        """Return the agents and regimens asked, with everything that a claim on one of them may name."""
        agents: Kin = {}
        regimens: list[Asked] = []
        names = []
        for text in self.agents:
            names.append(parse(store, text))
            if is_joined(names[-1]):
                regimens.append(relate(store, names[-1]))
                continue
            for other, how in store.kin("agents", names[-1]).items():
                agents[other] = strongest([how, agents.get(other, how)]) or how
        return _Wanted(tuple(names), agents, tuple(regimens), outcomes, populations)


class _Wanted(NamedTuple):
    """What is asked for, with all that is related to it and how a claim on that bears."""

    names: tuple[str, ...]
    agents: Kin
    regimens: tuple[Asked, ...]
    outcomes: Kin
    populations: Kin

    def basis(self, claim: dict[str, Any]) -> str:
        """Return how a claim bears: by the strongest way in which it names what is asked, on what it is about."""
        named = frozenset(claim.get("named", ()))
        sides = [_regimen(claim)] + ([regimen_id(claim["comparator"])] if "comparator" in claim else [])
        ways = [self.agents[agent] for side in sides for agent in agents_of(side) if agent in self.agents]
        if "by-class" in ways and any(self.agents.get(agent) == "stated" for agent in named):
            ways.append("stated")
        ways += [match.basis for asked in self.regimens for side in sides for match in matches(side, asked, named)]
        about = [
            self.outcomes.get(claim.get("outcome", ""), "stated"),
            self.populations.get(claim.get("population", {}).get("id", ""), "stated"),
        ]
        return weakest([strongest(ways) or "stated", *about])


def _regimen(claim: dict[str, Any]) -> str:
    return regimen_id(claim["regimen"], claim.get("combination"))


class _Numbered:
    """The sentences behind the rows listed so far, numbered as they come, and the claims that rest on each."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.resting: dict[str, list[str]] = {}

    def refs(self, claim: dict[str, Any]) -> tuple[int, ...]:
        """Return the numbers of the sentences that a claim rests on, new ones where it is the first."""
        for ground in grounds_of(claim):
            self.numbers.setdefault(ground, len(self.numbers) + 1)
            self.resting.setdefault(ground, []).append(claim["id"])
        return tuple(sorted(self.numbers[ground] for ground in grounds_of(claim)))


def _as_in_texts(store: Store, text: str) -> str:
    """Return the words to look for: where no sentence holds them, with plain hyphens for those of other kinds."""
    plain = plain_hyphens(text)
    return text if plain == text or exists(store, Selection(words=_split(text))) else plain


def _split(text: str) -> tuple[str, ...]:
    words = tuple(text.split())
    if not is_text(text):
        raise UsageError(f"`{text}` is not text: it holds bytes of another encoding")
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
        wanted: _Wanted,
        limit: int | None,
        offset: int = 0,
    ) -> None:
        self._store = store
        self._words = words
        self._selected = (selection, limit, offset)
        self._basis = wanted.basis

    def _claims(self) -> Iterator[dict[str, Any]]:
        selection, limit, offset = self._selected
        return select(self._store, selection, limit, offset)

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
                regimen_list(_regimen(claim)),
                sorted(claim["comparator"]) if "comparator" in claim else None,
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

    def listing(self, numbered: _Numbered, title: str | None) -> Listing:
        """Return the claims as a person lists them; its rows number the quotes as they come."""
        labels = ("Claim", "Regimen", "Says", "Outcome", "Species")
        return Listing(title, tuple(map(Column, labels)), self._rows(numbered))

    def _rows(self, numbered: _Numbered) -> Iterator[tuple[Cell, ...]]:
        words = self._words
        for claim in self._claims():
            refs = numbered.refs(claim)
            against = claim.get("comparator")
            outcome = claim.get("outcome")
            basis = self._basis(claim)
            notes = [f"to {words.regimen(regimen_id(against))}"] if against else []
            notes += [] if basis == "stated" else [basis.replace("-", " ")]
            yield (
                Cell(claim["id"], "id"),
                Cell(words.regimen(_regimen(claim)), "regimen"),
                Cell(claim["direction"], "direction", refs, ", ".join(notes)),
                Cell(words.name("outcomes", outcome), "outcome") if outcome else Cell(None, "silent"),
                Cell(claim.get("species", "human")),
            )

    def quotes(self, numbered: _Numbered, text: str | None) -> Iterator[Quote]:
        """Yield the sentences behind the rows listed, with the words looked for marked."""
        hits = _split(text) if text else ()
        for page in _pages(iter(numbered.numbers.items())):
            cited = Citations(self._store, self._words)
            cited.cite((id_, "stated") for ground, _ in page for id_ in numbered.resting[ground])
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
