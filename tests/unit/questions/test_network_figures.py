"""Figures as a file prints them: very unequal, very small, rounded; answered to the last digit or refused by name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.questions.network.league import league
from bonerx.questions.network.options import Choice
from bonerx.questions.network.question import network
from bonerx.questions.network.rank import network_rank

Question = Callable[..., Any]
CONTRASTS = "study,treat1,treat2,te,sete\n"
ROUNDED = f"{CONTRASTS}A,x,y,0.53,0.1\nA,x,z,0.71,0.1\nA,y,z,0.17,0.12\n"
MEANS = "study,treatment,mean,sd,n\n"
ARMS = (
    ("one", "x", "-1.2", "4.1", 102),
    ("one", "p", "0.3", "4", 99),
    ("two", "x", "-2.2", "3.6", 80),
    ("two", "p", "0.1", "3.9", 78),
    ("three", "y", "-0.4", "3.1", 55),
    ("three", "p", "0.2", "3.3", 52),
)


def ask(folder: Path, text: str, question: Question = network, **choice: Any) -> dict[str, Any]:
    path = folder / "trials.csv"
    path.write_text(text, encoding="utf-8")
    document = dict(question(Choice(data=str(path), better="lower", **choice)).answer_from(()).document)
    json.dumps(document, allow_nan=False)
    return document


@pytest.mark.parametrize("small", ["0.000001", "0.0000001", "1e-9"])
def test_a_chain_of_very_unequal_errors_keeps_every_digit(tmp_path: Path, small: str) -> None:
    answer = ask(tmp_path, f"{CONTRASTS}s1,A,B,1,{small}\ns2,B,C,2,30\ns3,C,D,3,0.5\n")["answer"]
    pairs = {(row["a"], row["b"]): row for row in answer["common"]["pairs"]}
    for pair, te, se in ((("A", "B"), 1, float(small)), (("B", "C"), 2, 30), (("C", "D"), 3, 0.5)):
        assert pairs[pair]["te"] == pytest.approx(te, rel=1e-12)
        assert pairs[pair]["se"] == pytest.approx(se, rel=1e-12)
    assert pairs["A", "C"]["se"] == pytest.approx((float(small) ** 2 + 900.0) ** 0.5, rel=1e-12)


def test_errors_beyond_all_digits_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidEvidence) as failure:
        ask(tmp_path, f"{CONTRASTS}s1,A,B,1,1e-60\ns2,B,C,2,30\n")
    assert [fault.where for fault in failure.value.faults] == ["study `s1`", "study `s2`"]


@pytest.mark.parametrize("power", [-80, -30, 30, 80])
def test_small_and_large_figures_are_the_same_network(tmp_path: Path, power: int) -> None:
    here, there = (
        ask(tmp_path, MEANS + "".join(f"{study},{arm},{mean}e{by},{sd}e{by},{n}\n" for study, arm, mean, sd, n in ARMS))
        for by in (0, power)
    )
    for before, after in zip(here["answer"]["random"]["pairs"], there["answer"]["random"]["pairs"], strict=True):
        for name in ("te", "se", "ci_low", "ci_high"):
            assert after[name] == pytest.approx(before[name] * float(f"1e{power}"), rel=1e-9)
        assert after["p"] == pytest.approx(before["p"], rel=1e-9)
    tau2 = here["answer"]["random"]["tau2"]
    assert there["answer"]["random"]["tau2"] == pytest.approx(tau2 * float(f"1e{power}") ** 2, rel=1e-9, abs=0.0)


@pytest.mark.parametrize("measure", ["MD", "SMD"])
def test_figures_too_small_to_square_are_refused_or_standardised(tmp_path: Path, measure: str) -> None:
    text = MEANS + "".join(f"{study},{arm},{mean}e-170,{sd}e-170,{n}\n" for study, arm, mean, sd, n in ARMS)
    if measure == "SMD":  # which has no unit
        plain = MEANS + "".join(f"{study},{arm},{mean},{sd},{n}\n" for study, arm, mean, sd, n in ARMS)
        pairs, same = (ask(tmp_path, one, measure="SMD")["answer"]["common"]["pairs"] for one in (text, plain))
        assert [row["te"] for row in pairs] == pytest.approx([row["te"] for row in same], rel=1e-12)
        return
    with pytest.raises(InvalidEvidence) as failure:
        ask(tmp_path, text)
    assert {fault.where for fault in failure.value.faults} == {"study `one`", "study `two`", "study `three`"}
    assert all("too large or too small to compute with" in fault.message for fault in failure.value.faults)


@pytest.mark.parametrize("question", [network, league, network_rank])
def test_rounded_contrasts_are_answered_with_a_caveat(tmp_path: Path, question: Question) -> None:
    document = ask(tmp_path, ROUNDED, question)
    assert any("`A`" in one and "off by 0.00333" in one for one in document["caveats"])
    assert document["query"]["tolerance"] is None


def test_trailing_zeros_say_that_more_digits_are_known(tmp_path: Path) -> None:
    with pytest.raises(InvalidEvidence) as failure:
        ask(tmp_path, ROUNDED.replace("0.53", "0.530"))
    assert "off by 0.00333, more than rounding explains" in failure.value.faults[0].message


@pytest.mark.parametrize("question", [network, league, network_rank])
def test_a_tolerance_takes_the_place_of_rounding(tmp_path: Path, question: Question) -> None:
    wide = ROUNDED.replace("0.71", "0.91")
    with pytest.raises(InvalidEvidence):
        ask(tmp_path, wide, question)
    with pytest.raises(InvalidEvidence):
        ask(tmp_path, ROUNDED, question, tolerance=0.001)
    document = ask(tmp_path, wide, question, tolerance=0.1)
    assert document["query"]["tolerance"] == 0.1
    assert any("within the tolerance" in one for one in document["caveats"])
    with pytest.raises(UsageError, match="no distance"):
        ask(tmp_path, ROUNDED, question, tolerance=-0.1)


def test_what_is_offered_for_a_missing_contrast_can_be_given_in_a_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidEvidence) as failure:
        ask(tmp_path, "".join(ROUNDED.splitlines(keepends=True)[:3]))
    (fault,) = failure.value.faults
    assert "3 arms need all 3 comparisons, or the results of each arm instead of them" in fault.message
    assert "missing `y` against `z`" in fault.message
    assert "variance" not in fault.message
