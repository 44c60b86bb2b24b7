"""Networks whose standard errors differ up to 10^8 times, against the same formulas with 90 digits.

The reference is generalised least squares as anyone would write it, on contrasts against each study's first arm, with
mpmath; nothing of the engine is in it.
"""

import json
from itertools import combinations
from typing import Any, NamedTuple

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.errors import InvalidEvidence
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkAnalysis, NetworkOptions, analyse_network
from bonerx.synthesis.network.contributions import evidence_flow
from bonerx.synthesis.network.document import network_document

RIGHT = 1e-8
NAMES = ("a", "b", "c", "d", "e")
mp = mpmath.mp.clone()
mp.dps = 90
Number = Any


class Trial(NamedTuple):
    """One trial: its arms, their means, the variances of its contrasts (m, m), and the arms' own, where it gives arms.

    A trial of two arms is always given as a contrast.
    """

    arms: tuple[str, ...]
    means: tuple[Number, ...]
    v: list[list[Number]]
    own: tuple[float, ...] | None = None


class Exact(NamedTuple):
    """The network at one tau2: effects, their covariance with the first held at 0, Q, and what
    REML needs."""

    names: list[str]
    theta: dict[str, Number]
    g: dict[tuple[str, str], Number]
    q: Number
    trace: Number
    gain: Number
    log_likelihood: Number

    def te(self, a: str, b: str) -> Number:
        return self.theta[a] - self.theta[b]

    def variance(self, a: str, b: str) -> Number:
        return self.g[a, a] + self.g[b, b] - 2 * self.g[a, b]


def exact(trials: list[Trial], tau2: Number) -> Exact:
    names = sorted({arm for trial in trials for arm in trial.arms})
    place = {name: i - 1 for i, name in enumerate(names)}
    rows = sum(len(trial.arms) - 1 for trial in trials)
    x, y = mp.zeros(rows, len(names) - 1), mp.zeros(rows, 1)
    w, r = mp.zeros(rows), mp.zeros(rows)
    log_of_sigma = mp.mpf(0)
    at = 0
    for trial in trials:
        size = len(trial.arms) - 1
        sigma = mp.zeros(size)
        for i in range(size):
            y[at + i] = trial.means[i + 1] - trial.means[0]
            for arm, sign in ((trial.arms[i + 1], 1), (trial.arms[0], -1)):
                if place[arm] >= 0:
                    x[at + i, place[arm]] += sign
            for j in range(size):
                r[at + i, at + j] = mp.mpf(1) if i == j else mp.mpf(1) / 2
                v = (trial.v[0][i + 1] + trial.v[0][j + 1] - trial.v[i + 1][j + 1]) / 2
                sigma[i, j] = v + tau2 * r[at + i, at + j]
        # Trials are independent, so what is inverted is one block for each.
        log_of_sigma += mp.log(mp.det(sigma))
        inverse = sigma**-1
        for i in range(size):
            for j in range(size):
                w[at + i, at + j] = inverse[i, j]
        at += size
    wx = w * x
    normal = x.T * wx
    covariance = normal**-1
    beta = covariance * (wx.T * y)
    residual = y - x * beta
    p = w - wx * covariance * wx.T
    py = p * y
    theta = {name: (beta[i] if (i := place[name]) >= 0 else mp.mpf(0)) for name in names}
    g = {
        (a, b): covariance[place[a], place[b]] if place[a] >= 0 and place[b] >= 0 else mp.mpf(0)
        for a in names
        for b in names
    }
    q = (residual.T * w * residual)[0]
    gain = (py.T * r * py)[0]
    trace = sum(p[i, j] * r[j, i] for i in range(rows) for j in range(rows) if r[j, i])
    log_likelihood = -log_of_sigma - mp.log(mp.det(normal)) - q
    return Exact(names, theta, g, q, trace, gain, log_likelihood)


def numbers(trials: list[Trial]) -> tuple[list[Group], list[Contrast]]:
    """The trials as the engine takes them."""
    groups, contrasts = [], []
    for number, trial in enumerate(trials):
        study = f"s{number}"
        if trial.own:
            groups += [
                Group(study=study, treatment=arm, n=1.0, mean=float(mean), sd=error)
                for arm, mean, error in zip(trial.arms, trial.means, trial.own, strict=True)
            ]
            continue
        for i, j in combinations(range(len(trial.arms)), 2):
            te, se = float(trial.means[i] - trial.means[j]), float(mp.sqrt(trial.v[i][j]))
            contrasts.append(Contrast(study=study, a=trial.arms[i], b=trial.arms[j], te=te, se=se))
    return groups, contrasts


def of_arms(arms: tuple[str, ...], means: list[float], errors: list[float]) -> Trial:
    squares = [mp.mpf(one) ** 2 for one in errors]
    v = [[x + y if i != j else mp.mpf(0) for j, y in enumerate(squares)] for i, x in enumerate(squares)]
    return Trial(arms, tuple(map(mp.mpf, means)), v, tuple(errors))


