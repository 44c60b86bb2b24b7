"""The studies of a network, whole and checked, from arm-level and contrast-level results in any mixture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bonerx.errors import InvalidEvidence
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.reasons import arm_left_out
from bonerx.synthesis.network.arms import BINARY, Exclusion, arm_level_effects, arms_with_spread, study_fault
from bonerx.synthesis.network.blocks import Block, BoolArray, FloatArray, IntArray, StudyEffects, stack_blocks, take
from bonerx.synthesis.network.contrasts import SharedArm, contrast_level_effects

SMALL_CELL = 5  # fewer events, or fewer people without one, in an arm: the normal approximation is doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkData:
    """Studies ready for analysis: `treatments` and `studies` sorted by code point, contrasts in `blocks` of equal size.

    `participants` (n,) sums the arms' n by treatment, NaN where a study gives none; `zero_cell` and `small_cell`
    (studies,) mark studies with an empty cell, or one below five. Effects are on the analysis scale (log for OR, RR,
    HR). `notes` name the arms that are left out of studies that stay, and studies whose printed figures do not fit
    together exactly.
    """

    measure: Measure
    treatments: tuple[str, ...]
    studies: tuple[str, ...]
    blocks: tuple[Block, ...]
    participants: FloatArray
    zero_cell: BoolArray
    small_cell: BoolArray
    excluded: tuple[Exclusion, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def df_arms(self) -> int:
        """The number of independent contrasts: the sum over studies of arms less one."""
        return sum(len(block.study) * (block.size - 1) for block in self.blocks)


def network_data(
    groups: Iterable[Group] = (),
    contrasts: Iterable[Contrast] = (),
    *,
    measure: Measure,
    shared: Iterable[SharedArm] = (),
    keep_double_zero: bool = False,
    te_tolerance: float | None = None,
) -> NetworkData:
    """The network of all studies given; a study reports arms or contrasts, not both.

    `shared` gives the variance of the arm that several contrasts of a study share, where not all its pairs are printed;
    `te_tolerance` is how far a study's printed effects may be from adding up (netmeta's tol.multiarm), where it is to
    be another than what rounding explains.

    Raises InvalidEvidence naming, all at once, every study that breaks a rule and the rule: an arm given twice or with
    impossible numbers, a multi-arm study with pairs missing, effects that do not add up, impossible variances.
    """
    contrasts = tuple(contrasts)
    groups, still = arms_with_spread(tuple(groups), measure)
    from_arms, excluded, faults = arm_level_effects(groups, measure, keep_double_zero=keep_double_zero)
    from_contrasts, contrast_faults = contrast_level_effects(contrasts, shared, te_tolerance=te_tolerance)
    both = sorted({group.study for group in groups} & {contrast.study for contrast in contrasts})
    faults += contrast_faults + [study_fault(study, "given both as arms and as contrasts; keep one") for study in both]
    if faults:
        message = "; ".join(f"{fault.where}: {fault.message}" for fault in faults)
        raise InvalidEvidence(message, faults=tuple(faults), hint="mend or leave out these studies")
    effects = sorted([*from_arms, *from_contrasts], key=lambda one: one.study)
    data = _assemble(effects, groups, measure, tuple(sorted(excluded, key=lambda one: one.study)))
    left_out = sorted(arm_left_out(arm) for arm in still if arm.study in data.studies)
    return replace(data, notes=(*data.notes, *left_out))


def _assemble(
    effects: Sequence[StudyEffects], groups: Sequence[Group], measure: Measure, excluded: tuple[Exclusion, ...]
) -> NetworkData:
    treatments = tuple(sorted({name for one in effects for name in one.treatments}))
    treatment_index = {name: i for i, name in enumerate(treatments)}
    study_index = {one.study: i for i, one in enumerate(effects)}
    zero, small = np.zeros(len(effects), dtype=bool), np.zeros(len(effects), dtype=bool)
    participants = np.zeros(len(treatments))
    with_arms = set()
    for group in groups:
        row = study_index.get(group.study)
        if row is None:
            continue
        with_arms.add(group.study)
        participants[treatment_index[group.treatment]] += group.n
        if measure in BINARY and group.events is not None:
            fewest = min(group.events, group.n - group.events)
            zero[row] |= fewest == 0
            small[row] |= fewest < SMALL_CELL
    for one in effects:
        if one.study not in with_arms:
            participants[[treatment_index[name] for name in one.treatments]] = np.nan
    return NetworkData(
        measure=measure,
        treatments=treatments,
        studies=tuple(study_index),
        blocks=stack_blocks(effects, study_index, treatment_index),
        participants=participants,
        zero_cell=zero,
        small_cell=small,
        excluded=excluded,
        notes=tuple(one.note for one in effects if one.note is not None),
    )


def select_studies(data: NetworkData, keep: BoolArray) -> NetworkData:
    """The network of the studies marked in `keep` (studies,), with only the treatments they compare."""
    chosen = [(block, keep[block.study]) for block in data.blocks]
    chosen = [(block, rows) for block, rows in chosen if rows.any()]
    present = np.zeros(len(data.treatments), dtype=bool)
    for block, rows in chosen:
        present[block.arms[rows]] = True
    study_map, treatment_map = _renumbered(keep), _renumbered(present)
    return NetworkData(
        measure=data.measure,
        treatments=tuple(name for name, kept in zip(data.treatments, present, strict=True) if kept),
        studies=tuple(name for name, kept in zip(data.studies, keep, strict=True) if kept),
        blocks=tuple(take(block, rows, study_map, treatment_map) for block, rows in chosen),
        participants=data.participants[present],
        zero_cell=data.zero_cell[keep],
        small_cell=data.small_cell[keep],
    )


def _renumbered(kept: BoolArray) -> IntArray:
    """New index of each kept place, shape as `kept`; places not kept hold -1."""
    return np.where(kept, np.cumsum(kept) - 1, -1).astype(np.intp)


def study_arms(data: NetworkData) -> Mapping[int, IntArray]:
    """The treatments (m,) of each study, by index of the study."""
    return {int(study): arms for block in data.blocks for study, arms in zip(block.study, block.arms, strict=True)}
