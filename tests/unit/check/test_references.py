"""Every identifier names a record; a wrong one is told with the nearest right one."""

# ruff: noqa: E501

import pytest

CASES = {
    "an outcome that is not there": (
        [("  regimen: [alpha]\n  outcome: pain\n", "  regimen: [alpha]\n  outcome: pane\n")],
        [
            "70:12: claims[0].outcome (c-alpha): no outcome has the id `pane` [did you mean `pain`?]",
        ],
    ),
    "an agent far from any": (
        [("c-rats\n  kind: mechanism\n  regimen: [alpha]", "c-rats\n  kind: mechanism\n  regimen: [xyzzy]")],
        [
            "87:13: claims[2].regimen[0] (c-rats): no agent has the id `xyzzy`",
        ],
    ),
    "a reference within a reference": (
        [("{of: greeks, sentence: doe-2001/S1}", "{of: greeks, sentence: doe-2001/S9}")],
        [
            "8:28: agents[0].classes[0].sentence (alpha): no sentence has the id `doe-2001/S9` [did you mean `doe-2001/S3`?]",
        ],
    ),
    "a finding on no claim": (
        [("bears_on: [c-alpha]", "bears_on: [c-alpha, c-alpa]")],
        [
            "129:71: findings[0].bears_on[1] (f-one): no claim has the id `c-alpa` [did you mean `c-alpha`?]",
        ],
    ),
    "a published estimate covering no study": (
        [("covers: [roe-2002]", "covers: [roe-2003]")],
        [
            "127:28: published[0].covers[0] (p-one): no study has the id `roe-2003` [did you mean `roe-2002`?]",
        ],
    ),
    "a population by emphasis": (
        [("population: {id: adults, basis: stated}", "population: {id: adults, basis: stated, emphasis: adult}")],
        [
            "73:53: claims[0].population.emphasis (c-alpha): no population has the id `adult` [did you mean `adults`?]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_references_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
