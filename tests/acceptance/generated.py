"""Small evidence tables that nobody wrote: valid claims of every sort on a handful of agents, for laws to hold on."""

from typing import Any

from asking import Document
from hypothesis import strategies as st

from bonerx.model.regimen import IN_ORDER, agents_of

Record = dict[str, Any]
HEDGES = ("asserted", "suggested", "possible", "proposed")
CLASSES = ("alphas", "betas")
DRUGS = ("alpha-one", "alpha-two", "beta-one", "loner")
FORMS = ("vitamin", "vitamin-form")
AGENTS = (*CLASSES, *DRUGS, *FORMS)
OUTCOMES = ("fracture", "hip-fracture", "density")
PEOPLE = ("ill", "ill-women")

VOCABULARY: dict[str, list[Record]] = {
    "agents": [
        {"id": "alphas", "kind": "class", "names": {"en": "Alphas"}},
        {"id": "betas", "kind": "class", "names": {"en": "Betas"}},
        {"id": "alpha-one", "kind": "drug", "names": {"en": "Alpha one"},
         "classes": [{"of": "alphas", "summary": "book"}]},
        {"id": "alpha-two", "kind": "drug", "names": {"en": "Alpha two"},
         "classes": [{"of": "alphas", "summary": "book"}]},
        {"id": "beta-one", "kind": "drug", "names": {"en": "Beta one"},
         "classes": [{"of": "betas", "summary": "book"}]},
        {"id": "loner", "kind": "drug", "names": {"en": "Loner"}},
        {"id": "vitamin", "kind": "vitamin", "names": {"en": "Vitamin"}},
        {"id": "vitamin-form", "kind": "vitamin", "names": {"en": "Form of vitamin"}, "broader": "vitamin"},
        {"id": "stranger", "kind": "drug", "names": {"en": "Stranger"}},
        {"id": "other-stranger", "kind": "drug", "names": {"en": "Other stranger"}},
    ],
    "outcomes": [
        {"id": "fracture", "names": {"en": "Fracture"}, "better": "lower"},
        {"id": "hip-fracture", "names": {"en": "Hip fracture"}, "better": "lower", "broader": ["fracture"]},
        {"id": "density", "names": {"en": "Density"}, "better": "higher"},
        {"id": "nausea", "names": {"en": "Nausea"}, "better": "lower", "domain": "harm"},
    ],
    "populations": [
        {"id": "ill", "names": {"en": "Ill"}},
        {"id": "ill-women", "names": {"en": "Ill women"}, "broader": ["ill"]},
        {"id": "rats", "names": {"en": "Rats"}, "species": "rat"},
    ],
    "sources": [
        {"id": "first-2001", "kind": "narrative-review", "read_as": "abstract", "year": 2001},
        {"id": "second-2002", "kind": "guideline", "read_as": "full-text", "year": 2002},
        {"id": "gone-1999", "kind": "randomised-trial", "read_as": "abstract", "year": 1999,
         "integrity": {"status": "retracted", "note": "invented"}},
    ],
}  # fmt: skip

SAID = ("increases", "decreases", "maintains", "prevents")
COMPARED = (("superior", "regimen"), ("superior", "regimen"), ("inferior", "comparator"), ("no-difference", None),
            ("preferred", "regimen"))  # fmt: skip
KINDS = ("efficacy", "comparison", "comparison", "mechanism", "usage", "recommendation", "recommendation", "proposal")
RELATED = {
    "alpha-one": ("alpha-one", "alphas"), "alpha-two": ("alpha-two", "alphas"), "beta-one": ("beta-one", "betas"),
    "alphas": ("alphas", "alpha-one"), "betas": ("betas", "beta-one"),
    "vitamin": ("vitamin", "vitamin", "vitamin-form"), "vitamin-form": ("vitamin-form", "vitamin"),
}  # fmt: skip
"""What a claim on an agent may name so that it bears on it."""
REGIMENS = (*AGENTS, "alpha-one+vitamin", "alpha-two+vitamin", "alphas+vitamin", "vitamin+vitamin-form",
            "alpha-one-then-beta-one")  # fmt: skip