def of_contrasts(arms: tuple[str, ...], means: list[float], errors: list[float]) -> Trial:
    """The contrasts of arms of these errors, each printed as a float."""
    whole = of_arms(arms, means, errors)
    return whole._replace(v=[[mp.mpf(float(mp.sqrt(one))) ** 2 for one in row] for row in whole.v], own=None)


@st.composite
def trials(draw: st.DrawFn) -> list[Trial]:
    """A chain, and further trials of two to four arms that close loops; errors from 1 down to 1/ratio."""
    digits = draw(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 8]))
    error = st.tuples(st.integers(0, digits), st.integers(1, 9)).map(lambda at: float(f"{at[1]}e-{at[0]}"))
    effect = st.integers(-3000, 3000).map(lambda x: x / 1000)
    names = NAMES[: draw(st.integers(2, 5))]
    designs = [tuple(names[i : i + 2]) for i in range(len(names) - 1)]
    designs += [
        tuple(sorted(one))
        for one in draw(st.lists(st.sets(st.sampled_from(names), min_size=2, max_size=min(4, len(names))), max_size=4))
    ]
    found = []
    for arms in designs:
        make = of_contrasts if len(arms) == 2 else draw(st.sampled_from([of_arms, of_contrasts]))
        found.append(make(arms, [draw(effect) for _ in arms], [draw(error) for _ in arms]))
    return found


def analysed(found: list[Trial], **options: Any) -> tuple[NetworkAnalysis, dict[str, Any]]:
    analysis = analyse_network(*numbers(found), NetworkOptions(measure=Measure.MD, **options))
    document = network_document(analysis)
    json.dumps(document, allow_nan=False)
    return analysis, document


def near(ours: float | None, theirs: Number, size: Number = 0) -> bool:
    """Whether a number is right to 1e-8 of itself, or of what it is the difference of."""
    return ours is not None and abs(mp.mpf(ours) - theirs) <= RIGHT * max(abs(theirs), size)


def check_pairs(pairs: list[dict[str, Any]], truth: Exact, size: Number) -> None:
    for pair in pairs:
        a, b = pair["a"], pair["b"]
        assert near(pair["te"], truth.te(a, b), size), (a, b)
        assert near(pair["se"], mp.sqrt(truth.variance(a, b))), (a, b)


@settings(max_examples=60, deadline=None)
@given(trials())
def test_everything_is_right_to_eight_digits(found: list[Trial]) -> None:
    try:
        analysis, answer = analysed(found)
    except InvalidEvidence as refused:
        # The errors of three or more contrasts may not hold enough digits of the smallest to be those of any arms.
        named = [found[int(fault.where.removeprefix("study `s").removesuffix("`"))] for fault in refused.faults]
        assert named
        assert all(trial.own is None and len(trial.arms) > 2 for trial in named)
        return
    size = max(abs(mean) for trial in found for mean in trial.means) * len(found)
    common = exact(found, mp.mpf(0))
    check_pairs(answer["common"]["pairs"], common, size)
    df = answer["heterogeneity"]["df"]
    finest = min(min(one for row in trial.v for one in row if one) for trial in found)
    # The residual of the finest trial is a difference of effects, which floats hold to 1e-16 of their size.
    assert near(answer["heterogeneity"]["q"], common.q, size**2 * mp.mpf("1e-16") / finest + 1)
    if df:
        _, dl = analysed(found, tau2="DL")
        expected = max(mp.mpf(0), (common.q - df) / common.trace)
        assert near(dl["random"]["tau2"], expected, common.q / common.trace)
        check_reml(found, answer["random"]["tau2"])
    tau2 = mp.mpf(answer["random"]["tau2"] or 0.0)
    random = exact(found, tau2)
    check_pairs(answer["random"]["pairs"], random, size)
    check_splits(answer["splits"], found, random, tau2, size)
    check_flows(analysis, random, found, tau2)


def check_reml(found: list[Trial], tau2: float) -> None:
    """The slope is 0 there (a Newton step away less than 1e-8), and no likelihood on a grid is higher."""
    here = exact(found, mp.mpf(tau2))
    if tau2:
        step = mp.mpf(tau2) * mp.mpf("1e-10")
        beyond = exact(found, tau2 + step)
        slope, later = here.gain - here.trace, beyond.gain - beyond.trace
        assert abs(slope / ((later - slope) / step)) <= RIGHT * tau2
    else:
        assert here.gain <= here.trace * (1 + RIGHT)
    for power in range(-18, 4):
        other = exact(found, mp.mpf(10) ** power)
        assert other.log_likelihood <= here.log_likelihood + RIGHT


