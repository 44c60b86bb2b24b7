"""Files in, evidence out: one table of several files, the texts of its sources, and a place for every problem."""

# ruff: noqa: E501

import hashlib
import json
import os
from pathlib import Path

import pytest

from bonerx.errors import InvalidEvidence, Unreadable
from bonerx.evidence import limits
from bonerx.evidence.files import Content, digest
from bonerx.evidence.origin import Evidence, Problem
from bonerx.evidence.read import read, read_contents

HEAD = "format: bonerx-evidence/1\n"
AGENT = "agents:\n- id: alpha\n  kind: drug\n  names: {en: Alpha}\n"
SOURCE = "sources:\n- id: doe\n  kind: other\n  read_as: record\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def faults(*paths):
    with pytest.raises(InvalidEvidence) as caught:
        read(paths)
    return [
        f"{fault.path}:{fault.line}:{fault.column}: {fault.where}: {fault.message}"
        + (f" [{fault.hint}]" if fault.hint else "")
        for fault in caught.value.faults
    ]


def test_evidence_knows_its_files_by_content(folder):
    (folder / "a.yaml").write_text(f"{HEAD}title: A\n{AGENT}")
    evidence = read(["a.yaml"])
    assert [(file.path, file.sha256) for file in evidence.files] == [
        ("a.yaml", hashlib.sha256((folder / "a.yaml").read_bytes()).hexdigest())
    ]
    assert (evidence.table.title, evidence.table.agents[0].names) == ("A", {"en": "Alpha"})


@pytest.mark.parametrize("name", ["table", "table.txt"])
@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}{AGENT}",
        '{"format": "bonerx-evidence/1",\n "agents": [{"id": "alpha", "kind": "drug", "names": {"en": "Alpha"}}]}',
        '{"format": "bonerx-evidence/1", "agents": [{"id": "alpha", "kind": "drug", "names": {"en": "Alpha"}}]}',
        '{"record": "agent", "id": "alpha", "kind": "drug", "names": {"en": "Alpha"}}\n',
        '\n{"id": "alpha", "record": "agent", "kind": "drug", "names": {"en": "Alpha"}}',
    ],
    ids=["yaml", "json", "json in a line", "ndjson", "ndjson in another order"],
)
def test_a_file_of_any_name_is_read_by_how_it_begins(folder, content, name):
    (folder / name).write_text(content)
    assert read([name]).table.agents[0].id == "alpha"


def test_standard_input_is_read(folder):
    reading, writing = os.pipe()
    os.write(writing, f"{HEAD}{AGENT}".encode())
    os.close(writing)
    before = os.dup(0)
    os.dup2(reading, 0)
    try:
        evidence = read(["-"])
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(reading)
    assert evidence.files[0].path == "<stdin>"
    assert evidence.table.agents[0].id == "alpha"


def test_lines_beyond_the_size_of_a_document_are_read_whole(folder, monkeypatch):
    line = '{"record": "agent", "id": "%s", "kind": "drug", "names": {"en": "Alpha"}}\n'
    (folder / "a.ndjson").write_text("".join(line % f"a{number}" for number in range(100)))
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 500)
    assert len(read(["a.ndjson"]).table.agents) == 100


def test_a_record_may_stand_in_several_files_if_it_says_the_same(folder):
    (folder / "a.yaml").write_text(f"{HEAD}{AGENT}")
    (folder / "b.json").write_text(
        json.dumps(
            {
                "format": "bonerx-evidence/1",
                "title": "B",
                "agents": [{"names": {"en": "Alpha"}, "kind": "drug", "id": "alpha", "note": None}],
            }
        )
    )
    evidence = read(["a.yaml", "b.json"])
    assert [agent.id for agent in evidence.table.agents] == ["alpha"]
    assert evidence.table.title == "B"


def test_what_two_files_say_differently_names_both_places(folder):
    (folder / "a.yaml").write_text(f"{HEAD}{AGENT}")
    (folder / "b.yaml").write_text(f"{HEAD}title: B\n{AGENT.replace('Alpha', 'Beta').replace('drug', 'class')}")
    (folder / "c.ndjson").write_text('\n{"record": "agent", "id": "alpha", "kind": "drug", "names": {"en": "Gamma"}}\n')
    hint = "give one of them another id, or make both say the same"
    assert faults("a.yaml", "b.yaml", "c.ndjson") == [
        f"b.yaml:4:7: agents[0].id (alpha): the agent `alpha` differs in `kind`, `names` from the one in a.yaml:3:7 [{hint}]",
        f"c.ndjson:2:27: agent.id (alpha): the agent `alpha` differs in `names` from the one in a.yaml:3:7 [{hint}]",
    ]


def test_a_record_stands_once_in_a_file(folder):
    (folder / "a.yaml").write_text(f"{HEAD}{AGENT}{AGENT.removeprefix('agents:' + chr(10))}")
    assert faults("a.yaml") == [
        "a.yaml:6:7: agents[1].id (alpha): the agent `alpha` stands twice in this file, first in line 3 [give one of them another id]"
    ]


