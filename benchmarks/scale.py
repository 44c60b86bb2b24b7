"""What a table of a million claims costs, side by side in one run with the shipped table, bare `json.loads` and others.

Run in the environment that bonerx is installed in:  python benchmarks/scale.py [--rivals PYTHON] [--claims N ...]

PYTHON is that of an environment with duckdb, pyarrow and sqlite-utils; without it, and without jq, their rows are left
out. Every question is asked RUNS times in turn with what it is compared with; figures are medians of whole processes.
The table is made by scale_table.py and the same every time. Five to ten minutes.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from scale_rivals import prepare
from scale_table import sizes_of

RUNS = 15
SHIPPED = ("alendronate", "vitamin-k2")
MIB = 1024 * 1024


class Cost(NamedTuple):
    """What one run of a process took: seconds, and its peak memory in bytes."""

    seconds: float
    memory: int


class Line(NamedTuple):
    """One line of the table that is printed: what, how much, what is allowed."""

    what: str
    figure: float
    bar: float
    least: bool = False
    unit: str = "×"

    def text(self) -> str:
        """The line with whether it holds."""
        holds = self.figure >= self.bar if self.least else self.figure <= self.bar
        sign = "≥" if self.least else "≤"
        return f"{self.what:66}{self.figure:9.2f} {self.unit:4}{sign} {self.bar:<6g}{'' if holds else ' NOT MET'}"


def run(command: list[str], environment: dict[str, str]) -> Cost:
    """Return what one run of a command costs; its output goes nowhere."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) > 1:  # 1 is an answer too: that there is no evidence
        raise SystemExit(f"{' '.join(command)} ended with status {status}")
    return Cost(seconds, usage.ru_maxrss * 1024)


def medians(commands: dict[str, list[str]], environment: dict[str, str], runs: int = RUNS) -> dict[str, Cost]:
    """Return the median cost of commands that are run in turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for command in commands.values():
        run(command, environment)
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(run(command, environment))
    return {
        name: Cost(statistics.median(cost.seconds for cost in of), int(statistics.median(cost.memory for cost in of)))
        for name, of in costs.items()
    }


def made(folder: Path, claims: int) -> Path:
    """Return the path of the table, made by a process of its own: a child's peak memory begins with its parent's."""
    program = "import sys; from pathlib import Path; from scale_table import write_table\n"
    program += "print(write_table(Path(sys.argv[1]), int(sys.argv[2])))"
    here = str(Path(__file__).parent)
    return Path(
        subprocess.check_output([sys.executable, "-c", program, folder, str(claims)], cwd=here, text=True).strip()
    )


def two_agents(claims: int) -> tuple[str, str]:
    """Return two agents of which about as much is written as of those of the shipped question."""
    agents = sizes_of(claims).agents
    return f"agent-{agents - 10:05}", f"agent-{agents - 20:05}"


def loads(table: Path) -> float:
    """Return the seconds that bare `json.loads` takes of every line, in a process of its own."""
    program = (
        "import json, sys, time\nstart = time.perf_counter()\n"
        "for line in open(sys.argv[1], 'rb'):\n    json.loads(line)\nprint(time.perf_counter() - start)"
    )
    return float(subprocess.check_output([sys.executable, "-c", program, str(table)]))


def build(bonerx: str, table: Path, store: Path, environment: dict[str, str]) -> tuple[float, Cost]:
    """Return the rate of a build as a part of that of `json.loads`, measured before and after it, and its cost."""
    before = loads(table)
    cost = run([bonerx, "compile", str(table), "-o", str(store)], environment)
    bare = (before + loads(table)) / 2
    return bare / cost.seconds, cost


def measure(folder: Path, sizes: list[int], rivals: str | None) -> list[Line]:
    """Return the lines of the table."""
    bonerx = str(Path(sys.executable).with_name("bonerx"))
    environment = {**os.environ, "BONERX_CACHE_DIR": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    lines: list[Line] = []
    peaks: list[int] = []
    for claims in sizes:
        table, store = made(folder, claims), folder / f"{claims}.db"
        rate, cost = build(bonerx, table, store, environment)
        peaks.append(cost.memory)
        size = table.stat().st_size / MIB
        print(f"{claims} claims: {size:.0f} MiB of NDJSON, {store.stat().st_size / MIB:.0f} MiB of store", end="")
        print(f", built in {cost.seconds:.1f} s ({claims / cost.seconds:.0f} claims/s)", flush=True)
        lines.append(Line(f"build of {claims} claims, rate / bare json.loads", rate, 0.15, least=True))
    lines.append(Line(f"build of {sizes[0]} claims, peak memory", peaks[0] / MIB, 80, unit="MiB"))
    lines.append(Line(f"build of {sizes[-1]} claims, peak memory / that", peaks[-1] / peaks[0], 2))

    large = str(folder / f"{sizes[-1]}.db")
    asked = {
        "shipped": [bonerx, "compare", *SHIPPED, "--json"],
        "large": [bonerx, "compare", "-e", large, *two_agents(sizes[-1]), "--json"],
        "rank": [bonerx, "rank", "-e", large, "--json"],
    }
    for name, command in asked.items():
        with (folder / "answer.json").open("wb") as answer:
            subprocess.run(command, env=environment, stdout=answer, check=False)
        print(f"{name}: an answer of {(folder / 'answer.json').stat().st_size // 1024} KiB", flush=True)
    cost_of = medians(asked, environment)
    for name, cost in cost_of.items():
        print(f"{name}: {cost.seconds * 1000:.0f} ms, {cost.memory / MIB:.1f} MiB", flush=True)
    small, big = cost_of["shipped"], cost_of["large"]
    lines.append(Line(f"compare on {sizes[-1]} claims / on the shipped table", big.seconds / small.seconds, 1.15))
    lines.append(
        Line("memory of that, more than on the shipped table", (big.memory - small.memory) / MIB, 2, unit="MiB")
    )
    lines.append(Line(f"rank / compare on {sizes[-1]} claims", cost_of["rank"].seconds / big.seconds, 6))

    for claims in sizes:
        agents = two_agents(claims)
        others = prepare(folder, folder / f"table-{claims}.ndjson", rivals, agents)
        own = {"bonerx": [bonerx, "compare", "-e", str(folder / f"{claims}.db"), *agents, "--json"]}
        costs = medians(own | {name: rival.command for name, rival in others.items()}, environment, runs=5)
        for name, rival in others.items():
            ratio = costs["bonerx"].seconds / costs[name].seconds
            lines.append(Line(f"compare on {claims} claims / the same rows by {name}", ratio, rival.bar))
    return lines


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure what a million claims cost.")
    parser.add_argument("--rivals", help="the Python of an environment with duckdb, pyarrow and sqlite-utils")
    parser.add_argument("--claims", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes of tables")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        lines = measure(Path(name), sorted(options.claims), options.rivals)
    print()
    for line in lines:
        print(line.text())


if __name__ == "__main__":
    main()
