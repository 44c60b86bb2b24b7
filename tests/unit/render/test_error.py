"""Failures say what is wrong, where, and what to do."""

import json

from bonerx.errors import Fault, InvalidEvidence, UnknownName, Unreadable, UsageError
from bonerx.render.error import fault_lines, json_document, render
from bonerx.render.options import Options

PAGE = Options()


def test_an_unknown_name_suggests_the_nearest():
    error = UnknownName("agent", "alendronat", ("alendronate", "risedronate", "etidronate"))
    assert "".join(render(error, PAGE)) == (
        "error: unknown agent `alendronat`\n"
        "\n"
        "hint: did you mean `alendronate`, `risedronate` or `etidronate`?\n"
    )  # fmt: skip


def test_a_single_suggestion_and_a_hint():
    error = UnknownName("outcome", "bmd", ("lumbar-spine-bmd",), hint="`bonerx outcomes` lists them")
    assert "".join(render(error, PAGE)).split("\n")[2:4] == [
        "hint: did you mean `lumbar-spine-bmd`?",
        "hint: `bonerx outcomes` lists them",
    ]


def test_a_failure_without_advice_is_one_line():
    assert "".join(render(Unreadable("cannot read `x.yaml`"), PAGE)) == "error: cannot read `x.yaml`\n"


def test_faults_stand_at_their_place():
    faults = (
        Fault("t.yaml", 3, 7, "claims[0].outcome", "unknown outcome `bmd`", "known: `lumbar-spine-bmd`"),
        Fault("s.txt", None, None, "", "not UTF-8"),
    )
    text = "".join(render(InvalidEvidence("2 faults", faults=faults), PAGE))
    assert text == (
        "t.yaml:3:7: claims[0].outcome: unknown outcome `bmd` (known: `lumbar-spine-bmd`)\n"
        "s.txt: not UTF-8\n"
        "error: 2 faults\n"
    )


def test_what_a_file_holds_steers_no_terminal():
    fault = Fault("t.yaml", 1, 1, "x", "found \x1b[31m\nerror: forged", None)
    assert list(fault_lines([fault], PAGE)) == [r"t.yaml:1:1: x: found \x1b[31m error: forged" + "\n"]


def test_colour_stresses_the_words_only():
    text = "".join(render(UsageError("no", hint="yes"), Options(colour=True)))
    assert text == "\x1b[1;31merror:\x1b[0m no\n\n\x1b[1;36mhint:\x1b[0m yes\n"


def test_the_document_of_a_failure():
    error = UnknownName("agent", "x", ("y",))
    told = json.loads("".join(json_document(error, {"query": {"command": "compare"}}, PAGE)))
    assert list(told) == [
        *("format", "status", "tool", "evidence", "query", "answer", "claims", "sources", "caveats", "error")
    ]
    assert told["status"] == "error"
    assert told["query"] == {"command": "compare"}
    assert told["error"] == {"code": "unknown-agent", "message": "unknown agent `x`", "suggestions": ["y"]}


def test_the_document_of_an_invalid_table_holds_every_fault():
    fault = Fault("t.yaml", 3, None, "claims[0]", "no outcome", "add one")
    told = json.loads("".join(json_document(InvalidEvidence("1 fault", faults=(fault,), hint="mend it"), {}, PAGE)))
    assert told["error"]["hint"] == "mend it"
    assert told["error"]["faults"] == [fault._asdict()]
