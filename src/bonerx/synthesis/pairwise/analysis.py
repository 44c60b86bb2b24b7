"""Answer one question whole: what do all studies of `a` against `b` give together?

`analyse_pool` takes arms and contrasts as they come; what cannot be used is named with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bonerx.errors import UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import (
    Continuity,
    Counts,
    binary_effect,
    continuous_effect,
    counts_of,
    uninformative,
)
from bonerx.synthesis.numeric.distributions import checked_level
from bonerx.synthesis.pairwise.heterogeneity import Heterogeneity, heterogeneity
from bonerx.synthesis.pairwise.inverse_variance import (
    AdHoc,
    Pooled,
    Prediction,
    RandomEffects,
    estimate_with,
    inverse_variance,
    random_effects,
    weights,
)
from bonerx.synthesis.pairwise.leave_one_out import Step, leave_one_out
from bonerx.synthesis.pairwise.mantel_haenszel import Stratified, mantel_haenszel, peto_effect
from bonerx.synthesis.pairwise.selection import OF_COUNTS, Excluded, Selected, select
from bonerx.synthesis.pairwise.small_study_effects import RankTest, RegressionTest, begg, egger
from bonerx.synthesis.pairwise.tau2 import Tau2Method

MOST_REPEATED = 200
"""With more studies than this the analysis is not repeated without each, nor are they ranked pair by pair."""


class PoolMethod(StrEnum):
    """How the common effect is pooled: inverse variance, Mantel–Haenszel (RR, OR, RD) or Peto (OR)."""

    IV = "iv"
    MH = "mh"
    PETO = "peto"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolOptions:
    """The choices of a pairwise analysis; UsageError when they contradict each other.

    `exact_mh` leaves zero cells as they are in Mantel–Haenszel sums, where meta adds 0.5 by default;
    `keep_double_zero` keeps studies without information on a ratio measure (meta's `allstudies`).
    """

    measure: Measure = Measure.RR
    method: PoolMethod = PoolMethod.IV
    tau2: Tau2Method = Tau2Method.REML
    adhoc: AdHoc = AdHoc.CI
    prediction: Prediction = Prediction.T1
    continuity: Continuity = Continuity.HALF
    exact_mh: bool = False
    keep_double_zero: bool = False
    level: float = 0.95

    @property
    def mh_continuity(self) -> Continuity:
        """What Mantel–Haenszel sums add to tables with a zero cell."""
        return Continuity.NONE if self.exact_mh else self.continuity

    def __post_init__(self) -> None:
        """Refuse a method that does not give the measure."""
        checked_level(self.level)
        if self.method is PoolMethod.MH and self.measure not in OF_COUNTS:
            raise UsageError(f"Mantel–Haenszel pooling is for RR, OR and RD, not {self.measure}")
        if self.method is PoolMethod.PETO and self.measure is not Measure.OR:
            raise UsageError(f"Peto's method gives an OR, not {self.measure}", hint="add `--measure OR`")


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledStudy:
    """One study of an analysis: its effect a minus b on the analysis scale, its shares of the weights, its numbers.

    `te` is None when it has no effect of its own, with `reason`; `included` is whether any estimate rests on it.
    """

    study: str
    te: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    weight_common: float | None
    weight_random: float | None
    included: bool
    reason: str | None
    note: str | None
    a: Group | None
    b: Group | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAnalysis:
    """All that pooling `a` against `b` gives; estimates are None when no study is left, small-study tests below three.

    With more than MOST_REPEATED studies `leave_one_out` is empty and `begg` None.
    `n` is the participants of the included studies whose arms are known, None when none is; `n_unknown` names the
    others.
    """

    a: str
    b: str
    options: PoolOptions
    studies: tuple[PooledStudy, ...]
    excluded: tuple[Excluded, ...]
    common: Pooled | None
    random: RandomEffects | None
    heterogeneity: Heterogeneity | None
    k: int
    n: float | None
    n_unknown: tuple[str, ...]
    leave_one_out: tuple[Step, ...]
    egger: RegressionTest | None
    begg: RankTest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A study on its way through the analysis; `table` enters Mantel–Haenszel sums, even where `te` is None."""

    source: Selected
    te: float | None
    se: float | None
    table: Counts | None
    reason: str | None


def analyse_pool(
    groups: Sequence[Group],
    contrasts: Sequence[Contrast],
    a: str,
    b: str,
    options: PoolOptions | None = None,
    *,
    repeat: bool = True,
) -> PoolAnalysis:
    """Pool what all studies say of `a` against `b`; effects are a minus b on the analysis scale.

    `contrasts` must be on the analysis scale of `options.measure`. Without `repeat` no study is left out in turn and
    none are ranked, as with more than MOST_REPEATED of them. Raises UsageError for options that cannot be
    answered and InvalidEvidence for numbers that cannot be (more events than participants, a standard error of 0).
    """
    chosen = options or PoolOptions()
    selected, left_out = select(groups, contrasts, a, b, chosen.measure)
    entries = [_entry(study, chosen) for study in selected]
    usable = [entry for entry in entries if entry.reason is None]
    rest = tuple(Excluded(study=e.source.study, reason=e.reason) for e in entries if e.reason is not None)
    pooling = _pooling(usable, chosen, repeat=repeat and len(usable) <= MOST_REPEATED)
    shares_common, shares_random = _shares(usable, pooling.common, pooling.random, chosen)
    known = [e for e in usable if e.source.a is not None and e.source.b is not None]
    return PoolAnalysis(
        a=a,
        b=b,
        options=chosen,
        studies=tuple(
            _study(e, shares_common.get(e.source.study), shares_random.get(e.source.study), chosen.level)
            for e in entries
        ),
        excluded=left_out + rest,
        common=pooling.common,
        random=pooling.random,
        heterogeneity=pooling.heterogeneity,
        k=len(usable),
        n=sum(e.source.a.n + e.source.b.n for e in known if e.source.a and e.source.b) if known else None,
        n_unknown=tuple(e.source.study for e in usable if e.source.a is None or e.source.b is None),
        leave_one_out=pooling.leave_one_out,
        egger=pooling.egger,
        begg=pooling.begg,
    )


def _entry(study: Selected, options: PoolOptions) -> _Entry:
    """The study's effect by the chosen measure and method, or the reason why it cannot take part."""
    if study.contrast is not None:
        if options.method is PoolMethod.IV:
            return _Entry(source=study, te=study.contrast.te, se=study.contrast.se, table=None, reason=None)
        why = "reports a contrast only; this method needs the events of each arm"
        return _Entry(source=study, te=None, se=None, table=None, reason=why)
    if study.a is None or study.b is None:
        raise UsageError(f"`{study.study}` has neither two arms nor a contrast")
    if options.measure not in OF_COUNTS:
        effect = continuous_effect(study.a, study.b, options.measure)
        return _Entry(source=study, te=effect.te, se=effect.se, table=None, reason=effect.reason)
    table = counts_of(study.a, study.b)
    if table is None:
        return _Entry(source=study, te=None, se=None, table=None, reason="no count of events in every arm")
    if options.method is PoolMethod.PETO:
        reason = uninformative(table, options.measure)
        peto = peto_effect(table)
        te, se = peto or (None, None)
        return _Entry(source=study, te=te, se=se, table=None, reason=reason if peto is None else None)
    effect = binary_effect(
        table, options.measure, continuity=options.continuity, keep_double_zero=options.keep_double_zero
    )
    if options.method is PoolMethod.MH and (effect.te is not None or uninformative(table, options.measure) is None):
        return _Entry(source=study, te=effect.te, se=effect.se, table=table, reason=None)
    return _Entry(source=study, te=effect.te, se=effect.se, table=None, reason=effect.reason)


def _mantel_haenszel(entries: Sequence[_Entry], options: PoolOptions) -> Stratified | None:
    """The Mantel–Haenszel estimate of the studies' tables."""
    tables = [e.table for e in entries if e.table is not None]
    return mantel_haenszel(tables, options.measure, continuity=options.mh_continuity)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pooling:
    """The estimates that rest on all usable studies together."""

    common: Pooled | None = None
    random: RandomEffects | None = None
    heterogeneity: Heterogeneity | None = None
    leave_one_out: tuple[Step, ...] = ()
    egger: RegressionTest | None = None
    begg: RankTest | None = None


def _pooling(entries: Sequence[_Entry], options: PoolOptions, *, repeat: bool) -> _Pooling:
    """Pool the studies that can take part: tables by Mantel–Haenszel if chosen, effects by inverse variance."""
    stratified = options.method is PoolMethod.MH
    effects = [(e.source.study, e.te, e.se) for e in entries if e.te is not None and e.se is not None]

    def tables_of(chosen: Sequence[_Entry]) -> Pooled | None:
        found = _mantel_haenszel(chosen, options)
        return None if found is None else estimate_with(found.te, found.se, options.level)

    if not effects:
        return _Pooling(common=tables_of(entries) if stratified and entries else None)
    te, se = np.array([e[1] for e in effects]), np.array([e[2] for e in effects])
    own = [e for e in entries if e.te is not None]
    without_own = [e for e in entries if e.te is None]
    common = tables_of(entries) if stratified else inverse_variance(te, se, level=options.level)
    # As in meta: Q and tau2 are about the Mantel–Haenszel mean with DerSimonian–Laird only (RevMan's analysis).
    about_tables = stratified and options.tau2 is Tau2Method.DL and common is not None
    centre = common.te if about_tables and common is not None else None
    return _Pooling(
        common=common,
        random=random_effects(
            te,
            se,
            method=options.tau2,
            adhoc=options.adhoc,
            definition=options.prediction,
            centre=centre,
            level=options.level,
        ),
        heterogeneity=heterogeneity(te, se, centre=centre, level=options.level),
        leave_one_out=leave_one_out(
            [e[0] for e in effects],
            te,
            se,
            common=(lambda chosen: tables_of([own[i] for i in chosen] + without_own)) if stratified else None,
            method=options.tau2,
            adhoc=options.adhoc,
            definition=options.prediction,
            level=options.level,
        )
        if repeat
        else (),
        egger=egger(te, se),
        begg=begg(te, se) if repeat else None,
    )


def _shares(
    entries: Sequence[_Entry], common: Pooled | None, random: RandomEffects | None, options: PoolOptions
) -> tuple[dict[str, float], dict[str, float]]:
    """Each study's share of the weights of the common and of the random-effects estimate."""
    names = [e.source.study for e in entries if e.te is not None]
    se = np.array([e.se for e in entries if e.se is not None])
    tau2 = random.tau2 if random is not None and random.tau2 is not None else 0.0
    shares_random = dict(zip(names, weights(se, tau2).tolist(), strict=True)) if names else {}
    if options.method is not PoolMethod.MH:
        return (dict(zip(names, weights(se).tolist(), strict=True)) if common and names else {}), shares_random
    found = _mantel_haenszel(entries, options)
    if found is None:
        return {}, shares_random
    total = sum(found.weights)
    of_tables = [e.source.study for e in entries if e.table is not None]
    return dict(zip(of_tables, (w / total for w in found.weights), strict=True)), shares_random


def _study(entry: _Entry, weight_common: float | None, weight_random: float | None, level: float) -> PooledStudy:
    """The study as the analysis shows it."""
    own = estimate_with(entry.te, entry.se, level) if entry.te is not None and entry.se is not None else None
    return PooledStudy(
        study=entry.source.study,
        te=entry.te,
        se=entry.se,
        ci_low=own.ci_low if own else None,
        ci_high=own.ci_high if own else None,
        weight_common=weight_common,
        weight_random=weight_random,
        included=entry.reason is None,
        reason=entry.reason or (None if own else "a zero cell: enters the Mantel–Haenszel estimate only"),
        note=entry.source.note,
        a=entry.source.a,
        b=entry.source.b,
    )
