"""What do the sources say of agents given together, and against what?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UsageError
from bonerx.questions.citations.caveats import choosing, resting_on
from bonerx.questions.citations.claims import Citations, regimen_list, source_document
from bonerx.questions.citations.names import Words
from bonerx.questions.combo.headline import derivation, headline_of
from bonerx.questions.combo.trials import NO_TRIALS, combination_trials
from bonerx.questions.compare.headline import scope_words
from bonerx.questions.statements.collect import ADVICE, by_class, ids
from bonerx.questions.statements.later_findings import later
from bonerx.questions.statements.match import (
    STRENGTH,
    Asked,
    bears,
    matches,
    parse_all,
    relate,
    related_regimens,
    resolved,
)
from bonerx.questions.statements.scope import ANY, Bearing, Scope, ask_scope
from bonerx.questions.statements.verdict import Comparison, Verdict, favoured, judge
from bonerx.store.queries import Store

if TYPE_CHECKING:
    from bonerx.page import Section

_VERDICTS = {"favours-a": "favours-combination", "favours-b": "favours-comparator"}


class Versus(NamedTuple):
    """What statements say of the combination against one comparator on one outcome in one species.

    `preference` says that they are recommendations or proposals, which are never judged together with efficacy.
    """

    comparator: str
    outcome: str | None
    species: str
    preference: bool
    verdict: Verdict
    bearings: tuple[Bearing, ...]

    def document(self) -> dict[str, Any]:
        """Return the comparison in the fields of the JSON document."""
        return {
            "comparator": self.comparator,
            "outcome": self.outcome,
            "verdict": _VERDICTS.get(self.verdict.verdict, self.verdict.verdict),
            "basis": self.verdict.basis,
            "hedge": self.verdict.hedge,
            "species": self.species,
            "preference": self.preference,
            "claims": [bearing.statement.id for bearing in self.bearings],
        }


class Parts(NamedTuple):
    """What is said of a combination, of it against others, of animals, of no population, and of its agents alone."""

    combination: list[Bearing]
    versus: list[Versus]
    animal: list[Bearing]
    unstated: list[Bearing]
    components: dict[str, list[Bearing]]


class Combo(NamedTuple):
    """The question what is known of `agents` given together, on one outcome or on all, within a scope."""

    agents: tuple[str, ...]
    outcome: str | None = None
    population: str | None = None
    species: str = "human"
    explain: bool = False
    as_of: int | None = None
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return what is stated of the combination; raise UnknownName for what the table does not know."""
        words = Words(store, self.lang)
        asked = relate(store, parse_all(store, self.agents))
        if len(asked.agents) < 2:
            raise UsageError(f"a combination needs two agents or more, not only `{asked.id}`")
        scope = ask_scope(store, self.species, self.population, self.as_of)
        outcome = store.find("outcomes", self.outcome) if self.outcome else None
        within = {name for name, how in store.kin("outcomes", outcome).items() if how != "broader"} if outcome else None
        found = _on(store, asked, scope, within)
        listed_ = [bearing for bearing in found if scope.lists(bearing)]
        versus = _versus(store, asked, scope, within)
        parts = {
            agent: [b for b in _on(store, relate(store, agent), scope, within) if scope.lists(b)]
            for agent in asked.agents
        }
        by_basis = {basis: [bearing for bearing in listed_ if bearing.basis == basis] for basis in STRENGTH}
        animal = [bearing for bearing in found if bearing.animal]
        apart = [bearing for bearing in found if not bearing.population_stated and not bearing.animal]
        cited = Citations(store, words)
        for bearings in (listed_, *(item.bearings for item in versus), apart, animal, *parts.values()):
            cited.cite((bearing.statement.id, bearing.basis) for bearing in bearings)
        cited.settle()
        since = later(store, cited, scope)
        trials = combination_trials(store, asked, outcome, scope) if scope.on_people else NO_TRIALS
        name = words.regimen(asked.id)
        beside = trials.clause(words, name, asked=outcome is not None) if scope.on_people else []
        headline = headline_of(words, asked, by_basis, versus, animal, scope)
        headline = "; ".join([headline[:-1], *beside, *since.contradictions(words, cited)]) + "."
        answer: dict[str, Any] = {
            "regimen": regimen_list(asked.id),
            "stated": ids(by_basis["stated"]),
            "by_class": ids(by_basis["by-class"]),
            "broader": ids(by_basis["broader"]),
            "narrower": ids(by_basis["narrower"]),
            "versus": [item.document() for item in versus],
            "components": [
                {"agent": agent, "claims": ids(bearings), "by_class": by_class(bearings)}
                for agent, bearings in parts.items()
            ],
            "animal": ids(animal),
            "population_not_stated": ids(apart),
            "estimates": list(trials.estimates),
            "trials": list(trials.trials),
            "component_model": trials.components,
            "findings": since.documents(cited),
            "headline": headline,
        }
        steps = derivation(words, asked, scope, by_basis, versus, animal) if self.explain else ()
        if self.explain:
            answer["derivation"] = list(steps)
        caveats = resting_on(cited.sources.values()) + trials.limits()
        caveats += choosing(store, words, asked.agents, cited.sources.values())
        sources = cited.sources | since.sources | store.records("sources", trials.sources)
        document = {
            "status": "answered" if listed_ or apart or versus or trials.estimates else "no-evidence",
            "query": {
                "command": "combo",
                "agents": list(asked.agents),
                "outcome": outcome,
                "population": scope.population,
                "species": scope.species,
                "as_of": scope.as_of,
            },
            "answer": answer,
            "claims": cited.claim_documents(),
            "sources": list(map(source_document, sources.values())),
            "caveats": caveats,
        }

        def view() -> tuple[Section, ...]:
            from bonerx.questions.combo.view import sections

            return sections(words, cited, Parts(listed_, versus, animal, apart, parts), trials, since, steps, caveats)

        def records() -> Records:
            from bonerx.questions.combo.view import records

            return records(answer)

        title = f"{words.regimen(asked.id)}  together?"
        return Answer(document, title, scope_words(words, scope, outcome), headline, view, records)


