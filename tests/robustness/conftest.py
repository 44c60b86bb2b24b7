"""The tests here ask through `tests/acceptance/asking.py`, and run the program as others run it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "acceptance"))
sys.path.insert(0, str(Path(__file__).parent))
