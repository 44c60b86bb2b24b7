"""A listing laid out for a page: in columns while they fit, else each row as a record of labelled lines."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bonerx.page import Cell, Column, Listing
from bonerx.render.fold import fold, longest, width
from bonerx.render.look import STYLES, Run, Runs, references, runs
from bonerx.render.options import Options
from bonerx.render.visible import own

GAP = 3
CLOSE = 2
"""Cells between two columns, and between two that have no room to spare."""

PAGE = 500
"""Rows that are measured together; a longer listing is drawn page by page, so it needs no more memory."""

NARROW = 12
"""A column of words is not squeezed below this, nor are references of more than this set apart from the words."""

WORD = 32
"""A word longer than this, such as a web address, may be broken to keep a listing in columns."""

TALL = 6
"""A listing with a cell of more lines than this reads better as records."""


class Drawn(NamedTuple):
    """A cell ready to be placed: its words, and the numbers of its quotes."""

    body: Runs
    refs: str


class Shape(NamedTuple):
    """A column ready to be filled, `gap` cells after the one before: `span` wide, the last `refs` for references."""

    span: int
    refs: int
    gap: int


def lines(listing: Listing, room: int, options: Options) -> Iterator[Runs]:
    """The listing in lines of at most `room` cells; rows are read once and as late as can be."""
    columns = tuple(Column(own(column.label, options), column.number) for column in listing.columns)
    rows = (tuple(map(_drawn, row, columns, [options] * len(columns))) for row in listing.rows)
    shapes: list[Shape] | None = None
    stacked = False
    for number, page in enumerate(iter(lambda: list(islice(rows, PAGE)), [])):
        if not stacked and not (shapes and _holds(shapes, page)):
            shapes = _shapes(columns, page, room)
            stacked = shapes is None
            if shapes:
                yield from [()] * bool(number)
                yield from _head(columns, shapes, options)
        yield from [()] * bool(number and stacked)
        yield from _columns(columns, shapes, page) if shapes and not stacked else records(columns, page, room)


def records(columns: Sequence[Column], rows: Iterable[Sequence[Drawn]], room: int) -> Iterator[Runs]:
    """Each row as its first cell, then a labelled line for every other cell; a blank line between rows."""
    for number, row in enumerate(rows):
        yield from [()] * bool(number)
        first = tuple(run._replace(style=run.style or STYLES["title"]) for run in row[0].body)
        yield from fold((*first, *_inline(row[0].refs)), room)
        labels = [column.label for column in columns[1:]]
        for line in labelled(labels, [(*cell.body, *_inline(cell.refs)) for cell in row[1:]], room - 2):
            yield (Run("  "), *line)


def labelled(labels: Sequence[str], values: Sequence[Runs], room: int) -> Iterator[Runs]:
    """Each value after its label; values start at one place where that leaves them room."""
    heads = [Run(label if label.endswith(("?", ":")) or not label else f"{label}:", STYLES["head"]) for label in labels]
    place = max((width((head,)) for head in heads), default=0) + CLOSE
    for head, value in zip(heads, values, strict=True):
        if place <= room // 2 and not room - place < longest(value) <= room - 2:
            folded = fold(value, room - place)
            yield (head, Run(" " * (place - width((head,)))), *folded[0])
            yield from ((Run(" " * place), *line) for line in folded[1:])
        elif width((head, *value)) < room:
            yield (head, Run(" "), *value)
        else:
            yield from fold((head,), room)
            yield from ((Run("  "), *line) for line in fold(value, room - 2))


def _drawn(cell: Cell, column: Column, options: Options) -> Drawn:
    return Drawn(runs(cell, options, column.label), references(cell))


def _inline(refs: str) -> Runs:
    return (Run(" "), Run(refs, STYLES["ref"])) if refs else ()


def _shapes(columns: Sequence[Column], page: Sequence[Sequence[Drawn]], room: int) -> list[Shape] | None:
    """Columns as wide as their cells, or narrower down to the longest words; None where even that does not fit."""
    wide, least, apart = [], [], []
    for index, column in enumerate(columns):
        cells = [row[index] for row in page]
        refs = max((len(cell.refs) for cell in cells), default=0)
        refs = refs + 1 if 0 < refs <= NARROW else 0
        label = (Run(column.label),)
        places = [(_body(cell, refs), refs if cell.refs else 0) for cell in cells]
        natural = max([width(label), *(width(body) + place for body, place in places)])
        word = max([longest(label), *(min(WORD, longest(body)) + place for body, place in places)])
        wide.append(natural)
        least.append(natural if column.number else max(word, min(natural, NARROW)))
        apart.append(refs)
    gap = GAP if sum(wide) + GAP * (len(columns) - 1) <= room else CLOSE
    spare = room - gap * (len(columns) - 1) - sum(least)
    if spare < 0:
        return None
    spans = least
    while spare and (short := max(range(len(spans)), key=lambda index: wide[index] - spans[index])) is not None:
        if spans[short] >= wide[short]:
            break
        spans[short] += 1
        spare -= 1
    shapes = [Shape(span, refs, gap) for span, refs in zip(spans, apart, strict=True)]
    tall = any(len(line) > TALL for row in page for line in _folded(shapes, row))
    return None if tall else shapes


def _holds(shapes: Sequence[Shape], page: Sequence[Sequence[Drawn]]) -> bool:
    """Whether the columns of the pages before can take a page as well."""
    return all(
        longest(_body(cell, shape.refs)) <= _inner(cell, shape) and len(cell.refs) <= max(shape.refs - 1, 0)
        for row in page
        for cell, shape in zip(row, shapes, strict=True)
    )


def _body(cell: Drawn, refs: int) -> Runs:
    """The words of a cell, with its references where they have no place of their own."""
    return cell.body if refs else (*cell.body, *_inline(cell.refs))


def _folded(shapes: Sequence[Shape], row: Sequence[Drawn]) -> list[list[Runs]]:
    return [fold(_body(cell, shape.refs), _inner(cell, shape)) for cell, shape in zip(row, shapes, strict=True)]


def _inner(cell: Drawn, shape: Shape) -> int:
    """The cells that the words of a cell may take: one without references may use their place."""
    return shape.span - shape.refs if cell.refs else shape.span


def _head(columns: Sequence[Column], shapes: Sequence[Shape], options: Options) -> Iterator[Runs]:
    heads = [(Run(column.label, STYLES["head"]),) for column in columns]
    labels = [fold(head, shape.span) for head, shape in zip(heads, shapes, strict=True)]
    yield from _beside(columns, shapes, labels, [""] * len(columns))
    rule = "-" if options.ascii else "─"
    yield _joined(shapes, [(Run(rule * shape.span, STYLES["rule"]),) for shape in shapes])


def _columns(columns: Sequence[Column], shapes: Sequence[Shape], page: Sequence[Sequence[Drawn]]) -> Iterator[Runs]:
    folded = [_folded(shapes, row) for row in page]
    airy = any(len(cell) > 2 for row in folded for cell in row)
    for number, (row, parts) in enumerate(zip(page, folded, strict=True)):
        yield from [()] * bool(airy and number)
        yield from _beside(columns, shapes, parts, [cell.refs for cell in row])


def _beside(
    columns: Sequence[Column], shapes: Sequence[Shape], parts: Sequence[Sequence[Runs]], refs: Sequence[str]
) -> Iterator[Runs]:
    """The lines of the cells of one row side by side; references stand on the first line."""
    for level in range(max(map(len, parts), default=0)):
        cells: list[Runs] = []
        for column, shape, part, numbers in zip(columns, shapes, parts, refs, strict=True):
            body = part[level] if level < len(part) else ()
            inner = shape.span - shape.refs if numbers else shape.span
            blank = Run(" " * (inner - width(body)))
            cell = (blank, *body) if column.number else (*body, blank)
            if numbers and shape.refs:
                shown = numbers if level == 0 else ""
                cell = (*cell, Run(" " + shown.ljust(shape.refs - 1), STYLES["ref"]))
            cells.append(cell)
        yield _joined(shapes, cells)


def _joined(shapes: Sequence[Shape], cells: Sequence[Runs]) -> Runs:
    gaps = [Run(" " * shape.gap * bool(number)) for number, shape in enumerate(shapes)]
    return tuple(run for gap, cell in zip(gaps, cells, strict=True) for run in (gap, *cell))
