"""A trial as a person reads it: who was randomised to what, what each arm showed and what the trial prints itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from bonerx.model.regimen import regimen_id
from bonerx.number import count, counted, number
from bonerx.page import Cell, Column, Facts, Listing, Section
from bonerx.questions.citations.names import Words

Document = dict[str, Any]
SILENT = Cell("–", "silent")


def study_sections(words: Words, study: Document, sources: dict[str, Document]) -> list[Section]:
    """Return everything of a study, its figures with where each was read."""
    found: list[Section] = [_facts(words, study, sources), _arms(words, study)]
    if study.get("results"):
        found.append(_results(words, study))
    if study.get("contrasts"):
        found.append(_contrasts(words, study))
    return found


def arm_names(words: Words, study: Document) -> dict[str, str]:
    """Return what each arm of a study was given, by the arm's id."""
    return {arm["id"]: words.regimen(regimen_id(arm["regimen"], arm.get("combination"))) for arm in study["arms"]}


def integrity_of(study: Document, sources: dict[str, Document]) -> str:
    """Return the gravest of what is known against the reports of a study."""
    grave = ("retracted", "concern", "erratum", "corrected")
    known = {sources.get(id_, {}).get("integrity", {}).get("status") for id_ in study["sources"]}
    return next((status for status in grave if status in known), "none-known")


def _facts(words: Words, study: Document, sources: dict[str, Document]) -> Facts:
    warnings = [words.warning(sources[id_]) for id_ in study["sources"] if id_ in sources]
    background = ", ".join(words.name("agents", agent) for agent in study.get("background", ()))
    population = study.get("population")
    items: list[tuple[str, Any]] = [
        ("also called", ", ".join(study.get("names", ()))),
        ("year", study.get("year")),
        ("population", words.name("populations", population) if population else None),
        ("participants", study.get("participants")),
        ("species", study.get("species", "human")),
        ("randomised", "yes" if study.get("randomised", True) else "no"),
        ("every arm received", background),
        ("participants are part of", ", ".join(study.get("within", ()))),
        ("sources", ", ".join(study["sources"])),
        ("integrity", "; ".join(filter(None, warnings)) or "none known"),
        ("note", study.get("note")),
    ]
    return Facts(f"The trial {study['id']}", tuple((label, Cell(value)) for label, value in items if value))


def _arms(words: Words, study: Document) -> Listing:
    names = arm_names(words, study)
    rows = (
        (
            Cell(arm["id"], "id"),
            Cell(names[arm["id"]], "regimen"),
            Cell(arm["dose"]) if arm.get("dose") else SILENT,
            Cell(arm["randomised"], "count") if arm.get("randomised") is not None else SILENT,
        )
        for arm in study["arms"]
    )
    columns = (Column("Arm"), Column("Received"), Column("Dose"), Column("Randomised", number=True))
    return Listing("Arms", columns, rows)


def _results(words: Words, study: Document) -> Listing:
    rows = (
        (
            Cell(words.name("outcomes", result["outcome"]), "outcome", (), _months(result)),
            Cell(result["arm"], "id"),
            Cell(figures(result), "text", (), result.get("unusable", "")),
            Cell(f"{result['source']}, {result['place']}", "text", (), result.get("note", "")),
        )
        for result in study["results"]
    )
    return Listing("What the arms showed", _columns("Arm"), rows)


def _contrasts(words: Words, study: Document) -> Listing:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for printed in study["contrasts"]:
            limits = (printed.get("ci_low"), printed.get("ci_high"))
            effect = Cell((printed["value"], *limits, printed["measure"]), "estimate", (), _remarks(printed))
            yield (
                Cell(words.name("outcomes", printed["outcome"]), "outcome", (), _months(printed)),
                Cell(f"{printed['a']} against {printed['b']}"),
                effect,
                Cell(f"{printed['source']}, {printed['place']}", "text", (), printed.get("note", "")),
            )

    return Listing("What it prints itself", _columns("Contrast"), rows())


def _columns(what: str) -> tuple[Column, ...]:
    return Column("Outcome"), Column(what), Column("Figures"), Column("Read in")


def _remarks(printed: Document) -> str:
    return "; ".join(filter(None, (printed["measure"], printed.get("subgroup"), printed.get("unusable"))))


def _months(figure: Document) -> str:
    return counted(figure["months"], "month") if figure.get("months") else ""


def figures(result: Document) -> str:
    """Return one arm's figures in short: `78 of 981`, or a mean with its spread."""
    people = count(result["n"]) if result.get("n") is not None else "an unknown number"
    if result.get("events") is not None:
        return f"{result['events']} of {people}"
    if result.get("mean") is None:
        return f"of {people}"
    spread = next((f" ({name} {number(result[name])})" for name in ("sd", "se") if result.get(name) is not None), "")
    return f"mean {number(result['mean'])}{spread} of {people}"


def outcomes_of(study: Document) -> list[str]:
    """Return the outcomes a study reports on in numbers, each once."""
    reported: Iterable[Document] = (*study.get("results", ()), *study.get("contrasts", ()))
    return list(dict.fromkeys(figure["outcome"] for figure in reported))
