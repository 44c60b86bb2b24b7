"""A whole table proven: every check on every record, every fault with its place."""

from bonerx.errors import Fault
from bonerx.evidence.origin import Evidence


def prove(evidence: Evidence) -> list[Fault]:
    """Return the faults of a valid table that its types cannot say, in order of file and place; none where it holds."""
    return evidence.faults([])
