"""A folder held by one process at a time, and a file replaced only while it holds what was read."""

import errno
from pathlib import Path

import pytest

from bonerx import changing
from bonerx.changing import Changed, alone, anew, demand, put
from bonerx.errors import Unreadable


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "LONGEST_WAIT", 0.0)


@pytest.fixture(params=["lock", "no lock in this system", "no lock in this place"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How folders are held."""
    if request.param == "no lock in this system":
        monkeypatch.setattr(changing, "fcntl", None)
    elif request.param == "no lock in this place":

        def refuse(*_: object) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(changing.fcntl, "flock", refuse)
    return str(request.param)


@pytest.mark.usefixtures("impatient")
def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path, kind: str) -> None:
    table = str(tmp_path / "t.yaml")
    with alone([table]):
        with pytest.raises(Unreadable, match="cannot change files in") as refused, alone([str(tmp_path / "u.yaml")]):
            pass
        assert refused.value.hint is not None
        assert (".bonerx.lock" in refused.value.hint) == (kind != "lock")
    assert list(tmp_path.iterdir()) == []
    with alone([table]):
        pass


@pytest.mark.usefixtures("impatient")
def test_a_folder_is_let_go_of_however_the_work_ends(tmp_path: Path, kind: str) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="the work"), alone([str(tmp_path / "t.yaml")]):
            raise ValueError("the work")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("impatient", "kind")
def test_files_of_one_folder_and_of_several_are_held_together(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(Path("b", "t.yaml"))
    names = [tmp_path / "a" / "t.yaml", tmp_path / "a" / "u.yaml", tmp_path / "b" / "t.yaml", tmp_path / "link.yaml"]
    with alone(map(str, names)), pytest.raises(Unreadable), alone([str(tmp_path / "b" / "v.yaml")]):
        pass


@pytest.mark.usefixtures("impatient", "kind")
def test_what_is_no_folder_is_held_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with alone([str(tmp_path / "file" / "t.yaml")]), alone([str(tmp_path / "file" / "t.yaml")]):
        pass


def test_a_file_is_replaced_only_while_it_holds_what_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "new" / "t.yaml"
    put(str(path), b"one", None)
    put(str(path), b"two", b"one")
    for expected in (None, b"one", b"tw", b"two "):
        with pytest.raises(Changed):
            put(str(path), b"three", expected)
    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["t.yaml"]
    path.unlink()
    with pytest.raises(Changed):
        put(str(path), b"three", b"two")
    assert not path.exists()


def test_what_cannot_be_compared_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot read"):
        demand(str(tmp_path), None)


def test_a_change_is_begun_anew_where_the_file_was_changed(tmp_path: Path) -> None:
    tries = []

    def change() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise Changed("t.yaml")
        return len(tries)

    assert anew(change) == 3


def test_a_change_that_never_comes_through_ends(tmp_path: Path) -> None:
    tries = []

    def change() -> None:
        tries.append(1)
        raise Changed("t.yaml")

    with pytest.raises(Changed, match="has changed since it was read"):
        anew(change)
    assert len(tries) == changing.TRIES
