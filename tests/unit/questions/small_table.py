"""Tables of a few claims, written in the words of the rules: `says("alphas > betas", named=["alpha-1"])`.

Two classes (`alphas` with `alpha-1` and `alpha-2`, `betas` with `beta-1`), which are both `drugs`; a vitamin with a
form of its own; three agents without relations (`x`, `y`, `z`) and `placebo`.
"""

from typing import Any

from asking import Document, answer_of, store_of

Record = dict[str, Any]

_SIGNS = {
    ">": ("superior", "regimen", "comparison"),
    "<": ("inferior", "comparator", "comparison"),
    "=": ("no-difference", None, "comparison"),
    "beside": ("increases", None, "comparison"),
    "before": ("preferred", "regimen", "recommendation"),
    "after": ("not-recommended", "comparator", "recommendation"),
}
"""How one side is said to stand to the other: direction, whom it favours, and the usual kind of such a claim."""
_KINDS = {
    "preferred": "recommendation",
    "recommended": "recommendation",
    "not-recommended": "recommendation",
    "emphasized": "proposal",
    "used": "usage",
}


def _agent(id_: str, kind: str = "drug", of: str | None = None, broader: str | None = None) -> Record:
    record: Record = {"id": id_, "kind": kind, "names": {"en": id_.replace("-", " ")}}
    record |= {"classes": [{"of": of, "summary": "a textbook"}]} if of else {}
    return record | ({"broader": broader} if broader else {})


VOCABULARY: dict[str, list[Record]] = {
    "agents": [
        _agent("drugs", "class"),
        _agent("alphas", "class", of="drugs"),
        _agent("betas", "class", of="drugs"),
        _agent("alpha-1", of="alphas"),
        _agent("alpha-2", of="alphas"),
        _agent("beta-1", of="betas"),
        _agent("vitamins", "class"),
        _agent("vitamin", "vitamin", of="vitamins"),
        _agent("vitamin-form", "vitamin", broader="vitamin"),
        *map(_agent, "xyz"),
        _agent("placebo", "control"),
    ],
    "outcomes": [
        {"id": "fracture", "names": {"en": "fractures"}, "better": "lower"},
        {"id": "hip-fracture", "names": {"en": "hip fractures"}, "better": "lower", "broader": ["fracture"]},
        {"id": "density", "names": {"en": "bone density"}, "better": "higher", "unit": "%"},
        {"id": "nausea", "names": {"en": "nausea"}, "better": "lower", "domain": "harm"},
        {"id": "clash", "names": {"en": "clashes"}, "better": "lower", "domain": "interaction"},
    ],
    "populations": [
        {"id": "ill", "names": {"en": "the ill"}},
        {"id": "women", "names": {"en": "ill women"}, "broader": ["ill"]},
        {"id": "men", "names": {"en": "ill men"}, "broader": ["ill"]},
        {"id": "rats", "names": {"en": "spayed rats"}, "species": "rat"},
    ],
    "sources": [
        {"id": "doe-2001", "kind": "narrative-review", "read_as": "abstract", "authors": "Doe J, Poe K", "year": 2001},
        {"id": "roe-2010", "kind": "guideline", "read_as": "full-text", "authors": "Roe A", "year": 2010},
        {"id": "undated", "kind": "other", "read_as": "record"},
        {"id": "gone-1999", "kind": "randomised-trial", "read_as": "part", "authors": "Gone G", "year": 1999,
         "integrity": {"status": "retracted", "note": "invented"}},
        {"id": "doubted-2005", "kind": "randomised-trial", "read_as": "full-text", "authors": "Doubted D",
         "year": 2005, "integrity": {"status": "concern", "note": "figures do not add up"}},
    ],
}  # fmt: skip


def says(
    text: str, id_: str | None = None, *, on: str | None = None, hedge: str = "asserted", whom: str | None = None,
    source: str = "doe-2001", **more: Any,
) -> Record:  # fmt: skip
    """Return a claim: `x > y`, `x+y before x` or `x-then-y increases`, on an outcome, about a population.

    `source` may name several, joined by blanks; `more` are further fields of the record.
    """
    regimen, verb, *against = text.split()
    in_order = "-then-" in regimen
    direction, favours, kind = _SIGNS.get(verb, (verb, None, _KINDS.get(verb, "efficacy")))
    agents = regimen.split("-then-" if in_order else "+")
    record: Record = {
        "id": id_, "kind": kind, "regimen": agents, "direction": direction, "hedge": {"level": hedge},
        "summary": f"What is said: {text}.", "sources": source.split(),
    }  # fmt: skip
    record |= {"combination": "sequential" if in_order else "concurrent"} if len(agents) > 1 else {}
    record |= {"comparator": against[0].split("+")} if against else {}
    record |= {"favours": favours} if favours and against else {}
    record |= {"outcome": on} if on else {}
    record |= {"population": {"id": whom, "basis": "stated"}} if whom else {}
    record |= {"species": "rat"} if whom == "rats" else {}
    record |= {"rests_on_retracted": True} if record["sources"] == ["gone-1999"] else {}
    return record | more


def finds(id_: str, stance: str, *claims: str, source: str = "roe-2010", **more: Any) -> Record:
    """Return a finding of a later source on claims."""
    summary = f"{stance} {' '.join(claims)}"
    return {"id": id_, "stance": stance, "source": source, "bears_on": list(claims), "summary": summary, **more}


def table(*claims: Record, **more: list[Record]) -> Document:
    """Return a table of these claims, `c1`, `c2` … where they have no id; `more` are further lists of records."""
    numbered = [each | {"id": each["id"] or f"c{number}"} for number, each in enumerate(claims, 1)]
    return {**VOCABULARY, "claims": numbered, **more}


def asked(question: Any, *claims: Record, **more: list[Record]) -> Document:
    """Return the whole document that a table of these claims gives for a question."""
    return answer_of(store_of(table(*claims, **more)), question)


def verdict(found_: Document) -> tuple[str, str | None, str, str | None]:
    """Return what a verdict says: the verdict, whom it favours, on which basis, in which strength of wording."""
    return found_["verdict"], found_["favoured"], found_["basis"], found_["hedge"]


def row(document: Document, outcome: str) -> Document:
    """Return the row of an outcome of a comparison."""
    (one,) = [each for each in document["answer"]["outcomes"] if each["outcome"] == outcome]
    return dict(one)


def bases(document: Document) -> dict[str, str]:
    """Return for each claim that an answer cites how it bears on what is asked."""
    return {claim["id"]: claim["basis"] for claim in document["claims"]}
