"""The labels of a file of trials: which are one study or treatment, which joins agents, and what is told of it."""

from pathlib import Path

import pytest

from bonerx.errors import InvalidEvidence
from bonerx.evidence.trial_csv import TrialData, read_trials

COUNTS = "study,treatment,events,n"
CONTRASTS = "study,treat1,treat2,te,sete"


def trials(folder: Path, *lines: str, **columns: str) -> TrialData:
    path = folder / "trials.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_trials(str(path), columns)


def faults(folder: Path, *lines: str) -> list[str]:
    with pytest.raises(InvalidEvidence) as raised:
        trials(folder, *lines)
    return [f"{fault.line}: {fault.where}: {fault.message}" for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("drug x", "drug\u00a0x"),
        ("drug x", "drug\u2009 x"),
        ("drug x", "  drug   x "),
        ("drug x", "drug\u200b x"),
        ("drug x", "\u200edrug x\u200f"),
        ("calcitonin", "calci\u00adtonin"),
        ("vitamin-d", "vitamin\u2010d"),
        ("vitamin-d", "vitamin\u2011d"),
        ("vitamin-d", "vitamin\u02d7d"),
        ("drug x", "drug\ufff9 x"),
        ("caféine", "cafe\u0301ine"),
        ("a+b", "b + a"),
        ("a + b + c", "c+a+b"),
    ],
)
def test_labels_that_look_alike_are_one_without_a_word(tmp_path: Path, one: str, other: str) -> None:
    found = trials(tmp_path, COUNTS, f"A,{one},1,10", "A,z,2,10", f"B,{other},3,10", "B,z,4,10")
    assert len(found.treatments) == 2
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Placebo", "placebo"),
        ("drug x", "drug-x"),
        ("vitaminD", "vitamin D"),
        ("drug x", "ｄｒｕｇ ｘ"),
        ("Straße", "STRASSE"),
    ],
)
def test_labels_that_are_spelled_differently_are_one_and_it_is_said(tmp_path: Path, one: str, other: str) -> None:
    found = trials(tmp_path, COUNTS, f"A,{one},1,10", "A,z,2,10", f"B,{other},3,10", "B,z,4,10")
    assert found.treatments == (one, "z")
    assert found.remarks == (f"spellings taken as one treatment: `{one}` (line 2) and `{other}` (line 4)",)
    found = trials(tmp_path, COUNTS, f"{one},y,1,10", f"{other},z,2,10")
    assert found.studies == [one]
    assert found.remarks == (f"spellings taken as one study: `{one}` (line 2) and `{other}` (line 3)",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("drug 1", "drug 2"),
        ("x 1-12", "x 11-2"),
        ("x 1 2", "x 12"),
        ("0.5 mg", "05 mg"),
        ("HER2-", "HER2"),
        ("HER2-", "HER2+"),
        ("(+)-catechin", "(-)-catechin"),
        ("ä", "a"),
    ],
)
def test_labels_that_say_something_else_are_two(tmp_path: Path, one: str, other: str) -> None:
    found = trials(tmp_path, COUNTS, f"A,{one},1,10", f"A,{other},2,10")
    assert found.treatments == (one, other)
    assert found.remarks == ()


def test_of_many_spellings_the_first_are_told(tmp_path: Path) -> None:
    rows = [f"{study},{name}{number},1,10" for number in range(12) for study, name in (("A", "x"), ("B", "X"))]
    (remark,) = trials(tmp_path, COUNTS, *rows).remarks
    assert remark.startswith("spellings taken as one treatment: `x0` (line 2) and `X0` (line 3); `x1` (line 4)")
    assert remark.endswith("`X9` (line 21); 2 more")


def test_agents_joined_in_any_order_are_one_and_each_is_spelled_as_at_first(tmp_path: Path) -> None:
    rows = ("A,Vitamin D + alendronate,1,10", "A,vitamin d,2,10", "B,ALENDRONATE+vitamin-D,1,10", "B,Alendronate,2,10")
    found = trials(tmp_path, COUNTS, *rows)
    assert found.treatments == ("alendronate+Vitamin D", "Vitamin D", "alendronate")


@pytest.mark.parametrize("label", ["(+)-catechin", "Ca2+", "+x", "x (a+b)", "a++b", "Ca²⁺", "[a+b", "+"])
def test_a_label_that_only_looks_like_a_combination_stays_whole(tmp_path: Path, label: str) -> None:
    assert trials(tmp_path, COUNTS, f"A,{label},1,10", "A,z,2,10").treatments == (label, "z")


def test_a_label_that_is_not_taken_apart_though_it_may_be_meant_so_is_told(tmp_path: Path) -> None:
    found = trials(tmp_path, COUNTS, "A,Ca2+ + x,1,10", "A,Ca2+,2,10", "B,ca2+ + X,1,10", "B,a++b,1,10")
    assert found.treatments == ("Ca2+ + x", "Ca2+", "a++b")
    assert found.remarks == (
        "spellings taken as one treatment: `Ca2+ + x` (line 2) and `ca2+ + X` (line 4)",
        "taken as one name each, since a `+` in it joins nothing: `Ca2+ + x` (line 2); `a++b` (line 5)",
    )


@pytest.mark.parametrize("joined", ["a＋b", "a﹢ b", "a+\u200bb"])
def test_a_plus_of_another_width_joins_too(tmp_path: Path, joined: str) -> None:
    assert trials(tmp_path, COUNTS, f"A,{joined},1,10", "A,z,2,10").treatments == ("a+b", "z")


def test_what_cannot_be_told_is_a_fault_that_names_both_places(tmp_path: Path) -> None:
    rows = ("A,a+A,1,10", "A,Ca2+ + x,1,10", "B,x + Ca2+,1,10", "B,\u200b,1,10", "\u00a0,x,1,10")
    assert faults(tmp_path, COUNTS, *rows) == [
        "2: treatment: `a` stands twice in `a+A`: name it once",
        "4: treatment: `x + Ca2+` and, in line 3, `Ca2+ + x` cannot be told to be one or two: write them alike",
        "5: treatment: the cell is empty",
        "6: study: the cell is empty",
    ]
    assert faults(tmp_path, COUNTS, "A,x,1,10", "a,X,1,10", "A,a+b,1,10", "A,b + a,1,10") == [
        "3: study: `a` has the arm `X` already, in line 2 (spelled `A`, `x`)",
        "5: study: `A` has the arm `b + a` already, in line 4 (spelled `a+b`)",
    ]
    assert faults(tmp_path, CONTRASTS, "A,a+b,b+a,1,1", "B,x,y,1,1", "b,Y,x,1,1", "C,x,X,1,1") == [
        "2: treat2: `a+b` is compared with itself (`b+a`)",
        "4: study: `b` has `Y` against `x` already, in line 3 (spelled `B`, `y`)",
        "5: treat2: `x` is compared with itself (`X`)",
    ]


def test_columns_are_found_like_names(tmp_path: Path) -> None:
    found = trials(
        tmp_path, "\u200eStudy ID,Treatment\u00a0Arm,EVENTS,n", "A,x,1,10", Study="study-id", treatment="treatment  arm"
    )  # fmt: skip
    assert found.treatments == ("x",)


def test_numbers_that_were_copied_with_signs_nobody_sees_are_numbers(tmp_path: Path) -> None:
    found = trials(tmp_path, CONTRASTS, "A,x,y,\u22120.5\u200e,\u00a00.2")
    assert (found.contrasts[0].te, found.contrasts[0].se) == (-0.5, 0.2)
