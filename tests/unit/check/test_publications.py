"""A publication stands in the table once, and what is known against it has a ground."""

# ruff: noqa: E501

import pytest

CASES = {
    "retracted without a ground": (
        [('integrity: {status: retracted, note: "Notice of 2004."}', "integrity: {status: retracted}")],
        [
            "50:14: sources[2].integrity (gone-2003): the source is marked `retracted` without a ground [say in its `note`, or by the `doi` of the notice, what is known and where it was read]",
        ],
    ),
    "one DOI twice": (
        [('  pmid: "12"', "  doi: 10.1000/DOE")],
        [
            "46:8: sources[1].doi (roe-2002): the source `doe-2001` has the same DOI [one publication is one source]",
        ],
    ),
    "one PubMed number twice": (
        [("  read_as: record\n", '  read_as: record\n  pmid: "12"\n')],
        [
            "50:9: sources[2].pmid (gone-2003): the source `roe-2002` has the same PubMed number [one publication is one source]",
        ],
    ),
}


@pytest.mark.parametrize(("changes", "faults"), CASES.values(), ids=CASES)
def test_every_fault_of_sources_is_told_with_its_place(proven, changes, faults):
    assert proven(*changes) == faults
