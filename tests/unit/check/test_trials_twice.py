"""One trial is one study: a report, a registration or figures that two studies share must be explained by `within`."""

import pytest

SECOND = """\
- id: again
  sources: [{source}]
{within}  arms:
  - {{id: one, regimen: [alpha]}}
  - {{id: two, regimen: [placebo]}}
  results:
  - {{arm: one, outcome: pain, months: 12, n: 90, events: {events}, source: roe-2002, place: Table 1}}
  - {{arm: two, outcome: pain, months: 12, n: 90, events: 20, source: roe-2002, place: Table 1}}
published:
"""
OTHER = """\
- id: other
  kind: randomised-trial
  read_as: record
  registration: nct1
sentences:
"""


def second(source, within="", events=10):
    return ("published:\n", SECOND.format(source=source, within=within, events=events))


def test_two_studies_with_nothing_in_common_are_two_trials(proven):
    assert proven(second("doe-2001", events=11)) == []


def test_a_review_may_report_two_trials(proven):
    table = ("  sources: [roe-2002]\n  population", "  sources: [roe-2002, doe-2001]\n  population")
    assert proven(second("doe-2001", events=11), table) == []


@pytest.mark.parametrize(
    ("changes", "place", "what"),
    [
        ([second("roe-2002", events=11)], "126:13: studies[1].sources[0]", "the report `roe-2002`"),
        (
            [("sentences:\n", OTHER), second("other", events=11)],
            "130:13: studies[1].sources[0]",
            "the registration nct1",
        ),
        ([second("doe-2001")], "131:3: studies[1].results", "the same figures"),
    ],
    ids=["report", "registration", "figures"],
)
def test_two_studies_that_share_something_are_one_trial(proven, changes, place, what):
    hint = "make them one study, or say by `within` that one's participants are a part of the other's"
    assert proven(*changes) == [f"{place} (again): it has {what} in common with the study `roe-2002` [{hint}]"]


def test_a_study_within_another_shares_what_it_likes(proven):
    assert proven(second("roe-2002", "  within: [roe-2002]\n")) == []
