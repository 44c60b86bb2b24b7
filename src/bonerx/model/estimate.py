"""Effects of one treatment against another, on the scale they are analysed on."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One randomised group's summary: `events` of `n`, or `mean` and `sd` of `n`; None is not known."""

    study: str
    treatment: str
    n: float
    events: float | None = None
    mean: float | None = None
    sd: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The effect `a` minus `b` in one study on the analysis scale, with its standard error (TE, seTE).

    `te_rounding` and `se_rounding` are how far each may be from what was rounded to the digits printed; 0 is exact.
    """

    study: str
    a: str
    b: str
    te: float
    se: float
    te_rounding: float = field(default=0.0, compare=False)
    se_rounding: float = field(default=0.0, compare=False)
