"""A table that keeps every rule has no fault, the shipped one included, and faults come all at once."""

import subprocess
import sys
from dataclasses import dataclass, replace

import pytest

from bonerx.check.lookup import TableLookup
from bonerx.check.references import references
from bonerx.check.table import check_table, faults_of
from bonerx.evidence import limits
from bonerx.evidence.read import read
from bonerx.model.field import AgentId


def test_a_table_that_keeps_every_rule_has_no_fault(proven):
    assert proven() == []


def test_the_shipped_table_is_proven():
    assert check_table(read(["default"])) == []


def test_all_faults_come_at_once_in_order_of_place(proven):
    faults = proven(
        ("sources: [gone-2003]", "sources: [gone]"),
        ("kind: class", "kind: vitamin"),
        ("n: 90, events: 20", "n: 90, events: 95"),
    )
    assert [fault.split(" ")[0] for fault in faults] == ["8:10:", "105:13:", "117:56:"]


def test_a_note_says_why_printed_figures_differ(proven):
    printed = "value: 0.5, ci_low: 0.25, ci_high: 1.01, se: 0.358,"
    assert len(proven((printed, "value: 0.4, ci_low: 0.25, ci_high: 1.01, se: 0.2,"))) == 3
    assert proven((printed, "value: 0.4, ci_low: 0.25, ci_high: 1.01, se: 0.2, note: From life tables,")) == []


def test_figures_that_cannot_be_used_say_so(proven):
    assert proven(("n: 90, events: 20", "unusable: Counts are not given")) == []


def test_an_unusable_result_may_stand_beside_another(proven):
    line = "  - {arm: b, outcome: headache, n: 100, mean: 1.0, sd: 9.0, source: roe-2002, place: Table 2}\n"
    assert proven((line, line + line.replace("place", "unusable: Read off a figure, place"))) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("measure: MD, value: 1.5, ci_low: -1.1, ci_high: 4.1", "measure: RD, value: 0.5, ci_low: 0.4, ci_high: 0.6"),
        ("outcome: pain, measure: RR, months: 12", "outcome: pain, measure: OR, months: 12"),
        ("outcome: pain, measure: RR, months: 12", "outcome: pain, measure: HR, months: 12"),
        ("outcome: pain, measure: RR, months: 12", "outcome: pain, measure: RR, months: 6"),
        ("outcome: pain, measure: RR, months: 12", "outcome: pain, measure: RR, subgroup: the old, months: 12"),
    ],
)
def test_only_effects_that_the_arms_can_give_are_compared_with_them(proven, line, wrong):
    faults = proven((line, wrong))
    expected = ["arms' figures give OR 0.438"] if "OR" in wrong else []
    assert [fault for fault in faults if "figures give" in fault] == [
        fault for fault in faults if any(each in fault for each in expected)
    ]
    assert len(faults) == len(expected)


def test_a_table_full_of_faults_tells_the_first_thousand(tmp_path):
    claims = "".join(
        f"- {{id: c{number}, kind: usage, regimen: [nobody], direction: used, hedge: {{level: asserted}}}}\n"
        for number in range(600)
    )
    (tmp_path / "table.yaml").write_text(f"format: bonerx-evidence/1\nclaims:\n{claims}")
    faults = check_table(read([str(tmp_path / "table.yaml")]))
    assert len(faults) == limits.FAULTS + 1
    assert faults[-1].message == "there are more faults; these are the first 1000"


def test_a_record_is_proven_by_itself_against_what_is_known():
    evidence = read(["default"])
    known = TableLookup(evidence.table, evidence.texts)
    claim = evidence.table.claims[0]
    assert list(faults_of("claims", claim, known)) == []
    wrong = replace(claim, regimen=("aspirin",))
    assert [each.path for each in faults_of("claims", wrong, known)] == [("regimen", 0)]


def test_suggestions_stop_before_they_cost_too_much():
    known = TableLookup(read(["default"]).table, {})
    near = [known.nearest("agents", f"alendronat{number}") for number in range(100)]
    assert near[:50] == ["alendronate"] * 50
    assert set(near[50:]) == {None}
    assert known.nearest("agents", "alendronat0") == "alendronate"


def test_every_reference_of_a_record_is_found():
    claim = next(claim for claim in read(["default"]).table.claims if claim.comparator and claim.outcome)
    assert [(each.path, each.kind) for each in references(claim)] == [
        *((("regimen", number), "agents") for number in range(len(claim.regimen))),
        *((("comparator", number), "agents") for number in range(len(claim.comparator))),
        (("outcome",), "outcomes"),
        *([(("population", "id"), "populations")] if claim.population.id else []),
        (("sentences", 0), "sentences"),
    ]


@dataclass(frozen=True)
class Nested:
    by_name: dict[str, AgentId]
    nothing: dict[str, int]


def test_references_are_found_in_mappings_too():
    assert list(references(Nested(by_name={"x": "a"}, nothing={"y": 1}))) == [(("by_name", "x"), "agents", "a")]


def test_proving_needs_neither_yaml_nor_pydantic():
    code = (
        "import sys, bonerx.check.table; sys.exit(any(name in sys.modules for name in ('yaml', 'pydantic', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("  sentences: [doe-2001/S2]", "  sentences: [doe-2001/S9]"), "claims[1].sentences[0]"),
        (("comparator: [beta]", "comparator: [gamma-ray]"), "claims[1].comparator[0]"),
        (("sources: [gone-2003]", "sources: [gone-2004]"), "claims[4].sources[0]"),
        (("- {of: greeks, sentence", "- {of: romans, sentence"), "agents[0].classes[0].of"),
        (("id: doe-2001/S3\n  source: doe-2001", "id: doe-2009/S3\n  source: doe-2009"), "sentences[2].source"),
    ],
)
def test_what_names_no_record_is_told_once(proven, change, fault):
    """A rule that needs the record keeps silent; what else follows from its absence may be told as well."""
    found = [each for each in proven(change) if " has the id `" in each]
    assert found
    assert sum(fault in each for each in found) == 1
    assert not [each for each in proven(change) if fault in each and " has the id `" not in each]


def test_a_long_circle_is_told_in_short(tmp_path):
    agents = "".join(
        f"- {{id: a{number}, kind: drug, names: {{en: n{number}}}, broader: a{(number + 1) % 20}}}\n"
        for number in range(20)
    )
    (tmp_path / "table.yaml").write_text(f"format: bonerx-evidence/1\nagents:\n{agents}")
    (fault,) = check_table(read([str(tmp_path / "table.yaml")]))
    assert (fault.line, fault.message) == (
        22,
        "the agent is a part of itself: a0 < a1 < a2 < a3 < a4 < a5 < … < a19 < a0",
    )
