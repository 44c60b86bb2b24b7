"""Whole-process cost of a pool, side by side with R's metafor on the same data, where R is installed.

Run in the environment that bonerx is installed in:  python benchmarks/pool.py [RUNS]
Every command is run in turn, RUNS times (15 at least); the table gives medians of wall time and ratios. The two
programs must give the same estimate, or nothing is measured.
"""

import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

BONERX = str(Path(sys.executable).with_name("bonerx"))
POOL = [BONERX, "pool", "alendronate", "placebo", "--outcome", "vertebral-fracture", "--json"]
LIVE = [*POOL, "--cumulative"]
"""The same analysis with an option that is not stored, so that it is computed."""
MOST_APART = 1e-6
"""How far the two estimates may be apart on the log scale."""
ARMS = (("ai", "a", "events"), ("n1i", "a", "n"), ("ci", "b", "events"), ("n2i", "b", "n"))


def r_program(studies: list[dict[str, dict[str, int]]]) -> str:
    """Return the R code that pools these studies by REML and prints the log risk ratio."""
    columns = {name: [study[side][key] for study in studies] for name, side, key in ARMS}
    data = ", ".join(f"{name} = c({', '.join(map(str, values))})" for name, values in columns.items())
    pooled = 'rma(measure = "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, method = "REML", data = d)'
    return f"suppressMessages(library(metafor)); d <- data.frame({data}); cat(sprintf('%.12f', {pooled}$beta))"


def seconds(command: list[str]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the table of medians."""
    runs = max(15, int(sys.argv[1]) if len(sys.argv) > 1 else 15)
    answer = json.loads(subprocess.run(LIVE, check=True, capture_output=True, text=True).stdout)["answer"]
    commands = {"bonerx pool, stored": POOL, "bonerx pool, live": LIVE}
    rscript = shutil.which("Rscript")
    if rscript is not None:
        code = r_program([study for study in answer["studies"] if study["included"]])
        metafor = [rscript, "-e", code]
        given = float(subprocess.run(metafor, check=True, capture_output=True, text=True).stdout)
        apart = abs(given - answer["random"]["te"])
        if apart > MOST_APART:
            sys.exit(f"metafor gives {given}, bonerx {answer['random']['te']}: {apart:.1g} apart")
        commands["Rscript, metafor"] = metafor
    else:
        print("Rscript is not installed: only bonerx is measured")
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(found) for name, found in times.items()}
    live = medians["bonerx pool, live"]
    print(f"{'command':<22}{'median':>10}{'to live':>10}   ({runs} runs, interleaved)")
    for name, median in medians.items():
        print(f"{name:<22}{1000 * median:>7.0f} ms{median / live:>10.2f}")


if __name__ == "__main__":
    main()
