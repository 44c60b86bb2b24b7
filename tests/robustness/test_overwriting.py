"""An answer or a figure never takes the place of what the same command reads or writes, by whatever path or link."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import run

TABLE = """format: bonerx-evidence/1
agents:
  - {id: a1, kind: drug, names: {en: alpha}}
  - {id: b1, kind: drug, names: {en: beta}}
sources: [{id: s, kind: other, read_as: abstract, text: texts/s.txt}]
sentences: [{id: s/S1, source: s, passages: {en: {start: 0, end: 5, text: Sleep}}}]
"""
POOL = ("pool", "--data", "trials.csv", "--format", "csv")
RUNS = [
    (("agents", "-e", "mine.yaml"), "mine.yaml"),
    (("agents", "-e", "."), "mine.yaml"),
    (("agents", "-e", "default", "-e", "mine.yaml"), "mine.yaml"),
    (("agents", "-e", "store.db"), "store.db"),
    (("agents", "-e", "mine.yaml"), "texts/s.txt"),
    (("show", "s", "-e", "mine.yaml", "--json"), "texts/s.txt"),
    (("check", "mine.yaml"), "mine.yaml"),
    (("check", "mine.yaml"), "texts/s.txt"),
    (("check", "."), "mine.yaml"),
    (("check", "store.db"), "store.db"),
    (("check", "--fix-offsets", "mine.yaml"), "mine.yaml"),
    (POOL, "trials.csv"),
    (("network", "--data", "trials.csv"), "trials.csv"),
    (("league", "--data", "trials.csv", "--better", "lower"), "trials.csv"),
    (("rank", "--data", "trials.csv", "--better", "lower"), "trials.csv"),
    (("init", "note.txt", "-o", "new.yaml"), "note.txt"),
    (("init", "note.txt", "-o", "new.yaml", "-e", "mine.yaml"), "mine.yaml"),
    (("compile", "mine.yaml", "-o", "new.db"), "mine.yaml"),
    (("compile", "mine.yaml", "-o", "new.db"), "texts/s.txt"),
    (("export", "a1", "-e", "mine.yaml", "--to", "yaml"), "mine.yaml"),
    (("export", "-e", "mine.yaml", "--to", "yaml"), "texts/s.txt"),
    (("schema", "-e", "mine.yaml"), "mine.yaml"),
    (("cache", "path", "-e", "mine.yaml"), "mine.yaml"),
]
"""What is run, and which of its inputs the answer would take the place of."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    Path("texts/s.txt").write_text("Sleep well.")
    Path("mine.yaml").write_text(TABLE)
    Path("note.txt").write_text("Alendronate increased lumbar spine BMD.")
    Path("trials.csv").write_text("study,treatment,events,n\none,x,12,150\none,p,25,148\ntwo,x,10,90\ntwo,p,20,91\n")
    assert run("compile", "mine.yaml", "-o", "store.db").code == 0


def contents() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def itself(path: Path) -> str:
    return str(path)


def by_another_path(path: Path) -> str:
    return os.path.join("texts", "..", path.resolve())  # noqa: PTH118


def by_a_symbolic_link(path: Path) -> str:
    Path("link").symlink_to(path)
    return "link"


def by_a_hard_link(path: Path) -> str:
    Path("link").hardlink_to(path)
    return "link"


WAYS: list[Callable[[Path], str]] = [itself, by_another_path, by_a_symbolic_link, by_a_hard_link]


@pytest.mark.parametrize(
    ("asked", "read", "way"),
    [(*each, way) for each in RUNS for way in (WAYS if each in RUNS[:6] else (itself, by_a_hard_link))],
    ids=lambda part: "-".join(part) if isinstance(part, tuple) else getattr(part, "__name__", part).replace("/", "-"),
)
def test_an_input_is_never_written_over(asked: tuple[str, ...], read: str, way: Callable[[Path], str]) -> None:
    output = way(Path(read))
    before = contents()
    ran = run(*asked, "--output", output)
    assert ran.code == 2, ran.err
    assert ran.out == "" or ran.document["error"]["code"] == "usage"
    assert contents() == before or asked[0] in ("init", "compile")
    assert {name: raw for name, raw in contents().items() if name in before} == before


