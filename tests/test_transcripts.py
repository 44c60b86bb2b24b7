"""Every console and Python session in README, docs and golden transcripts is run again and must say the same.

A fence ```` ```console ```` holds commands (`$ ` before each; a line that ends in a backslash goes on in the next) and
what a reader sees: stdout, then stderr, then `[exit n]` where the code is not 0. A line of three dots stands for any
number of lines. The blocks of a file run in order in one folder, into which the folder named like the file, if there
is one, is copied first. ```` ```pycon ```` holds Python sessions, which share their names within a file. A block that
needs a program which may be missing names it: ```` ```console needs=jq ````.

The program of most pages is run by the fork server (fork_server.py); that of the pages in `STARTED` is started.

`UPDATE_GOLDEN=1 pytest tests/test_transcripts.py` writes what is said now into the files.
"""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import fork_server

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "tests" / "golden").glob("*.md"))]
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
FENCE = re.compile(
    r"^```(?P<language>\w*)(?P<needs>(?: needs=[\w-]+)*) *\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
ANY_FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>```+|~~~+)(?P<info>.*)$", re.MULTILINE)
SKIPPED_LINES = 40
IN_FULL = re.compile(r"(?<![\w.])-?\d+\.\d{10,}(?:e[-+]?\d+)?(?![\w.])|(?<![\w.])-?\d+(?:\.\d+)?e-\d+(?![\w.])")
DIGITS = (9, 8)
NOTHING = 1e-12
CUT = "...\n"

KEPT = ("COVERAGE_", "LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS", "TMPDIR")
"""Beginnings of the names of variables that a program needs to run here, and that change nothing of what it says."""
PATIENCE = 600
"""Seconds after which a program hangs; none of the pages needs a hundredth of it."""

STARTED = ("README.md", "docs/tutorial.md", "tests/golden/streams.md")
"""Pages whose programs all start as a reader's do."""

UNRUN = {
    ("README.md", "sh"): "sets up a machine, needs a package registry",
    ("docs/tutorial.md", "sh"): "sets up a machine, needs a package registry",
    ("docs/how-to/completion.md", "sh"): "changes the start-up files of a shell",
    ("docs/how-to/clinic-batch.md", "sh"): "shows a script that a console block of the same page runs",
    ("docs/reference/store.md", "sql"): "is run by the tests of compiled stores",
    ("CONTRIBUTING.md", "sh"): "runs the tests themselves",
    ("CONTRIBUTING.md", "console"): "explains the form of transcripts",
}
"""Fences that no test runs, by file and language, each with the reason."""


@dataclass
class Step:
    """One command of a block with the output a reader is shown."""

    command: str
    shown: str
    source: str


@dataclass
class Block:
    """One fence: its language, the programs it needs, and what it holds."""

    language: str
    needs: tuple[str, ...]
    body: str


Played = list[tuple[Block, list[tuple[Step, str]]]]


def blocks(text: str) -> list[Block]:
    """Return the fences of a file that are run, in order."""
    return [
        Block(
            match["language"],
            tuple(need.removeprefix("needs=") for need in match["needs"].split()),
            match["body"],
        )
        for match in FENCE.finditer(text)
        if match["language"] in ("console", "pycon")
    ]


def steps(body: str) -> list[Step]:
    """Return the commands of a console block with what follows each."""
    found: list[Step] = []
    lines = iter(body.splitlines(keepends=True))
    for line in lines:
        if line.startswith("$ "):
            while line.endswith("\\\n"):
                line += next(lines)
            found.append(Step(line.removeprefix("$ ").rstrip("\n"), "", line))
        else:
            assert found, f"a console block begins with its output: {line!r}"
            found[-1].shown += line
    return found


def agrees(shown: str, said: str) -> bool:
    """Whether what is shown is what was said, `...` alone on a line standing for any number of lines.

    The last digits of a number in full differ from one processor to the next: as many as `DIGITS` says are compared,
    the fewer ones where a number lies at the very edge between two roundings.
    """
    return _matches(shown, said) or any(_matches(rounded(shown, digits), rounded(said, digits)) for digits in DIGITS)


def rounded(text: str, digits: int) -> str:
    """Return a text in which numbers that are written in full have so many significant digits."""

    def short(match: re.Match[str]) -> str:
        number = float(match[0])
        return "0.0" if abs(number) < NOTHING else repr(float(f"{number:.{digits}g}"))

    return IN_FULL.sub(short, text)


def _matches(shown: str, said: str) -> bool:
    parts = [r"(?:.*\n)*?" if line == CUT else re.escape(line) for line in shown.splitlines(keepends=True)]
    return re.fullmatch("".join(parts), said) is not None


def rewritten(shown: str, said: str) -> str:
    """Return what to show of what is said now, cut at the same lines as before, else at as many lines from each end."""
    if agrees(shown, said):
        return shown
    lines = shown.splitlines(keepends=True)
    now = said.splitlines(keepends=True)
    if lines.count(CUT) != 1:
        return said
    at = lines.index(CUT)
    before, after = lines[:at], lines[at + 1 :]
    first = now.index(before[-1]) + 1 if before and before[-1] in now else len(before)
    last = now.index(after[0], first) if after and after[0] in now[first:] else len(now) - len(after)
    return "".join([*now[:first], CUT, *now[last:]]) if first < last else said


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    """Return what a command says: stdout, then stderr, then its exit code where that is not 0."""
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
    )
    # A page cannot show the carriage returns that end the lines of CSV.
    out, err = (
        stream.decode("utf-8", "backslashreplace").replace("\r\n", "\n") for stream in (done.stdout, done.stderr)
    )
    # Only a slow machine says so.
    err = "".join(line for line in err.splitlines(keepends=True) if "compiling the evidence table" not in line)
    said = "".join(part if not part or part.endswith("\n") else part + "\n" for part in (out, err))
    return said + (f"[exit {done.returncode}]\n" if done.returncode else "")


def console(block: Block, folder: Path, environment: dict[str, str]) -> Iterator[tuple[Step, str]]:
    """Run the commands of a console block; yield each with what it says."""
    for step in steps(block.body):
        yield step, run(step.command, folder, environment)


SESSION = """
import contextlib, io, json, sys

names = {"__name__": "session"}
printed = []
for source in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            exec(compile(source, "<session>", "single"), names)
        except Exception as error:
            kind = type(error)
            print("Traceback (most recent call last):", "  ...", sep="\\n")
            print(f"{kind.__module__}.{kind.__qualname__}: {error}")
    printed.append(said.getvalue())
json.dump(printed, sys.stdout)
"""
"""A program that runs examples one after another, as a reader's fresh interpreter would, and gives what each prints."""


def session(
    block: Block, folder: Path, environment: dict[str, str], before: list[doctest.Example]
) -> Iterator[tuple[Step, str]]:
    """Run the examples of a Python session after those `before` it; yield each with what it prints."""
    examples = doctest.DocTestParser().get_examples(block.body)
    given = json.dumps([example.source for example in (*before, *examples)])
    done = subprocess.run(
        [sys.executable, "-c", SESSION],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        timeout=PATIENCE,
        encoding="utf-8",
        check=True,
    )
    for example, printed in zip(examples, json.loads(done.stdout)[len(before) :], strict=True):
        lines = enumerate(example.source.splitlines(keepends=True))
        source = "".join(f"{'...' if number else '>>>'} {line}".rstrip(" ") for number, line in lines)
        yield Step(example.source, example.want, source), printed
    before += examples


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a plain 80-column terminal without colour, with a cache that holds the shipped table."""
    place = tmp_path_factory.mktemp("transcripts")
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "HOME": str(place / "home"),
        "BONERX_CACHE_DIR": str(place / "cache"),
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        **{name: value for name, value in os.environ.items() if name.startswith(KEPT)},
    }
    warm = subprocess.run(["bonerx", "agents"], env=environment, capture_output=True, timeout=PATIENCE, check=False)
    assert warm.returncode == 0, warm.stderr.decode()
    return environment


def _cases() -> Iterator[Any]:
    for file in FILES:
        found = blocks(file.read_text(encoding="utf-8"))
        for needs in sorted({block.needs for block in found}):
            name = str(file.relative_to(ROOT)) + "".join(f" with {need}" for need in needs)
            yield pytest.param(file, needs, id=name)


def play(file: Path, needs: tuple[str, ...], folder: Path, environment: dict[str, str]) -> Played:
    """Run the blocks of a page that need these programs, in order; return each with its steps and what they say."""
    if (beside := file.with_suffix("")).is_dir():
        shutil.copytree(beside, folder, dirs_exist_ok=True)
    if file.relative_to(ROOT).as_posix() not in STARTED:
        quick = fork_server.program(environment).parent
        environment = {**environment, "PATH": os.pathsep.join([str(quick), environment["PATH"]])}
    examples: list[doctest.Example] = []
    played: Played = []
    for block in blocks(file.read_text(encoding="utf-8")):
        if block.needs == needs:
            if block.language == "console":
                played.append((block, list(console(block, folder, environment))))
            else:
                played.append((block, list(session(block, folder, environment, examples))))
    return played


@pytest.fixture(scope="session")
def player(
    request: pytest.FixtureRequest, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path, tuple[str, ...]], Played]]:
    """Give what a page says; the pages of this run are begun side by side, unless workers share them already."""

    def begin(file: Path, needs: tuple[str, ...]) -> Played:
        return play(file, needs, tmp_path_factory.mktemp(file.stem), environment)

    asked = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    pages = [] if "PYTEST_XDIST_WORKER" in os.environ else [each for each in asked if "needs" in each]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        there = [each for each in pages if not missing(each["needs"], environment)]
        begun = {(each["file"], each["needs"]): pool.submit(begin, each["file"], each["needs"]) for each in there}

        def said(file: Path, needs: tuple[str, ...]) -> Played:
            return begun[file, needs].result() if (file, needs) in begun else begin(file, needs)

        yield said
        for each in begun.values():
            each.cancel()


def missing(needs: tuple[str, ...], environment: dict[str, str]) -> str:
    """Return the programs that are not there."""
    return ", ".join(need for need in needs if shutil.which(need, path=environment["PATH"]) is None)


@pytest.mark.parametrize(("file", "needs"), list(_cases()))
def test_a_page_shows_what_the_program_says(
    file: Path,
    needs: tuple[str, ...],
    environment: dict[str, str],
    player: Callable[[Path, tuple[str, ...]], Played],
) -> None:
    if lacking := missing(needs, environment):
        pytest.skip(f"{lacking} is not there")
    text = file.read_text(encoding="utf-8")
    wrong: list[str] = []
    replaced: list[tuple[Block, str]] = []
    for block, told in player(file, needs):
        now = "".join(step.source + rewritten(step.shown, said) for step, said in told)
        wrong += [_difference(file, step, said) for step, said in told if not agrees(step.shown, said)]
        lines = [line for line in block.body.splitlines() if line.strip()]
        if block.language == "console" or now.splitlines() != lines:
            replaced.append((block, now))
    if UPDATE:
        # Blocks that need other programs may have been rewritten since: find each by what it was.
        for block, now in replaced:
            text = text.replace(f"\n{block.body}```\n", f"\n{now}```\n", 1)
        file.write_text(text, encoding="utf-8")
    else:
        assert not wrong, "\n".join(wrong)


def _difference(file: Path, step: Step, said: str) -> str:
    import difflib

    lines = difflib.unified_diff(step.shown.splitlines(), said.splitlines(), "shown", "said", lineterm="", n=1)
    shown = list(lines)
    more = [f"… {len(shown) - SKIPPED_LINES} more lines"] if len(shown) > SKIPPED_LINES else []
    return "\n".join([f"{file.relative_to(ROOT)}: $ {step.command}", *shown[:SKIPPED_LINES], *more])


def _fences(text: str) -> Iterator[str]:
    """Yield the first word behind every opening fence, indented ones included."""
    closing = None
    for match in ANY_FENCE.finditer(text):
        if closing is None:
            closing = match["ticks"]
            yield (match["info"].split() or [""])[0] + ("" if not match["indent"] else " indented")
        elif match["ticks"].startswith(closing) and not match["info"].strip():
            closing = None
    assert closing is None, "a fence is not closed"


def test_no_fence_is_left_unrun_by_accident() -> None:
    pages = [*FILES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "data" / "README.md"]
    found = {
        (page.relative_to(ROOT).as_posix(), language)
        for page in pages
        for language in _fences(page.read_text(encoding="utf-8"))
        if language not in ("console", "pycon") or page not in FILES
    }
    assert found == set(UNRUN)


@pytest.mark.parametrize("file", [file for file in FILES if "golden" in file.parts], ids=lambda file: file.name)
def test_a_golden_page_has_something_to_run(file: Path) -> None:
    assert any(steps(block.body) for block in blocks(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\n", "a\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a.c\n", "abc\n", False),
        ("ok\n", "ok\n[exit 1]\n", False),
        ('{"te": -1.409207738144132}\n', '{"te": -1.409207738144116}\n', True),
        ('{"te": -1.409207738144132}\n', '{"te": -1.409207758144132}\n', False),
        ("a,0.25\n...\n", "a,0.25000000000000006\nb\n", True),
        ("a,1.0\n", "a,0.9999999999999999\n", True),
        ("a,0.0\n", "a,-3.1e-17\n", True),
        ("a,0.12345678949999999\n", "a,0.12345678950000001\n", True),
        ("a,0.25\n", "a,0.26\n", False),
        ("a,0.25\n", "a,0.250\n", False),
    ],
)
def test_dots_stand_for_lines_and_everything_else_for_itself(shown: str, said: str, same: bool) -> None:
    assert agrees(shown, said) is same


def test_a_block_is_rewritten_with_its_cut() -> None:
    assert rewritten("a\n...\nz\n", "new\na\nb\nz\nnew\n") == "new\na\n...\nz\nnew\n"
    assert rewritten("a\n...\nz\n", "A\nb\nc\nZ\n") == "A\n...\nZ\n"
    assert rewritten("a\n...\nz\n", "a\nb\nz\n") == "a\n...\nz\n"
    assert rewritten("old\n", "new\nlines\n") == "new\nlines\n"
    assert rewritten("a\n...\nz\n", "A\nZ\n") == "A\nZ\n"


def test_a_command_is_seen_with_both_streams_and_its_code(environment: dict[str, str], tmp_path: Path) -> None:
    assert run("echo out; echo err >&2; exit 3", tmp_path, environment) == "out\nerr\n[exit 3]\n"
    assert run("printf end; echo err >&2", tmp_path, environment) == "end\nerr\n"
    (step,) = steps("$ echo one \\\n  two\none two\n")
    assert run(step.command, tmp_path, environment) == step.shown
