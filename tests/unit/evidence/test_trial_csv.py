"""A person's own trials: what may be written how, and every way to write them wrong."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from bonerx.errors import InvalidEvidence, Unreadable, UsageError
from bonerx.evidence.trial_csv import MOST_COLUMNS, TrialData, read_trials
from bonerx.model.estimate import Contrast, Group

COUNTS = "study,treatment,events,n\nA,drug,5,100\nA,none,10,100\n"
Write = Callable[..., TrialData]


@pytest.fixture
def trials(tmp_path: Path) -> Write:
    """Read what a file of some content holds."""

    def write(content: str | bytes, **columns: str) -> TrialData:
        path = tmp_path / "trials.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_trials(str(path), columns)

    return write


def wrong(trials: Write, content: str | bytes, **columns: str) -> list[str]:
    with pytest.raises(InvalidEvidence) as raised:
        trials(content, **columns)
    return [
        f"{fault.line}: {fault.where}: {fault.message}" + (f" [{fault.hint}]" if fault.hint else "")
        for fault in raised.value.faults
    ]


def test_counts(trials: Write) -> None:
    found = trials(COUNTS)
    assert found.shape == "counts"
    assert found.groups[0] == Group(study="A", treatment="drug", events=5.0, n=100.0)
    assert found.treatments == ("drug", "none")
    assert found.studies == ["A"]


def test_means(trials: Write) -> None:
    found = trials("study,treatment,mean,sd,n\nA,x,-1.5,2e0,50\nA,y,+.5,2.,50\n")
    assert found.shape == "means"
    assert [(group.mean, group.sd) for group in found.groups] == [(-1.5, 2.0), (0.5, 2.0)]


def test_contrasts(trials: Write) -> None:
    found = trials("study,treat1,treat2,te,sete\nA,x,y,-0.5,0.2\n")
    assert found.shape == "contrasts"
    assert found.contrasts == (Contrast(study="A", a="x", b="y", te=-0.5, se=0.2),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_way_to_write_the_same(trials: Write, delimiter: str, end: str, mark: str) -> None:
    found = trials(mark + COUNTS.replace(",", delimiter).replace("\n", end))
    assert found.groups == trials(COUNTS).groups


def test_quoted_cells_empty_lines_other_columns_and_spaces(trials: Write) -> None:
    found = trials('Study , year,TREATMENT,events,n\n\n"A, ""the first""",1999, drug ,5,100\n"A\nB",2000,none,1,9\n')
    assert [(group.study, group.treatment) for group in found.groups] == [('A, "the first"', "drug"), ("A\nB", "none")]


def test_columns_of_other_names(trials: Write) -> None:
    found = trials("trial;arm;r;N\nA;x;1;10\n", study="trial", treatment="arm", events="R")
    assert found.groups == (Group(study="A", treatment="x", events=1.0, n=10.0),)
    with pytest.raises(UsageError):
        trials(COUNTS, age="years")


