"""Figures for publication, drawn into a file by matplotlib, which is loaded nowhere else and may be missing."""

from __future__ import annotations

import io
import math
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from bonerx.errors import UsageError
from bonerx.file_output import ReaderGone, is_stream, save
from bonerx.number import estimate, percent
from bonerx.page import Forest, ForestRow, Funnel, Graph, Plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png", ".pdf")
INCHES_A_ROW = 0.28
MOST_ROWS = 400
"""Rows of a forest plot that still make a page."""
DARK, GREY = "#1a1a1a", "#8a8a8a"


def check(path: str) -> None:
    """Raise UsageError unless a figure can be drawn into a file of this name: its ending, and matplotlib."""
    _form(path)
    import logging
    import warnings

    # What the library tells its own developers and users is nothing for ours: that it looks for fonts, or where it
    # keeps what it found.
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import matplotlib  # noqa: F401
    except ImportError as error:
        hint = "install it with `pip install 'bonerx[plot]'`"
        raise UsageError("drawing a figure needs matplotlib, which is not installed", hint=hint) from error


def draw(plot: Plot) -> str | None:
    """Draw a figure into its file; return what is to be known of it, None where it is as it should be.

    Raises UsageError for what cannot be drawn, Unreadable for what cannot be written, whole or not at all. The same
    figure gives the same bytes: no date is written, and the ids of an SVG follow from its content.
    """
    check(plot.path)
    import warnings

    import matplotlib

    form = _form(plot.path)
    # Type 42 keeps the letters of a PDF as letters, which can be searched for and copied.
    settings: Any = {
        "svg.hashsalt": "bonerx", "svg.fonttype": "none", "pdf.fonttype": 42, "font.size": 9, "text.parse_math": False,
    }  # fmt: skip
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that are missing our own words are told
        from bonerx.render.fonts import settle

        figure = _drawn(plot.drawing)
        lacking = settle(figure, as_text=form == "svg")
        content = io.BytesIO()
        undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[form]
        figure.savefig(content, format=form, metadata=undated, dpi=200, bbox_inches="tight")
    with suppress(ReaderGone):
        save(plot.path, [content.getvalue()])
    return lacking


def _form(path: str) -> str:
    """Return the format of a figure by the ending of its name; what is no file and has no ending gets SVG."""
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122
    if ending in FORMATS:
        return ending.removeprefix(".")
    if is_stream(path):
        return "svg"
    raise UsageError(f"no figure can be drawn as `{path}`", hint=f"the name ends in {', '.join(FORMATS)}")


def _drawn(drawing: Any) -> Figure:
    if isinstance(drawing, Forest):
        return _forest(drawing)
    if isinstance(drawing, Funnel):
        return _funnel(drawing)
    if isinstance(drawing, Graph):
        from bonerx.render.graph_figure import network_figure

        return network_figure(drawing)
    raise UsageError("no figure of this kind can be drawn")


def _forest(forest: Forest) -> Figure:
    """A forest plot: the trials from above, squares by weight, diamonds for pooled effects, numbers on both sides."""
    from matplotlib.figure import Figure

    rows = forest.rows
    if len(rows) > MOST_ROWS:
        raise UsageError(f"a forest plot of {len(rows)} rows is no page", hint="draw the funnel: `--plot-kind funnel`")
    figure = Figure(figsize=(9.0, 1.4 + INCHES_A_ROW * (len(rows) + 1)))
    axes: Axes = figure.add_axes((0.42, 0.12, 0.30, 0.76))
    low, high = _limits(forest)
    if forest.log:
        axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.4, -1.1)
    axes.axvline(forest.null, color=GREY, linewidth=0.8, zorder=0)
    for place, row in enumerate(rows):
        _row(axes, row, place, (low, high), forest)
    _texts(axes, forest)
    axes.yaxis.set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    _ticks(axes, forest.log)
    axes.set_xlabel(f"← {forest.left}        {forest.right} →" if forest.left else "", fontsize=8, color=DARK)
    if forest.title:
        figure.suptitle(forest.title, x=0.02, y=0.99, ha="left", fontsize=10, fontweight="bold")
    return figure


def _limits(forest: Forest) -> tuple[float, float]:
    """The stretch shown: every estimate, the line of no effect, and intervals as far as they do not dwarf these."""

    def scaled(value: float) -> float:
        return math.log(value) if forest.log else value

    values = [forest.null, *(row.value for row in forest.rows if row.value)]
    ends = [
        end for row in forest.rows for end in (row.low, row.high) if end is not None and (end > 0 or not forest.log)
    ]
    inner = [scaled(value) for value in values]
    reach = 1.5 * (max(inner) - min(inner)) or 1.0
    outer = [min(max(scaled(end), min(inner) - reach), max(inner) + reach) for end in ends]
    low, high = min([*inner, *outer]), max([*inner, *outer])
    pad = 0.05 * (high - low)
    return (math.exp(low - pad), math.exp(high + pad)) if forest.log else (low - pad, high + pad)


