"""What do abstracts give a curator to begin with, and what is there to decide before any of it answers a question?"""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UsageError
from bonerx.evidence.files import SHIPPED, STDIN
from bonerx.number import counted
from bonerx.page import Cell, Column, Facts, Listing, Notes, Section
from bonerx.questions.citations.names import listed

if TYPE_CHECKING:
    from bonerx.draft.table import Drafted

_NOUNS = {"sources": "source", "sentences": "sentence", "claims": "draft", "agents": "agent", "outcomes": "outcome"}
_COLUMNS = ("claim", "sentence", "word", "to_decide")


class Init(NamedTuple):
    """The wish for drafts from abstracts in the table at `table`; `lang` is that of sentences in Latin letters."""

    abstracts: tuple[str, ...]
    table: str
    lang: str | None = None

    def answer_from(self, paths: Sequence[str]) -> Answer:
        """Return what was added, with the agents and outcomes of the tables at `paths` (by default the shipped one)."""
        _demand_table(self.table, paths)
        from bonerx.draft.read_files import read_publications
        from bonerx.draft.table import draft_table
        from bonerx.evidence.read import read

        abstracts = read_publications(self.abstracts)
        drafted = draft_table(abstracts, self.table, read(tuple(paths) or (SHIPPED,)), self.lang)
        return _answer(self, drafted)


def _demand_table(table: str, paths: Sequence[str]) -> None:
    """Raise UsageError where drafts cannot go into the table, or the known tables are a compiled store."""
    if table == STDIN or not table.endswith((".yaml", ".yml")):
        raise UsageError(f"`{table}` is no name for a table of drafts", hint="give a name that ends in `.yaml`")
    for path in paths:
        if os.path.isfile(path) and path.endswith(".db"):  # noqa: PTH113
            raise UsageError(f"`{path}` is a compiled store", hint="give the table that it was compiled from")


def headline(drafted: "Drafted") -> str:
    """Return in a sentence what was added, and what to do first where nothing could be drafted."""
    if not drafted.changed:
        return f"`{drafted.path}` holds all of it already; nothing was changed."
    new = {kind: len(records) - drafted.copied.get(kind, 0) for kind, records in drafted.added.items()}
    done = f"Added {_counts(new) or 'an empty table'} to `{drafted.path}`"
    copied = _counts(drafted.copied)
    if copied:
        done += f", with {copied} that the drafts need"
    if drafted.drafts:
        return f"{done}: no draft answers a question until you remove its mark."
    if not drafted.agents:
        first = "no known agent is named: add agents and outcomes to the table first, then run this again"
    elif not drafted.outcomes:
        agents = listed(f"`{agent}`" for agent in sorted(drafted.agents))
        only = f"only {agents} {'is' if len(drafted.agents) == 1 else 'are'} known of what they name"
        first = f"{only}: add agents and outcomes to the table first, then run this again"
    else:
        first = "no sentence that is still to be read says in plain words what an agent does: write the claims by hand"
    return f"{done}; {first}."


def _counts(numbers: Mapping[str, int]) -> str:
    return listed(counted(numbers[kind], noun) for kind, noun in _NOUNS.items() if numbers.get(kind))


def _answer(asked: Init, drafted: "Drafted") -> Answer:
    from bonerx.draft.claims import to_decide

    rows = [(draft.claim.id, draft.claim.sentences[0], draft.word, to_decide(draft.claim)) for draft in drafted.drafts]
    said = headline(drafted)
    document: dict[str, Any] = {
        "status": "answered",
        "evidence": [{"path": drafted.path, "sha256": drafted.sha256}],
        "query": {"command": "init", "abstracts": list(asked.abstracts), "table": asked.table},
        "answer": {
            "table": drafted.path,
            "created": drafted.created,
            "changed": drafted.changed,
            "added": {kind: [record.id for record in records] for kind, records in drafted.added.items()},
            "texts": drafted.texts,
            "drafts": [dict(zip(_COLUMNS, (*row[:3], list(row[3])), strict=True)) for row in rows],
            "headline": said,
        },
        "claims": [],
        "sources": [],
        "caveats": drafted.remarks,
    }
    return Answer(
        document,
        f"Drafts in {drafted.path}",
        "",
        said,
        lambda: tuple(_view(drafted, rows)),
        lambda: Records(_COLUMNS, [(*row[:3], "; ".join(row[3])) for row in rows]),
    )


def _view(drafted: "Drafted", rows: Sequence[tuple[str, str, str, tuple[str, ...]]]) -> list[Section]:
    view: list[Section] = []
    if drafted.texts:
        view.append(Facts(None, tuple(("text", Cell(text, "id")) for text in drafted.texts)))
    if rows:
        columns = (Column("Draft"), Column("Sentence"), Column("From the word"), Column("To decide"))
        cells = [
            (Cell(name, "id"), Cell(sentence, "id"), Cell(word), Cell("; ".join(decide)))
            for name, sentence, word, decide in rows
        ]
        view.append(Listing("To decide", columns, cells))
    if drafted.remarks:
        view.append(Notes("To know", tuple(drafted.remarks)))
    if drafted.changed:
        view.append(Notes("Next", (f"open `{drafted.path}`, which says what to do", f"`bonerx check {drafted.path}`")))
    return view
