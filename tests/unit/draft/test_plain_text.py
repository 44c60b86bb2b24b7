"""Plain text: lines joined where they were wrapped, labelled lines read, nothing guessed."""

from bonerx.draft.abstract import Abstract
from bonerx.draft.plain_text import read
from bonerx.model.kinds import Integrity


def one(text: str) -> Abstract:
    (found,) = read(text, "f.txt", "f")
    return found


def test_wrapped_lines_are_joined_up_to_a_blank_one() -> None:
    assert one("Sleep is\nshort.\n\nIt is\nnot long.").text == "Sleep is short.\nIt is not long."


def test_wrapped_chinese_lines_are_joined_without_a_blank() -> None:
    assert one("睡眠\n很短。").text == "睡眠很短。"


def test_a_hyphen_at_the_end_of_a_line_stays_and_joins() -> None:
    assert one("A double-\nblind trial.").text == "A double-blind trial."


def test_a_heading_begins_a_line() -> None:
    assert one("BACKGROUND: Sleep.\nRESULTS: More.").text == "BACKGROUND: Sleep.\nRESULTS: More."


def test_a_citation_does_not_begin_a_line() -> None:
    assert one("Sleep is short\n[1] and bad.").text == "Sleep is short [1] and bad."


def test_long_lines_are_paragraphs() -> None:
    long = "Sleep " * 40
    assert one(f"A heading\n{long}\nThe end").text == f"A heading\n{long.strip()}\nThe end"


def test_labelled_lines_at_both_ends_describe_the_publication() -> None:
    found = one(
        "Title: Short sleep\nAuthors: Nemo A, Doe J\nJournal: J Inv\nYear: 2021\nVolume: 4(2)\nPages: 1-9\n\n"
        "Sleep is short.\n\nDOI: https://doi.org/10.1000/x.1\nPMID: 123 [invented]\n"
    )
    assert found.text == "Sleep is short."
    assert (found.title, found.authors, found.family) == ("Short sleep", "Nemo A, Doe J", "Nemo")
    assert (found.journal, found.year, found.volume, found.pages) == ("J Inv", 2021, "4(2)", "1-9")
    assert (found.doi, found.pmid) == ("10.1000/x.1", "123")


def test_chinese_labels_are_read() -> None:
    found = one("标题：短睡眠\n作者：张三\n年份：2021\n睡眠很短。")
    assert (found.title, found.authors, found.year, found.text) == ("短睡眠", "张三", 2021, "睡眠很短。")


def test_a_labelled_line_inside_the_text_stays_there() -> None:
    assert one("Sleep.\nTitle: none.\nMore.").text == "Sleep. Title: none. More."


def test_a_title_that_says_retracted_is_heard() -> None:
    assert one("Title: RETRACTED: Short sleep\nSleep.").integrity.status is Integrity.RETRACTED


def test_given_names_before_the_family_name_are_understood() -> None:
    assert one("Authors: Ann Nemo and Jo Doe\nSleep.").family == "Nemo"


def test_nothing_is_guessed() -> None:
    found = one("Sleep. Nemo A, J Inv 2021, doi 10.1000/x.")
    assert (found.title, found.authors, found.year, found.doi) == (None, None, None, None)


def test_an_empty_text_holds_no_publication() -> None:
    assert read(" \n\n", "f", "f") == []