def test_of_two_shapes_the_one_asked_for_is_read(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text("study,treatment,events,mean,sd,n\nA,x,1,0.5,1,10\n", encoding="utf-8")
    assert read_trials(str(path)).shape == "counts"
    assert read_trials(str(path), {}, ("means", "counts")).shape == "means"


def test_all_wrong_rows_are_reported_together_with_line_and_reason(trials: Write) -> None:
    content = (
        "study;treatment;events;n\nA;drug;1;10\n\nA;none;x;10\nB;drug;11;10\n;drug;1;1\nC;;1;1\nC;drug;1,5;3\n"
        "A;drug;2;10\nD;drug;NaN;5\nE;drug;1\nF;drug;-1;2\nG;drug;1;0\nH;drug;1.5;3\nI;drug;1;1e400\nJ;drug;;3\n"
    )
    assert wrong(trials, content) == [
        "4: events: `x` is not a number",
        "5: events: 11 events in 10 people",
        "6: study: the cell is empty",
        "7: treatment: the cell is empty",
        "8: events: `1,5` is not a number [write 1.5]",
        "9: study: `A` has the arm `drug` already, in line 2 [give arms of one treatment as one arm]",
        "10: events: no number [leave the row out where it is not known]",
        "11: : 3 cells under 4 columns [a cell that holds the delimiter stands in quotation marks]",
        "12: events: -1 is less than no event",
        "13: n: 0 people cannot be analysed",
        "14: events: 1.5 is not a whole number of events",
        "15: n: 1e400 is too large for a number of people",
        "16: events: no number [leave the row out where it is not known]",
    ]


@pytest.mark.parametrize("number", ["inf", "-Inf", "0x10", "1_000", "１", "1 000", "1.2.3", "1e", "--1", "=1+1"])
def test_what_is_no_number(trials: Write, number: str) -> None:
    assert f"`{number}` is not a number" in wrong(trials, f"study,treat1,treat2,te,sete\nA,x,y,{number},1\n")[0]


def test_wrong_contrasts_and_means(trials: Write) -> None:
    assert wrong(trials, "study,treat1,treat2,te,sete\nA,x,x,1,1\nB,x,y,1,0\nC,x,y,1,-1\nD,x,y,1,1\nD,y,x,1,1\n") == [
        "2: treat2: `x` is compared with itself",
        "3: sete: 0 is not above 0, as a standard error is",
        "4: sete: -1 is not above 0, as a standard error is",
        "6: study: `D` has `y` against `x` already, in line 5 [give arms of one treatment as one arm]",
    ]
    assert wrong(trials, "study,treatment,mean,sd,n\nA,x,1e101,1,3\nA,y,1,-1,3\n") == [
        "2: mean: 1e101 is too large",
        "3: sd: -1 is negative: a standard deviation is not",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("study,treatment,events,n\n", "no row follows"),
        ("study,treatment,events\nA,x,1\n", "no column `n`"),
        ("a,b\n1,2\n", "no column `study`, `treatment`, `events`, `n`"),
        ("study,treatment,n,events,N\nA,x,1,1,1\n", "two columns are called `n`"),
        ('study,treatment,events,n\nA,"x,1,1\n', "not a row of a CSV file"),
        ("," * MOST_COLUMNS, "a file of trials has at most 16384"),
        (b"study,treatment,events,n\nA,\xff,1,1\n", "is not UTF-8"),
        ("study,treatment,events,n\n".encode("utf-16"), "UTF-16"),
        ("study,treatment,events,n\nA,x\x07,1,1\n", "U+0007"),
    ],
)
def test_a_file_that_holds_no_trials(trials: Write, content: str | bytes, said: str) -> None:
    assert said in wrong(trials, content)[0]


def test_a_cell_that_is_too_long(trials: Write) -> None:
    before = csv.field_size_limit(100)
    try:
        assert "a cell has at most 100 characters" in wrong(trials, f"study,treatment,events,n\n{'A' * 101},x,1,1\n")[0]
    finally:
        csv.field_size_limit(before)


def test_a_thousand_faults_are_enough(trials: Write) -> None:
    faults = wrong(trials, "study,treatment,events,n\n" + "A,x,9,1\n" * 5000)
    assert len(faults) == 1001
    assert "there are more faults" in faults[-1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_trials(str(tmp_path / "none.csv"))
    with pytest.raises(Unreadable):
        read_trials(str(tmp_path))


def test_a_hundred_thousand_rows(trials: Write) -> None:
    rows = "".join(f"{i // 2},{'xy'[i % 2]},{i % 10},{50 + i % 9}\n" for i in range(100_000))
    assert len(trials("study,treatment,events,n\n" + rows).groups) == 100_000


@pytest.mark.parametrize(
    ("cell", "half"),
    [
        ("0.53", 0.005),
        ("0.530", 0.0005),
        ("12", 0.5),
        ("5.3e-2", 0.0005),
        ("-1.E+2", 50.0),
        ("0e999999999999999999999", 0.0),
        ("0e-99999999999999999999", 0.0),
    ],
)
def test_the_digits_of_a_cell_say_how_much_rounding_took(tmp_path: Path, cell: str, half: float) -> None:
    path = tmp_path / "trials.csv"
    path.write_text(f"study,treat1,treat2,te,sete\ns,a,b,{cell},0.10\n", encoding="utf-8")
    (contrast,) = read_trials(str(path)).contrasts
    assert contrast.te_rounding == pytest.approx(half, rel=1e-12)
    assert contrast.se_rounding == pytest.approx(0.005, rel=1e-12)
