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

HANG = 2
"""Cells by which a first column's further lines stand in."""

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
        if not stacked and not (shapes and all(all(map(_holds, shapes, row)) for row in page)):
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
    wide, least, apart, sizes = [], [], [], []
    for index, column in enumerate(columns):
        cells = [row[index] for row in page]
        refs = max((len(cell.refs) for cell in cells), default=0)
        refs = refs + 1 if 0 < refs <= NARROW else 0
        label = (Run(column.label),)
        places = [(_body(cell, refs), refs if cell.refs else 0) for cell in cells]
        size = [width(label), *(width(body) + place for body, place in places)]
        natural = max(size)
        hang = 0 if index else HANG
        word = max([longest(label), *(_word(body, place) for body, place in places)])
        wide.append(natural)
        least.append(natural if column.number else min(natural, max(word + hang, NARROW)))
        apart.append(refs)
        sizes.append(size)
    gap = GAP if sum(wide) + GAP * (len(columns) - 1) <= room else CLOSE
    spare = room - gap * (len(columns) - 1) - sum(least)
    if spare < 0:
        return None
    spans = _widened(least, sizes, spare)
    shapes = [Shape(span, refs, gap) for span, refs in zip(spans, apart, strict=True)]
    tall = any(len(lines) > TALL for row in page for lines, _ in _folded(shapes, row))
    return None if tall else shapes


def _word(body: Runs, place: int) -> int:
    """The least cells for a cell: its longest word, and where that is all of it, the place of its references."""
    word = longest(body)
    return min(WORD, word) + (place if word == width(body) else 0)


def _widened(spans: Sequence[int], sizes: Sequence[Sequence[int]], spare: int) -> list[int]:
    """The columns with the spare cells given one by one to the column that has most to fold."""
    widened = list(spans)
    folded = [sum(max(size - span, 0) for size in column) for span, column in zip(spans, sizes, strict=True)]
    for _ in range(spare):
        short = max(range(len(folded)), key=folded.__getitem__)
        if not folded[short]:
            break
        folded[short] -= sum(size > widened[short] for size in sizes[short])
        widened[short] += 1
    return widened


def _holds(shape: Shape, cell: Drawn) -> bool:
    """Whether a column made for the rows before can take a cell without breaking a word."""
    body, _ = _placed(shape, cell)
    return width(body) <= shape.span or longest(body) <= shape.span - HANG


def _body(cell: Drawn, refs: int) -> Runs:
    """The words of a cell, with its references where they have no place of their own."""
    return cell.body if refs else (*cell.body, *_inline(cell.refs))


def _placed(shape: Shape, cell: Drawn) -> Drawn:
    """A cell with its references in their place if it takes one line, else behind its words."""
    apart = not cell.refs or (len(cell.refs) < shape.refs and width(cell.body) <= shape.span - shape.refs)
    return cell if apart else Drawn(_body(cell, 0), "")


def _folded(shapes: Sequence[Shape], row: Sequence[Drawn]) -> list[tuple[list[Runs], str]]:
    """The lines of each cell with its references; a first column hangs, so that no line looks like another row."""
    placed = map(_placed, shapes, row)
    spans = [(shape.span, 0 if index else HANG) for index, shape in enumerate(shapes)]
    return [(fold(body, span, hang), refs) for (body, refs), (span, hang) in zip(placed, spans, strict=True)]


def _head(columns: Sequence[Column], shapes: Sequence[Shape], options: Options) -> Iterator[Runs]:
    heads = [(Run(column.label, STYLES["head"]),) for column in columns]
    labels = [(fold(head, shape.span), "") for head, shape in zip(heads, shapes, strict=True)]
    yield from _beside(columns, shapes, labels)
    rule = "-" if options.ascii else "─"
    yield _joined(shapes, [(Run(rule * shape.span, STYLES["rule"]),) for shape in shapes])


def _columns(columns: Sequence[Column], shapes: Sequence[Shape], page: Sequence[Sequence[Drawn]]) -> Iterator[Runs]:
    folded = [_folded(shapes, row) for row in page]
    airy = sum(max(len(part) for part, _ in parts) for parts in folded) > 2 * len(folded)
    for number, parts in enumerate(folded):
        yield from [()] * bool(airy and number)
        yield from _beside(columns, shapes, parts)


def _beside(
    columns: Sequence[Column], shapes: Sequence[Shape], parts: Sequence[tuple[Sequence[Runs], str]]
) -> Iterator[Runs]:
    """The lines of the cells of one row side by side, references at the right edge of their column."""
    for level in range(max((len(part) for part, _ in parts), default=0)):
        cells: list[Runs] = []
        for column, shape, (part, refs) in zip(columns, shapes, parts, strict=True):
            body = part[level] if level < len(part) else ()
            tail = Run(" " + refs.ljust(shape.refs - 1), STYLES["ref"]) if refs and not level else Run("")
            blank = Run(" " * (shape.span - width((*body, tail))))
            cells.append((blank, *body, tail) if column.number else (*body, blank, tail))
        yield _joined(shapes, cells)


def _joined(shapes: Sequence[Shape], cells: Sequence[Runs]) -> Runs:
    gaps = [Run(" " * shape.gap * bool(number)) for number, shape in enumerate(shapes)]
    return tuple(run for gap, cell in zip(gaps, cells, strict=True) for run in (gap, *cell))
