"""Whatever is typed on the command line, bytes that are no text and numbers of any size, it has an answer or exit 2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from asking import run

HIP = ("--outcome", "hip-fracture")
BYTES = "caf\udce9"
"""What the system makes of `café` in Latin-1."""
POOLED = ("pool", "alendronate", "placebo", *HIP)
LOOKED_UP = [
    ("compare", BYTES, "vitamin-k2"),
    ("compare", "vitamin-k2", f"alendronate+{BYTES}"),
    ("combo", "alendronate", BYTES),
    ("pool", BYTES, "placebo", *HIP),
    ("pool", "alendronate", BYTES, *HIP),
    ("pool", "x", BYTES, "--data", "trials.csv"),
    ("show", BYTES),
    ("trials", BYTES),
    ("evidence", BYTES),
    ("export", BYTES),
    ("schema", BYTES),
    (BYTES,),
    *(
        (*command, option, BYTES)
        for command, options in (
            (("compare", "alendronate", "vitamin-k2"), ("--outcome", "--population", "--species", "--lang")),
            (("combo", "risedronate", "vitamin-k2"), ("--outcome", "--population", "--species")),
            (("rank",), ("--outcome", "--population", "--lang")),
            (("rank", *HIP), ("--exclude",)),
            (("evidence",), ("--outcome", "--population", "--source", "--kind", "--species", "--hedge", "--text")),
            (("export",), ("--outcome", "--population", "--source", "--text", "--to")),
            (("trials",), ("--outcome",)),
            (("pool", "alendronate", "placebo"), ("--outcome",)),
            (POOLED, ("--exclude", "--by", "--measure", "--tau2", "--as-of", "--level", "--plot", "--column")),
            (("network", *HIP), ("--exclude", "--reference", "--inactive", "--interaction")),
            (("league", *HIP), ("--exclude", "--reference")),
            (("pool", "--data", "trials.csv"), ("--exclude", "--column")),
            (("network", "--data", "trials.csv"), ("--exclude", "--reference", "--inactive", "--column")),
        )
        for option in options
    ),
]
"""Every argument and option under which something is looked up."""


@pytest.fixture(autouse=True)
def trials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("trials.csv").write_text("study,treatment,events,n\none,x,12,150\none,p,25,148\n")


@pytest.mark.parametrize(
    "arguments", LOOKED_UP, ids=lambda given: "-".join(given[0:1] + given[-2:]).encode("ascii", "replace").decode()
)
def test_bytes_that_are_no_text_are_the_name_of_nothing(arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, "--json")
    assert ran.code == 2, ran.err
    assert ran.document["status"] == "error"
    assert "Traceback" not in ran.err
    assert ran.err.isascii()
    if arguments[0] in ("show", "trials", "evidence", "export") and len(arguments) == 2:
        assert "`caf\\xe9`" in ran.err
        assert ran.document["error"]["code"].startswith("unknown-")


def test_words_that_are_no_text_are_shown_as_what_they_are() -> None:
    ran = run("evidence", "--text", BYTES)
    assert (ran.code, ran.out) == (2, "")
    assert "`caf\\xe9` is not text" in ran.err


def test_a_name_of_no_text_throws_no_compiled_table_away(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    assert run("agents", BONERX_CACHE_DIR=cache).code == 0
    (store,) = (tmp_path / "cache").iterdir()
    before = store.stat()
    assert run("show", BYTES, BONERX_CACHE_DIR=cache).code == 2
    assert store.stat().st_ino == before.st_ino
    assert store.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_locale_without_chinese_makes_a_chinese_name_unknown(option: tuple[str, ...]) -> None:
    given = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "bonerx", "compare", "阿仑膦酸", "维生素K2", *option]
    ran = subprocess.run(command, env=given | plain, capture_output=True, check=False)
    assert ran.returncode == 2
    name = "".join(f"\\x{byte:02x}" for byte in "阿仑膦酸".encode())
    assert f"unknown agent `{name}`" in ran.stderr.decode("ascii")
    assert bool(option) == bool(ran.stdout)
    if option:
        assert json.loads(ran.stdout)["error"]["code"] == "unknown-agent"


@pytest.mark.parametrize("name", ["caf\udce9.yaml", "caf\udce9.db", "caf\udce9.png"])
def test_a_file_may_have_any_name(name: str) -> None:
    table = "format: bonerx-evidence/1\nagents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n"
    if name.endswith(".png"):
        assert run(*POOLED, "--plot", name).code == 0
    else:
        Path("mine.yaml").write_text(table)
        made = (
            ("compile", "mine.yaml", "-o", name)
            if name.endswith(".db")
            else ("export", "-e", "mine.yaml", "--output", name)
        )
        assert run(*made).code == 0
        for form in ("json", "ndjson", "csv", "tsv", "plain", "table", "markdown"):
            ran = run("check", name, "--format", form)
            assert ran.code == 0, ran.err
            assert "\udce9" not in ran.out
            assert "Zolpidox" in run("agents", "-e", name, "--format", form).out
    assert name in [path.name for path in Path().iterdir()]


LONG = "9" * 4_000
"""More digits than any number of the machine has, and fewer than Python refuses to read."""
LIMITS = [("evidence", "--limit"), ("evidence", "--offset"), ("export", "--limit"), ("export", "--offset")]


@pytest.mark.parametrize("number", [str(2**63), "9" * 20, LONG])
@pytest.mark.parametrize("asked", LIMITS, ids=" ".join)
def test_a_limit_beyond_all_numbers_is_as_the_largest(asked: tuple[str, ...], number: str) -> None:
    largest, beyond = (run(*asked, given, "--format", "csv") for given in (str(2**63 - 1), number))
    assert beyond == largest
    assert beyond.code in (0, 1)


@pytest.mark.parametrize("number", ["-1", "-" + LONG, "9" * 5_000, "1e3", "1.5", "nan", ""])
@pytest.mark.parametrize("asked", LIMITS, ids=" ".join)
def test_what_is_no_number_of_statements_is_refused(asked: tuple[str, ...], number: str) -> None:
    assert run(*asked, number).code == 2


@pytest.mark.parametrize(
    "asked",
    [
        ("compare", "alendronate", "vitamin-k2"),
        ("combo", "risedronate", "vitamin-k2"),
        ("rank",),
        POOLED,
        ("network", *HIP),
        ("league", *HIP),
    ],
    ids=lambda asked: asked[0],
)
def test_a_year_of_any_size_is_before_or_after_all(asked: tuple[str, ...]) -> None:
    for years in (("9999", str(2**63), LONG), ("-7777", f"-{2**63 + 1}", "-" + LONG)):
        ran = [run(*asked, "--as-of", year, "--json") for year in years]
        assert {each.code for each in ran} in ({0}, {1})
        answers = {json.dumps(each.answer).replace(year, "YEAR") for each, year in zip(ran, years, strict=True)}
        assert len(answers) == 1


@pytest.mark.parametrize(
    "number", ["0", "-0.0", "1", "1e-320", "1e400", "-1e400", "nan", "inf", "-inf", LONG, f"-{LONG}", f"0.{LONG}", ""]
)
def test_a_baseline_risk_or_a_level_is_between_0_and_1(number: str) -> None:
    assert run(*POOLED, "--baseline", number).code == 2
    if number != "1e-320":
        assert run(*POOLED, "--level", number).code == 2


@pytest.mark.parametrize("number", ["1e-9", "0.999999999999", "1e-12"])
def test_a_baseline_risk_or_a_level_may_be_small_or_large(number: str) -> None:
    assert run(*POOLED, "--level", number).code == 0
    assert run(*POOLED, "--baseline", number).code == (2 if number == "1e-12" else 0)
