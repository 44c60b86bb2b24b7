"""Failures as a person reads them on stderr and as a script reads them in the JSON document."""

from collections.abc import Iterable, Iterator
from typing import Any

from bonerx.errors import BonerxError, Fault, InvalidEvidence
from bonerx.render.json import document
from bonerx.render.options import Options
from bonerx.render.visible import own


def render(error: BonerxError, options: Options) -> Iterator[str]:
    """The faults one a line, the message, then after a blank line what to do about it."""
    faults = error.faults if isinstance(error, InvalidEvidence) else ()
    yield from fault_lines(faults, options)
    yield _stressed(f"error: {own(error.message, options)}\n", "error:", "1;31", options)
    hints = [line for line in (suggestion(error.suggestions), error.hint) if line]
    for position, hint in enumerate(hints):
        yield "\n" * (position == 0) + _stressed(f"hint: {own(hint, options)}\n", "hint:", "1;36", options)


def fault_lines(faults: Iterable[Fault], options: Options) -> Iterator[str]:
    """Each fault as `file:line:column: where: message (hint)`, a form that editors jump to."""
    for fault in faults:
        place = ":".join(str(part) for part in (fault.path, fault.line, fault.column) if part is not None)
        where = f"{fault.where}: " if fault.where else ""
        hint = f" ({fault.hint})" if fault.hint else ""
        yield own(f"{place}: {where}{fault.message}{hint}", options) + "\n"


def json_document(error: BonerxError, fields: dict[str, Any], options: Options) -> Iterable[str]:
    """The one JSON document of a run that failed; `fields` holds what is known of it: evidence, query, answer."""
    told: dict[str, Any] = {"code": error.code, "message": error.message, "suggestions": list(error.suggestions)}
    if error.hint:
        told["hint"] = error.hint
    if isinstance(error, InvalidEvidence):
        told["faults"] = [fault._asdict() for fault in error.faults]
    empty: dict[str, Any] = {"evidence": [], "query": None, "answer": None, "claims": [], "sources": [], "caveats": []}
    return document({**empty, **fields, "status": "error", "error": told}, options)


def suggestion(names: tuple[str, ...]) -> str | None:
    """The question whether one of the nearest names was meant."""
    quoted = [f"`{name}`" for name in names]
    if not quoted:
        return None
    return f"did you mean {' or '.join([', '.join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)}?"


def _stressed(text: str, word: str, style: str, options: Options) -> str:
    return text.replace(word, f"\x1b[{style}m{word}\x1b[0m", 1) if options.colour else text
