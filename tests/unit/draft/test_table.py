"""Tables begun and added to: valid at once, lossless afterwards, silent until a person removes the mark."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bonerx.changing import TRIES, Changed
from bonerx.check.table import check_table
from bonerx.draft.read_files import read_publications
from bonerx.draft.table import Drafted, draft_table
from bonerx.errors import InvalidEvidence, Unreadable, UsageError
from bonerx.evidence.origin import Evidence
from bonerx.evidence.read import read
from bonerx.model.kinds import Integrity, ReadAs
from bonerx.model.source import Passage, Sentence, Source
from bonerx.model.table import EvidenceTable
from bonerx.model.vocabulary import Agent, AgentKind, Membership

ABSTRACT = """\
PMID- 90000001
TI  - Dormolin for short sleep
AB  - BACKGROUND: Sleep is short. RESULTS: Dormolin increased sleep time compared with placebo
      (P<.001). Dormolin may reduce night waking. CONCLUSION: Dormolin is recommended.
FAU - Nemo, Ann
AU  - Nemo A
DP  - 2021
"""
Draft = Callable[..., Drafted]


@pytest.fixture
def draft(tmp_path: Path, table: EvidenceTable) -> Draft:
    """Draft the table `t.yaml` from an abstract, with the invented vocabulary."""

    def drafted(text: str = ABSTRACT, known: EvidenceTable = table, name: str = "a.nbib", **texts: str) -> Drafted:
        (tmp_path / name).write_text(text, encoding="utf-8")
        evidence = Evidence(known, texts={source.replace("_", "-"): each for source, each in texts.items()})
        return draft_table(read_publications([str(tmp_path / name)]), str(tmp_path / "t.yaml"), evidence, None)

    return drafted


@pytest.fixture
def standing(tmp_path: Path) -> Callable[[], Evidence]:
    """Read the drafted table; it is proven first."""

    def found() -> Evidence:
        evidence = read([str(tmp_path / "t.yaml")])
        assert check_table(evidence) == []
        return evidence

    return found


def test_a_new_table_stands_on_its_own(draft: Draft, standing: Callable[[], Evidence], tmp_path: Path) -> None:
    result = draft()
    table = standing().table
    assert result.created
    assert [source.id for source in table.sources] == ["nemo-2021"]
    assert (table.sources[0].title, table.sources[0].read_as) == ("Dormolin for short sleep", ReadAs.ABSTRACT)
    assert [sentence.passages["en"].text for sentence in table.sentences] == [
        "Sleep is short.",
        "Dormolin increased sleep time compared with placebo (P<.001).",
        "Dormolin may reduce night waking.",
        "Dormolin is recommended.",
    ]
    assert [claim.id for claim in table.claims] == [
        "nemo-2021-s2-dormolin-sleep-time",
        "nemo-2021-s3-dormolin-night-waking",
        "nemo-2021-s4-dormolin-recommended",
    ]
    assert all(claim.draft for claim in table.claims)
    assert {agent.id for agent in table.agents} == {"somnians", "dormolin", "placebo"}
    assert {outcome.id for outcome in table.outcomes} == {"sleep-time", "night-waking"}
    assert (tmp_path / "sources" / "nemo-2021.txt").read_bytes().startswith(b"BACKGROUND: Sleep is short. RESULTS")


def test_the_table_says_above_each_draft_what_to_decide(draft: Draft, tmp_path: Path) -> None:
    draft()
    text = (tmp_path / "t.yaml").read_text("utf-8")
    assert text.startswith("# An evidence table, begun by `bonerx init`")
    comment = " ".join(
        line.strip().removeprefix("#").strip()
        for line in text[: text.index("- id: nemo-2021-s3-")].rsplit("\n\n", 1)[1].splitlines()
    )
    assert comment.startswith(
        "From the word `reduce`. To decide: direction: decreases; outcome: night-waking; comparator: none stated; "
        "population: not stated; hedge: possible by `may`; species: human."
    )


def test_the_same_abstract_again_changes_no_byte(draft: Draft, tmp_path: Path) -> None:
    draft()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert not draft().changed
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edited_table_keeps_every_edit(draft: Draft, standing: Callable[[], Evidence], tmp_path: Path) -> None:
    draft()
    path = tmp_path / "t.yaml"
    edit(path, "    sentences: [nemo-2021/S2]\n    draft: true\n", "    sentences: [nemo-2021/S2]   # read twice\n")
    edit(path, "direction: decreases", "direction: improves")
    edit(path, "kind: other\n", "kind: randomised-trial\n")
    edit(path, "format:", "# my own words\nformat:")
    before = path.read_text("utf-8")
    assert not draft().changed
    assert path.read_text("utf-8") == before
    assert draft(
        ABSTRACT.replace("90000001", "90000002").replace("2021", "2022").replace("Sleep is short.", "Sleep."),
        name="b.nbib",
    ).changed
    after = path.read_text("utf-8")
    assert [line for line in after.splitlines() if line in before.splitlines()] != []
    kept = iter(after.splitlines())
    assert all(line in kept for line in before.splitlines()), "every line stands, in its order"
    assert [source.id for source in standing().table.sources] == ["nemo-2021", "nemo-2022"]


def test_a_sentence_that_a_person_has_read_is_not_drafted_again(draft: Draft, tmp_path: Path) -> None:
    draft()
    path = tmp_path / "t.yaml"
    edit(path, "outcome: sleep-time\n", "outcome: night-waking\n")
    edit(path, "    sentences: [nemo-2021/S2]\n    draft: true\n", "    sentences: [nemo-2021/S2]\n")
    edit(path, "  - id: nemo-2021-s2-dormolin-sleep-time", "  - id: mine")
    assert not draft().changed


def test_words_added_later_bring_the_drafts_they_make_possible(
    draft: Draft, standing: Callable[[], Evidence], tmp_path: Path
) -> None:
    empty = EvidenceTable(format="bonerx-evidence/1")
    result = draft(known=empty)
    assert (result.drafts, result.agents) == ([], set())
    assert len(standing().table.sentences) == 4
    path = tmp_path / "t.yaml"
    edit(path, "agents: []", "agents:\n  - {id: dormolin, kind: drug, names: {en: dormolin}}")
    edit(path, "outcomes: []", "outcomes:\n  - {id: sleep-time, names: {en: sleep time}, better: higher}")
    before = path.read_text("utf-8")
    again = draft(known=empty)
    assert [each.claim.id for each in again.drafts] == [
        "nemo-2021-s2-dormolin-sleep-time",
        "nemo-2021-s4-dormolin-recommended",
    ]
    assert again.added["sentences"] == []
    assert all(line in path.read_text("utf-8").splitlines() for line in before.splitlines() if line != "claims: []")
    standing()


def test_own_words_count_before_known_ones(draft: Draft, standing: Callable[[], Evidence], tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        "format: bonerx-evidence/1\nagents:\n- {id: mine, kind: drug, names: {en: Dormolin}}\n", encoding="utf-8"
    )
    draft()
    table = standing().table
    assert {claim.regimen for claim in table.claims} == {("mine",)}
    assert "dormolin" not in {agent.id for agent in table.agents}


def test_a_text_of_another_is_never_overwritten(draft: Draft, standing: Callable[[], Evidence], tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "nemo-2021.txt").write_text("Another.")
    draft()
    assert (tmp_path / "sources" / "nemo-2021.txt").read_text("utf-8") == "Another."
    assert standing().table.sources[0].text == "sources/nemo-2021-2.txt"


def test_a_text_that_is_there_already_is_used(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text("Dormolin increased sleep time.")
    result = draft("Dormolin increased sleep time.\n", name="a.txt")
    assert result.texts == []
    assert len(result.drafts) == 1


def test_a_retracted_source_marks_its_claims(draft: Draft, standing: Callable[[], Evidence]) -> None:
    draft(ABSTRACT + "PT  - Retracted Publication\nRIN - J Inv. 2022\n")
    table = standing().table
    assert table.sources[0].integrity.status is Integrity.RETRACTED
    assert all(claim.rests_on_retracted for claim in table.claims)


def test_a_retraction_learned_later_is_said_and_nothing_is_changed(draft: Draft, tmp_path: Path) -> None:
    draft()
    before = (tmp_path / "t.yaml").read_text("utf-8")
    result = draft(ABSTRACT + "RIN - J Inv. 2022\n")
    (said,) = result.remarks
    assert "retracted (Retraction in: J Inv. 2022), the table none-known: correct `integrity` of `nemo-2021`" in said
    assert (tmp_path / "t.yaml").read_text("utf-8") == before


def test_another_abstract_of_the_same_publication_is_left(draft: Draft) -> None:
    draft()
    result = draft(ABSTRACT.replace("Sleep is short", "Sleep is long"))
    assert not result.changed
    assert "is not the text of `nemo-2021`" in result.remarks[0]


def test_a_record_without_an_abstract_is_a_record(draft: Draft, standing: Callable[[], Evidence]) -> None:
    result = draft("PMID- 7\nTI  - Nothing to read\n")
    (source,) = standing().table.sources
    assert (source.id, source.read_as, source.text) == ("pmid-7", ReadAs.RECORD, None)
    assert "has no abstract" in result.remarks[0]
    assert not draft("PMID- 7\nTI  - Nothing to read\n").changed


def test_several_publications_get_ids_of_their_own(draft: Draft, standing: Callable[[], Evidence]) -> None:
    other = ABSTRACT.replace("90000001", "90000002").replace("Sleep is short", "Sleep is long")
    draft(ABSTRACT + "\n" + other + "\n" + ABSTRACT)
    assert [source.id for source in standing().table.sources] == ["nemo-2021", "nemo-2021-2"]


def test_a_plain_text_takes_the_name_of_its_file(draft: Draft, standing: Callable[[], Evidence]) -> None:
    draft("Dormolin increased sleep time.", name="Ärztlicher Text_1.txt")
    assert [source.id for source in standing().table.sources] == ["arztlicher-text-1"]
    draft("多眠灵增加睡眠时间。", name="摘要.txt")
    sources = standing().table.sources
    assert [source.id for source in sources] == ["arztlicher-text-1", "source"]
    assert {lang for sentence in standing().table.sentences for lang in sentence.passages} == {"en", "zh"}


def traced(table: EvidenceTable) -> EvidenceTable:
    """The invented table with a class that is traced to a sentence of a source of its own."""
    text = "Dormolin is a somnian."
    agents = tuple(
        agent
        if agent.id != "dormolin"
        else Agent(
            id="dormolin",
            kind=AgentKind.DRUG,
            names=agent.names,
            classes=(Membership(of="somnians", sentence="book-2000/S1"),),
        )
        for agent in table.agents
    )
    passage = Passage(start=0, end=len(text), text=text)
    return EvidenceTable(
        format=table.format,
        agents=agents,
        outcomes=table.outcomes,
        sources=(Source(id="book-2000", kind="other", read_as="full-text", doi="10.1000/b", text="sources/book.txt"),),  # type: ignore[arg-type]
        sentences=(Sentence(id="book-2000/S1", source="book-2000", passages={"en": passage}),),
    )


def test_the_ground_of_a_class_comes_along(
    draft: Draft, standing: Callable[[], Evidence], table: EvidenceTable
) -> None:
    known = traced(table)
    draft(known=known, book_2000="Dormolin is a somnian.")
    found = standing().table
    assert [source.id for source in found.sources] == ["book-2000", "nemo-2021"]
    assert {agent.id: agent for agent in found.agents}["dormolin"] == known.agents[1]
    assert not draft(known=known, book_2000="Dormolin is a somnian.").changed


@pytest.mark.parametrize("taken", ["text", "publication"])
def test_a_ground_that_cannot_come_along_is_told_in_words(
    draft: Draft, standing: Callable[[], Evidence], table: EvidenceTable, tmp_path: Path, taken: str
) -> None:
    abstract = ABSTRACT
    if taken == "text":
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / "book.txt").write_text("Another.")
    else:
        abstract += "AID - 10.1000/b [doi]\n"
    result = draft(abstract, known=traced(table), book_2000="Dormolin is a somnian.")
    (membership,) = {agent.id: agent for agent in standing().table.agents}["dormolin"].classes
    assert membership.sentence is None
    assert membership.summary == "As stated in book-2000/S1 of the table that this was copied from."
    assert any("stands in the known table too, as `book-2000`" in each for each in result.remarks) == (taken != "text")


def test_a_table_that_is_not_valid_is_refused_and_left(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("format: bonerx-evidence/1\nagents: [{id: a}]\n")
    with pytest.raises(InvalidEvidence):
        draft()
    assert (tmp_path / "t.yaml").read_text("utf-8") == "format: bonerx-evidence/1\nagents: [{id: a}]\n"
    assert not (tmp_path / "sources").exists()


def test_a_layout_that_nothing_can_be_added_to_is_refused_and_left(draft: Draft, tmp_path: Path) -> None:
    text = "{format: bonerx-evidence/1, agents: []}\n"
    (tmp_path / "t.yaml").write_text(text)
    with pytest.raises(UsageError, match="braces"):
        draft()
    assert (tmp_path / "t.yaml").read_text("utf-8") == text


def test_what_cannot_be_put_in_as_meant_is_refused(draft: Draft, tmp_path: Path) -> None:
    text = "format: bonerx-evidence/1\nagents: [\n  {id: a, kind: drug, names: {en: a}}, # one\n]\n"
    (tmp_path / "t.yaml").write_text(text)
    with pytest.raises(InvalidEvidence):
        draft()
    assert (tmp_path / "t.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("saved", [1, TRIES - 1])
def test_what_an_editor_saves_meanwhile_is_kept_and_added_to(
    draft: Draft, standing: Callable[[], Evidence], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: int
) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("format: bonerx-evidence/1\n")
    times = editor(monkeypatch, path, saved)
    result = draft()
    assert len(times) == saved + 1
    assert path.read_text().startswith(f"format: bonerx-evidence/1\ntitle: Edit {saved}\n")
    assert [source.id for source in standing().table.sources] == ["nemo-2021"]
    assert result.texts == [str(tmp_path / "sources" / "nemo-2021.txt")]


def test_a_table_that_an_editor_saves_again_and_again_is_left_to_it(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("format: bonerx-evidence/1\n")
    editor(monkeypatch, path, TRIES)
    with pytest.raises(Changed, match="has changed since it was read"):
        draft()
    assert path.read_text() == f"format: bonerx-evidence/1\ntitle: Edit {TRIES}\n"
    assert {each.name for each in tmp_path.iterdir()} == {"a.nbib", "t.yaml"}


def test_a_table_that_somebody_begins_meanwhile_is_added_to(
    draft: Draft, standing: Callable[[], Evidence], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path / "t.yaml", 1)
    assert not draft().created
    assert standing().table.title == "Edit 1"


def test_a_table_that_is_removed_meanwhile_is_begun_anew(
    draft: Draft, standing: Callable[[], Evidence], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("format: bonerx-evidence/1\ntitle: Gone\n")
    editor(monkeypatch, path, 1, save=lambda _: path.unlink())
    assert draft().created
    assert standing().table.title is None


def editor(
    monkeypatch: pytest.MonkeyPatch, path: Path, times: int, save: Callable[[int], object] | None = None
) -> list[int]:
    """Save a table so many times right after it was read and drafts were made for it; return a list of these times."""
    from bonerx.draft import table as module

    prove_draft = module._prove
    seen: list[int] = []

    def meanwhile(*given: object) -> None:
        prove_draft(*given)  # type: ignore[arg-type]
        seen.append(len(seen) + 1)
        if len(seen) <= times:
            (save or (lambda time: path.write_text(f"format: bonerx-evidence/1\ntitle: Edit {time}\n")))(len(seen))

    monkeypatch.setattr(module, "_prove", meanwhile)
    return seen


def test_mode_links_and_marks_of_the_file_are_kept(
    draft: Draft, standing: Callable[[], Evidence], tmp_path: Path
) -> None:
    real = tmp_path / "real.yaml"
    real.write_bytes("\ufeffformat: bonerx-evidence/1\r\n".encode())
    real.chmod(0o640)
    (tmp_path / "t.yaml").symlink_to(real)
    draft()
    assert (tmp_path / "t.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_bytes().startswith("\ufeffformat: bonerx-evidence/1\r\n".encode())
    assert len(standing().table.claims) == 3


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, table: EvidenceTable) -> None:
    (tmp_path / "a.txt").write_text("Dormolin increased sleep time.")
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreadable, match="cannot write"):
        draft_table(
            read_publications([str(tmp_path / "a.txt")]), str(tmp_path / "file" / "t.yaml"), Evidence(table), None
        )
