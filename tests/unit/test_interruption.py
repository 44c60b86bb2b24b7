"""What a program has begun is undone when it is told to stop, and only by the process that has begun it."""

import os

import pytest

from bonerx.interruption import undo_all, undone_if_stopped


def test_what_has_begun_is_undone_the_last_first_and_only_once() -> None:
    undone: list[str] = []
    with undone_if_stopped(lambda: undone.append("first")), undone_if_stopped(lambda: undone.append("second")):
        undo_all()
        undo_all()
    assert undone == ["second", "first"]


def test_what_has_ended_is_not_undone() -> None:
    undone: list[str] = []
    with undone_if_stopped(lambda: undone.append("x")):
        pass
    with pytest.raises(KeyError), undone_if_stopped(lambda: undone.append("x")):
        raise KeyError
    undo_all()
    assert not undone


def test_what_cannot_be_undone_keeps_nothing_else_back() -> None:
    undone: list[str] = []

    def fail() -> None:
        raise OSError

    with undone_if_stopped(lambda: undone.append("x")), undone_if_stopped(fail):
        undo_all()
    assert undone == ["x"]


def test_another_process_undoes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    undone: list[str] = []
    with undone_if_stopped(lambda: undone.append("x")):
        monkeypatch.setattr(os, "getpid", lambda: -1)
        undo_all()
    assert not undone
