"""Write the parts of the reference that follow from the program: `python docs/generate.py`.

Commands and options come from the live command line, records and their limits from the dataclasses, errors from their
classes, public names from the package, the JSON document from its schema. Each part stands in its page between
`<!-- from the program: NAME -->` and `<!-- end -->`; what stands around it is written by hand. A test compares the
pages with what this module would write.
"""

import inspect
import re
import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from annotated_types import Ge, Gt, Le
from document import document
from meanings import FIELDS, VALUES

import bonerx
from bonerx import errors
from bonerx.cli import app as program
from bonerx.cli.app import COMMANDS
from bonerx.model.field import ID_PATTERN, MAX_TEXT, SENTENCE_PATTERN, Pattern, Ref
from bonerx.model.table import EvidenceTable

REFERENCE = Path(__file__).parent / "reference"
SHARED = ("evidence", "form", "json", "output", "lang", "no_color")
UNBOUNDED = 2**53 - 1


# ------------------------------------------------------------------------------------------------ commands
def live_commands() -> dict[str, Any]:
    """Return every command of the program by its name."""
    group: Any = typer.main.get_command(program)
    return {name: group.get_command(None, name) for name in COMMANDS}


def commands() -> Iterator[str]:
    """Yield the options of all commands, of the program, and each command with its own."""
    made = live_commands()
    yield "## Options of every command"
    yield _options([option for option in made["compare"].params if option.name in SHARED])
    yield "## Options of the program"
    yield _options(typer.main.get_command(program).params)
    yield "\n".join(f"- [`bonerx {name}`](#bonerx-{name}): {_line(one.help)}" for name, one in made.items())
    for name, one in made.items():
        yield f"## bonerx {name}"
        yield _line(one.help)
        yield from _command(f"bonerx {name}", one)


def _command(path: str, command: Any) -> Iterator[str]:
    """Yield the usage, arguments, own options and examples of one command, and those below it."""
    if below := getattr(command, "commands", None):
        for name, one in below.items():
            yield f"### {path} {name}"
            yield _line(one.help)
            yield from _command(f"{path} {name}", one)
        return
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    own = [one for one in command.params if one.param_type_name == "option" and one.name not in (*SHARED, "help")]
    yield f"`{' '.join([path, '[OPTIONS]', *map(_usage, arguments)])}`"
    if arguments:
        yield _rows(
            "argument", ((f"`{_usage(one)}`{_choices(one)}", f"{_line(one.help)}{_default(one)}") for one in arguments)
        )
    if own:
        yield _options(own)
    if command.epilog:
        examples = [line.strip() for line in command.epilog.splitlines() if line.startswith("  ")]
        yield "\n".join(f"- `{example}`" for example in examples)


def _usage(argument: Any) -> str:
    name = (argument.metavar or argument.name.upper()).replace("[", "").replace("]", "").removesuffix("...")
    more = "..." if argument.nargs != 1 else ""
    return f"{name}{more}" if argument.required else f"[{name}{more}]"


def _options(params: list[Any]) -> str:
    return _rows("option", ((_option(param), f"{_line(param.help)}{_default(param)}") for param in params))


def _option(param: Any) -> str:
    names = sorted([*param.opts, *param.secondary_opts], key=len, reverse=True)
    chosen = param.is_flag or getattr(param.type, "choices", None)
    value = "" if chosen else f" {param.metavar or param.name.upper()}"
    return ", ".join(f"`{name}{value}`" for name in names) + _choices(param)


def _choices(param: Any) -> str:
    choices = getattr(param.type, "choices", None)
    return f": {', '.join(f'`{choice}`' for choice in choices)}" if choices else ""


def _default(param: Any) -> str:
    value = param.default
    if value in (None, False, (), []) or callable(value) or getattr(param, "is_flag", False):
        return ""
    return f" Default: `{getattr(value, 'value', value)}`."


