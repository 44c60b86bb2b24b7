"""A name and an id name one record, and nothing is a part of itself."""

# ruff: noqa: E501

import pytest

CASES = {
    "the mark of a sequence in an id": (
        [("- id: alpha-salt", "- id: alpha-then-salt"), ("named: [alpha, alpha-salt]", "named: [alpha]")],
        [
            "9:7: agents[1].id (alpha-then-salt): the id holds `-then-`, which stands between the agents of a sequence [give it another id]",
        ],
    ),
    "a member of what is no class": (
        [("kind: class", "kind: vitamin")],
        [
            "8:10: agents[0].classes[0].of (alpha): `greeks` is no class but a vitamin [name a class here; `broader` is for what an agent is a form of]",
        ],
    ),
    "a membership without ground": (
        [("{of: greeks, sentence: doe-2001/S1}", "{of: greeks}")],
        [
            "8:5: agents[0].classes[0] (alpha): the membership has no ground [name the `sentence` that states it, or say in a `summary` how it is known]",
        ],
    ),
    "a membership with two grounds": (
        [("{of: greeks, sentence: doe-2001/S1}", "{of: greeks, sentence: doe-2001/S1, summary: So it is.}")],
        [
            "8:5: agents[0].classes[0] (alpha): the membership has both a sentence and a summary as its ground [name the `sentence` that states it, or say in a `summary` how it is known]",
        ],
    ),
    "a synonym that is another's name": (
        [("en: [A one]", "en: [A one, be-ta]")],
        [
            "6:26: agents[0].synonyms.en[1] (alpha): the name `be-ta` is also a name of the agent `beta`, in line 13 [a name names one of them; blanks, hyphens and case do not count]",
        ],
    ),
    "a name that is another's id": (
        [("names: {en: placebo}", "names: {en: Alpha_Salt}")],
        [
            "21:15: agents[4].names.en (placebo): the name `Alpha_Salt` is also a name of the agent `alpha-salt`, in line 9 [a name names one of them; blanks, hyphens and case do not count]",
        ],
    ),
    "a name without a letter": (
        [("names: {en: placebo}", 'names: {en: "- -"}')],
        [
            "21:15: agents[4].names.en (placebo): the name `- -` holds no letter or digit [write a name]",
        ],
    ),
    "names of two outcomes": (
        [("names: {en: Headache}", "names: {en: PAIN}")],
        [
            "27:15: outcomes[1].names.en (headache): the name `PAIN` is also a name of the outcome `pain`, in line 23 [a name names one of them; blanks, hyphens and case do not count]",
        ],
    ),
    "agents in a circle": (
        [("  synonyms: {en: [A one]}", "  synonyms: {en: [A one]}\n  broader: alpha-salt")],
        [
            "13:12: agents[1].broader (alpha-salt): the agent is a part of itself: alpha < alpha-salt < alpha [leave one of these steps out]",
        ],
    ),
    "an outcome broader than itself": (
        [("broader: [pain]", "broader: [pain, headache]")],
        [
            "29:19: outcomes[1].broader[1] (headache): the outcome is a part of itself: headache < headache [leave one of these steps out]",
        ],
    ),
    "one id of two kinds": (
        [("- id: c-rats", "- id: rats")],
        [
            "85:7: claims[2].id (rats): the id `rats` is also an id in `populations` [`show` needs every id to name one record; give it another]",
        ],
    ),
    "a study with the id of another's source": (
        [
            ("- id: roe-2002\n  sources: [roe-2002]", "- id: doe-2001\n  sources: [roe-2002]"),
            ("covers: [roe-2002]", "covers: [doe-2001]"),
        ],
        [
            "109:7: studies[0].id (doe-2001): the id `doe-2001` is also an id in `sources` [`show` needs every id to name one record; give it another]",
        ],
    ),
    "a study within itself": (
        [("  population: adults\n", "  population: adults\n  within: [roe-2002]\n")],
        [
            "112:12: studies[0].within[0] (roe-2002): the study is a part of itself: roe-2002 < roe-2002 [leave one of these steps out]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_vocabulary_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
