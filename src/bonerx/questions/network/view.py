"""A network as a person reads it: how regimens are joined, what is estimated, from which trials, and what stays out."""

from collections.abc import Iterator, Mapping
from typing import Any

from bonerx.answer import Records
from bonerx.number import counted, number, p_value, percent
from bonerx.page import Cell, Column, Facts, Graph, Listing, Notes, Section
from bonerx.questions.citations.names import listed
from bonerx.questions.network.headline import (
    CHANCE,
    UNSAID,
    agreeing,
    differing,
    in_order,
    missing_links,
    parts_of,
    reference_in,
)
from bonerx.questions.network.options import Asked
from bonerx.questions.network.stored import finder, model_of

Document = dict[str, Any]

MODELS = {"random": "random effects", "common": "common effect"}
METHODS = {
    "iv": "inverse variance",
    "mh": "Mantel–Haenszel",
    "nch": "conditional likelihood (non-central hypergeometric)",
}


def sections(asked: Asked, limits: list[str], *, contributions: bool) -> tuple[Section, ...]:
    """Return the answer in the order in which a person reads it."""
    document = asked.document
    found: list[Section] = []
    if document["nodes"]:
        found.append(graph(asked))
        found.append(_facts(asked))
        for part in parts_of(document):
            found += _of_part(asked, part, contributions=contributions)
        found += _components(asked)
    return (*found, *closing(asked, limits))


def closing(asked: Asked, limits: list[str]) -> Iterator[Section]:
    """Yield how every answer from a network ends: the trials, those left out, and what limits it."""
    if asked.document["studies"]:
        yield _trials(asked)
    if asked.document["excluded"]:
        columns = (Column("Trial"), Column("Why it is left out"))
        rows = ((Cell(one["study"], "id"), Cell(one["reason"])) for one in asked.document["excluded"])
        yield Listing("Left out", columns, rows)
    if limits:
        yield Notes("What limits this answer", tuple(limits))


def estimate_cell(one: Mapping[str, Any] | None, measure: str) -> Cell:
    """Return an estimate as a cell, empty where there is none."""
    if one is None or one["value"] is None:
        return Cell("–", "silent")
    return Cell((one["value"], one["ci_low"], one["ci_high"], measure), "estimate")


def effect_label(document: Mapping[str, Any]) -> str:
    """Return the heading of a column of estimates."""
    return f"{document['measure']} ({100 * document['level']:g}% CI)"


def graph(asked: Asked) -> Graph:
    """Return the drawing, each part from the regimen that its estimates are shown against."""
    document = asked.document
    studies = {node["regimen"]: node["studies"] for node in document["nodes"]}
    roots = [reference_in(document, part) for part in parts_of(document)]
    order = [*roots, *sorted(studies.keys() - set(roots), key=lambda name: (-studies[name], name))]
    edges = sorted(document["edges"], key=lambda edge: (-edge["studies"], edge["a"], edge["b"]))
    return Graph(
        "How trials join the regimens",
        tuple(asked.regimen(name) for name in order),
        tuple((asked.regimen(edge["a"]), asked.regimen(edge["b"]), edge["studies"]) for edge in edges),
    )


def _facts(asked: Asked) -> Facts:
    document = asked.document
    model = MODELS[model_of(document)]
    people = [node["n"] for node in document["nodes"]]
    size = f"{len(document['nodes'])}, joined by {counted(len(document['studies']), 'trial')}"
    known = (
        counted(sum(people), "person", "people")
        if None not in people
        else "the number of people is not known for every trial"
    )
    items = [
        ("Regimens", Cell(f"{size}; {known}")),
        ("Model", Cell(f"{model}, {METHODS[document['method']]}" + _tau2_method(document))),
        ("Better", Cell(f"{document['better']} values, for the ranking" if document["better"] else UNSAID)),
    ]
    if document["connected"]:
        items += [("Heterogeneity", Cell(differing(document))), ("Consistency", Cell(agreeing(document)))]
        items.append(("Connected", Cell("yes: a chain of trials joins every two regimens")))
    else:
        items.append(("Connected", Cell(f"no: {len(document['parts'])} parts, each analysed alone")))
        links = missing_links(asked)
        items.append(("Missing link" if len(links) == 1 else "Missing links", Cell(listed(links))))
    return Facts("The network", tuple(items))


