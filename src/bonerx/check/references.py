"""Every identifier names a record: the types say which fields are references, one walker follows them all."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Set
from dataclasses import is_dataclass, replace
from functools import cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, cast, get_args, get_origin, get_type_hints

from bonerx.check.lookup import Lookup
from bonerx.evidence.documents.locate import Path
from bonerx.evidence.origin import Problem
from bonerx.evidence.record import SINGULAR
from bonerx.model.field import Ref
from bonerx.model.table import EvidenceTable


class Reference(NamedTuple):
    """An identifier in a record: the field it stands in, the kind of record it names, and the id."""

    path: Path
    kind: str
    id: str


_Walk = Callable[[Any, Path], Iterator[Reference]]


def faults_of(kind: str, record: Any, known: Lookup) -> Iterator[Problem]:
    """Yield a problem for every identifier in a record that names no record."""
    for path, wanted, named in references(record):
        if not known.has(wanted, named):
            near = known.nearest(wanted, named)
            hint = None if near is None else f"did you mean `{near}`?"
            yield Problem(kind, record.id, path, f"no {SINGULAR[wanted]} has the id `{named}`", hint)


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


def excerpt(table: EvidenceTable, claims: Set[str], also: Iterable[tuple[str, str]] = ()) -> EvidenceTable:
    """Return the table of these claims and of the records in `also` (kind and id), with every record they refer to.

    With them come the findings that bear on the claims, each naming only those. Trials and published estimates stay
    behind: no claim refers to them. Records keep their order, and all but findings their content.
    """
    findings = [
        replace(finding, bears_on=tuple(claim for claim in finding.bears_on if claim in claims))
        for finding in table.findings
        if not claims.isdisjoint(finding.bears_on)
    ]
    held: dict[str, dict[str, Any]] = {kind: {each.id: each for each in getattr(table, kind)} for kind in SINGULAR}
    wanted: set[tuple[str, str]] = set()
    waiting = [*(("claims", claim) for claim in claims), *also]
    waiting += ((each.kind, each.id) for finding in findings for each in references(finding))
    while waiting:
        key = waiting.pop()
        if key not in wanted:
            wanted.add(key)
            waiting += ((each.kind, each.id) for each in references(held[key[0]][key[1]]))
    chosen: dict[str, Any] = {
        kind: tuple(each for each in records.values() if (kind, each.id) in wanted) for kind, records in held.items()
    }
    return replace(table, **chosen | {"findings": tuple(findings)})
