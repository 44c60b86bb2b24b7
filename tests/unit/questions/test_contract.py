"""Every document that the program writes is as its JSON Schema says, and holds nothing that the schema leaves out."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from asking import run
from invented import written
from jsonschema import Draft202012Validator

from bonerx.results import network as contract_network
from bonerx.results import pool as contract_numbers

OPEN = {"ShownRecord", "PoolQuery", "NetworkQuery", "LeagueQuery", "NetworkRankQuery"}
"""What holds the fields of another schema, or the options of a command."""
BY_OTHERS = {name for module in (contract_network, contract_numbers) for name in vars(module)}
"""Numbers, whose own tests say what each field holds."""

DOCUMENTS = [
    ("compare", "alendronate", "vitamin-k2"),
    ("compare", "alendronate", "vitamin-k2", "--explain", "--population", "postmenopausal-osteoporosis"),
    ("compare", "etidronate+vitamin-k2", "etidronate", "--outcome", "vertebral-fracture", "--species", "any"),
    ("combo", "risedronate", "vitamin-k2", "--explain"),
    ("combo", "etidronate", "alendronate"),
    ("rank",),
    ("rank", "--population", "postmenopausal-osteoporosis", "--explain"),
    ("pool", "alendronate", "placebo", "--outcome", "vertebral-fracture"),
    ("network", "--outcome", "vertebral-fracture"),
    ("league", "--outcome", "vertebral-fracture"),
    ("trials",),
    ("evidence",),
    ("evidence", "vitamin-k2", "--population", "osteoporosis", "--limit", "3"),
    ("evidence", "--text", "nothing-like-it"),
    ("show", "s7-bisphosphonates-vitamin-k2-vertebral-fracture"),
    ("show", "S4"),
    ("show", "iwamoto-2003"),
    ("show", "shiraki-2000"),
    ("show", "alendronate"),
    ("show", "vertebral-fracture"),
    ("show", "osteoporosis"),
    ("agents",),
    ("outcomes",),
    ("populations",),
    ("sources",),
    ("check",),
    ("export",),
    ("export", "vitamin-k2", "--kind", "usage"),
    ("cache", "path"),
    ("schema", "table"),
    ("schema", "answer"),
    ("--version",),
    ("compare", "alendronat", "vitamin-k2"),
    ("compare", "alendronate"),
    ("rank", "--evidence", "/absent.yaml"),
    ("check", "{invalid}"),
    ("rank", "--evidence", "{invalid}"),
]
INVENTED = [
    ("compare", "talumix", "borlumix"),
    ("compare", "velumix", "talumix", "--population", "nordjucken"),
    ("combo", "talumix", "vitamin-q", "--species", "any"),
    ("rank",),
    ("evidence", "--population", "nordjucken-kinder"),
    ("show", "velumix-uebelkeit"),
    ("sources",),
]


@cache
def schema() -> dict[str, Any]:
    """The schema as a script gets it."""
    return dict(json.loads(run("schema", "answer").out))


@cache
def closed() -> Draft202012Validator:
    """The schema with every object closed but those left open on purpose."""
    strict = json.loads(json.dumps(schema()))
    for name, definition in strict["$defs"].items():
        if definition.get("type") == "object" and name not in OPEN and name not in BY_OTHERS:
            definition.setdefault("additionalProperties", False)
    return Draft202012Validator(strict)


def problems(validator: Draft202012Validator, document: dict[str, Any]) -> list[str]:
    """Return what is wrong with a document, said of the one kind of document that it is."""
    command = (document.get("query") or {}).get("command")
    name = f"{(command or 'version').capitalize()}Document"
    if document["status"] == "error":
        name = "ErrorDocument"
    part = {**validator.schema, "$ref": f"#/$defs/{name}"}
    part.pop("anyOf")
    return [f"{error.json_path}: {error.message[:300]}" for error in Draft202012Validator(part).iter_errors(document)]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("invented"))


@pytest.fixture(scope="module")
def invalid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("invalid") / "invalid.yaml"
    path.write_text("format: bonerx-evidence/1\nagents:\n  - {id: Not An Id, kind: drug, names: {en: x}}\n")
    return path


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("arguments", DOCUMENTS, ids=" ".join)
def test_a_document_is_as_the_schema_says(arguments: tuple[str, ...], invalid: Path) -> None:
    ran = run(*(argument.format(invalid=invalid) for argument in arguments), "--json")
    assert Draft202012Validator(schema()).is_valid(ran.document), problems(Draft202012Validator(schema()), ran.document)
    assert problems(closed(), ran.document) == []


@pytest.mark.parametrize("arguments", INVENTED, ids=" ".join)
def test_so_is_one_of_another_table(arguments: tuple[str, ...], invented: Path) -> None:
    document = run(*arguments, "--json", "--evidence", invented).document
    assert problems(closed(), document) == []


@pytest.mark.parametrize(
    "change",
    [
        {"format": "bonerx/2"},
        {"status": "maybe"},
        {"claims": None},
        {"query": {"command": "compare"}},
        {"answer": {}},
        {"sources": [{"id": "iwamoto-2003"}]},
    ],
)
def test_what_breaks_the_contract_is_refused(change: dict[str, Any]) -> None:
    document = run("compare", "alendronate", "vitamin-k2", "--json").document
    assert not Draft202012Validator(schema()).is_valid({**document, **change})


def test_every_field_of_the_contract_is_described_by_its_docstring_or_its_name() -> None:
    claim = schema()["$defs"]["Claim"]["properties"]
    assert claim["basis"]["description"].startswith("How it bears on this question")
    assert all(definition.get("description") for definition in schema()["$defs"].values() if "properties" in definition)


def test_a_document_begins_with_its_format_and_keeps_its_order() -> None:
    order = ["format", "status", "tool", "evidence", "query", "answer", "claims", "sources", "caveats"]
    assert list(run("rank", "--json").document) == order
    assert list(run("show", "nothing", "--json").document) == [*order, "error"]
