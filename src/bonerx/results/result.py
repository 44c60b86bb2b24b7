"""What every result is: an immutable value with named fields, written as a JSON object and read back from one.

Creating a dataclass takes about a millisecond, and an answer is made of dozens of types, so these classes are made
without generated code. Modules that declare results begin with `from __future__ import annotations`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, Self, TypeAlias, TypeVar, cast, dataclass_transform

T = TypeVar("T")
R = TypeVar("R", bound="Result")

IfKnown: TypeAlias = Annotated[T | None, "left out of the document where it is None"]
"""The type of a field that is None by default and then stands in no document."""
Unwritten: TypeAlias = Annotated[T, "part of no answer"]
"""The type of a field that a store keeps and no answer shows, since it stands elsewhere in the answer."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Result:
    """A value whose fields are its annotations, in order: those of its base first, but for those named in `first`.

    A field with a value in the class has that as its default. Nothing is checked but the names of fields.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    """The names of all fields in the order in which they are written."""
    left_out: ClassVar[frozenset[str]] = frozenset()
    """The fields that are not written where they are None."""
    unwritten: ClassVar[frozenset[str]] = frozenset()
    """The fields that no answer shows."""

    def __init_subclass__(cls, *, first: tuple[str, ...] = ()) -> None:
        """Take the fields from the annotations; `first` names those to be written before the fields of the base."""
        own = {name: text for name, text in cls.__annotations__.items() if not text.startswith("ClassVar")}
        later = [name for name in own if name not in cls.fields and name not in first]
        cls.fields = (*first, *(name for name in cls.fields if name not in first), *later)
        cls.left_out |= {name for name, text in own.items() if text.startswith("IfKnown[")}
        cls.unwritten |= {name for name, text in own.items() if text.startswith("Unwritten[")}

    def __init__(self, **given: Any) -> None:
        """Set every field; raise TypeError for one that is missing or that there is not."""
        own = self.__dict__
        for name in self.fields:
            if name in given:
                own[name] = given.pop(name)
            elif hasattr(type(self), name):
                own[name] = getattr(type(self), name)
            else:
                raise TypeError(f"{type(self).__name__} needs `{name}`")
        if given:
            raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a result does not change, `replace` makes another."""
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        """Whether two results are of one type and equal in every field."""
        return type(self) is type(other) and all(getattr(self, x) == getattr(other, x) for x in self.fields)

    __hash__ = None  # type: ignore[assignment]  # fields may hold dicts

    def __repr__(self) -> str:
        """The type with its fields."""
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"

    def replace(self, **changes: Any) -> Self:
        """Return the same with some fields changed."""
        own = self.__dict__
        return type(self)(**{name: own[name] for name in self.fields if name not in changes}, **changes)


def document(value: Any, *, stored: bool = False) -> Any:
    """Return results, wherever they stand in a value, as plain dicts and lists; what is no result stays as it is.

    `stored` keeps the fields that no answer shows.
    """
    if isinstance(value, Result):
        own, left_out = value.__dict__, value.left_out
        hidden = frozenset() if stored else value.unwritten
        return {
            name: _part(own[name], stored)
            for name in value.fields
            if name not in hidden and not (own[name] is None and name in left_out)
        }
    return _part(value, stored)


def _part(value: Any, stored: bool) -> Any:
    if value is None or isinstance(value, str | float | int):
        return value
    if isinstance(value, Result):
        return document(value, stored=stored)
    if isinstance(value, list | tuple):
        return [_part(member, stored) for member in value]
    if isinstance(value, dict):
        return {key: _part(member, stored) for key, member in value.items()}
    return value


def read(kind: type[R], data: Mapping[str, Any]) -> R:
    """Return the result of a kind whose document is `data`; lists become tuples. Fields that `kind` lacks are dropped.

    Raises TypeError where a field without a default is missing.
    """
    nested = _nested(cast(Any, kind))  # the type can be hashed, though no value of it can
    return kind(**{name: _read(data[name], nested.get(name)) for name in kind.fields if name in data})


def _read(value: Any, kind: tuple[type, bool] | None) -> Any:
    """Return a field's value: of a result or an enumeration, of several of them, or as it stands."""
    if isinstance(value, list):
        return tuple(_read(member, kind) for member in value)
    if value is None or kind is None:
        return value
    type_, by_key = kind
    if isinstance(value, dict):
        if by_key:
            return {key: _read(member, (type_, False)) for key, member in value.items()}
        return read(type_, value) if issubclass(type_, Result) else value
    return type_(value) if issubclass(type_, Enum) else value


@cache
def _nested(kind: Any) -> dict[str, tuple[type, bool]]:
    """Return the fields that hold results or members of an enumeration: of which type, and whether by key."""
    found = {}
    for class_ in reversed(kind.__mro__):
        known = vars(sys.modules[class_.__module__])
        for name, text in getattr(class_, "__annotations__", {}).items():
            for word in re.findall(r"\b[A-Z]\w+", str(text)):
                type_ = known.get(word)
                if isinstance(type_, type) and issubclass(type_, Result | Enum):
                    found[name] = (type_, "dict[" in text)
                    break
    return found
