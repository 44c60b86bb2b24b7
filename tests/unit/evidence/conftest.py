from collections.abc import Callable
from pathlib import Path

import pytest

from bonerx.errors import InvalidEvidence
from bonerx.evidence.read import read

Faults = Callable[..., list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Return what reading a file of some content says: `line:column: where: message [hint]`, a line a fault."""

    def run(content: str | bytes, name: str = "table.yaml") -> list[str]:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        try:
            read([str(path)])
        except InvalidEvidence as error:
            if {fault.path for fault in error.faults} != {str(path)}:
                pytest.fail(f"faults of another file: {error.faults}")
            return [
                f"{fault.line}:{fault.column}: {fault.where}: {fault.message}"
                + (f" [{fault.hint}]" if fault.hint else "")
                for fault in error.faults
            ]
        return []

    return run
