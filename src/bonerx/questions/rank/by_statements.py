"""What comes first by what the sources recommend, what comes after it, and what is added to it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.model.regimen import TOGETHER, agents_of
from bonerx.number import counted
from bonerx.questions.citations.caveats import choosing, resting_on
from bonerx.questions.citations.claims import Citations, source_document
from bonerx.questions.citations.names import BASES, MOST_NAMED, Words, among, named
from bonerx.questions.statements.later_findings import later
from bonerx.questions.statements.ordering import Place, Tier, preferences, tiers
from bonerx.questions.statements.scope import Bearing, ask_scope
from bonerx.questions.statements.verdict import HEDGES
from bonerx.store.queries import Store

if TYPE_CHECKING:
    from bonerx.page import Section

MANNERS = {"stated": "", "by-class": "by class"}
"""How a regimen comes to its place, in words; what is stated needs none."""
BROADER = "on a broader population"


class AddOn(NamedTuple):
    """A regimen that is advised without being placed before another: combined with what it contains, or on its own."""

    regimen: str
    population: str | None
    emphasis: str | None
    direction: str
    hedge: str
    claims: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the advice in the fields of the JSON document."""
        return self._asdict() | {"claims": list(self.claims)}


class Rank(NamedTuple):
    """The question for the first line, in a population or in any."""

    population: str | None = None
    explain: bool = False
    as_of: int | None = None
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return the order that recommendations make; raise UnknownName for a population the table does not know."""
        words = Words(store, self.lang)
        scope = ask_scope(store, "human", self.population, self.as_of)
        bearings = [scope.bearing(statement, "stated") for statement in store.advice()]
        usable = [
            bearing for bearing in bearings if bearing and scope.lists(bearing) and not bearing.statement.retracted
        ]
        usable = [bearing for bearing in usable if bearing.basis != "narrower"]
        unstated = [bearing for bearing in bearings if bearing and not bearing.population_stated and not bearing.animal]
        ordering = [bearing for bearing in usable if _orders(bearing)]
        first = [bearing for bearing in usable if _first(bearing)]
        found = tiers(preferences(store, [*ordering, *first]))
        placing = {bearing.statement.id for bearing in (*ordering, *first)}
        rest = [bearing for bearing in usable if bearing.statement.id not in placing]
        add_on = _advised(bearing for bearing in rest if len(agents_of(bearing.statement.regimen)) > 1)
        single = _advised(bearing for bearing in rest if len(agents_of(bearing.statement.regimen)) == 1)
        placed = {id_ for tier in found for id_ in tier.claims}
        cited = Citations(store, words)
        all_ = (*ordering, *first, *rest, *unstated)
        cited.cite((bearing.statement.id, bearing.basis) for bearing in all_)
        cited.settle({bearing.statement.seq for bearing in all_})
        since = later(store, cited, scope)
        headline = _headline(words, found, [*add_on, *single], cited, since.contradictions(words, cited))
        answer: dict[str, Any] = {
            "tiers": [
                {
                    "rank": rank,
                    "regimens": [_place(place, scope.population) for place in tier.places],
                    "hedge": tier.hedge,
                    "claims": list(tier.claims),
                }
                for rank, tier in enumerate(found, 1)
            ],
            "add_on": [item.document() for item in add_on],
            "advised": [item.document() for item in single],
            "outweighed": [id_ for id_ in _ids([*ordering, *first]) if id_ not in placed],
            "population_not_stated": [bearing.statement.id for bearing in unstated],
            "findings": since.documents(cited),
            "headline": headline,
        }
        steps = _derivation(found, [*ordering, *first], add_on, unstated) if self.explain else ()
        if self.explain:
            answer["derivation"] = list(steps)
        regimens = [place.regimen for tier in found for place in tier.places] + [
            item.regimen for item in add_on + single
        ]
        agents = {agent for regimen in regimens for agent in agents_of(regimen)}
        caveats = resting_on(cited.sources.values()) + choosing(store, words, agents, cited.sources.values())
        document = {
            "status": "answered" if found or add_on or single else "no-evidence",
            "query": {"command": "rank", "population": scope.population, "as_of": scope.as_of},
            "answer": answer,
            "claims": cited.claim_documents(),
            "sources": [*cited.source_documents(), *map(source_document, since.unseen(cited))],
            "caveats": caveats,
        }

        def view() -> tuple[Section, ...]:
            from bonerx.questions.rank.view import sections

            return sections(words, cited, found, (add_on, single), since, steps, caveats)

        def records() -> Records:
            from bonerx.questions.rank.view import records

            return records(answer)

        narrowed = words.name("populations", scope.population) if scope.population else "any population"
        narrowed += f" · as of {scope.as_of}" if scope.as_of is not None else ""
        return Answer(document, "First line, by what the sources state", f"{narrowed} · human", headline, view, records)


def _ids(bearings: Iterable[Bearing]) -> list[str]:
    return [bearing.statement.id for bearing in bearings]


def _place(place: Place, population: str | None) -> dict[str, Any]:
    """Return a regimen's place in the fields of the JSON document."""
    on = "broader" if place.broader else "asked"
    return {"regimen": place.regimen, "basis": place.basis, "population": on if population else None}


