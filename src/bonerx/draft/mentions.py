"""Where a sentence names agents, outcomes and populations that are known, under any of their names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bonerx.model.question import Outcome, Population
from bonerx.model.treatment import Agent

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
        for pattern, (kind, record) in zip(self._patterns, self._of, strict=True):
            for match in pattern.finditer(text):
                if all(match.end() <= each.start or each.end <= match.start() for each in found):
                    found.append(Mention(match.start(), match.end(), kind, record))
        return sorted(found)


def of_kind(mentions: Iterable[Mention], kind: str) -> list[Mention]:
    """Return the mentions of one kind."""
    return [each for each in mentions if each.kind == kind]


def matches(patterns: Sequence[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where any of the word lists' expressions stands in a text, English ones as whole words."""
    for pattern in patterns:
        words = pattern.isascii() and pattern[0] not in ";,"
        bounded = rf"(?<![{_LATIN}])(?:{pattern})(?![{_LATIN}])" if words else pattern
        yield from re.finditer(bounded, text, re.IGNORECASE)


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
