"""The figures of an arm are possible and can be pooled, or say why not."""

# ruff: noqa: E501

import pytest

CASES = {
    "an arm that is not there": (
        [("{arm: a, outcome: pain", "{arm: aa, outcome: pain")],
        [
            "116:11: studies[0].results[0].arm (roe-2002): the study has no arm `aa` [did you mean `a`? its arms: `a`, `b`]",
        ],
    ),
    "two arms of one id": (
        [("{id: b, regimen: [placebo]", "{id: a, regimen: [placebo]")],
        [
            "114:10: studies[0].arms[1].id (roe-2002): the study has two arms `a` [give one of them another id]",
            "117:11: studies[0].results[1].arm (roe-2002): the study has no arm `b` [its arms: `a`]",
            "119:11: studies[0].results[3].arm (roe-2002): the study has no arm `b` [its arms: `a`]",
            "121:15: studies[0].contrasts[0].b (roe-2002): the study has no arm `b` [its arms: `a`]",
            "123:15: studies[0].contrasts[1].b (roe-2002): the study has no arm `b` [its arms: `a`]",
        ],
    ),
    "one arm only": (
        [("  - {id: b, regimen: [placebo], randomised: 100}\n", "")],
        [
            "113:3: studies[0].arms (roe-2002): a randomised study has two arms at least [add the other arm, or write `randomised: false`]",
            "116:11: studies[0].results[1].arm (roe-2002): the study has no arm `b` [its arms: `a`]",
            "118:11: studies[0].results[3].arm (roe-2002): the study has no arm `b` [its arms: `a`]",
            "120:15: studies[0].contrasts[0].b (roe-2002): the study has no arm `b` [its arms: `a`]",
            "122:15: studies[0].contrasts[1].b (roe-2002): the study has no arm `b` [its arms: `a`]",
        ],
    ),
    "no source": (
        [("  sources: [roe-2002]\n  population", "  sources: []\n  population")],
        [
            "109:7: studies[0].id (roe-2002): the id `roe-2002` is also an id in `sources` [`show` needs every id to name one record; give it another]",
            "110:12: studies[0].sources (roe-2002): the study names no source [name the publication it was read in]",
        ],
    ),
    "an arm of one agent combined": (
        [("{id: b, regimen: [placebo],", "{id: b, regimen: [placebo], combination: sequential,")],
        [
            "114:46: studies[0].arms[1].combination (roe-2002): one agent cannot be sequential [leave `combination` out, or name the other agents]",
        ],
    ),
    "another species": (
        [("  population: adults\n", "  population: adults\n  species: rat\n")],
        [
            "112:12: studies[0].species (roe-2002): the study is in `rat`, its population `adults` is `human` [species: human]",
        ],
    ),
    "more events than people": (
        [("n: 90, events: 10", "n: 9, events: 10")],
        [
            "116:55: studies[0].results[0].events (roe-2002): 10 events in 9 people [count people with an event, or mend one of the figures]",
        ],
    ),
    "more analysed than randomised": (
        [("n: 90, events: 10", "n: 101, events: 10")],
        [
            "116:44: studies[0].results[0].n (roe-2002): 101 were analysed, but only 100 randomised to `a` [compare both with the publication]",
            "121:65: studies[0].contrasts[0].value (roe-2002): the arms' figures give RR 0.446, but 0.5 is printed [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "events without people": (
        [("n: 90, events: 10", "events: 10")],
        [
            "116:5: studies[0].results[0] (roe-2002): the result does not say of how many people: `n` is missing [add it, or say in `unusable` why the figures cannot be pooled]",
        ],
    ),
    "nobody analysed": (
        [("n: 90, events: 10", "n: 0, events: 0")],
        [
            "116:44: studies[0].results[0].n (roe-2002): nobody was analysed [add it, or say in `unusable` why the figures cannot be pooled]",
        ],
    ),
    "neither events nor a mean": (
        [("n: 90, events: 10", "n: 90")],
        [
            "116:5: studies[0].results[0] (roe-2002): the result has neither `events` nor a `mean` [add it, or say in `unusable` why the figures cannot be pooled]",
        ],
    ),
    "events and a mean": (
        [("n: 90, events: 10", "n: 90, events: 10, mean: 1.0, sd: 1.0")],
        [
            "116:5: studies[0].results[0] (roe-2002): the result has events and a mean [write two results, one each]",
        ],
    ),
    "a mean without dispersion": (
        [("mean: 1.0, sd: 9.0", "mean: 1.0")],
        [
            "119:47: studies[0].results[3].mean (roe-2002): the mean has neither `sd` nor `se` [add it, or say in `unusable` why the figures cannot be pooled]",
        ],
    ),
    "sd and se that disagree": (
        [("sd: 10.0, se: 1.0", "sd: 10.0, se: 2.0")],
        [
            "118:66: studies[0].results[2].se (roe-2002): sd 10 in 100 people gives se 1, not 2 [one of them may be the other, or a confidence interval]",
        ],
    ),
    "two results of an arm": (
        [
            (
                "{arm: b, outcome: pain, months: 12, n: 90, events: 20,",
                "{arm: a, outcome: pain, months: 12, n: 90, events: 20,",
            )
        ],
        [
            "117:5: studies[0].results[1] (roe-2002): the arm `a` has two results on `pain` at 12 months [keep one, or say in `unusable` why one is shown only]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_results_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