# ------------------------------------------------------------------------------------------------ errors
def error_codes() -> Iterator[str]:
    """Yield the codes of errors, and their tree."""
    known = [one for one in vars(errors).values() if inspect.isclass(one) and issubclass(one, errors.BonerxError)]
    rows = []
    for one in known[1:]:
        unknown = "`unknown-agent`, `unknown-outcome` … `unknown-id`" if one is errors.UnknownName else f"`{one.code}`"
        rows.append((unknown, str(one.exit_code), f"`{one.__name__}`", _line(inspect.getdoc(one))))
    yield _rows("code", rows, "exit code", "in `bonerx.errors`", "meaning")


# ------------------------------------------------------------------------------------------------ evidence table
def table() -> Iterator[str]:
    """Yield the records with their fields, and the allowed values."""
    records = _reachable(EvidenceTable)
    enums = sorted({enum for record in records for enum in _enums(record)}, key=lambda enum: enum.__name__)
    _complete(records, enums)
    yield (
        f"- An *id* is made of lower-case words and digits joined by single hyphens (`{ID_PATTERN}`).\n"
        f"- The *id of a sentence* is the id of its source, a slash and a label (`{SENTENCE_PATTERN}`).\n"
        f"- A *text* has at most {_spaced(MAX_TEXT)} characters.\n"
        "- A *language* is a code such as `en` or `zh`."
    )
    yield f"Records: {' · '.join(map(_link, records))}"
    yield f"Allowed values: {' · '.join(map(_link, enums))}"
    for record in records:
        hints = get_type_hints(record, include_extras=True)
        yield f"## {record.__name__}"
        yield _paragraphs(record)
        rows = (
            (f"`{one.name}`", _meaning(record, one.name), _held(hints[one.name]), _needed(one))
            for one in fields(record)
        )
        yield _rows("field", rows, "meaning", "holds", "")
    for enum in enums:
        yield f"## {enum.__name__}"
        yield _paragraphs(enum)
        yield _rows("value", ((f"`{member.value}`", VALUES[enum.__name__][member.value]) for member in enum))


def _complete(records: list[type[Any]], enums: list[type[StrEnum]]) -> None:
    """Raise ValueError where a field or value has no meaning, or a meaning has no field or value."""
    there = {(record.__name__, one.name) for record in records for one in fields(record)}
    missing = [f"{record}.{name}" for record, name in there if not {f"{record}.{name}", name} & FIELDS.keys()]
    gone = FIELDS.keys() - {f"{record}.{name}" for record, name in there} - {name for _, name in there}
    values = {f"{enum.__name__}: {member.value}" for enum in enums for member in enum}
    told = {f"{enum}: {value}" for enum, meanings in VALUES.items() for value in meanings}
    missing += values - told
    if missing or gone or told - values:
        lacking, left = sorted(missing), sorted({*gone, *(told - values)})
        raise ValueError(f"docs/meanings.py lacks {lacking} and explains what is not there: {left}")


def _meaning(record: type[Any], name: str) -> str:
    return FIELDS.get(f"{record.__name__}.{name}") or FIELDS[name]


def _needed(one: Any) -> str:
    if one.default is MISSING and one.default_factory is MISSING:
        return "**needed**"
    value = one.default
    if isinstance(value, bool):
        return f"else `{str(value).lower()}`"
    return f"else `{value}`" if isinstance(value, str | float | int) else ""


def _held(hint: Any) -> str:
    """Return what a field of this type holds, in words."""
    inner = [each for each in get_args(hint) if each not in (types.NoneType, Ellipsis)]
    origin = get_origin(hint)
    if origin is Annotated:
        return _annotated(*inner)
    if origin is tuple:
        return f"list: {_held(inner[0])}"
    if origin is dict:
        return f"by language: {_held(inner[1])}"
    if origin in (types.UnionType, Union):
        return _held(inner[0])
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in inner)
    names = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}
    return names.get(hint) or _link(hint)


