"""Twice the input is about twice the work, whatever it is made of.

Work is counted, never timed: the instructions that the interpreter carries out, in whatever module. What happens inside
one instruction (a search, a copy) is not seen here; `tests/hostile/test_long_inputs.py` has inputs for that.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bonerx.draft import medline, plain_text, ris
from bonerx.draft.abstract import Abstract
from bonerx.draft.claims import drafts
from bonerx.draft.offsets import mend
from bonerx.draft.sentences import split
from bonerx.draft.sources import FreeIds, Publications
from bonerx.draft.vocabulary import Vocabulary
from bonerx.model.kinds import ReadAs, SourceKind
from bonerx.model.source import Passage, Sentence, Source

MOST = 2.3
"""What twice the input may cost: twice as much, and a little for sorting."""


def steps(work: Callable[[], object]) -> int:
    """Return how many instructions are carried out."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


TEXTS: dict[str, Callable[[int], str]] = {
    "short lines": lambda count: "word word\n" * count,
    "one letter a line": lambda count: "a\n" * count,
    "words that go on": lambda count: "word-\n" * count,
    "Chinese lines": lambda count: "睡眠很短\n" * count,
    "paragraphs": lambda count: "word\n\n" * count,
    "headings": lambda count: "RESULTS: Sleep is short.\n" * count,
    "headings in a line": lambda count: "RESULTS: " * count,
    "labelled lines": lambda count: "Title: Sleep\n" * count + "Sleep.\n" + "Year: 2021\n" * count,
    "blank lines": lambda count: "\n" * count + "Sleep.\n" + "\n" * count,
    "full stops": lambda count: "Ab cd. " * count,
    "nothing but full stops": lambda count: "Ab" + " ." * count,
    "Chinese full stops": lambda count: "好。" * count,
    "quotation marks": lambda count: '"a. ' * count,
    "brackets that nothing closes": lambda count: "(a. " * count,
    "brackets closed by others": lambda count: "(" * count + "]" * count,
    "brackets within brackets": lambda count: ("(" * 30 + "a. b" + ")" * 30) * (count // 10),
}
PUBMED: dict[str, Callable[[int], str]] = {
    "lines that go on": lambda count: "PMID- 1\nAB  - x\n" + "      a b\n" * count,
    "blank lines": lambda count: "PMID- 1\nAB  - x\n" + "      \n" * count,
    "authors": lambda count: "PMID- 1\nAB  - x.\n" + "AU  - Nemo A\n" * count,
    "headings": lambda count: "PMID- 1\nAB  - x.\n" + "MH  - Animals\n" * count,
    "notices": lambda count: "PMID- 1\nAB  - x.\n" + "EIN - J Inv. 2021\n" * count,
    "records": lambda count: "".join(f"PMID- {number}\nTI  - Sleep\nAB  - x.\n\n" for number in range(count)),
}
RIS: dict[str, Callable[[int], str]] = {
    "lines that go on": lambda count: "TY  - JOUR\nTI  - T\nAB  - x\n" + "a b\n" * count + "ER  - \n",
    "blank lines": lambda count: "TY  - JOUR\nTI  - T\nAB  - x\n" + "\n" * count + "ER  - \n",
    "authors": lambda count: "TY  - JOUR\nTI  - T\nAB  - x\n" + "AU  - Nemo, A\n" * count + "ER  - \n",
    "records": lambda count: "TY  - JOUR\nTI  - T\nAB  - x\nER  - \n\n" * count,
}
SENTENCES: dict[str, Callable[[int], str]] = {
    "words": lambda count: "Dormolin increased sleep time" + " word" * count + ".",
    "directions": lambda count: "Dormolin increased sleep time" + ", reduced" * count + ".",
    "clauses": lambda count: "Dormolin increased sleep time" + "; it increased" * count + ".",
    "hedges": lambda count: "Dormolin may increase sleep time" + ", may" * count + ".",
    "comparisons": lambda count: "Dormolin increased sleep time" + " more than" * count + ".",
    "names": lambda count: "Dormolin increased sleep time" + ", dormolin" * count + ".",
}


@pytest.mark.parametrize("shape", TEXTS)
def test_a_text_is_read_and_split_in_work_that_grows_with_it(shape: str) -> None:
    def read(count: int) -> object:
        return [split(each.text) for each in plain_text.read(TEXTS[shape](count), "f.txt", "f")]

    holds(read)


@pytest.mark.parametrize("shape", PUBMED)
def test_records_of_pubmed_are_read_in_work_that_grows_with_them(shape: str) -> None:
    holds(lambda count: medline.read(PUBMED[shape](count), "f.nbib", "f"))


@pytest.mark.parametrize("shape", RIS)
def test_records_in_ris_are_read_in_work_that_grows_with_them(shape: str) -> None:
    holds(lambda count: ris.read(RIS[shape](count), "f.ris", "f"))


@pytest.mark.parametrize("shape", SENTENCES)
def test_drafts_of_a_sentence_are_made_in_work_that_grows_with_it(shape: str, known: Vocabulary) -> None:
    names = known.names()

    def draft(count: int) -> object:
        text = SENTENCES[shape](count)
        sentence = Sentence(id="a/S1", source="a", passages={"en": Passage(start=0, end=len(text), text=text)})
        return drafts(sentence, names, known, species=None, retracted=False)

    holds(draft)


def test_a_publication_is_found_in_the_same_work_however_many_there_are() -> None:
    def add(count: int) -> object:
        held = Publications()
        for number in range(count):
            said = {"title": "Sleep", "pmid": f"{number}", "year": 2021}
            abstract = Abstract(place="f", stem="f", text=f"Sleep {number}.", **said)  # type: ignore[arg-type]
            assert held.of(abstract) is None
            assert held.citing(abstract) == []
            held.add(Source(id=f"s-{number}", kind=SourceKind.OTHER, read_as=ReadAs.ABSTRACT, **said), abstract.text)  # type: ignore[arg-type]
        return held

    holds(add)


def test_an_id_is_found_in_the_same_work_however_many_are_taken() -> None:
    def give(count: int) -> set[str]:
        taken: set[str] = set()
        ids = FreeIds(taken.__contains__)
        for _ in range(count):
            taken.add(ids.free("nemo-2021"))
        return taken

    assert give(3) == {"nemo-2021", "nemo-2021-2", "nemo-2021-3"}
    holds(give)


def holds(work: Callable[[int], object]) -> None:
    """Assert that twice the input is about twice the work."""
    work(10)  # whatever is made only once
    assert steps(lambda: work(800)) < MOST * steps(lambda: work(400))


@pytest.mark.parametrize("name", ["t.yaml", "t.json", "t.ndjson"])
def test_twice_the_quotations_and_the_text_are_about_twice_the_work(name: str, tmp_path: Path) -> None:
    def work(folder: str, count: int) -> int:
        (tmp_path / folder).mkdir()
        said = [f"Sentence {number} is here." for number in range(count)]
        (tmp_path / folder / "a.txt").write_text("Moved. " + " ".join(said))
        source = {"id": "a", "kind": "other", "read_as": "abstract", "text": "a.txt"}
        sentences = [
            {"id": f"a/S{number}", "source": "a", "passages": {"en": {"start": 0, "end": len(each), "text": each}}}
            for number, each in enumerate(said)
        ]
        if name.endswith(".ndjson"):
            lines = [{"record": "source", **source}, *({"record": "sentence", **each} for each in sentences)]
            content = "".join(json.dumps(line) + "\n" for line in lines)
        else:
            content = json.dumps({"format": "bonerx-evidence/1", "sources": [source], "sentences": sentences}, indent=1)
        path = tmp_path / folder / name
        path.write_text(content)
        found: list[object] = []
        counted = steps(lambda: found.extend(mend([str(path)])))
        assert len(found[0]) == count  # type: ignore[arg-type]
        return counted

    work("first", 10)
    assert work("twice", 80) < MOST * work("once", 40)
