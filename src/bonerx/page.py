"""What a person reads of an answer: sections in order, made of cells that say what they are, not how they look."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """One value for a person: `role` says what it is (see `ROLES`), `refs` the numbered quotes it rests on.

    `note` qualifies the value in a word or two (`by class`) and stands behind it.
    """

    value: Any
    role: str = "text"
    refs: tuple[int, ...] = ()
    note: str = ""


class Column(NamedTuple):
    """One column of a listing; a `number` stands to the right."""

    label: str
    number: bool = False


class Listing(NamedTuple):
    """A table of cells; `rows` may be a generator and is read once."""

    title: str | None
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]


class Mark(NamedTuple):
    """A stretch of a quote that matters: code points `start` to `end`, an `agent`, a `cue` or a search `hit`."""

    start: int
    end: int
    role: str


class Quote(NamedTuple):
    """A sentence in full, or a curator's summary (`verbatim` False), with where it stands and what it says.

    `cite` is the source in short (`Iwamoto 2003 · S4`), `warning` what is known against the source, and each of
    `facts` one line about a claim that rests on the sentence.
    """

    number: int
    text: str
    verbatim: bool
    cite: str
    warning: str | None = None
    facts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


class Quotes(NamedTuple):
    """The sentences behind an answer."""

    title: str | None
    quotes: Iterable[Quote]


class Notes(NamedTuple):
    """Lines of prose: what limits an answer, or (`numbered`) the steps that led to it."""

    title: str | None
    lines: tuple[str, ...]
    numbered: bool = False


class Facts(NamedTuple):
    """Labelled values of one record."""

    title: str | None
    items: tuple[tuple[str, Cell], ...]


class Raw(NamedTuple):
    """A document that is its own picture, such as a JSON Schema or a script: written as it stands.

    `text` may be a generator of its lines, which is read once.
    """

    text: str | Iterable[str]

    def lines(self) -> Iterable[str]:
        """The text in pieces, the last of which ends its line."""
        if not isinstance(self.text, str):
            return self.text
        return (self.text if self.text.endswith("\n") else self.text + "\n",)


class ForestRow(NamedTuple):
    """One line of a forest plot: an effect with its interval as people read them, None where not estimable.

    `kind` is `study`, `pooled`, `prediction` (an interval without a value) or `heading` (a label alone). `a` and `b`
    are the groups in short (`78/1022`), `weight` a fraction of one, and `note` what else is to be known, such as why a
    study is left out.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    kind: str = "study"
    a: str = ""
    b: str = ""
    weight: float | None = None
    note: str = ""


class Forest(NamedTuple):
    """A forest plot: `a` against `b` in `measure`, drawn on a log scale where `log`, with a line at `null`.

    `left` and `right` say what lies on either side of it (`favours alendronate`).
    """

    title: str | None
    measure: str
    a: str
    b: str
    rows: tuple[ForestRow, ...]
    log: bool
    null: float
    level: float = 0.95
    left: str = ""
    right: str = ""


class Graph(NamedTuple):
    """A network of regimens, drawn from the first of `nodes` on: `edges` are (one, other, number of trials)."""

    title: str | None
    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str, int], ...]


class Funnel(NamedTuple):
    """A funnel plot, for figures only: each trial's effect and standard error on the analysis scale about `centre`."""

    title: str
    measure: str
    log: bool
    centre: float
    points: tuple[tuple[str, float, float], ...]
    level: float = 0.95


class Plot(NamedTuple):
    """A figure to be drawn into the file at `path`, whose ending says in which format."""

    path: str
    drawing: Forest | Funnel | Graph


Section = Listing | Quotes | Notes | Facts | Forest | Graph | Raw

ROLES = {
    "text": "words",
    "id": "an identifier to type back",
    "regimen": "what is given, by name",
    "outcome": "what is measured, by name",
    "direction": "what a source says happens: one of the directions of a claim",
    "silent": "that nothing is stated",
    "narrower": "that only statements on something narrower exist",
    "verdict": "whom the statements favour, or that they do not say",
    "hedge": "how strongly it is worded: asserted, suggested, possible, proposed",
    "integrity": "what is known against a source",
    "stance": "how a finding bears on a claim",
    "count": "a whole number",
    "number": "a measured number, rounded for people",
    "estimate": "an effect with its interval: (value, low, high, measure)",
    "percent": "a fraction shown as a percentage",
    "p": "a p-value",
}
"""What a cell can be; a renderer may give each role a look, never a meaning."""
