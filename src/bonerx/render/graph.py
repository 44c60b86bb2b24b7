"""A network of regimens drawn in lines: a tree from the best known regimen, with the trials on every branch."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from bonerx.page import Cell, Column, Graph, Listing
from bonerx.render.fold import fold, width
from bonerx.render.look import STYLES, Run, Runs
from bonerx.render.options import Options
from bonerx.render.visible import own

LARGEST = 60
"""Regimens of a network that is drawn as a tree; a larger one is listed branch by branch."""

STEP = 3
"""Cells by which a branch stands in from the one above it."""

LEAST = 12
"""Cells that a name must have beside its branch; with less room the network is listed."""


class Glyphs(NamedTuple):
    """The characters that branches are made of: thin for one trial, heavy for several."""

    branch: tuple[str, str]
    last: tuple[str, str]
    line: tuple[str, str]
    down: str


UNICODE = Glyphs(("├", "┝"), ("└", "┕"), ("─", "━"), "│")
ASCII = Glyphs(("|", "|"), ("`", "`"), ("-", "="), "|")

KEY = "On each branch the trials that compare the two regimens; a heavy line for several trials."
AGAIN = "A name in brackets stands elsewhere too: that branch closes a loop."


class Branch(NamedTuple):
    """One regimen below another: `trials` join the two, `last` says for each level whether no branch follows on it.

    One that stands `again` is drawn elsewhere with all that is below it.
    """

    label: str
    trials: int
    last: tuple[bool, ...]
    again: bool = False


def as_listing(graph: Graph) -> Listing:
    """The edges of a network as a table, for formats that draw nothing."""
    columns = (Column("Regimen"), Column("Compared with"), Column("Trials", number=True))
    rows = ((Cell(a, "regimen"), Cell(b, "regimen"), Cell(trials, "count")) for a, b, trials in graph.edges)
    return Listing(graph.title, columns, rows)


def lines(graph: Graph, room: int, options: Options) -> Iterator[Runs]:
    """The network in lines of at most `room` cells: a tree, or its edges one by one where a tree has no room."""
    branches = list(_branches(graph)) if len(graph.nodes) <= LARGEST else []
    deepest = max((len(branch.last) for branch in branches), default=0)
    widest = max((len(str(trials)) for _, _, trials in graph.edges), default=1)
    if not branches or STEP * deepest + widest + 5 + LEAST > room:
        yield from _edges(graph, room, options)
        return
    for branch in branches:
        yield from _drawn(branch, widest, room, options)
    loops = any(branch.again for branch in branches)
    for text in (KEY, AGAIN)[: 1 + loops]:
        yield from fold((Run(own(text, options), STYLES["note"]),), room)


def in_order(graph: Graph) -> list[str]:
    """Return the regimens in the order of drawing, each part together."""
    return [branch.label for branch in _branches(graph) if not branch.again]


def _branches(graph: Graph) -> Iterator[Branch]:
    """The regimens of every part, each below the one that is nearest to the part's first, in the order of drawing."""
    trials = {frozenset((a, b)): number for a, b, number in graph.edges}
    place = {node: number for number, node in enumerate(graph.nodes)}
    beside: dict[str, list[str]] = {node: [] for node in graph.nodes}
    for a, b, _ in graph.edges:
        beside[a].append(b)
        beside[b].append(a)
    above: dict[str, str | None] = {}
    roots = []
    for start in graph.nodes:
        if start in above:
            continue
        roots.append(start)
        above[start] = None
        frontier = [start]
        while frontier:
            reached = []
            for node in frontier:
                for other in sorted(beside[node], key=place.__getitem__):
                    if other not in above:
                        above[other] = node
                        reached.append(other)
            frontier = reached
    drawn: set[str] = set()

    def below(node: str, last: tuple[bool, ...]) -> Iterator[Branch]:
        drawn.add(node)
        children = [other for other in sorted(beside[node], key=place.__getitem__) if above[other] == node]
        closing = [
            other
            for other in sorted(beside[node], key=place.__getitem__)
            if other in drawn and above[node] != other and above[other] != node
        ]
        for number, other in enumerate((*closing, *children), 1):
            here = (*last, number == len(closing) + len(children))
            again = number <= len(closing)
            yield Branch(other, trials[frozenset((node, other))], here, again)
            if not again:
                yield from below(other, here)

    yield from chain.from_iterable((Branch(root, 0, ()), *below(root, ())) for root in roots)


def _drawn(branch: Branch, widest: int, room: int, options: Options) -> Iterator[Runs]:
    glyphs = ASCII if options.ascii else UNICODE
    name = own(branch.label, options)
    if not branch.last:
        yield from fold((Run(name, STYLES["title"]),), room)
        return
    heavy = branch.trials > 1
    before = "".join(" " * STEP if last else glyphs.down + " " * (STEP - 1) for last in branch.last[:-1])
    line = glyphs.line[heavy]
    corner = (glyphs.last if branch.last[-1] else glyphs.branch)[heavy]
    number = f" {branch.trials} "
    joint = corner + line * (1 + widest + 2 - len(number)) + number + line + " "
    text = (Run(f"({name})", STYLES["note"]),) if branch.again else (Run(name),)
    under = before + (" " if branch.last[-1] else glyphs.down)
    for number_of_line, part in enumerate(fold(text, room - len(before) - len(joint))):
        lead = before + joint if number_of_line == 0 else under.ljust(len(before) + len(joint))
        yield (Run(lead, STYLES["null"]), *part)


def _edges(graph: Graph, room: int, options: Options) -> Iterator[Runs]:
    """Every edge on a line of its own, its trials between the two names."""
    line = (ASCII if options.ascii else UNICODE).line
    for a, b, trials in graph.edges:
        joint = f" {line[trials > 1]} {trials} {line[trials > 1]} "
        whole: Runs = (Run(own(a, options)), Run(joint, STYLES["null"]), Run(own(b, options)))
        if width(whole) <= room:
            yield whole
            continue
        first, *more = fold((whole[0],), room - 2)
        yield first
        yield from (
            (Run("  "), *part) for part in (*more, *fold((Run(joint.lstrip(), STYLES["null"]), whole[2]), room - 2))
        )
