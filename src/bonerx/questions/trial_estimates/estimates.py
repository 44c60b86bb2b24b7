"""The numbers beside the sentences of a comparison: pooled trials, published pools, the network; all read."""

from typing import Any, NamedTuple

from bonerx import number
from bonerx.model.measure import SIDES, Measure
from bonerx.number import counted
from bonerx.questions.citations.names import Words, listed
from bonerx.store.analysis_queries import pools, published
from bonerx.store.queries import Store

Document = dict[str, Any]
_FIELDS = ("te", "se", "value", "ci_low", "ci_high", "p")
HANGING = " by Wald's interval, not by Hartung–Knapp's,"


class Numbers(NamedTuple):
    """Estimates and published pools of one regimen (`a`) against another (`b`), each with its outcome."""

    estimates: tuple[Document, ...]
    published: tuple[Document, ...]

    def on(self, outcome: str) -> list[Document]:
        """Return the estimates on one outcome."""
        return [estimate for estimate in self.estimates if estimate["outcome"] == outcome]

    @property
    def any(self) -> bool:
        """Whether there is any number."""
        return bool(self.published) or any(estimate["value"] is not None for estimate in self.estimates)

    @property
    def outcomes(self) -> list[str]:
        """The outcomes with an estimate or a published pool, each once."""
        return list(dict.fromkeys(document["outcome"] for document in (*self.estimates, *self.published)))

    @property
    def sources(self) -> list[str]:
        """The ids of the sources of all numbers, each once."""
        named = [source for estimate in self.estimates for source in estimate["sources"]]
        return list(dict.fromkeys([*named, *(document["source"] for document in self.published)]))


NO_NUMBERS = Numbers((), ())


def numbers(
    store: Store,
    a: str,
    b: str,
    outcome: str | None,
    *,
    network: bool = False,
    flagged: bool = False,
    as_of: int | None = None,
) -> Numbers:
    """Return what the trials of the table give on `a` against `b`: every stored pool, or those of one outcome.

    With an outcome the network's estimate stands beside them where no trial compares the two, or where `network` asks
    for it; `flagged` puts in its place the one that counts trials of integrity concern. `as_of` leaves out what is
    newer: the pools are then made anew, and the network, which is not, is left out.
    """
    found = {name: pool for name, pool in pools(store, a, b).items() if outcome in (None, name)}
    if as_of is not None:
        dated = {name: pool_as_of(store, a, b, name, as_of) for name in found}
        printed = [each for each in published(store, a, b, outcome) if each["year"] and each["year"] <= as_of]
        return Numbers(tuple(direct_estimates(dated)), tuple(printed))
    direct = direct_estimates(found)
    through = (
        [_through(store, a, b, outcome, flagged=flagged)] if outcome and (network or flagged or not direct) else []
    )
    return Numbers((*direct, *filter(None, through)), tuple(published(store, a, b, outcome)))


def pool_as_of(store: Store, a: str, b: str, outcome: str, year: int) -> Document:
    """Return the pool of the trials that had appeared by a year, made now as the stored ones were made."""
    from bonerx.questions.pool.compute import pool_of_table
    from bonerx.questions.pool.options import Choice

    return pool_of_table(store, outcome, a, b, Choice(as_of=year))


def direct_estimates(documents: dict[str, Document]) -> list[Document]:
    """Return the stored pools by outcome as the `estimates` of an answer; a pool of no study is none."""
    return [_direct(outcome, document) for outcome, document in documents.items() if document.get("k")]


def _direct(outcome: str, document: Document) -> Document:
    """Return the pool of the trials that compare the two, in the fields of `estimates`."""
    model = "random" if document["random"] else "common"
    pooled = document[model] or {}
    included = [study for study in document["studies"] if study["included"]]
    return {
        "outcome": outcome,
        "kind": "direct",
        "model": model,
        "measure": document["measure"],
        "level": document["level"],
        **{field: pooled.get(field) for field in _FIELDS},
        "hk": pooled.get("hk"),
        "k": document["k"],
        "n": document["n"],
        "tau2": pooled.get("tau2"),
        "i2": (document["heterogeneity"] or {}).get("i2"),
        "studies": [study["study"] for study in included],
        "sources": list(dict.fromkeys(source for study in included for source in _sources(study))),
        "excluded": document["excluded"],
        "reason": pooled.get("reason"),
    }


def _sources(study: Document) -> list[str]:
    source = study.get("source")
    return [source] if isinstance(source, str) else list(source or ())


