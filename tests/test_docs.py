"""The documentation covers the program: generated parts are current, links lead somewhere, options exist."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

import bonerx
from bonerx.render import Format

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "data/README.md")),
    ]
)
GOLDEN = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "golden").glob("*.md"))}

COMMAND_LINE = re.compile(r"(?:^\$ |`)(?:[A-Z_]+=\S* )*bonerx ([a-zA-Z]\w*)([^`|\n]*)", re.MULTILINE)
"""A command line in a console block or in running text."""
OTHER_PROGRAMS = {"--quiet", "--editable", "--dist", "--check", "--hypothesis-profile"}
"""Options of programs other than bonerx that the documentation mentions."""
NOT_YET: dict[str, str] = {"docs/reference/statistics.md": "pool", "docs/reference/statistics-network.md": "network"}
"""Pages on commands that may not be there yet: their options are looked at once the command is."""


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    """The module that writes the reference; it imports its neighbours by name."""
    sys.path.insert(0, str(DOCS))
    try:
        import generate as module

        yield module
    finally:
        sys.path.remove(str(DOCS))


def _commands(generate: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = generate.live_commands()
    return found


def _options(command: Any) -> set[str]:
    """Return the options of a command and of those below it."""
    below = [_options(one) for one in (getattr(command, "commands", None) or {}).values()]
    own = {name for param in command.params if param.param_type_name == "option" for name in param.opts}
    return own.union(*below) | {"--help", "-h"}


def test_the_reference_is_what_the_program_says(generate: ModuleType) -> None:
    for name in generate.PARTS:
        text = (DOCS / "reference" / name).read_text(encoding="utf-8")
        assert generate.page(name, text) == text, f"run `python docs/generate.py`: {name} is behind"


def test_a_page_without_a_place_for_its_part_is_refused(generate: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"commands\.md has no place"):
        generate.page("commands.md", "# Commands\n")


def test_every_field_and_value_of_a_table_is_explained(generate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(generate.FIELDS, "Claim.draft")
    monkeypatch.setitem(generate.VALUES["Better"], "sideways", "neither way")
    with pytest.raises(ValueError, match=r"lacks \['Claim\.draft'\] .*not there: \['Better: sideways'\]"):
        list(generate.table())


def test_every_command_has_a_transcript(generate: ModuleType) -> None:
    run = "\n".join(GOLDEN.values())
    for command in _commands(generate):
        assert re.search(rf"^\$ .*\bbonerx {command}\b", run, re.MULTILINE), f"no golden transcript of `{command}`"


def test_every_option_has_a_transcript(generate: ModuleType) -> None:
    run = "\n".join(line for text in GOLDEN.values() for line in text.splitlines() if line.startswith("$ "))
    for name, command in _commands(generate).items():
        for option in sorted(_options(command) - {"--help", "-h", "-e", "-f"}):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", run), f"`{name} {option}` is in no golden transcript"


@pytest.mark.parametrize("form", list(Format))
def test_every_format_has_a_transcript(form: Format) -> None:
    assert f"--format {form.value}" in GOLDEN["formats.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_option_that_is_mentioned_exists(page: Path, generate: ModuleType) -> None:
    commands = _commands(generate)
    if NOT_YET.get(page.relative_to(ROOT).as_posix(), "compare") not in commands:
        return
    known = OTHER_PROGRAMS | {"--version", "--install-completion", "--show-completion"}
    known = known.union(*map(_options, commands.values()))
    text = page.read_text(encoding="utf-8")
    mentioned = set(re.findall(r"(?<![\w<!-])--[a-z][a-z0-9-]*", text))
    assert mentioned <= known, f"{sorted(mentioned - known)} are no options"


def test_every_command_line_that_is_mentioned_has_its_options(generate: ModuleType) -> None:
    commands = _commands(generate)
    for page in PAGES:
        if NOT_YET.get(page.relative_to(ROOT).as_posix(), "compare") not in commands:
            continue
        for name, rest in COMMAND_LINE.findall(page.read_text(encoding="utf-8")):
            given = {word.split("=")[0] for word in rest.split() if word.startswith("--")}
            wrong = given - _options(commands[name]) if name in commands else {name} - {"COMMAND"}
            assert not wrong, f"{page.relative_to(ROOT)}: `bonerx {name}{rest}` has {sorted(wrong)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.relative_to(ROOT)} links to {target}"
        if anchor:
            assert anchor in _anchors(file), f"{page.relative_to(ROOT)} links to {target}"


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        if page.name != "index.md":
            assert f"({page.relative_to(DOCS).as_posix()})" in index, f"the index does not lead to {page.name}"


def test_the_citation_names_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == bonerx.__version__
    assert citation["authors"] == [{"name": "The bonerx developers"}]


def test_the_readme_holds_the_commands_that_set_everything_up() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    set_up = [line for line in lines if line.startswith("python3 -m venv .venv && ")]
    assert [line.rsplit(" && ", 1)[1] for line in set_up] == [
        ".venv/bin/bonerx compare alendronate vitamin-k2",
        ".venv/bin/python -m pytest -n auto --dist worksteal",
    ]


def test_the_batch_script_of_the_how_to_is_the_one_it_shows() -> None:
    page = DOCS / "how-to" / "clinic-batch.md"
    assert (page.with_suffix("") / "batch.sh").read_text(encoding="utf-8") in page.read_text(encoding="utf-8")
    assert shutil.which("sh")
