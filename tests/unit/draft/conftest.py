"""An invented field of medicine: the drugs, outcomes and populations of the drafts in these tests."""

from collections.abc import Callable

import pytest

from bonerx.draft.claims import drafts
from bonerx.draft.vocabulary import Vocabulary, vocabulary
from bonerx.model.claim import Claim
from bonerx.model.kinds import Better, Domain
from bonerx.model.source import Passage, Sentence
from bonerx.model.table import FORMAT, EvidenceTable
from bonerx.model.vocabulary import Agent, AgentKind, Membership, Outcome, Population

CLASS = Agent(id="somnians", kind=AgentKind.CLASS, names={"en": "somnians", "zh": "眠药类"})
AGENTS = (
    CLASS,
    Agent(
        id="dormolin",
        kind=AgentKind.DRUG,
        names={"en": "dormolin", "zh": "多眠灵"},
        synonyms={"en": ("DRM",)},
        classes=(Membership(of="somnians", summary="Invented."),),
    ),
    Agent(id="noctazine", kind=AgentKind.DRUG, names={"en": "noctazine", "zh": "诺克嗪"}),
    Agent(id="herb-x2", kind=AgentKind.OTHER, names={"en": "herb X2"}),
    Agent(id="placebo", kind=AgentKind.CONTROL, names={"en": "placebo", "zh": "安慰剂"}),
)
OUTCOMES = (
    Outcome(id="sleep-time", names={"en": "sleep time", "zh": "睡眠时间"}, better=Better.HIGHER),
    Outcome(
        id="night-waking",
        names={"en": "night waking", "zh": "夜醒"},
        synonyms={"en": ("awakening",)},
        better=Better.LOWER,
    ),
    Outcome(id="receptor-binding", names={"en": "receptor binding"}, better=Better.HIGHER, domain=Domain.MECHANISM),
)
POPULATIONS = (Population(id="dormolin-users", names={"en": "dormolin users"}),)
TABLE = EvidenceTable(format=FORMAT, agents=AGENTS, outcomes=OUTCOMES, populations=POPULATIONS)


@pytest.fixture
def table() -> EvidenceTable:
    return TABLE


@pytest.fixture
def known() -> Vocabulary:
    return vocabulary(None, TABLE, {})


@pytest.fixture
def drafted(known: Vocabulary) -> Callable[..., list[str]]:
    """What is drafted from one sentence: sides, direction, outcome and favoured side of every draft."""
    names = known.names()

    def draft(text: str, lang: str = "en") -> list[str]:
        passages = {lang: Passage(start=0, end=len(text), text=text)}
        sentence = Sentence(id="doe-2021/S1", source="doe-2021", passages=passages)
        found = drafts(sentence, names, known, species=None, retracted=False)
        assert all(each.claim.draft for each in found)
        assert all(each.claim.population.id is None for each in found)
        assert all(each.word in text for each in found)
        return [_short(each.claim) for each in found]

    return draft


def _short(claim: Claim) -> str:
    against = f" vs {'+'.join(claim.comparator)}" if claim.comparator else ""
    favours = f" ({claim.favours.value})" if claim.favours else ""
    return f"{'+'.join(claim.regimen)}{against} {claim.direction.value} {claim.outcome or '-'}{favours}"
