"""The one place that writes: answers to stdout or a file, failures to stderr, each with its exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bonerx import __version__
from bonerx.answer import Answer
from bonerx.errors import BonerxError, Unreadable, UsageError, exhausted, reason
from bonerx.file_output import ReaderGone, save
from bonerx.interruption import undone_if_stopped
from bonerx.render import Format, Options, render

if TYPE_CHECKING:
    from bonerx.cli.shared import Shared

EXIT_CODES = {"answered": 0, "no-evidence": 1, "error": 3}
INTERRUPTED = 130
BUG = 70
_KEPT: list[Answer] = []
"""The answer that was written last: to take a large one apart takes longer than is left until the program ends."""
_BEGUN: list[bool] = []
"""Whether something is being written to stdout: an answer that failed on the way is followed by nothing."""


def respond(asked: Any, shared: Shared, given: Mapping[str, Any]) -> int:
    """Ask a question (or take an answer as it is), write it as the options say, and return the exit code.

    `given` holds the arguments of the command, by which it is seen that no file is both read and written.
    """
    if isinstance(asked, Answer):
        if shared.output is not None:
            from bonerx.cli.overwriting import demand_apart

            demand_apart({"output": shared.output}, shared.evidence, may_replace=False)
        return _written(asked, shared)
    from bonerx.asking import guarded

    with guarded(shared.evidence):
        if shared.output is None and given.get("plot") is None:
            return _written(_asked(asked, shared), shared)
        return _written(_kept_apart(asked, shared, given), shared)


def _kept_apart(question: Any, shared: Shared, given: Mapping[str, Any]) -> Answer:
    """Return the answer to a question; raise UsageError where a file to write it into is one that is read for it."""
    from bonerx.cli.overwriting import demand_apart, demand_unread
    from bonerx.evidence.files import noted

    replaceable = demand_apart(
        {**given, "output": shared.output}, shared.evidence, may_replace=getattr(question, "may_replace", False)
    )
    plot = given.get("plot")
    if plot is not None:
        from bonerx.render.figure import check

        check(plot)
    with noted() as read:
        answer = _asked(question, shared)
    for option, path in (("--plot", plot), ("--output", shared.output)):
        if path is not None:
            demand_unread(path, option, read - replaceable)
    return answer


def _written(asked: Answer, shared: Shared) -> int:
    """Write an answer as the options say, and return the exit code."""
    _KEPT[:] = [asked]
    form = shared.format or (Format.TABLE if shared.output is None and sys.stdout.isatty() else Format.PLAIN)
    options = page(no_color=shared.no_color, to_file=shared.output is not None)
    if asked.plot is not None:
        from bonerx.render.figure import draw

        _note(draw(asked.plot()))
    pieces = render(asked, form, options)
    if shared.output is None:
        write(pieces)
    elif asked.save is not None:
        asked.save(pieces)
    else:
        save(shared.output, pieces)
    if form is not Format.JSON:
        _note(asked.remark)
    return EXIT_CODES[asked.document["status"]]


def _note(text: str | None) -> None:
    """Tell on stderr what is to be known beside an answer."""
    if text is not None:
        from bonerx.render.visible import own

        tell([f"note: {own(text, page(stream=sys.stderr))}\n"])


def _asked(question: Any, shared: Shared) -> Answer:
    """Return the answer to a question; where a table is compiled for it, a bar shows how far that has come."""
    from bonerx.asking import ask

    bars: list[Any] = []

    def show(stage: str, done: int, total: int) -> None:
        if not bars:
            from bonerx.cli.progress import Progress

            bars.append(Progress())
        bars[0](stage, done, total)

    def abandon() -> None:
        for bar in bars:
            bar.abandon()

    said = {name: getattr(shared, name) for name in ("lang", "output") if name in question._fields}
    with undone_if_stopped(abandon):
        try:
            return ask(question._replace(**said), shared.evidence, show)
        finally:
            for bar in bars:
                bar.close()


def page(*, no_color: bool = False, to_file: bool = False, stream: Any = None) -> Options:
    """Return what the place that text goes to can show."""
    stream = stream or sys.stdout
    encoding = "utf-8" if to_file else (getattr(stream, "encoding", None) or "utf-8")
    terminal = not to_file and stream.isatty()
    plain = no_color or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return Options(
        width=_width(),
        colour=(terminal or bool(os.environ.get("FORCE_COLOR"))) and not plain and not to_file,
        ascii=not _shows(encoding),
        encoding=None if _shows(encoding) else encoding,
    )


def _width() -> int:
    from shutil import get_terminal_size

    return max(get_terminal_size((80, 24)).columns, 1)


def _shows(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf16", "utf32")


def write(pieces: Iterable[str]) -> None:
    """Write pieces to stdout as they come.

    Raises Unreadable where the output takes no more, ReaderGone where nobody reads it any more.
    """
    stream = sys.stdout
    with suppress(AttributeError, ValueError):
        stream.reconfigure(errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    _BEGUN.append(True)
    try:
        for piece in _gathered(pieces):
            stream.write(piece)
        stream.flush()
    except BrokenPipeError:
        # Whatever is still buffered has no reader; without this the interpreter complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise ReaderGone("cannot write the answer: nobody reads it") from None
    except OSError as error:
        raise Unreadable(f"cannot write the answer: {_reason(error)}") from error
    _BEGUN.clear()


def tell(pieces: Iterable[str]) -> None:
    """Write pieces to stderr; where that takes none they are lost, and the program ends as it would have."""
    stream = sys.stderr
    with suppress(AttributeError, ValueError):
        stream.reconfigure(errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    with suppress(OSError):
        for piece in _gathered(pieces):
            stream.write(piece)
        stream.flush()


def _reason(error: OSError) -> str:
    if error.errno == errno.EBADF:
        return "standard output is closed"
    return reason(error)


def _gathered(pieces: Iterable[str], size: int = 16_384) -> Iterable[str]:
    """Yield pieces joined to about `size` characters: few writes, and the first one early."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield "".join(held)
            held, length = [], 0
    yield "".join(held)


