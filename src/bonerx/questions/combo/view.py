"""What is known of a combination as a person reads it: of it, of it against others, of its agents alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonerx.answer import Records
from bonerx.page import Cell, Column, Listing, Section
from bonerx.questions.citations.claims import Citations
from bonerx.questions.citations.names import Words
from bonerx.questions.citations.quotes import closing
from bonerx.questions.combo.trials import Trials
from bonerx.questions.combo.trials import sections as trial_sections
from bonerx.questions.compare.view import claims_listing
from bonerx.questions.statements.later_findings import Later

if TYPE_CHECKING:
    from bonerx.questions.combo.question import Parts, Versus


def sections(
    words: Words,
    cited: Citations,
    said: Parts,
    trials: Trials,
    since: Later,
    steps: tuple[str, ...],
    caveats: list[str],
) -> tuple[Section, ...]:
    """Return the answer in the order in which a person reads it."""
    listed = {bearing.statement.id for bearing in said.combination}
    view: list[Section] = (
        [claims_listing("Of the combination", words, said.combination, cited)] if said.combination else []
    )
    if said.versus:
        view.append(_versus_listing(words, said.versus, cited))
    for title, bearings in (
        ("Animals, apart from every verdict", said.animal),
        ("No population stated, apart from every verdict", said.unstated),
    ):
        apart = [bearing for bearing in bearings if bearing.statement.id not in listed]
        if apart:
            view.append(claims_listing(title, words, apart, cited))
    for agent, bearings in said.components.items():
        if bearings:
            view.append(claims_listing(f"{words.name('agents', agent)} alone", words, bearings, cited))
    return (*view, *trial_sections(words, trials), *closing(cited, words, since, steps, caveats))


def _versus_listing(words: Words, versus: list[Versus], cited: Citations) -> Listing:
    columns = (Column("Against"), Column("Outcome"), Column("Verdict"), Column("Species"))
    rows = []
    for item in versus:
        note = ", ".join(
            filter(None, ["by class" if item.verdict.basis == "by-class" else "", item.verdict.hedge or ""])
        )
        rows.append(
            (
                Cell(words.regimen(item.comparator), "regimen"),
                Cell(words.name("outcomes", item.outcome), "outcome") if item.outcome else Cell(None, "silent"),
                Cell(
                    item.document()["verdict"],
                    "verdict",
                    cited.refs([bearing.statement.id for bearing in item.bearings]),
                    note,
                ),
                Cell(item.species),
            )
        )
    return Listing("Compared", columns, rows)


def records(answer: dict[str, Any]) -> Records:
    """Return the answer in flat rows: by basis, then against each comparator, then the agents alone."""
    columns = ("row", "agent", "comparator", "outcome", "verdict", "basis", "hedge", "species", "claims")
    rows: list[tuple[object, ...]] = [
        (basis, None, None, None, None, basis.replace("_", "-"), None, None, answer[basis])
        for basis in ("stated", "by_class", "broader", "narrower", "animal")
        if answer[basis]
    ]
    fields = ("comparator", "outcome", "verdict", "basis", "hedge", "species", "claims")
    rows += [("versus", None, *(item[field] for field in fields)) for item in answer["versus"]]
    rows += [
        ("component", item["agent"], None, None, None, None, None, None, item["claims"])
        for item in answer["components"]
    ]
    return Records(columns, rows)
