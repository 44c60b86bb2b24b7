"""What a shell may complete: names that the evidence table knows, read from its store."""

import os
from collections.abc import Iterable

import typer

from bonerx.model.regimen import TOGETHER


def _ids(kind: str, context: typer.Context) -> list[str]:
    """Return the ids of a kind in the table that the line names, none where it cannot be read.

    A shell that completes shows no errors, and waits for no standard input.
    """
    from bonerx.asking import open_table
    from bonerx.errors import BonerxError
    from bonerx.evidence.files import SHIPPED, STDIN

    paths = list(context.params.get("evidence") or ())
    paths = paths or [path for path in os.environ.get("BONERX_EVIDENCE", "").split(os.pathsep) if path]
    if STDIN in paths:
        return []
    try:
        store, _ = open_table(paths or [SHIPPED])
        if kind == "languages":
            return list(store.meta("languages") or ())
        return list(store.records(kind))
    except BonerxError:
        return []


def _starting(ids: Iterable[str], incomplete: str) -> list[str]:
    return [id_ for id_ in ids if id_.startswith(incomplete.lower())]


def agents(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the agents that go on from what is typed."""
    return _starting(_ids("agents", ctx), incomplete)


def regimens(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the agents that go on from what is typed behind the last `+`."""
    before, plus, last = incomplete.rpartition(TOGETHER)
    return [f"{before}{plus}{agent}" for agent in agents(ctx, last)]


def outcomes(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the outcomes that go on from what is typed."""
    return _starting(_ids("outcomes", ctx), incomplete)


def populations(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the populations that go on from what is typed."""
    return _starting(_ids("populations", ctx), incomplete)


def sources(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the sources that go on from what is typed."""
    return _starting(_ids("sources", ctx), incomplete)


def languages(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the languages of the table that go on from what is typed."""
    return _starting(_ids("languages", ctx), incomplete)
