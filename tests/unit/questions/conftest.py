"""The tests here ask through `tests/acceptance/asking.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "acceptance"))
