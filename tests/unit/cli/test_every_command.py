"""Every command answers in every format, and every way to fail ends in one message, one code and one document."""

import csv
import io
import json
from pathlib import Path

import pytest
from asking import run

from bonerx.cli.app import COMMANDS

ANSWERED = {
    "compare": ("compare", "alendronate", "vitamin-k2"),
    "combo": ("combo", "etidronate", "vitamin-k2"),
    "rank": ("rank",),
    "pool": ("pool", "alendronate", "placebo", "--outcome", "vertebral-fracture"),
    "network": ("network", "--outcome", "vertebral-fracture"),
    "league": ("league", "--outcome", "vertebral-fracture"),
    "trials": ("trials",),
    "evidence": ("evidence", "vitamin-k2"),
    "show": ("show", "S4"),
    "agents": ("agents",),
    "outcomes": ("outcomes",),
    "populations": ("populations",),
    "sources": ("sources",),
    "check": ("check",),
    "export": ("export", "vitamin-k2"),
    "schema": ("schema", "answer"),
    "cache": ("cache", "path"),
}
csv.field_size_limit(10_000_000)  # a schema stands in one field
FORMATS = ("table", "plain", "json", "ndjson", "csv", "tsv", "markdown")
ELSEWHERE = {"init", "compile"}
"""Commands that write files; their own tests run them."""


def test_every_command_is_asked_here() -> None:
    assert set(ANSWERED) | ELSEWHERE >= set(COMMANDS)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", sorted(set(ANSWERED) & set(COMMANDS)))
def test_a_command_answers_in_every_format(command: str, form: str) -> None:
    ran = run(*ANSWERED[command], "--format", form)
    assert ran.code == 0, ran.err
    assert ran.out or (command, form) == ("check", "ndjson")  # no fault, no line
    if form == "json":
        assert ran.document["status"] == "answered"
        assert ran.out == run(*ANSWERED[command], "--json").out
    elif form == "ndjson":
        assert all(isinstance(json.loads(line), dict) for line in ran.out.splitlines())
    elif form in ("csv", "tsv"):
        rows = list(csv.reader(io.StringIO(ran.out), delimiter="," if form == "csv" else "\t"))
        assert len({len(row) for row in rows}) == 1
    else:
        assert "\x1b" not in ran.out


