"""Every identifier names a record: the types say which fields are references, one walker follows them all."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import is_dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, cast, get_args, get_origin, get_type_hints

from bonerx.check.known import Known
from bonerx.evidence.documents.locate import Path
from bonerx.evidence.origin import Problem
from bonerx.model.field import Ref

_NAMES = {
    "agents": "agent",
    "outcomes": "outcome",
    "populations": "population",
    "sources": "source",
    "sentences": "sentence",
    "claims": "claim",
    "studies": "study",
}


class Reference(NamedTuple):
    """An identifier in a record: the field it stands in, the kind of record it names, and the id."""

    path: Path
    kind: str
    id: str


_Walk = Callable[[Any, Path], Iterator[Reference]]


def faults_of(kind: str, record: Any, known: Known) -> Iterator[Problem]:
    """Yield a problem for every identifier in a record that names no record."""
    for path, wanted, named in references(record):
        if not known.has(wanted, named):
            near = known.nearest(wanted, named)
            hint = None if near is None else f"did you mean `{near}`?"
            yield Problem(kind, record.id, path, f"no {_NAMES[wanted]} has the id `{named}`", hint)


def references(record: Any) -> Iterator[Reference]:
    """Yield every identifier of another record that a record holds."""
    walk = _walker(cast(Hashable, type(record)))
    return iter(()) if walk is None else walk(record, ())


@cache
def _walker(hint: Hashable) -> _Walk | None:
    """Return what finds the references in a value of a type; None where the type can hold none."""
    arguments = get_args(hint)
    if get_origin(hint) is Annotated:
        referred = next((each.kind for each in arguments[1:] if isinstance(each, Ref)), None)
        return _walker(arguments[0]) if referred is None else _leaf(referred)
    if NoneType in arguments:
        inner = next((walk for each in arguments if each is not NoneType and (walk := _walker(each))), None)
        return None if inner is None else _optional(inner)
    if get_origin(hint) is tuple:
        inner = _walker(arguments[0])
        return None if inner is None else _items(inner)
    if get_origin(hint) is dict:
        inner = _walker(arguments[1])
        return None if inner is None else _values(inner)
    if is_dataclass(hint):
        found = {name: walk for name, of in get_type_hints(hint, include_extras=True).items() if (walk := _walker(of))}
        return _fields(found) if found else None
    return None


def _leaf(kind: str) -> _Walk:
    def walk(value: Any, path: Path) -> Iterator[Reference]:
        yield Reference(path, kind, value)

    return walk


def _optional(inner: _Walk) -> _Walk:
    return lambda value, path: iter(()) if value is None else inner(value, path)


def _items(inner: _Walk) -> _Walk:
    def walk(value: Any, path: Path) -> Iterator[Reference]:
        for number, item in enumerate(value):
            yield from inner(item, (*path, number))

    return walk


def _values(inner: _Walk) -> _Walk:
    def walk(value: Any, path: Path) -> Iterator[Reference]:
        for key, item in value.items():
            yield from inner(item, (*path, key))

    return walk


def _fields(found: dict[str, _Walk]) -> _Walk:
    def walk(value: Any, path: Path) -> Iterator[Reference]:
        for name, inner in found.items():
            yield from inner(getattr(value, name), (*path, name))

    return walk
