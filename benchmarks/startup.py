"""Whole-process cost of a question, side by side with `python -c pass` and a one-option typer program.

Run in the environment that bonerx is installed in:  python benchmarks/startup.py [RUNS]
Every command is run in turn, RUNS times (15 at least); the table gives medians, ratios and peak memory.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TYPER = """
import typer

app = typer.Typer()


@app.command()
def main(name: str = typer.Option("x")) -> None:
    pass


app()
"""
COMPARE = ["compare", "alendronate", "vitamin-k2"]
VERTEBRAL = ["--outcome", "vertebral-fracture"]


def commands(folder: Path) -> dict[str, list[str]]:
    """Return what is measured, by name, in the order in which it runs."""
    program = folder / "one_option.py"
    program.write_text(TYPER)
    bonerx = str(Path(sys.executable).with_name("bonerx"))
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "typer program": [sys.executable, str(program)],
        "compare --json": [bonerx, *COMPARE, "--json"],
        "compare as a table": [bonerx, *COMPARE, "--format", "table"],
        "rank --json": [bonerx, "rank", "--json"],
        "rank by trials --json": [bonerx, "rank", *VERTEBRAL, "--json"],
        "league --json": [bonerx, "league", *VERTEBRAL, "--json"],
        "--help": [bonerx, "--help"],
        "completion of an agent": [bonerx],
    }


def run(name: str, command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return the seconds and the peak memory (MiB) of one run."""
    if name.startswith("completion"):
        words = {"_BONERX_COMPLETE": "complete_bash", "COMP_WORDS": "bonerx compare alen", "COMP_CWORD": "2"}
        environment = environment | words
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{name} ended with status {status}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print the table."""
    runs = max(15, int(sys.argv[1]) if len(sys.argv) > 1 else 15)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "BONERX_CACHE_DIR": str(folder / "cache")}
        # An editable install has no bytecode until a run may write it; an installed wheel always has.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        todo = commands(folder)
        for command_name, command in todo.items():
            run(command_name, command, environment)
        seconds: dict[str, list[float]] = {name: [] for name in todo}
        memory: dict[str, list[float]] = {name: [] for name in todo}
        for _ in range(runs):
            for command_name, command in todo.items():
                took, peak = run(command_name, command, environment)
                seconds[command_name].append(took)
                memory[command_name].append(peak)
    median = {name: statistics.median(values) for name, values in seconds.items()}
    print(f"{'':24}{'ms':>8}{'× pass':>9}{'× typer':>9}{'MiB':>7}   ({runs} runs, medians)")
    for name, value in median.items():
        ratios = (value / median["python -c pass"], value / median["typer program"])
        peak = statistics.median(memory[name])
        print(f"{name:24}{value * 1000:8.1f}{ratios[0]:9.2f}{ratios[1]:9.2f}{peak:7.1f}")


if __name__ == "__main__":
    main()
