"""Pool again and again: with each study left out in turn, or with studies added one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bonerx.synthesis.pairwise.heterogeneity import cochran_q, i2_interval, i2_of
from bonerx.synthesis.pairwise.inverse_variance import (
    AdHoc,
    Pooled,
    Prediction,
    RandomEffects,
    inverse_variance,
    random_effects,
)
from bonerx.synthesis.pairwise.tau2 import FloatArray, Tau2Method, checked_effects

Pick = Callable[[list[int]], Pooled | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What pooling gives without, or with and up to, the study `study`; `i2` is None when one study is left."""

    study: str
    k: int
    common: Pooled | None
    random: RandomEffects
    q: float
    i2: float | None


def _step(
    study: str,
    chosen: list[int],
    *,
    te: FloatArray,
    se: FloatArray,
    common: Pick | None,
    method: Tau2Method,
    adhoc: AdHoc,
    definition: Prediction,
    level: float,
) -> Step:
    """Pool the chosen studies."""
    y, s = te[chosen], se[chosen]
    k, mean = len(chosen), inverse_variance(y, s, level=level) if common is None else common(chosen)
    about_tables = common is not None and method is Tau2Method.DL and mean is not None
    centre = mean.te if about_tables and mean is not None else None
    q = cochran_q(y, s, centre) if k > 1 else 0.0
    return Step(
        study=study,
        k=k,
        common=mean,
        random=random_effects(y, s, method=method, adhoc=adhoc, definition=definition, centre=centre, level=level),
        q=q,
        i2=i2_of(i2_interval(q, k, level)[0]) if k > 1 else None,
    )


def leave_one_out(
    studies: Sequence[str],
    te: FloatArray,
    se: FloatArray,
    *,
    common: Pick | None = None,
    method: Tau2Method = Tau2Method.REML,
    adhoc: AdHoc = AdHoc.CI,
    definition: Prediction = Prediction.T1,
    level: float = 0.95,
) -> tuple[Step, ...]:
    """The analysis with each of k studies left out in turn, shapes (k,), analysis scale; empty when k < 2.

    `common` pools the studies at the given indices in place of inverse-variance weighting (Mantel–Haenszel); with
    DerSimonian–Laird Q is then about that mean, as in the analysis of all studies.
    """
    y, s = checked_effects(te, se)
    pool = partial(_step, te=y, se=s, common=common, method=method, adhoc=adhoc, definition=definition, level=level)
    everyone = range(y.size)
    if y.size < 2:
        return ()
    return tuple(pool(studies[i], [j for j in everyone if j != i]) for i in everyone)


def cumulative(
    studies: Sequence[str],
    te: FloatArray,
    se: FloatArray,
    *,
    order: Sequence[float] | None = None,
    common: Pick | None = None,
    method: Tau2Method = Tau2Method.REML,
    adhoc: AdHoc = AdHoc.CI,
    definition: Prediction = Prediction.T1,
    level: float = 0.95,
) -> tuple[Step, ...]:
    """The analysis after each study is added, shapes (k,), by `order` (years; ties as given) or as the studies stand.

    Lau et al. 1992, doi:10.1056/NEJM199207233270406.
    """
    y, s = checked_effects(te, se)
    pool = partial(_step, te=y, se=s, common=common, method=method, adhoc=adhoc, definition=definition, level=level)
    places = list(range(y.size)) if order is None else sorted(range(y.size), key=lambda i: order[i])
    return tuple(pool(studies[place], places[: i + 1]) for i, place in enumerate(places))
