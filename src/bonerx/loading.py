"""Tables for programs: what the files hold, proven, as one value."""

from collections.abc import Sequence

from bonerx.model.table import EvidenceTable


def load(paths: Sequence[str] = ()) -> EvidenceTable:
    """Return the evidence table that files, folders or `default` (the shipped table) hold together.

    Raises InvalidEvidence with every fault, and Unreadable.
    """
    from bonerx.check.table import check_table
    from bonerx.evidence.files import SHIPPED
    from bonerx.evidence.read import read
    from bonerx.store.build.compile import invalid

    evidence = read(tuple(paths) or (SHIPPED,))
    faults = check_table(evidence)
    if faults:
        raise invalid(faults)
    return evidence.table