def test_faults_of_all_files_come_together(folder):
    (folder / "a.yaml").write_text("title: [\n")
    (folder / "b.yaml").write_text(f"{HEAD}titel: x\n")
    (folder / "c.ndjson").write_text("x\n")
    (folder / "d.ndjson").write_text("\n\n")
    assert [fault.split(" ")[0] for fault in faults(".")] == [
        "./a.yaml:2:1:",
        "./b.yaml:2:1:",
        "./c.ndjson:1:1:",
        "./d.ndjson:1:1:",
    ]
    with pytest.raises(InvalidEvidence, match="4 faults in 4 files"):
        read(["."])


def test_a_missing_file_is_unreadable(folder):
    with pytest.raises(Unreadable, match=r"cannot read `none\.yaml`"):
        read(["none.yaml"])


def test_the_text_of_a_source_comes_as_it_is(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "a.yaml").write_text(f"{HEAD}{SOURCE}  text: texts/doe.txt\n")
    (folder / "sub" / "texts").mkdir()
    (folder / "sub" / "texts" / "doe.txt").write_bytes("甲\r\nb".encode())
    evidence = read(["sub/a.yaml"])
    assert evidence.texts == {"doe": "甲\r\nb"}
    (file,) = evidence.text_files
    assert (file.source, file.path, file.table, file.text) == (
        "doe",
        str(Path("sub", "texts", "doe.txt")),
        "sub/a.yaml",
        "texts/doe.txt",
    )
    assert file.sha256 == hashlib.sha256("甲\r\nb".encode()).hexdigest()


HINT = "`text` names a file beside the table, such as `sources/author-2003.txt`"


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("none.txt", "cannot read `none.txt`: no such file or directory"),
        ("/etc/passwd", "the path of a text must be relative to the folder of its table"),
        ("C:x.txt", "the path of a text must be relative to the folder of its table"),
        ("../x.txt", "the path of a text leaves the folder of its table"),
        ("a//b.txt", "the path of a text leaves the folder of its table"),
        ("a\\b.txt", "the path of a text is written with `/`"),
        ("sub", "the text `sub` is a folder, not a regular file"),
        ("latin.txt", "the text `latin.txt` is not UTF-8 at its byte 1"),
        ("large.txt", "the text `large.txt` is larger than 0 MiB"),
    ],
)
def test_a_text_that_cannot_be_had_is_a_fault_of_its_source(folder, monkeypatch, named, message):
    (folder / "sub").mkdir()
    (folder / "latin.txt").write_bytes(b"a\xe9b")
    (folder / "large.txt").write_text("x" * 2_000)
    (folder / "a.yaml").write_text(f"{HEAD}{SOURCE}  text: {named}\n")
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 1_000)
    assert faults("a.yaml") == [f"a.yaml:6:9: sources[0].text (doe): {message} [{HINT}]"]


def test_texts_are_read_once_and_bounded_together(folder, monkeypatch):
    (folder / "x.txt").write_text("x" * 10)
    (folder / "y.txt").write_text("y" * 10)
    second = SOURCE.removeprefix("sources:\n").replace("doe", "roe")
    (folder / "a.yaml").write_text(f"{HEAD}{SOURCE}  text: x.txt\n{second}  text: x.txt\n")
    monkeypatch.setattr(limits, "TEXTS_BYTES", 15)
    assert read(["a.yaml"]).texts == {"doe": "x" * 10, "roe": "x" * 10}
    (folder / "a.yaml").write_text(f"{HEAD}{SOURCE}  text: x.txt\n{second}  text: y.txt\n")
    assert faults("a.yaml") == [
        f"a.yaml:10:9: sources[1].text (roe): the texts of the table are larger than 0 MiB together [{HINT}]"
    ]


def test_problems_get_their_places_in_every_format(folder):
    (folder / "a.yaml").write_text(f"{HEAD}{AGENT}")
    (folder / "b.ndjson").write_text('\n{"record": "agent", "id": "beta", "kind": "drug", "names": {"en": "Beta"}}\n')
    problems = [
        Problem("agents", "beta", ("names", "en"), "is odd", "hm"),
        Problem("agents", "alpha", ("kind",), "is odd"),
    ]
    assert [tuple(fault) for fault in read(["a.yaml", "b.ndjson"]).faults(problems)] == [
        ("b.ndjson", 2, 67, "agent.names.en (beta)", "is odd", "hm"),
        ("a.yaml", 4, 9, "agents[0].kind (alpha)", "is odd", None),
    ]


def test_evidence_without_files_has_problems_without_places(folder):
    table = read_contents([(Content("x", "x", f"{HEAD}{AGENT}".encode(), digest(b"")), "yaml")]).table
    (fault,) = Evidence(table).faults([Problem("agents", "alpha", ("kind",), "is odd")])
    assert tuple(fault) == ("", None, None, "agents.kind (alpha)", "is odd", None)
