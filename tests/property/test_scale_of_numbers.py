"""Numbers times a power of ten give the answer times that power, or the fault that they cannot be computed with."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bonerx.errors import InvalidEvidence
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkOptions, analyse_network
from bonerx.synthesis.network.document import network_document
from bonerx.synthesis.pairwise.analysis import PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.document import pool_document

IN_RANGE, OUT_OF_RANGE = (-90, 90), ((-300, -110), (110, 250))
POWER = {"te": 1, "se": 1, "value": 1, "ci_low": 1, "ci_high": 1, "mean": 1, "sd": 1, "tau2": 2, "tau2_low": 2}
POWER |= {"tau2_high": 2, "limit": 1, "estimate": 1}
MD = PoolOptions(measure=Measure.MD)
Numbers = tuple[list[Group], list[Contrast]]
Rows = list[tuple[str, str, str, str]]


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, list[tuple[str, ...]]]:
    """The figures of a file as they are written, before the power of ten: means by arm, or contrasts."""
    effect = st.integers(-900, 900).map(lambda x: f"{x / 100}")
    spread = st.integers(5, 400).map(lambda x: f"{x / 100}")
    shape = draw(st.sampled_from(["means", "contrasts"]))
    found = []
    for number in range(draw(st.integers(2, 5))):
        a, b = draw(st.sampled_from([("a", "b"), ("b", "c"), ("a", "c")])) if number else ("a", "b")
        if shape == "means":
            found += [(f"s{number}", arm, draw(effect), draw(spread), str(draw(st.integers(5, 99)))) for arm in (a, b)]
        else:
            found.append((f"s{number}", a, b, draw(effect), draw(spread)))
    if shape == "means" and draw(st.booleans()):
        found += [("many", arm, draw(effect), draw(spread), "20") for arm in "abc"]
    return shape, found


def numbers(shape: str, found: list[tuple[str, ...]], power: int) -> Numbers:
    def times(figure: str) -> float:
        return float(f"{figure}e{power}")

    if shape == "means":
        groups = [
            Group(study=study, treatment=arm, n=float(n), mean=times(mean), sd=times(sd))
            for study, arm, mean, sd, n in found
        ]
        return groups, []
    return [], [Contrast(study=study, a=a, b=b, te=times(te), se=times(se)) for study, a, b, te, se in found]


def ask(command: str, data: Numbers, tau2: str) -> dict[str, Any]:
    if command == "pool":
        return dict(pool_document(analyse_pool(*data, "a", "b", PoolOptions(measure=Measure.MD, tau2=tau2))))
    options = NetworkOptions(measure=Measure.MD, tau2="DL" if tau2 == "DL" else "REML")
    return network_document(analyse_network(*data, options))


def figures(document: object, name: str = "", path: str = "") -> Iterator[tuple[str, str, Any]]:
    if isinstance(document, dict):
        for key, value in document.items():
            yield from figures(value, key, f"{path}.{key}")
    elif isinstance(document, list | tuple):
        for place, value in enumerate(document):
            yield from figures(value, name, f"{path}.{place}")
    else:
        yield path, name, document


@settings(max_examples=60, deadline=None)
@given(rows(), st.integers(*IN_RANGE), st.sampled_from(["pool", "network"]), st.sampled_from(["REML", "DL", "PM"]))
def test_an_answer_grows_with_its_numbers(
    found: tuple[str, list[tuple[str, ...]]], power: int, command: str, tau2: str
) -> None:
    if command == "pool":  # the Hartung–Knapp error of effects that are all equal is rounding, at any scale
        assume(len({one.te for one in analyse_pool(*numbers(*found, 0), "a", "b", MD).studies}) > 1)
    plain, grown = (list(figures(ask(command, numbers(*found, one), tau2))) for one in (0, power))
    assert [path for path, _, _ in plain] == [path for path, _, _ in grown]
    for (path, name, before), (_, _, after) in zip(plain, grown, strict=True):
        if path.startswith(".small_study"):  # of effects in one line, or alike, rounding decides its tests
            continue
        if not isinstance(before, float):
            assert after == before, path
            continue
        scale = float(f"1e{power}") ** POWER.get(name, 0)
        assert after / scale == pytest.approx(before, rel=1e-7, abs=1e-9), path


@settings(max_examples=30, deadline=None)
@given(rows(), st.one_of(*(st.integers(*one) for one in OUT_OF_RANGE)), st.sampled_from(["pool", "network"]))
def test_numbers_whose_squares_are_none_are_refused_by_both_engines(
    found: tuple[str, list[tuple[str, ...]]], power: int, command: str
) -> None:
    with pytest.raises(InvalidEvidence, match="too large or too small to compute with"):
        ask(command, numbers(*found, power), "REML")
