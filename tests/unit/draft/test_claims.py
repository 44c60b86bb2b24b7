"""What is drafted from invented sentences: what they say in plain words, and nothing else."""

from collections.abc import Callable

import pytest

from bonerx.draft.claims import drafts, hedge_of
from bonerx.draft.vocabulary import Vocabulary
from bonerx.model.kinds import ClaimKind, HedgeLevel
from bonerx.model.source import Passage, Sentence

Drafted = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dormolin increases sleep time.", ["dormolin increases sleep-time"]),
        (
            "Dormolin increased sleep time and reduced night waking.",
            ["dormolin increases sleep-time", "dormolin decreases night-waking"],
        ),
        (
            "Dormolin and noctazine increase sleep time.",
            ["dormolin increases sleep-time", "noctazine increases sleep-time"],
        ),
        ("Dormolin plus noctazine increases sleep time.", ["dormolin+noctazine increases sleep-time"]),
        (
            "Combined treatment with dormolin and noctazine increases sleep time.",
            ["dormolin+noctazine increases sleep-time"],
        ),
        ("Sleep time was increased by dormolin.", ["dormolin increases sleep-time"]),
        (
            "Sleep time was increased by dormolin and decreased by noctazine.",
            ["dormolin increases sleep-time", "noctazine decreases sleep-time"],
        ),
        (
            "Dormolin increases sleep time, while noctazine prevents awakening.",
            ["dormolin increases sleep-time", "noctazine prevents night-waking"],
        ),
        (
            "Dormolin increased sleep time compared with placebo.",
            ["dormolin vs placebo increases sleep-time (regimen)"],
        ),
        (
            "Dormolin increased night waking versus noctazine.",
            ["dormolin vs noctazine increases night-waking (comparator)"],
        ),
        ("Dormolin decreased night waking vs. placebo.", ["dormolin vs placebo decreases night-waking (regimen)"]),
        ("Dormolin is more effective than noctazine.", ["dormolin vs noctazine superior - (regimen)"]),
        (
            "Dormolin was inferior to noctazine for sleep time.",
            ["dormolin vs noctazine inferior sleep-time (comparator)"],
        ),
        (
            "Dormolin is superior to placebo in the prevention of awakening.",
            ["dormolin vs placebo superior night-waking (regimen)"],
        ),
        ("Dormolin rather than noctazine should be chosen.", ["dormolin vs noctazine preferred - (regimen)"]),
        (
            "There was no significant difference in sleep time between dormolin and noctazine.",
            ["dormolin vs noctazine no-difference sleep-time"],
        ),
        ("Dormolin and noctazine did not differ.", ["dormolin vs noctazine no-difference -"]),
        ("Dormolin did not differ from placebo.", ["dormolin vs placebo no-difference -"]),
        ("Dormolin did not increase sleep time.", ["dormolin no-effect sleep-time"]),
        (
            "Dormolin did not significantly increase sleep time compared with placebo.",
            ["dormolin vs placebo no-effect sleep-time"],
        ),
        ("Dormolin had no effect on sleep time.", ["dormolin no-effect sleep-time"]),
        ("Dormolin failed to reduce night waking.", ["dormolin no-effect night-waking"]),
        ("Dormolin not only increases sleep time.", ["dormolin increases sleep-time"]),
        ("Dormolin is recommended.", ["dormolin recommended -"]),
        ("Dormolin is not recommended.", ["dormolin not-recommended -"]),
        ("Dormolin should not be used.", ["dormolin not-recommended -"]),
        ("Dormolin is widely used.", ["dormolin used -"]),
        (
            "Dormolin and noctazine have a synergistic effect on sleep time in combination.",
            ["dormolin+noctazine synergistic sleep-time"],
        ),
        ("Somnians such as dormolin increase sleep time.", ["somnians increases sleep-time"]),
        ("Dormolin enhances receptor binding.", ["dormolin enhances receptor-binding"]),
    ],
)
def test_plain_words_are_drafted(drafted: Drafted, text: str, found: list[str]) -> None:
    assert drafted(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("多眠灵增加睡眠时间。", ["dormolin increases sleep-time"]),
        (
            "多眠灵可减少夜醒，而诺克嗪增加睡眠时间。",
            ["dormolin decreases night-waking", "noctazine increases sleep-time"],
        ),
        ("与安慰剂相比，多眠灵增加睡眠时间。", ["dormolin vs placebo increases sleep-time (regimen)"]),
        ("多眠灵比诺克嗪更有效。", ["dormolin vs noctazine superior - (regimen)"]),
        ("多眠灵优于诺克嗪。", ["dormolin vs noctazine superior - (regimen)"]),
        ("应首选多眠灵，而非诺克嗪。", ["dormolin vs noctazine preferred - (regimen)"]),
        ("多眠灵联合诺克嗪增加睡眠时间。", ["dormolin+noctazine increases sleep-time"]),
        ("多眠灵未增加睡眠时间。", ["dormolin no-effect sleep-time"]),
        ("多眠灵与诺克嗪的睡眠时间无显著差异。", ["dormolin vs noctazine no-difference sleep-time"]),
        ("不推荐多眠灵。", ["dormolin not-recommended -"]),
        ("眠药类如多眠灵增加睡眠时间。", ["somnians increases sleep-time"]),
    ],
)
def test_plain_chinese_words_are_drafted(drafted: Drafted, text: str, found: list[str]) -> None:
    assert drafted(text, "zh") == found


