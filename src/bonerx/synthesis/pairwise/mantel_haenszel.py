"""Pool fourfold tables without weighting by each study's variance: Mantel–Haenszel and Peto.

Both stay sound where events are few and inverse-variance weights are not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bonerx.errors import UsageError
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import Continuity, Counts, additions


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratified:
    """A pooled effect on the analysis scale with the weight of each study (as given, not yet shares of one)."""

    te: float
    se: float
    weights: tuple[float, ...]


def mantel_haenszel(
    tables: Sequence[Counts], measure: Measure, *, continuity: Continuity = Continuity.NONE
) -> Stratified | None:
    """The Mantel–Haenszel RR or OR (natural log) or RD over k tables, a against b; None when it does not exist.

    `continuity` is added to every cell of a table with a zero cell: `HALF` is meta's default, `NONE` the exact method
    (metafor's default). Standard errors: OR of Robins, Breslow, Greenland 1986, doi:10.2307/2531052; RR and RD of
    Greenland, Robins 1985, doi:10.2307/2530643. UsageError for measures that are not of counts.
    """
    if measure not in (Measure.RR, Measure.OR, Measure.RD):
        raise UsageError(f"Mantel–Haenszel pooling is for RR, OR and RD, not {measure}")
    cells = []
    for table in tables:
        add_a, add_b = additions(table, continuity)
        cells.append(
            (
                table.events_a + add_a,
                table.n_a - table.events_a + add_a,
                table.events_b + add_b,
                table.n_b - table.events_b + add_b,
            )
        )
    if measure is Measure.OR:
        return _odds_ratio(cells)
    if measure is Measure.RR:
        return _risk_ratio(cells)
    observed = continuity is not Continuity.FOUR_CELLS
    return _risk_difference(cells, [_difference(table) for table in tables] if observed else None)


def _difference(table: Counts) -> float:
    """The risk difference as observed."""
    return table.events_a / table.n_a - table.events_b / table.n_b


_Cells = Sequence[tuple[float, float, float, float]]


def _odds_ratio(cells: _Cells) -> Stratified | None:
    """Σ ad/n over Σ bc/n, with the variance of Robins, Breslow and Greenland."""
    r = s = pr = ps_qr = qs = 0.0
    weights = []
    for a, b, c, d in cells:
        n = a + b + c + d
        p, q, r_i, s_i = (a + d) / n, (b + c) / n, a * d / n, b * c / n
        r, s = r + r_i, s + s_i
        pr, ps_qr, qs = pr + p * r_i, ps_qr + p * s_i + q * r_i, qs + q * s_i
        weights.append(s_i)
    if r <= 0.0 or s <= 0.0:
        return None
    variance = pr / (2.0 * r * r) + ps_qr / (2.0 * r * s) + qs / (2.0 * s * s)
    return Stratified(te=math.log(r / s), se=math.sqrt(variance), weights=tuple(weights))


def _risk_ratio(cells: _Cells) -> Stratified | None:
    """Σ a n_b/n over Σ c n_a/n, with the variance of Greenland and Robins."""
    r = s = dispersion = 0.0
    weights = []
    for a, b, c, d in cells:
        n_a, n_b, n = a + b, c + d, a + b + c + d
        r, s = r + a * n_b / n, s + c * n_a / n
        dispersion += (n_a * n_b * (a + c) - a * c * n) / (n * n)
        weights.append(c * n_a / n)
    if r <= 0.0 or s <= 0.0 or dispersion <= 0.0:
        return None
    return Stratified(te=math.log(r / s), se=math.sqrt(dispersion / (r * s)), weights=tuple(weights))


def _risk_difference(cells: _Cells, observed: Sequence[float] | None) -> Stratified | None:
    """The mean of the risk differences with weights n_a n_b/n, with the variance of Greenland and Robins.

    As in meta, a continuity correction changes the weights and the standard error, never an observed difference.
    """
    difference = dispersion = total = 0.0
    weights = []
    for i, (a, b, c, d) in enumerate(cells):
        n_a, n_b, n = a + b, c + d, a + b + c + d
        difference += (a / n_a - c / n_b if observed is None else observed[i]) * n_a * n_b / n
        total += n_a * n_b / n
        dispersion += (a * b * n_b**3 + c * d * n_a**3) / (n_a * n_b * n * n)
        weights.append(n_a * n_b / n)
    if total <= 0.0 or dispersion <= 0.0:
        return None
    return Stratified(te=difference / total, se=math.sqrt(dispersion) / total, weights=tuple(weights))


def peto_effect(table: Counts) -> tuple[float, float] | None:
    """The (te, se) of one table's Peto log odds ratio, (O − E)/V and 1/√V; None when V is zero.

    O is the events of arm a, E their expectation and V their hypergeometric variance given the margins:
    Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7.
    """
    n = table.n_a + table.n_b
    events = table.events_a + table.events_b
    if n <= 1.0:
        return None
    expected = table.n_a * events / n
    variance = table.n_a * table.n_b * events * (n - events) / (n * n * (n - 1.0))
    if variance <= 0.0:
        return None
    return (table.events_a - expected) / variance, 1.0 / math.sqrt(variance)
