"""Third-party text is data: it steers nothing and hides nothing."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bonerx.render.options import Options
from bonerx.render.visible import harmless, own, visible

PAGE = Options()


def test_escape_codes_and_bidirectional_controls_are_written_out():
    assert visible("a\x1b[31mb\x9bc\u202ed\u200be\x7f", PAGE) == r"a\x1b[31mb\x9bc\u202ed\u200be\x7f"


def test_half_a_surrogate_pair_and_a_tag_character_are_written_out():
    assert visible("\ud800 \U000e0041", PAGE) == r"\ud800 \U000e0041"


def test_the_bytes_of_a_name_that_is_no_text_are_written_out():
    assert visible("caf\udce9 \udcff", PAGE) == r"caf\xe9 \xff"


def test_of_a_raw_value_only_what_is_obeyed_is_written_out():
    text = "a\tb\nc \u200b \ufeff \u00ad 👨\u200d👩 甲\u3000乙"
    assert harmless(text) == text
    assert harmless("a\x1b[31m\r\x07\x9b\x7f") == r"a\x1b[31m\x0d\x07\x9b\x7f"
    assert harmless("\u202e \u200f \u061c \u2066 \u2028 \udce9") == r"\u202e \u200f \u061c \u2066 \u2028 \xe9"


def test_line_breaks_and_tabs_are_blanks():
    assert visible("a\nb\tc", PAGE) == "a b c"


def test_joiners_blanks_and_scripts_stay_as_they_are():
    text = "می\u200cخواهم 👨\u200d👩\u200d👧 甲\u3000乙 a\u00a0b"
    assert visible(text, PAGE) == text


def test_the_punctuation_of_our_own_lines_has_an_ascii_form_and_a_quotation_keeps_its_own():
    assert own("“a” · b – c … 3 ≥ 2", Options(ascii=True)) == '"a" | b - c ... 3 >= 2'
    assert visible("“a” · b", Options(ascii=True)) == "“a” · b"


def test_characters_that_the_output_lacks_are_written_as_escapes():
    assert visible("甲 é", Options(encoding="ascii")) == r"\u7532 \xe9"
    assert visible("甲 é", Options(encoding="latin-1")) == r"\u7532 é"


@given(st.text())
def test_nothing_is_left_that_a_terminal_obeys(text: str):
    shown = visible(text, PAGE)
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert all(unicodedata.category(c) not in hidden or c in "\u200c\u200d" for c in shown)


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_everything_else_is_left_alone(text: str):
    assert visible(text, PAGE) == text
