"""What is wrong with a command line, in our own words: those of the parser change from version to version."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from bonerx.errors import UsageError


def no_such_command(name: str, known: Sequence[str]) -> UsageError:
    """Return the error for a command that there is not."""
    nearest = tuple(get_close_matches(name, known))
    return UsageError(f"no such command `{name}`", suggestions=nearest, hint="see `bonerx --help`")


def too_many(arguments: Iterable[str], command: str) -> UsageError:
    """Return the error for arguments that a command has no place for."""
    named = ", ".join(f"`{argument}`" for argument in arguments)
    return UsageError(f"too many arguments: no place for {named}", hint=f"see `{command} --help`")


def parsed(error: Any, arguments: Sequence[str]) -> UsageError:
    """Return an error of the parser, whose classes typer does not make public, as one of ours.

    `arguments` are those of the command line: the parser keeps no value that it refuses.
    """
    context = getattr(error, "ctx", None)
    param = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    suggestions: tuple[str, ...] = ()
    if type(error).__name__ == "MissingParameter" and param is not None:
        message = f"{_named(param)} is missing"
    elif type(error).__name__ == "NoSuchOption":
        message = f"no such option `{option}`"
        suggestions = tuple(get_close_matches(str(option), error.possibilities or ()))
    elif type(error).__name__ == "BadOptionUsage":
        joined = any(word.startswith(f"{option}=") for word in arguments)
        message = f"`{option}` takes no value" if joined else f"`{option}` needs a value"
    elif param is not None:
        value = _given(param, arguments)
        message, choices = _refused(param, value, error.message)
        suggestions = tuple(get_close_matches(value or "", choices))
    else:
        message = str(error.format_message())
    return UsageError(message, suggestions=suggestions, hint=context and f"see `{context.command_path} --help`")


def _named(param: Any) -> str:
    """Return the name of a parameter as it is typed, all forms of an option's."""
    names = param.opts if param.param_type_name == "option" else [param.human_readable_name]
    return " / ".join(f"`{name}`" for name in names)


def _given(param: Any, arguments: Sequence[str]) -> str | None:
    """Return the value that an option was given last, None for an argument, whose place is not known."""
    found = None
    for position, word in enumerate(arguments):
        for name in param.opts if param.param_type_name == "option" else ():
            if word == name:
                found = arguments[position + 1] if position + 1 < len(arguments) else None
            elif name.startswith("--") and word.startswith(f"{name}="):
                found = word.removeprefix(f"{name}=")
            elif not name.startswith("--") and word.startswith(name):
                found = word.removeprefix(name)
    return found


def _refused(param: Any, value: str | None, said: str) -> tuple[str, list[str]]:
    """Return what is wrong with a value, and the values there are to choose from."""
    kind = param.type
    named, of = _named(param), f", not `{value}`" if value is not None else ""
    choices = [str(getattr(choice, "value", choice)) for choice in getattr(kind, "choices", ())]
    if choices:
        return f"{named} must be one of {', '.join(choices)}{of}", choices
    number = {"int": "a whole number", "flo": "a number"}.get(str(kind.name)[:3])
    if number is None:
        return f"{named}: {said}", []
    bounds = [
        f"{words} {bound}"
        for words, bound in (("at least", getattr(kind, "min", None)), ("at most", getattr(kind, "max", None)))
        if bound is not None
    ]
    return f"{named} must be {number}{', ' if bounds else ''}{' and '.join(bounds)}{of}", []
