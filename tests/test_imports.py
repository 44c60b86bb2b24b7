"""What an answer may import: a question asked of a compiled table loads neither the parsers nor the statistics."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("unmeasured")

HEAVY = {"pydantic", "pydantic_core", "yaml", "numpy", "scipy", "matplotlib", "annotated_types"}
"""What takes longer to load than an answer takes; the last stands for the model of records, which only tables need."""
LIST = """
import json, sys
sys.argv = ["bonerx", *json.loads(sys.argv[1])]
from bonerx.cli import app
try:
    app()
except SystemExit as ended:
    code = ended.code or 0
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""
COMPARE = ("compare", "alendronate", "vitamin-k2")
COMBO = ("combo", "risedronate", "vitamin-k2")


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile the shipped table into a cache of these tests first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BONERX_CACHE_DIR", str(tmp_path_factory.mktemp("warm")))
        assert {"pydantic", "yaml"} <= imported(*COMPARE, "--json")
        yield


def imported(*arguments: str, **env: str) -> set[str]:
    """Return the top-level modules of a fresh interpreter that has answered."""
    command = [sys.executable, "-c", LIST, json.dumps(arguments)]
    ran = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=True)
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    assert code in (0, 1), ran.stderr
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [
        COMPARE,
        ("compare", "alendronate", "placebo"),
        ("compare", "etidronate+vitamin-k2", "etidronate", "--outcome", "vertebral-fracture", "--explain"),
        COMBO,
        ("rank",),
        ("evidence", "vitamin-k2"),
        ("show", "S4"),
        ("agents",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("form", ["json", "plain", "csv", "ndjson"])
def test_an_answer_for_a_script_loads_no_heavy_library(arguments: tuple[str, ...], form: str) -> None:
    assert imported(*arguments, "--format", form).isdisjoint({*HEAVY, "rich", "dataclasses"})  # as the model of trials


@pytest.mark.parametrize("arguments", [COMPARE, COMBO, ("rank",)], ids=" ".join)
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_an_answer_for_a_person_loads_no_parser_and_no_statistics(arguments: tuple[str, ...], form: str) -> None:
    assert imported(*arguments, "--format", form).isdisjoint(HEAVY)


def test_a_failure_loads_no_heavy_library_either() -> None:
    command = [sys.executable, "-c", LIST, json.dumps(["compare", "alendronat", "vitamin-k2", "--json"])]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    assert code == 2
    assert {*HEAVY, "rich"}.isdisjoint(modules)


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("compare", "--help")], ids=" ".join)
def test_help_and_version_load_no_heavy_library(arguments: tuple[str, ...]) -> None:
    assert {*HEAVY, "rich"}.isdisjoint(imported(*arguments))


def test_to_complete_a_name_loads_no_heavy_library() -> None:
    env = {"_BONERX_COMPLETE": "complete_bash", "COMP_WORDS": "bonerx compare alen", "COMP_CWORD": "2"}
    assert imported(**env).isdisjoint({*HEAVY, "rich"})


def test_the_library_loads_nothing_heavy() -> None:
    command = "import sys, json, bonerx; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    ran = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert {*HEAVY, "rich", "typer", "sqlite3"}.isdisjoint(json.loads(ran.stdout))


def test_no_library_reaches_for_the_network() -> None:
    network = {"http", "urllib.request", "ssl", "requests", "httpx"}
    assert imported(*COMPARE, "--json").isdisjoint(network)
    sources = (Path(__file__).parent.parent / "src").rglob("*.py")
    assert not [
        path
        for path in sources
        if any(f"import {name}" in path.read_text("utf-8") for name in ("requests", "httpx", "socket"))
    ]
