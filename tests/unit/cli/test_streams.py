"""Data goes to stdout and the rest to stderr, whatever stdout is: closed, a file, ASCII, dumb or without colour."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import run

from bonerx.errors import Unreadable

COMPARE = ("compare", "alendronate", "vitamin-k2")


def program(*arguments: str, **env: str) -> "subprocess.CompletedProcess[bytes]":
    given = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    return subprocess.run(
        [sys.executable, "-m", "bonerx", *arguments], env={**given, **env}, capture_output=True, check=False
    )


def words(text: str) -> str:
    """Return a text without line breaks and the marks that continue a line."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("evidence", "--json"), 0),
        (("--help",), 0),
        (("compare", "--help"), 0),
        (("--version",), 0),
        (("schema",), 0),
        (("show", "aledronate", "--json"), 2),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else str(part),
)
def test_a_reader_that_goes_away_ends_it_quietly_and_a_failure_keeps_its_code(
    asked: tuple[str, ...], code: int
) -> None:
    running = subprocess.Popen([sys.executable, "-m", "bonerx", *asked], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait() == code
    assert said.count(b"error: ") == (code != 0)
    assert b"Traceback" not in said


@pytest.mark.parametrize("asked", [("agents",), ("--help",), ("--version", "--json"), ("schema",)], ids=" ".join)
def test_an_output_that_takes_no_more_is_exit_4(asked: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "bonerx", *asked]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (4, b"error: cannot write the answer: no space left on device\n")


def test_an_answer_that_fails_on_the_way_is_followed_by_no_second_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def half(*_: object) -> Iterator[str]:
        yield "{" + " " * 20_000
        raise Unreadable("the store went away")

    monkeypatch.setattr("bonerx.render.json.render", half)
    ran = run("agents", "--json")
    assert ran.code == 4
    assert ran.out.strip() == "{"
    assert ran.err == "error: the store went away\n"
    monkeypatch.undo()
    assert run("show", "aledronate", "--json").document["status"] == "error"


SPOKEN = [((*COMPARE, "--lang", "zh"), form, 100) for form in ("table", "plain", "json", "markdown")]
"""What is asked in Chinese, in which format, and how many Chinese characters the answer has at least."""


@pytest.mark.parametrize(("asked", "form", "least"), [*SPOKEN, (("agents",), "csv", 20)])
def test_an_ascii_stdout_loses_nothing(asked: tuple[str, ...], form: str, least: int) -> None:
    ran = program(*asked, "--format", form, PYTHONIOENCODING="ascii")
    assert ran.returncode == 0, ran.stderr
    shown = ran.stdout.decode("ascii")
    whole = program(*asked, "--format", form, PYTHONIOENCODING="utf-8").stdout.decode("utf-8")
    chinese = re.findall(r"[\u4e00-\u9fff]", whole)
    escapes = [chr(int(code, 16)) for code in re.findall(r"\\u([0-9a-f]{4})", words(shown))]
    # A table is laid out anew for the longer escapes, and may say a heading more often.
    assert not Counter(chinese) - Counter(escapes)
    assert len(chinese) >= least


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": ""}])
def test_without_colour_nothing_is_lost(env: dict[str, str]) -> None:
    coloured = program(*COMPARE, "--format", "table", FORCE_COLOR="1", TERM="xterm").stdout.decode()
    plain = program(*COMPARE, "--format", "table", FORCE_COLOR="1", **({"TERM": "xterm"} | env)).stdout.decode()
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    lines = re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()
    assert set(lines) <= set(plain.splitlines())  # what colour shows, further lines say in words


def test_no_color_is_an_option_too() -> None:
    assert b"\x1b" not in program(*COMPARE, "--format", "table", "--no-color", FORCE_COLOR="1", TERM="xterm").stdout


def test_a_format_before_its_command_is_put_right() -> None:
    ran = run("--json", "agents")
    assert ran.code == 2
    assert ran.document["error"]["message"] == "put `--json` after the command"
    assert ran.document["error"]["hint"] == "write `bonerx agents --json`"


def test_an_error_is_on_stderr_only() -> None:
    ran = program("compare", "alendronat", "vitamin-k2")
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert b"alendronate" in ran.stderr


def test_without_a_terminal_the_answer_is_one_record_a_line() -> None:
    ran = run(*COMPARE)
    assert ran.out == run(*COMPARE, "--format", "plain").out
    assert "│" not in ran.out
    assert any(len(line) > 200 for line in ran.out.splitlines())


@pytest.mark.parametrize("width", ["1", "10", "40", "80", "200", "nonsense", "0"])
def test_every_source_character_is_there_at_any_width(width: str) -> None:
    ran = program(*COMPARE, "--format", "table", COLUMNS=width)
    assert ran.returncode == 0, ran.stderr
    claims = run(*COMPARE, "--json").document["claims"]
    shown = words(ran.stdout.decode())
    for claim in claims:
        assert words(claim["quote"]["text"]) in shown


class TestOutput:
    def test_a_file_gets_what_stdout_would(self, tmp_path: Path) -> None:
        for form in ("json", "plain", "csv", "markdown"):
            path = tmp_path / f"answer.{form}"
            ran = run(*COMPARE, "--format", form, "--output", path)
            assert (ran.code, ran.out) == (0, "")
            assert path.read_text("utf-8") == run(*COMPARE, "--format", form).out
        assert sorted(child.name for child in tmp_path.iterdir()) == sorted(
            f"answer.{form}" for form in ("json", "plain", "csv", "markdown")
        )

    def test_no_evidence_is_written_too_and_says_so_by_its_code(self, tmp_path: Path) -> None:
        path = tmp_path / "answer.json"
        assert run("combo", "etidronate", "alendronate", "--json", "--output", path).code == 1
        assert '"no-evidence"' in path.read_text("utf-8")

    def test_a_failure_leaves_the_file_as_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "answer.json"
        path.write_text("before")
        assert run("compare", "alendronat", "vitamin-k2", "--json", "--output", path).code == 2
        assert path.read_text() == "before"
        assert [child.name for child in tmp_path.iterdir()] == ["answer.json"]

    @pytest.mark.parametrize("where", ["absent/answer.json", ""])
    def test_a_place_that_cannot_be_written_is_exit_4(self, tmp_path: Path, where: str) -> None:
        ran = run("rank", "--json", "--output", tmp_path / where)
        assert ran.code == 4
        assert ran.document["error"]["code"] == "unreadable"
        assert "cannot write" in ran.err

    def test_a_link_is_followed_and_keeps_being_one(self, tmp_path: Path) -> None:
        (tmp_path / "real.json").write_text("before")
        (tmp_path / "link.json").symlink_to("real.json")
        assert run("rank", "--json", "--output", tmp_path / "link.json").code == 0
        assert (tmp_path / "link.json").is_symlink()
        assert "bonerx/1" in (tmp_path / "real.json").read_text("utf-8")

    def test_what_is_no_file_is_written_to_and_never_replaced(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            assert run("cache", "path", "--json", "--output", pipe).code == 0
            assert b"bonerx/1" in os.read(reader, 65_536)
        finally:
            os.close(reader)
        assert pipe.is_fifo()

    def test_a_file_keeps_its_permissions(self, tmp_path: Path) -> None:
        path = tmp_path / "answer.json"
        path.touch(0o600)
        path.chmod(0o640)
        assert run("rank", "--json", "--output", path).code == 0
        assert path.stat().st_mode & 0o777 == 0o640


class TestEnvironment:
    def test_the_table_may_come_from_the_environment_and_an_option_goes_before_it(self, tmp_path: Path) -> None:
        table = tmp_path / "mine.yaml"
        table.write_text("format: bonerx-evidence/1\nagents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n")
        listed = run("agents", "--json", BONERX_EVIDENCE=str(table)).answer["items"]
        assert [item["id"] for item in listed] == ["zolpidox"]
        assert run("show", "alendronate", "--evidence", "default", BONERX_EVIDENCE=str(table)).code == 0
        both = os.pathsep.join([str(table), "default"])
        assert {"zolpidox", "alendronate"} <= {
            item["id"] for item in run("agents", "--json", BONERX_EVIDENCE=both).answer["items"]
        }

    def test_the_language_may_come_from_the_environment(self) -> None:
        chinese = run(*COMPARE, "--json", BONERX_LANG="zh").document
        assert chinese["claims"][0]["quote"]["lang"] == "zh"
        assert run(*COMPARE, "--json", "--lang", "en", BONERX_LANG="zh").document["claims"][0]["quote"]["lang"] == "en"
        assert run(*COMPARE, "--json", BONERX_LANG="").document["claims"][0]["quote"]["lang"] == "en"

    def test_two_tables_answer_as_one(self, tmp_path: Path) -> None:
        table = tmp_path / "more.yaml"
        table.write_text(
            "format: bonerx-evidence/1\n"
            "agents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n"
            "claims: [{id: zolpidox-better, kind: comparison, regimen: [zolpidox], comparator: [alendronate],"
            " direction: superior, favours: regimen, hedge: {level: asserted}, summary: So it is.,"
            " sources: [iwamoto-2003]}]\n"
        )
        ran = run("compare", "zolpidox", "alendronate", "--json", "-e", "default", "-e", table)
        assert ran.answer["overall"]["favoured"] == "zolpidox"
        assert ran.document["evidence"][-1]["path"] == str(table)

    def test_a_table_may_come_on_standard_input(self) -> None:
        table = "format: bonerx-evidence/1\nagents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n"
        command = [sys.executable, "-m", "bonerx", "agents", "--json", "--evidence", "-"]
        ran = subprocess.run(command, input=table, capture_output=True, text=True, check=False)
        document = json.loads(ran.stdout)
        assert [item["id"] for item in document["answer"]["items"]] == ["zolpidox"]
        assert document["evidence"][0]["path"] == "<stdin>"