def version(*, as_json: bool) -> None:
    """Write the version of the program."""
    if as_json:
        from bonerx.render.json import document

        empty: dict[str, Any] = {"evidence": [], "query": None, "answer": {"version": __version__}}
        write(document({"status": "answered", **empty, "claims": [], "sources": [], "caveats": []}, page()))
    else:
        write([f"bonerx {__version__}\n"])


def fail(error: BaseException, arguments: list[str]) -> int:
    """Report why the program ends, on stderr and, where JSON was asked for, as the one document on stdout."""
    if type(error).__name__ == "NoArgsIsHelpError":
        tell([f"{getattr(error, 'message', '')}\n"])
        return UsageError.exit_code
    if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "Abort":
        return INTERRUPTED
    if isinstance(error, BrokenPipeError | ReaderGone):
        return 0
    known = _known(error, arguments)
    if known is None:
        import traceback

        from bonerx.render.visible import harmless

        tell(map(harmless, traceback.format_exception(error)))
        known = BonerxError(f"a bug: {type(error).__name__}: {error}")
    from bonerx.render.error import json_document
    from bonerx.render.error import render as render_error

    tell(render_error(known, page(no_color="--no-color" in arguments, stream=sys.stderr)))
    if _wants_json(arguments) and not _BEGUN:  # half an answer is no document, and a second one makes it none
        with suppress(Unreadable):  # an output that takes no more takes no complaint either
            write(json_document(known, {}, page()))
    _BEGUN.clear()
    return known.exit_code


def _known(error: BaseException, arguments: list[str]) -> BonerxError | None:
    """Return a failure that the user can mend, the parser's own included, None for any other."""
    if isinstance(error, BonerxError):
        return error
    no_more = exhausted(error)
    if no_more is not None:
        return no_more
    if isinstance(error, OSError) and error.filename is None:  # help, or a script for a shell: typer writes these
        return Unreadable(f"cannot write the answer: {_reason(error)}")
    if not hasattr(error, "format_message"):
        return None
    from bonerx.cli.usage import parsed

    return parsed(error, arguments)


def _wants_json(arguments: list[str]) -> bool:
    if "--json" in arguments or "--format=json" in arguments or "-fjson" in arguments:
        return True
    return any(first in ("--format", "-f") and second == "json" for first, second in pairwise(arguments))