def _annotated(base: Any, *notes: Any) -> str:
    referred = next((note.kind for note in notes if isinstance(note, Ref)), None)
    if referred:
        return f"id in `{referred}`"
    pattern = next((note.pattern for note in notes if isinstance(note, Pattern)), None)
    if pattern:
        return {ID_PATTERN: "id", SENTENCE_PATTERN: "id of a sentence"}.get(pattern, "language")
    limits = [("from", note.ge) for note in notes if isinstance(note, Ge)]
    limits += [("above", note.gt) for note in notes if isinstance(note, Gt)]
    limits += [("to", note.le) for note in notes if isinstance(note, Le) and note.le != UNBOUNDED]
    return " ".join([_held(base), *(f"{word} {number:g}" for word, number in limits)])


def _reachable(root: type[Any]) -> list[type[Any]]:
    """Return a dataclass and those it holds, each after the one that first names it."""
    found: list[type[Any]] = []

    def visit(hint: Any) -> None:
        if is_dataclass(hint) and isinstance(hint, type):
            if hint in found:
                return
            found.append(hint)
            for inner in get_type_hints(hint).values():
                visit(inner)
        for inner in get_args(hint):
            visit(inner)

    visit(root)
    return found


def _enums(record: type[Any]) -> Iterator[type[StrEnum]]:
    waiting = list(get_type_hints(record).values())
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            yield hint
        waiting += get_args(hint)


# ------------------------------------------------------------------------------------------------ python
def names() -> Iterator[str]:
    """Yield the public names of the package."""
    for name in bonerx.__all__:
        thing = getattr(bonerx, name)
        if name == "__version__":
            continue
        # A module of the name hides the public one as soon as anything imports it.
        thing = getattr(thing, name, thing) if inspect.ismodule(thing) else thing
        callable_ = not inspect.ismodule(thing) and not is_dataclass(thing) and name != "Answer"
        yield f"## bonerx.{name}"
        if callable_:
            yield f"`bonerx.{name}({', '.join(map(_parameter, inspect.signature(thing).parameters.values()))})`"
        yield _paragraphs(thing) if not inspect.ismodule(thing) else "[Exit codes and errors](exit-codes.md)."
        if is_dataclass(thing):
            yield "Its fields stand in [the evidence table](evidence-table.md)."
        elif inspect.isclass(thing) and not issubclass(thing, tuple):
            members = {name: inspect.getdoc(one) for name, one in vars(thing).items() if not name.startswith("_")}
            yield "\n".join(f"- `{name}`: {_line(text)}" for name, text in members.items())


def _parameter(parameter: inspect.Parameter) -> str:
    return parameter.name if parameter.default is parameter.empty else f"{parameter.name}={parameter.default!r}"


# ------------------------------------------------------------------------------------------------ pages
def _rows(label: str, rows: Any, *labels: str) -> str:
    """Return a Markdown table."""
    head = (label, *(labels or ("meaning",)))
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _paragraphs(thing: Any) -> str:
    return "\n\n".join(_line(part) for part in (inspect.getdoc(thing) or "").split("\n\n"))


def _link(thing: type[Any]) -> str:
    return f"[{thing.__name__}](#{thing.__name__.lower()})"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


PARTS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "commands.md": ("commands", commands),
    "exit-codes.md": ("errors", error_codes),
    "json.md": ("document", lambda: document(_rows)),
    "evidence-table.md": ("table", table),
    "python-api.md": ("names", names),
}
"""For each page, the name of the part that follows from the program and what makes it."""


def page(name: str, text: str) -> str:
    """Return the text of a page with its generated part made anew."""
    part, make = PARTS[name]
    marks = re.compile(f"(?<=<!-- from the program: {part} -->\n).*(?=<!-- end -->)", re.DOTALL)
    if not marks.search(text):
        raise ValueError(f"docs/reference/{name} has no place for `{part}`")
    made = "\n\n".join(make())
    return marks.sub(lambda _: f"\n{made}\n\n", text)


def main() -> None:
    """Write every page."""
    for name in PARTS:
        path = REFERENCE / name
        path.write_text(page(name, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
