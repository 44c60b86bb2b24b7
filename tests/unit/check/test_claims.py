"""A claim rests on something, is worded as its sentence is, and favours whom its direction says."""

# ruff: noqa: E501

import pytest

CASES = {
    "rests on nothing": (
        [("  species: rat\n  sentences: [doe-2001/S3]", "  species: rat")],
        [
            "85:3: claims[2] (c-rats): the claim rests on nothing [name its `sentences`, or write a `summary` and name its `sources`]",
        ],
    ),
    "sentences and sources": (
        [
            (
                "  species: rat\n  sentences: [doe-2001/S3]",
                "  species: rat\n  sources: [doe-2001]\n  sentences: [doe-2001/S3]",
            )
        ],
        [
            "92:12: claims[2].sources (c-rats): the claim rests on sentences and names sources as well [leave `sources` out: the sentences name theirs]",
        ],
    ),
    "sentences and a summary": (
        [
            (
                "  species: rat\n  sentences: [doe-2001/S3]",
                "  species: rat\n  summary: Rats ran.\n  sentences: [doe-2001/S3]",
            )
        ],
        [
            "92:12: claims[2].summary (c-rats): the claim has sentences and a summary [leave one of them out: a claim rests on sentences or is a summary, never both]",
        ],
    ),
    "a summary of no source": (
        [("  sources: [roe-2002]\n  summary: The", "  summary: The")],
        [
            "98:12: claims[3].summary (c-summary): the summary names no source [name its `sources`]",
        ],
    ),
    "a blank summary": (
        [("summary: The trial found no effect.", 'summary: " "')],
        [
            "99:12: claims[3].summary (c-summary): the summary is blank [say in your own words what the sources state]",
        ],
    ),
    "a hedge without a cue": (
        [("hedge: {level: possible, cues: {en: [may be], zh: [可能]}}", "hedge: {level: possible}")],
        [
            "83:10: claims[1].hedge (c-better): the wording is `possible`, but no cue shows it [give the words that show it in `cues`, such as `{en: [may be]}`]",
        ],
    ),
    "a hedge with empty cues": (
        [("cues: {en: [may be], zh: [可能]}", "cues: {en: []}")],
        [
            "83:10: claims[1].hedge (c-better): the wording is `possible`, but no cue shows it [give the words that show it in `cues`, such as `{en: [may be]}`]",
        ],
    ),
    "a cue that does not stand there": (
        [("cues: {en: [may be]", "cues: {en: [may be, might be]")],
        [
            "83:48: claims[1].hedge.cues.en[1] (c-better): the cue `might be` does not stand in a sentence of the claim [copy the words from a sentence of the claim]",
        ],
    ),
    "a cue in another case": (
        [("cues: {en: [may be]", "cues: {en: [May be]")],
        [
            "83:40: claims[1].hedge.cues.en[0] (c-better): the cue `May be` does not stand in a sentence of the claim [it writes `may be`]",
        ],
    ),
    "a cue in a language the sentence is not in": (
        [("zh: [可能]", "fr: [peut]")],
        [
            "83:53: claims[1].hedge.cues.fr (c-better): no sentence of the claim is in `fr` [they are in `en`, `zh`]",
        ],
    ),
    "a cue outside of the summary": (
        [("hedge: {level: suggested}", "hedge: {level: suggested, cues: {en: [seems]}}")],
        [
            "97:41: claims[3].hedge.cues.en[0] (c-summary): the cue `seems` does not stand in the summary [copy the words from the summary]",
        ],
    ),
    "favours without a comparator": (
        [("  direction: treats", "  direction: treats\n  favours: regimen")],
        [
            "89:12: claims[2].favours (c-rats): the claim favours a side but has no comparator [name the `comparator`, or leave `favours` out]",
        ],
    ),
    "superior that favours nobody": (
        [("  favours: regimen\n", "")],
        [
            "75:3: claims[1].favours (c-better): the direction is `superior`, but the claim favours nobody [favours: regimen]",
        ],
    ),
    "superior that favours the comparator": (
        [("favours: regimen", "favours: comparator")],
        [
            "82:12: claims[1].favours (c-better): the direction is `superior`, but the claim favours the comparator [favours: regimen]",
        ],
    ),
    "no difference that favours one": (
        [("direction: superior", "direction: no-difference")],
        [
            "82:12: claims[1].favours (c-better): the direction is `no-difference`, but the claim favours the regimen [leave `favours` out]",
        ],
    ),
    "inferior that favours the regimen": (
        [("direction: superior", "direction: inferior")],
        [
            "82:12: claims[1].favours (c-better): the direction is `inferior`, but the claim favours the regimen [favours: comparator]",
        ],
    ),
    "compared with itself": (
        [("comparator: [beta]", "comparator: [beta, greeks]")],
        [
            "80:15: claims[1].comparator (c-better): the claim compares a regimen with itself [name what it is compared with]",
        ],
    ),
    "an empty comparator": (
        [("comparator: [beta]", "comparator: []")],
        [
            "80:15: claims[1].comparator (c-better): `comparator` names no agent [name one at least; `no-treatment` and `placebo` are agents too]",
        ],
    ),
    "a named agent of no class in it": (
        [("named: [alpha, alpha-salt]", "named: [alpha, placebo]")],
        [
            "79:18: claims[1].named[1] (c-better): `placebo` is no member of a class in this claim [`named` lists members of a class in the regimen or the comparator that the sentence names]",
        ],
    ),
    "no agent": (
        [("- id: c-summary\n  kind: efficacy\n  regimen: [beta]", "- id: c-summary\n  kind: efficacy\n  regimen: []")],
        [
            "95:12: claims[3].regimen (c-summary): `regimen` names no agent [name one at least; `no-treatment` and `placebo` are agents too]",
        ],
    ),
    "one agent combined": (
        [
            (
                "- id: c-summary\n  kind: efficacy\n  regimen: [beta]",
                "- id: c-summary\n  kind: efficacy\n  regimen: [beta]\n  combination: concurrent",
            )
        ],
        [
            "96:16: claims[3].combination (c-summary): one agent cannot be concurrent [leave `combination` out, or name the other agents]",
        ],
    ),
    "two agents alone": (
        [("combination: concurrent", "combination: alone")],
        [
            "78:16: claims[1].combination (c-better): 2 agents are not given alone [allowed: `concurrent`, `sequential`]",
        ],
    ),
    "an agent twice": (
        [("regimen: [greeks, beta]", "regimen: [greeks, beta, beta]")],
        [
            "77:27: claims[1].regimen[2] (c-better): the agent `beta` stands twice in the regimen [name it once]",
        ],
    ),
    "a population that is not named": (
        [("population: {id: adults, basis: stated}", "population: {basis: inherited}")],
        [
            "73:23: claims[0].population.basis (c-alpha): the population is `inherited`, but none is named [name it in `id`, or write `basis: not-stated`]",
        ],
    ),
    "a named population not stated": (
        [("population: {id: adults, basis: stated}", "population: {id: adults, basis: not-stated}")],
        [
            "73:35: claims[0].population.basis (c-alpha): the population `adults` is named, but said to be not stated [write `stated` or `inherited`, or leave `id` out]",
        ],
    ),
    "a species that is not the population's": (
        [("basis: stated}\n  species: rat", "basis: stated}")],
        [
            "85:3: claims[2].species (c-rats): the claim is about `human`, its population `rats` about `rat` [species: rat]",
        ],
    ),
    "retracted and unmarked": (
        [("  rests_on_retracted: true\n", "")],
        [
            "100:3: claims[4] (c-gone): the claim rests on retracted sources only: `gone-2003` [mark it with `rests_on_retracted: true`]",
        ],
    ),
    "marked and not retracted": (
        [("summary: The trial found no effect.", "summary: The trial found no effect.\n  rests_on_retracted: true")],
        [
            "100:23: claims[3].rests_on_retracted (c-summary): the claim is marked as resting on retracted sources only, but a source of it stands [leave the mark out]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_claims_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
