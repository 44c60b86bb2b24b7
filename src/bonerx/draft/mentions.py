"""Where a sentence names agents, outcomes and populations that are known, under any of their names."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from bonerx.model.vocabulary import Agent, Outcome, Population

_LATIN = "A-Za-z0-9À-ɏ"
_JOINT = r"[\s\-\u2010-\u2013_]*"
_PARTS = re.compile(r"[\s\-\u2010-\u2013_]+|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_SHORT = 4
"""Names up to this length that hold a capital are abbreviations, and only they in that spelling."""


class Mention(NamedTuple):
    """A known name in a text: code points `start` to `end`, the kind of record and its id."""

    start: int
    end: int
    kind: str
    id: str


class Names:
    """The names of a vocabulary, compiled once, the longest first."""

    def __init__(
        self, agents: Iterable[Agent], outcomes: Iterable[Outcome], populations: Iterable[Population] = ()
    ) -> None:
        known: dict[str, tuple[str, str]] = {}
        for kind, records in (("agents", agents), ("outcomes", outcomes), ("populations", populations)):
            for record in records:
                for name in (*_all(record), record.id):
                    known.setdefault(name, (kind, record.id))
        ordered = sorted(known, key=lambda name: (-len(name), name))
        self._of = [known[name] for name in ordered]
        self._patterns = [re.compile(_pattern(name), 0 if _exact(name) else re.IGNORECASE) for name in ordered]

    def find(self, text: str) -> list[Mention]:
        """Return what a text names, in order; where names overlap, the longest counts."""
        found: list[Mention] = []
        taken = Taken()
        for pattern, (kind, record) in zip(self._patterns, self._of, strict=True):
            spans = map(re.Match.span, pattern.finditer(text))
            found += [Mention(start, end, kind, record) for start, end in spans if taken.take(start, end)]
        return sorted(found)


class Taken:
    """Stretches of a text, none of which overlaps another: whoever comes first has the place."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans = sorted(spans)

    def take(self, start: int, end: int) -> bool:
        """Take a stretch that is not empty; return whether it was free."""
        at = bisect_left(self._spans, (start, end))
        if at and self._spans[at - 1][1] > start:
            return False
        if at < len(self._spans) and self._spans[at][0] < end:
            return False
        self._spans.insert(at, (start, end))
        return True


def of_kind(mentions: Iterable[Mention], kind: str) -> list[Mention]:
    """Return the mentions of one kind."""
    return [each for each in mentions if each.kind == kind]


class Words:
    """A text with where words of a list stand in it; each list is looked for once, however often it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    def spans(self, patterns: tuple[str, ...]) -> list[tuple[int, int]]:
        """Return where any of a list's expressions stands, in the order of the list."""
        if patterns not in self._found:
            self._found[patterns] = [match.span() for match in matches(patterns, self.text)]
        return self._found[patterns]

    def stand_in(self, patterns: tuple[str, ...], start: int, end: int) -> bool:
        """Return whether any of a list's expressions stands between two places."""
        return any(start <= first and last <= end for first, last in self.spans(patterns))


def matches(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where any of the word lists' expressions stands in a text, English ones as whole words."""
    for pattern in patterns:
        yield from _bounded(pattern).finditer(text)


@cache
def _bounded(pattern: str) -> re.Pattern[str]:
    words = pattern.isascii() and pattern[0] not in ";,"
    return re.compile(rf"(?<![{_LATIN}])(?:{pattern})(?![{_LATIN}])" if words else pattern, re.IGNORECASE)


def _all(record: Agent | Outcome | Population) -> Iterator[str]:
    yield from record.names.values()
    for names in record.synonyms.values():
        yield from names


def _exact(name: str) -> bool:
    return len(name) <= _SHORT and any(each.isupper() for each in name)


def _pattern(name: str) -> str:
    parts = [re.escape(part) for part in _PARTS.split(name) if part]
    before = rf"(?<![{_LATIN}])" if re.match(f"[{_LATIN}]", name) else ""
    after = rf"(?:e?s)?(?![{_LATIN}])" if re.search(f"[{_LATIN}]$", name) else ""
    return f"{before}{_JOINT.join(parts)}{after}"
