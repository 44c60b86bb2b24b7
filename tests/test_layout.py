"""The shape of the project: small modules, layers kept, every command and format in its place."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "bonerx").rglob("*.py"))
LONGEST = 300


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_why_it_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.split("\n\n")[0].endswith((".", "?"))


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "manager", "misc", "base"}
    assert not [path for path in SOURCES if path.stem in empty]


def test_every_command_is_a_module_with_examples() -> None:
    from importlib import import_module

    from bonerx.cli.app import COMMANDS

    for name in COMMANDS:
        function = getattr(import_module(f"bonerx.cli.{name}"), name)
        assert function.__doc__
        assert all(example.startswith("bonerx ") for example in function.examples)


def test_every_format_has_a_writer() -> None:
    from importlib import import_module

    from bonerx.render import Format

    for form in Format:
        assert callable(import_module(f"bonerx.render.{form.value}").render)


def test_lint() -> None:
    found = run(tool("ruff"), "check", ".")
    assert found.returncode == 0, found.stdout


def test_format() -> None:
    found = run(tool("ruff"), "format", "--check", ".")
    assert found.returncode == 0, found.stdout


def test_types() -> None:
    found = run(tool("mypy"))
    assert found.returncode == 0, found.stdout


def test_layers() -> None:
    found = run(tool("lint-imports"), "--no-cache")
    assert found.returncode == 0, found.stdout


def test_nothing_names_a_machine_or_a_registry() -> None:
    listed = run("git", "ls-files").stdout.split()
    if not listed:
        pytest.skip("not a checkout")
    home = str(Path.home())
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".cff", ".json", ".csv", ".txt"}:
            text = path.read_text("utf-8", errors="replace")
            assert f"{home}/" not in text, name
            assert "/simple/" not in text or name == "tests/test_layout.py", name
