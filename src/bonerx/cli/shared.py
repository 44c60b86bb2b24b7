"""The options that every command has: which table, which format, where to, in which language."""

import os
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, cast

import typer

from bonerx.cli.complete import languages
from bonerx.errors import UsageError
from bonerx.model.language import Wished
from bonerx.render import Format

EVIDENCE_VARIABLE = "BONERX_EVIDENCE"
LANGUAGE_VARIABLE = "BONERX_LANG"


class Shared(NamedTuple):
    """What the shared options say."""

    evidence: tuple[str, ...]
    format: Format | None
    output: str | None
    lang: str | None
    no_color: bool


def shared(
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            "--evidence",
            "-e",
            metavar="PATH",
            help="A table, a folder of tables, a compiled store, `-` or `default`; repeatable. Also BONERX_EVIDENCE.",
        ),
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="How to write the answer.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="Write to FILE instead of stdout.")
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            autocompletion=languages,
            help="Language of quoted sentences and of names, such as `en` or `zh`. Also BONERX_LANG.",
        ),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours. Also NO_COLOR.")] = False,
) -> Shared:
    """Return what the shared options say."""
    paths = evidence or [path for path in os.environ.get(EVIDENCE_VARIABLE, "").split(os.pathsep) if path]
    if json and form not in (None, Format.JSON):
        raise UsageError(f"`--json` and `--format {form}` ask for two formats", hint="give one of them")
    wished = os.environ.get(LANGUAGE_VARIABLE)
    if lang is None and wished:
        lang = Wished(wished)
    return Shared(tuple(paths), Format.JSON if json else form, output, lang, no_color)


def with_shared(command: Any) -> Any:
    """Return a command that takes the shared options too: its function gives a question, the answer is written."""
    template = typer.Typer(add_completion=False, rich_markup_mode=None)
    template.command()(shared)
    options = typer.main.get_command(template)
    names = [str(option.name) for option in options.params if option.name != "help"]
    ask_own, read_shared = command.callback, cast(Callable[..., Shared], options.callback)

    def run(**given: Any) -> int:
        from bonerx.cli.write import respond

        said = read_shared(**{name: given.pop(name) for name in names})
        return respond(ask_own(**given), said, given)

    command.params = [*command.params, *(option for option in options.params if option.name in names)]
    command.callback = run
    command.context_settings = {**command.context_settings, "help_option_names": ["-h", "--help"]}
    return command