def check_splits(splits: list[dict[str, Any]], found: list[Trial], truth: Exact, tau2: Number, size: Number) -> None:
    for split in splits:
        a, b = split["a"], split["b"]
        weight = weighted = mp.mpf(0)
        for trial in found:
            if {a, b} <= set(trial.arms):
                i, j = trial.arms.index(a), trial.arms.index(b)
                own = 1 / (trial.v[i][j] + tau2)
                weight, weighted = weight + own, weighted + own * (trial.means[i] - trial.means[j])
        variance = truth.variance(a, b)
        if weight:
            assert near(split["direct"]["te"], weighted / weight, size)
            assert near(split["direct"]["se"], 1 / mp.sqrt(weight))
        rest = 1 - variance * weight
        if split["indirect"] is None:
            assert rest < RIGHT
            continue
        indirect = (truth.te(a, b) - variance * weighted) / rest
        assert near(split["indirect"]["te"], indirect, size), (a, b, rest)
        assert near(split["indirect"]["se"], mp.sqrt(variance / rest)), (a, b, rest)


def check_flows(analysis: NetworkAnalysis, truth: Exact, found: list[Trial], tau2: Number) -> None:
    fit = analysis.parts[0].fit
    weight: dict[tuple[str, str], Number] = {}
    for trial in found:
        size = len(trial.arms) - 1
        inner = mp.matrix(size, size)
        for i in range(size):
            for j in range(size):
                inner[i, j] = (trial.v[0][i + 1] + trial.v[0][j + 1] - trial.v[i + 1][j + 1]) / 2
                inner[i, j] += tau2 if i == j else tau2 / 2
        inverse = inner**-1
        mesh = {(trial.arms[i + 1], trial.arms[j + 1]): -inverse[i, j] for i in range(size) for j in range(i + 1, size)}
        mesh |= {(trial.arms[0], trial.arms[i + 1]): sum(inverse[i, j] for j in range(size)) for i in range(size)}
        for pair, one in mesh.items():
            weight[pair] = weight.get(pair, mp.mpf(0)) + one
    for a, b in combinations(truth.names, 2):
        flow = evidence_flow(fit, truth.names.index(a), truth.names.index(b))
        for (i, j), one in weight.items():
            current = one * (truth.g[i, a] - truth.g[i, b] - truth.g[j, a] + truth.g[j, b])
            ours = flow[truth.names.index(i), truth.names.index(j)] - flow[truth.names.index(j), truth.names.index(i)]
            assert abs(mp.mpf(float(ours)) - current) <= RIGHT


@settings(max_examples=10, deadline=None)
@given(trials())
def test_a_part_of_other_precision_changes_nothing_in_this_one(found: list[Trial]) -> None:
    other = [trial for trial in found if trial.own is None and len(trial.arms) == 2]
    far = [
        of_contrasts(tuple(f"x{arm}" for arm in trial.arms), [float(one) / 3 for one in trial.means], [1e-7, 1e3])
        for trial in other
    ]
    try:
        _, alone = analysed(found)
    except InvalidEvidence:
        return
    _, together = analysed(found + far)
    assert not together["connected"]
    part = next(one for one in together["parts"] if "a" in one["regimens"])
    assert part["random"]["pairs"] == alone["random"]["pairs"]
    assert part["splits"] == alone["splits"]


ADDITIVE = [("a", "p"), ("b", "p"), ("a+b", "p"), ("a+b", "a"), ("a", "b"), ("b+c", "b"), ("c", "p")]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(-3000, 3000).map(lambda x: x / 1000), min_size=7, max_size=7),
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 8)), min_size=7, max_size=7),
)
def test_what_components_add_is_right_to_eight_digits(effects: list[float], errors: list[tuple[int, int]]) -> None:
    se = [float(f"{digit}e-{power}") for digit, power in errors]
    rows = list(zip(ADDITIVE, effects, se, strict=True))
    contrasts = [Contrast(study=f"s{i}", a=a, b=b, te=te, se=one) for i, ((a, b), te, one) in enumerate(rows)]
    options = NetworkOptions(measure=Measure.MD, inactive="p")
    found = network_document(analyse_network([], contrasts, options))["components"]
    parts = [[[float(part in arm.split("+")) for part in "abc"] for arm in arms] for arms, _, _ in rows]
    x = mp.matrix([[one - other for one, other in zip(*pair, strict=True)] for pair in parts])
    y, own = mp.matrix(effects), [mp.mpf(one) ** 2 for one in se]
    w = mp.diag([1 / one for one in own])
    p = w - w * x * (x.T * w * x) ** -1 * x.T * w
    q = (y.T * p * y)[0]
    assert near(found["q"], q, mp.mpf(1) + 9 * mp.mpf("1e-16") / min(own))
    expected = max(mp.mpf(0), (q - 4) / sum(p[i, i] for i in range(7)))
    assert near(found["tau2"], expected, q / sum(p[i, i] for i in range(7)))
    w = mp.diag([1 / (one + mp.mpf(found["tau2"])) for one in own])
    covariance = (x.T * w * x) ** -1
    beta = covariance * (x.T * w * y)
    for i, one in enumerate(found["components"]):
        assert near(one["te"], beta[i], 20)
        assert near(one["se"], mp.sqrt(covariance[i, i]))
