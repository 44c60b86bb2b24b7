"""Which trials join which regimens on an outcome, and what do they say of every pair, directly and indirectly?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bonerx.answer import Answer, Records
from bonerx.questions.citations.claims import source_document
from bonerx.questions.network.headline import caveats, headline
from bonerx.questions.network.options import Asked, Choice, OfFile, OfTable, network_question, status_of

if TYPE_CHECKING:
    from bonerx.page import Plot, Section

Document = dict[str, Any]


def network(choice: Choice, *, contributions: bool = False, plot: str | None = None) -> OfTable | OfFile:
    """Return the question for a whole network; `contributions` shows which trials carry each estimate.

    `plot` is the path of a figure to draw besides; its ending (`svg`, `png`, `pdf`) says of which kind.
    """

    def tell(asked: Asked) -> Answer:
        answer = told(asked, contributions=contributions)
        answer.plot = _drawing(asked, plot) if plot and asked.document["nodes"] else None
        return answer

    return network_question(choice, tell)


def _drawing(asked: Asked, path: str) -> Callable[[], Plot]:
    """Return what makes the figure of a network for a path."""

    def drawn() -> Plot:
        from bonerx.page import Plot
        from bonerx.questions.network.view import graph

        return Plot(path, graph(asked)._replace(title=f"Trials {asked.where}"))

    return drawn


def told(asked: Asked, *, contributions: bool) -> Answer:
    """Return the answer on a whole network."""
    sentence, limits = headline(asked), caveats(asked)

    def view() -> tuple[Section, ...]:
        from bonerx.questions.network.view import sections

        return sections(asked, limits, contributions=contributions)

    def records() -> Records:
        from bonerx.questions.network.view import records

        return records(asked.document)

    document = envelope("network", asked, answer_of(asked.document) | {"headline": sentence}, limits)
    return Answer(document, f"The network of trials {asked.where}", scope(asked), sentence, view, records)


def answer_of(document: Document) -> Document:
    """Return a network's document in the fields of the contract, its studies as a list."""
    answer = {name: value for name, value in document.items() if name != "caveats"}
    return answer | {"studies": [{"study": study, **held} for study, held in document["studies"].items()]}


def envelope(command: str, asked: Asked, answer: Document, limits: list[str]) -> Document:
    """Return the JSON document of an answer from a network."""
    return {
        "status": status_of(asked.document),
        "query": {"command": command, **asked.choice.query()},
        "answer": answer,
        "claims": [],
        "sources": [source_document(source) for source in asked.sources.values()],
        "caveats": limits,
    }


def scope(asked: Asked) -> str:
    """Return what an answer from a network was narrowed to."""
    choice = asked.choice
    parts = ["randomised trials"] if choice.data else ["human", "randomised trials"]
    parts += ["integrity concerns included"] if choice.include_flagged else []
    parts += [f"as of {choice.as_of}"] if choice.as_of is not None else []
    parts += [f"without {', '.join(choice.exclude)}"] if choice.exclude else []
    return " · ".join(parts)
