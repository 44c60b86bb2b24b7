"""Studies and sources as people type them: one is found whatever the case, blanks and hyphens of its id or label."""

from collections.abc import Iterable, Sequence

from bonerx.errors import UnknownName
from bonerx.model.name import fold
from bonerx.store.queries import Store

_SINGULAR = {"studies": "study", "sources": "source"}


def known_id(store: Store, kind: str, typed: str) -> str:
    """Return the id of the study or source that `typed` stands for; raise UnknownName with the nearest ids."""
    if store.record(kind, typed) is not None:
        return typed
    return _one_of(_SINGULAR[kind], typed, list(store.records(kind)))


def known_studies(typed: Iterable[str], studies: Sequence[str]) -> tuple[str, ...]:
    """Return the studies of a file that are typed, as the file has them; raise UnknownName with the nearest labels."""
    return tuple({study if study in studies else _one_of("study", study, studies): None for study in typed})


def known_ids(store: Store, kind: str, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the studies or sources that are typed, each once; raise UnknownName with the nearest ids."""
    return tuple({known_id(store, kind, each): None for each in typed})


def _one_of(singular: str, typed: str, known: Sequence[str]) -> str:
    found = [each for each in known if fold(each) == fold(typed)]
    if len(found) == 1:
        return found[0]
    from difflib import get_close_matches

    raise UnknownName(singular, typed, tuple(found) or tuple(get_close_matches(typed, known)))