def _tau2_method(document: Mapping[str, Any]) -> str:
    method = document["random"]["tau2_method"]
    return f", τ² by {method}" if method else ""


def _of_part(asked: Asked, part: Mapping[str, Any], *, contributions: bool) -> Iterator[Section]:
    """Yield what one connected part says."""
    alone = asked.document["connected"]
    reference = reference_in(asked.document, part)
    name = asked.regimen(reference)
    if not alone:
        told = (("Regimens", Cell([asked.regimen(one) for one in part["regimens"]], "regimen")),)
        numbers = (("Heterogeneity", Cell(differing(part))), ("Consistency", Cell(agreeing(part))))
        yield Facts(f"The part of {name}", told + numbers)
    yield _against(asked, part, reference)
    both = [split for split in part["splits"] if split["direct"] and split["indirect"]]
    if both:
        yield _splits(asked, both)
    if part["ranking"] is not None:
        yield ranking(asked, part, "Ranking by the network" if alone else f"Ranking in the part of {name}")
    if contributions:
        yield _carried(asked, part, reference)


def _against(asked: Asked, part: Mapping[str, Any], reference: str) -> Listing:
    document = asked.document
    label = effect_label(document)
    columns = (Column("Regimen"), Column(label), Column("Evidence"), Column("Trials of the pair", number=True))
    pairs, splits = finder(document, model_of(document)), finder(document, "splits")

    def rows() -> Iterator[tuple[Cell, ...]]:
        for regimen in in_order(part):
            if regimen != reference:
                row = pairs(regimen, reference)
                split = splits(regimen, reference) or {}
                effect = estimate_cell(row, document["measure"])
                yield (Cell(asked.regimen(regimen), "regimen"), effect, evidence(split), Cell(split.get("k"), "count"))

    return Listing(f"Against {asked.regimen(reference)}", columns, rows())


def evidence(split: Mapping[str, Any]) -> Cell:
    """Return in words how much of an estimate is direct."""
    if not split.get("k"):
        return Cell("indirect only")
    if not split["indirect"]:
        return Cell("direct only")
    share = split["share_direct"]
    return Cell("direct and indirect") if share is None else Cell(share, "percent", (), "direct")


def _splits(asked: Asked, both: list[Document]) -> Listing:
    measure = asked.document["measure"]
    names = ("Pair", f"Direct {measure}", f"Indirect {measure}", "Differ: p", "Share direct")
    columns = tuple(Column(name, number=place > 2) for place, name in enumerate(names))
    rows = (
        (
            Cell(f"{asked.regimen(split['a'])} against {asked.regimen(split['b'])}", "regimen"),
            *(estimate_cell(split[name], measure) for name in ("direct", "indirect")),
            Cell((split["difference"] or {}).get("p"), "p"),
            Cell(split["share_direct"], "percent"),
        )
        for split in both
    )
    return Listing("Direct and indirect evidence", columns, rows)


def ranking(asked: Asked, part: Mapping[str, Any], title: str) -> Listing:
    """Return the regimens of a part, surest to be better first, with what says how sure."""
    better = asked.document["better"]
    columns = (Column("Regimen"), Column("P-score", number=True), Column("Mean rank", number=True))
    rows = (
        (
            Cell(asked.regimen(one["regimen"]), "regimen"),
            Cell(one["p_score"], "number"),
            Cell(one["mean_rank"], "number"),
        )
        for one in part["ranking"]
    )
    return Listing(f"{title} ({better} values are better)", columns, rows)


def _carried(asked: Asked, part: Mapping[str, Any], reference: str) -> Listing:
    columns = (Column("Regimen"), Column("Trials that carry the estimate, with their shares"))
    splits = finder(asked.document, "splits")

    def rows() -> Iterator[tuple[Cell, ...]]:
        for regimen in in_order(part):
            split = splits(regimen, reference)
            if split is not None:
                shares = (split["contributions"] or {}).get("studies")
                told = listed(f"{one['study']} {percent(one['share'])}" for one in shares) if shares else None
                yield (Cell(asked.regimen(regimen), "regimen"), Cell(told or "not computed", "text"))

    return Listing(f"What carries each estimate against {asked.regimen(reference)}", columns, rows())


