"""Records in RIS, tidy and untidy."""

import pytest

from bonerx.draft.ris import looks_like, read
from bonerx.errors import Unreadable
from bonerx.model.kinds import Integrity

RECORD = """\
TY  - JOUR
AU  - Nemo, Ann-Marie
AU  - van der Void, J.
TI  - Dormolin for short sleep
AB  - Sleep is short.
Dormolin lengthened it.
PY  - 2021/03/03/
JO  - J Inv
VL  - 4
IS  - 2
SP  - 11
EP  - 19
DO  - https://doi.org/10.1000/invented.1
DB  - PubMed
AN  - 90000001
ER  -
"""


def test_a_record_is_read_field_by_field() -> None:
    (found,) = read(RECORD, "file.ris", "file")
    assert found.text == "Sleep is short. Dormolin lengthened it."
    assert (found.title, found.journal, found.year) == ("Dormolin for short sleep", "J Inv", 2021)
    assert (found.authors, found.family) == ("Nemo AM, van der Void J", "Nemo")
    assert (found.volume, found.pages) == ("4(2)", "11-19")
    assert (found.doi, found.pmid) == ("10.1000/invented.1", "90000001")


def test_the_older_tags_are_read_too() -> None:
    (found,) = read("TY  - JOUR\nA1  - Doe, J\nT1  - Two\nY1  - 2004\nN2  - Sleep.\nJA  - J Inv\nER  - \n", "f", "f")
    assert (found.title, found.text, found.year, found.authors) == ("Two", "Sleep.", 2004, "Doe J")
    assert found.journal == "J Inv"


def test_a_record_that_nobody_closed_is_a_record() -> None:
    found = read("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n", "f", "f")
    assert [each.title for each in found] == ["One", "Two"]
    assert found[1].place == "f, record 2"


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        ("AN  - 123", None),
        ("AN  - PMID: 123", "123"),
        ("DB  - Embase\nAN  - 123", None),
        ("UR  - https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        ("UR  - http://www.ncbi.nlm.nih.gov/pubmed/123", "123"),
    ],
)
def test_a_number_is_one_of_pubmed_only_where_the_record_says_so(lines: str, pmid: str | None) -> None:
    (found,) = read(f"TY  - JOUR\nTI  - One\n{lines}\nER  - \n", "f", "f")
    assert found.pmid == pmid


@pytest.mark.parametrize("line", ["TI  - RETRACTED: One", "M3  - Retracted Publication", "TI  - Retracted: One"])
def test_a_retraction_that_the_record_states_is_kept(line: str) -> None:
    (found,) = read(f"TY  - JOUR\n{line}\nER  - \n", "f", "f")
    assert found.integrity.status is Integrity.RETRACTED
    assert found.integrity.note


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("Nemo", "Nemo"),
        ("张, 三", "张三"),
        ("Void, Jean-Paul, Jr.", "Void JP"),
        ("The Invented Group", "The Invented Group"),
    ],
)
def test_names_are_cited_by_family_and_initials(name: str, cited: str) -> None:
    (found,) = read(f"TY  - JOUR\nAU  - {name}\nER  - \n", "f", "f")
    assert found.authors == cited


def test_what_rispy_cannot_read_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="not RIS"):
        read("TY  - JOUR\nUK  - a\nXX  - b\n", "f", "f")


def test_a_record_is_known_by_its_first_tag() -> None:
    assert looks_like("\nTY  - JOUR\n")
    assert not looks_like("TYphoid is rare.")
