"""What one study reports on one outcome, as numbers an analysis takes: at one time, its arms or else its contrasts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.admission import Record
from bonerx.synthesis.effects.arm_results import Figure, Refused, at_longest, figures_of
from bonerx.synthesis.effects.printed_contrasts import Effect, all_pairs, effects_of, first_of_each, latest, shared_arm
from bonerx.synthesis.network.contrasts import SharedArm
from bonerx.synthesis.pairwise.selection import combined


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The numbers of a study that an analysis may take, or the `reasons` why there are none.

    `months` is the time they are of, `sources` the publications they were read in, `note` what was done to them.
    """

    study: str
    groups: tuple[Group, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    shared: SharedArm | None = None
    months: float | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None
    reasons: tuple[str, ...] = field(default=("no usable figure",))

    @property
    def usable(self) -> bool:
        """Whether there is anything to analyse."""
        return bool(self.groups or self.contrasts)


def reports_on(study: Record, outcome: str) -> bool:
    """Whether a study says anything in numbers on an outcome, usable or not."""
    return any(figure["outcome"] == outcome for figure in (*study.get("results", ()), *study.get("contrasts", ())))


def of_pair(study: Record, outcome: str, measure: Measure, pair: tuple[str, str], refused: Refused) -> Reported:
    """Return what a study says of one regimen against another: its arms, else its contrast, at their longest time."""
    figures, why = figures_of(study, outcome, measure, refused)
    own = at_longest([figure for figure in figures if figure.regimen in pair])
    if {figure.regimen for figure in own} == set(pair):
        return _of_arms(study["id"], own)
    for regimen in pair:
        if own and all(figure.regimen != regimen for figure in own):
            why.append(f"no usable result of `{regimen}` at the same time")
    effects, why_not = effects_of(study, outcome, measure, refused)
    direct = latest([one for one in effects if {one.contrast.a, one.contrast.b} == set(pair)])
    if direct:
        note = f"prints this contrast {len(direct)} times; the first is used" if direct[1:] else None
        return _of_effects(study["id"], direct[:1], note=note)
    return _through_shared(study["id"], effects, pair) or Reported(
        study=study["id"], reasons=tuple(dict.fromkeys(why + why_not)) or ("no usable figure",)
    )


def of_all(study: Record, outcome: str, measure: Measure, refused: Refused) -> Reported:
    """Return what a study says of all its regimens: its arms, unless its contrasts cover more of them.

    Arms of one regimen are taken together, since a network's node stands once in a study.
    """
    figures, why = figures_of(study, outcome, measure, refused)
    own = at_longest(figures)
    by_arms = len({figure.regimen for figure in own})
    effects, why_not = effects_of(study, outcome, measure, refused)
    last = latest(effects)
    whole = first_of_each(last)
    by_contrasts = len({regimen for one in whole for regimen in (one.contrast.a, one.contrast.b)})
    shared = shared_arm(study["id"], whole)
    if by_contrasts > max(by_arms, 1):
        if shared is not None or all_pairs(whole):
            twice = "prints a contrast more than once; the first is used" if len(whole) < len(last) else None
            return _of_effects(study["id"], whole, shared=shared if by_contrasts > 2 else None, note=twice)
        why_not.append(f"its contrasts of {by_contrasts} arms are not all pairs, and share no arm of known variance")
    if by_arms < 2:
        why += ["only one arm has a usable result"] if own else []
        return Reported(study=study["id"], reasons=tuple(dict.fromkeys(why + why_not)) or ("no usable figure",))
    found = _of_arms(study["id"], own)
    groups, notes = [], []
    for regimen in dict.fromkeys(group.treatment for group in found.groups):
        arms = [group for group in found.groups if group.treatment == regimen]
        groups.append(combined(arms))
        notes += [f"{len(arms)} arms of `{regimen}` are taken together"] if arms[1:] else []
    return Reported(
        study=found.study,
        groups=tuple(groups),
        months=found.months,
        sources=found.sources,
        note="; ".join(notes) or None,
        reasons=(),
    )


def _of_arms(study: str, own: Sequence[Figure]) -> Reported:
    return Reported(
        study=study,
        groups=tuple(figure.group for figure in own),
        months=own[0].months,
        sources=tuple(dict.fromkeys(figure.source for figure in own)),
        reasons=(),
    )


def _through_shared(study: str, effects: Sequence[Effect], pair: tuple[str, str]) -> Reported | None:
    """Return a against b from the contrasts of both with an arm of known variance, which is their covariance."""
    last = first_of_each(latest(effects))
    shared = shared_arm(study, last)
    by_regimen = {one.contrast.a: one for one in last}
    if shared is None or not set(pair) <= by_regimen.keys():
        return None
    one, other = (by_regimen[regimen].contrast for regimen in pair)
    variance = one.se**2 + other.se**2 - 2.0 * shared.variance
    if not variance > 0.0:
        return None
    difference = Contrast(study=study, a=pair[0], b=pair[1], te=one.te - other.te, se=variance**0.5)
    note = f"computed from the contrasts of both with `{shared.treatment}`, whose variance they share"
    used = [by_regimen[regimen] for regimen in pair]
    return _of_effects(study, used, note=note, contrasts=(difference,))


def _of_effects(
    study: str,
    used: Sequence[Effect],
    *,
    shared: SharedArm | None = None,
    note: str | None = None,
    contrasts: tuple[Contrast, ...] | None = None,
) -> Reported:
    return Reported(
        study=study,
        contrasts=contrasts or tuple(one.contrast for one in used),
        shared=shared,
        months=used[0].months,
        sources=tuple(dict.fromkeys(one.source for one in used)),
        note=note,
        reasons=(),
    )
