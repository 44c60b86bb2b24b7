"""Where the system gives little memory, few processes or few files, there is the answer or one line that says so."""

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from program import ask

from bonerx import numerical_libraries
from bonerx.errors import OutOfResources, exhausted

QUESTION = ("compare", "alendronate", "vitamin-k2", "--json")
KIB = 1024


def limited(what: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(what, (most, most))


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> str:
    ran = ask(tmp_path_factory.mktemp("cache"), *QUESTION)
    assert ran.code == 0
    return ran.out


@pytest.mark.parametrize("kib", [100_000, 150_000, 180_000, 200_000, 230_000, 250_000, 300_000, 400_000])
def test_with_little_memory_there_is_the_answer_or_one_line(kib: int, answer: str, tmp_path: Path) -> None:
    ran = ask(tmp_path / "cache", *QUESTION, prepare=limited(resource.RLIMIT_AS, kib * KIB))
    if ran.code == 0:
        assert ran.out == answer
    else:
        assert ran.code == 4
        assert '"out-of-resources"' in ran.out
        assert len(ran.err.splitlines()) == 1
        assert "memory" in ran.err


def test_a_compiled_table_is_asked_with_little_memory(answer: str, tmp_path: Path) -> None:
    assert ask(tmp_path, *QUESTION).out == answer
    ran = ask(tmp_path, *QUESTION, prepare=limited(resource.RLIMIT_AS, 100_000 * KIB))
    assert (ran.code, ran.out) == (0, answer)


@pytest.mark.parametrize("files", [6, 7, 8, 10, 16])
def test_with_few_files_there_is_the_answer_or_one_line(files: int, answer: str, tmp_path: Path) -> None:
    ran = ask(tmp_path / "cache", *QUESTION, prepare=limited(resource.RLIMIT_NOFILE, files))
    if ran.code == 0:
        assert ran.out == answer
    else:
        assert ran.code == 4
        assert len(ran.err.splitlines()) == 1


def test_no_other_process_and_no_thread_is_needed(answer: str, tmp_path: Path) -> None:
    ran = ask(tmp_path / "cache", *QUESTION, prepare=limited(resource.RLIMIT_NPROC, 1))
    assert (ran.code, ran.out) == (0, answer)


@pytest.mark.parametrize(
    ("set_by_user", "expected"),
    [
        ({}, "1"),
        ({"OPENBLAS_NUM_THREADS": "3"}, "3"),
        ({"OMP_NUM_THREADS": "2"}, None),
    ],
    ids=str,
)
def test_numerical_libraries_start_one_thread_unless_the_user_says_otherwise(
    set_by_user: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    for name, value in set_by_user.items():
        monkeypatch.setenv(name, value)
    numerical_libraries.one_thread()
    assert os.environ.get("OPENBLAS_NUM_THREADS") == expected
    for name in ("BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        if name not in set_by_user:
            os.environ.pop(name, None)


def test_what_only_means_that_nothing_is_left_is_told_apart_from_a_bug() -> None:
    import errno

    for error in (MemoryError(), OSError(errno.EMFILE, "many"), ImportError("x.so: failed to map segment from shared")):
        known = exhausted(error)
        assert isinstance(known, OutOfResources)
        assert known.exit_code == 4
    for error in (ValueError(), OSError(errno.ENOENT, "none"), ImportError("No module named x")):
        assert exhausted(error) is None
