"""What all tests share: a cache of their own, examples that no clock judges, and in CI no skip without leave."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

# A slow or busy machine is no fault of the program. Examples are the same in every run, so that a first run on a new
# machine shows what the last one here showed; `--hypothesis-profile=search` draws others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("search"), derandomize=True)
settings.load_profile("same")

# A shell's `&` has what it starts ignore interrupts, and so would the programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)

# The workers of a run share the processors already, and so do the programs that they start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ALLOWED_SKIPS = (
    ("BONERX_REFERENCE_DIR is not set", "R's public data sets stay outside the repository"),
    ("the shell zsh is not installed", "completion is tried in the shells that the machine has"),
    ("the shell fish is not installed", "completion is tried in the shells that the machine has"),
    ("the shell bash is not installed", "completion is tried in the shells that the machine has"),
    ("only root can give a file to another user", "whose cache it is is tried without root by what others may write"),
    ("jq is not installed", "the README's examples with jq need the program"),
)
"""Reasons for which a test may be skipped even in CI, each with why that is all right."""


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep compiled tables out of the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    before = {name: os.environ.get(name) for name in ("BONERX_CACHE_DIR", "BONERX_EVIDENCE", "BONERX_LANG")}
    os.environ["BONERX_CACHE_DIR"] = str(folder)
    for name in ("BONERX_EVIDENCE", "BONERX_LANG"):
        os.environ.pop(name, None)
    yield folder
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep coverage out of the programs that a test starts to see what they import: it imports much itself."""
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn a skip in CI into a failure, unless its reason is one of those named above."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(known in reason for known, _ in ALLOWED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: skipped in CI without leave: {reason}"
    return report
