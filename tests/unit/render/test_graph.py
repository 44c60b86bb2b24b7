"""A network in lines: every regimen and every comparison is there, within any width, in any characters."""

import pytest

from bonerx.page import Graph
from bonerx.render.fold import width
from bonerx.render.graph import AGAIN, as_listing, in_order, lines
from bonerx.render.options import Options

GRAPH = Graph(
    "Trials",
    ("placebo", "alendronate", "risedronate", "romosozumab, then alendronate", "x", "y"),
    (
        ("placebo", "alendronate", 5),
        ("placebo", "risedronate", 2),
        ("alendronate", "romosozumab, then alendronate", 12),
        ("alendronate", "risedronate", 1),
        ("x", "y", 1),
    ),
)


def drawn(graph: Graph, room: int, *, ascii_only: bool = False) -> list[str]:
    found = list(lines(graph, room, Options(width=room, ascii=ascii_only)))
    assert all(width(line) <= room for line in found)
    return ["".join(run.text for run in line).rstrip() for line in found]


def test_a_tree_from_the_first_regimen_with_trials_on_its_branches() -> None:
    assert drawn(GRAPH, 80)[:7] == [
        "placebo",
        "┝━━ 5 ━ alendronate",
        "│  ┕━ 12 ━ romosozumab, then alendronate",
        "┕━━ 2 ━ risedronate",
        "   └── 1 ─ (alendronate)",
        "x",
        "└── 1 ─ y",
    ]
    assert AGAIN in drawn(GRAPH, 200)


def test_ascii_needs_no_other_character() -> None:
    text = "\n".join(drawn(GRAPH, 60, ascii_only=True))
    assert text.isascii()
    assert "|== 5 = alendronate" in text
    assert "`== 2 = risedronate" in text


@pytest.mark.parametrize("room", [20, 30, 40, 80, 200])
def test_every_comparison_is_drawn_at_any_width(room: int) -> None:
    text = " ".join(drawn(GRAPH, room)).split()
    for _, _, trials in GRAPH.edges:
        assert str(trials) in text
    for word in ("romosozumab,", "then", "placebo", "risedronate", "x", "y"):
        assert word in text


def test_a_large_network_is_listed_branch_by_branch() -> None:
    names = tuple(f"t{number:02d}" for number in range(70))
    star = Graph(None, names, tuple((names[0], name, 1) for name in names[1:]))
    assert drawn(star, 40) == [f"t00 ─ 1 ─ {name}" for name in names[1:]]


def test_formats_that_draw_nothing_get_a_table_and_figures_keep_parts_together() -> None:
    assert [row[2].value for row in as_listing(GRAPH).rows] == [5, 2, 12, 1, 1]
    assert in_order(GRAPH)[-2:] == ["x", "y"]
    assert sorted(in_order(GRAPH)) == sorted(GRAPH.nodes)