def _components(asked: Asked) -> Iterator[Section]:
    """Yield what each component adds by the additive model, and whether the data contradict it."""
    model, measure = asked.document["components"], asked.document["measure"]
    if model is None:
        return
    found = [(_component(asked, one["component"]), one) for one in model["components"]]
    found += [
        (f"{asked.regimen(one['component'])} added to {asked.regimen(one['to'])}", one)
        for combination in model["combinations"]
        for one in combination["adds"]
    ]
    columns: tuple[Column, ...] = (Column("Component"), Column(effect_label(asked.document)))
    rows: list[tuple[Cell, ...]] = [(Cell(name, "regimen"), estimate_cell(one, measure)) for name, one in found]
    if not all(one["estimable"] for _, one in found):
        columns += (Column("Why not estimable"),)
        rows = [(*row, Cell(one.get("reason", ""))) for row, (_, one) in zip(rows, found, strict=True)]
    against = f" against {asked.regimen(model['inactive'])}" if model["inactive"] else ""
    yield Listing(f"What each component adds{against}, by the additive model", columns, rows)
    together = any(one["kind"] == "interaction" for one in model["components"])
    beyond = " beyond the interactions named" if together else ""
    if model["df_difference"]:
        verdict = "contradict" if model["p_difference"] < CHANCE else "do not contradict"
        test = f"Q {number(model['q_difference'])}, df {model['df_difference']}, {p_value(model['p_difference'])}"
        text = f"The trials {verdict} that effects add up{beyond} ({test})."
    elif together:
        text = "An interaction is what its components do together beyond their sum; nothing tests the model further."
    else:
        text = "Nothing in this network tests whether effects add up, so it supports no synergy either."
    yield Notes(None, (text,))


def _component(asked: Asked, component: str) -> str:
    return " × ".join(asked.regimen(part) for part in component.split(" * "))


def _trials(asked: Asked) -> Listing:
    """The trials that count, with what is known of their reports."""
    held = asked.document["studies"]
    columns: tuple[Column, ...] = (Column("Trial"), Column("Regimens"))
    if asked.words is None:
        rows = [
            (Cell(study, "id"), Cell([asked.regimen(r) for r in one["regimens"]], "regimen"))
            for study, one in held.items()
        ]
        return Listing("Trials", columns, rows)
    columns += (Column("Months", number=True), Column("Numbers read in"), Column("Integrity"))
    return Listing("Trials", columns, (_trial(asked, study, one) for study, one in held.items()))


def _trial(asked: Asked, study: str, one: Mapping[str, Any]) -> tuple[Cell, ...]:
    sources = [asked.sources[source] for source in one["sources"] if source in asked.sources]
    known = [source.get("integrity", {}).get("status", "none-known") for source in sources]
    status = [each for each in known if each != "none-known"]
    words = asked.words
    return (
        Cell(study, "id"),
        Cell([asked.regimen(regimen) for regimen in one["regimens"]], "regimen"),
        Cell(one["months"], "count"),
        Cell("; ".join(words.cite(source) for source in sources) if words else ""),
        Cell(status or "none-known", "integrity"),
    )


def records(document: Mapping[str, Any]) -> Records:
    """Return every pair as a flat row: both models, the direct and the indirect estimate, and how they differ."""
    numbers = ("te", "se", "value", "ci_low", "ci_high", "p")
    columns = ("a", "b", "measure", *(f"{model}_{name}" for model in MODELS for name in numbers), "k", "share_direct")
    columns += tuple(f"{kind}_{name}" for kind in ("direct", "indirect", "difference") for name in ("te", "se"))
    columns += ("difference_p", "reason")

    def rows() -> Iterator[tuple[Any, ...]]:
        splits = {(split["a"], split["b"]): split for split in document["splits"]}
        random = {(row["a"], row["b"]): row for row in document["random"]["pairs"]}
        for row in document["common"]["pairs"]:
            pair = row["a"], row["b"]
            split = splits.get(pair, {})
            line = [*pair, document["measure"]]
            line += [(random.get(pair) or {}).get(name) for name in numbers] + [row[name] for name in numbers]
            line += [split.get("k"), split.get("share_direct")]
            for kind in ("direct", "indirect", "difference"):
                line += [(split.get(kind) or {}).get(name) for name in ("te", "se")]
            yield (*line, (split.get("difference") or {}).get("p"), row.get("reason") or split.get("reason"))

    return Records(columns, rows())