asked = st.sampled_from(REGIMENS)
pairs = st.tuples(asked, asked).filter(lambda pair: pair[0] != pair[1]) | st.sampled_from(
    [("alpha-one", "vitamin"), ("alpha-one+vitamin", "alpha-one"), ("alpha-one", "beta-one"), ("alphas", "alpha-two")]
)
populations = st.sampled_from([None, None, *PEOPLE])
species = st.sampled_from(["human", "human", "any"])


@st.composite
def near(draw: st.DrawFn, regimen: str) -> list[str]:
    """Draw the agents of a regimen that bears on the one given, or the same."""
    found = [draw(st.sampled_from(RELATED.get(agent, (agent,)))) for agent in agents_of(regimen)]
    return list(dict.fromkeys(found))


@st.composite
def claims(draw: st.DrawFn, sides: tuple[str, ...] = REGIMENS, human: bool | None = None) -> Record:
    """Draw a valid claim without its id, on something near `sides`; on people, on animals where `human` is False."""
    one, other = draw(st.sampled_from(sides)), draw(st.sampled_from(sides))
    regimen = draw(near(one))
    people = draw(st.sampled_from([True, True, True, False])) if human is None else human
    population = draw(st.sampled_from(["ill", *PEOPLE, None])) if people else draw(st.sampled_from(["rats", None]))
    source = draw(st.sampled_from(["first-2001", "second-2002", "first-2001", "gone-1999"]))
    record: Record = {
        "kind": draw(st.sampled_from(KINDS)),
        "regimen": regimen,
        "hedge": {"level": draw(st.sampled_from(HEDGES))},
        "population": {"id": population, "basis": "stated"} if population else {"basis": "not-stated"},
        "species": "human" if people else "rat",
        "summary": "Somebody says so.",
        "sources": [source],
        "rests_on_retracted": source == "gone-1999",
    }
    outcome = draw(st.sampled_from([*OUTCOMES, None, None]))
    if outcome:
        record["outcome"] = outcome
    if len(regimen) > 1:
        record["combination"] = "sequential" if IN_ORDER in one else "concurrent"
    comparator = draw(near(other))
    if sorted(comparator) != sorted(regimen) and draw(st.sampled_from([True, True, False])):
        record["comparator"] = comparator
        record["direction"], favours = draw(st.sampled_from(COMPARED))
        record |= {"favours": favours} if favours else {}
    else:
        record["direction"] = draw(st.sampled_from([*SAID, "preferred", "recommended"]))
    about = {*regimen, *record.get("comparator", ())}
    named = [
        drug for drug, of in (("alpha-one", "alphas"), ("beta-one", "betas")) if of in about and draw(st.booleans())
    ]
    return record | ({"named": named} if named else {})


def table(found: list[Record], prefix: str = "claim") -> Document:
    """Return a table of claims, numbered in their order."""
    return {**VOCABULARY, "claims": [{"id": f"{prefix}-{number}", **record} for number, record in enumerate(found)]}


def tables(*sides: str, most: int = 8) -> st.SearchStrategy[Document]:
    """Draw tables of claims on something near `sides`, or on anything."""
    return st.lists(claims(sides or REGIMENS), min_size=1, max_size=most).map(table)


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[str, str], Document]:
    """Draw two regimens and a table that says much of them."""
    pair = draw(pairs)
    return pair, draw(tables(*pair))


def verdicts(answer: Document) -> list[Document]:
    """Return every verdict of a comparison."""
    return [answer["overall"], answer["preference"], *answer["outcomes"]]


def unordered(value: Any) -> Any:
    """Return a document without the order of its lists and of the words of its sentences."""
    if isinstance(value, dict):
        return {key: unordered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=repr)
    return (
        sorted(value.replace(";", " ").replace(",", " ").replace(".", " ").casefold().split())
        if _prose(value)
        else value
    )


def _prose(value: Any) -> bool:
    return isinstance(value, str) and " " in value
