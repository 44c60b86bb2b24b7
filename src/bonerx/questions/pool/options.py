"""How a pool is made: the choices of a question, and whether they are those that every table is analysed with."""

from typing import Any, NamedTuple

from bonerx.errors import UsageError

PREDICTIONS = {"t": "t(k-1)", "HTS": "HTS", "normal": "normal", "HK": "HK"}
"""The definitions of a prediction interval, by how they are typed."""
GROUPS = ("population", "dose", "background", "integrity")
"""What studies can be grouped by."""
NUMBERS = ("year", "months")
"""What the effect can be regressed on."""


LEAST_RISK = 1e-9
"""Smallest baseline risk: of fewer than one person in a thousand million no number needed to treat can be told."""


class Choice(NamedTuple):
    """What counts and how it is pooled; None leaves the choice to the outcome, or to the data.

    `model` and `ci` say which estimate is the answer; the others are reported beside it. `better` is for data of one's
    own, since the outcomes of a table know which way is better.
    """

    measure: str | None = None
    method: str = "iv"
    tau2: str = "REML"
    model: str = "random"
    ci: str = "wald"
    adhoc: str = "ci"
    prediction: str = "t"
    continuity: str = "0.5"
    level: float = 0.95
    include_flagged: bool = False
    exclude: tuple[str, ...] = ()
    as_of: int | None = None
    by: str | None = None
    sensitivity: bool = False
    cumulative: bool = False
    baseline: float | None = None
    better: str | None = None

    def needs_computing(self, stored_measure: str | None) -> bool:
        """Whether the default analysis, of `stored_measure`, is not the one asked for."""
        as_stored = self._replace(model="random", ci="wald", baseline=None, measure=None)
        return as_stored != Choice() or self.measure not in (None, stored_measure)

    def query(self) -> dict[str, Any]:
        """Return what was asked in the fields of the JSON document."""
        return self._asdict() | {"exclude": list(self.exclude)}

    def checked(self) -> "Choice":
        """Return the choice; raise UsageError for values that no analysis has."""
        if self.by is not None and self.by not in (*GROUPS, *NUMBERS):
            hint = f"one of: {', '.join((*GROUPS, *NUMBERS))}"
            raise UsageError(f"studies are not grouped by `{self.by}`", hint=hint)
        if not 0.0 < self.level < 1.0:
            raise UsageError(f"the level lies between 0 and 1, not at {self.level:g}", hint="95% is written 0.95")
        if self.baseline is not None and not LEAST_RISK <= self.baseline < 1.0:
            least = f", and is at least {LEAST_RISK:g}" if 0.0 < self.baseline < 1.0 else ""
            hint = "5% is written 0.05"
            raise UsageError(f"the baseline risk lies between 0 and 1{least}, not at {self.baseline:g}", hint=hint)
        return self
