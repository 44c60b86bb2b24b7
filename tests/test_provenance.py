"""Every statement of the shipped table traces to a sentence at its offsets, every figure to a source and place."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from bonerx.model.claim import Claim
from bonerx.model.kinds import HedgeLevel, PopulationBasis
from bonerx.model.source import Passage, Sentence
from bonerx.model.table import EvidenceTable

DATA = Path(__file__).parent.parent / "data"
VALIDATOR = TypeAdapter(EvidenceTable)
FILES = ("evidence.yaml", "trials.yaml", "findings.yaml")
TABLES = {
    name: VALIDATOR.validate_python(yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader))
    for name in FILES
}
REVIEW, TRIALS, FINDINGS = (TABLES[name] for name in FILES)
SOURCES = {source.id: source for table in TABLES.values() for source in table.sources}
SENTENCES = {sentence.id: sentence for sentence in REVIEW.sentences}
CLAIMS = {claim.id: claim for claim in REVIEW.claims}

# The table of offsets of the reading rules: start and end in code points, English then Chinese.
OFFSETS = {
    "S1": {"en": (199, 348), "zh": (2040, 2088)},
    "S2": {"en": (349, 608), "zh": (2088, 2162)},
    "S3": {"en": (609, 805), "zh": (2162, 2219)},
    "S4": {"en": (806, 996), "zh": (2219, 2273)},
    "S5": {"en": (997, 1353), "zh": (2273, 2356)},
    "S6": {"en": (1354, 1542), "zh": (2356, 2408)},
    "S7": {"en": (1543, 1775), "zh": (2408, 2467)},
    "S8": {"en": (1776, 1877), "zh": (2467, 2494)},
    "S9": {"en": (1878, 2039), "zh": (2494, 2538)},
}
PASSAGES = [
    pytest.param(sentence, lang, passage, id=f"{sentence.id}-{lang}")
    for sentence in REVIEW.sentences
    for lang, passage in sentence.passages.items()
]


def text_of(source_id: str) -> str:
    name = SOURCES[source_id].text
    assert name is not None
    return (DATA / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize(("sentence", "lang", "passage"), PASSAGES)
def test_a_sentence_stands_in_its_source_code_point_for_code_point(
    sentence: Sentence, lang: str, passage: Passage
) -> None:
    assert text_of(sentence.source)[passage.start : passage.end] == passage.text


def test_the_offsets_are_those_of_the_reading_rules() -> None:
    found = {
        sentence.id.removeprefix("iwamoto-2003/"): {lang: (p.start, p.end) for lang, p in sentence.passages.items()}
        for sentence in REVIEW.sentences
    }
    assert found == OFFSETS


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sentences_cover_the_abstract_without_overlap(lang: str) -> None:
    text = text_of("iwamoto-2003")
    passages = [sentence.passages[lang] for sentence in REVIEW.sentences]
    for before, after in pairwise(passages):
        assert before.end <= after.start
        assert text[before.end : after.start].strip() == ""
    start, end = passages[0].start, passages[-1].end
    assert text[start - 1] == "\n"
    assert text[end : end + 1].strip() == ""


def test_english_is_the_first_language_of_every_sentence() -> None:
    assert {next(iter(sentence.passages)) for sentence in REVIEW.sentences} == {"en"}


@pytest.mark.parametrize("claim", REVIEW.claims, ids=lambda claim: claim.id)
def test_every_cue_stands_in_the_sentence_of_its_language(claim: Claim) -> None:
    for lang, cues in claim.hedge.cues.items():
        quoted = [SENTENCES[key].passages[lang].text for key in claim.sentences]
        for cue in cues:
            assert any(cue in text for text in quoted), cue


@pytest.mark.parametrize("claim", REVIEW.claims, ids=lambda claim: claim.id)
def test_a_hedged_claim_shows_its_cues_in_both_languages(claim: Claim) -> None:
    if claim.hedge.level is not HedgeLevel.ASSERTED or claim.hedge.cues:
        assert all(claim.hedge.cues.get(lang) for lang in ("en", "zh"))


def test_every_statement_of_every_sentence_is_a_claim() -> None:
    found = Counter(claim.sentences[0].removeprefix("iwamoto-2003/") for claim in REVIEW.claims)
    assert found == {"S1": 5, "S2": 10, "S3": 4, "S4": 2, "S5": 3, "S6": 1, "S7": 1, "S8": 1, "S9": 1}


@pytest.mark.parametrize("claim", REVIEW.claims, ids=lambda claim: claim.id)
def test_a_claim_rests_on_one_sentence_and_its_id_says_which(claim: Claim) -> None:
    (sentence,) = claim.sentences
    assert claim.id.startswith(sentence.removeprefix("iwamoto-2003/").lower() + "-")
    assert claim.summary is None


@pytest.mark.parametrize("claim", REVIEW.claims, ids=lambda claim: claim.id)
def test_a_claim_favours_a_side_only_where_the_sentence_compares(claim: Claim) -> None:
    assert (claim.favours is None) == (claim.comparator is None)


@pytest.mark.parametrize("claim", REVIEW.claims, ids=lambda claim: claim.id)
def test_a_population_has_an_id_exactly_when_the_sentence_names_one(claim: Claim) -> None:
    assert (claim.population.id is None) == (claim.population.basis is PopulationBasis.NOT_STATED)


def test_the_rats_are_the_only_animals_and_all_of_one_sentence() -> None:
    animal = [claim for claim in REVIEW.claims if claim.species != "human"]
    assert {(claim.species, claim.sentences) for claim in animal} == {("rat", ("iwamoto-2003/S5",))}
    assert {claim.population.id for claim in animal} == {"ovariectomized-rats"}


def test_a_membership_of_a_class_stands_in_a_sentence_that_names_both() -> None:
    names = {agent.id: agent.names["en"] for agent in REVIEW.agents}
    memberships = [(agent.id, membership) for agent in REVIEW.agents for membership in agent.classes]
    assert {agent for agent, _ in memberships} == {"etidronate", "alendronate", "risedronate"}
    for agent, membership in memberships:
        assert membership.sentence is not None
        text = SENTENCES[membership.sentence].passages["en"].text
        assert names[agent] in text
        assert names[membership.of] in text


def test_chinese_names_of_the_review_stand_in_its_text() -> None:
    text = text_of("iwamoto-2003")
    records = [*REVIEW.agents, *REVIEW.outcomes, *REVIEW.populations]
    absent = {record.names["zh"] for record in records if "zh" in record.names and record.names["zh"] not in text}
    assert absent == set()


def figures() -> list[object]:
    parts = [*TRIALS.published]
    for study in TRIALS.studies:
        parts += [*study.results, *study.contrasts]
    return parts


def test_every_figure_names_a_known_source_and_a_place_in_it() -> None:
    for figure in figures():
        assert figure.source in SOURCES, figure
        assert figure.place.strip(), figure


def test_every_id_that_a_record_names_is_defined_once() -> None:
    defined: dict[str, set[str]] = {}
    for kind in ("agents", "outcomes", "populations", "sources", "claims", "studies", "published", "findings"):
        ids = [record.id for table in TABLES.values() for record in getattr(table, kind)]
        assert len(ids) == len(set(ids)), kind
        defined[kind] = set(ids)
    agents, outcomes, populations = defined["agents"], defined["outcomes"], defined["populations"]
    for study in TRIALS.studies:
        arms = {arm.id for arm in study.arms}
        assert {agent for arm in study.arms for agent in arm.regimen} | set(study.background) <= agents
        assert {study.population} - {None} <= populations
        assert set(study.sources) <= defined["sources"]
        assert set(study.within) <= defined["studies"]
        assert {result.arm for result in study.results} <= arms
        assert {arm for contrast in study.contrasts for arm in (contrast.a, contrast.b)} <= arms
        assert {figure.outcome for figure in (*study.results, *study.contrasts)} <= outcomes
    for estimate in TRIALS.published:
        assert {*estimate.a, *estimate.b} <= agents
        assert estimate.outcome in outcomes
        assert set(estimate.covers) <= defined["studies"]
        assert {estimate.superseded_by} - {None} <= defined["sources"]
    for finding in FINDINGS.findings:
        assert finding.source in defined["sources"]
        assert finding.bears_on
        assert set(finding.bears_on) <= defined["claims"]


def test_sources_are_flagged_as_the_integrity_list_says() -> None:
    flagged = {(source.id, str(source.integrity.status)) for source in SOURCES.values()}
    assert {pair for pair in flagged if pair[1] != "none-known"} == {
        ("sato-2002", "retracted"),
        ("sato-2005", "retracted"),
        ("iwamoto-2009-meta", "retracted"),
        ("iwamoto-2006-rat", "retracted"),
        ("iwamoto-2003-rat", "retracted"),
        ("ishida-2004", "concern"),
        ("sato-2011", "concern"),
        ("cockayne-2006", "erratum"),
        ("mott-2019", "corrected"),
    }
    assert all(SOURCES[source].integrity.note for source, status in flagged if status != "none-known")


def test_a_finding_in_animals_bears_only_on_claims_in_animals() -> None:
    for finding in FINDINGS.findings:
        assert {CLAIMS[claim].species == "human" for claim in finding.bears_on} == {finding.species == "human"}
