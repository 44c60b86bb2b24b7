"""Turn what a study reports, arm by arm or as a contrast, into one effect with its standard error.

Effects are `a` minus `b` on the analysis scale: natural logarithms for RR, OR and HR, the natural scale for the rest.
Where programs differ on zero cells the default is that of R's `meta::metabin`; docs/reference/statistics.md names
every choice.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.number import counted
from bonerx.synthesis.effects.reasons import no_spread, too_few_for_smd
from bonerx.synthesis.numeric.distributions import critical_value


class Continuity(StrEnum):
    """What is added where a cell of a study's fourfold table is zero.

    `HALF` adds 0.5 as meta does: an RR divides by n + 0.5, an RD is corrected in its standard error only.
    `TREATMENT_ARM` adds to each arm in proportion to the other arm's share of the participants (both sum to 1).
    `FOUR_CELLS` adds 0.5 to each of the four cells for every measure, as metafor does. `NONE` adds nothing.
    """

    HALF = "0.5"
    TREATMENT_ARM = "treatment-arm"
    FOUR_CELLS = "four-cells"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One study's effect on the analysis scale, or the reason why there is none; `added_*` is what zero cells got."""

    te: float | None
    se: float | None
    added_a: float = 0.0
    added_b: float = 0.0
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Events and participants of the two arms of one study: `events_a` of `n_a` against `events_b` of `n_b`."""

    events_a: float
    n_a: float
    events_b: float
    n_b: float

    @property
    def has_zero_cell(self) -> bool:
        """Whether any of the four cells is empty."""
        return min(self.events_a, self.events_b, self.n_a - self.events_a, self.n_b - self.events_b) == 0.0


def counts_of(a: Group, b: Group) -> Counts | None:
    """The counts of two groups, None when one does not report them; InvalidEvidence when they cannot be counts."""
    for group in (a, b):
        if not (math.isfinite(group.n) and group.n > 0.0):
            raise InvalidEvidence(f"`{group.study}`: the arm `{group.treatment}` has {counted(group.n, 'participant')}")
        if group.events is not None and not 0.0 <= group.events <= group.n:
            raise InvalidEvidence(
                f"`{group.study}`: the arm `{group.treatment}` has {counted(group.events, 'event')} "
                f"in {counted(group.n, 'participant')}"
            )
    if a.events is None or b.events is None:
        return None
    return Counts(events_a=a.events, n_a=a.n, events_b=b.events, n_b=b.n)


def additions(counts: Counts, continuity: Continuity) -> tuple[float, float]:
    """What is added to the cells of arm a and of arm b: nothing unless a cell is zero.

    Treatment-arm continuity: Sweeting, Sutton, Lambert 2004, doi:10.1002/sim.1761.
    """
    if continuity is Continuity.NONE or not counts.has_zero_cell:
        return 0.0, 0.0
    if continuity is Continuity.TREATMENT_ARM:
        total = counts.n_a + counts.n_b
        return counts.n_a / total, counts.n_b / total
    return 0.5, 0.5


def uninformative(counts: Counts, measure: Measure) -> str | None:
    """Why two arms say nothing on a ratio measure: no event in either, or (OR) nothing but events; None if they do."""
    if counts.events_a == 0.0 and counts.events_b == 0.0 and measure in (Measure.RR, Measure.OR):
        return f"no event in either arm: no information on the {measure}"
    if counts.events_a == counts.n_a and counts.events_b == counts.n_b and measure is Measure.OR:
        return f"every participant of both arms had the event: no information on the {measure}"
    return None


def binary_effect(
    counts: Counts,
    measure: Measure,
    *,
    continuity: Continuity = Continuity.HALF,
    keep_double_zero: bool = False,
) -> Effect:
    """The RR or OR (natural log) or RD (natural scale) of two arms, a against b.

    Zero cells as `continuity` says; studies without information on a ratio measure are left out with the reason
    unless `keep_double_zero`. UsageError for a measure that is not of counts.
    """
    if measure not in (Measure.RR, Measure.OR, Measure.RD):
        raise UsageError(f"the {measure} cannot be computed from events")
    reason = uninformative(counts, measure)
    if reason is not None and not keep_double_zero:
        return Effect(te=None, se=None, reason=reason)
    add_a, add_b = additions(counts, continuity)
    four_cells = continuity is Continuity.FOUR_CELLS
    if measure is Measure.OR:
        te, variance = _log_odds_ratio(counts, add_a, add_b)
    elif measure is Measure.RR:
        te, variance = _log_risk_ratio(counts, add_a, add_b, four_cells=four_cells)
    else:
        te, variance = _risk_difference(counts, add_a, add_b, corrected_estimate=four_cells)
    if te is None or variance is None or not variance > 0.0:
        why = "a zero cell and no continuity correction: the effect has no finite standard error"
        return Effect(te=None, se=None, reason=reason or why)
    return Effect(te=te, se=math.sqrt(variance), added_a=add_a, added_b=add_b)


def _log_odds_ratio(counts: Counts, add_a: float, add_b: float) -> tuple[float | None, float | None]:
    """The log odds ratio and Woolf's variance, 1/a + 1/b + 1/c + 1/d."""
    a, b = counts.events_a + add_a, counts.n_a - counts.events_a + add_a
    c, d = counts.events_b + add_b, counts.n_b - counts.events_b + add_b
    if min(a, b, c, d) <= 0.0:
        return None, None
    return math.log(a / b) - math.log(c / d), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d


