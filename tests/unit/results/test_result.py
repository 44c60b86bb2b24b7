"""Results are immutable values that are written as JSON objects and read back as they were."""

from __future__ import annotations

import json

import pytest

from bonerx.model.measure import Measure
from bonerx.results.estimate import Estimate
from bonerx.results.result import IfKnown, Result, Unwritten, document, read


class Point(Result):
    x: int
    note: IfKnown[str] = None
    measure: Unwritten[Measure]


class Named(Point, first=("name",)):
    name: str | None = None


class Figure(Result):
    points: tuple[Named, ...]
    by_name: dict[str, Point]
    best: Named | None = None


POINT = Named(name="p", x=1, measure=Measure.RR)


def test_fields_stand_in_the_order_of_their_declaration_and_those_named_first_before() -> None:
    assert Named.fields == ("name", "x", "note", "measure")
    assert list(document(Named(x=1, note="n", measure=Measure.RR))) == ["name", "x", "note"]


def test_what_is_not_known_is_left_out_only_where_the_type_says_so() -> None:
    assert document(Named(x=1, measure=Measure.RR)) == {"name": None, "x": 1}


def test_a_result_is_read_back_as_it_was() -> None:
    figure = Figure(points=(POINT, POINT.replace(x=2)), by_name={"q": Point(x=3, measure=Measure.MD)}, best=POINT)
    assert read(Figure, json.loads(json.dumps(document(figure, stored=True)))) == figure


def test_what_an_answer_does_not_show_is_kept_by_a_store() -> None:
    assert "measure" not in document(POINT)
    assert document(POINT, stored=True)["measure"] == "RR"


def test_results_are_written_wherever_they_stand_in_a_value() -> None:
    assert document({"a": [POINT], "b": (1, None)}) == {"a": [{"name": "p", "x": 1}], "b": [1, None]}


@pytest.mark.parametrize(
    "given",
    [{"x": 1}, {"measure": Measure.RR}, {"x": 1, "measure": Measure.RR, "y": 2}],
    ids=["one is missing", "another is missing", "one is too many"],
)
def test_a_result_has_just_its_fields(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Point(**given)


def test_a_result_does_not_change() -> None:
    with pytest.raises(AttributeError):
        POINT.x = 2  # type: ignore[misc]
    assert POINT.replace(x=2).x == 2
    assert POINT.x == 1


def interval(measure: Measure, low: float | None, high: float | None) -> Estimate:
    return Estimate(te=0.0, se=1.0, value=1.0, ci_low=low, ci_high=high, p=None, measure=measure)


@pytest.mark.parametrize(
    ("measure", "low", "high", "better", "favours"),
    [
        (Measure.RR, 0.5, 0.9, "lower", "favours-a"),
        (Measure.RR, 0.5, 0.9, "higher", "favours-b"),
        (Measure.RR, 1.1, 2.0, "lower", "favours-b"),
        (Measure.RR, 1.1, 2.0, "higher", "favours-a"),
        (Measure.RR, 0.5, 0.9, None, "a-lower"),
        (Measure.RR, 1.1, 2.0, None, "a-higher"),
        (Measure.RR, 0.9, 1.1, "lower", "no-clear-difference"),
        (Measure.HR, 0.9, 1.0, "lower", "no-clear-difference"),
        (Measure.OR, 1.0, 1.1, None, "no-clear-difference"),
        (Measure.MD, 0.5, 0.9, "lower", "favours-b"),
        (Measure.MD, -0.5, 0.0, "lower", "no-clear-difference"),
        (Measure.SMD, -0.5, -0.1, "higher", "favours-b"),
        (Measure.RD, -0.5, -0.1, "lower", "favours-a"),
        (Measure.GENERIC, 0.5, 0.9, None, "a-higher"),
        (Measure.RR, None, 0.9, "lower", None),
        (Measure.RR, 0.5, None, "lower", None),
    ],
)
def test_an_interval_favours_a_side_only_as_a_whole(
    measure: Measure, low: float | None, high: float | None, better: str | None, favours: str | None
) -> None:
    estimate = interval(measure, low, high)
    assert estimate.favours(better) == favours
    if better is not None:
        assert estimate.side(better) == {"favours-a": 0, "favours-b": 1}.get(favours or "")
        mirrored = {"favours-a": "favours-b", "favours-b": "favours-a"}.get(favours or "", favours)
        assert estimate.turned().favours(better) == mirrored


@pytest.mark.parametrize(
    ("measure", "figures", "turned"),
    [
        (Measure.RR, (2.0, 0.5, 4.0), (0.5, 0.25, 2.0)),
        (Measure.MD, (2.0, -1.0, 4.0), (-2.0, -4.0, 1.0)),
        (Measure.OR, (0.5, 0.0, None), (2.0, None, None)),
        (Measure.RD, (0.0, None, 0.5), (0.0, -0.5, None)),
    ],
)
def test_an_effect_turned_round(measure: Measure, figures: tuple[float, ...], turned: tuple[float, ...]) -> None:
    value, low, high = figures
    estimate = Estimate(te=0.25, se=1.0, value=value, ci_low=low, ci_high=high, p=0.5, measure=measure)
    other = estimate.turned()
    assert other.figures == (*turned, measure)
    assert (other.te, other.se, other.p) == (-0.25, 1.0, 0.5)
