"""The commands and the group that holds them: one is imported only when it is called."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bonerx.cli.shared import with_shared
from bonerx.cli.write import fail, version
from bonerx.errors import UsageError

PROGRAM = "bonerx"
COMPLETING = "_BONERX_COMPLETE"
"""The variable by which a shell asks for completions."""
COMMANDS = (
    "compare",
    "combo",
    "rank",
    "pool",
    "network",
    "league",
    "trials",
    "evidence",
    "show",
    "agents",
    "outcomes",
    "populations",
    "sources",
    "init",
    "check",
    "compile",
    "export",
    "schema",
    "cache",
)
"""Every command, in the order of `--help`; each is the function of that name in the module of that name."""


class Commands(TyperGroup):
    """A group that imports a command when it is called, and shows every error in one way."""

    def list_commands(self, _ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return one command, built from its function and the options that all commands share."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            module = import_module(f"bonerx.cli.{cmd_name}")
            self.commands[cmd_name] = build(cmd_name, getattr(module, cmd_name))
        return self.commands[cmd_name]

    def main(self, args: Any = None, *_: Any, **extra: Any) -> Any:
        """Run the program: every way to fail ends in one message, one exit code and, where asked for, one document."""
        given = sys.argv[1:] if args is None else list(args)
        try:
            if COMPLETING in os.environ:  # a shell asks what could come next
                code = super().main(args=given, **{**extra, "prog_name": PROGRAM, "standalone_mode": False})
            else:
                with self.make_context(PROGRAM, given.copy()) as context:
                    code = self.invoke(context)
        except SystemExit:
            raise
        except typer.Exit as end:
            code = end.exit_code
        except BaseException as error:  # noqa: BLE001
            code = fail(error, given)
        sys.exit(code if isinstance(code, int) else 0)


def build(name: str, function: Callable[..., Any]) -> Any:
    """Return the command of a function, with its examples and the options that all commands share."""
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    single.command(name, epilog=_examples(function))(function)
    return with_shared(typer.main.get_command(single))


def _examples(function: Callable[..., Any]) -> str | None:
    examples = getattr(function, "examples", ())
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples) if examples else None


app = typer.Typer(
    cls=Commands, add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


@app.callback(invoke_without_command=True)
def bonerx(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --version: as JSON.")] = False,
) -> None:
    """Compare osteoporosis treatments by what the sources say, in their words, and by what the trials found.

    bonerx reports evidence. It gives no medical advice.
    """
    if show_version:
        version(as_json=json)
        raise typer.Exit(0)
    if json:
        raise UsageError(
            "put `--json` after the command", hint=f"write `bonerx {context.invoked_subcommand or 'rank'} --json`"
        )
