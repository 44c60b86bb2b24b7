"""The tests here ask through `tests/acceptance/asking.py`, of tables made by `small_table.py` beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "acceptance"))
sys.path.insert(0, str(Path(__file__).parent))
