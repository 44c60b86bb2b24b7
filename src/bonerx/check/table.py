"""A whole table proven: every check on every record, every fault with its place."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from bonerx.check import claims, contrasts, publications, quotations, references, results, vocabulary
from bonerx.check.lookup import KINDS, Lookup, TableLookup
from bonerx.errors import Fault
from bonerx.evidence import limits
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.origin import Evidence, Problem
from bonerx.model.table import EvidenceTable


def check_table(evidence: Evidence) -> list[Fault]:
    """Return the faults of a valid table that its types cannot say, in order of file and place; none where it holds."""
    known = TableLookup(evidence.table, evidence.texts)
    of_records = (
        problem
        for kind in KINDS
        for record in getattr(evidence.table, kind)
        for problem in faults_of(kind, record, known)
    )
    fault_list = FaultList()
    fault_list.extend(
        evidence.faults(list(islice(chain(faults_across(evidence.table), of_records), limits.FAULTS + 1)))
    )
    return list(fault_list.faults())


def faults_of(kind: str, record: Any, known: Lookup) -> Iterator[Problem]:
    """Yield what is wrong with one record, given the rest of the table to look things up in."""
    yield from references.faults_of(kind, record, known)
    if kind == "claims":
        yield from claims.faults_of(record, known)
    elif kind == "sentences":
        yield from quotations.faults_of(record, known)
    elif kind == "agents":
        yield from vocabulary.faults_of(record, known)
    elif kind == "sources":
        yield from publications.faults_of(record)
    elif kind == "studies":
        yield from results.faults_of(record, known)
        yield from contrasts.faults_of(record)
    elif kind == "published":
        yield from contrasts.published_faults(record)


def faults_across(table: EvidenceTable) -> Iterator[Problem]:
    """Yield what is wrong between records: names and ids shared, circles, publications and trials told twice.

    Claims, sentences and findings only matter here by their ids, so a table of the other kinds will do for a stream.
    """
    studies = {study.id: study for study in table.studies}
    ids = ((kind, record.id) for kind in KINDS for record in getattr(table, kind))
    yield from vocabulary.shared_ids(ids, lambda record: record in studies[record].sources)
    for kind in ("agents", "outcomes", "populations"):
        yield from vocabulary.ambiguous(kind, getattr(table, kind))
        yield from vocabulary.circular(kind, getattr(table, kind))
    yield from vocabulary.circular("studies", table.studies)
    yield from publications.sources_told_twice(table.sources)
    yield from publications.studies_told_twice(table)
