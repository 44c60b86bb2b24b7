"""A network of regimens as a figure: regimens on a circle, lines as heavy as the trials that compare their ends."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from bonerx.page import Graph
from bonerx.render.graph import in_order

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DARK, GREY, FILL = "#1a1a1a", "#8a8a8a", "#4477aa"
MOST_NUMBERED = 80
"""Lines of a network on which the number of trials is still written."""


def network_figure(graph: Graph) -> Figure:
    """Return the figure of a network: circles grow with the trials that a regimen stands in, lines with theirs."""
    from matplotlib.figure import Figure

    names = in_order(graph)
    inches = min(5.0 + 0.06 * len(names), 14.0)
    figure = Figure(figsize=(inches, inches))
    axes: Axes = figure.add_axes((0.2, 0.12, 0.6, 0.72))
    angles = {name: pi / 2 - 2 * pi * place / len(names) for place, name in enumerate(names)}
    places = {name: (cos(angle), sin(angle)) for name, angle in angles.items()}
    most = max((trials for _, _, trials in graph.edges), default=1)
    for a, b, trials in graph.edges:
        (x, y), (u, v) = places[a], places[b]
        axes.plot([x, u], [y, v], color=GREY, linewidth=0.8 + 5.0 * trials / most, solid_capstyle="round", zorder=1)
        if len(graph.edges) <= MOST_NUMBERED:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
            axes.text((x + u) / 2, (y + v) / 2, str(trials), ha="center", va="center", fontsize=7, bbox=box, zorder=2)
    standing = {name: sum(trials for a, b, trials in graph.edges if name in (a, b)) for name in names}
    largest = max(standing.values(), default=1)
    for name, (x, y) in places.items():
        size = 5.0 + 11.0 * sqrt(standing[name] / largest)
        axes.plot([x], [y], "o", color=FILL, markersize=size, markeredgecolor="white", zorder=3)
        side = "center" if abs(x) < 0.3 else "left" if x > 0 else "right"
        level = "center" if abs(y) < 0.9 else "bottom" if y > 0 else "top"
        axes.text(1.16 * x, 1.16 * y, name, ha=side, va=level, color=DARK, clip_on=False, zorder=4)
    axes.set_xlim(-1.1, 1.1)
    axes.set_ylim(-1.1, 1.1)
    axes.set_aspect("equal")
    axes.set_axis_off()
    if graph.title:
        figure.suptitle(graph.title, x=0.02, y=0.97, ha="left", fontsize=10, fontweight="bold")
    return figure
