"""What do the trials give together of one regimen against another, those of the table or of a file of one's own?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UnknownName, UsageError
from bonerx.model.regimen import find_label
from bonerx.questions.citations.claims import source_document
from bonerx.questions.citations.names import Words
from bonerx.questions.pool.headline import caveats_of, headline_of
from bonerx.questions.pool.options import Choice
from bonerx.questions.records.typed_ids import known_ids, known_studies
from bonerx.questions.statements.match import ask_regimen
from bonerx.store import analysis_queries as numbers
from bonerx.store.queries import Store
from bonerx.synthesis.pairwise.conclusion import absolute_of, estimate_of, verdict_of, verdicts_of

if TYPE_CHECKING:
    from bonerx.page import Plot, Section

Document = dict[str, Any]


class Told(NamedTuple):
    """A pool with what is needed to tell of it: names of things, records of its sources by id, remarks on a file."""

    choice: Choice
    document: Document
    a: str
    b: str
    outcome: str
    sources: dict[str, Document]
    words: Words | None
    remarks: tuple[str, ...] = ()


class Pool(NamedTuple):
    """The question what the table's trials give of `a` against `b` on an outcome; `plot` is a figure to draw."""

    a: str
    b: str
    outcome: str
    choice: Choice = Choice()
    plot: tuple[str, str] | None = None
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return the answer; raise UnknownName and UsageError for what the table or the analysis does not know."""
        words = Words(store, self.lang)
        one, other = ask_regimen(store, self.a), ask_regimen(store, self.b)
        if one.id == other.id:
            raise UsageError(f"both sides are `{one.id}`: a pool needs two regimens")
        outcome = store.find("outcomes", self.outcome)
        choice = self.choice.checked()
        choice = choice._replace(exclude=known_ids(store, "studies", choice.exclude))
        document = numbers.pool(store, one.id, other.id, outcome)
        if choice.needs_computing(document["measure"] if document else None):
            from bonerx.questions.pool.compute import pool_of_table

            document = pool_of_table(store, outcome, one.id, other.id, choice)
        document = document or _nothing(store, one.id, other.id, outcome)
        document["published"] = [
            estimate
            for estimate in numbers.published(store, one.id, other.id, outcome)
            if choice.as_of is None or (estimate["year"] or choice.as_of + 1) <= choice.as_of
        ]
        if not document["k"]:
            document["elsewhere"] = [
                {"outcome": on, "k": found["k"], "measure": found["measure"]}
                for on, found in numbers.pools(store, one.id, other.id).items()
                if found["k"] and on != outcome
            ]
        document["unit"] = words.record("outcomes", outcome).get("unit")
        document["members"] = _members(store, one.id, other.id, outcome)
        named = {source for study in document["studies"] for source in study["sources"]}
        named |= {estimate["source"] for estimate in document["published"]}
        left_out = store.records("studies", [one["study"] for one in document["excluded"]])
        named |= {source for study in left_out.values() for source in study["sources"]}
        names = words.regimen(one.id), words.regimen(other.id), words.name("outcomes", outcome)
        told = Told(choice, document, *names, store.records("sources", named), words)
        query = {"command": "pool", "a": one.id, "b": other.id, "outcome": outcome, "data": None, **choice.query()}
        return tell(told, query, self.plot)


class PoolOfData(NamedTuple):
    """The question what the trials of a person's own file give of `a` against `b`; None are its only two treatments."""

    data: str
    a: str | None = None
    b: str | None = None
    choice: Choice = Choice()
    columns: tuple[tuple[str, str], ...] = ()
    plot: tuple[str, str] | None = None

    def answer_from(self, _paths: Sequence[str]) -> Answer:
        """Return the answer from the file alone; raise InvalidEvidence with every fault of it."""
        from bonerx.evidence.trial_csv import read_trials
        from bonerx.questions.pool.compute import pool_of_data

        choice = self.choice.checked()
        preferred = {"MD": "means", "SMD": "means", "generic": "contrasts", "HR": "contrasts"}.get(choice.measure or "")
        shapes = sorted(("counts", "means", "contrasts"), key=lambda shape: shape != preferred)
        data = read_trials(self.data, dict(self.columns), shapes)
        a, b = _sides(data.treatments, self.a, self.b)
        choice = choice._replace(exclude=known_studies(choice.exclude, data.studies))
        document = pool_of_data(data, a, b, choice)
        told = Told(choice, document, a, b, data.name, {}, None, data.remarks)
        query = {"command": "pool", "a": a, "b": b, "outcome": None, "data": data.name, **choice.query()}
        answer = tell(told, query, self.plot)
        answer.document["evidence"] = [{"path": data.name, "sha256": data.sha256}]
        return answer


def pool(
    a: str | None,
    b: str | None,
    outcome: str | None,
    data: str | None,
    choice: Choice,
    columns: Sequence[str] = (),
    plot: str | None = None,
    plot_kind: str | None = None,
) -> Pool | PoolOfData:
    """Return the question for one pool; raise UsageError unless it is of an outcome or of a file, with two sides.

    `plot` is the path of a figure to draw besides, of a kind (`forest`, `funnel`) that else its name says.
    """
    if (outcome is None) == (data is None):
        hint = "`bonerx outcomes` lists the outcomes of the table"
        message = "a pool is of an outcome of the table or of a file of your own: give either `--outcome` or `--data`"
        raise UsageError(message, hint=hint)
    figure = (plot, plot_kind or ("funnel" if "funnel" in plot.lower() else "forest")) if plot else None
    if data is None:
        if a is None or b is None:
            raise UsageError(
                "a pool needs two regimens, as in `bonerx pool alendronate placebo --outcome hip-fracture`"
            )
        if columns:
            raise UsageError("`--column` is for a file of your own", hint="add `--data FILE`")
        if choice.better is not None:
            raise UsageError("the table knows which way an outcome is better", hint="leave `--better` out")
        return Pool(a, b, str(outcome), choice, figure)
    given = {"--include-flagged": choice.include_flagged, "--as-of": choice.as_of, "--by": choice.by}
    for option, value in given.items():
        if value:
            raise UsageError(f"`{option}` is for the table's trials: a file of your own does not say")
    return PoolOfData(data, a, b, choice, tuple(_column(text) for text in columns), figure)


