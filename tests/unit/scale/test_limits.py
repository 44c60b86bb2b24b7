"""The page on limits says what the program does."""

import re
from pathlib import Path

import pytest
from tables import WHOLE, claim, faults, write

from bonerx.draft.read_files import LONGEST
from bonerx.evidence import limits
from bonerx.model.field import MAX_TEXT
from bonerx.store import cache

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "limits.md").read_text("utf-8")


def test_every_limit_is_on_the_page_with_its_value() -> None:
    told = {name: int(value) for name, value in re.findall(r"\| `([A-Z_]+)`[^|]* \| (\d+) \|", PAGE)}
    expected = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert told == expected | {"MAX_TEXT": MAX_TEXT, "LONGEST": LONGEST}
    assert f"{cache.MOST_STORES} compiled tables or {cache.MOST_BYTES // 1024**3} GiB" in PAGE


@pytest.mark.parametrize(
    ("constant", "value", "message"),
    [("LINE_BYTES", 1_000, "the line is longer than"), ("RECORDS", 10, "more than 10 records")],
)
def test_what_is_beyond_a_limit_is_a_fault_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, constant: str, value: int, message: str
) -> None:
    table = write(tmp_path, [*WHOLE, claim(9, note="long " * 300)])
    assert not faults(table)
    monkeypatch.setattr(limits, constant, value)
    found = [fault for fault in faults(table) if message in fault.message]
    assert [fault.line for fault in found] == [len(WHOLE) + 1 if constant == "LINE_BYTES" else 11]
