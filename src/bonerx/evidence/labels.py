"""Which labels in a file of trials stand for one study or one treatment, whatever way they are spelled in it."""

from collections.abc import Iterator

from bonerx.model.name import cleaned, fold, plain_hyphens
from bonerx.model.regimen import TOGETHER, loose_parts, parts_of

_TOLD = 10
"""Most names of which the other spellings are told one by one."""


class Spellings:
    """The names that stand in a file, each shown as it is spelled first."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._seen: dict[str, dict[str, tuple[str, int]]] = {}

    def shown(self, text: str, line: int) -> str:
        """Return the spelling under which the name `text` of a line is shown."""
        if text not in self._known:
            spelling, name = cleaned(text), fold(text)
            self._seen.setdefault(name, {}).setdefault(plain_hyphens(spelling), (spelling, line))
            self._known[text] = self._shown.setdefault(name, spelling)
        return self._known[text]

    def several(self) -> Iterator[list[tuple[str, int]]]:
        """Yield the spellings of every name that has more than one to the eye, each with its first line."""
        return (list(seen.values()) for seen in self._seen.values() if len(seen) > 1)


class Labels:
    """The studies and treatments of a file, by the labels that its rows give them."""

    def __init__(self) -> None:
        self._studies = Spellings()
        self._agents = Spellings()
        self._known: dict[str, tuple[str, str | None]] = {}
        self._loose: dict[tuple[str, ...], tuple[str, str, int]] = {}

    def study(self, text: str, line: int) -> str:
        """Return the name of the study that a row calls `text`."""
        return self._studies.shown(text, line)

    def treatment(self, text: str, line: int) -> tuple[str, str | None]:
        """Return the name of the treatment that a row calls `text`, and what is wrong with it.

        Agents joined by `+` are named in the order of the alphabet, whatever their order in the file.
        """
        if text not in self._known:
            self._known[text] = self._treatment(text, line)
        return self._known[text]

    def _treatment(self, text: str, line: int) -> tuple[str, str | None]:
        parts = [self._agents.shown(part, line) for part in parts_of(text)]
        twice = next((part for place, part in enumerate(parts) if part in parts[:place]), None)
        if twice is not None:
            return TOGETHER.join(parts), f"`{twice}` stands twice in `{text}`: name it once"
        loose = loose_parts(text)
        if len(parts) > 1 or len(loose) == 1:
            return TOGETHER.join(sorted(parts, key=fold)), None
        (whole,) = parts
        name, first, at = self._loose.setdefault(loose, (whole, text, line))
        unsure = f"`{text}` and, in line {at}, `{first}` cannot be told to be one or two: write them alike"
        return whole, None if name == whole else unsure

    def remarks(self) -> tuple[str, ...]:
        """Return a sentence on the spellings that were taken as one, and on labels that are not taken apart."""
        kinds = (("treatment", self._agents), ("study", self._studies))
        found = ((noun, list(spellings.several())) for noun, spellings in kinds)
        lines = [_remark(noun, several) for noun, several in found if several]
        whole = [f"`{name}` (line {at})" for loose, (name, _, at) in self._loose.items() if sum(map(bool, loose)) > 1]
        if whole:
            lines.append(f"taken as one name each, since a `+` in it joins nothing: {_told(whole)}")
        return tuple(lines)


def _remark(noun: str, several: list[list[tuple[str, int]]]) -> str:
    told = [" and ".join(f"`{spelling}` (line {line})" for spelling, line in seen) for seen in several]
    return f"spellings taken as one {noun}: {_told(told)}"


def _told(items: list[str]) -> str:
    """Return the first items as a list, and of very many how many more there are."""
    more = [f"{len(items) - _TOLD} more"] if len(items) > _TOLD else []
    return "; ".join([*items[:_TOLD], *more])
