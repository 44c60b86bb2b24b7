"""Which files a table consists of, and what is refused before a byte is read."""

import hashlib
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bonerx.errors import InvalidEvidence, Unreadable
from bonerx.evidence import files
from bonerx.evidence.files import (
    TableFile,
    content,
    file_digest,
    fingerprint,
    read,
    table_files,
    text_path,
    texts_unchanged,
)


def test_files_come_in_the_order_they_are_named_and_once(tmp_path):
    a, b = str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")
    for path in (a, b):
        Path(path).write_text("x")
    assert table_files([b, a, b]) == [TableFile(b, b), TableFile(a, a)]


def test_a_folder_is_the_tables_directly_in_it_by_name(tmp_path):
    for name in ("c.yaml", "a.json", "b.ndjson", "d.yml", "e.jsonl", "f.txt", ".g.yaml", "evidence.schema.json"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub.yaml").mkdir()
    (tmp_path / "sub.yaml" / "h.yaml").write_text("x")
    assert [Path(file.path).name for file in table_files([str(tmp_path)])] == [
        "a.json",
        "b.ndjson",
        "c.yaml",
        "d.yml",
        "e.jsonl",
    ]


def test_a_folder_without_a_table_is_no_evidence(tmp_path):
    with pytest.raises(InvalidEvidence, match="holds no evidence table"):
        table_files([str(tmp_path)])


def test_the_shipped_table_goes_by_the_names_of_its_files():
    shipped = table_files(["default"])
    assert "evidence.yaml" in [file.name for file in shipped]
    assert all(Path(file.path).parent.samefile(files.shipped()) for file in shipped)


def test_standard_input_is_a_file_of_its_own():
    assert table_files(["-"]) == [TableFile("<stdin>", "-")]


@pytest.mark.parametrize("size", [0, 10, files._LARGE + 1])
def test_a_digest_is_sha_256(tmp_path, size):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * size)
    expected = hashlib.sha256(b"x" * size).hexdigest()
    assert file_digest(str(path)) == expected
    assert fingerprint([TableFile("shown", str(path))]) == [("shown", expected)]
    assert content(TableFile("shown", str(path))).sha256 == expected


def test_no_more_is_read_than_shows_that_it_is_too_much(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 100)
    assert len(read(str(path), 10)) == 11
    assert len(read(str(path), 100)) == 100


def unreadable(path):
    with pytest.raises(Unreadable) as caught:
        list(map(read, (file.path for file in table_files([path]))))
    return caught.value.message


def test_what_cannot_be_read_says_why(tmp_path):
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert (
        unreadable(str(tmp_path / "none.yaml")) == f"cannot read `{tmp_path / 'none.yaml'}`: no such file or directory"
    )
    assert "too many levels of symbolic links" in unreadable(str(loop))
    assert "null" in unreadable("a\x00b.yaml")
    assert "file name too long" in unreadable("a" * 5_000)
    assert "not a directory" in unreadable("/dev/null/a.yaml")


def test_what_never_ends_is_not_opened(tmp_path):
    fifo = tmp_path / "a.yaml"
    os.mkfifo(fifo)
    assert unreadable(str(fifo)) == f"`{fifo}` is a named pipe, not a file"
    assert unreadable("/dev/zero") == "`/dev/zero` is a device, not a file"


def test_a_socket_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.yaml")
        assert "cannot read `s.yaml`" in unreadable("s.yaml")


def test_a_folder_is_no_text(tmp_path):
    with pytest.raises(Unreadable, match="is a folder, not a file"):
        read(str(tmp_path))


def test_a_file_without_permission_is_unreadable(tmp_path):
    """Permissions do not bind root, so a user who is not root asks for the file."""
    path = tmp_path / "a.yaml"
    path.write_text("x")
    path.chmod(0)
    code = (
        "import os, sys\n"
        "sys.path[:0] = [p for p in sys.argv[2].split(os.pathsep) if p]\n"
        "from bonerx.errors import Unreadable\n"
        "from bonerx.evidence.files import read\n"
        "os.chdir(os.path.dirname(sys.argv[1]))\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "try: read('a.yaml')\n"
        "except Unreadable as error: print(error.message)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(path), os.pathsep.join(sys.path)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "cannot read `a.yaml`: permission denied\n"


def test_a_pipe_that_a_shell_hands_over_is_read():
    reading, writing = os.pipe()
    writer = threading.Thread(target=lambda: (os.write(writing, b"x" * 10), os.close(writing)))
    writer.start()
    try:
        assert read(f"/dev/fd/{reading}") == b"x" * 10
    finally:
        writer.join()
        os.close(reading)


def test_a_text_stands_beside_its_table():
    assert text_path("data/evidence.yaml", "sources/doe.txt") == str(Path("data", "sources", "doe.txt"))
    assert text_path("-", "doe.txt") == "doe.txt"


def test_texts_are_unchanged_as_long_as_all_of_them_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    held = [(str(tmp_path / "t.yaml"), "a.txt", file_digest(str(path)))]
    assert texts_unchanged(held)
    path.write_text("y")
    assert not texts_unchanged(held)
    path.unlink()
    assert not texts_unchanged(held)


def test_asking_what_a_table_consists_of_loads_no_parser():
    code = (
        "import sys; from bonerx.evidence.files import fingerprint, table_files; fingerprint(table_files(['default']));"
        "sys.exit(any(name in sys.modules for name in ('yaml', 'pydantic', 'json', 'hashlib', 'pathlib')))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-S", "-c", code], check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        ).returncode
        == 0
    )
