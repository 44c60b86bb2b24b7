"""Each format is one module, imported only when it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

import bonerx.render
from bonerx.answer import Records
from bonerx.render import Format

pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.mark.parametrize("form", Format)
def test_every_format_has_a_module_and_draws(form, full, draw):
    assert (Path(bonerx.render.__file__).parent / f"{form}.py").is_file()
    answer = full(["Words."], caveats=["Words."], records=Records(("text",), [("Words.",)]))
    assert "Words." in draw(answer, form)


def imported(statement: str) -> set[str]:
    """The modules a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv", "plain", "markdown", "error"])
def test_only_the_table_needs_rich(form):
    assert "rich" not in imported(f"import bonerx.render.{form}")


def test_the_table_needs_only_the_widths_of_rich():
    loaded = imported("import bonerx.render.table, bonerx.render.forest")
    heavy = {"rich.console", "rich.table", "rich.text", "rich.style", "dataclasses", "inspect", "json"}
    assert loaded & heavy == set()
    assert "rich.cells" in loaded