INVALID = "format: bonerx-evidence/1\nagents:\n  - {id: Not An Id, kind: drug, names: {en: x}}\n"
FAILED = [
    (("compare", "alendronat", "vitamin-k2"), 2, "unknown-agent"),
    (("combo", "risedronate", "vitamin-k3"), 2, "unknown-agent"),
    (("evidence", "--outcome", "lumbar-spine-bdm"), 2, "unknown-outcome"),
    (("rank", "--population", "osteoporosi"), 2, "unknown-population"),
    (("evidence", "--source", "iwamoto-2004"), 2, "unknown-source"),
    (("show", "no-such-thing-at-all"), 2, "unknown-id"),
    (("compare", "alendronate"), 2, "usage"),
    (("compare", "alendronate", "alendronic acid"), 2, "usage"),
    (("compare", "alendronate", "vitamin-k2", "--species", "mouse"), 2, "usage"),
    (("compare", "alendronate", "vitamin-k2", "--no-such-option"), 2, "usage"),
    (("combo", "alendronate"), 2, "usage"),
    (("evidence", "--kind", "opinion"), 2, "usage"),
    (("evidence", "--limit", "-1"), 2, "usage"),
    (("evidence", "--text", "  "), 2, "usage"),
    (("rank", "--lang", "xx"), 2, "usage"),
    (("no-such-command",), 2, "usage"),
    (("cache", "burn"), 2, "usage"),
    (("rank", "--evidence", "{invalid}"), 3, "invalid-evidence"),
    (("check", "{invalid}"), 3, "invalid-evidence"),
    (("rank", "--evidence", "{empty}"), 3, "invalid-evidence"),
    (("rank", "--evidence", "{folder}/absent.yaml"), 4, "unreadable"),
    (("check", "{folder}/absent.yaml"), 4, "unreadable"),
    (("rank", "--output", "{folder}"), 4, "unreadable"),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tables")
    found = {"folder": folder, "invalid": folder / "invalid.yaml", "empty": folder / "empty.yaml"}
    found["invalid"].write_text(INVALID)
    found["empty"].write_text("")
    return found


@pytest.mark.parametrize(("arguments", "code", "name"), FAILED, ids=[" ".join(case[0]) for case in FAILED])
def test_a_failure_is_one_document_on_stdout_and_one_message_on_stderr(
    arguments: tuple[str, ...], code: int, name: str, places: dict[str, Path]
) -> None:
    given = [argument.format(**places) for argument in arguments]
    for asked in ([*given, "--json"], [*given, "--format", "json"], [*given, "--format=json"], [*given, "-fjson"]):
        ran = run(*asked)
        assert ran.code == code, ran.err
        document = ran.document
        assert document["status"] == "error"
        assert document["error"]["code"] == name
        assert document["error"]["message"]
        assert document["claims"] == document["sources"] == document["caveats"] == []
    for asked in (given, [*given, "--format", "table"]):
        ran = run(*asked)
        assert ran.code == code
        if arguments[0] != "check" or code == 4:
            assert ran.out == ""
            assert "error: " in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("compare", "alendronat", "vitamin-k2"), "alendronate"),
        (("compare", "Vitamin K", "alendronate"), "vitamin-k2"),
        (("compare", "双膦酸", "alendronate"), "bisphosphonates"),
        (("evidence", "--outcome", "vertebral-fractur"), "vertebral-fracture"),
        (("rank", "--population", "postmenopausal"), "postmenopausal-osteoporosis"),
        (("evidence", "--source", "iwamoto-2004"), "iwamoto-2003"),
        (("show", "alendronat"), "alendronate"),
        (("comapre", "alendronate", "vitamin-k2"), "compare"),
        (("outcome",), "outcomes"),
        (("compare", "alendronate", "vitamin-k2", "--species", "rats"), "rat"),
        (("evidence", "--hedge", "suggest"), "suggested"),
        (("compare", "alendronate", "vitamin-k2", "--outcom", "bmd"), "--outcome"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one(arguments: tuple[str, ...], meant: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert meant in ran.err.split("error:", 1)[1]
    assert "did you mean" in ran.err.lower()
    assert meant in run(*arguments, "--json").document["error"]["suggestions"]


NOTHING = [
    ("compare", "calcium", "vitamin-d"),
    ("compare", "etidronate", "menatetrenone", "--outcome", "trabecular-thickness"),
    ("combo", "etidronate", "alendronate"),
    ("rank", "--population", "ovariectomized-rats"),
    ("evidence", "--text", "teriparatide"),
    ("evidence", "vitamin-k2", "--kind", "proposal", "--hedge", "asserted"),
]


@pytest.mark.parametrize("arguments", NOTHING, ids=" ".join)
def test_no_evidence_is_exit_1_in_every_format(arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, "--json")
    if ran.code == 2:
        pytest.fail(ran.err)
    assert (ran.code, ran.document["status"]) == (1, "no-evidence")
    assert "error" not in ran.document
    for form in FORMATS:
        assert run(*arguments, "--format", form).code == 1
    assert run(*arguments).out.strip()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_gives_a_line_an_example_and_the_shared_options(command: str) -> None:
    for flag in ("--help", "-h"):
        ran = run(command, flag)
        assert (ran.code, ran.err) == (0, "")
        assert f"bonerx {command}" in ran.out
        assert "Examples:" in ran.out


def test_the_version_is_a_line_or_a_document() -> None:
    from bonerx import __version__

    assert run("--version").out == f"bonerx {__version__}\n"
    assert run("--version", "--json").answer == {"version": __version__}
    assert run("--json", "--version").answer == {"version": __version__}


def test_json_before_the_command_is_heard_or_refused_but_never_ignored() -> None:
    ran = run("--json", "rank")
    assert ran.code == 2
    assert ran.document["error"]["code"] == "usage"
    assert "bonerx rank --json" in ran.err


def test_without_a_command_the_help_is_shown() -> None:
    ran = run()
    assert ran.code == 2
    assert all(f"  {name} " in ran.out + ran.err for name in COMMANDS)
    assert run("--json").code == 2


def test_the_help_says_that_it_is_no_medical_advice() -> None:
    assert "no medical advice" in run("--help").out


def test_a_question_under_any_name_is_told_under_canonical_ids() -> None:
    query = run(
        "compare", "阿仑膦酸", "Vitamin_K2", "--outcome", "Lumbar BMD", "--population", "骨质疏松症", "--json"
    ).document["query"]
    expected = {
        "command": "compare", "a": "alendronate", "b": "vitamin-k2", "outcome": "lumbar-spine-bmd",
        "population": "osteoporosis", "species": "human",
    }  # fmt: skip
    assert expected.items() <= query.items()


def test_the_same_question_gives_the_same_bytes() -> None:
    for arguments in ANSWERED.values():
        assert run(*arguments, "--json").out == run(*arguments, "--json").out


def test_json_is_utf_8_unescaped() -> None:
    assert "维生素K2" in run("compare", "alendronate", "vitamin-k2", "--json").out


@pytest.mark.parametrize("command", ["compare", "combo", "rank"])
def test_explain_tells_the_steps_in_every_face(command: str) -> None:
    assert "derivation" not in run(*ANSWERED[command], "--json").answer
    steps = run(*ANSWERED[command], "--json", "--explain").answer["derivation"]
    assert steps
    plain = run(*ANSWERED[command], "--explain", "-f", "plain").out
    assert all(step.split(":")[0] in plain for step in steps)
