"""An answer for pipes: one record a line, fields parted by tabs, nothing boxed, wrapped, cut or coloured."""

from collections.abc import Iterable, Iterator

from bonerx.answer import Answer
from bonerx.page import Facts, Forest, Graph, Listing, Notes, Quote, Quotes, Raw, Section
from bonerx.render.look import words
from bonerx.render.options import Options
from bonerx.render.visible import own, visible


def render(answer: Answer, options: Options) -> Iterable[str]:
    """The headline, what was asked, then the sections, each after a blank line."""
    view = answer.view
    if view and all(isinstance(section, Raw) for section in view):
        yield from (line for section in view for line in _section(section, options))
        return
    yield own(answer.headline, options) + "\n"
    yield _line(filter(None, ["Asked:", own(answer.title, options), own(answer.scope, options)]))
    for section in view:
        started = False
        for line in _section(section, options):
            yield line if started else "\n" + line
            started = True


def _section(section: Section, options: Options) -> Iterator[str]:
    if not isinstance(section, Raw) and section.title:
        yield own(section.title, options) + "\n"
    match section:
        case Listing(_, columns, rows):
            yield _line(own(column.label, options) for column in columns)
            for row in rows:
                yield _line(words(cell, options, column.label) for cell, column in zip(row, columns, strict=True))
        case Facts(_, items):
            for label, cell in items:
                yield _line((own(label, options), words(cell, options, label)))
        case Quotes(_, quotes):
            for quote in quotes:
                yield _line(_quote(quote, options))
        case Notes(_, lines, numbered):
            for number, line in enumerate(lines, 1):
                yield (f"{number}. " if numbered else "") + own(line, options) + "\n"
        case Forest():
            from bonerx.render.forest import as_listing

            yield from _section(as_listing(section)._replace(title=None), options)
        case Graph():
            from bonerx.render.graph import as_listing as edges

            yield from _section(edges(section)._replace(title=None), options)
        case Raw():
            yield from section.lines()


def _quote(quote: Quote, options: Options) -> Iterator[str]:
    """Number, sentence, source, warning, then what is made of it."""
    text = visible(quote.text, options)
    opening, closing = ('"', '"') if options.ascii else ("“", "”")
    yield f"[{quote.number}]"
    yield f"{opening}{text}{closing}" if quote.verbatim else f"curator's summary: {text}"
    yield own(quote.cite, options)
    if quote.warning:
        yield own(quote.warning, options)
    for fact in quote.facts:
        yield own(fact, options)


def _line(fields: Iterable[str]) -> str:
    return "\t".join(fields) + "\n"
