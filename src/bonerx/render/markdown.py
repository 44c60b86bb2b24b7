"""An answer as Markdown, for issues, notes and manuscripts; third-party text is escaped, so it stays text."""

import re
from collections.abc import Iterable, Iterator

from bonerx.answer import Answer
from bonerx.page import Facts, Forest, Graph, Listing, Notes, Quote, Quotes, Raw, Section
from bonerx.render.look import words
from bonerx.render.options import Options
from bonerx.render.visible import own, visible

MARKUP = re.compile(r"[\\`*_{}\[\]#|~$^]")
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
OPENER = re.compile(r"\d*(?=[.)](\s|$))|(?=[-+=:])")
"""Where a backslash keeps a line from becoming a list, a rule or a heading."""


def render(answer: Answer, options: Options) -> Iterable[str]:
    """The question as a heading, the answer in bold, tables, quotations and notes."""
    view = answer.view
    if view and all(isinstance(section, Raw) for section in view):
        yield from (line for section in view for line in _section(section, options))
        return
    yield f"## {escaped(own(answer.title, options))}\n"
    if answer.scope:
        yield f"\n{escaped(own(answer.scope, options))}\n"
    yield f"\n**{escaped(own(answer.headline, options)).strip()}**\n"
    for section in view:
        yield "\n"
        yield from _section(section, options)


def escaped(text: str) -> str:
    """Text that Markdown and HTML leave as it is within a line."""
    return MARKUP.sub(r"\\\g<0>", text.translate(ENTITIES))


def leading(text: str) -> str:
    """Text that Markdown leaves as it is at the head of a line."""
    text = escaped(text.lstrip())
    match = OPENER.match(text)
    return f"{text[: match.end()]}\\{text[match.end() :]}" if match else text


def _section(section: Section, options: Options) -> Iterator[str]:
    if not isinstance(section, Raw) and section.title:
        yield f"### {escaped(own(section.title, options))}\n\n"
    match section:
        case Listing(_, columns, rows):
            yield _row(own(column.label, options) for column in columns)
            yield "|" + "|".join("---:" if column.number else "---" for column in columns) + "|\n"
            for row in rows:
                yield _row(words(cell, options, column.label) for cell, column in zip(row, columns, strict=True))
        case Facts(_, items):
            for label, cell in items:
                yield f"- {leading(own(label, options))}: {escaped(words(cell, options, label))}\n"
        case Quotes(_, quotes):
            for number, quote in enumerate(quotes):
                yield "\n" * bool(number) + _quote(quote, options)
        case Notes(_, lines, numbered):
            bullet = "- " if len(lines) > 1 else ""
            for number, line in enumerate(lines, 1):
                yield (f"{number}. " if numbered else bullet) + leading(own(line, options)) + "\n"
        case Forest():
            from bonerx.render.forest import as_listing

            yield from _section(as_listing(section)._replace(title=None), options)
        case Graph():
            from bonerx.render.graph import as_listing as edges

            yield from _section(edges(section)._replace(title=None), options)
        case Raw():
            yield from section.lines()


def _quote(quote: Quote, options: Options) -> str:
    text = escaped(visible(quote.text, options))
    opening, closing = ('"', '"') if options.ascii else ("“", "”")
    said = f"{opening}{text}{closing}" if quote.verbatim else f"curator's summary: {text}"
    cite = f"\\[{quote.number}\\] {escaped(own(quote.cite, options))}"
    if quote.warning:
        cite += f" **{escaped(own(quote.warning, options)).strip()}**"
    facts = "".join(f"> - {leading(own(fact, options))}\n" for fact in quote.facts)
    return f"> {said}\n>\n> {cite}\n" + (f">\n{facts}" if facts else "")


def _row(values: Iterable[str]) -> str:
    return "| " + " | ".join(map(escaped, values)) + " |\n"