@pytest.mark.parametrize(
    "text",
    [
        "Dormolin was given for a year.",
        "Sleep time increased.",
        "Aspirin increases sleep time.",
        "Dormolin increases appetite.",
        "Neither dormolin nor noctazine was shown to increase sleep time.",
        "Dormolin is not known to increase sleep time.",
        "Dormolin never increases sleep time.",
        "Dormolin was not superior to noctazine.",
        "Whether dormolin works is unknown; sleep time increased.",
        "",
    ],
)
def test_nothing_is_invented(drafted: Drafted, text: str) -> None:
    assert drafted(text or "-") == []


def test_a_word_that_compares_with_something_unknown_makes_no_comparator(drafted: Drafted) -> None:
    assert drafted("Dormolin increased sleep time more than aspirin.") == ["dormolin increases sleep-time"]
    assert drafted("Dormolin increased sleep time compared with baseline.") == ["dormolin increases sleep-time"]


def claim_of(text: str, known: Vocabulary, **said: object) -> object:
    sentence = Sentence(id="a/S1", source="a", passages={"en": Passage(start=0, end=len(text), text=text)})
    options: dict[str, object] = {"species": None, "retracted": False, **said}
    (found,) = drafts(sentence, known.names(), known, **options)  # type: ignore[arg-type]
    return found.claim


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dormolin increases sleep time.", ClaimKind.EFFICACY),
        ("Dormolin enhances receptor binding.", ClaimKind.MECHANISM),
        ("Dormolin is better than placebo.", ClaimKind.COMPARISON),
        ("Dormolin is preferred.", ClaimKind.RECOMMENDATION),
        ("Dormolin is used.", ClaimKind.USAGE),
        ("The role of dormolin should be emphasized.", ClaimKind.PROPOSAL),
    ],
)
def test_the_kind_follows_from_the_words(known: Vocabulary, text: str, kind: ClaimKind) -> None:
    assert claim_of(text, known).kind is kind  # type: ignore[attr-defined]


def test_an_animal_in_the_sentence_or_the_record_makes_an_animal_claim(known: Vocabulary) -> None:
    assert claim_of("Dormolin increases sleep time in mice.", known).species == "mouse"  # type: ignore[attr-defined]
    assert claim_of("Dormolin increases sleep time.", known, species="rat").species == "rat"  # type: ignore[attr-defined]
    assert claim_of("Dormolin increases sleep time.", known).species == "human"  # type: ignore[attr-defined]


def test_a_claim_of_a_retracted_source_says_so(known: Vocabulary) -> None:
    assert claim_of("Dormolin increases sleep time.", known, retracted=True).rests_on_retracted  # type: ignore[attr-defined]


def test_members_that_a_sentence_names_of_a_class_are_named(known: Vocabulary) -> None:
    assert claim_of("Somnians such as dormolin are used.", known).named == ("dormolin",)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "level", "cues"),
    [
        ("It works.", HedgeLevel.ASSERTED, ()),
        ("It may be better.", HedgeLevel.POSSIBLE, ("may be",)),
        (
            "Some studies have shown that it appears to work.",
            HedgeLevel.SUGGESTED,
            ("Some studies have shown", "appears to"),
        ),
        ("These data suggest that it might work.", HedgeLevel.POSSIBLE, ("suggest", "might")),
        ("It is proposed that it could work.", HedgeLevel.PROPOSED, ("It is proposed", "could")),
        ("It could possibly work, possibly not.", HedgeLevel.POSSIBLE, ("could", "possibly")),
        ("一些研究表明可能有效。", HedgeLevel.POSSIBLE, ("一些研究表明", "可能")),
        ("Maybe the mayor suggestively tends a garden.", HedgeLevel.ASSERTED, ()),
    ],
)
def test_the_weakest_word_decides_the_hedge(text: str, level: HedgeLevel, cues: tuple[str, ...]) -> None:
    hedge = hedge_of(text, "en")
    assert hedge.level is level
    assert hedge.cues == ({"en": cues} if cues else {})
    assert all(cue in text for cue in cues)


@pytest.mark.parametrize(
    "text", ["Dormolin increased sleep time, " * 600, "Dormolin " + "increased " * 1_900, "dormolin than " * 1_400]
)
def test_a_sentence_that_is_a_list_says_nothing_in_plain_words(drafted: Drafted, text: str) -> None:
    assert drafted(text) == []
