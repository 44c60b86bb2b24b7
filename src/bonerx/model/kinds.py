"""The closed vocabularies of an evidence table: what a field may say, once, for every layer."""

from enum import StrEnum


class ClaimKind(StrEnum):
    """What sort of statement a claim makes."""

    USAGE = "usage"
    EFFICACY = "efficacy"
    MECHANISM = "mechanism"
    COMPARISON = "comparison"
    RECOMMENDATION = "recommendation"
    PROPOSAL = "proposal"


class Direction(StrEnum):
    """What a claim says of its outcome, or of one regimen against another."""

    INCREASES = "increases"
    DECREASES = "decreases"
    MAINTAINS = "maintains"
    PREVENTS = "prevents"
    TREATS = "treats"
    CAUSES = "causes"
    ENHANCES = "enhances"
    IMPROVES = "improves"
    WORSENS = "worsens"
    NO_EFFECT = "no-effect"
    SUPERIOR = "superior"
    INFERIOR = "inferior"
    NO_DIFFERENCE = "no-difference"
    SYNERGISTIC = "synergistic"
    ADDITIVE = "additive"
    ANTAGONISTIC = "antagonistic"
    PREFERRED = "preferred"
    RECOMMENDED = "recommended"
    NOT_RECOMMENDED = "not-recommended"
    EMPHASIZED = "emphasized"
    USED = "used"


class HedgeLevel(StrEnum):
    """The strength of a claim's wording, strongest first."""

    ASSERTED = "asserted"
    SUGGESTED = "suggested"
    POSSIBLE = "possible"
    PROPOSED = "proposed"


class Integrity(StrEnum):
    """What is known against a source, least grave first."""

    NONE_KNOWN = "none-known"
    CORRECTED = "corrected"
    ERRATUM = "erratum"
    CONCERN = "concern"
    RETRACTED = "retracted"


class Combination(StrEnum):
    """How the agents of a regimen are combined."""

    ALONE = "alone"
    CONCURRENT = "concurrent"
    SEQUENTIAL = "sequential"


class Side(StrEnum):
    """Which side of a comparison a claim favours."""

    REGIMEN = "regimen"
    COMPARATOR = "comparator"


class PopulationBasis(StrEnum):
    """Whether a claim's sentence names the population, takes it over from a neighbouring clause, or is silent."""

    STATED = "stated"
    INHERITED = "inherited"
    NOT_STATED = "not-stated"


class Better(StrEnum):
    """Which way an outcome improves."""

    HIGHER = "higher"
    LOWER = "lower"


class Domain(StrEnum):
    """What an outcome tells a person who chooses a treatment."""

    BENEFIT = "benefit"
    HARM = "harm"
    INTERACTION = "interaction"
    MECHANISM = "mechanism"


class Stance(StrEnum):
    """How a later finding bears on a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    PENDING = "pending"


class SourceKind(StrEnum):
    """What sort of publication a source is."""

    NARRATIVE_REVIEW = "narrative-review"
    SYSTEMATIC_REVIEW = "systematic-review"
    META_ANALYSIS = "meta-analysis"
    RANDOMISED_TRIAL = "randomised-trial"
    NON_RANDOMISED_STUDY = "non-randomised-study"
    TRIAL_DESIGN = "trial-design"
    ANIMAL_STUDY = "animal-study"
    GUIDELINE = "guideline"
    CORRECTION = "correction"
    OTHER = "other"


class ReadAs(StrEnum):
    """How much of a source the curator has read."""

    FULL_TEXT = "full-text"
    PART = "part"
    ABSTRACT = "abstract"
    RECORD = "record"
    SECONDARY = "secondary"
