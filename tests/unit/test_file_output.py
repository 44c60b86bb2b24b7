"""A file is written whole or not at all, and what others made is neither replaced nor removed."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bonerx import file_output
from bonerx.errors import Unreadable
from bonerx.file_output import ReaderGone, is_stream, placing, save, writing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing() -> Iterator[str]:
    yield "half "
    raise KeyError("a renderer's own fault")


class TestFiles:
    @pytest.mark.parametrize("pieces", [["one", " and 二"], [b"one", " and 二".encode()]])
    def test_text_is_utf8_and_bytes_are_as_they_are(self, tmp_path: Path, pieces: list[str] | list[bytes]) -> None:
        save(str(tmp_path / "a"), pieces)
        assert (tmp_path / "a").read_bytes() == "one and 二".encode()
        assert names(tmp_path) == ["a"]

    def test_what_is_no_text_is_written_as_an_escape(self, tmp_path: Path) -> None:
        save(str(tmp_path / "a"), ["caf\udce9"])
        assert (tmp_path / "a").read_bytes() == b"caf\\udce9"

    @pytest.mark.parametrize("before", ["before", None])
    def test_a_failure_leaves_all_as_it_was(self, tmp_path: Path, before: str | None) -> None:
        path = tmp_path / "a"
        if before is not None:
            path.write_text(before)
        with pytest.raises(KeyError):
            save(str(path), failing())
        assert names(tmp_path) == ([] if before is None else ["a"])
        assert before is None or path.read_text() == before

    def test_a_name_of_any_length_that_the_system_takes_is_written(self, tmp_path: Path) -> None:
        for name in ("n" * 255, "二" * 85):
            save(str(tmp_path / name), ["x"])
            assert (tmp_path / name).read_text() == "x"

    def test_a_name_that_is_no_text_is_written(self, tmp_path: Path) -> None:
        path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
        save(path, ["x"])
        assert names(tmp_path) == ["caf\udce9"]

    @pytest.mark.parametrize("path", ["", "new/", "there", "there/", "there/.", "link", "link/"])
    def test_a_folder_is_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "there").mkdir()
        (tmp_path / "link").symlink_to("there")
        with pytest.raises(Unreadable, match="is a folder" if path else "is empty") as told:
            save(path, ["x"])
        assert told.value.hint
        assert names(tmp_path) == ["link", "there"]

    @pytest.mark.parametrize("path", ["absent/a", "file/a", "loop", "to-absent", "nul\0"])
    def test_a_place_that_cannot_be_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "file").touch()
        (tmp_path / "loop").symlink_to("loop")
        (tmp_path / "to-absent").symlink_to("absent/b")
        before = names(tmp_path)
        with pytest.raises(Unreadable, match="cannot write `"):
            save(path, ["x"])
        with pytest.raises(Unreadable, match="cannot write `"), placing(path):
            pass
        assert names(tmp_path) == before

    def test_the_umask_holds_for_a_new_file(self, tmp_path: Path) -> None:
        for mask in (0o022, 0o077, 0o000):
            before = os.umask(mask)
            try:
                save(str(tmp_path / "a"), ["x"])
                with placing(str(tmp_path / "b")):
                    pass
                with writing(str(tmp_path / "c"), mode=0o600) as file:
                    file.write(b"x")
            finally:
                os.umask(before)
            found = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "abc"]
            assert found == [0o666 & ~mask, 0o666 & ~mask, 0o600]
            for path in tmp_path.iterdir():
                path.unlink()

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o222])
    def test_a_file_keeps_its_permissions_also_through_links(self, tmp_path: Path, mode: int) -> None:
        (tmp_path / "real").touch()
        (tmp_path / "real").chmod(mode)
        (tmp_path / "first").symlink_to("real")
        (tmp_path / "second").symlink_to(tmp_path / "first")
        save(str(tmp_path / "second"), ["x"])
        with placing(str(tmp_path / "second")) as new:
            Path(new.beside).write_text("y")
        assert (tmp_path / "real").read_text() == "y"
        assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == mode
        assert [(tmp_path / name).is_symlink() for name in ("first", "second")] == [True, True]

    def test_what_replaces_a_private_file_is_never_open_to_others(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.touch()
        path.chmod(0o640)
        with writing(str(path)) as file:
            assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_a_file_that_may_not_be_written_is_not_replaced(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a"
        path.write_text("before")
        monkeypatch.setattr(file_output.os, "access", lambda *_: False)  # the superuser may write everything
        with pytest.raises(Unreadable, match="permission denied"):
            save(str(path), ["x"])
        assert path.read_text() == "before"

    def test_what_was_meant_for_another_group_is_not_given_to_one_s_own(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a"
        path.touch()
        path.chmod(0o664)
        real, kept = os.fstat, path.stat()

        def elsewhere(descriptor: int) -> os.stat_result:
            status = real(descriptor)
            return os.stat_result((*status[:4], kept.st_uid + 1, kept.st_gid + 1, *status[6:]))

        def refused(*_: int) -> None:
            raise PermissionError

        monkeypatch.setattr(file_output.os, "fstat", elsewhere)
        monkeypatch.setattr(file_output.os, "fchown", refused)
        save(str(path), ["x"])
        assert stat.S_IMODE(path.stat().st_mode) == 0o604

    def test_a_link_to_what_is_not_there_yet_makes_it(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to("folder/real")
        save(str(tmp_path / "link"), ["x"])
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "folder" / "real").read_text() == "x"
        assert names(tmp_path / "folder") == ["real"]


class TestUnfinished:
    def test_another_name_is_taken_where_one_is_taken_and_that_is_left_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        victim = tmp_path / "victim"
        victim.write_text("precious")
        guessed = [bytes(8), bytes(8), b"12345678"]
        (tmp_path / f".a.{bytes(8).hex()}.new").symlink_to(victim)
        monkeypatch.setattr(file_output.os, "urandom", lambda _: guessed.pop(0))
        save(str(tmp_path / "a"), ["x"])
        assert not guessed
        assert victim.read_text() == "precious"
        assert (tmp_path / "a").read_text() == "x"
        assert (tmp_path / f".a.{bytes(8).hex()}.new").is_symlink()
        assert not (tmp_path / "a").is_symlink()

    def test_what_stands_under_its_name_when_it_has_its_place_is_left_alone(self, tmp_path: Path) -> None:
        new = file_output.Unfinished(str(tmp_path / "unfinished"), str(tmp_path / "a"))
        Path(new.beside).write_text("x")
        new.place()
        Path(new.beside).write_text("another's")
        new.remove()
        assert names(tmp_path) == ["a", "unfinished"]

    def test_writers_at_once_all_succeed(self, tmp_path: Path) -> None:
        path, failed = str(tmp_path / "a"), []

        def write(number: int) -> None:
            try:
                for _ in range(20):
                    save(path, [f"{number}" * 1_000])
            except Unreadable as error:
                failed.append(error)

        writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert not failed
        assert len(set((tmp_path / "a").read_text())) == 1
        assert names(tmp_path) == ["a"]

    def test_the_writer_of_a_path_may_choose_where_it_stands(self, tmp_path: Path) -> None:
        with placing(str(tmp_path / "a")) as new:
            assert Path(new.beside).stat().st_size == 0
            Path(new.beside).write_text("x")
            new.target = str(tmp_path / "b")
        assert names(tmp_path) == ["b"]


class TestStreams:
    def test_an_open_descriptor_is_written_where_it_stands(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        log.write_text("kept\n")
        with log.open("a") as file:
            for path in (f"/dev/fd/{file.fileno()}", f"/proc/self/fd/{file.fileno()}"):
                assert is_stream(path)
                save(path, ["more\n"])
            (tmp_path / "link").symlink_to(f"/dev/fd/{file.fileno()}")
            save(str(tmp_path / "link"), ["more\n"])
        assert log.read_text() == "kept\n" + 3 * "more\n"
        assert names(tmp_path) == ["link", "log"]

    def test_a_file_that_is_open_in_the_middle_is_gone_on_with(self, tmp_path: Path) -> None:
        with (tmp_path / "a").open("w+b", buffering=0) as file:
            file.write(b"before ")
            save(f"/dev/fd/{file.fileno()}", ["and "])
            file.write(b"after")
        assert (tmp_path / "a").read_text() == "before and after"

    def test_a_pipe_is_written_into(self) -> None:
        out, into = os.pipe()
        save(f"/dev/fd/{into}", ["x"])
        os.close(into)
        assert os.read(out, 10) == b"x"
        os.close(out)

    def test_a_pipe_without_a_reader_is_told_apart(self) -> None:
        out, into = os.pipe()
        os.close(out)
        with pytest.raises(ReaderGone):
            save(f"/dev/fd/{into}", ["x" * 100_000])
        os.close(into)

    def test_a_named_pipe_and_a_device_stay_what_they_are(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        assert is_stream(str(pipe))
        save(str(pipe), ["x"])
        assert os.read(reader, 10) == b"x"
        os.close(reader)
        assert pipe.is_fifo()
        save("/dev/null", ["x"])
        assert Path("/dev/null").is_char_device()

    def test_a_device_that_takes_no_more_is_an_error(self) -> None:
        with pytest.raises(Unreadable, match="no space left"):
            save("/dev/full", ["x"])

    @pytest.mark.parametrize("path", ["/dev/fd/987", "/dev/fd/99999999999999999999"])
    def test_a_descriptor_that_is_not_open_is_an_error(self, path: str) -> None:
        with pytest.raises(Unreadable, match="cannot write `/dev/fd/9"):
            save(path, ["x"])

    def test_a_writer_of_its_own_needs_a_file(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        for path in (str(tmp_path / "pipe"), "/dev/null", "/dev/stdout"):
            with pytest.raises(Unreadable, match="no regular file"), placing(path):
                pass
