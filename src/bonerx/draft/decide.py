"""What a person must decide before a draft becomes a claim: the same list in the table's comments and in `check`."""

from bonerx.model.claim import Claim
from bonerx.model.kinds import ClaimKind, HedgeLevel


def to_decide(claim: Claim) -> tuple[str, ...]:
    """Return, for each thing that only a reader can tell, what the draft says now."""
    hedge = claim.hedge
    cues = ", ".join(f"`{cue}`" for words in hedge.cues.values() for cue in words)
    against = "+".join(claim.comparator) if claim.comparator else None
    found = [f"direction: {claim.direction.value}", f"outcome: {claim.outcome or 'none named'}"]
    if len(claim.regimen) > 1:
        found.append(f"together: is {'+'.join(claim.regimen)} given as one regimen")
    found.append(f"comparator: {against or 'none stated'}")
    if claim.comparator:
        found.append(f"favours: {claim.favours.value if claim.favours else 'neither'}")
    population = claim.population.id or "not stated"
    found.append(f"population: {population}")
    found.append(f"hedge: {hedge.level.value}" + (f" by {cues}" if cues else " (no hedging word found)"))
    found.append(f"species: {claim.species}")
    if claim.kind is ClaimKind.RECOMMENDATION and hedge.level is HedgeLevel.ASSERTED:
        found.append("whose recommendation: the authors', or one they report")
    return tuple(found)
