"""A forest plot drawn in cells: squares by weight, diamonds and prediction intervals to scale, with an axis below."""

from collections.abc import Iterator, Sequence
from math import ceil, floor, inf, isfinite, log, log10
from typing import NamedTuple

from bonerx.page import Cell, Column, Forest, ForestRow, Listing
from bonerx.render.fold import fold, longest, width
from bonerx.render.listing import labelled
from bonerx.render.look import STYLES, Run, Runs, runs
from bonerx.render.options import Options
from bonerx.render.visible import own

GAP = 2
NARROWEST = 18
WIDEST = 60
"""Cells of the plot itself; with less room than the narrowest every study is drawn under its numbers."""

LABEL = 24
"""Cells that the name of a study may take before it is folded."""

REACH = 1.0
"""How far beyond the estimates the axis goes for the sake of wide intervals, in spans of the estimates."""


class Glyphs(NamedTuple):
    """The characters a plot is made of."""

    line: str
    squares: str
    diamond: str
    inside: str
    prediction: str
    off: str
    null: str
    axis: str


UNICODE = Glyphs("─", "▪■█", "◄◆►", "━", "├╌┤", "←→", "│", "─┬")
ASCII = Glyphs("-", "oO@", "<#>", "=", "[.]", "<>", "|", "-+")


class Scale(NamedTuple):
    """The stretch of the analysis scale that a plot shows, in `cells`."""

    low: float
    high: float
    cells: int
    log: bool

    def place(self, value: float) -> int:
        """The cell of a value, the first or last one where it lies beyond the plot."""
        share = (self.at(value) - self.low) / (self.high - self.low)
        return floor(min(max(share, 0.0), 1.0) * (self.cells - 1) + 0.5)

    def at(self, value: float) -> float:
        """A value on the analysis scale."""
        if not self.log:
            return value
        return log(value) if value > 0 else -inf


def as_listing(forest: Forest) -> Listing:
    """The numbers of a forest plot as a table, for formats that draw nothing."""
    labels = ("Study", forest.a, forest.b, f"{forest.measure} ({100 * forest.level:g}% CI)", "Weight")
    columns = tuple(Column(label, number=index in (1, 2, 4)) for index, label in enumerate(labels))
    return Listing(forest.title, columns, (_cells(forest, row) for row in forest.rows))


