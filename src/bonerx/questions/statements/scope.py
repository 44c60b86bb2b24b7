"""What a question is narrowed to: species and population, and what that makes of a statement."""

from collections.abc import Mapping
from typing import NamedTuple

from bonerx.errors import UsageError
from bonerx.model.name import fold
from bonerx.model.statement import Statement
from bonerx.questions.statements.match import DECISIVE, Kin, weakest
from bonerx.store.queries import Store

HUMAN = "human"
ANY = "any"


class Bearing(NamedTuple):
    """A statement in the light of a question: how it bears, whether it may decide, and whether it stands apart."""

    statement: Statement
    basis: str
    decides: bool
    population_stated: bool = True

    @property
    def animal(self) -> bool:
        """Whether the statement is about animals."""
        return self.statement.species != HUMAN


class Scope(NamedTuple):
    """The species, population and time asked for; `kin` are the populations related to the one asked.

    With `as_of` only sources of that year or before count; `years` tells of each source when it appeared.
    """

    species: str = HUMAN
    population: str | None = None
    kin: Kin | None = None
    as_of: int | None = None
    years: Mapping[str, int | None] | None = None

    @property
    def on_people(self) -> bool:
        """Whether what trials on people found belongs in the answer."""
        return self.species in (HUMAN, ANY)

    def bearing(self, statement: Statement, basis: str) -> Bearing | None:
        """Return a statement as it bears within this scope, None where the scope leaves it out.

        Statements on animals stay visible under `human` but never decide there; a statement that names no
        population is kept apart once a population is asked for, and decides nothing.
        """
        if self.species not in (HUMAN, ANY, statement.species) or not self.knows(statement.source):
            return None
        stated = True
        if self.kin is not None:
            if statement.population is None:
                stated = False
            else:
                how = self.kin.get(statement.population)
                if how is None:
                    return None
                basis = weakest([basis, how])
        counted = HUMAN if self.species == ANY else self.species
        decides = basis in DECISIVE and statement.species == counted and stated and not statement.retracted
        return Bearing(statement, basis, decides, stated)

    def knows(self, source: str) -> bool:
        """Whether a source had appeared by the time asked for; one of unknown year is not known to have."""
        if self.as_of is None or self.years is None:
            return True
        year = self.years.get(source)
        return year is not None and year <= self.as_of

    def lists(self, bearing: Bearing) -> bool:
        """Whether a statement stands among the answer's own, rather than apart as an animal's or on no population."""
        return bearing.population_stated and (self.species != HUMAN or not bearing.animal)


def ask_scope(store: Store, species: str, population: str | None, as_of: int | None = None) -> Scope:
    """Return the scope that the options name; raise UsageError for a species no claim is about."""
    known = store.meta("species") or []
    named = {fold(each): each for each in (*known, HUMAN, ANY)}
    if species not in known and fold(species) in named:
        species = named[fold(species)]
    if species not in (HUMAN, ANY, *known):
        from difflib import get_close_matches

        near = tuple(get_close_matches(species, [HUMAN, ANY, *known]))
        raise UsageError(
            f"unknown species `{species}`",
            suggestions=near,
            hint=f"one of: {', '.join(dict.fromkeys([HUMAN, ANY, *known]))}",
        )
    years = None
    if as_of is not None:
        years = {id_: source.get("year") for id_, source in store.records("sources").items()}
    if population is None:
        return Scope(species, as_of=as_of, years=years)
    id_ = store.find("populations", population)
    return Scope(species, id_, store.kin("populations", id_), as_of, years)