def _log_risk_ratio(
    counts: Counts, add_a: float, add_b: float, *, four_cells: bool
) -> tuple[float | None, float | None]:
    """The log risk ratio and its variance, 1/a − 1/n of each arm.

    As in meta, an arm's n grows by what its events grow by (metafor: by twice that), and when every participant of
    both arms has the event the variance takes the events uncorrected, so that the study keeps a standard error.
    """
    grow = 2.0 if four_cells else 1.0
    n_a, n_b = counts.n_a + grow * add_a, counts.n_b + grow * add_b
    events_a, events_b = counts.events_a + add_a, counts.events_b + add_b
    if min(events_a, events_b) <= 0.0:
        return None, None
    te = math.log(events_a / n_a) - math.log(events_b / n_b)
    if not four_cells and counts.events_a == counts.n_a and counts.events_b == counts.n_b:
        events_a, events_b = counts.events_a, counts.events_b
    return te, 1.0 / events_a - 1.0 / n_a + 1.0 / events_b - 1.0 / n_b


def _risk_difference(
    counts: Counts, add_a: float, add_b: float, *, corrected_estimate: bool
) -> tuple[float, float | None]:
    """The risk difference and its variance p(1 − p)/n of each arm; zero cells correct the variance (or both)."""
    n_a, n_b = counts.n_a + 2.0 * add_a, counts.n_b + 2.0 * add_b
    p_a, p_b = (counts.events_a + add_a) / n_a, (counts.events_b + add_b) / n_b
    variance = p_a * (1.0 - p_a) / n_a + p_b * (1.0 - p_b) / n_b
    if corrected_estimate:
        return p_a - p_b, variance
    return counts.events_a / counts.n_a - counts.events_b / counts.n_b, variance


def hedges_j(m: float) -> float:
    """The exact factor J(m) = Γ(m/2) / (√(m/2) Γ((m − 1)/2)) that makes d unbiased with m degrees of freedom.

    Hedges 1981, doi:10.3102/10769986006002107.
    """
    return math.exp(math.lgamma(m / 2.0) - math.lgamma((m - 1.0) / 2.0)) / math.sqrt(m / 2.0)


def power_of_two(size: float) -> float:
    """The power of two next to a size (1 for 0): in it, squares neither vanish nor overflow and no digit changes."""
    return math.ldexp(1.0, math.frexp(size)[1]) if size else 1.0


def continuous_effect(a: Group, b: Group, measure: Measure) -> Effect:
    """The MD or SMD (Hedges' g) of two arms, a minus b, natural scale; the reason when mean, sd or n does not allow it.

    No arm may have a standard deviation of 0 (`no_spread`); a standardised difference needs m ≥ 2 (`too_few_for_smd`).

    MD: variance sd²/n of each arm. SMD: g = J(m) (mean_a − mean_b) / pooled sd, m = n_a + n_b − 2, with the exact
    variance 1/n_a + 1/n_b + g² (1 − (m − 2)/(m J(m)²)): Hedges 1981, doi:10.3102/10769986006002107.
    """
    if measure not in (Measure.MD, Measure.SMD):
        raise UsageError(f"the {measure} cannot be computed from means")
    for group in (a, b):
        if not (math.isfinite(group.n) and group.n > 0.0):
            raise InvalidEvidence(f"`{group.study}`: the arm `{group.treatment}` has {counted(group.n, 'participant')}")
        if group.sd is not None and not (math.isfinite(group.sd) and group.sd >= 0.0):
            raise InvalidEvidence(f"`{group.study}`: the arm `{group.treatment}` has the standard deviation {group.sd}")
    if a.mean is None or b.mean is None:
        return Effect(te=None, se=None, reason="no mean reported for both arms")
    if a.sd is None or b.sd is None:
        return Effect(te=None, se=None, reason="no standard deviation reported for both arms")
    reason = no_spread((a, b)) or (too_few_for_smd((a, b)) if measure is Measure.SMD else None)
    if reason is not None:
        return Effect(te=None, se=None, reason=reason)
    difference, unit = a.mean - b.mean, power_of_two(max(a.sd, b.sd))
    if measure is Measure.MD:
        variance = (a.sd / unit) ** 2 / a.n + (b.sd / unit) ** 2 / b.n
        return Effect(te=difference, se=unit * math.sqrt(variance))
    m = a.n + b.n - 2.0
    pooled = ((a.n - 1.0) * (a.sd / unit) ** 2 + (b.n - 1.0) * (b.sd / unit) ** 2) / m
    if not pooled > 0.0:
        return Effect(te=None, se=None, reason="fewer than one participant in an arm")
    j = hedges_j(m)
    g = j * (difference / unit) / math.sqrt(pooled)
    variance = 1.0 / a.n + 1.0 / b.n + g * g * (1.0 - (m - 2.0) / (m * j * j))
    return Effect(te=g, se=math.sqrt(variance))


def reported_effect(
    measure: Measure, value: float, ci_low: float, ci_high: float, *, level: float = 0.95
) -> tuple[float, float]:
    """The (te, se) of a printed estimate with its confidence interval; RR, OR and HR are taken to their logarithms.

    te is the printed value itself; se is the interval's width over twice the normal critical value of `level`.
    InvalidEvidence when the interval does not run from low to high or a ratio is not positive.
    Cochrane Handbook 6.3: the same conversion, for large samples.
    """
    numbers = (value, ci_low, ci_high)
    if not all(math.isfinite(x) for x in numbers) or (measure.is_ratio and min(numbers) <= 0.0):
        raise InvalidEvidence(f"{value} ({ci_low} to {ci_high}) cannot be an {measure} with its interval")
    te, low, high = (math.log(x) if measure.is_ratio else x for x in numbers)
    if not low < high:
        raise InvalidEvidence(f"the interval {ci_low} to {ci_high} does not run from low to high")
    return te, (high - low) / (2.0 * critical_value(level))
