"""Pool within groups of studies and test whether the groups differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.errors import UsageError
from bonerx.number import counted
from bonerx.synthesis.numeric.distributions import chi2_p
from bonerx.synthesis.pairwise.heterogeneity import Heterogeneity, heterogeneity
from bonerx.synthesis.pairwise.inverse_variance import Pooled, inverse_variance
from bonerx.synthesis.pairwise.tau2 import FloatArray, Tau2Method, checked_effects, estimate_tau2


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroup:
    """One group's estimates on the analysis scale; tau2 is None with one study and no tau2 shared between groups."""

    group: str
    k: int
    common: Pooled
    random: Pooled
    tau2: float | None
    heterogeneity: Heterogeneity


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroups:
    """The groups in the order they first appear, and whether they differ: Q between on `df` degrees of freedom."""

    groups: tuple[Subgroup, ...]
    shared_tau2: bool
    q_between_common: float
    p_common: float
    q_between_random: float
    p_random: float
    df: int
    q_within: float
    df_within: int


def subgroups(
    te: FloatArray,
    se: FloatArray,
    labels: Sequence[str],
    *,
    method: Tau2Method = Tau2Method.REML,
    shared_tau2: bool = False,
    level: float = 0.95,
) -> Subgroups:
    """The analysis of k studies, shapes (k,), analysis scale, by their `labels`; UsageError with one group only.

    Each group has its own tau2, or all share the residual tau2 of a regression on the groups (`shared_tau2`; with as
    many groups as studies there is none and the random-effects estimates are the studies'). Q between is
    Σ (mean of group − mean of groups)²/se² of each model: Cochrane Handbook 10.11.3.
    """
    y, s = checked_effects(te, se)
    names = list(dict.fromkeys(labels))
    if len(labels) != y.size:
        raise UsageError(f"{counted(y.size, 'study', 'studies')} but {counted(len(labels), 'label')} of groups")
    if len(names) < 2:
        raise UsageError("a subgroup analysis needs two groups or more")
    member = np.array([[label == name for name in names] for label in labels], dtype=np.float64)
    shared = estimate_tau2(y, s, method, design=member) if shared_tau2 else None
    found = []
    for i, name in enumerate(names):
        chosen = member[:, i] > 0.0
        tau2 = shared if shared_tau2 else estimate_tau2(y[chosen], s[chosen], method)
        found.append(
            Subgroup(
                group=name,
                k=int(chosen.sum()),
                common=inverse_variance(y[chosen], s[chosen], level=level),
                random=inverse_variance(y[chosen], s[chosen], tau2 or 0.0, level=level),
                tau2=tau2,
                heterogeneity=heterogeneity(y[chosen], s[chosen], level=level),
            )
        )
    df = len(found) - 1
    q_common, q_random = _between([g.common for g in found]), _between([g.random for g in found])
    return Subgroups(
        groups=tuple(found),
        shared_tau2=shared_tau2,
        q_between_common=q_common,
        p_common=chi2_p(q_common, df),
        q_between_random=q_random,
        p_random=chi2_p(q_random, df),
        df=df,
        q_within=sum(g.heterogeneity.q for g in found),
        df_within=int(y.size) - len(found),
    )


def _between(means: Sequence[Pooled]) -> float:
    """Q of the groups' means about their own weighted mean."""
    te, w = np.array([m.te for m in means]), np.array([1.0 / m.se**2 for m in means])
    return float((w * (te - (w * te).sum() / w.sum()) ** 2).sum())