def test_the_message_names_both(tmp_path: Path) -> None:
    Path("link.yaml").symlink_to("mine.yaml")
    err = run("agents", "-e", "mine.yaml", "--output", "link.yaml").err
    assert "`--output` would write over `link.yaml`, which is read as `mine.yaml`" in err


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (("agents", "-e", "-"), "mine.yaml"),
        (("check", "-"), "mine.yaml"),
        (("compile", "-", "-o", "new.db"), "mine.yaml"),
        (("pool", "--data", "-", "x", "p"), "trials.csv"),
        (("network", "--data", "-"), "trials.csv"),
        (("init", "-", "-o", "new.yaml"), "note.txt"),
    ],
)
def test_nor_is_what_a_shell_gives_as_standard_input(
    asked: tuple[str, ...], read: str, way: Callable[[Path], str]
) -> None:
    output = way(Path(read))
    before = Path(read).read_bytes()
    with Path(read).open("rb") as stream:
        program = [sys.executable, "-m", "bonerx", *asked, "--output", output]
        ran = subprocess.run(program, stdin=stream, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "which is read as `<stdin>`" in ran.stderr
    assert Path(read).read_bytes() == before


def test_the_environment_names_tables_too() -> None:
    assert run("agents", "--output", "mine.yaml", BONERX_EVIDENCE="mine.yaml").code == 2


@pytest.mark.parametrize("way", WAYS)
def test_a_figure_is_written_over_nothing_that_is_read(way: Callable[[Path], str]) -> None:
    Path("trials.csv").rename("trials.svg")
    before = Path("trials.svg").read_bytes()
    plot = way(Path("trials.svg"))
    if plot == "link":
        Path("link").rename("link.svg")
        plot = "link.svg"
    for asked in (("pool",), ("network",)):
        assert run(*asked, "--data", "trials.svg", "--plot", plot).code == 2
    assert Path("trials.svg").read_bytes() == before


TWICE = [
    ((*POOL, "--plot", "one.svg", "--output", "one.svg"), ()),
    (("init", "note.txt", "-o", "new.yaml", "--output", "new.yaml"), ()),
    (("init", "note.txt", "-o", "new.yaml", "--output", "sources/note.txt"), ()),
    (("compile", "mine.yaml", "-o", "new.db", "--output", "new.db"), ()),
    (("compile", "mine.yaml", "-o", "store.db", "--output", "link"), ("store.db",)),
]


@pytest.mark.parametrize(("asked", "linked"), TWICE, ids=lambda part: "-".join(part).replace("/", "-"))
def test_two_things_are_never_written_into_one_file(asked: tuple[str, ...], linked: tuple[str, ...]) -> None:
    for path in linked:
        Path("link").hardlink_to(path)
    before = contents()
    assert run(*asked).code == 2
    assert contents() == before


def test_nothing_is_worked_out_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("bonerx.cli.write._asked", never)
    assert run("agents", "-e", "mine.yaml", "--output", "mine.yaml").code == 2
    assert run(*POOL, "--plot", "figure.svg", "--output", "figure.svg").code == 2
    assert run(*POOL, "--plot", "figure.doc").code == 2


def test_a_whole_export_may_take_the_place_of_its_table() -> None:
    Path("more.yaml").write_text("format: bonerx-evidence/1\nagents: [{id: c1, kind: drug, names: {en: gamma}}]\n")
    assert run("export", "-e", "mine.yaml", "-e", "more.yaml", "--output", "mine.yaml").code == 0
    listed = run("agents", "-e", "mine.yaml", "--json").answer["items"]
    assert [item["id"] for item in listed] == ["a1", "b1", "c1"]


@pytest.mark.parametrize("output", ["answer.txt", "texts/answer.txt", "/dev/null"])
def test_any_other_file_is_written_and_written_over(output: str) -> None:
    for _ in range(2):
        assert run("agents", "-e", "mine.yaml", "--output", output).code == 0
        assert run(*POOL, "--output", output, "--plot", "figure.svg").code == 0


def test_an_open_descriptor_of_an_input_is_that_input() -> None:
    with Path("mine.yaml").open("r+b") as file:
        assert run("agents", "-e", "mine.yaml", "--output", f"/dev/fd/{file.fileno()}").code == 2
    assert Path("mine.yaml").read_text() == TABLE
