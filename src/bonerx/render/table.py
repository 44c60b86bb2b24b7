"""An answer as a page for a person: the question, the answer in a sentence, what it rests on, and what limits it."""

from collections.abc import Iterator
from itertools import pairwise

from bonerx.answer import Answer
from bonerx.page import Facts, Forest, Graph, Listing, Notes, Quote, Quotes, Raw, Section
from bonerx.render import listing
from bonerx.render.fold import fold, width
from bonerx.render.look import STYLES, Run, Runs, fact, references, runs
from bonerx.render.options import Options
from bonerx.render.visible import own, visible

NARROWEST = 20
"""Cells that a page has at least, whatever the terminal says."""

MEASURE = 100
"""Cells of a line of prose at most: longer ones are hard to read."""

TIGHT = 36
"""Below this many cells a quote stands under its number instead of beside it."""


def render(answer: Answer, options: Options) -> Iterator[str]:
    """The page in lines, none wider than `options.width`; a view of nothing but raw text is that text."""
    view = answer.view
    if view and all(isinstance(section, Raw) for section in view):
        for section in view:
            yield from _raw(section)
        return
    room = max(options.width, NARROWEST)
    prose = min(room, MEASURE)
    lines = [*_top(answer, prose, options), (), *fold((Run(own(answer.headline, options), STYLES["headline"]),), prose)]
    for line in lines:
        yield _painted(line, options)
    for section in view:
        if isinstance(section, Raw):
            yield "\n"
            yield from _raw(section)
            continue
        for number, line in enumerate(_section(section, room, options)):
            yield ("" if number else "\n") + _painted(line, options)


def _raw(section: Section) -> Iterator[str]:
    if isinstance(section, Raw):
        yield from section.lines()


def _top(answer: Answer, room: int, options: Options) -> Iterator[Runs]:
    """What was asked, and to the right what it was narrowed to."""
    title = (Run(own(answer.title, options), STYLES["title"]),)
    scope = (Run(own(answer.scope, options), STYLES["scope"]),)
    spare = room - width(title) - width(scope)
    if spare >= 3:
        yield (*title, Run(" " * spare), *scope)
        return
    yield from fold(title, room)
    if answer.scope:
        yield from fold(scope, room)


def _section(section: Section, room: int, options: Options) -> Iterator[Runs]:
    if not isinstance(section, Raw) and section.title:
        yield from fold((Run(own(section.title, options), STYLES["title"]),), room)
    margin = 2 if room >= 60 else 0
    for line in _body(section, room - margin, options):
        yield (Run(" " * margin), *line) if line else ()


def _body(section: Section, room: int, options: Options) -> Iterator[Runs]:
    prose = min(room, MEASURE - 2)
    match section:
        case Listing():
            yield from listing.lines(section, room, options)
        case Forest():
            from bonerx.render import forest

            yield from forest.lines(section, room, options)
        case Graph():
            from bonerx.render import graph

            yield from graph.lines(section, room, options)
        case Facts(_, items):
            labels = [own(label, options) for label, _ in items]
            values = [
                (*runs(cell, options, label), *((Run(" "), Run(references(cell), STYLES["ref"])) if cell.refs else ()))
                for label, cell in items
            ]
            yield from listing.labelled(labels, values, prose)
        case Quotes(_, quotes):
            for number, quote in enumerate(quotes):
                yield from [()] * bool(number)
                yield from _quote(quote, prose, options)
        case Notes(_, texts, numbered):
            bullet = "" if len(texts) < 2 else "- " if options.ascii else "• "
            for number, text in enumerate(texts, 1):
                yield from _hanging(f"{number}. " if numbered else bullet, (Run(own(text, options)),), prose)


def _quote(quote: Quote, room: int, options: Options) -> Iterator[Runs]:
    """The sentence under its number, then its source, what is known against it, and what is made of it."""
    lead = f"[{quote.number}] "
    opening, closing = ('"', '"') if options.ascii else ("“", "”")
    text = marked(quote, options)
    if quote.verbatim:
        text = (Run(opening), *text, Run(closing))
    else:
        text = (Run("curator's summary: ", STYLES["fact"]), *text)
    yield from _hanging(lead, text, room)
    indent = " " * (len(lead) if room >= TIGHT else 2)
    below: list[tuple[str, Runs]] = [("", (Run(own(quote.cite, options), STYLES["cite"]),))]
    if quote.warning:
        below.append(("! ", (Run(own(quote.warning, options), STYLES["warning"]),)))
    bullet = "- " if options.ascii else "• "
    below.extend((bullet, fact(own(line, options))) for line in (*quote.facts, *_told(quote, options)))
    for bulleted, line in below:
        yield from _hanging(indent + bulleted, line, room)


def _told(quote: Quote, options: Options) -> Iterator[str]:
    """The marks in words, where they cannot be shown: the cues unless a fact names them, the agents, what was found."""
    if options.colour:
        return
    for role, name in (("agent", "agents"), ("cue", "cue words"), ("hit", "found")):
        found = dict.fromkeys(quote.text[mark.start : mark.end] for mark in quote.marks if mark.role == role)
        told = [text for text in found if role != "cue" or not any(text in fact for fact in quote.facts)]
        if told:
            yield f"{name}: {', '.join(told)}"


def marked(quote: Quote, options: Options) -> Runs:
    """The sentence with its marks styled; places are those of the text before anything in it is made visible."""
    edges = {0, len(quote.text)}
    for mark in quote.marks:
        edges |= {min(max(edge, 0), len(quote.text)) for edge in (mark.start, mark.end)}
    places = sorted(edges)
    parts: list[Run] = []
    for start, end in pairwise(places):
        roles = [mark.role for mark in quote.marks if mark.start <= start and end <= mark.end]
        style = ";".join(STYLES[role] for role in roles if role in STYLES)
        parts.append(Run(visible(quote.text[start:end], options), style))
    return tuple(parts)


def _hanging(lead: str, text: Runs, room: int) -> Iterator[Runs]:
    """A text after its lead, the following lines under the first; on a tight page under a lead of its own line."""
    if room < TIGHT and lead.startswith("["):
        yield (Run(lead),)
        lead = "  "
    for position, line in enumerate(fold(text, room - len(lead))):
        yield (Run(" " * len(lead) if position else lead), *line)


def _painted(line: Runs, options: Options) -> str:
    """A line as text, ending where its words end."""
    parts = [run for run in line if run.text]
    if not options.colour:
        return "".join(run.text for run in parts).rstrip(" ") + "\n"
    while parts and not parts[-1].text.strip(" "):
        parts.pop()
    if parts:
        parts[-1] = parts[-1]._replace(text=parts[-1].text.rstrip(" "))
    return "".join(f"\x1b[{run.style}m{run.text}\x1b[0m" if run.style else run.text for run in parts) + "\n"