def _through(store: Store, a: str, b: str, outcome: str, *, flagged: bool) -> Document | None:
    """Return the network's estimate in the fields of `estimates`; where it has none, the reason why."""
    from bonerx.questions.network.stored import network_estimate

    found = network_estimate(store, a, b, outcome)
    if found is None:
        return None
    if flagged and found["flagged"]:
        found = found["flagged"] | {"flagged": None}
    return {
        "outcome": outcome,
        "kind": "network",
        "model": "random",
        "measure": found["measure"],
        "level": found["level"],
        **{field: found.get(field) for field in _FIELDS},
        "k": found.get("k") or 0,
        "n": None,
        "tau2": found.get("tau2"),
        "i2": found.get("i2"),
        "share_direct": found.get("share_direct"),
        "studies": [carrying["study"] for carrying in found.get("studies") or ()],
        "sources": list(found.get("sources") or ()),
        "flagged_studies": list(found.get("flagged_studies") or ()),
        "excluded": [],
        "connected": found["connected"],
        "missing_link": found.get("missing_link"),
        "reason": found.get("reason"),
        "caveats": list(found.get("caveats") or ()),
    }


def limits(found: Numbers, *, population: str | None) -> list[str]:
    """Return what limits the numbers: whom they leave out of account, what they count, what they rest on."""
    lines = []
    if population and found.estimates:
        lines.append("the numbers are of all trials of the table, whatever their population")
    flagged = dict.fromkeys(study for estimate in found.estimates for study in estimate.get("flagged_studies", ()))
    if flagged:
        lines.append(f"the network counts trials of integrity concern: {', '.join(flagged)}")
    for estimate in found.estimates:
        lines += [f"on {estimate['outcome']}: {line}" for line in estimate.get("caveats", ())]
    return list(dict.fromkeys(lines))


def side_of(estimate: Document, better: str) -> int | None:
    """Return whom an estimate favours with its whole interval: 0 for `a`, 1 for `b`, None for neither."""
    return _side(estimate, estimate["measure"], better)


def _side(interval: Document, measure: str, better: str) -> int | None:
    return SIDES.get(Measure(measure).favours(interval["ci_low"], interval["ci_high"], better) or "")


def hangs(estimate: Document, better: str) -> bool:
    """Whether the conclusion hangs on the interval: Wald's excludes no difference and Hartung–Knapp's does not."""
    hk = estimate.get("hk")
    side = side_of(estimate, better)
    return bool(side is not None and hk and _side(hk, estimate["measure"], better) != side)


def clauses(
    words: Words, names: tuple[str, str], found: Numbers, stated: dict[str, int | None], *, one: bool
) -> list[str]:
    """Return what the numbers add to a headline: whom they favour, and where they do not bear out what is stated.

    `stated` gives for each outcome the side that the statements favour; with `one` outcome asked its numbers are told.
    """
    said = [_told(words, names, estimate, stated) for estimate in (found.estimates if one else ())]
    groups: dict[tuple[bool, str], list[str]] = {}
    for estimate in () if one else found.estimates:
        outcome = estimate["outcome"]
        better = words.record("outcomes", outcome)["better"]
        side = side_of(estimate, better)
        against = stated.get(outcome) is not None and side != stated[outcome]
        what = (
            f"favour {names[side]}{HANGING * hangs(estimate, better)}"
            if side is not None
            else "show no clear difference"
        )
        groups.setdefault((against, what), []).append(words.name("outcomes", outcome))
    for (against, what), outcomes in groups.items():
        said.append(f"{'but ' if against else ''}the trials of this table {what} on {listed(outcomes)}")
    return said


def _told(words: Words, names: tuple[str, str], estimate: Document, stated: dict[str, int | None]) -> str:
    outcome = estimate["outcome"]
    if estimate["value"] is None:
        return f"in the network of trials: {estimate['reason']}"
    better = words.record("outcomes", outcome)["better"]
    side = side_of(estimate, better)
    against = stated.get(outcome) is not None and side != stated[outcome]
    what = (
        f"favours {names[side]}{HANGING * hangs(estimate, better)}" if side is not None else "shows no clear difference"
    )
    return f"{'but ' if against else ''}{_manner(estimate)} {what}: {spoken(estimate)}"


def _manner(estimate: Document) -> str:
    if estimate["kind"] == "direct":
        return "the pool of the trials" if len(estimate["studies"]) > 1 else "the one trial"
    if estimate["flagged_studies"]:
        return "the network of trials, with those of integrity concern,"
    return "the network of trials, indirectly," if not estimate["k"] else "the network of trials"


def spoken(estimate: Document) -> str:
    """Return an estimate as it is read out: measure, value, interval, and how many trials it rests on."""
    effect, limits = number.estimate(*interval(estimate))
    return f"{estimate['measure']} {effect} {limits}, {counted(len(estimate['studies']), 'trial')}"


def interval(document: Document) -> tuple[Any, ...]:
    """Return an effect with its limits and measure, as a cell shows it."""
    return (document["value"], document.get("ci_low"), document.get("ci_high"), document["measure"])
