"""What is one name: the laws of folding, over letters of many scripts and everything that nobody sees."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.model.name import as_id, cleaned, fold

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufe0f\ufeff"
BLANKS = " \t\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u3000"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
LETTERS = "abkzäéñøßčαβσжяאש维生素骨ビ"
DIGITS = "0123456789"
names = st.text(st.sampled_from(LETTERS + DIGITS + "().,/+%"), min_size=1, max_size=12)
written = st.text(st.sampled_from(LETTERS + DIGITS + "ÄÉ()+'·_" + BLANKS + HYPHENS + INVISIBLE), max_size=12)
few = settings(max_examples=200, deadline=None)


@few
@given(name=st.one_of(written, st.text(max_size=12)))
def test_a_folded_name_is_folded_already(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(cleaned(name)) == fold(name)
    assert cleaned(cleaned(name)) == cleaned(name)


@few
@given(name=st.one_of(names, written))
def test_case_width_and_composition_do_not_count(name: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, name)) == fold(name)
    assert fold(name.casefold()) == fold(name.upper()) == fold(name)
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" and sign != "_" else sign for sign in name)
    assert fold(wide) == fold(name)


@few
@given(name=written, place=st.integers(0, 12), hidden=st.text(st.sampled_from(INVISIBLE), min_size=1, max_size=3))
def test_what_is_invisible_does_not_count_and_is_not_shown(name: str, place: int, hidden: str) -> None:
    assert fold(name[:place] + hidden + name[place:]) == fold(name)
    assert not set(INVISIBLE) & set(cleaned(name[:place] + hidden + name[place:]))


@few
@given(words=st.lists(names, min_size=1, max_size=4), data=st.data())
def test_blanks_of_every_kind_and_number_do_not_count(words: list[str], data: st.DataObject) -> None:
    blanks = st.text(st.sampled_from(BLANKS), min_size=1, max_size=3)
    around = data.draw(st.text(st.sampled_from(BLANKS), max_size=2))
    other = "".join(word + data.draw(blanks) for word in words) + around
    assert fold(around + other) == fold(" ".join(words))


@few
@given(words=st.lists(names, min_size=1, max_size=4), data=st.data())
def test_a_hyphen_of_every_kind_is_a_hyphen(words: list[str], data: st.DataObject) -> None:
    other = "".join(word + data.draw(st.sampled_from(HYPHENS)) for word in words)
    assert fold(other) == fold("".join(word + "-" for word in words))


@few
@given(
    one=st.text(st.sampled_from(LETTERS[:8] + DIGITS), min_size=1), other=st.text(st.sampled_from(LETTERS[:8] + DIGITS))
)
def test_names_of_other_letters_and_digits_are_two(one: str, other: str) -> None:
    assert (fold(one) == fold(other)) == (one == other)


@few
@given(
    numbers=st.lists(st.integers(0, 99), min_size=1, max_size=3),
    others=st.lists(st.integers(0, 99), min_size=1, max_size=3),
)
def test_numbers_do_not_run_together(numbers: list[int], others: list[int]) -> None:
    one, other = ("-".join(map(str, some)) for some in (numbers, others))
    assert (fold(one) == fold(other)) == (numbers == others)


@few
@given(name=written)
def test_only_a_name_in_which_nothing_is_seen_is_empty(name: str) -> None:
    assert (fold(name) == "") == (not set(name) - set(INVISIBLE) - set(BLANKS))
    assert (cleaned(name) == "") == (fold(name) == "")


@few
@given(
    words=st.lists(st.text(st.sampled_from("abcxyz0189"), min_size=1, max_size=5), min_size=1, max_size=4),
    data=st.data(),
)
def test_an_id_is_meant_by_its_words(words: list[str], data: st.DataObject) -> None:
    joint = st.text(st.sampled_from(BLANKS + HYPHENS + "_"), min_size=1, max_size=2)
    other = "".join(word.upper() + data.draw(joint) for word in words)
    assert as_id(other) == "-".join(words)
