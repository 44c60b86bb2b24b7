"""Numbers are rounded for people and never onto a value that would change what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonerx.number import UNKNOWN, count, counted, estimate, fixed, number, p_value, percent


@pytest.mark.parametrize(
    ("value", "low", "high", "measure", "shown"),
    [
        (0.538, 0.441, 0.656, "RR", "0.54 (0.44 to 0.66)"),
        (0.0543, 0.0123, 0.24, "OR", "0.054 (0.012 to 0.24)"),
        (1.29, 0.1, 14, "HR", "1.29 (0.10 to 14.00)"),
        (0.9, 0.81, 0.998, "RR", "0.90 (0.81 to 0.998)"),
        (0.9, 0.81, 1.0, "RR", "0.90 (0.81 to 1.00)"),
        (1.23, -0.04, 2.5, "MD", "1.23 (-0.04 to 2.50)"),
        (-0.0152, -0.034, 0.0038, "RD", "-0.015 (-0.034 to 0.004)"),
        (0.4, 0.004, 0.8, "SMD", "0.40 (0.004 to 0.80)"),
        (2.0, None, None, "MD", "2.00 (interval not known)"),
        (None, 0.36, 0.8, "RR", f"{UNKNOWN} (0.36 to 0.80)"),
    ],
)
def test_an_estimate_with_its_interval(value, low, high, measure, shown):
    assert " ".join(estimate(value, low, high, measure)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *((None, UNKNOWN), (float("nan"), UNKNOWN), (0.0, "0.00"), (-0.0, "0.00"), (0.1, "0.10"), (0.0521, "0.052")),
        *((-0.0521, "-0.052"), (1e-9, "1e-09"), (1234.567, "1234.57"), (0.0009, "0.00090"), (1e300, "1e+300")),
        *((float("inf"), "inf"), (123456789.0, "123456789.00")),
    ],
)
def test_a_number(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        *((0.42, "42%"), (0.0345, "3.5%"), (0, "0%"), (1, "100%"), (0.9996, "99.96%"), (0.0004, "0.04%")),
        *((0.05, "5%"), (-0.0000000001, "0%"), (1.5, "150%"), (None, UNKNOWN)),
    ],
)
def test_a_percentage(fraction, shown):
    assert percent(fraction) == shown


@pytest.mark.parametrize(
    ("p", "shown"),
    [
        *((0.0004, "p < 0.001"), (0.004, "p = 0.004"), (0.048, "p = 0.048"), (0.0499, "p = 0.0499")),
        *((0.05, "p = 0.050"), (0.0503, "p = 0.0503"), (0.27, "p = 0.27"), (0.999, "p > 0.99")),
        *((None, "p not known"), (0.0, "p < 0.001")),
    ],
)
def test_a_p_value(p, shown):
    assert p_value(p) == shown


def test_a_count_keeps_its_digits():
    assert [count(1234567), count(2003), count(12.5), count(12.0), count(None)] == [
        *("1234567", "2003", "12.5", "12", UNKNOWN)
    ]


@given(st.floats(1e-6, 1e6), st.integers(0, 5))
def test_a_value_reads_as_no_effect_only_if_it_is_within_a_millionth_of_it(value: float, decimals: int):
    if abs(value - 1) > 1e-6:
        assert float(fixed(value, decimals, 1.0)) != 1.0


@given(st.floats(-1e6, 1e6))
def test_a_number_is_right_to_half_of_its_last_digit(value: float):
    text = number(value)
    half = 0.05 * abs(value) if "e" in text else 0.5 * 10 ** -len(text.partition(".")[2])
    assert abs(float(text) - value) <= half * (1 + 1e-6)


@pytest.mark.parametrize(
    ("value", "low", "high", "measure", "shown"),
    [
        (1.0, 0.25, 3.94, "RR", "1.00 (0.25 to 3.94)"),
        (1.0000000000000002, 0.25, 3.94, "OR", "1.00 (0.25 to 3.94)"),
        (0.9999999999999998, 0.25, 3.94, "HR", "1.00 (0.25 to 3.94)"),
        (4.4e-16, -0.5, 0.5, "MD", "0.00 (-0.50 to 0.50)"),
        (-4.4e-16, -0.5, 0.5, "RD", "0.00 (-0.50 to 0.50)"),
        (1.0004, 0.25, 3.94, "RR", "1.0004 (0.25 to 3.94)"),
        (1e-170, -1e-170, 3e-170, "MD", "1e-170 (-1e-170 to 3e-170)"),
        (1.0000000000000002, None, None, "RR", "1.00 (interval not known)"),
    ],
)
def test_no_effect_is_written_like_its_neighbours(value, low, high, measure, shown):
    """Sums of logarithms and differences of means make 1.0000000000000002 and 4.4e-16 of no effect at all."""
    assert " ".join(estimate(value, low, high, measure)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0 trials"), (1, "1 trial"), (1.0, "1 trial"), (2, "2 trials"), (0.5, "0.5 trials")]
)
def test_a_count_with_its_noun(value, shown):
    assert counted(value, "trial") == shown


def test_a_noun_with_a_plural_of_its_own():
    assert [counted(n, "study", "studies") for n in (1, 2)] == ["1 study", "2 studies"]
