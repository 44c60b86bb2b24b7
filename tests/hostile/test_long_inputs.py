"""A long input is read, or refused, in work that grows with its length: none keeps the program at work for hours.

Nothing is timed by a clock, so a busy machine makes no difference. What is allowed is some thirty times the work that
all of them need together; work that grows with the square takes hours for one alone.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOO_LONG = "is longer than 200000 characters"
ENDS = {
    "lines.txt": TOO_LONG,
    "letters.txt": TOO_LONG,
    "hyphens.txt": TOO_LONG,
    "chinese.txt": TOO_LONG,
    "labels.txt": "1 sentences",
    "blank.txt": "1 sentences",
    "word.txt": TOO_LONG,
    "short-abstract.txt": "1 sentences",
    "stops-abstract.txt": "28428 sentences",
    "dots-abstract.txt": "1 sentences",
    "quotes-abstract.txt": "sentences",
    "open-abstract.txt": "0 sentences",
    "word-abstract.txt": "1 sentences",
    "digits-abstract.txt": "1 sentences",
    "goes-on.nbib": TOO_LONG,
    "blank.nbib": "1 sentences",
    "identifier.nbib": "1 sentences",
    "tag.nbib": "2 sentences",
    "authors.nbib": "1 sentences",
    "title.nbib": "the title in `title.nbib` is longer than 20000 characters",
    "goes-on.ris": TOO_LONG,
    "blank.ris": "1 sentences",
    "titles.ris": "1 sentences",
    "digits.csv": "faults in `digits.csv`",
    "columns.csv": "a fault in `columns.csv`",
    "quotes.csv": "a fault in `quotes.csv`",
}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    script = Path(__file__).with_name("read_long.py")
    run = subprocess.run(
        [sys.executable, str(script), *ENDS],
        cwd=tmp_path_factory.mktemp("long"),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return dict(map(json.loads, run.stdout.splitlines()))


@pytest.mark.parametrize("name", ENDS)
def test_a_long_input_comes_to_its_end(ended: dict[str, str], name: str) -> None:
    assert ENDS[name] in ended[name]
