"""What limits an answer: how much it rests on, what is known against it, what the table does not speak of."""

from typing import Any

import pytest
from small_table import Record, asked, says

from bonerx import Combo, Compare, Rank
from bonerx.model.kinds import Integrity, ReadAs, SourceKind

KINDS = {
    "narrative-review": ("a narrative review", "2 narrative reviews"),
    "systematic-review": ("a systematic review", "2 systematic reviews"),
    "meta-analysis": ("a meta-analysis", "2 meta-analyses"),
    "randomised-trial": ("a randomised trial", "2 randomised trials"),
    "non-randomised-study": ("a non-randomised study", "2 non-randomised studies"),
    "trial-design": ("a design of a trial", "2 designs of trials"),
    "animal-study": ("an animal study", "2 animal studies"),
    "guideline": ("a guideline", "2 guidelines"),
    "correction": ("a correction", "2 corrections"),
    "other": ("a publication", "2 publications"),
}
READ = {
    "full-text": "read in full", "part": "read in part", "abstract": "read as an abstract",
    "record": "known from its record", "secondary": "known from other publications",
}  # fmt: skip


def resting(*sources: Record) -> list[str]:
    """Return the caveats of an answer that rests on these sources."""
    records = [{"id": f"s-{number}", **source} for number, source in enumerate(sources, 1)]
    gone = all(source.get("integrity", {}).get("status") == "retracted" for source in sources)
    claim = says("x > y", source=" ".join(record["id"] for record in records), rests_on_retracted=gone)
    return [str(line) for line in asked(Compare("x", "y"), claim, sources=records)["caveats"]]


@pytest.mark.parametrize("kind", SourceKind)
def test_every_kind_of_source_has_its_words(kind: str) -> None:
    one, two = KINDS[kind]
    source = {"kind": kind, "read_as": "abstract", "year": 2001}
    assert resting(source)[0] == f"rests on 1 source: {one} of 2001, read as an abstract"
    assert resting(source, source)[0] == f"rests on 2 sources: {two} of 2001, read as an abstract"


@pytest.mark.parametrize("read", ReadAs)
def test_how_a_source_was_read_is_said(read: str) -> None:
    assert resting({"kind": "guideline", "read_as": read})[0] == (
        f"rests on 1 source: a guideline of unknown year, {READ[read]}"
    )


def test_sources_that_differ_in_anything_are_told_apart() -> None:
    first = {"kind": "guideline", "read_as": "abstract", "year": 2001}
    others = [{"year": 2002}, {"read_as": "part"}, {"kind": "other"}, {}]
    assert resting(first, *(first | other for other in others))[0] == (
        "rests on 5 sources: 2 guidelines of 2001, read as an abstract, a guideline of 2002, read as an abstract, "
        "a guideline of 2001, read in part and a publication of 2001, read as an abstract"
    )


@pytest.mark.parametrize("status", Integrity)
def test_what_is_known_against_a_source_limits_the_answer(status: str) -> None:
    source: dict[str, Any] = {"kind": "guideline", "read_as": "abstract", "year": 2001}
    notice = {} if status == "none-known" else {"integrity": {"status": status, "note": "read so"}}
    lines = [line for line in resting(source | notice) if line.startswith("integrity")]
    weight = "; counted in no verdict" if status == "retracted" else ""
    assert lines == ([] if status == "none-known" else [f"integrity: {status} (s-1){weight}"])


def test_the_gravest_stands_first() -> None:
    statuses = ["corrected", "concern", "none-known", "erratum", "retracted"]
    source = {"kind": "guideline", "read_as": "abstract"}
    lines = resting(*(
        source | ({"integrity": {"status": each, "note": "so"}} if each != "none-known" else {}) for each in statuses
    ))  # fmt: skip
    told = [line.split()[1] for line in lines if line.startswith("integrity")]
    assert told == ["retracted", "concern", "erratum", "corrected"]


SILENT = "no statement of this table is on "


@pytest.mark.parametrize(
    ("question", "claims", "silent"),
    [
        pytest.param(Compare("x", "y"), [], ["harms or interactions of x and y"], id="of both, on neither"),
        pytest.param(
            Compare("x", "y"), [says("x causes", on="nausea")], ["harms of y", "interactions of x and y"],
            id="the harms of one are told",
        ),
        pytest.param(
            Compare("x", "y"), [says("x causes", on="nausea"), says("y causes", on="nausea")],
            ["interactions of x and y"], id="the harms of both are told",
        ),
        pytest.param(
            Compare("x", "y"),
            [says("x+y causes", on="clash"), says("x causes", on="nausea"), says("y causes", on="nausea")],
            [], id="all is told",
        ),
        pytest.param(
            Compare("alpha-1", "x"), [says("alphas causes", on="nausea"), says("x causes", on="clash")],
            ["harms of x", "interactions of alpha 1"], id="a harm of the class is one of its member",
        ),
        pytest.param(
            Compare("vitamin", "x"), [says("vitamin-form causes", on="nausea")],
            ["harms of x", "interactions of vitamin and x"], id="a harm of a form is one of what it is a form of",
        ),
        pytest.param(
            Compare("alpha-1", "x"), [says("alpha-2 causes", on="nausea")], ["harms or interactions of alpha 1 and x"],
            id="a harm of another member is none",
        ),
        pytest.param(
            Combo(("x", "y")), [says("x causes", on="nausea")], ["harms of y", "interactions of x and y"], id="in combo"
        ),
        pytest.param(
            Rank(), [says("x before alphas"), says("x causes", on="nausea")],
            ["harms of alpha 1 and alpha 2", "interactions of alpha 1, alpha 2 and x"], id="of all that are ranked",
        ),
    ],
)  # fmt: skip
def test_harms_and_interactions_that_nothing_tells_are_named(
    question: Any, claims: list[Record], silent: list[str]
) -> None:
    caveats = asked(question, *claims)["caveats"]
    assert [line for line in caveats if line.startswith(SILENT)] == [f"{SILENT}{what}" for what in silent]


@pytest.mark.parametrize(
    ("sources", "year"),
    [("doe-2001", 2001), ("doe-2001 roe-2010", 2010), ("undated doe-2001", 2001), ("undated", None)],
)
def test_the_year_of_the_newest_source_is_said(sources: str, year: int | None) -> None:
    lines = asked(Compare("x", "y"), says("x > y", source=sources))["caveats"]
    newest = [line for line in lines if line.startswith("the newest source")]
    said = f"the newest source of these statements is of {year}: newer drugs and guidelines are not in them"
    assert newest == ([said] if year else [])
