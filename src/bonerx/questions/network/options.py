"""Which network is asked for: of an outcome of the table or of a reader's own file, and how it is analysed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer
from bonerx.errors import BetterNeeded, InvalidEvidence, UsageError
from bonerx.model.regimen import TOGETHER, agents_of, label_key, parts_of, read_joined
from bonerx.questions.citations.names import Words
from bonerx.questions.records.typed_ids import known_ids, known_studies
from bonerx.questions.statements.match import parse
from bonerx.store.analysis_queries import network
from bonerx.store.queries import Store
from bonerx.synthesis.network.empty import NOTHING, empty_network

if TYPE_CHECKING:
    from bonerx.synthesis.network.analysis import NetworkOptions

Document = dict[str, Any]

_MEASURES = {"counts": "RR", "means": "MD", "contrasts": "generic"}
"""The measure of a file's numbers where none is asked for."""


class Choice(NamedTuple):
    """What a network is made of and how it is analysed; None leaves the choice to the outcome or to the data.

    `reference` and `inactive` are regimens, `better` the direction of benefit on the measure's scale. Trials of
    integrity concern count only with `include_flagged`, those in `exclude` and those after the year `as_of` do not.
    `columns` says under which names a file has its columns (`events`, `r`), `interactions` which components joined by
    `+` may act together in the component model. `tolerance` is how far the printed effects of a trial of several arms
    may be from adding up; None is as far as rounding explains.
    """

    outcome: str | None = None
    data: str | None = None
    measure: str | None = None
    tau2: str = "REML"
    method: str = "iv"
    reference: str | None = None
    inactive: str | None = None
    better: str | None = None
    include_flagged: bool = False
    exclude: tuple[str, ...] = ()
    as_of: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    interactions: tuple[str, ...] = ()
    tolerance: float | None = None

    @property
    def of_the_default(self) -> bool:
        """Whether the network was analysed when the table was compiled."""
        return self._replace(outcome=None, include_flagged=False) == Choice()

    def query(self) -> Document:
        """Return what was asked in the fields of the JSON document."""
        return self._asdict() | {
            "exclude": list(self.exclude),
            "columns": dict(self.columns),
            "interactions": list(self.interactions),
        }


class Asked(NamedTuple):
    """A network with what is needed to tell of it: names of regimens, and the sources of its trials by id.

    `document` is the contract's `answer` without `headline`; `where` says of what (`on hip fractures`, `in a.csv`),
    `remarks` how a file was read.
    """

    choice: Choice
    document: Document
    where: str
    regimen: Callable[[str], str]
    sources: dict[str, Document]
    words: Words | None
    remarks: tuple[str, ...] = ()


class OfTable(NamedTuple):
    """The question that `tell` answers, of the network of a table's outcome."""

    choice: Choice
    tell: Callable[[Asked], Answer]
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return the answer; raise UnknownName and UsageError for what the table or the analysis does not know."""
        return self.tell(_of_table(store, self.choice, Words(store, self.lang)))


class OfFile(NamedTuple):
    """The question that `tell` answers, of the network of a reader's own numbers."""

    choice: Choice
    tell: Callable[[Asked], Answer]

    def answer_from(self, _paths: Sequence[str]) -> Answer:
        """Return the answer from the file alone; raise InvalidEvidence for rows and studies that break a rule."""
        asked, file = _of_file(self.choice)
        answer = self.tell(asked)
        answer.document["evidence"] = [file]
        return answer


def network_question(choice: Choice, tell: Callable[[Asked], Answer], *, ranked: bool = False) -> OfTable | OfFile:
    """Return the question for one network; raise UsageError unless it is of an outcome or of a file.

    Raises BetterNeeded where the answer is `ranked` and nothing says which way is better: a file of trials does not.
    """
    if (choice.outcome is None) == (choice.data is None):
        raise UsageError(
            "a network is of an outcome of the table or of a file of your own",
            hint="give either `--outcome` or `--data`",
        )
    flagged, dated = ("--include-flagged", choice.include_flagged), ("--as-of", choice.as_of is not None)
    for option, given in (flagged, dated) if choice.data else (("--column", bool(choice.columns)),):
        if given:
            raise UsageError(f"`{option}` is for trials {'of the table' if choice.data else 'given by `--data`'}")
    if ranked and choice.data and choice.better is None:
        file = "standard input" if choice.data == "-" else f"`{choice.data}`"
        raise BetterNeeded(f"{file} does not say whether lower or higher values are better")
    return OfFile(choice, tell) if choice.data else OfTable(choice, tell)


def _of_table(store: Store, choice: Choice, words: Words) -> Asked:
    outcome = store.find("outcomes", str(choice.outcome))
    choice = choice._replace(
        outcome=outcome,
        reference=choice.reference and parse(store, choice.reference),
        inactive=choice.inactive and parse(store, choice.inactive),
        exclude=known_ids(store, "studies", choice.exclude),
        interactions=tuple(parse(store, together) for together in choice.interactions),
    )
    document = _stored(store, choice) if choice.of_the_default else _computed(store, choice)
    words.know("agents", {agent for node in document["nodes"] for agent in agents_of(node["regimen"])})
    held = [*document["studies"].values(), *document["excluded"]]
    sources = store.records("sources", {source for one in held for source in one.get("sources", ())})
    return Asked(choice, document, f"on {words.name('outcomes', outcome)}", words.regimen, sources, words)


