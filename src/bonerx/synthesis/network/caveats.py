"""What a reader must know before trusting a network's estimates, in sentences."""

from collections import defaultdict

import numpy as np

from bonerx.synthesis.network.analysis import NetworkAnalysis, PartAnalysis
from bonerx.synthesis.network.data import SMALL_CELL, NetworkData

DISAGREEMENT = 0.1  # the p below which direct and indirect evidence are said to disagree; such tests have little power


def compared_studies(data: NetworkData) -> dict[tuple[int, int], list[int]]:
    """The studies (indices, ascending) that compare each pair of treatments i < j, pairs in order."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for block in data.blocks:
        for study, arms in zip(block.study.tolist(), block.arms.tolist(), strict=True):
            for i, a in enumerate(arms):
                for b in arms[i + 1 :]:
                    found[a, b].append(study)
    return {pair: sorted(found[pair]) for pair in sorted(found)}


def pair_caveats(part: PartAnalysis, row: int) -> list[str]:
    """What limits the estimate of one pair (a row of the part's tables)."""
    splits, data = part.splits, part.data
    a, b, k = int(splits.a[row]), int(splits.b[row]), int(splits.k[row])
    if k == 0:
        return ["indirect evidence only: no study compares them"]
    caveats = []
    indirect = bool(np.isfinite(splits.indirect_te[row]))
    studies = _comparing(data, a, b)
    if not indirect:
        caveats.append("direct evidence only" + (", from one study" if k == 1 else ""))
    elif splits.difference_p[row] < DISAGREEMENT:
        caveats.append(f"direct and indirect evidence disagree (p = {splits.difference_p[row]:.2g})")
    small = [data.studies[study] for study in studies if data.small_cell[study]]
    if small:
        caveats.append(f"fewer than {SMALL_CELL} in a cell of {', '.join(small)}")
    return caveats


def analysis_caveats(analysis: NetworkAnalysis) -> list[str]:
    """What limits the whole analysis: parts, studies left out, corrected cells, heterogeneity that cannot be
    estimated."""
    caveats = []
    if not analysis.connected:
        caveats.append(f"the network is not connected: {len(analysis.parts)} parts, each analysed alone")
    if analysis.excluded:
        named = "; ".join(f"{one.study} ({one.reason})" for one in analysis.excluded)
        caveats.append(f"left out: {named}")
    caveats.extend([*analysis.notes, *analysis.data.notes])
    zero = [analysis.data.studies[i] for i in np.flatnonzero(analysis.data.zero_cell)]
    small = [analysis.data.studies[i] for i in np.flatnonzero(analysis.data.small_cell & ~analysis.data.zero_cell)]
    if analysis.options.method == "iv":
        if zero:
            caveats.append(f"0.5 was added to every cell of {', '.join(zero)}, which had an empty one")
        if zero or small:
            named = ", ".join(sorted([*zero, *small]))
            advice = "inverse variance is biased when events are sparse; compare the Mantel-Haenszel network"
            caveats.append(f"fewer than {SMALL_CELL} in a cell of {named}: {advice}")
        if any(part.tau2 is None for part in analysis.parts):
            caveats.append("tau2 cannot be estimated: no residual degrees of freedom")
    else:
        caveats.append("a common-effect model: differences between studies beyond chance are not allowed for")
    for part in analysis.parts:
        between = part.heterogeneity and part.heterogeneity.between
        if between and between.p is not None and between.p < DISAGREEMENT:
            names = "" if analysis.connected else f" in the part of {part.data.treatments[0]}"
            caveats.append(f"designs disagree{names} (Q between designs {between.q:.3g}, p = {between.p:.2g})")
    return caveats


def _comparing(data: NetworkData, a: int, b: int) -> list[int]:
    """The studies that compare two treatments, in order."""
    found = []
    for block in data.blocks:
        both = (block.arms == a).any(axis=1) & (block.arms == b).any(axis=1)
        found.extend(block.study[both].tolist())
    return sorted(found)
