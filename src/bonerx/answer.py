"""What a question gives back and a renderer draws: an answer that knows no format and no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from bonerx.page import Plot, Section


class Records(NamedTuple):
    """Flat rows for spreadsheets and line-by-line reading: raw values, never rounded; `rows` is read once."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


class Answer:
    """What a question gives back, with three faces.

    `document` is what scripts get as JSON: the fields `status`, `query`, `answer`, `claims`, `sources` and `caveats`.
    Its lists may be iterators and its values functions, which are read and called when it is written.
    `view` is what a person reads, `records` what goes into the rows of a spreadsheet; both are made when they are
    first looked at, since a script never looks. `title` is what was asked, `scope` what it was narrowed to, and
    `headline` the answer in a sentence. `plot`, where one was asked for, gives the figure to draw beside it, and
    `remark` is told on stderr of an answer that is a document of its own. `save`, where there is one, writes it in the
    place of a file that it was made from.
    """

    def __init__(
        self,
        document: dict[str, Any],
        title: str,
        scope: str,
        headline: str | Callable[[], str],
        view: Callable[[], tuple[Section, ...]],
        records: Callable[[], Records],
    ) -> None:
        self.document = document
        self.title = title
        self.scope = scope
        self._headline = headline
        self.plot: Callable[[], Plot] | None = None
        self.remark: str | None = None
        self.save: Callable[[Iterable[str]], None] | None = None
        self._view = view
        self._records = records

    @cached_property
    def headline(self) -> str:
        """The answer in a sentence."""
        return self._headline if isinstance(self._headline, str) else self._headline()

    @cached_property
    def view(self) -> tuple[Section, ...]:
        """The sections a person reads, in order."""
        return self._view()

    @cached_property
    def records(self) -> Records:
        """The rows of a spreadsheet."""
        return self._records()

    @property
    def answered(self) -> bool:
        """Whether there is evidence to show."""
        return bool(self.document["status"] == "answered")
