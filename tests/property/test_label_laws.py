"""How the labels of a file of trials are spelled changes no number of a network or a pool."""

import csv
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonerx.model.regimen import label_key
from bonerx.questions.network.options import Choice
from bonerx.questions.network.question import network
from bonerx.questions.pool.question import PoolOfData

DESIGNS = (
    ("drug x", "placebo"),
    ("drug x", "placebo"),
    ("drug x+vitamin-d", "placebo"),
    ("vitamin-d", "placebo"),
    ("drug x", "drug x+vitamin-d", "café (+)-y"),
    ("Ca2+", "placebo", "café (+)-y"),
)
ROWS = [
    (f"Smith {number}-1", treatment, 3 + 7 * number + 5 * arm, 90 + 10 * arm)
    for number, design in enumerate(DESIGNS)
    for arm, treatment in enumerate(design)
]
SEEN_AS = {
    " ": [" ", "\u00a0", "\u2009", "  ", " \u200b"],
    "-": ["-", "\u2010", "\u2011", "\u2013", "\u2212"],
    "+": ["+", " + ", "\uff0b", "+\u00ad"],
    "é": ["é", "e\u0301"],
}
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Row = tuple[str, str, int, int]


@st.composite
def spelled(draw: st.DrawFn, label: str) -> str:
    """Draw another spelling of a label: of its parts in any order, in any case, with any blanks and hyphens."""
    parts = label.split("+") if label == "drug x+vitamin-d" else [label]
    whole = len(parts) == 1
    written = "+".join(draw(st.permutations(parts)))
    signs = [
        draw(st.sampled_from(SEEN_AS[sign])) if sign in SEEN_AS and not (whole and sign == "+") else sign
        for sign in written
    ]
    changed = draw(st.sampled_from([str, str.upper, str.lower, str.title]))("".join(signs))
    edge = draw(st.sampled_from(["", " ", "\u200e", "\u3000"]))
    return edge + changed + edge


@st.composite
def respelled(draw: st.DrawFn) -> list[Row]:
    """Draw the rows with every label spelled anew, in any order."""
    rows = [(draw(spelled(study)), draw(spelled(treatment)), *counts) for study, treatment, *counts in ROWS]
    return draw(st.permutations(rows))  # type: ignore[arg-type]


def asked(rows: list[Row], question: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trials.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("study", "treatment", "events", "n"), *rows])
        return dict(question(str(path)).answer_from(()).document["answer"])


def effects(rows: list[dict[str, Any]]) -> dict[frozenset[tuple[str, ...]], tuple[float, float]]:
    """Return the effect of each pair, of the one that is first by its folded parts against the other."""
    found = {}
    for row in rows:
        a, b = label_key(row["a"]), label_key(row["b"])
        found[frozenset([a, b])] = (row["te"] if a < b else -row["te"], row["se"])
    return found


def assert_alike(one: dict[Any, Any], other: dict[Any, Any]) -> None:
    assert one.keys() == other.keys()
    for key, values in one.items():
        assert other[key] == pytest.approx(values, rel=1e-7, abs=1e-9)


@few
@given(rows=respelled(), reference=spelled("placebo"))
def test_a_network_is_the_same_however_its_labels_are_spelled(rows: list[Row], reference: str) -> None:
    def question(path: str) -> Any:
        return network(
            Choice(
                data=path,
                measure="OR",
                better="lower",
                reference=reference,
                inactive=reference,
                interactions=("vitamin D + Drug X",),
            )
        )

    plain, other = asked(ROWS, question), asked(rows, question)
    assert label_key(other["reference"]) == ("placebo",)
    assert len(other["studies"]) == len(DESIGNS)
    for model in ("common", "random"):
        assert_alike(effects(plain[model]["pairs"]), effects(other[model]["pairs"]))
    for name in ("q", "df", "q_within", "q_between", "i2"):
        assert other["heterogeneity"][name] == pytest.approx(plain["heterogeneity"][name], rel=1e-7, abs=1e-9)
    scores = [{label_key(one["regimen"]): one["p_score"] for one in found["ranking"]} for found in (plain, other)]
    assert_alike(*scores)
    adds = [
        {label_key(one["component"].replace(" * ", "+")): one["te"] for one in found["components"]["components"]}
        for found in (plain, other)
    ]
    assert_alike(*adds)
    assert ("ca2+",) in adds[1]
    assert ("café(+)y",) in adds[1]


@few
@given(rows=respelled(), pair=st.booleans())
def test_the_default_reference_does_not_depend_on_spelling(rows: list[Row], pair: bool) -> None:
    plain = ROWS
    if pair:  # both stand in as many trials, so that only their names choose
        plain, rows = ([row for row in some if label_key(row[0]) < ("smith2-1",)] for some in (ROWS, rows))
    answers = [asked(some, lambda path: network(Choice(data=path, better="lower"))) for some in (plain, rows)]
    assert label_key(answers[0]["reference"]) == label_key(answers[1]["reference"])


@few
@given(rows=respelled(), a=spelled("drug x+vitamin-d"), b=spelled("placebo"), exclude=spelled("Smith 0-1"))
def test_a_pool_is_the_same_however_its_labels_are_spelled(rows: list[Row], a: str, b: str, exclude: str) -> None:
    from bonerx.questions.pool.options import Choice as Pooling

    def question(a: str, b: str, exclude: str) -> Any:
        return lambda path: PoolOfData(path, a, b, Pooling(exclude=(exclude,)))

    for one, typed in (("drug x", None), ("drug x+vitamin-d", a)):
        plain = asked(ROWS, question(one, "placebo", "Smith 0-1"))
        other = asked(rows, question(typed or one, b, exclude))
        assert plain["k"] == other["k"] == 1
        for model in ("common", "random"):
            for name in ("te", "se", "ci_low", "ci_high"):
                assert other[model][name] == pytest.approx(plain[model][name], rel=1e-9)
