"""Files are UTF-8, and what would fool a reader or a terminal is told with its place."""

# ruff: noqa: E501

import pytest

from bonerx.evidence.text import decode, is_text, position, printable, strange

HEAD = "format: bonerx-evidence/1\n"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (f"{HEAD}title: 甲".encode("utf-16"), "1:1: : the file is in UTF-16 [save it as UTF-8]"),
        (f"{HEAD}title: 甲".encode("utf-16-be"), "1:1: : the file is not text, or not in UTF-8 [save it as UTF-8 text]"),
        (f"{HEAD}title: 甲".encode("utf-32"), "1:1: : the file is in UTF-32 [save it as UTF-8]"),
        (f"{HEAD}title: é\n".encode("latin-1"), "2:8: : byte 0xE9 is not UTF-8 [save the file as UTF-8 (not Latin-1 or GB 18030)]"),
        (f"{HEAD}title: 甲".encode("gb18030"), "2:8: : byte 0xBC is not UTF-8 [save the file as UTF-8 (not Latin-1 or GB 18030)]"),
        (f"{HEAD}title: 甲".encode()[:-1], "2:8: : the file ends in the middle of a character [it seems cut off; get it whole]"),
        (f"{HEAD}title: a\x00".encode(), "2:9: : the file holds U+0000, a control character [remove it]"),
        (f"{HEAD}title: a\x9b".encode(), "2:9: : the file holds U+009B, a control character [remove it]"),
        (f"{HEAD}\r\ntitle: a\u2066".encode(), "3:9: : the file holds U+2066, a character that turns the direction of writing [remove it]"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["table.yaml", "table.json"])
def test_what_is_not_plain_utf_8_is_a_fault(faults, raw, expected, name):
    assert faults(raw, name) == [expected]


def test_a_byte_order_mark_is_no_fault():
    assert decode(b"\xef\xbb\xbfa") == ("a", [])


def test_a_file_full_of_control_characters_tells_the_first_twenty(faults):
    assert len(faults(b"a\x01\x02\x03\x04" * 100)) == 20


@pytest.mark.parametrize("text", ["a\tb\nc", "甲 [/i] é", "\u200d", "\U0001f600"])
def test_ordinary_text_may_stand_anywhere(text):
    assert strange(text) is None


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\r", "\x7f", "\x85", "\u202a", "\u202e", "\u2066", "\u2069", "\ud800"]
)
def test_strange_characters_are_found(character):
    assert strange(f"ab{character}")[0] == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [("甲 a", "甲 a"), ("a\tb\n", "a\\tb\\n"), ("\x1b[2J", "\\x1b[2J"), ("\ud800", "\\ud800"), ("\u202e", "\\u202e"), ("x" * 70, "x" * 60 + "…")],
)  # fmt: skip
def test_messages_show_what_a_terminal_can_show(text, shown):
    assert printable(text) == shown


def test_positions_count_lines_of_every_system():
    text = "a\nb\r\nc\rd"
    assert [position(text, offset) for offset in (0, 2, 5, 7)] == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_what_a_message_shows_of_a_name_is_one_line_of_what_is_seen() -> None:
    assert printable("a\nb\x1b[31m\u202e caf\udce9 甲") == r"a\nb\x1b[31m\u202e caf\xe9 甲"
    assert printable("x" * 70) == "x" * 60 + "…"


@pytest.mark.parametrize(("text", "is_one"), [("", True), ("甲 👩", True), ("caf\udce9", False), ("\ud800", False)])
def test_what_is_text(text: str, is_one: bool) -> None:
    assert is_text(text) is is_one
