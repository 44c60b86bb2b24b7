"""Why a file cannot be read or written is said in our own words."""

import errno
import os

import pytest

from bonerx.errors import reason


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOENT, "no such file or directory"),
        (errno.EACCES, "permission denied"),
        (errno.ENOSPC, "no space left on device"),
        (errno.ELOOP, "too many levels of symbolic links"),
    ],
)
def test_a_common_reason_has_the_same_words_whatever_the_system_says(code: int, words: str) -> None:
    assert reason(OSError(code, "SOMETHING ELSE")) == words


def test_any_other_reason_is_the_system_s_or_is_said_to_be_none() -> None:
    assert reason(OSError(errno.ETXTBSY, "Busy")) == "busy"
    assert reason(ValueError("Embedded null byte")) == "embedded null byte"
    assert reason(OSError()) == "the system gives no reason"


def test_no_file_is_named_twice() -> None:
    assert os.sep not in reason(OSError(errno.ENOENT, "x", "a/b"))
