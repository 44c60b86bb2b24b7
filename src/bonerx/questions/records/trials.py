"""Which trials does the table hold, of whom, with which arms, on which outcomes, and what is known against them?"""

from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.model.regimen import is_joined, regimen_id
from bonerx.number import counted
from bonerx.page import Cell, Column, Listing, Section
from bonerx.questions.citations.caveats import resting_on
from bonerx.questions.citations.claims import source_document
from bonerx.questions.citations.names import Words
from bonerx.questions.records.study_view import arm_names, integrity_of, outcomes_of
from bonerx.questions.statements.match import parse
from bonerx.store import analysis_queries as numbers
from bonerx.store.queries import Store

Document = dict[str, Any]


class Trials(NamedTuple):
    """The question for the trials with an arm of any of `agents` (of all, where none is named) on an outcome.

    A combination (`a+b`) is an arm of exactly it; a class stands for its members, an outcome for what is narrower too.
    """

    agents: tuple[str, ...] = ()
    outcome: str | None = None
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return the trials in the order of the table; raise UnknownName for what it does not know."""
        words = Words(store, self.lang)
        asked = [parse(store, agent) for agent in self.agents]
        outcome = store.find("outcomes", self.outcome) if self.outcome else None
        found = _found(store, asked, outcome)
        named = {source for study in found.values() for source in study["sources"]}
        sources = store.records("sources", named)
        items = [_item(study, sources) for study in found.values()]
        headline = f"{counted(len(items), 'trial')}." if items else "No trial found."
        document = {
            "status": "answered" if items else "no-evidence",
            "query": {"command": "trials", "agents": asked, "outcome": outcome},
            "answer": {"studies": items, "count": len(items), "headline": headline},
            "claims": [],
            "sources": [source_document(source) for source in sources.values()],
            "caveats": resting_on(sources.values()),
        }
        title = f"Trials of {', '.join(map(words.regimen, asked))}" if asked else "Trials"
        scope = words.name("outcomes", outcome) if outcome else ""

        def view() -> tuple[Section, ...]:
            return (_listing(words, found, sources),) if items else ()

        return Answer(document, title, scope, headline, view, lambda: _records(items))


def _found(store: Store, asked: list[str], outcome: str | None) -> dict[str, Document]:
    """Return the studies asked for, by id, in the order of the table."""
    outcomes: list[str | None] = [None]
    if outcome is not None:
        outcomes = [on for on, how in store.kin("outcomes", outcome).items() if how in ("stated", "narrower")]
    agents = {
        agent
        for regimen in asked
        if not is_joined(regimen)
        for agent, how in store.kin("agents", regimen).items()
        if how in ("stated", "narrower")
    }
    found: dict[str, Document] = {}
    for on in outcomes:
        if agents or not asked:
            found |= numbers.studies(store, agents, on)
        if any(map(is_joined, asked)):
            every = numbers.studies(store, outcome=on)
            found |= {id_: study for id_, study in every.items() if _regimens(study) & set(asked)}
    return store.records("studies", found)


def _regimens(study: Document) -> set[str]:
    return {regimen_id(arm["regimen"], arm.get("combination")) for arm in study["arms"]}


def _item(study: Document, sources: dict[str, Document]) -> Document:
    """Return a study as scripts list it; `show` has its figures."""
    return {
        "id": study["id"],
        "names": study.get("names", []),
        "year": study.get("year"),
        "population": study.get("population"),
        "participants": study.get("participants"),
        "species": study.get("species", "human"),
        "randomised": study.get("randomised", True),
        "background": study.get("background", []),
        "within": study.get("within", []),
        "arms": [
            {
                "id": arm["id"],
                "regimen": regimen_id(arm["regimen"], arm.get("combination")),
                "dose": arm.get("dose"),
                "randomised": arm.get("randomised"),
            }
            for arm in study["arms"]
        ],
        "outcomes": outcomes_of(study),
        "integrity": integrity_of(study, sources),
        "sources": study["sources"],
        "note": study.get("note"),
    }


def _listing(words: Words, found: dict[str, Document], sources: dict[str, Document]) -> Listing:
    labels = ("Trial", "Year", "Arms", "Population", "On", "Integrity")
    columns = tuple(Column(label, number=label == "Year") for label in labels)
    return Listing(None, columns, (_row(words, study, sources) for study in found.values()))


def _row(words: Words, study: Document, sources: dict[str, Document]) -> tuple[Cell, ...]:
    names = arm_names(words, study)
    arms = [
        names[arm["id"]] + (f" ({arm['randomised']})" if arm.get("randomised") is not None else "")
        for arm in study["arms"]
    ]
    population = study.get("population")
    outcomes = [words.name("outcomes", outcome) for outcome in outcomes_of(study)]
    apart = [] if study.get("species", "human") == "human" else [study["species"]]
    apart += [] if study.get("randomised", True) else ["not randomised"]
    return (
        Cell(study["id"], "id", (), ", ".join(apart)),
        Cell(study["year"], "count") if study.get("year") else Cell("–", "silent"),
        Cell(", ".join(arms), "regimen"),
        Cell(words.name("populations", population)) if population else Cell("–", "silent"),
        Cell(", ".join(outcomes)) if outcomes else Cell("–", "silent"),
        Cell(integrity_of(study, sources), "integrity"),
    )


def _records(items: list[Document]) -> Records:
    alike = ("id", "year", "population", "participants", "species", "randomised", "background")
    rows = [
        (
            *(item[name] for name in alike),
            [arm["regimen"] for arm in item["arms"]],
            item["outcomes"],
            item["integrity"],
        )
        for item in items
    ]
    return Records((*alike, "arms", "outcomes", "integrity"), rows)
