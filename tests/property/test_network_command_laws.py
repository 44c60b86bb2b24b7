"""What holds of every network asked of a file: the order of rows, names and unconnected trials change nothing."""

import csv
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.questions.network.league import league
from bonerx.questions.network.options import Choice
from bonerx.questions.network.question import network
from bonerx.questions.network.rank import network_rank
from bonerx.synthesis.pairwise.analysis import PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.document import pool_document

Row = tuple[str, str, int, int]
NAMES = ["a", "b", "c", "d", "e"]
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def trials(draw: st.DrawFn, names: tuple[str, ...] = tuple(NAMES)) -> list[Row]:
    """Arms of a connected network: a chain through all names, and further trials of two or three of them."""
    designs = [list(pair) for pair in pairwise(names)]
    designs += draw(st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True), max_size=5))
    rows: list[Row] = []
    for number, design in enumerate(designs):
        for name in design:
            n = draw(st.integers(30, 300))
            rows.append((f"s{number:02d}", name, draw(st.integers(1, n - 1)), n))
    return rows


def ask(rows: list[Row], question: Any = network, **choice: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trials.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("study", "treatment", "events", "n"), *rows])
        answer = question(Choice(data=str(path), measure="OR", **choice)).answer_from(())
    return dict(answer.document["answer"])


def te(answer: dict[str, Any]) -> dict[tuple[str, str], float]:
    return {(row["a"], row["b"]): row["te"] for row in answer["random"]["pairs"]}


@few
@given(rows=trials(), data=st.data())
def test_the_order_of_rows_changes_nothing(rows: list[Row], data: st.DataObject) -> None:
    assert ask(data.draw(st.permutations(rows))) == ask(rows)


@few
@given(rows=trials())
def test_new_names_change_nothing_but_the_names(rows: list[Row]) -> None:
    new = dict(zip(NAMES, ["v", "z", "w", "y", "x"], strict=True))
    named, before = te(ask([(s, new[t], e, n) for s, t, e, n in rows])), te(ask(rows))
    for (a, b), value in before.items():
        first, last = sorted((new[a], new[b]))
        assert named[first, last] == pytest.approx(value if first == new[a] else -value, rel=1e-8, abs=1e-8)


@few
@given(rows=trials())
def test_estimates_add_up_and_p_scores_average_one_half(rows: list[Row]) -> None:
    answer = ask(rows, network)
    found = te(answer)
    for a in NAMES:
        for b in NAMES:
            for c in NAMES:
                if a < b < c:
                    assert found[a, b] + found[b, c] == pytest.approx(found[a, c], abs=1e-9)
    scores = [row["p_score"] for row in ask(rows, network_rank, better="lower")["ranking"]]
    assert sum(scores) / len(scores) == pytest.approx(0.5)


@few
@given(rows=trials(("a", "b")))
def test_a_network_of_two_is_the_pool_of_the_pair(rows: list[Row]) -> None:
    groups = [Group(study=s, treatment=t, events=float(e), n=float(n)) for s, t, e, n in rows]
    pooled = pool_document(analyse_pool(groups, [], "a", "b", PoolOptions(measure=Measure.OR)))
    answer = ask(rows)
    ours, theirs = answer["random"]["pairs"][0], pooled["random"]
    assert isinstance(theirs, dict)
    for name in ("te", "se", "ci_low", "ci_high"):
        assert ours[name] == pytest.approx(theirs[name], rel=1e-6, abs=1e-9)


@few
@given(rows=trials(("a", "b", "c")), other=trials(("d", "e")))
def test_trials_of_another_part_change_nothing_in_this_one(rows: list[Row], other: list[Row]) -> None:
    alone = ask(rows)
    both = ask([*rows, *((f"t{s}", t, e, n) for s, t, e, n in other)])
    assert both["connected"] is False
    part = both["parts"][0]
    for name in ("common", "random", "heterogeneity", "splits", "ranking", "designs"):
        assert part[name] == alone[name]


@few
@given(rows=trials())
def test_a_league_table_turned_over_is_the_same_table(rows: list[Row]) -> None:
    cells = {(cell["row"], cell["column"]): cell for cell in ask(rows, league, better="lower")["cells"]}
    turned = {(cell["row"], cell["column"]): cell for cell in ask(rows, league, better="higher")["cells"]}
    assert cells.keys() == turned.keys()
    for (row, column), cell in cells.items():
        if cell["kind"] == "network" and turned[column, row]["kind"] == "network":
            assert turned[column, row]["te"] == pytest.approx(-cell["te"])