def lines(forest: Forest, room: int, options: Options) -> Iterator[Runs]:
    """The plot in lines of at most `room` cells: beside the numbers, or under each study's where there is no room."""
    listing = as_listing(forest)
    heads: list[Runs] = [(Run(own(column.label, options), STYLES["head"]),) for column in listing.columns]
    rows = [
        [runs(cell._replace(note=""), options, column.label) for cell, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    table = [heads, *rows]
    wide = [max(width(row[index]) for row in table) for index in range(len(heads))]
    label = min(wide[0], max(LABEL, *(longest(row[0]) for row in table)))
    groups = label, wide[1], wide[2]
    rest = room - wide[3] - wide[4] - 3 * GAP
    if rest - sum(groups) - 2 * GAP >= NARROWEST:
        left = [_three(row, groups) for row in table]
    else:
        label = max(label, *(2 + width(_versus(row)) for row in table))
        left = [[*fold(row[0], label), *([(Run("  "), *_versus(row))] if width(_versus(row)) else [])] for row in table]
        groups = (label, -GAP, -GAP)
    plot = min(rest - sum(groups) - 2 * GAP, WIDEST)
    if plot < NARROWEST:
        yield from _stacked(forest, heads, rows, room, options)
        return
    scale = scale_of(forest, plot)
    place = sum(groups) + 3 * GAP
    blank = (Run(" " * plot),)
    yield from _beside(left[0], place, [blank] * len(left[0]), heads[3:], wide[3:])
    for row, cells, block in zip(forest.rows, rows, left[1:], strict=True):
        empty = bar(forest, ForestRow("", None, None, None), scale, options)
        bars = [bar(forest, row, scale, options), *[empty] * (len(block) - 1)]
        yield from _beside(block, place, bars, cells[3:], wide[3:])
        if row.note:
            note = (Run(own(row.note, options), STYLES["note"]),)
            yield from ((Run("  "), *line) for line in fold(note, room - 2))
    for line in axis(forest, scale, options):
        yield (Run(" " * place), *line)


def scale_of(forest: Forest, cells: int) -> Scale:
    """A scale that shows every estimate and, as far as they do not dwarf them, every interval."""
    scale = Scale(0.0, 1.0, cells, forest.log)
    core = [forest.null, *(row.value for row in forest.rows if row.value is not None)]
    core += [limit for row in forest.rows if row.kind != "study" for limit in (row.low, row.high) if limit is not None]
    limits = [limit for row in forest.rows for limit in (row.low, row.high) if limit is not None]
    inner = [at for at in map(scale.at, core) if isfinite(at)] or [0.0]
    outer = [at for at in map(scale.at, limits) if isfinite(at)] + inner
    reach = REACH * (max(inner) - min(inner)) or inf
    low, high = max(min(outer), min(inner) - reach), min(max(outer), max(inner) + reach)
    return scale._replace(low=low, high=high) if high > low else scale._replace(low=low - 1, high=low + 1)


def bar(forest: Forest, row: ForestRow, scale: Scale, options: Options) -> Runs:
    """One line of the plot: an interval with its square or diamond, over the line of no effect."""
    glyphs = ASCII if options.ascii else UNICODE
    cells = [" "] * scale.cells
    cells[scale.place(forest.null)] = glyphs.null
    if row.low is not None and row.high is not None:
        low, high = (_beyond(scale, limit, forest.null) for limit in (row.low, row.high))
        middle = {"pooled": glyphs.inside, "prediction": glyphs.prediction[1]}.get(row.kind, glyphs.line)
        cells[low : high + 1] = middle * (high - low + 1)
        ends = {"pooled": glyphs.diamond, "prediction": glyphs.prediction}.get(row.kind, glyphs.line)
        cells[low], cells[high] = ends[0], ends[-1]
        if scale.at(row.low) < scale.low:
            cells[low] = glyphs.off[0]
        if scale.at(row.high) > scale.high:
            cells[high] = glyphs.off[1]
    if row.value is not None:
        cells[_beyond(scale, row.value, forest.null)] = (
            glyphs.diamond[1] if row.kind == "pooled" else _square(forest, row, glyphs)
        )
    style = STYLES["diamond" if row.kind == "pooled" else "square"]
    return tuple(Run(cell, STYLES["null"] if cell == glyphs.null else style) for cell in cells)


def _beyond(scale: Scale, value: float, null: float) -> int:
    """The cell of a value, never that of the line of no effect unless it lies on it."""
    cell, line = scale.place(value), scale.place(null)
    if cell != line or value == null:
        return cell
    return min(max(cell + (1 if value > null else -1), 0), scale.cells - 1)


def axis(forest: Forest, scale: Scale, options: Options) -> Iterator[Runs]:
    """The axis, its numbers, and what lies on either side."""
    glyphs = ASCII if options.ascii else UNICODE
    marks, labels, free = list(glyphs.axis[0] * scale.cells), [" "] * scale.cells, 0
    ticks = {scale.place(tick): tick for tick in sorted(_ticks(scale), key=lambda tick: tick == forest.null)}
    ticks[scale.place(forest.null)] = forest.null
    null = scale.place(forest.null)
    kept = f"{forest.null:g}"
    taken = range(max(null - len(kept) // 2 - 1, 0), null + len(kept) // 2 + 2)
    for place, tick in sorted(ticks.items()):
        text = f"{tick:g}"
        start = min(max(place - len(text) // 2, 0), scale.cells - len(text))
        clashes = place != null and any(cell in taken for cell in range(start, start + len(text)))
        if start < free or clashes:
            continue
        marks[place] = glyphs.axis[1]
        labels[start : start + len(text)] = text
        free = start + len(text) + 1
    yield (Run("".join(marks), STYLES["null"]),)
    yield (Run("".join(labels), STYLES["null"]),)
    left, right = own(forest.left, options), own(forest.right, options)
    if not left and not right:
        return
    left, right = f"{glyphs.off[0]} {left}", f"{right} {glyphs.off[1]}"
    spare = scale.cells - width((Run(left + right),))
    if spare >= 2:
        yield (Run(left + " " * spare + right, STYLES["null"]),)
        return
    for text in (left, right):
        yield from fold((Run(text, STYLES["null"]),), scale.cells)


def _cells(forest: Forest, row: ForestRow) -> tuple[Cell, ...]:
    effect = Cell((row.value, row.low, row.high, forest.measure), "estimate", (), row.note)
    if row.value is None and row.low is None and row.high is None:
        effect = Cell("" if row.kind == "heading" else "not estimable", "silent", (), row.note)
    weight = Cell("") if row.weight is None else Cell(row.weight, "percent")
    return (Cell(row.label, "text" if row.kind == "study" else "verdict"), Cell(row.a), Cell(row.b), effect, weight)


def _square(forest: Forest, row: ForestRow, glyphs: Glyphs) -> str:
    """A square whose size stands for the weight: of three sizes, the largest for the heaviest study."""
    heaviest = max((other.weight for other in forest.rows if other.kind == "study" and other.weight), default=0.0)
    if not row.weight or not heaviest:
        return glyphs.squares[0]
    return glyphs.squares[min(int(3 * row.weight / heaviest), 2)]


def _ticks(scale: Scale) -> list[float]:
    """Round numbers within the scale: 1, 2 and 5 in every power of ten on a log scale, even steps on another."""
    if scale.log:
        powers = range(floor(scale.low / log(10)), ceil(scale.high / log(10)) + 1)
        found = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
        if len(powers) > 5:
            found = [10.0**power for power in powers]
    else:
        rough = (scale.high - scale.low) / 5
        unit = 10.0 ** floor(log10(rough))
        step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
        found = [round(step * index, 12) for index in range(floor(scale.low / step), ceil(scale.high / step) + 1)]
    return [tick for tick in found if scale.low <= scale.at(tick) <= scale.high]


def _three(cells: Sequence[Runs], spans: tuple[int, int, int]) -> list[Runs]:
    """The label, folded, with the two groups to the right of its first line."""
    first, *more = fold(cells[0], spans[0])
    line: Runs = (*first, Run(" " * (spans[0] - width(first))))
    for cell, span in zip(cells[1:3], spans[1:], strict=True):
        line = (*line, Run(" " * (GAP + span - width(cell))), *cell)
    return [line, *more]


def _versus(cells: Sequence[Runs]) -> Runs:
    """The two groups of a study, to stand under its label."""
    known = [cell for cell in cells[1:3] if width(cell)]
    return (*known[0], Run(" vs ", STYLES["head"]), *known[1]) if len(known) == 2 else tuple(known[0] if known else ())


def _beside(
    left: Sequence[Runs], place: int, bars: Sequence[Runs], right: Sequence[Runs], spans: Sequence[int]
) -> Iterator[Runs]:
    """The lines of one study: its label and groups, the plot from `place` on, then the effect and the weight."""
    for number, (line, drawn) in enumerate(zip(left, bars, strict=True)):
        line = (*line, Run(" " * (place - width(line))), *drawn)
        if number == 0:
            effect, weight = right
            after = Run(" " * (spans[0] - width(effect) + GAP + spans[1] - width(weight)))
            line = (*line, Run(" " * GAP), *effect, after, *weight)
        yield line


def _stacked(
    forest: Forest, heads: Sequence[Runs], rows: Sequence[Sequence[Runs]], room: int, options: Options
) -> Iterator[Runs]:
    """Each study as a record of labelled lines with its bar below."""
    scale = scale_of(forest, min(room - 2, WIDEST))
    for row, cells in zip(forest.rows, rows, strict=True):
        yield from fold(tuple(run._replace(style=run.style or STYLES["title"]) for run in cells[0]), room)
        told = [(head[0].text, cell) for head, cell in zip(heads[1:], cells[1:], strict=True) if width(cell)]
        if row.note:
            told.append(("", (Run(own(row.note, options), STYLES["note"]),)))
        for line in labelled([head for head, _ in told], [cell for _, cell in told], room - 2):
            yield (Run("  "), *line)
        yield (Run("  "), *bar(forest, row, scale, options))
        yield ()
    for line in axis(forest, scale, options):
        yield (Run("  "), *line)
