"""Names of files, columns and labels that a terminal would obey are shown as escapes, in every form and message."""

import json
from pathlib import Path

import pytest
from asking import run

from bonerx.model.name import cleaned
from bonerx.render import Format
from bonerx.render.visible import OBEYED

EVIL = "e\x1b[31m\r\x07\u009b\u202e\u200f\u2066"
"""Escape codes, a carriage return, a bell, a control of Latin-1, and marks that turn the direction of writing."""
LABEL = "l\u2028\u200f\u061c"
"""What the reader of trials lets through of these."""
TABLE = "format: bonerx-evidence/1\nagents: [{id: zolpidox, kind: drug, names: {en: Zolpidox}}]\n"
GOOD, BAD = f"{EVIL}.yaml", f"bad{EVIL}.yaml"
TRIALS, COLUMNS, FAULTS = f"{EVIL}.csv", f"columns{EVIL}.csv", f"faults{EVIL}.csv"
HIP = ("pool", "alendronate", "placebo", "--outcome", "hip-fracture")
RUNS = [
    ("check", GOOD),
    ("check", BAD),
    ("check", f"no{EVIL}"),
    ("check", f"folder{EVIL}"),
    ("agents", "-e", GOOD),
    ("agents", "-e", BAD),
    ("agents", "-e", f"folder{EVIL}"),
    ("show", "zolpidox", "-e", GOOD),
    ("show", EVIL),
    ("compare", EVIL, "alendronate"),
    ("evidence", "--source", EVIL),
    ("evidence", "--text", EVIL),
    ("rank", "--outcome", EVIL),
    ("rank", "--lang", EVIL),
    ("pool", "--data", TRIALS),
    ("pool", "--data", COLUMNS),
    ("pool", "--data", COLUMNS, "--column", f"events=events{LABEL}"),
    ("pool", "--data", COLUMNS, "--column", EVIL),
    ("pool", "--data", FAULTS),
    ("pool", "--data", TRIALS, "--exclude", EVIL),
    ("network", "--data", TRIALS),
    ("network", "--data", TRIALS, "--reference", EVIL),
    ("league", "--data", TRIALS, "--better", "lower"),
    ("init", f"{EVIL}.txt", "-o", f"drafts{EVIL}.yaml"),
    ("init", f"{EVIL}.txt", "-o", EVIL),
    ("compile", GOOD, "-o", f"{EVIL}.db"),
    ("compile", GOOD, "-o", GOOD),
    ("export", "-e", GOOD, "--output", f"no{EVIL}/table.yaml"),
    ("agents", "--output", f"folder{EVIL}"),
    ("agents", f"--{EVIL}"),
    ("cache", EVIL),
    (EVIL,),
    (*HIP, "--level", EVIL),
    (*HIP, "--by", EVIL),
    (*HIP, "--plot", EVIL),
    (*HIP, "--plot", f"no{EVIL}/figure.png"),
    ("cache", "path"),
]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = f"one,{LABEL}x,12,150\none,p,25,148\ntwo{LABEL},{LABEL}x,10,100\ntwo{LABEL},p,20,100\n"
    contents = {
        GOOD: TABLE,
        BAD: TABLE.replace("names", "nams"),
        TRIALS: "study,treatment,events,n\n" + rows,
        COLUMNS: f"study,treatment,events{LABEL},n\n" + rows,
        FAULTS: f'study,treatment,events,n\n"{EVIL}","{EVIL}","12{EVIL}",1\n"{EVIL}",x,1,1\n"{EVIL}",x,1,1\n',
        f"{EVIL}.txt": "Alendronate increased lumbar spine BMD.",
    }
    for name, content in contents.items():
        Path(name).write_text(content, "utf-8", newline="")
    Path(f"folder{EVIL}").mkdir()


FORMS = [(asked, form) for asked in RUNS for form in ((*Format,) if asked in RUNS[:4] else (Format.CSV, Format.JSON))]
"""Every form of what is most unlike, and of the rest two of those that people do not read first."""


@pytest.mark.parametrize(
    ("arguments", "form"), FORMS, ids=lambda given: ascii("-".join(given)) if isinstance(given, tuple) else given.value
)
def test_nothing_that_a_terminal_obeys_is_written(
    arguments: tuple[str, ...], form: Format, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if arguments == ("cache", "path"):
        monkeypatch.setenv("BONERX_CACHE_DIR", str(tmp_path / EVIL))
    ran = run(*arguments, "--format", form.value)
    assert ran.code in (0, 1, 2, 3, 4), ran.err
    for text in (ran.out, ran.err):
        assert not OBEYED.search(text.replace("\r\n", "\n") if form is Format.CSV else text)


def test_a_script_reads_the_true_name_of_a_file_and_the_shown_one_of_a_study() -> None:
    document = run("check", GOOD, "--json").document
    assert document["evidence"][0]["path"] == GOOD
    pooled = run("pool", "--data", TRIALS, "--json").answer
    assert cleaned(f"two{LABEL}") in [study["study"] for study in pooled["studies"]]
    faults = [json.loads(line) for line in run("check", BAD, "--format", "ndjson").out.splitlines()]
    assert {fault["path"] for fault in faults} == {BAD}
