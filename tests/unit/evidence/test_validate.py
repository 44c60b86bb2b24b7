"""A fault of a field says in plain words which it is, what is wrong with it and what is allowed."""

# ruff: noqa: E501

import pytest

from bonerx.evidence import limits

HEAD = "format: bonerx-evidence/1\n"
CLAIM = "claims:\n- id: c\n  kind: usage\n  regimen: [a]\n  direction: used\n  hedge: {level: asserted}\n"
SOURCE = "sources:\n- id: s\n  kind: other\n  read_as: record\n"
KINDS = "`usage`, `efficacy`, `mechanism`, `comparison`, `recommendation`, `proposal`"
FIELDS = "`format`, `title`, `agents`, `outcomes`, `populations`, `sources`, `sentences`, `claims`, `studies`, `published`, `findings`"
CASES = {
    "another format": (
        "format: bonerx-evidence/9\n",
        "1:9: format: `bonerx-evidence/9` is not allowed here [did you mean `bonerx-evidence/1`? Allowed: `bonerx-evidence/1`]",
    ),
    "no format": ("title: a\n", "1:1: format: `format` is missing"),
    "an unknown field": (f"{HEAD}titel: a\n", f"2:1: titel: unknown field `titel` [did you mean `title`? Allowed: {FIELDS}]"),
    "an unknown field of a record": (
        f"{HEAD}{CLAIM}  hedges: x\n",
        "8:3: claims[0].hedges (c): unknown field `hedges` [did you mean `hedge`? Allowed: `id`, `kind`, `regimen`, `combination`, `comparator`, `named`, `outcome`, `direction`, `favours`, `hedge`, `population`, `setting`, `species`, `sentences`, `sources`, `summary`, `rests_on_retracted`, `draft`, `note`]",
    ),
    "an unknown field deep down": (
        f"{HEAD}{SOURCE}  integrity: {{status: concern, nota: x}}\n",
        "6:32: sources[0].integrity.nota (s): unknown field `nota` [did you mean `note`? Allowed: `status`, `note`, `doi`]",
    ),
    "an unknown field in a list of records": (
        f"{HEAD}agents: [{{id: a, kind: drug, names: {{en: a}}, classes: [{{of: b, from: c}}]}}]\n",
        "2:64: agents[0].classes[0].from (a): unknown field `from` [allowed: `of`, `sentence`, `summary`]",
    ),
    "an unknown field of a passage": (
        f"{HEAD}sentences: [{{id: a/S1, source: a, passages: {{en: {{start: 0, end: 1, text: a, txt: b}}}}}}]\n",
        "2:78: sentences[0].passages.en.txt (a/S1): unknown field `txt` [did you mean `text`? Allowed: `start`, `end`, `text`]",
    ),
    "a missing field": (f"{HEAD}{CLAIM.replace('  kind: usage', '  note: x')}", f"3:3: claims[0].kind (c): `kind` is missing [allowed: {KINDS}]"),
    "a missing mapping": (f"{HEAD}{CLAIM.replace('  hedge: {level: asserted}', '  note: x')}", "3:3: claims[0].hedge (c): `hedge` is missing [its fields: `level`, `cues`]"),
    "no word of the vocabulary": (f"{HEAD}{CLAIM.replace('usage', 'eficacy')}", f"4:9: claims[0].kind (c): `eficacy` is not allowed here [did you mean `efficacy`? Allowed: {KINDS}]"),
    "a word far from any": (f"{HEAD}{CLAIM.replace('usage', 'xyz')}", f"4:9: claims[0].kind (c): `xyz` is not allowed here [allowed: {KINDS}]"),
    "a number for a text": (f"{HEAD}{SOURCE}  volume: 44\n", "6:11: sources[0].volume (s): must be a text, not the number 44 [put it in quotes]"),
    "a truth for a text": (f"{HEAD}{SOURCE}  title: true\n", "6:10: sources[0].title (s): must be a text, not `true` [put it in quotes]"),
    "a list for a text": (f"{HEAD}{SOURCE}  title: [a]\n", "6:10: sources[0].title (s): must be a text, not a list"),
    "a mapping for a text": (f"{HEAD}{SOURCE}  title: {{a: b}}\n", "6:10: sources[0].title (s): must be a text, not a mapping"),
    "an empty text": (f'{HEAD}{SOURCE}  title: ""\n', "6:10: sources[0].title (s): must not be empty [leave the field out where there is nothing to say]"),
    "a long text": (f"{HEAD}{SOURCE}  title: {'x' * 20_001}\n", "6:10: sources[0].title (s): is longer than 20000 characters"),
    "a text for a number": (f"{HEAD}{SOURCE}  year: '2003'\n", "6:9: sources[0].year (s): must be a whole number, not the text `2003`"),
    "a fraction for a whole number": (f"{HEAD}{SOURCE}  year: 2003.5\n", "6:9: sources[0].year (s): must be a whole number, not the number 2003.5"),
    "a number too small": (f"{HEAD}{SOURCE}  year: 203\n", "6:9: sources[0].year (s): must be at least 1500, not `203`"),
    "a number too large": (f"{HEAD}{SOURCE}  year: 20030\n", "6:9: sources[0].year (s): must be at most 2200, not `20030`"),
    "a text for a truth": (f"{HEAD}{CLAIM}  draft: 'true'\n", "8:10: claims[0].draft (c): must be `true` or `false`, not the text `true`"),
    "a text for a list": (f"{HEAD}{CLAIM.replace('[a]', 'a')}", "5:12: claims[0].regimen (c): must be a list, not the text `a` [write `[a]`]"),
    "nothing for a mapping": (f"{HEAD}{CLAIM.replace('{level: asserted}', '')}", "7:9: claims[0].hedge (c): must be a mapping, not nothing [leave the field out where there is nothing to say]"),
    "a text for a record": (f"{HEAD}findings: [a]\n", "2:12: findings[0]: must be a mapping, not the text `a` [its fields: `id`, `source`, `stance`, `bears_on`, `summary`, `species`, `note`]"),
    "a text for a mapping of languages": (f"{HEAD}agents: [{{id: a, kind: drug, names: a}}]\n", "2:37: agents[0].names (a): must be a mapping, not the text `a`"),
    "a mapping for all records": (f"{HEAD}agents: {{a: b}}\n", "2:9: agents: must be a list of records [write `agents: []`, or leave the field out]"),
    "an id in capitals": (f"{HEAD}{SOURCE.replace('id: s', 'id: Doe 2001')}", "3:7: sources[0].id (Doe 2001): `Doe 2001` is not an id [an id is lower-case letters and digits, words joined by single hyphens, such as `vitamin-k2`]"),
    "a sentence without a label": (f"{HEAD}{CLAIM}  sentences: [s]\n", "8:15: claims[0].sentences[0] (c): must have at least 3 characters"),
    "a sentence of no source": (f"{HEAD}{CLAIM}  sentences: [doe-2001]\n", "8:15: claims[0].sentences[0] (c): `doe-2001` is not an id [an id is the source's id, a slash and a label, such as `iwamoto-2003/S4`]"),
    "no language": (f"{HEAD}agents: [{{id: a, kind: drug, names: {{EN: a}}}}]\n", "2:38: agents[0].names.EN (a): `EN` is not a language code [it must be a language code such as `en` or `zh`]"),
    "too many synonyms": (f"{HEAD}agents: [{{id: a, kind: drug, names: {{en: a}}, synonyms: {{en: [{'x, ' * 1001}]}}}}]\n", "2:61: agents[0].synonyms.en (a): has more than 1000 items"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_fault_says_what_is_wrong_and_what_is_allowed(faults, text, expected):
    assert faults(text) == [expected]


def test_figures_have_bounds(faults):
    study = "studies: [{id: s, sources: [s], arms: [], contrasts: [{a: a, b: b, outcome: o, measure: MD, value: 1, source: s, place: p, "
    assert faults(f"{HEAD}{study}se: 0.0}}]}}]\n") == [
        "2:128: studies[0].contrasts[0].se (s): must be greater than 0, not `0.0`"
    ]
    assert faults(f"{HEAD}{study}se: '1'}}]}}]\n") == [
        "2:128: studies[0].contrasts[0].se (s): must be a number, not the text `1`"
    ]


def test_faults_come_from_all_records_at_once(faults):
    found = faults(f"{HEAD}titel: x\n{CLAIM.replace('usage', 'use')}- {{}}\n{SOURCE}  year: x\n")
    assert [fault.split(" ")[0] for fault in found] == ["2:1:", "5:9:", "9:3:", "9:3:", "9:3:", "9:3:", "9:3:", "14:9:"]


def test_a_fault_within_an_alias_stands_at_the_alias(faults):
    text = f"{HEAD}sources:\n- {{id: a, kind: other, read_as: record, integrity: &x {{status: bad}}}}\n- {{id: b, kind: other, read_as: record, integrity: *x}}\n"
    assert [fault.split(" ")[0] for fault in faults(text)] == ["3:64:", "4:52:"]


def test_a_record_of_countless_faults_is_one(faults, monkeypatch):
    monkeypatch.setattr(limits, "RECORD_FAULTS", 5)
    text = f"{HEAD}{CLAIM.replace('[a]', '[1, 2, 3, 4, 5, 6]')}"
    assert faults(text) == ["3:3: claims[0] (c): the record has 6 faults [write it anew]"]


def test_a_thousand_faulty_records_are_enough(faults):
    found = faults(f"{HEAD}claims: [{'1, ' * 3_000}]\n")
    assert len(found) == limits.FAULTS + 1
