"""A wrong command line is told in our own words, with the nearest right one."""

import pytest
from asking import run

WRONG = [
    (("comare", "alendronate", "vitamin-k2"), "no such command `comare`", ["compare", "compile"]),
    (("rank", "--outcom", "x"), "no such option `--outcom`", ["--outcome", "--output", "--column"]),
    (("compare", "alendronate"), "`B` is missing", []),
    (("init", "a.txt"), "`--table` / `-o` is missing", []),
    (("compare", "a", "b", "c", "d"), "too many arguments: no place for `c`, `d`", []),
    (("evidence", "--limit"), "`--limit` needs a value", []),
    (("evidence", "--json=3"), "`--json` takes no value", []),
    (("evidence", "--limit", "many"), "`--limit` must be a whole number, at least 0, not `many`", []),
    (("evidence", "--limit=-1"), "`--limit` must be a whole number, at least 0, not `-1`", []),
    (("evidence", "--hedge", "suggest"), "`--hedge` must be one of asserted, suggested, possible, ", ["suggested"]),
    (("rank", "-fjsn"), "`--format` / `-f` must be one of table, plain, json,", ["json"]),
    (("cache", "empty"), "`action` must be one of path, clear", []),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message", "suggestions"), WRONG, ids=lambda part: str(part))
def test_what_is_wrong_is_said_in_our_words(arguments: tuple[str, ...], message: str, suggestions: list[str]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert f"error: {message}" in ran.err
    assert ran.out == ""
    said = run(*arguments, "--json")
    if "--limit" not in arguments[-1:]:  # which takes what follows as its value
        assert said.document["error"]["message"].startswith(message)
        assert said.document["error"]["suggestions"][: len(suggestions)] == suggestions
