"""What is given and what it is compared with: a clause's agents as regimens, members of classes told apart."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bonerx.draft import words
from bonerx.draft.mentions import Mention, Words, matches
from bonerx.draft.vocabulary import Vocabulary
from bonerx.model.kinds import Direction

_REACH = 45
"""Code points behind a word such as `than` in which the regimen compared with must begin."""
_JOINED = re.compile(r"\s*(?:and|plus|\+|with|/|与|和|联合|加)\s*", re.IGNORECASE)
_NEXT = re.compile(r"(?:单独|单一|使用|单用|\s)*")


class Sides(NamedTuple):
    """A regimen, its comparator where a word introduces one, and the members named of classes in them."""

    regimen: tuple[str, ...]
    comparator: tuple[str, ...] | None
    named: tuple[str, ...]


def sides(
    read: Words,
    clause: tuple[int, int],
    given: Sequence[Mention],
    groups: Sequence[Sequence[Mention]],
    known: Vocabulary,
    place: int,
    direction: Direction,
) -> list[Sides]:
    """Return the regimens of a statement, one for each agent given unless a word says that they are given together.

    Of several comparators in a clause, the one nearest to `place`, where the direction word stands, is that of the
    statement.
    """
    against = min(groups, key=lambda group: abs(group[0].start - place), default=[])
    together = any(clause[0] <= start < clause[1] for start, _ in read.spans(words.TOGETHER))
    if direction is Direction.NO_DIFFERENCE and not (against or together) and len({each.id for each in given}) == 2:
        # `A and B did not differ`: the sentence compares the two with each other.
        against = [each for each in given if each.id != given[0].id]
        given = [given[0]]
    regimen, named = _members(read, given, known)
    comparator, members = _members(read, against, known)
    treatments = [each for each in regimen if not known.is_control(each)] or regimen
    found = []
    for group in [tuple(treatments)] if together and treatments else [(each,) for each in treatments]:
        opposed = tuple(comparator) or None
        if opposed is not None and sorted(opposed) == sorted(group):
            opposed = None
        its = tuple(
            each for each in dict.fromkeys([*named, *members]) if known.classes(each) & {*group, *(opposed or ())}
        )
        found.append(Sides(group, opposed, its))
    return found


def compared(text: str, start: int, end: int, agents: Sequence[Mention]) -> list[list[Mention]]:
    """Return the groups of agents that words such as `than` or `与…相比` make comparators."""
    found: list[list[Mention]] = []
    for match in matches(words.THAN, text[start:end]):
        after = start + match.end()
        first = next((each for each in agents if after <= each.start <= after + _REACH), None)
        if first is not None and not re.search("[,;，；。]", text[after : first.start]):
            found.append(_group(text, first, agents))
    for match in matches(words.THAN_BEFORE, text[start:end]):
        if match.groupdict().get("with") is not None:
            first_place, last = start + match.start("with"), start + match.end("with")
            found.append([each for each in agents if first_place <= each.start and each.end <= last])
            continue
        blank = _NEXT.match(text, start + match.end())
        first = next((each for each in agents if blank is not None and each.start == blank.end()), None)
        if first is not None:
            found.append(_group(text, first, agents))
    return [group for group in found if group]


def _group(text: str, first: Mention, agents: Sequence[Mention]) -> list[Mention]:
    """Return an agent and those joined to it right behind."""
    group = [first]
    for each in agents:
        if each.start >= group[-1].end and _JOINED.fullmatch(text[group[-1].end : each.start]):
            group.append(each)
    return group


def _members(read: Words, mentions: Sequence[Mention], known: Vocabulary) -> tuple[list[str], list[str]]:
    """Return the agents mentioned, and apart from them those only named as members of a class mentioned before."""
    named: list[str] = []
    for each in mentions:
        classes = [other for other in mentions if other.end <= each.start and other.id in known.classes(each.id)]
        if any(read.stand_in(words.SUCH_AS, other.end, each.start) for other in classes):
            named.append(each.id)
    return list(dict.fromkeys(each.id for each in mentions if each.id not in named)), list(dict.fromkeys(named))
