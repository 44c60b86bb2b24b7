"""An agent answers to each of its names, whatever their case, hyphens, blanks and width of letters."""

from asking import answer_of, store_of
from generated import VOCABULARY, table
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.questions.compare.question import Compare
from bonerx.store.queries import Store

SYNONYMS = ["vitamin K2", "Vit-K₂", "Menachinon", "维生素K2", "ビタミンK2", "ΒΙΤΑΜΊΝΗ Κ2", "Straßenname"]
CLAIM = {"id": "better", "kind": "comparison", "regimen": ["vitamin"], "comparator": ["loner"], "direction": "superior",
         "favours": "regimen", "hedge": {"level": "asserted"}, "summary": "So it is.",
         "sources": ["first-2001"]}  # fmt: skip


def asked() -> Store:
    agents = [
        {**agent, "synonyms": {"de": SYNONYMS}} if agent["id"] == "vitamin" else agent for agent in VOCABULARY["agents"]
    ]
    return store_of({**table([]), "agents": agents, "claims": [CLAIM]})


STORE = asked()
JOINTS = st.sampled_from([" ", "-", "_", "", "\u00a0", "\u2011", "\u3000", "  "])


@st.composite
def variants(draw: st.DrawFn) -> str:
    """Draw a way to write one of the names."""
    name = draw(st.sampled_from([*SYNONYMS, "vitamin"]))
    written = "".join(draw(JOINTS) if sign in " -" else sign for sign in name)
    changed = draw(st.sampled_from([str, str.upper, str.lower, str.title, str.casefold]))(written)
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" < sign <= "~" and sign not in "+-_" else sign for sign in changed)
    edge = draw(st.sampled_from(["", " ", "\u3000"]))
    return edge + draw(st.sampled_from([changed, wide])) + edge


@given(name=variants())
@settings(max_examples=100, deadline=None)
def test_every_way_to_write_a_name_answers_alike(name: str) -> None:
    plain = answer_of(STORE, Compare("vitamin", "loner"))
    assert answer_of(STORE, Compare(name, "loner")) == plain
    both = answer_of(STORE, Compare(f"{name}+loner", "alphas"))
    assert both["query"]["a"] == "loner+vitamin"
