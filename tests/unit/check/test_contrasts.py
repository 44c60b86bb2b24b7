"""A printed effect fits its interval, its standard error and the arms it was computed from."""

# ruff: noqa: E501

import pytest

CASES = {
    "an arm that is not there": (
        [("{a: a, b: b, outcome: pain", "{a: a, b: c, outcome: pain")],
        [
            "121:15: studies[0].contrasts[0].b (roe-2002): the study has no arm `c` [its arms: `a`, `b`]",
        ],
    ),
    "an arm with itself": (
        [("{a: a, b: b, outcome: pain", "{a: a, b: a, outcome: pain")],
        [
            "121:15: studies[0].contrasts[0].b (roe-2002): the contrast is of an arm with itself [name the arm it is compared with]",
        ],
    ),
    "one end of an interval": (
        [("ci_low: -1.1, ci_high: 4.1", "ci_low: -1.1")],
        [
            "123:5: studies[0].contrasts[1] (roe-2002): the interval has one end only: `ci_high` is missing [give both ends, or neither]",
            "123:5: studies[0].contrasts[1] (roe-2002): the contrast has neither an interval nor a standard error [add `ci_low` and `ci_high` or `se`, or say in `unusable` why it cannot be pooled]",
        ],
    ),
    "neither interval nor se": (
        [("value: 1.5, ci_low: -1.1, ci_high: 4.1,", "value: 1.5,")],
        [
            "123:5: studies[0].contrasts[1] (roe-2002): the contrast has neither an interval nor a standard error [add `ci_low` and `ci_high` or `se`, or say in `unusable` why it cannot be pooled]",
        ],
    ),
    "an interval upside down": (
        [("ci_low: -1.1, ci_high: 4.1", "ci_low: 4.1, ci_high: -1.1")],
        [
            "123:70: studies[0].contrasts[1].ci_low (roe-2002): the interval is upside down: 4.1 to -1.1 [the lower end goes first]",
        ],
    ),
    "an estimate outside": (
        [("value: 1.5, ci_low: -1.1", "value: 1.5, ci_low: 1.6")],
        [
            "123:57: studies[0].contrasts[1].value (roe-2002): the estimate 1.5 is outside its interval, 1.6 to 4.1 [mend one of them]",
        ],
    ),
    "an estimate out of the middle": (
        [("value: 1.5, ci_low: -1.1", "value: 1.5, ci_low: 1.4")],
        [
            "123:57: studies[0].contrasts[1].value (roe-2002): the estimate 1.5 is not in the middle of its interval, 1.4 to 4.1 [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "an estimate out of the middle of the log scale": (
        [("value: 0.6, ci_low: 0.45", "value: 0.6, ci_low: 0.58")],
        [
            "126:94: published[0].value (p-one): the estimate 0.6 is not in the middle of its interval on the log scale, 0.58 to 0.8 [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "a ratio of nought": (
        [("value: 0.6, ci_low: 0.45", "value: 0.0, ci_low: 0.0")],
        [
            "126:94: published[0].value (p-one): the RR must be greater than 0, not 0 [it is a ratio]",
        ],
    ),
    "a ratio below nought": (
        [("value: 0.6, ci_low: 0.45", "value: 0.6, ci_low: -0.45")],
        [
            "126:107: published[0].ci_low (p-one): the RR must not be below 0, as -0.45 is [it is a ratio]",
        ],
    ),
    "an se that the interval does not imply": (
        [("se: 0.358", "se: 0.5")],
        [
            "121:103: studies[0].contrasts[0].se (roe-2002): the interval implies a standard error of 0.356 on the log scale, not 0.5 [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "an effect that the arms do not give": (
        [("n: 90, events: 20", "n: 90, events: 19")],
        [
            "121:65: studies[0].contrasts[0].value (roe-2002): the arms' figures give RR 0.526, but 0.5 is printed [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "a mean difference that the arms do not give": (
        [("mean: 1.0, sd: 9.0", "mean: 1.2, sd: 9.0")],
        [
            "123:57: studies[0].contrasts[1].value (roe-2002): the arms' figures give MD 1.3, but 1.5 is printed [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "a shared variance that the arm does not give": (
        [("se: 0.358,", "se: 0.358, shared_variance: 0.5,")],
        [
            "121:127: studies[0].contrasts[0].shared_variance (roe-2002): 20 events in 90 people give a variance of 0.03889, not 0.5 [say in the `note` why they differ, or mend one of them]",
        ],
    ),
    "a contrast twice": (
        [
            (
                "  contrasts:\n",
                "  contrasts:\n  - {a: b, b: a, outcome: headache, measure: MD, value: -1.5, se: 1.3, source: roe-2002, place: Table 3}\n",
            )
        ],
        [
            "124:5: studies[0].contrasts[2] (roe-2002): the study has this contrast twice [keep one, or say in `unusable` why one is shown only]",
        ],
    ),
    "a published estimate against itself": (
        [("a: [alpha], b: [placebo]", "a: [alpha], b: [alpha]")],
        [
            "126:48: published[0].b (p-one): the estimate is of a regimen against itself [name what it is compared with]",
        ],
    ),
    "a published estimate superseded by itself": (
        [("covers: [roe-2002]", "superseded_by: doe-2001")],
        [
            "127:34: published[0].superseded_by (p-one): the estimate is superseded by its own source [name the later source]",
        ],
    ),
    "a published estimate of no study": (
        [("covers: [roe-2002]", "k: 0")],
        [
            "127:22: published[0].k (p-one): no study was pooled [leave `k` out where it is not known]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_contrasts_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