def _row(axes: Axes, row: ForestRow, place: int, limits: tuple[float, float], forest: Forest) -> None:
    if row.low is None or row.high is None:
        return
    low, high = max(row.low, limits[0]), min(row.high, limits[1])
    if low > high:
        return
    if row.kind == "pooled" and row.value is not None:
        middle = min(max(row.value, low), high)
        axes.fill([low, middle, high, middle], [place, place - 0.3, place, place + 0.3], color=DARK, linewidth=0)
        return
    style = (0, (2, 1.5)) if row.kind == "prediction" else "-"
    axes.plot([low, high], [place, place], color=DARK, linewidth=1.1, linestyle=style, solid_capstyle="butt")
    for end, shown, marker in ((row.low, low, "<"), (row.high, high, ">")):
        if end != shown:
            axes.plot([shown], [place], marker=marker, color=DARK, markersize=4)
    if row.value is not None and low <= row.value <= high:
        heaviest = max((other.weight or 0.0 for other in forest.rows), default=0.0) or 1.0
        size = 3.0 + 6.0 * math.sqrt((row.weight or 0.0) / heaviest)
        axes.plot([row.value], [place], marker="s", color=DARK, markersize=size, markeredgewidth=0)


def _texts(axes: Axes, forest: Forest) -> None:
    """Write the names, groups, effects and weights beside the plot."""
    across = axes.get_yaxis_transform()
    heads = (
        (-1.38, "Trial", "left"), (-0.36, forest.a, "right"), (-0.06, forest.b, "right"),
        (1.62, f"{forest.measure} ({100 * forest.level:g}% CI)", "right"), (1.85, "Weight", "right"),
    )  # fmt: skip
    for x, text, align in heads:
        axes.text(x, -0.8, text, transform=across, ha=align, va="center", fontweight="bold", clip_on=False)
    for place, row in enumerate(forest.rows):
        weight = "" if row.weight is None else percent(row.weight)
        cells = (row.label, row.a, row.b, _effect(row, forest.measure), weight)
        for (x, _, align), text in zip(heads, cells, strict=True):
            bold = "normal" if row.kind == "study" else "bold"
            axes.text(x, place, text, transform=across, ha=align, va="center", fontweight=bold, clip_on=False)


def _effect(row: ForestRow, measure: str) -> str:
    if row.low is None and row.value is None:
        return "not estimable"
    value, interval = estimate(row.value, row.low, row.high, measure)
    return interval if row.value is None else f"{value} {interval}"


def _ticks(axes: Axes, log: bool) -> None:
    """Label a ratio's axis with plain numbers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    if log:
        axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
        axes.xaxis.set_minor_formatter(NullFormatter())


def _funnel(funnel: Funnel) -> Figure:
    """A funnel plot: standard errors downward against effects, with the pseudo limits about the common effect."""
    from matplotlib.figure import Figure

    from bonerx.synthesis.numeric.distributions import critical_value

    figure = Figure(figsize=(6.0, 4.6))
    axes: Axes = figure.add_subplot()
    widest = max((se for _, _, se in funnel.points), default=1.0) * 1.08
    half = critical_value(funnel.level) * widest
    shown = math.exp if funnel.log else float
    if funnel.log:
        axes.set_xscale("log")
    centre = shown(funnel.centre)
    sides = [shown(funnel.centre - half), shown(funnel.centre + half)]
    axes.plot([sides[0], centre, sides[1]], [widest, 0.0, widest], color=GREY, linewidth=0.9, linestyle="--")
    axes.plot([centre, centre], [0.0, widest], color=GREY, linewidth=0.9)
    effects = [shown(te) for _, te, _ in funnel.points]
    axes.plot(effects, [se for _, _, se in funnel.points], "o", color=DARK, markersize=5)
    for (name, _, se), effect in zip(funnel.points, effects, strict=True):
        if len(funnel.points) <= 20:
            axes.annotate(name, (effect, se), xytext=(5, 3), textcoords="offset points", fontsize=7, color=GREY)
    axes.set_ylim(widest, 0.0)
    axes.set_xlabel(funnel.measure)
    axes.set_ylabel("Standard error" + (f" of log {funnel.measure}" if funnel.log else ""))
    _ticks(axes, funnel.log)
    axes.set_title(funnel.title, loc="left", fontsize=10, fontweight="bold")
    return figure
