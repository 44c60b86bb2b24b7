"""What a pooled document amounts to: the estimate asked for, whom it favours, and what that means per 1000 people.

Everything here works on the document of an analysis, stored or new, and needs neither numpy nor scipy.
"""

from collections.abc import Mapping
from typing import Any

from bonerx.model.measure import Measure
from bonerx.synthesis.pairwise.absolute_effect import ASSUMPTIONS, absolute_effect, nnt_text

Document = dict[str, Any]

POOLED_ARMS = "the pooled risk of the control arms"
GIVEN = "as given"


def estimate_of(document: Mapping[str, Any], model: str = "random", ci: str = "wald") -> Document | None:
    """Return the estimate of a model (`common`, `random`) with one interval (`wald`, `hk`), None where there is none.

    The common-effect model has no Hartung–Knapp interval; its own is given then.
    """
    found = document[model]
    if found is None or found["te"] is None:
        return None
    fields = ("te", "se", "value", "ci_low", "ci_high", "p")
    estimate = {"model": model, "ci": "wald", **{field: found[field] for field in fields}}
    if model == "random" and ci == "hk":
        return estimate | {"ci": "hk", **{field: found["hk"][field] for field in ("se", "ci_low", "ci_high", "p")}}
    return estimate


def verdict_of(estimate: Mapping[str, Any] | None, measure: str, better: str | None) -> str | None:
    """Return whom an estimate favours: `favours-a`, `favours-b` or `no-clear-difference` where the interval holds both.

    Where it is not known which way is better: `a-higher` or `a-lower`. None without an estimate or its interval.
    """
    return None if estimate is None else Measure(measure).favours(estimate["ci_low"], estimate["ci_high"], better)


def verdicts_of(document: Mapping[str, Any], better: str | None) -> Document:
    """Return whom each of the three usual choices favours: common effect, random effects, and with Hartung–Knapp."""
    choices = {"common": ("common", "wald"), "random": ("random", "wald"), "random-hk": ("random", "hk")}
    measure = document["measure"]
    return {name: verdict_of(estimate_of(document, *choice), measure, better) for name, choice in choices.items()}


def control_risk(document: Mapping[str, Any]) -> float | None:
    """Return the risk of arm b in all studies that count and give it, events over people; None where none does."""
    arms = [study["b"] for study in document["studies"] if study["included"] and study["b"]]
    arms = [arm for arm in arms if arm.get("events") is not None]
    people = sum(arm["n"] for arm in arms)
    return sum(arm["events"] for arm in arms) / people if people else None


def absolute_of(
    document: Mapping[str, Any], estimate: Mapping[str, Any] | None, better: str | None, baseline: float | None = None
) -> Document | None:
    """Return what an estimate means per 1000 people at a baseline risk, by default that of the control arms.

    None for measures without a risk, and where no baseline risk between 0 and 1 is known. The number needed to treat
    is given where it is known which way is better. Raises UsageError for a given risk beyond 0 and 1.
    """
    measure = Measure(document["measure"])
    risk = control_risk(document) if baseline is None else baseline
    if measure not in ASSUMPTIONS or estimate is None or risk is None or estimate["ci_high"] is None:
        return None
    if baseline is None and not 0.0 < risk < 1.0:
        return None
    found = absolute_effect(
        measure, estimate["value"], estimate["ci_low"], estimate["ci_high"], risk, harmful=better != "higher"
    )
    absolute: Document = {
        "baseline_risk": risk,
        "baseline": POOLED_ARMS if baseline is None else GIVEN,
        "risk": found.risk,
        "per_1000": found.per_1000,
        "per_1000_low": found.per_1000_low,
        "per_1000_high": found.per_1000_high,
        "assumption": found.assumption,
    }
    if better is not None:
        names = ("nnt", "nnt_kind", "nnt_low", "nnt_low_kind", "nnt_high", "nnt_high_kind", "through_infinity")
        absolute |= {name: getattr(found, name) for name in names}
        absolute["nnt_text"] = nnt_text(found)
    return absolute
