"""The shape of the project: layers kept, every module said what for, every command and format in its place."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "bonerx").rglob("*.py"))


ALLOWED_FOLDERS = {"/home/me/"}
"""Folders that tests name and that are nobody's."""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_why_it_exists(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring
    assert docstring.split("\n\n")[0].endswith((".", "?"))


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "manager", "misc", "base"}
    assert not [path for path in SOURCES if path.stem in empty]


def test_no_statement_numbers_its_parameters() -> None:
    """From Python 3.14 on, `?1` is a named parameter, which a sequence of values does not fill."""
    assert not [path for path in SOURCES if re.search(r"\?[0-9]+ |\?[0-9]+[\"'),]", path.read_text("utf-8"))]


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


def test_layers() -> None:
    found = run(tool("lint-imports"), "--no-cache")
    assert found.returncode == 0, found.stdout


def test_nothing_names_a_machine_or_a_registry() -> None:
    """Neither somebody's home, nor the folder of this checkout, nor a package index stands in any file."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listed = [name for name in run("git", "ls-files", "-z").stdout.split("\0") if name]
    if not listed:
        pytest.skip("not a checkout")
    named = [r"/(?:root|(?:home|Users)/[\w.-]+)/"]
    if len(ROOT.parts) > 2:  # a folder at the root of the file system may have any name, such as /tmp
        named.append(re.escape(f"{ROOT}/"))
    folder = re.compile(rf"(?<![\w.])(?:{'|'.join(named)})")
    for name in listed:
        path = ROOT / name
        if path == Path(__file__):
            continue
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".cff", ".json", ".csv", ".txt"} and path.exists():
            text = path.read_text("utf-8", errors="replace")
            found = {match[0] for match in folder.finditer(text)} - ALLOWED_FOLDERS
            assert not found, name
            assert "/simple/" not in text, name
