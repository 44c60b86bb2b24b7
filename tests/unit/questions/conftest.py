"""The tests here ask through `tests/acceptance/asking.py`, and keep a cache of their own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "acceptance"))

from asking import own_cache  # noqa: F401
