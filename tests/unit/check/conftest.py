from collections.abc import Callable
from pathlib import Path

import pytest

from bonerx.check.table import check_table
from bonerx.errors import InvalidEvidence
from bonerx.evidence.read import read

TEXT = "Alpha lowers pain in adults. Beta may be better than gamma. Rats ran.\n甲减轻疼痛。乙可能更好。\n"

TABLE = """\
format: bonerx-evidence/1
agents:
- id: alpha
  kind: drug
  names: {en: Alpha}
  synonyms: {en: [A one]}
  classes:
  - {of: greeks, sentence: doe-2001/S1}
- id: alpha-salt
  kind: drug
  names: {en: Alpha salt}
  broader: alpha
- id: beta
  kind: drug
  names: {en: Beta, zh: 乙}
- id: greeks
  kind: class
  names: {en: Greeks}
- id: placebo
  kind: control
  names: {en: placebo}
outcomes:
- id: pain
  names: {en: Pain}
  better: lower
- id: headache
  names: {en: Headache}
  better: lower
  broader: [pain]
populations:
- id: adults
  names: {en: Adults}
- id: rats
  names: {en: Rats}
  species: rat
sources:
- id: doe-2001
  kind: narrative-review
  read_as: abstract
  doi: 10.1000/doe
  text: doe.txt
- id: roe-2002
  kind: randomised-trial
  read_as: full-text
  registration: NCT1
  pmid: "12"
- id: gone-2003
  kind: randomised-trial
  read_as: record
  integrity: {status: retracted, note: "Notice of 2004."}
sentences:
- id: doe-2001/S1
  source: doe-2001
  passages:
    en: {start: 0, end: 28, text: Alpha lowers pain in adults.}
    zh: {start: 70, end: 76, text: 甲减轻疼痛。}
- id: doe-2001/S2
  source: doe-2001
  passages:
    en: {start: 29, end: 59, text: Beta may be better than gamma.}
    zh: {start: 76, end: 82, text: 乙可能更好。}
- id: doe-2001/S3
  source: doe-2001
  passages:
    en: {start: 60, end: 69, text: Rats ran.}
claims:
- id: c-alpha
  kind: efficacy
  regimen: [alpha]
  outcome: pain
  direction: decreases
  hedge: {level: asserted}
  population: {id: adults, basis: stated}
  sentences: [doe-2001/S1]
- id: c-better
  kind: comparison
  regimen: [greeks, beta]
  combination: concurrent
  named: [alpha, alpha-salt]
  comparator: [beta]
  direction: superior
  favours: regimen
  hedge: {level: possible, cues: {en: [may be], zh: [可能]}}
  sentences: [doe-2001/S2]
- id: c-rats
  kind: mechanism
  regimen: [alpha]
  direction: treats
  hedge: {level: asserted}
  population: {id: rats, basis: stated}
  species: rat
  sentences: [doe-2001/S3]
- id: c-summary
  kind: efficacy
  regimen: [beta]
  direction: no-effect
  hedge: {level: suggested}
  sources: [roe-2002]
  summary: The trial found no effect.
- id: c-gone
  kind: efficacy
  regimen: [beta]
  direction: prevents
  hedge: {level: asserted}
  sources: [gone-2003]
  summary: The retracted trial said so.
  rests_on_retracted: true
studies:
- id: roe-2002
  sources: [roe-2002]
  population: adults
  arms:
  - {id: a, regimen: [alpha], randomised: 100}
  - {id: b, regimen: [placebo], randomised: 100}
  results:
  - {arm: a, outcome: pain, months: 12, n: 90, events: 10, source: roe-2002, place: Table 1}
  - {arm: b, outcome: pain, months: 12, n: 90, events: 20, source: roe-2002, place: Table 1}
  - {arm: a, outcome: headache, n: 100, mean: 2.5, sd: 10.0, se: 1.0, source: roe-2002, place: Table 2}
  - {arm: b, outcome: headache, n: 100, mean: 1.0, sd: 9.0, source: roe-2002, place: Table 2}
  contrasts:
  - {a: a, b: b, outcome: pain, measure: RR, months: 12, value: 0.5, ci_low: 0.25, ci_high: 1.01, se: 0.358,
     source: roe-2002, place: Table 3}
  - {a: a, b: b, outcome: headache, measure: MD, value: 1.5, ci_low: -1.1, ci_high: 4.1,
     source: roe-2002, place: Table 3}
published:
- {id: p-one, source: doe-2001, a: [alpha], b: [placebo], outcome: pain, measure: RR, value: 0.6, ci_low: 0.45,
   ci_high: 0.80, covers: [roe-2002], place: Figure 1}
findings:
- {id: f-one, source: roe-2002, stance: supports, bears_on: [c-alpha], summary: The trial agrees.}
"""

Proven = Callable[..., list[str]]


@pytest.fixture
def proven(tmp_path: Path) -> Proven:
    """Return what `check` says of the table above with some of its text replaced: a line a fault."""

    def run(*changes: tuple[str, str], text: str = TEXT) -> list[str]:
        table = TABLE
        for old, new in changes:
            assert table.count(old) == 1, old
            table = table.replace(old, new)
        (tmp_path / "table.yaml").write_text(table, encoding="utf-8")
        (tmp_path / "doe.txt").write_text(text, encoding="utf-8")
        try:
            faults = check_table(read([str(tmp_path / "table.yaml")]))
        except InvalidEvidence as error:
            faults = list(error.faults)
        assert {fault.path for fault in faults} <= {str(tmp_path / "table.yaml")}
        return [
            f"{fault.line}:{fault.column}: {fault.where}: {fault.message}" + (f" [{fault.hint}]" if fault.hint else "")
            for fault in faults
        ]

    return run