def _on(store: Store, asked: Asked, scope: Scope, outcomes: set[str] | None) -> list[Bearing]:
    """Return every statement on a regimen within a scope, in the order of the table."""
    found = []
    for statement in store.statements(related_regimens(asked)):
        basis = bears(statement, asked) if outcomes is None or statement.outcome in outcomes else None
        bearing = basis and scope.bearing(statement, basis)
        if bearing:
            found.append(bearing)
    return found


def _versus(store: Store, asked: Asked, scope: Scope, outcomes: set[str] | None) -> list[Versus]:
    """Return the comparisons of the combination, one for each comparator, outcome and species."""
    groups: dict[tuple[str, str | None, str, bool], list[tuple[Bearing, Comparison | None]]] = {}
    regimens = related_regimens(asked)
    for side, statements in enumerate((store.statements(regimens), store.statements_against(regimens))):
        for statement in statements:
            if statement.comparator is None or (outcomes is not None and statement.outcome not in outcomes):
                continue
            mine, theirs = (statement.regimen, statement.comparator)[:: 1 if side == 0 else -1]
            best = min(
                matches(mine, asked, statement.named), key=lambda match: STRENGTH.index(match.basis), default=None
            )
            # A verdict here is of one species, and says so: under `any` each one is judged by its own statements.
            within = scope._replace(species=statement.species) if scope.species == ANY else scope
            bearing = best and within.bearing(statement, best.basis)
            if best and bearing and within.lists(bearing):
                comparator = resolved(theirs, best.pairs)
                key = (comparator, statement.outcome, statement.species, statement.kind in ADVICE)
                judged = None if statement.kind == "usage" else favoured(bearing, side)
                groups.setdefault(key, []).append((bearing, judged))
    return [
        Versus(
            comparator,
            outcome,
            species,
            preference,
            judge(comparison for _, comparison in pairs if comparison is not None),
            tuple({bearing.statement.id: bearing for bearing, _ in pairs}.values()),
        )
        for (comparator, outcome, species, preference), pairs in groups.items()
    ]