def _orders(bearing: Bearing) -> bool:
    """Whether advice puts one regimen before another; with a comparator that it contains it is an addition to that."""
    statement = bearing.statement
    if statement.comparator is None or statement.favours is None:
        return False
    return not set(agents_of(statement.comparator)) < set(agents_of(statement.regimen))


def _first(bearing: Bearing) -> bool:
    """Whether advice names a first choice without saying before what."""
    return bearing.statement.comparator is None and bearing.statement.direction == "preferred"


def _advised(bearings: Iterable[Bearing]) -> list[AddOn]:
    groups: dict[tuple[str, str | None, str | None, str], list[Bearing]] = {}
    for bearing in bearings:
        statement = bearing.statement
        key = (statement.regimen, statement.population, statement.emphasis, statement.direction)
        groups.setdefault(key, []).append(bearing)
    return [
        AddOn(
            *key,
            hedge=max((bearing.statement.hedge for bearing in group), key=HEDGES.index),
            claims=tuple(bearing.statement.id for bearing in group),
        )
        for key, group in groups.items()
    ]


def _headline(words: Words, found: list[Tier], advised: list[AddOn], cited: Citations, later_says: list[str]) -> str:
    """Return the order in one sentence that says of which year it is."""
    if not found and not advised:
        return "No recommendation of this table answers what comes first."
    years = [source["year"] for source in cited.sources.values() if source.get("year")]
    since = f", none newer than {max(years)}" if years else ""
    clauses = []
    for rank, tier in enumerate(found, 1):
        names = []
        for basis, broader in dict.fromkeys((place.basis, place.broader) for place in tier.places):
            alike = [place for place in tier.places if (place.basis, place.broader) == (basis, broader)]
            on = f" ({BROADER})" if broader else ""
            names.append(f"{MANNERS[basis]} {named([place.regimen for place in alike], words.regimen)}{on}".strip())
        worded = "" if tier.hedge == "asserted" else f" ({tier.hedge})"
        clauses.append(f"{'first' if rank == 1 else 'then'} {', and '.join(names)}{worded}")
    for item in advised[:MOST_NAMED]:
        stress = f", with emphasis on {words.name('populations', item.emphasis)}" if item.emphasis else ""
        together = " together" if TOGETHER in item.regimen else ""
        direction = item.direction.replace("-", " ")
        whom = among(words, [item.population])
        clauses.append(f"{direction}{whom}: {words.regimen(item.regimen)}{together} ({item.hedge}{stress})")
    if len(advised) > MOST_NAMED:
        clauses.append(f"{len(advised) - MOST_NAMED} more recommendations")
    return f"By {counted(len(cited.sources), 'source')}{since}: {'; '.join([*clauses, *later_says])}."


def _derivation(
    found: list[Tier], ordering: list[Bearing], add_on: list[AddOn], unstated: list[Bearing]
) -> tuple[str, ...]:
    """Return the steps from the recommendations to the order."""
    steps = []
    for bearing in ordering:
        statement = bearing.statement
        named = f", naming {', '.join(sorted(statement.named))}" if statement.named else ""
        first, then = (statement.regimen, statement.comparator)[:: -1 if statement.favours == "comparator" else 1]
        what = f"`{first}` before `{then}`" if then else f"`{first}` first, before whom is not stated"
        steps.append(f"{statement.id}: {what}{named}; members not named follow by class")
    for rank, tier in enumerate(found, 1):
        places = ", ".join(
            f"`{place.regimen}` ({BASES[place.basis]}{f', {BROADER}' if place.broader else ''})"
            for place in tier.places
        )
        unordered = ", which no statement puts in order among themselves" if len(tier.places) > 1 else ""
        steps.append(f"rank {rank}: {places}{unordered}")
    steps += [f"added rather than ranked: `{item.regimen}` by {', '.join(item.claims)}" for item in add_on]
    if unstated:
        steps.append(
            f"set apart, since no population is stated: {', '.join(bearing.statement.id for bearing in unstated)}"
        )
    return tuple(steps)
