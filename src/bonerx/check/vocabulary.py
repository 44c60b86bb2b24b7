"""The names of a table: one name, one record, and no chain of broader terms that comes back to itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from bonerx.check.lookup import Lookup
from bonerx.evidence.documents.locate import Path
from bonerx.evidence.origin import Problem
from bonerx.evidence.text import printable
from bonerx.model.name import fold
from bonerx.model.regimen import IN_ORDER, TOGETHER, read_joined
from bonerx.model.vocabulary import Agent, AgentKind

_SINGULAR = {"agents": "agent", "outcomes": "outcome", "populations": "population", "studies": "study"}
_SHOWN_STEPS = 8


def faults_of(agent: Agent, known: Lookup) -> Iterator[Problem]:
    """Yield what is wrong with an agent by itself and with the classes it says it belongs to."""
    if IN_ORDER in agent.id:
        message = f"the id holds `{IN_ORDER}`, which stands between the agents of a sequence"
        yield Problem("agents", agent.id, ("id",), message, "give it another id")
    for number, membership in enumerate(agent.classes):
        path: Path = ("classes", number)
        of = known.get("agents", membership.of)
        if of is not None and of.kind is not AgentKind.CLASS:
            message = f"`{of.id}` is no class but a {of.kind.value}"
            hint = "name a class here; `broader` is for what an agent is a form of"
            yield Problem("agents", agent.id, (*path, "of"), message, hint)
        if (membership.sentence is None) == (membership.summary is None):
            what = "no ground" if membership.sentence is None else "both a sentence and a summary as its ground"
            hint = "name the `sentence` that states it, or say in a `summary` how it is known"
            yield Problem("agents", agent.id, path, f"the membership has {what}", hint)


def ambiguous(kind: str, records: Iterable[Any]) -> Iterator[Problem]:
    """Yield a problem for every name that a record shares with an earlier one of its kind, or that names nothing.

    Nor may the name of an agent be read as other agents given together, since both could then be meant by it.
    """
    first: dict[str, tuple[str, Path]] = {}
    names = [(record.id, path, name, fold(name)) for record in records for path, name in _names(record)]
    for record, path, name, folded in sorted(
        names, key=lambda each: each[1] != ("id",)
    ):  # an id is its own record's before all
        owner, where = first.setdefault(folded, (record, path))
        if owner != record:
            message = f"the name `{printable(name)}` is also a name of the {_SINGULAR[kind]} `{owner}`"
            hint = "a name names one of them; blanks, hyphens and case do not count"
            yield Problem(kind, record, path, message, hint, (owner, where))
        elif not folded.strip("-"):
            yield Problem(kind, record, path, f"the name `{printable(name)}` holds no letter or digit", "write a name")
    joined = [each for each in names if TOGETHER in each[3]] if kind == "agents" else []
    for record, path, name, folded in joined:
        together = read_joined(name, partial(_part, first, folded))
        if together and set(together) != {record}:
            agents = " and ".join(f"`{agent}`" for agent in dict.fromkeys(together))
            message = f"the name `{printable(name)}` is also what {agents} given together are called"
            yield Problem(kind, record, path, message, "`+` joins agents: write the name without it")


def _part(first: Mapping[str, tuple[str, Path]], whole: str, name: str) -> str | None:
    """Return the agent called `name` where it is only a part of the name that is `whole`, folded."""
    folded = fold(name)
    return first[folded][0] if folded != whole and folded in first else None


def _names(record: Any) -> Iterator[tuple[Path, str]]:
    yield ("id",), record.id
    for lang, name in record.names.items():
        yield ("names", lang), name
    for lang, synonyms in record.synonyms.items():
        for number, name in enumerate(synonyms):
            yield ("synonyms", lang, number), name


def circular(kind: str, records: Iterable[Any]) -> Iterator[Problem]:
    """Yield a problem for every step by which a record becomes, at some distance, a part of itself."""
    above = {record.id: list(_above(kind, record)) for record in records}
    done: set[str] = set()
    for start in above:
        chain: dict[str, int] = {start: 0}  # from `start` upwards: every record with its next step to take
        while chain and start not in done:
            current = next(reversed(chain))
            steps = above.get(current, [])
            if chain[current] == len(steps):
                done.add(current)
                del chain[current]
                continue
            path, target = steps[chain[current]]
            chain[current] += 1
            if target in chain:
                yield Problem(kind, current, path, _circle(kind, list(chain), target), "leave one of these steps out")
            elif target not in done:
                chain[target] = 0


def _circle(kind: str, chain: list[str], target: str) -> str:
    circle = [*chain[chain.index(target) :], target]
    if len(circle) > _SHOWN_STEPS:
        circle = [*circle[: _SHOWN_STEPS - 2], "…", *circle[-2:]]
    return f"the {_SINGULAR[kind]} is a part of itself: {' < '.join(circle)}"


def _above(kind: str, record: Any) -> Iterator[tuple[Path, str]]:
    if kind == "agents":
        if record.broader is not None:
            yield ("broader",), record.broader
        for number, membership in enumerate(record.classes):
            yield ("classes", number, "of"), membership.of
        return
    field = "within" if kind == "studies" else "broader"
    for number, named in enumerate(getattr(record, field)):
        yield (field, number), named


def shared_ids(ids: Iterable[tuple[str, str]], shares: Callable[[str], bool]) -> Iterator[Problem]:
    """Yield a problem for every id, given as kind and id, that a record of an earlier kind has already.

    A study may have the id of its own publication, since to show one is to show the other; `shares` tells.
    """
    first: dict[str, str] = {}
    for kind, record in ids:
        earlier = first.setdefault(record, kind)
        if earlier != kind and not ({earlier, kind} == {"sources", "studies"} and shares(record)):
            message = f"the id `{record}` is also an id in `{earlier}`"
            yield Problem(kind, record, ("id",), message, "`show` needs every id to name one record; give it another")
