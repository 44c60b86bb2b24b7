"""What is known by name: the agents, outcomes and populations of tables, and what a copy of one needs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bonerx.draft.mentions import Names
from bonerx.model.claim import Claim
from bonerx.model.name import fold
from bonerx.model.source import Sentence, Source
from bonerx.model.table import FORMAT, EvidenceTable
from bonerx.model.vocabulary import Agent, AgentKind, Membership, Outcome, Population


class Published(Protocol):
    """Anything that a DOI or a PubMed number identifies."""

    @property
    def doi(self) -> str | None:
        """The digital object identifier."""

    @property
    def pmid(self) -> str | None:
        """The number at PubMed."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known records by id, and the table and texts they were read from, to copy from."""

    agents: Mapping[str, Agent]
    outcomes: Mapping[str, Outcome]
    populations: Mapping[str, Population]
    sources: Mapping[str, Source]
    sentences: Mapping[str, Sentence]
    texts: Mapping[str, str]

    def names(self) -> Names:
        """Return the names of everything, ready to be found in a text."""
        return Names(self.agents.values(), self.outcomes.values(), self.populations.values())

    def classes(self, agent: str) -> set[str]:
        """Return every class that an agent belongs to, by itself or as a form of another, at any distance."""
        found: set[str] = set()
        waiting = [agent]
        seen: set[str] = set()
        while waiting:
            record = self.agents.get(waiting.pop())
            if record is None or record.id in seen:
                continue
            seen.add(record.id)
            above = [membership.of for membership in record.classes]
            found.update(above)
            waiting += above if record.broader is None else [*above, record.broader]
        return found

    def is_control(self, agent: str) -> bool:
        """Return whether an agent is what others are compared with."""
        return self.agents[agent].kind is AgentKind.CONTROL


def vocabulary(own: EvidenceTable | None, known: EvidenceTable, texts: Mapping[str, str]) -> Vocabulary:
    """Return the vocabulary of an own table, where there is one, and of the known one; an own name counts before."""
    first = own or EvidenceTable(format=FORMAT)
    return Vocabulary(
        agents=_joined(first.agents, known.agents),
        outcomes=_joined(first.outcomes, known.outcomes),
        populations=_joined(first.populations, known.populations),
        sources={source.id: source for source in known.sources},
        sentences={sentence.id: sentence for sentence in known.sentences},
        texts=texts,
    )


def _joined(own: Sequence[Any], known: Sequence[Any]) -> dict[str, Any]:
    taken = {name for record in own for name in _folded(record)}
    added = [record for record in known if taken.isdisjoint(_folded(record))]
    return {record.id: record for record in [*added, *own]}


def _folded(record: Any) -> Iterator[str]:
    yield fold(record.id)
    yield from map(fold, record.names.values())
    for names in record.synonyms.values():
        yield from map(fold, names)


def needed(
    claims: Iterable[Claim],
    known: Vocabulary,
    own: EvidenceTable,
    drafted: Iterable[Source],
    placeable: Callable[[Source], bool],
) -> EvidenceTable:
    """Return what a table must take over so that the claims' agents and outcomes, and all they refer to, stand in it.

    A membership of a class is traced to its sentence, which comes along with its source, so that the copies stay what
    they were and the table can be joined with the one they came from. Where that source cannot come along, because
    the table has the publication itself or (`placeable`) another text in its place, the membership says in words where
    it was stated.
    """
    claims = list(claims)
    ids = [agent for claim in claims for agent in (*claim.regimen, *(claim.comparator or ()), *claim.named)]
    agents = _closure(ids, known.agents, _above_agent)
    outcomes = _closure((claim.outcome for claim in claims if claim.outcome), known.outcomes, lambda each: each.broader)
    mine = [*own.sources, *drafted]
    taken = {"agents": _ids(own.agents), "outcomes": _ids(own.outcomes), "sentences": _ids(own.sentences)}

    def traced(sentence: str) -> bool:
        found = known.sentences.get(sentence)
        source = None if found is None else known.sources.get(found.source)
        if sentence in taken["sentences"]:
            return True
        return source is not None and not any(clash(source, each) for each in mine) and placeable(source)

    copied = [_copy(agents[each], known, traced) for each in agents if each not in taken["agents"]]
    wanted = {of.sentence for agent in copied for of in agent.classes if of.sentence} - taken["sentences"]
    sentences = [known.sentences[each] for each in known.sentences if each in wanted]
    cited = {sentence.source for sentence in sentences} - _ids(mine)
    return EvidenceTable(
        format=FORMAT,
        agents=tuple(copied),
        outcomes=tuple(
            replace(outcome, broader=tuple(each for each in outcome.broader if each in known.outcomes))
            for outcome in outcomes.values()
            if outcome.id not in taken["outcomes"]
        ),
        sources=tuple(known.sources[each] for each in known.sources if each in cited),
        sentences=tuple(sentences),
    )


def _ids(records: Iterable[Any]) -> set[str]:
    return {record.id for record in records}


def _above_agent(agent: Agent) -> list[str]:
    return [membership.of for membership in agent.classes] + ([agent.broader] if agent.broader else [])


def _closure(ids: Iterable[str], known: Mapping[str, Any], above: Any) -> dict[str, Any]:
    """Return the records of the ids and of everything above them, in the order of the vocabulary."""
    found: set[str] = set()
    waiting = [each for each in ids if each in known]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [each for each in above(known[current]) if each in known]
    return {each: record for each, record in known.items() if each in found}


def _copy(agent: Agent, known: Vocabulary, traced: Callable[[str], bool]) -> Agent:
    broader = agent.broader if agent.broader in known.agents else None
    kept = tuple(_kept(of, traced) for of in agent.classes if of.of in known.agents)
    return replace(agent, broader=broader, classes=kept)


def _kept(membership: Membership, traced: Callable[[str], bool]) -> Membership:
    if membership.sentence is None or traced(membership.sentence):
        return membership
    ground = f"As stated in {membership.sentence} of the table that this was copied from."
    return replace(membership, sentence=None, summary=ground)


def clash(source: Source, other: Source) -> bool:
    """Return whether two records cannot stand in one table: the same id or publication, said differently."""
    return source != other and (source.id == other.id or same_publication(source, other))


def same_publication(source: Published, other: Published) -> bool:
    """Return whether two records share a DOI or PubMed number."""
    pairs = ((source.doi, other.doi), (source.pmid, other.pmid))
    return any(one is not None and two is not None and one.casefold() == two.casefold() for one, two in pairs)
