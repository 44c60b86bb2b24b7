"""Files told apart by name and content; what is no abstract is refused."""

from pathlib import Path

import pytest

from bonerx.draft.read_files import read_publications
from bonerx.errors import BonerxError, Unreadable, UsageError

MEDLINE = "PMID- 1\nTI  - One\nAB  - Sleep.\n"
RIS = "TY  - JOUR\nTI  - One\nAB  - Sleep.\nER  - \n"


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.nbib", MEDLINE, "One"),
        ("a.txt", MEDLINE, "One"),
        ("a", RIS, "One"),
        ("a.ris", RIS, "One"),
        ("a.txt", "Sleep.", None),
        ("a.md", "Title: One\nSleep.", "One"),
    ],
)
def test_the_format_is_told_by_name_or_content(tmp_path: Path, name: str, content: str, title: str | None) -> None:
    (tmp_path / name).write_text(content)
    (found,) = read_publications([str(tmp_path / name)])
    assert (found.title, found.text, found.stem) == (title, "Sleep.", "a")


def test_all_line_ends_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    (tmp_path / "a.nbib").write_bytes(b"\xef\xbb\xbf" + MEDLINE.replace("\n", "\r\n").encode())
    (found,) = read_publications([str(tmp_path / "a.nbib")])
    assert (found.pmid, found.text) == ("1", "Sleep.")


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.txt", b"", Unreadable, "holds no abstract"),
        ("a.ris", b"no record", Unreadable, "holds no abstract"),
        ("a.txt", b"\xff\xfe\x00", Unreadable, "UTF-16"),
        ("a.txt", b"caf\xe9 x", Unreadable, "not UTF-8"),
        ("a.txt", b"a\x1b[31mb", Unreadable, r"U\+001B"),
        ("a.txt", "a\u202eb".encode(), Unreadable, r"U\+202E"),
        ("a.yaml", b"x", UsageError, "is a table"),
        ("a.pdf", b"%PDF", UsageError, "is a PDF"),
    ],
)
def test_what_is_no_abstract_is_refused(
    tmp_path: Path, name: str, content: bytes, error: type[BonerxError], message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=message):
        read_publications([str(tmp_path / name)])


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(Unreadable):
            read_publications([str(path)])


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bonerx.evidence.limits.DOCUMENT_BYTES", 10)
    (tmp_path / "a.txt").write_text("Sleep is short.")
    with pytest.raises(Unreadable, match="larger"):
        read_publications([str(tmp_path / "a.txt")])


def test_a_text_that_is_far_too_long_for_an_abstract_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sleep. " * 50_000)
    with pytest.raises(Unreadable, match="longer than 200000 characters"):
        read_publications([str(tmp_path / "a.txt")])
