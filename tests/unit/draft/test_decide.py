from bonerx.draft.abstract import listed
from bonerx.draft.claims import to_decide
from bonerx.model.claim import Claim, Hedge
from bonerx.model.field import MAX_TEXT
from bonerx.model.kinds import ClaimKind, Direction, HedgeLevel, Side


def test_everything_that_only_a_reader_can_tell_is_asked() -> None:
    claim = Claim(
        id="c",
        kind=ClaimKind.RECOMMENDATION,
        regimen=("a", "b"),
        comparator=("c", "d"),
        direction=Direction.PREFERRED,
        favours=Side.REGIMEN,
        hedge=Hedge(level=HedgeLevel.ASSERTED, cues={"en": ("should be",)}),
        draft=True,
    )
    assert to_decide(claim) == (
        "direction: preferred",
        "outcome: none named",
        "together: is a+b given as one regimen",
        "comparator: c+d",
        "favours: regimen",
        "population: not stated",
        "hedge: asserted by `should be`",
        "species: human",
        "whose recommendation: the authors', or one they report",
    )


def test_a_list_of_authors_too_long_for_a_field_is_cut_and_says_so() -> None:
    text = listed([f"Author-number-{number} A" for number in range(2_000)])
    assert text is not None
    assert len(text) <= MAX_TEXT
    assert text.endswith(" et al.")
    assert listed([]) is None
