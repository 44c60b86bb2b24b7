"""What twice the input costs: `init` and `check` on texts, records and tables of every shape, side by side in one run.

Run in the environment that bonerx is installed in:  python benchmarks/long_inputs.py [SHAPE ...]
Every shape is run in turn with N and with 2N, RUNS times; the figures are medians of the processor's seconds of whole
processes, less those of a run on next to nothing, and their ratio. About 2 is right, 4 is work that grows with the
square. Ten minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

RUNS = 3
HIGHEST = 2.5
"""Ratio from which a shape is marked."""
LEAST_SECONDS = 0.3
"""Seconds below which a ratio says nothing."""
ABSTRACT = 190_000
DRAFT = "Alendronate increased bone mineral density compared with placebo in case {}. "
RECORD = (
    "PMID- {0}\nTI  - Sleep, part {0}\nAB  - It was short in case {0}. It may be long.\nAU  - Nemo A\nDP  - 2021\n\n"
)


def table(count: int) -> str:
    """Return a table of so many quotations, all of which have moved, as YAML."""
    lines = ["format: bonerx-evidence/1", "sources:", "- {id: s, kind: other, read_as: abstract, text: s.txt}"]
    lines.append("sentences:")
    for number in range(count):
        said = f"Sentence {number} is here."
        lines.append(
            f"- {{id: s/S{number}, source: s, passages: {{en: {{start: 0, end: {len(said)}, text: {said}}}}}}}"
        )
    return "\n".join([*lines, ""])


def text(count: int) -> str:
    """Return the text of such a table."""
    return "Moved. " + " ".join(f"Sentence {number} is here." for number in range(count))


def records(count: int) -> str:
    """Return a table of so many claims as NDJSON."""
    held = [
        {"record": "agent", "id": "a", "kind": "drug", "names": {"en": "a"}},
        {"record": "source", "id": "s", "kind": "other", "read_as": "abstract"},
    ]
    claim = {"record": "claim", "kind": "usage", "regimen": ["a"], "direction": "used", "hedge": {"level": "asserted"}}
    held += [{**claim, "id": f"c{number}", "summary": "x", "sources": ["s"]} for number in range(count)]
    return "".join(json.dumps(each) + "\n" for each in held)


INIT = ("init", "{}", "-o", "t.yaml")
POOL = ("pool", "a", "b", "--data", "{}")
NBIB = "PMID- 1\nAB  - Sleep.\n"
CSV = "study,treatment,events,n\n"
SHAPES: dict[str, tuple[tuple[str, ...], str, int, Callable[[int], str]]] = {
    "txt: many lines": (INIT, "a.txt", 5_000_000, lambda size: "word word\n" * (size // 10)),
    "txt: one letter a line": (INIT, "a.txt", 5_000_000, lambda size: "a\n" * (size // 2)),
    "txt: blank lines": (INIT, "a.txt", 5_000_000, lambda size: "Sleep.\n" + "\n" * size),
    "txt: headings": (INIT, "a.txt", ABSTRACT // 2, lambda size: "RESULTS: Sleep is short.\n" * (size // 25)),
    "txt: full stops": (INIT, "a.txt", ABSTRACT // 2, lambda size: "Ab cd. " * (size // 7)),
    "txt: brackets": (INIT, "a.txt", ABSTRACT // 2, lambda size: "(" * (size // 2) + "]" * (size // 2)),
    "txt: drafts": (INIT, "a.txt", ABSTRACT // 2, lambda size: "".join(map(DRAFT.format, range(size // 80)))),
    "nbib: lines that go on": (INIT, "a.nbib", 5_000_000, lambda size: NBIB + "      a b\n" * (size // 10)),
    "nbib: one long word": (INIT, "a.nbib", 5_000_000, lambda size: f"{NBIB}LID - {'a' * size}\n"),
    "nbib: records": (INIT, "a.nbib", 100_000, lambda size: "".join(map(RECORD.format, range(1, size // 95)))),
    "ris: lines that go on": (INIT, "a.ris", 5_000_000, lambda size: "TY  - JOUR\nAB  - x\n" + "a b\n" * (size // 4)),
    "ris: blank lines": (INIT, "a.ris", 5_000_000, lambda size: "TY  - JOUR\nAB  - x\n" + "\n" * size),
    "yaml: quotations checked": (("check", "{}"), "t.yaml", 20_000, table),
    "yaml: quotations corrected": (("check", "--fix-offsets", "{}"), "t.yaml", 5_000, table),
    "ndjson: claims": (("check", "{}"), "t.ndjson", 20_000, records),
    "csv: long numbers": (POOL, "a.csv", 50, lambda rows: CSV + f"s,a,{'1' * 100_000}x,3\n" * rows),
}  # fmt: skip


def seconds(command: tuple[str, ...], name: str, content: str, said: str | None) -> float:
    """Return the processor's seconds of one run on an input, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_text(content, encoding="utf-8")
        if said is not None:
            Path(folder, "s.txt").write_text(said, encoding="utf-8")
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("bonerx")), *(part.format(name) for part in command)],
            cwd=folder,
            env={**os.environ, "BONERX_CACHE_DIR": str(Path(folder, "cache"))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


def main(chosen: list[str]) -> None:
    """Print a line a shape: seconds with N, seconds with 2N, their ratio."""
    print(f"{'':30}{'N':>10}{'s with N':>10}{'s with 2N':>11}{'ratio':>8}")
    for shape, (command, name, size, write) in SHAPES.items():
        if chosen and not any(each in shape for each in chosen):
            continue
        taken: dict[int, list[float]] = {1: [], size: [], 2 * size: []}
        for _ in range(RUNS):
            for count, times in taken.items():
                times.append(seconds(command, name, write(count), text(count) if write is table else None))
        nothing, once, twice = map(statistics.median, taken.values())
        once, twice = once - nothing, twice - nothing
        ratio = f"{twice / once:8.2f}" if once >= LEAST_SECONDS else f"{'–':>8}"
        mark = "  GROWS" if once >= LEAST_SECONDS and twice > HIGHEST * once else ""
        print(f"{shape:30}{size:10}{once:10.2f}{twice:11.2f}{ratio}{mark}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
