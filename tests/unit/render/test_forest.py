"""A forest plot is to scale, and its numbers are there at any width."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bonerx.page import Forest, ForestRow
from bonerx.render.forest import as_listing, bar, scale_of
from bonerx.render.options import Options

ROWS = (
    ForestRow("Doe 1996", 0.53, 0.41, 0.68, a="78/1022", b="145/1005", weight=0.6),
    ForestRow("Roe 1998", 1.29, 0.10, 14.0, a="12/51", b="14/50", weight=0.05),
    ForestRow("Poe 1999", None, None, None, a="0/30", b="0/31", note="left out: no events in either arm"),
    ForestRow("Random effects", 0.54, 0.44, 0.66, kind="pooled"),
    ForestRow("Prediction interval", None, 0.36, 0.8, kind="prediction"),
)
PLOT = Forest("Flares", "RR", "drug A", "placebo", ROWS, True, 1.0, left="favours A", right="favours placebo")  # noqa: FBT003
POSITIVE = st.floats(1e-3, 1e3)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_number_is_there_and_no_line_too_wide(ask, draw, width, ascii_only):
    page = draw(ask(PLOT), width=width, ascii=ascii_only)
    assert all(cell_len(line) <= width for line in page.splitlines())
    told = ["78/1022", "145/1005", "0.53", "(0.41 to 0.68)", "1.29", "(0.10 to 14.00)", "60%", "5%", "(0.36 to 0.80)"]
    assert [text for text in told if text not in page] == []
    words = "".join(page.split())
    assert all(text in words for text in ("leftout:noevents", "favoursA", "favoursplacebo", "notestimable"))
    if ascii_only:
        assert page.replace("·", "").isascii()


def test_the_plot_in_full(ask, draw):
    page = draw(ask(PLOT), width=100)
    assert page[page.index("Flares") :] == (
        "Flares\n"
        "  Study                 drug A   placebo                                RR (95% CI)           Weight\n"
        "  Doe 1996             78/1022  145/1005            ──█─  │             0.53 (0.41 to 0.68)      60%\n"
        "  Roe 1998               12/51     14/50  ←─────────────────▪────────→  1.29 (0.10 to 14.00)      5%\n"
        "  Poe 1999                0/30      0/31                  │             – not estimable\n"
        "    left out: no events in either arm\n"
        "  Random effects                                    ◄━◆►  │             0.54 (0.44 to 0.66)\n"
        "  Prediction interval                              ├╌╌╌╌╌┤│             (0.36 to 0.80)\n"
        "                                          ─────┬─────┬────┬────┬──────\n"
        "                                              0.2   0.5   1    2\n"
        "                                          ← favours A\n"
        "                                          favours placebo →\n"
    )


def test_places_are_to_scale():
    scale = scale_of(PLOT, 61)
    assert scale.place(1.0) - scale.place(0.5) == pytest.approx(scale.place(0.5) - scale.place(0.25), abs=1)
    linear = scale_of(PLOT._replace(log=False, null=0.0), 61)
    assert linear.place(1.2) - linear.place(0.9) == pytest.approx(linear.place(0.6) - linear.place(0.3), abs=1)


def test_the_heaviest_study_has_the_largest_square():
    scale = scale_of(PLOT, 60)
    drawn = ["".join(run.text for run in bar(PLOT, row, scale, Options())) for row in ROWS]
    assert "█" in drawn[0]
    assert "▪" in drawn[1]
    assert drawn[1].startswith("←")
    assert drawn[1].endswith("→")
    assert drawn[2].strip() == "│"
    assert re.search("◄━*◆━*►", drawn[3])
    assert re.search("├╌+┤", drawn[4])


def test_an_interval_that_excludes_no_effect_does_not_touch_its_line():
    row = ForestRow("Close", 0.9, 0.82, 0.9999, weight=1.0)
    plot = PLOT._replace(rows=(row,))
    scale = scale_of(plot, 20)
    assert bar(plot, row, scale, Options())[scale.place(1.0)].text == "│"


@given(
    rows=st.lists(st.tuples(POSITIVE, POSITIVE, POSITIVE), max_size=5), width=st.integers(20, 150), log=st.booleans()
)
def test_any_numbers_can_be_drawn(ask, draw, rows, width, log):
    ordered = [sorted(row) for row in rows]
    drawn = tuple(ForestRow(f"S{index}", row[1], row[0], row[2], weight=0.1) for index, row in enumerate(ordered))
    page = draw(ask(PLOT._replace(rows=drawn, log=log)), width=width)
    assert all(cell_len(line) <= width for line in page.splitlines())


@pytest.mark.parametrize("limit", [0.0, float("inf"), 1e-300, 1e300])
def test_limits_beyond_any_scale_are_arrows(ask, draw, limit):
    low, high = sorted((0.5, limit))
    row = ForestRow("Wide", 0.5, low, high, weight=1.0)
    page = draw(ask(PLOT._replace(rows=(row, *ROWS[3:]))), width=100)
    assert ("←" if limit < 0.5 else "→") in page.split("0.50 (")[0]


def test_other_formats_get_the_numbers_as_a_table(ask, draw):
    assert [column.label for column in as_listing(PLOT).columns] == [
        "Study",
        "drug A",
        "placebo",
        "RR (95% CI)",
        "Weight",
    ]
    assert "Doe 1996\t78/1022\t145/1005\t0.53 (0.41 to 0.68)\t60%\n" in draw(ask(PLOT), "plain")
    assert "| Random effects |  |  | 0.54 (0.44 to 0.66) |  |\n" in draw(ask(PLOT), "markdown")


def test_a_heading_has_a_label_alone(ask, draw):
    plot = PLOT._replace(rows=(ForestRow("Under 65", None, None, None, kind="heading"), ROWS[0]))
    assert "Under 65\t\t\t\t\n" in draw(ask(plot), "plain")
    assert "not" not in draw(ask(plot), width=100)
