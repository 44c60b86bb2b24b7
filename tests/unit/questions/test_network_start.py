"""A default answer from a network is read, not computed: what a fresh interpreter imports for it."""

import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("unmeasured")

HEAVY = {"numpy", "scipy", "pydantic", "yaml", "rich", "matplotlib"}


@pytest.mark.parametrize("command", ["rank", "league", "network"])
@pytest.mark.parametrize("option", [(), ("--include-flagged",)])
def test_a_default_network_imports_no_heavy_library(command: str, option: tuple[str, ...]) -> None:
    asked = ["-m", "bonerx", command, "--outcome", "vertebral-fracture", *option, "--json"]
    first = subprocess.run([sys.executable, *asked], capture_output=True, check=True)
    again = subprocess.run([sys.executable, "-X", "importtime", *asked], capture_output=True, check=True, text=True)
    imported = {name.split(".")[0] for name in re.findall(r"\| +([\w.]+)$", again.stderr, re.MULTILINE)}
    assert "bonerx" in imported
    assert not imported & HEAVY
    assert again.stdout == first.stdout.decode()
