"""Laws of drafting: sentences cover their text exactly, and what stands in a table is never lost."""

import re
import tempfile
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonerx.check.table import check_table
from bonerx.draft.read_files import read_publications
from bonerx.draft.sentences import split
from bonerx.draft.table import draft_table
from bonerx.evidence.origin import Evidence
from bonerx.evidence.read import read
from bonerx.evidence.yaml_writer import data, record
from bonerx.model.kinds import Better
from bonerx.model.source import Passage, Sentence
from bonerx.model.table import FORMAT, EvidenceTable
from bonerx.model.vocabulary import Agent, AgentKind, Outcome

PIECES = st.sampled_from(
    [
        *(
            "Dormolin may increase sleep time. ",
            "noctazine ",
            "placebo ",
            "多眠灵增加睡眠时间。",
            "多眠灵",
            "Methods. ",
        ),
        *(
            "Dormolin did not reduce night waking compared with placebo. ",
            "RESULTS: ",
            "【结果】 ",
            "目的：",
            "(n = 12) ",
        ),
        *("vs. ", "et al. ", "e.g. ", "3.5 ", "P<.001 ", "[1,2] ", "“yes.” ", '"no. yes" ', "J. Smith ", "vitamin D. "),
        *(
            "U.S. ",
            "α-x ",
            "mRNA ",
            "1. ",
            "；",
            "，",
            "……",
            "... ",
            "! ",
            "? ",
            "。",
            ".",
            "(",
            ")",
            '"',
            "“",
            ": ",
            "# ",
        ),
        *("- ", "{", "}", "é", "😀", "\n", "\r\n", "\u00a0", "\u3000"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
ANY_TEXT = st.one_of(TEXTS, st.text(max_size=200))
KNOWN = EvidenceTable(
    format=FORMAT,
    agents=(
        Agent(id="dormolin", kind=AgentKind.DRUG, names={"en": "dormolin", "zh": "多眠灵"}),
        Agent(id="noctazine", kind=AgentKind.DRUG, names={"en": "noctazine"}),
        Agent(id="placebo", kind=AgentKind.CONTROL, names={"en": "placebo"}),
    ),
    outcomes=(
        Outcome(id="sleep-time", names={"en": "sleep time", "zh": "睡眠时间"}, better=Better.HIGHER),
        Outcome(id="night-waking", names={"en": "night waking"}, better=Better.LOWER),
    ),
)


@given(ANY_TEXT)
def test_sentences_and_what_is_between_them_are_the_text(text: str) -> None:
    spans = split(text)
    rebuilt, at = "", 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        rebuilt += text[at:start] + text[start:end]
        at = end
    assert rebuilt + text[at:] == text


@given(ANY_TEXT)
def test_a_sentence_begins_and_ends_with_something_to_see_and_holds_a_word(text: str) -> None:
    for start, end in split(text):
        piece = text[start:end]
        assert piece == piece.strip()
        assert re.search(r"[^\W_]", piece)
        assert "\n" not in piece


@given(st.lists(st.sampled_from(["Sleep is short.", "It rained!", "药物有效。", "Was it so?"]), max_size=8))
def test_plain_sentences_are_found_again(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert [text[start:end] for start, end in split(text)] == pieces


@given(
    st.text(max_size=300).filter(
        lambda text: not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
    )
)
def test_any_text_is_written_as_yaml_that_reads_the_same(text: str) -> None:
    sentence = Sentence(id="a/S1", source="a", passages={"en": Passage(start=0, end=len(text), text=text)})
    assert yaml.safe_load("\n".join(record(sentence))) == [data(sentence)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_drafting_is_valid_lossless_and_done_once(first: str, second: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "t.yaml")
        before = ""
        for number, text in enumerate((first, second, first, second)):
            Path(folder, "a.txt").write_text(f"Title: Text {number % 2}\n\n{text}", encoding="utf-8", newline="")
            draft_table(read_publications([str(Path(folder, "a.txt"))]), str(table), Evidence(KNOWN), None)
            after = table.read_text(encoding="utf-8")
            kept = iter(after.splitlines())
            assert all(line in kept for line in before.splitlines() if not line.endswith("[]"))
            if number > 1:
                assert after == before
            before = after
        evidence = read([str(table)])
        assert check_table(evidence) == []
        assert all(claim.draft for claim in evidence.table.claims)
        for sentence in evidence.table.sentences:
            for passage in sentence.passages.values():
                assert evidence.texts[sentence.source][passage.start : passage.end] == passage.text
