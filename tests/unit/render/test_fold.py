"""Folded text loses nothing and crosses no edge."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bonerx.render.fold import fold, longest, width
from bonerx.render.look import Run

SEEN = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])
MIXED = st.text(st.one_of(SEEN, st.sampled_from("abc ,。、“”(「甲乙丙가ア \u3000-/")), max_size=300)


def texts(lines: list[tuple[Run, ...]]) -> list[str]:
    return ["".join(run.text for run in line) for line in lines]


def bare(text: str) -> str:
    return "".join(text.split())


@given(MIXED, st.integers(20, 200))
def test_every_character_stays_in_order_and_within_the_width(text: str, room: int):
    lines = texts(fold((Run(text),), room))
    assert bare("".join(lines)) == bare(text)
    assert all(cell_len(line) <= room for line in lines)


@given(st.lists(st.tuples(MIXED, st.booleans()), max_size=5), st.integers(20, 80))
def test_runs_keep_their_styles_and_their_order(parts: list[tuple[str, bool]], room: int):
    runs = tuple(Run(text, str(number), solid) for number, (text, solid) in enumerate(parts))
    lines = fold(runs, room)
    for number, (text, _) in enumerate(parts):
        assert bare("".join(run.text for line in lines for run in line if run.style == str(number))) == bare(text)
    assert all(width(line) <= room for line in lines)


@given(MIXED)
def test_a_line_as_wide_as_the_longest_word_breaks_none(text: str):
    room = max(longest((Run(text),)), 1)
    lines = texts(fold((Run(text),), room))
    words = [word for word in text.split(" ") if word.isascii()]
    assert [word for word in words if not any(word in line for line in lines)] == []


def test_words_break_at_blanks():
    assert texts(fold((Run("one two three four"),), 9)) == ["one two", "three", "four"]


def test_chinese_breaks_between_characters_but_not_before_a_closing_mark():
    assert texts(fold((Run("增加骨密度,预防骨折。"),), 10)) == ["增加骨密", "度,预防骨", "折。"]
    assert texts(fold((Run("应首选“甲药”而非乙药"),), 8)) == ["应首选", "“甲药”而", "非乙药"]


def test_a_chinese_sentence_goes_on_beside_a_latin_word():
    assert texts(fold((Run("Vitamin 维生素可增强骨谷氨酸残基"),), 20)) == ["Vitamin 维生素可增强", "骨谷氨酸残基"]


def test_an_interval_is_not_broken_while_it_fits_on_a_line():
    runs = (Run("relative risk "), Run("(0.44 to 0.66)", solid=True))
    assert texts(fold(runs, 20)) == ["relative risk", "(0.44 to 0.66)"]
    assert texts(fold(runs, 10)) == ["relative", "risk (0.44", "to 0.66)"]


def test_a_word_longer_than_the_line_breaks_after_a_joint_or_anywhere():
    assert texts(fold((Run("10.3349/ymj.2003.44.5.751"),), 12)) == ["10.3349/ymj.", "2003.44.5.", "751"]
    assert texts(fold((Run("a" * 25),), 10)) == ["a" * 10, "a" * 10, "a" * 5]


@pytest.mark.parametrize("cluster", ["e\u0301", "👨\u200d👩\u200d👧", "가"])
def test_what_is_seen_as_one_character_is_never_torn_apart(cluster: str):
    lines = texts(fold((Run(cluster * 30),), 7))
    assert all(line.replace(cluster, "") == "" for line in lines)


def test_wide_characters_take_two_cells():
    assert width((Run("甲乙a"),)) == 2 + 2 + 1
    assert all(unicodedata.east_asian_width(c) == "W" for c in "甲乙")
