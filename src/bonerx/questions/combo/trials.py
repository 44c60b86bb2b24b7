"""The trials of a combination: what they give in numbers, and why those that give none do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.model.regimen import regimen_id
from bonerx.questions.citations.names import Words, listed
from bonerx.questions.network.stored import component_answer
from bonerx.questions.statements.match import Asked, related_regimens
from bonerx.questions.statements.scope import Scope
from bonerx.questions.trial_estimates.estimates import Document, direct_estimates, pool_as_of, side_of, spoken
from bonerx.store.analysis_queries import giving, pool, pooled_pairs
from bonerx.store.queries import Store

if TYPE_CHECKING:
    from bonerx.page import Section

NO_FIGURE = "gives no figure that this table holds"


class Trials(NamedTuple):
    """Estimates of the combination against each comparator, the trials that give it, the component model's answer."""

    estimates: tuple[Document, ...]
    trials: tuple[Document, ...]
    components: Document | None
    sources: tuple[str, ...]

    def clause(self, words: Words, name: str, *, asked: bool) -> list[str]:
        """Return what the trials add to a headline; with an outcome `asked` its numbers are told."""
        if not self.trials:
            return [f"no trial of this table gives {name}"]
        if not self.estimates:
            flagged = any(trial["integrity"] == "concern" and trial["reason"] != NO_FIGURE for trial in self.trials)
            without = " without an integrity concern" if flagged else ""
            return [f"no trial of this table lets {name} be pooled{without}"]
        said = []
        for estimate in self.estimates:
            side = side_of(estimate, words.record("outcomes", estimate["outcome"])["better"])
            against = words.regimen(estimate["comparator"])
            what = f"favour {(name, against)[side]}" if side is not None else "show no clear difference"
            told = f": {spoken(estimate)}" if asked else ""
            said.append(f"trials against {against} {what} on {words.name('outcomes', estimate['outcome'])}{told}")
        return said

    def limits(self) -> list[str]:
        """Return why each trial that gives no estimate gives none, and why the component model does not answer."""
        lines = [f"{trial['study']}: {trial['reason']}" for trial in self.trials if trial["reason"]]
        if self.components and not self.components["estimable"] and self.components["reason"]:
            lines.append(f"component model: {self.components['reason']}")
        return lines


NO_TRIALS = Trials((), (), None, ())


def combination_trials(store: Store, asked: Asked, outcome: str | None, scope: Scope) -> Trials:
    """Return what trials of the combination, or of members of a class in it, give: on one outcome, or on all."""
    wanted = related_regimens(asked)
    studies = {id_: study for id_, study in giving(store, wanted).items() if any(map(scope.knows, study["sources"]))}
    estimates: list[Document] = []
    reasons: dict[str, str] = {}
    for on, one, other in pooled_pairs(store, outcome):
        if one not in wanted:
            continue
        if scope.as_of is None:
            document = pool(store, one, other, on) or {"excluded": []}
        else:
            document = pool_as_of(store, one, other, on, scope.as_of)
        reasons |= {each["study"]: each["reason"] for each in document["excluded"]}
        if one == asked.id:
            estimates += [estimate | {"comparator": other} for estimate in direct_estimates({on: document})]
    pooled = {study for estimate in estimates for study in estimate["studies"]}
    integrity = store.records("sources", {source for study in studies.values() for source in study["sources"]})
    trials = [
        {
            "study": id_,
            "regimens": [regimen_id(arm["regimen"], arm.get("combination")) for arm in study["arms"]],
            "integrity": _gravest(integrity, study["sources"]),
            "sources": study["sources"],
            "pooled": id_ in pooled,
            "reason": None if id_ in pooled else reasons.get(id_, NO_FIGURE),
            "note": study.get("note"),
        }
        for id_, study in studies.items()
    ]
    first, *rest = asked.agents
    dated = scope.as_of is not None
    components = component_answer(store, first, regimen_id(rest), outcome) if outcome and not dated else None
    sources = dict.fromkeys(source for trial in trials for source in trial["sources"])
    sources |= dict.fromkeys(source for estimate in estimates for source in estimate["sources"])
    return Trials(tuple(estimates), tuple(trials), components, tuple(sources))


def _gravest(sources: dict[str, dict[str, Any]], ids: list[str]) -> str:
    known = [sources[id_].get("integrity", {}).get("status", "none-known") for id_ in ids if id_ in sources]
    grave = ("retracted", "concern", "erratum", "corrected")
    return next((status for status in grave if status in known), "none-known")


def sections(words: Words, found: Trials) -> list[Section]:
    """Return the trials and their numbers as a person reads them."""
    from bonerx.page import Cell, Column, Listing

    view: list[Section] = []
    if found.estimates:
        columns = (Column("Against"), Column("Outcome"), Column("Estimate"), Column("Trials"))
        rows = []
        for estimate in found.estimates:
            interval = (estimate["value"], estimate["ci_low"], estimate["ci_high"], estimate["measure"])
            rows.append(
                (
                    Cell(words.regimen(estimate["comparator"]), "regimen"),
                    Cell(words.name("outcomes", estimate["outcome"]), "outcome"),
                    Cell(interval, "estimate"),
                    Cell(", ".join(estimate["studies"])),
                )
            )
        view.append(Listing("In numbers", columns, rows))
    if found.trials:
        columns = (Column("Trial"), Column("Compares"), Column("Integrity"), Column("Pooled?"))
        rows = [
            (
                Cell(trial["study"], "id"),
                Cell(listed(dict.fromkeys(words.regimen(regimen) for regimen in trial["regimens"]), "with")),
                Cell(trial["integrity"], "integrity"),
                Cell("yes" if trial["pooled"] else f"no: {trial['reason']}"),
            )
            for trial in found.trials
        ]
        view.append(Listing("Trials of the combination", columns, rows))
    return view