def _column(text: str) -> tuple[str, str]:
    column, equals, name = text.partition("=")
    if not (equals and column.strip() and name.strip()):
        raise UsageError(f"`{text}` maps no column", hint="write `events=r` where the column of events is called `r`")
    return column.strip().casefold(), name.strip()


def _sides(treatments: Sequence[str], a: str | None, b: str | None) -> tuple[str, str]:
    """Return the two treatments asked for, as the file writes them; of a file with two the first is a."""

    def known(name: str) -> str:
        found = find_label(name, treatments)
        if found is None:
            from difflib import get_close_matches

            near = tuple(get_close_matches(name, treatments)) or tuple(treatments[:5])
            raise UnknownName("treatment", name, near)
        return found

    if a is None:
        if len(treatments) != 2:
            some = ", ".join(f"`{name}`" for name in treatments[:8])
            if len(treatments) == 1:
                raise UsageError(f"the file has only the treatment {some}: there is nothing to compare it with")
            raise UsageError(f"the file has {len(treatments)} treatments; name two of them", hint=f"among them: {some}")
        return treatments[0], treatments[1]
    one = known(a)
    if b is None:
        others = [treatment for treatment in treatments if treatment != one]
        if len(others) != 1:
            raise UsageError(f"name what `{one}` is compared with")
        return one, others[0]
    return one, known(b)


def _nothing(store: Store, a: str, b: str, outcome: str) -> Document:
    """Return the pool of no study, for a pair of which none reports on the outcome."""
    empty: Document = {"a": a, "b": b, "outcome": outcome, "measure": None, "level": 0.95, "studies": []}
    empty |= dict.fromkeys(("common", "random", "heterogeneity"))
    empty |= {"k": 0, "n": None, "n_unknown": [], "excluded": [], "published": [], "leave_one_out": None}
    empty |= {"small_study": None, "headline": None, "reason": "no study to pool"}
    record = store.record("outcomes", outcome) or {}
    return empty | {"silent": numbers.comparing(store, a, b), "better": record.get("better")}


def _members(store: Store, a: str, b: str, outcome: str) -> list[Document]:
    """Return what the members of a class on either side have: their own pools, which are not this one."""
    found = []
    for side, regimen in (("a", a), ("b", b)):
        for member in store.members(regimen):
            pair = (member, b) if side == "a" else (a, member)
            document = numbers.pool(store, *pair, outcome) if pair[0] != pair[1] else None
            if document is not None:
                excluded = [one["study"] for one in document["excluded"]]
                found.append({"side": side, "regimen": member, "k": document["k"], "excluded": excluded})
    return found


def tell(told: Told, query: Document, plot: tuple[str, str] | None) -> Answer:
    """Return the answer that a pool is: which estimate, whom it favours, what that means, and what limits it."""
    document, choice = told.document, told.choice
    better = document["better"]
    estimate = estimate_of(document, choice.model, choice.ci) if document["k"] else None
    document["model"], document["ci"], document["estimate"] = choice.model, choice.ci, estimate
    document["verdict"] = verdict_of(estimate, document["measure"], better) if estimate else None
    document["verdicts"] = verdicts_of(document, better) if estimate else None
    document["absolute"] = absolute_of(document, estimate, better, choice.baseline) if estimate else None
    if choice.baseline is not None and estimate and document["absolute"] is None:
        raise UsageError(f"an {document['measure']} says nothing of risks", hint="leave `--baseline` out")
    for name in ("sensitivity", "subgroups", "regression", "cumulative"):
        document.setdefault(name, None)
    limits = [*told.remarks, *caveats_of(told)]
    document["headline"] = document.pop("headline") or headline_of(told)
    whole = {
        "status": "answered" if document["k"] else "no-evidence",
        "query": query,
        "answer": document,
        "claims": [],
        "sources": [source_document(source) for source in told.sources.values()],
        "caveats": limits,
    }

    def view() -> tuple[Section, ...]:
        from bonerx.questions.pool.view import sections

        return sections(told, limits)

    def records() -> Records:
        from bonerx.questions.pool.view import records

        return records(document)

    answer = Answer(whole, f"{told.a}  against  {told.b}", _scope(told), document["headline"], view, records)
    answer.plot = _drawing(told, plot) if plot and document["k"] else None
    return answer


def _drawing(told: Told, plot: tuple[str, str]) -> Callable[[], Plot]:
    """Return what makes the figure of a kind for a path."""

    def drawing() -> Plot:
        from bonerx.questions.pool.view import plotted

        return plotted(told, *plot)

    return drawing


def _scope(told: Told) -> str:
    """Return what was asked of whom."""
    choice = told.choice
    unit = told.document.get("unit")
    parts = [f"{told.outcome} ({unit})" if unit and told.document["measure"] == "MD" else told.outcome]
    parts += ["human", "randomised trials"] if told.words else []
    parts += ["integrity concerns included"] if choice.include_flagged else []
    parts += [f"as of {choice.as_of}"] if choice.as_of is not None else []
    parts += [f"without {', '.join(choice.exclude)}"] if choice.exclude else []
    return " · ".join(parts)
