"""Which of two regimens do the sources favour, outcome by outcome, and in which words?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UsageError
from bonerx.questions.citations.caveats import choosing, resting_on
from bonerx.questions.citations.claims import Citations, source_document
from bonerx.questions.citations.names import Words
from bonerx.questions.compare.headline import derivation, headline_of, scope_words
from bonerx.questions.statements.collect import Row, by_class, gather, ids, in_order
from bonerx.questions.statements.later_findings import later
from bonerx.questions.statements.match import ask_regimen
from bonerx.questions.statements.scope import ask_scope
from bonerx.questions.trial_estimates.estimates import NO_NUMBERS, Numbers, clauses, limits, numbers
from bonerx.store.queries import Store

if TYPE_CHECKING:
    from bonerx.page import Section


class Compare(NamedTuple):
    """The question `a` or `b`, on one outcome or on all, within a scope."""

    a: str
    b: str
    outcome: str | None = None
    population: str | None = None
    species: str = "human"
    explain: bool = False
    network: bool = False
    include_flagged: bool = False
    as_of: int | None = None
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return whom the statements favour; raise UnknownName for what the table does not know."""
        words = Words(store, self.lang)
        one, other = ask_regimen(store, self.a), ask_regimen(store, self.b)
        if one.id == other.id:
            raise UsageError(f"both sides are `{one.id}`: a comparison needs two regimens")
        scope = ask_scope(store, self.species, self.population, self.as_of)
        outcome = store.find("outcomes", self.outcome) if self.outcome else None
        sides = (one.id, other.id)
        measured = NO_NUMBERS
        if scope.on_people:
            measured = numbers(
                store, *sides, outcome, network=self.network, flagged=self.include_flagged, as_of=self.as_of
            )
        found = gather(store, one, other, scope, outcome, measured.outcomes)
        cited = Citations(store, words)
        cited.cite((bearing.statement.id, bearing.basis) for bearing in in_order(found))
        cited.settle()
        answered = measured.any or (found.any_evidence if outcome is None else found.any_on_an_outcome)
        since = later(store, cited, scope)
        stated = {row.outcome: row.verdict.side for row in found.rows}
        names = (words.regimen(one.id), words.regimen(other.id))
        beside = clauses(words, names, measured, stated, one=outcome is not None) + since.contradictions(words, cited)
        headline = headline_of(words, sides, found, outcome, scope, beside, answered=answered)
        caveats = resting_on(cited.sources.values())
        caveats += limits(measured, population=scope.population)
        caveats += choosing(store, words, {*one.agents, *other.agents}, cited.sources.values())
        answer: dict[str, Any] = {
            "overall": found.overall.document(sides),
            "preference": found.preference.document(sides),
            "outcomes": [_row_document(row, sides, measured) for row in found.rows],
            "animal": ids(found.animal),
            "general": {
                "a": ids(found.general[0]),
                "b": ids(found.general[1]),
                "by_class": {"a": by_class(found.general[0]), "b": by_class(found.general[1])},
            },
            "compared": ids(found.compared),
            "together": ids(found.together),
            "population_not_stated": ids(found.unstated),
            "estimates": list(measured.estimates),
            "published": list(measured.published),
            "findings": since.documents(cited),
            "headline": headline,
        }
        steps = derivation(words, (one, other), scope, found, cited) if self.explain else ()
        if self.explain:
            answer["derivation"] = list(steps)
        sources = cited.sources | since.sources | store.records("sources", measured.sources)
        document = {
            "status": "answered" if answered else "no-evidence",
            "query": {
                "command": "compare",
                "a": one.id,
                "b": other.id,
                "outcome": outcome,
                "population": scope.population,
                "species": scope.species,
                "network": self.network,
                "include_flagged": self.include_flagged,
                "as_of": self.as_of,
            },
            "answer": answer,
            "claims": cited.claim_documents(),
            "sources": list(map(source_document, sources.values())),
            "caveats": caveats,
        }

        def view() -> tuple[Section, ...]:
            from bonerx.questions.compare.view import sections
            from bonerx.questions.trial_estimates.view import sections as number_sections

            extra = number_sections(words, sides, measured, sources)
            return sections(words, sides, found, cited, extra, since, caveats, steps)

        def records() -> Records:
            from bonerx.questions.compare.view import records

            return records(found, sides)

        title = f"{words.regimen(one.id)}  or  {words.regimen(other.id)}?"
        return Answer(document, title, scope_words(words, scope, outcome), headline, view, records)


def _row_document(row: Row, sides: tuple[str, str], measured: Numbers) -> dict[str, Any]:
    verdict = row.verdict.document(sides)
    return {
        "outcome": row.outcome,
        **{field: verdict[field] for field in ("verdict", "favoured", "basis", "hedge")},
        "a": row.sides[0].document(),
        "b": row.sides[1].document(),
        "claims": ids(row.comparisons),
        "narrower": ids(row.narrower),
        "estimates": measured.on(row.outcome),
    }