def _stored(store: Store, choice: Choice) -> Document:
    """The network as it was analysed when the table was compiled; with flagged trials where they make a difference."""
    wider = network(store, str(choice.outcome), flagged=True) if choice.include_flagged else None
    found = wider or network(store, str(choice.outcome))
    if found is None:
        better = (store.record("outcomes", str(choice.outcome)) or {}).get("better", "lower")
        return empty_network(choice.outcome, None, choice.method, choice.tau2, better)
    return found


def _computed(store: Store, choice: Choice) -> Document:
    """The network analysed now, as the options say."""
    from bonerx.synthesis.effects.admission import Admission
    from bonerx.synthesis.effects.dataset import network_dataset
    from bonerx.synthesis.network.table import table_network

    outcome = str(choice.outcome)
    studies, sources = store.records("studies"), store.records("sources")
    admission = Admission(include_flagged=choice.include_flagged, exclude=choice.exclude, as_of=choice.as_of)
    data = network_dataset(studies, sources, outcome, measure=_measure(choice), admission=admission)
    better = choice.better or (store.record("outcomes", outcome) or {}).get("better", "lower")
    controls = {id_ for id_, agent in store.records("agents").items() if agent["kind"] == "control"}
    together = tuple(tuple(regimen.split(TOGETHER)) for regimen in choice.interactions)
    return table_network(data, studies, _options(choice._replace(better=better), data.measure, together), controls)


def _of_file(choice: Choice) -> tuple[Asked, Document]:
    """The network of a reader's own numbers, analysed now, and the file as the document names it."""
    from pathlib import Path

    from bonerx.evidence.trial_csv import read_trials
    from bonerx.model.measure import Measure
    from bonerx.synthesis.network.table import Numbers, own_network

    file = read_trials(str(choice.data), dict(choice.columns))
    measure = _measure(choice) or Measure(_MEASURES[file.shape])
    choice, together = _as_in(file.treatments, choice)
    choice = choice._replace(exclude=known_studies(choice.exclude, file.studies))
    groups = [group for group in file.groups if group.study not in choice.exclude]
    contrasts = [contrast for contrast in file.contrasts if contrast.study not in choice.exclude]
    try:
        document = own_network(Numbers(groups, contrasts), _options(choice, measure, together))
    except InvalidEvidence as error:
        faults = tuple(fault._replace(path=file.name) for fault in error.faults)
        raise InvalidEvidence(f"`{file.name}` holds no sound network", faults=faults, hint=error.hint) from error
    document["excluded"] += [{"study": study, "reason": "left out on request"} for study in choice.exclude]
    asked = Asked(choice, document, f"in {Path(file.name).name}", _as_it_stands, {}, None, file.remarks)
    return asked, {"path": file.name, "sha256": file.sha256}


def _as_in(treatments: Sequence[str], choice: Choice) -> tuple[Choice, tuple[tuple[str, ...], ...]]:
    """Return a choice with its treatments and components as a file spells them, and those of each interaction apart.

    What the file does not have stays as typed, for the analysis to refuse.
    """
    components = {label_key(part): part for treatment in treatments for part in parts_of(treatment)}
    known = components | {label_key(treatment): treatment for treatment in treatments}

    def named(typed: str | None) -> str | None:
        return typed and known.get(label_key(typed), typed)

    together = tuple(
        tuple(read_joined(typed, lambda name: components.get(label_key(name))) or parts_of(typed))
        for typed in choice.interactions
    )
    choice = choice._replace(
        reference=named(choice.reference),
        inactive=named(choice.inactive),
        interactions=tuple(map(TOGETHER.join, together)),
    )
    return choice, together


def _as_it_stands(regimen: str) -> str:
    return regimen


def _measure(choice: Choice) -> Any:
    from bonerx.model.measure import Measure

    if choice.measure is None:
        return None
    try:
        return Measure(choice.measure)
    except ValueError as error:
        raise UsageError(f"`{choice.measure}` is no measure", hint=f"one of {', '.join(Measure)}") from error


def _options(choice: Choice, measure: Any, together: tuple[tuple[str, ...], ...]) -> NetworkOptions:
    from bonerx.synthesis.network.analysis import NetworkOptions

    return NetworkOptions(
        measure=measure,
        tau2=choice.tau2,  # type: ignore[arg-type]  # the engine refuses what it does not know
        method=choice.method,  # type: ignore[arg-type]
        reference=choice.reference,
        inactive=choice.inactive,
        interactions=together,
        better=choice.better,  # type: ignore[arg-type]
        tolerance=choice.tolerance,
    )


def status_of(document: Document) -> str:
    """Return whether a network says anything."""
    return "answered" if document["nodes"] else "no-evidence"


def nothing_headline(where: str) -> str:
    """Return the one sentence on a network without studies."""
    return f"{where[:1].upper()}{where[1:]}, {NOTHING}."
