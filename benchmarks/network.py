"""How long a network takes, beside a plain dense least squares solve of the same system.

    python benchmarks/network.py [--repeats 5] [--largest 500]

Networks are invented but always the same. Both sides start from what they need in memory (arm-level groups here,
stacked contrasts with their weights there) and run in turn; times are medians, memory is the peak that numpy and
Python allocate. Ours is everything: data checks, tau2 by REML, both models, all pairs, splits, Q by designs,
P-scores. The dense side is one common-effect solve with a full weight matrix. Bars: ours takes at most 3 times the
dense solve and 1 GiB for 200 treatments and 4 000 studies, and grows no faster.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable
from statistics import median

import numpy as np

from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkAnalysis, NetworkOptions, analyse_network
from bonerx.synthesis.network.data import network_data

SIZES = ((10, 5), (10, 20), (50, 5), (50, 20), (100, 5), (100, 20), (200, 5), (200, 20), (500, 5), (500, 20))
DENSE_LIMIT = 5_000  # contrasts: beyond this the dense weight matrix alone takes more than 200 MB
BAR = (200, 20)


def invented(treatments: int, studies_per_treatment: int) -> list[Group]:
    """Arms of a connected network: a ring, and further studies of two to four arms, the same at every call."""
    random = np.random.default_rng(treatments * 1000 + studies_per_treatment)
    truth = random.normal(size=treatments)
    groups = []
    for number in range(treatments * studies_per_treatment):
        first, turn = number % treatments, number // treatments
        size = int(random.choice([2, 3, 4], p=[0.85, 0.12, 0.03]))
        others = random.choice(treatments - 1, size=size, replace=False)
        arms = [first, (first + 1) % treatments] if turn == 0 else [first]
        arms += [one for one in ((first + 1 + others) % treatments).tolist() if one not in arms][: size - len(arms)]
        for arm in arms:
            mean = float(truth[arm] + random.normal(scale=0.3))
            groups.append(Group(study=f"s{number:05d}", treatment=f"t{arm:03d}", n=100, mean=mean, sd=1.0))
    return groups


def stacked(groups: list[Group]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Contrasts y (m,) against each study's first arm, design X (m, n - 1) and dense weights W (m, m)."""
    data = network_data(groups, measure=Measure.MD)
    m = data.df_arms
    y, design, weights = np.zeros(m), np.zeros((m, len(data.treatments))), np.zeros((m, m))
    at = 0
    for block in data.blocks:
        for arms, te, v in zip(block.arms, block.te, block.v, strict=True):
            k = len(arms) - 1
            rows = np.arange(at, at + k)
            y[rows], design[rows, arms[1:]], design[rows, arms[0]] = te[1:, 0], 1.0, -1.0
            weights[at : at + k, at : at + k] = np.linalg.inv((v[1:, :1] + v[:1, 1:] - v[1:, 1:]) / 2.0)
            at += k
    return y, design[:, 1:], weights


def dense(y: np.ndarray, design: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Generalised least squares as anyone would write it."""
    covariance = np.linalg.inv(design.T @ weights @ design)
    return covariance @ (design.T @ weights @ y), covariance


def ours(groups: list[Group]) -> NetworkAnalysis:
    """The whole analysis."""
    return analyse_network(groups, [], NetworkOptions(measure=Measure.MD))


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def peak_mib(run: Callable[[], object]) -> float:
    """The most memory one run holds at a time, in MiB."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--largest", type=int, default=500, help="treatments of the largest network")
    arguments = parser.parse_args()
    print("treatments  studies  contrasts    ours s   dense s  ours/dense  ours MiB  dense MiB")
    ratios = {}
    for treatments, per in SIZES:
        if treatments > arguments.largest:
            continue
        groups = invented(treatments, per)
        contrasts = network_data(groups, measure=Measure.MD).df_arms
        system = stacked(groups) if contrasts <= DENSE_LIMIT else None
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(arguments.repeats):
            times[0].append(seconds(lambda: ours(groups)))  # noqa: B023
            if system is not None:
                times[1].append(seconds(lambda: dense(*system)))  # noqa: B023
        mine, memory = median(times[0]), peak_mib(lambda: ours(groups))  # noqa: B023
        line = f"{treatments:10d}  {treatments * per:7d}  {contrasts:9d}  {mine:8.3f}  "
        if system is None:
            print(f"{line}{'-':>8}  {'-':>10}  {memory:8.1f}  {'-':>9}")
            continue
        theirs = median(times[1])
        ratios[treatments, per] = mine / theirs
        dense_memory = peak_mib(lambda: dense(*system)) + sum(one.nbytes for one in system) / 2**20  # noqa: B023
        print(f"{line}{theirs:8.3f}  {mine / theirs:10.2f}  {memory:8.1f}  {dense_memory:9.1f}")
    if BAR in ratios:
        print(f"200 treatments, 4 000 studies: {ratios[BAR]:.2f} times the dense solve (bar 3)")


if __name__ == "__main__":
    main()
