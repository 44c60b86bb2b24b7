"""A person's own trials from a CSV file: every wrong row named with its line and reason, or numbers ready to pool."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bonerx.errors import Fault, UsageError
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.files import STDIN, TableFile, content
from bonerx.evidence.labels import Labels
from bonerx.evidence.text import decode
from bonerx.model.estimate import Contrast, Group, half_unit_of
from bonerx.model.name import cleaned, fold, plain_hyphens
from bonerx.number import counted

BYTES = 256 * 1024 * 1024
"""Largest file of trials."""
MOST_COLUMNS = 16_384
"""Most columns of a file of trials: as many as a spreadsheet has."""
_BEGINNING = 65_536
"""Characters of the first line by which the delimiter is told."""
SHAPES = {
    "counts": ("study", "treatment", "events", "n"),
    "means": ("study", "treatment", "mean", "sd", "n"),
    "contrasts": ("study", "treat1", "treat2", "te", "sete"),
}
"""The columns a file may have, by what they hold; other columns are passed over."""
COLUMNS = tuple(dict.fromkeys(column for shape in SHAPES.values() for column in shape))
_MOST = 1e15
"""Largest number of people or events: every whole number up to it can be told from the next."""
_DELIMITERS = (",", ";", "\t")
_NUMBER = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_NOT_KNOWN = frozenset(["", "na", "n/a", "nan", ".", "-", "null", "none"])


class TrialData(NamedTuple):
    """The numbers of a file: groups or contrasts, the treatments in the order in which they first stand in it.

    A study or treatment that is spelled in several ways has one name, the first of them; `remarks` say so where the
    eye can tell them apart.
    """

    name: str
    sha256: str
    shape: str
    groups: tuple[Group, ...]
    contrasts: tuple[Contrast, ...]
    treatments: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def studies(self) -> list[str]:
        """The studies in the order of the file, each once."""
        named = [group.study for group in self.groups] + [contrast.study for contrast in self.contrasts]
        return list(dict.fromkeys(named))


class _Row(NamedTuple):
    line: int
    cells: list[str]


def read_trials(
    path: str, columns: Mapping[str, str] | None = None, shapes: Sequence[str] = tuple(SHAPES)
) -> TrialData:
    """Return the trials of the CSV file at `path`, or of standard input for `-`.

    `columns` says under which name a column stands in the file (`{"events": "r"}`); of several `shapes` that the file
    has columns for the first is read. Raises UsageError for a column that no shape has, Unreadable for a file that
    cannot be read, and InvalidEvidence with every fault of it.
    """
    named = _named(columns or {})
    file = content(TableFile("<stdin>" if path == STDIN else path, path), BYTES)
    fault_list = FaultList()
    if len(file.raw) > BYTES:
        fault_list.add(Fault(file.name, None, None, "", f"the file is larger than {BYTES // 1024**2} MiB"))
        fault_list.raise_any()
    text, misread = decode(file.raw)
    fault_list.extend(Fault(file.name, line, column, "", message, hint) for line, column, message, hint in misread)
    fault_list.raise_any()
    reading = _Reading(file.name, fault_list)
    rows = reading.rows(text, named)
    header = next(rows, None)
    if header is None:
        if not fault_list.count:
            reading.fault(1, "", "the file is empty", "its first line names the columns")
        fault_list.raise_any()
        raise AssertionError
    shape, places = reading.shape(header, named, shapes)
    groups: list[Group] = []
    contrasts: list[Contrast] = []
    treatments: dict[str, None] = {}
    for row in rows:
        found = reading.record(row, header, shape, places)
        if isinstance(found, Group):
            groups.append(found)
            treatments[found.treatment] = None
        elif found is not None:
            contrasts.append(found)
            treatments.update(dict.fromkeys((found.a, found.b)))
        elif fault_list.is_full:
            break
    if not treatments and not fault_list.count:
        reading.fault(header.line, "", "no row follows the names of the columns")
    fault_list.raise_any()
    return TrialData(
        file.name, file.sha256, shape, tuple(groups), tuple(contrasts), tuple(treatments), reading.labels.remarks()
    )


def _named(columns: Mapping[str, str]) -> dict[str, str]:
    """Return under which name, folded, each column is looked for; raise UsageError for one that no shape has."""
    given = {fold(column): name for column, name in columns.items()}
    unknown = [column for column in columns if fold(column) not in COLUMNS]
    if unknown:
        raise UsageError(f"no column is called `{unknown[0]}`", hint=f"one of: {', '.join(COLUMNS)}")
    return {column: fold(given.get(column) or column) for column in COLUMNS}


class _Reading:
    """The file as it is read: what is wrong with it, and what stood in it before."""

    def __init__(self, name: str, fault_list: FaultList) -> None:
        self._name = name
        self._faults_found = fault_list
        self._seen: dict[tuple[str, frozenset[str]], tuple[int, tuple[str, ...]]] = {}
        self.labels = Labels()

    def fault(self, line: int, where: str, message: str, hint: str | None = None) -> None:
        """Note what is wrong at a line."""
        self._faults_found.add(Fault(self._name, line, None, where, message, hint))

    def rows(self, text: str, named: Mapping[str, str]) -> Iterator[_Row]:
        """Yield the rows with the lines they begin at; empty ones are passed over."""
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, named), strict=True)
        end = 0
        while True:
            begin = end + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                longest = f"a cell has at most {csv.field_size_limit()} characters"
                hint = f"a quotation mark within quotes is doubled; a quoted cell has an end; {longest}"
                self.fault(begin, "", "not a row of a CSV file", hint)
                return
            end = reader.line_num
            if len(cells) > MOST_COLUMNS:
                self.fault(begin, "", f"{len(cells)} columns", f"a file of trials has at most {MOST_COLUMNS}")
                return
            if any(cell.strip() for cell in cells):
                yield _Row(begin, cells)

    def shape(self, header: _Row, named: Mapping[str, str], shapes: Sequence[str]) -> tuple[str, dict[str, int]]:
        """Return what the file holds and where each column stands; raise InvalidEvidence where one is missing."""
        titles = list(map(fold, header.cells))
        number = Counter(titles)
        for title in sorted({title for title in named.values() if number[title] > 1}):
            self.fault(header.line, "", f"two columns are called `{title}`")
        self._faults_found.raise_any()
        for shape in shapes:
            if all(named[column] in titles for column in SHAPES[shape]):
                return shape, {column: titles.index(named[column]) for column in SHAPES[shape]}
        nearest = max(shapes, key=lambda shape: sum(named[column] in titles for column in SHAPES[shape]))
        missing = [column for column in SHAPES[nearest] if named[column] not in titles]
        wanted = "; or ".join(",".join(SHAPES[shape]) for shape in shapes)
        hint = f"columns are {wanted}; other names are mapped, as in `--column {missing[0]}=NAME`"
        self.fault(header.line, "", f"no column {', '.join(f'`{named[column]}`' for column in missing)}", hint)
        self._faults_found.raise_any()
        raise AssertionError

    def record(self, row: _Row, header: _Row, shape: str, places: Mapping[str, int]) -> Group | Contrast | None:
        """Return the group or contrast of a row, None where it is wrong."""
        if len(row.cells) != len(header.cells):
            hint = "a cell that holds the delimiter stands in quotation marks"
            self.fault(
                row.line, "", f"{counted(len(row.cells), 'cell')} under {counted(len(header.cells), 'column')}", hint
            )
            return None
        cells = {column: row.cells[place].strip() for column, place in places.items()}
        before = self._faults_found.count
        for column in [name for name in cells if name in ("study", "treatment", "treat1", "treat2")]:
            if not _seen(cells[column]):
                self.fault(row.line, column, "the cell is empty")
        numbers = {
            column: self._number(row.line, column, _seen(cells[column])) for column in SHAPES[shape] if column in _RULES
        }
        if self._faults_found.count > before:
            return None
        study = self.labels.study(cells["study"], row.line)
        named = {
            column: self._treatment(row.line, column, cells[column])
            for column in ("treatment", "treat1", "treat2")
            if column in cells
        }
        written = (cells["study"], *(cells[column] for column in named))
        if shape == "contrasts":
            found = self._contrast(row.line, study, named["treat1"], named["treat2"], written, numbers)
            rounding = half_unit_of(cells["te"]), half_unit_of(cells["sete"])
            return found and replace(found, te_rounding=rounding[0], se_rounding=rounding[1])
        events, n = numbers.get("events") or 0.0, numbers.get("n") or 0.0
        if events > n:
            self.fault(row.line, "events", f"{counted(events, 'event')} in {counted(n, 'person', 'people')}")
        treatment = named["treatment"]
        if self._twice(row.line, study, frozenset([treatment]), written):
            return None
        return Group(study=study, treatment=treatment, **numbers)  # type: ignore[arg-type]

    def _treatment(self, line: int, column: str, text: str) -> str:
        name, wrong = self.labels.treatment(text, line)
        if wrong is not None:
            self.fault(line, column, wrong, "a `+` joins two agents that are given together")
        return name

    def _contrast(
        self, line: int, study: str, a: str, b: str, written: tuple[str, ...], numbers: Mapping[str, float | None]
    ) -> Contrast | None:
        if a == b:
            one, other = written[1:]
            self.fault(line, "treat2", f"`{one}` is compared with itself" + (f" (`{other}`)" if other != one else ""))
            return None
        if self._twice(line, study, frozenset([a, b]), written):
            return None
        te, se = numbers["te"], numbers["sete"]
        return None if te is None or se is None else Contrast(study=study, a=a, b=b, te=te, se=se)

    def _twice(self, line: int, study: str, what: frozenset[str], written: tuple[str, ...]) -> bool:
        """Return whether a study has given what is in a row before, which is a fault; `written` is how they say it."""
        first, before = self._seen.setdefault((study, what), (line, written))
        if first != line:
            named, *sides = written
            told = f"the arm `{sides[0]}`" if len(sides) == 1 else " against ".join(f"`{side}`" for side in sides)
            unlike = [f"`{one}`" for one in before if one not in written]
            spelled = f" (spelled {', '.join(unlike)})" if unlike else ""
            hint = "give arms of one treatment as one arm"
            self.fault(line, "study", f"`{named}` has {told} already, in line {first}{spelled}", hint)
        return first != line

    def _number(self, line: int, column: str, cell: str) -> float | None:
        """Return a number that the column allows, None where the cell holds none, which is a fault."""
        if cell.casefold() in _NOT_KNOWN:
            self.fault(line, column, "no number", "leave the row out where it is not known")
            return None
        if not _NUMBER.fullmatch(cell):
            comma = f"write {cell.replace(',', '.')}" if _DECIMAL_COMMA.fullmatch(cell) else None
            self.fault(line, column, f"`{cell[:60]}` is not a number", comma)
            return None
        value = float(cell)
        wrong = _RULES[column](value)
        if wrong:
            self.fault(line, column, f"{cell[:60]} {wrong}")
            return None
        return value


def _delimiter(text: str, named: Mapping[str, str]) -> str:
    """Return the delimiter that makes most known columns of the first line, a comma where none makes any."""
    beginning = text.lstrip()[:_BEGINNING].partition("\n")[0]

    def known(delimiter: str) -> int:
        cells = beginning.strip("\r").split(delimiter)
        return sum(fold(cell.strip().strip('"')) in named.values() for cell in cells)

    return max(_DELIMITERS, key=known)


def _seen(cell: str) -> str:
    """Return what is seen of a stripped cell, with plain hyphens."""
    return cell if cell.isascii() else plain_hyphens(cleaned(cell))


def _finite(value: float) -> str | None:
    return "is too large" if abs(value) > 1e100 else None


def _people(value: float) -> str | None:
    if value < 1.0:
        return "people cannot be analysed"
    return _whole(value, "people")


def _events(value: float) -> str | None:
    if value < 0.0:
        return "is less than no event"
    return _whole(value, "events")


def _whole(value: float, of: str) -> str | None:
    if value > _MOST:
        return f"is too large for a number of {of}"
    return None if value.is_integer() else f"is not a whole number of {of}"


def _spread(value: float) -> str | None:
    return _finite(value) or ("is negative: a standard deviation is not" if value < 0.0 else None)


def _error(value: float) -> str | None:
    return _finite(value) or (None if value > 0.0 else "is not above 0, as a standard error is")


_RULES = {"events": _events, "n": _people, "mean": _finite, "sd": _spread, "te": _finite, "sete": _error}
