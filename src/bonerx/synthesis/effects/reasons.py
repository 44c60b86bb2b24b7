"""Why a study's means give no effect, in words that both engines give as the reason and every answer can tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every answer that is worded loads this module, and few hold a group
    from collections.abc import Sequence

    from bonerx.model.estimate import Group

LEAST_DF = 2
"""The degrees of freedom that a standardised difference needs: with one, J(1) is 0 and nothing is left of it."""

_NO_SPREAD = "the standard deviation of "
_TOO_FEW = "a standardised mean difference needs "
ARM_LEFT_OUT = "an arm of "


def no_spread(arms: Sequence[Group]) -> str | None:
    """Why arms with a standard deviation of 0 give no effect, None where none of them has one.

    Nobody's results are all the same: the figure is missing, rounded away or misread, and to weigh the study by the
    other arm alone would trust it the more. meta and RevMan give such a study no weight; metafor does.
    """
    still = sorted({f"`{arm.treatment}`" for arm in arms if arm.sd == 0.0})
    return f"{_NO_SPREAD}{' and '.join(still)} is 0" if still else None


def too_few_for_smd(arms: Sequence[Group]) -> str | None:
    """Why the arms of one study have too few people for a standardised difference, None where they have enough."""
    people = sum(arm.n for arm in arms)
    if people - len(arms) >= LEAST_DF:
        return None
    return f"{people:g} people in {len(arms)} arms: {_TOO_FEW}{LEAST_DF + len(arms)} or more"


def arm_left_out(arm: Group) -> str:
    """What is said of an arm without spread whose study counts by its other arms."""
    return f"{ARM_LEFT_OUT}{arm.study} is left out: {no_spread([arm])}"


def of_means(reason: str | None) -> bool:
    """Return whether a reason is one of these."""
    return reason is not None and (reason.startswith(_NO_SPREAD) or _TOO_FEW in reason)
