"""What a shell may complete: names that the evidence table knows, read from its store."""

import os
from collections.abc import Iterable

from bonerx.model.regimen import TOGETHER


def _ids(kind: str) -> list[str]:
    """Return the ids of a kind, none where the table cannot be read: a shell that completes shows no errors."""
    from bonerx.asking import open_table
    from bonerx.errors import BonerxError
    from bonerx.evidence.files import SHIPPED

    paths = [path for path in os.environ.get("BONERX_EVIDENCE", "").split(os.pathsep) if path]
    try:
        store, _ = open_table(paths or [SHIPPED])
        if kind == "languages":
            return list(store.meta("languages") or ())
        return list(store.records(kind))
    except BonerxError:
        return []


def _starting(ids: Iterable[str], incomplete: str) -> list[str]:
    return [id_ for id_ in ids if id_.startswith(incomplete.lower())]


def agents(incomplete: str) -> list[str]:
    """Return the agents that go on from what is typed."""
    return _starting(_ids("agents"), incomplete)


def regimens(incomplete: str) -> list[str]:
    """Return the agents that go on from what is typed behind the last `+`."""
    before, plus, last = incomplete.rpartition(TOGETHER)
    return [f"{before}{plus}{agent}" for agent in agents(last)]


def outcomes(incomplete: str) -> list[str]:
    """Return the outcomes that go on from what is typed."""
    return _starting(_ids("outcomes"), incomplete)


def populations(incomplete: str) -> list[str]:
    """Return the populations that go on from what is typed."""
    return _starting(_ids("populations"), incomplete)


def sources(incomplete: str) -> list[str]:
    """Return the sources that go on from what is typed."""
    return _starting(_ids("sources"), incomplete)


def languages(incomplete: str) -> list[str]:
    """Return the languages of the table that go on from what is typed."""
    return _starting(_ids("languages"), incomplete)
