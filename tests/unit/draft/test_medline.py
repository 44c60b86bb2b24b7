"""Records in PubMed's format: what is read of them, and above all what is known against them."""

import pytest

from bonerx.draft.medline import looks_like, read
from bonerx.model.kinds import Integrity, SourceKind

RECORD = """\

PMID- 90000001
OWN - NLM
TI  - Dormolin for short sleep: an invented
      randomised trial.
PG  - 11-9
LID - S0000-0000(00)00000-0 [pii]
LID - 10.1000/invented.1 [doi]
AB  - BACKGROUND: Sleep is short. RESULTS: Dormolin
      lengthened it (P<.001).
FAU - Nemo-Void, Ann
AU  - Nemo-Void A
FAU - Doe, Jo
AU  - Doe J
PT  - Journal Article
PT  - Randomized Controlled Trial
DP  - 2021 Mar 3
TA  - J Inv
JT  - Journal of invention
VI  - 4
IP  - 2
SI  - ClinicalTrials.gov/NCT00000000
SI  - GENBANK/AB0000
"""


def test_a_record_is_read_field_by_field() -> None:
    (found,) = read(RECORD, "file.nbib", "file")
    assert found.text == "BACKGROUND: Sleep is short. RESULTS: Dormolin lengthened it (P<.001)."
    assert found.title == "Dormolin for short sleep: an invented randomised trial."
    assert (found.authors, found.family) == ("Nemo-Void A, Doe J", "Nemo-Void")
    assert (found.journal, found.year, found.volume, found.pages) == ("J Inv", 2021, "4(2)", "11-9")
    assert (found.doi, found.pmid) == ("10.1000/invented.1", "90000001")
    assert found.registration == "ClinicalTrials.gov/NCT00000000"
    assert found.kind is SourceKind.RANDOMISED_TRIAL
    assert found.integrity.status is Integrity.NONE_KNOWN
    assert found.place == "file.nbib"


def test_several_records_are_told_apart_with_and_without_a_blank_line() -> None:
    for gap in ("\n", ""):
        found = read(f"PMID- 1\nTI  - One.\n{gap}PMID- 2\nTI  - Two.\n", "f", "f")
        assert [(each.pmid, each.title, each.place) for each in found] == [
            ("1", "One.", "f, record 1"),
            ("2", "Two.", "f, record 2"),
        ]


@pytest.mark.parametrize(
    ("lines", "status", "note", "doi"),
    [
        ("RIN - J Inv. 2022;1:2. doi: 10.1000/r.2. PMID: 9", "retracted", "Retraction in: ", "10.1000/r.2"),
        ("RRI - J Inv. 2022", "retracted", "Retracted and republished in: ", None),
        ("PT  - Retracted Publication", "retracted", "Publication type: Retracted Publication", None),
        ("ECI - J Inv. 2022", "concern", "Expression of concern in: ", None),
        ("PRIN- J Inv. 2022", "concern", "Partial retraction in: ", None),
        ("EIN - J Inv. 2022", "erratum", "Erratum in: ", None),
        ("CRI - J Inv. 2022", "corrected", "Corrected and republished in: ", None),
        ("CRF - J Inv. 2022", "corrected", "Corrected and republished from: ", None),
        (
            "EIN - Later\nRIN - Last. doi: 10.1000/x",
            "retracted",
            "Retraction in: Last. doi: 10.1000/x; Erratum",
            "10.1000/x",
        ),
        ("TI  - RETRACTED: Something", "retracted", "The title of the record says so.", None),
        ("TI  - [Retracted] Something\nEIN - Later", "retracted", "The title says so; Erratum in: Later", None),
    ],
)
def test_what_is_known_against_a_publication_is_kept(lines: str, status: str, note: str, doi: str | None) -> None:
    (found,) = read(f"PMID- 1\n{lines}\n", "f", "f")
    assert found.integrity.status.value == status
    assert (found.integrity.note or "").startswith(note)
    assert found.integrity.doi == doi


@pytest.mark.parametrize("tag", ["ROF ", "ECF ", "EFR "])
def test_a_notice_about_another_publication_is_a_correction_with_nothing_against_it(tag: str) -> None:
    (found,) = read(f"PMID- 1\n{tag}- J Inv. 2020\nPT  - Journal Article\n", "f", "f")
    assert found.kind is SourceKind.CORRECTION
    assert found.integrity.status is Integrity.NONE_KNOWN
    assert found.note is not None
    assert found.note.endswith(": J Inv. 2020")


def test_an_update_is_a_note_and_nothing_against_the_record() -> None:
    (found,) = read("PMID- 1\nUIN - Inv Rev. 2023\n", "f", "f")
    assert (found.note, found.integrity.status) == ("Update in: Inv Rev. 2023", Integrity.NONE_KNOWN)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["Journal Article"], "other"),
        (["Review", "Systematic Review"], "systematic-review"),
        (["Review", "Meta-Analysis"], "meta-analysis"),
        (["Review"], "narrative-review"),
        (["Practice Guideline", "Review"], "guideline"),
        (["Clinical Trial Protocol"], "trial-design"),
        (["Observational Study"], "non-randomised-study"),
        (["Clinical Trial"], "other"),
        (["Published Erratum"], "correction"),
    ],
)
def test_the_kind_is_what_the_publication_type_states(types: list[str], kind: str) -> None:
    (found,) = read("PMID- 1\n" + "".join(f"PT  - {each}\n" for each in types), "f", "f")
    assert found.kind.value == kind


def test_headings_that_name_animals_and_no_humans_make_an_animal_study() -> None:
    (rats,) = read("PMID- 1\nMH  - *Animals\nMH  - Rats, Wistar\n", "f", "f")
    assert (rats.kind, rats.species) == (SourceKind.ANIMAL_STUDY, "rat")
    (both,) = read("PMID- 1\nMH  - Animals\nMH  - Humans\n", "f", "f")
    assert both.species is None
    (other,) = read("PMID- 1\nMH  - Animals\n", "f", "f")
    assert other.species == "animal"


def test_a_group_is_the_author_where_no_person_is() -> None:
    (found,) = read("PMID- 1\nCN  - The Invented Group\n", "f", "f")
    assert (found.authors, found.family) == ("The Invented Group", None)


def test_a_record_is_known_by_its_number() -> None:
    assert looks_like("\nPMID- 1\n")
    assert not looks_like("An abstract that names PMID- 1 inside.")
