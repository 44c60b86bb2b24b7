"""A first run on a new machine depends on no linter, and continuous integration on nobody's environment."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LINTERS = {"ruff", "mypy", "types-pyyaml"}
COMMAND = "python3 -m venv .venv && "
FAKE = """#!/bin/sh
# Stands for `python3`: makes an environment whose programs note how they are called, and end as they are told.
mkdir -p "$3/bin"
for name in python pip lint-imports; do
    program="$3/bin/$name"
    printf '#!/bin/sh\\necho "%s $*" >> "$NOTED"\\n' "$name" > "$program"
    printf 'case "%s $*" in $FAILING) exit 1;; esac\\n' "$name" >> "$program"
    chmod +x "$program"
done
echo "$3" >> "$NOTED.places"
"""


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


def test_linters_are_pinned_and_no_part_of_the_tests() -> None:
    extras = project()["project"]["optional-dependencies"]
    assert not names(extras["test"]) & LINTERS
    assert names(extras["lint"]) >= LINTERS
    assert all("==" in requirement for requirement in extras["lint"])


def test_the_pre_commit_hooks_come_from_this_checkout() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [each["repo"] for each in hooks] == ["local"]
    assert {hook["id"] for hook in hooks[0]["hooks"]} == {"ruff-check", "ruff-format", "mypy", "lint-imports"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `.ci/run` needs of a checkout, in a folder with a blank in its name, with somebody's own environment."""
    folder = tmp_path / "a checkout"
    (folder / ".ci").mkdir(parents=True)
    (folder / ".venv").mkdir()
    for name in (".ci/run", "README.md"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / ".venv" / "mine").touch()
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python3").write_text(FAKE)
    (programs / "python3").chmod(0o755)
    return folder


def ci(checkout: Path, failing: str) -> tuple[int, list[str], list[str]]:
    """Run `.ci/run` with programs that only note their calls; return its code, the calls and the environments made."""
    noted = checkout.parent / "noted"
    path = os.pathsep.join([str(checkout.parent / "programs"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "NOTED": str(noted), "FAILING": failing}
    command = ["bash", str(checkout / ".ci" / "run")]
    ran = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    places = noted.with_name("noted.places").read_text("utf-8").splitlines()
    return ran.returncode, noted.read_text("utf-8").splitlines(), places


def test_continuous_integration_runs_the_readme_s_command_then_lint_and_leaves_environments_alone(
    checkout: Path,
) -> None:
    code, calls, (place,) = ci(checkout, "nothing")
    (command,) = [
        line
        for line in (ROOT / "README.md").read_text("utf-8").splitlines()
        if line.startswith(COMMAND) and "pytest" in line
    ]
    assert code == 0
    first = [
        part.split()[0].rsplit("/", 1)[1] + part[part.index(" ") :]
        for part in command.removeprefix(COMMAND).split(" && ")
    ]
    assert calls[: len(first)] == [part.replace("'", "") for part in first]
    assert [call.split()[0:3] for call in calls[len(first) + 1 : -1]] == [
        ["python", "-m", "ruff"],
        ["python", "-m", "ruff"],
        ["python", "-m", "mypy"],
    ]
    assert calls[-1].startswith("lint-imports")
    assert (checkout / ".venv" / "mine").exists()
    assert not Path(place).is_relative_to(checkout)
    assert not Path(place).exists()


@pytest.mark.parametrize(
    "failing",
    [
        "python -m pytest*",
        "pip*test*",
        "pip*lint*",
        "python -m ruff check*",
        "python -m ruff format*",
        "python -m mypy*",
        "lint-imports*",
    ],
)
def test_continuous_integration_fails_where_anything_does(checkout: Path, failing: str) -> None:
    code, _, _ = ci(checkout, failing)
    assert code == 1


def test_a_test_may_be_run_alone_and_in_one_process() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        f"{ROOT}/tests/unit/test_errors.py",
    ]
    # Neither the workers nor the coverage of the run that this test is part of are those of the one it starts.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COVERAGE_"))}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout
