"""Options that every command has agree with each other and with the environment."""

import json

import pytest
from typer.testing import CliRunner

from bonerx.cli import app


def test_two_formats_at_once_are_refused() -> None:
    done = CliRunner().invoke(app, ["rank", "--json", "--format", "csv"])
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["code"] == "usage"


def test_json_may_be_said_twice() -> None:
    assert CliRunner().invoke(app, ["rank", "--json", "--format", "json"]).exit_code == 0


def test_a_wished_language_that_a_table_lacks_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONERX_LANG", "de")
    done = CliRunner().invoke(app, ["rank", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["claims"][0]["quote"]["lang"] == "en"


def test_a_language_asked_for_that_a_table_lacks_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONERX_LANG", "zh")
    assert CliRunner().invoke(app, ["rank", "--lang", "de"]).exit_code == 2
    done = CliRunner().invoke(app, ["rank", "--json"])
    assert json.loads(done.stdout)["claims"][0]["quote"]["lang"] == "zh"
