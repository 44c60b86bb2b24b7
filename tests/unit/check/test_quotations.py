"""Every quotation stands in its text, code point for code point; where it does not, the right offsets are told."""

# ruff: noqa: E501

import pytest

CASES = {
    "offsets too late by one": (
        [("{start: 0, end: 28,", "{start: 1, end: 29,")],
        [
            "55:17: sentences[0].passages.en.start (doe-2001/S1): the sentence stands elsewhere in the text, 1 code point before [start: 0, end: 28]",
        ],
    ),
    "offsets too early": (
        [("{start: 60, end: 69,", "{start: 41, end: 50,")],
        [
            "65:17: sentences[2].passages.en.start (doe-2001/S3): the sentence stands elsewhere in the text, 19 code points further on [start: 60, end: 69]",
        ],
    ),
    "an end that does not fit": (
        [("{start: 0, end: 28,", "{start: 0, end: 27,")],
        [
            "55:25: sentences[0].passages.en.end (doe-2001/S1): the text has 28 code points, but `end` is 27 after `start` [end: 28]",
        ],
    ),
    "one character changed": (
        [("text: Alpha lowers pain in adults.", "text: Alpha lowers pain ìn adults.")],
        [
            "55:35: sentences[0].passages.en.text (doe-2001/S1): the sentence differs from the text at its character 19: `ì` (U+00EC latin small letter i with grave) here, `i` (U+0069 latin small letter i) there [the text has `Alpha lowers pain in adults.`]",
        ],
    ),
    "one character changed and offsets wrong": (
        [
            (
                "{start: 29, end: 59, text: Beta may be better than gamma.}",
                "{start: 3, end: 33, text: Beta may be better then gamma.}",
            )
        ],
        [
            "60:35: sentences[1].passages.en.text (doe-2001/S2): the sentence differs from the text at its character 22: `e` (U+0065 latin small letter e) here, `a` (U+0061 latin small letter a) there [it seems to begin at 29, where the text has `Beta may be better than gamma.`]",
        ],
    ),
    "other white space": (
        [("text: Alpha lowers pain in adults.", "text: Alpha lowers  pain in adults.")],
        [
            "55:35: sentences[0].passages.en.text (doe-2001/S1): the sentence differs from the text at its character 14: ` ` (U+0020 space) here, `p` (U+0070 latin small letter p) there; but for white space and forms of characters it is the same [the text has `Alpha lowers pain in adults.`]",
        ],
    ),
    "nothing like it": (
        [("text: Rats ran.", "text: Cats sat.")],
        [
            "65:36: sentences[2].passages.en.text (doe-2001/S3): the sentence does not stand in the text [at 60 the text begins `Rats ran.`]",
        ],
    ),
    "offsets beyond the end": (
        [("{start: 60, end: 69, text: Rats ran.", "{start: 600, end: 609, text: Cats sat.")],
        [
            "65:17: sentences[2].passages.en.start (doe-2001/S3): `start` is 600, but the text ends at 83, and the sentence stands nowhere in it",
        ],
    ),
    "a source without a text": (
        [("  text: doe.txt\n", "")],
        [
            "52:11: sentences[0].source (doe-2001/S1): the source `doe-2001` has no text that this could stand in [give the source a `text`, or write a claim with a `summary` instead]",
            "57:11: sentences[1].source (doe-2001/S2): the source `doe-2001` has no text that this could stand in [give the source a `text`, or write a claim with a `summary` instead]",
            "62:11: sentences[2].source (doe-2001/S3): the source `doe-2001` has no text that this could stand in [give the source a `text`, or write a claim with a `summary` instead]",
        ],
    ),
    "the id of another source": (
        [("- id: doe-2001/S3\n  source: doe-2001", "- id: doe-2001/S3\n  source: roe-2002")],
        [
            "62:7: sentences[2].id (doe-2001/S3): the sentence is of `roe-2002`, which its id does not name [its id would be `roe-2002/S3`]",
            "63:11: sentences[2].source (doe-2001/S3): the source `roe-2002` has no text that this could stand in [give the source a `text`, or write a claim with a `summary` instead]",
        ],
    ),
    "no passage": (
        [("  passages:\n    en: {start: 60, end: 69, text: Rats ran.}", "  passages: {}")],
        [
            "64:13: sentences[2].passages (doe-2001/S3): the sentence has no passage [give its text in one language at least]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_quotations_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
