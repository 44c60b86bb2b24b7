"""How many statements a listing holds and which sources are behind them, counted only when that is looked at."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from bonerx.number import counted
from bonerx.questions.citations.caveats import resting_on
from bonerx.questions.citations.claims import source_document
from bonerx.store.claim_queries import Selection, count, sources
from bonerx.store.queries import Store


class Extent:
    """The size and the sources of one or two selections: the statements listed, and those that state no population."""

    def __init__(self, store: Store, chosen: list[Selection]) -> None:
        self._store = store
        self._chosen = chosen

    @cached_property
    def _counts(self) -> list[int]:
        return [count(self._store, each) for each in self._chosen]

    @cached_property
    def _behind(self) -> list[dict[str, Any]]:
        named = {source for each in self._chosen for source in sources(self._store, each)}
        return list(self._store.records("sources", named).values())

    def count(self) -> int:
        """Return how many claims are listed."""
        return self._counts[0]

    def headline(self) -> str:
        """Return that in a sentence, with how many more state no population."""
        total, *apart = self._counts
        text = counted(total, "statement") if total else "No statement found"
        return f"{text}; {apart[0]} more on no stated population." if apart else f"{text}."

    def sources(self) -> Iterator[dict[str, Any]]:
        """Yield the sources of the claims."""
        yield from map(source_document, self._behind)

    def caveats(self) -> Iterator[str]:
        """Yield what limits the listing."""
        yield from resting_on(self._behind)
