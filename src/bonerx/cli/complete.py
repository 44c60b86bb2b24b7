"""What a shell may complete: names that the evidence table knows, read from its store.

A shell puts what it is given on the line, where Enter runs it, and some evaluate it even before. A table checks its ids
by pattern, but a store may come from anyone: what is not written as an id is not offered.
"""

import os
import re
from collections.abc import Iterable, Sequence

import typer

from bonerx.model.regimen import TOGETHER

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""`ID_PATTERN` of `bonerx.model.field`, which takes longer to load than an answer takes."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_LONGEST = {"languages": 35}
_LONGEST_ID = 200


def ids_in(paths: Sequence[str], kind: str) -> list[str]:
    """Return the ids of a kind, or the `languages`, in the tables at `paths`; none where they cannot be read.

    A shell that completes shows no errors, and waits for no standard input.
    """
    from bonerx.asking import open_table
    from bonerx.evidence.files import SHIPPED, STDIN

    if STDIN in paths:
        return []
    try:
        store, _ = open_table(paths or [SHIPPED])
        found = store.meta("languages") or () if kind == "languages" else store.records(kind)
        return [id_ for id_ in found if _is_written_as_one(kind, id_)]
    except Exception:  # noqa: BLE001 - whatever is wrong with the table, nothing is offered
        return []


def _is_written_as_one(kind: str, id_: object) -> bool:
    pattern = _LANGUAGE if kind == "languages" else _ID
    if not isinstance(id_, str) or len(id_) > _LONGEST.get(kind, _LONGEST_ID):
        return False
    return pattern.fullmatch(id_) is not None


def _ids(kind: str, context: typer.Context) -> list[str]:
    """Return the ids of a kind in the table that the line names."""
    paths = list(context.params.get("evidence") or ())
    return ids_in(paths or [path for path in os.environ.get("BONERX_EVIDENCE", "").split(os.pathsep) if path], kind)


def _starting(ids: Iterable[str], incomplete: str) -> list[str]:
    return [id_ for id_ in ids if id_.startswith(incomplete.lower())]


def agents(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the agents that go on from what is typed."""
    return _starting(_ids("agents", ctx), incomplete)


def regimens(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the agents that go on from what is typed behind the last `+`, if all before it are written as ids."""
    before, plus, last = incomplete.rpartition(TOGETHER)
    if not all(_ID.fullmatch(agent) for agent in before.split(TOGETHER) if plus):
        return []
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
