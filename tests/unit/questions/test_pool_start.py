"""A default pool is read, not computed, and a figure is drawn only when asked for: what a fresh interpreter imports."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("unmeasured")

HEAVY = {"numpy", "scipy", "pydantic", "yaml", "rich", "matplotlib"}
POOL = ["pool", "alendronate", "placebo", "--outcome", "hip-fracture", "--json"]


def imported(*arguments: str) -> set[str]:
    """What a run imports once the table is compiled."""
    command = ["-m", "bonerx", *arguments]
    subprocess.run([sys.executable, *command], capture_output=True, check=False)
    again = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, check=False, text=True)
    return {name.split(".")[0] for name in re.findall(r"\| +([\w.]+)$", again.stderr, re.MULTILINE)}


@pytest.mark.parametrize(
    "arguments",
    [
        POOL,
        [*POOL, "--model", "common", "--ci", "hk", "--baseline", "0.1", "--measure", "RR"],
        ["pool", "vitamin-k2", "placebo", "--outcome", "hip-fracture", "--json"],
        ["compare", "alendronate", "placebo", "--json"],
        ["combo", "risedronate", "vitamin-k2", "--json"],
        ["trials", "alendronate", "--json"],
        ["show", "black-1996", "--json"],
    ],
)
def test_what_is_stored_is_read_without_heavy_libraries(arguments: list[str]) -> None:
    found = imported(*arguments)
    assert "bonerx" in found
    assert not found & HEAVY


def test_what_is_not_stored_is_computed_without_drawing() -> None:
    found = imported(*POOL, "--tau2", "DL")
    assert found >= {"numpy", "scipy"}
    assert "matplotlib" not in found


def test_a_table_without_studies_is_compiled_without_numpy(tmp_path: Path) -> None:
    table = tmp_path / "table.yaml"
    table.write_text(
        "format: bonerx-evidence/1\nagents:\n- {id: x, kind: drug, names: {en: x}}\n", encoding="utf-8"
    )  # fmt: skip
    command = [sys.executable, "-X", "importtime", "-m", "bonerx", "agents", "-e", str(table)]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)
    assert not {name.split(".")[0] for name in re.findall(r"\| +([\w.]+)$", ran.stderr, re.MULTILINE)} & {
        "numpy",
        "scipy",
    }
