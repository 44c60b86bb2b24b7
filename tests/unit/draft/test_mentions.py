"""Known names found in a text under every spelling that counts as the same, and under no other."""

import pytest

from bonerx.draft.mentions import of_kind
from bonerx.draft.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dormolin was given.", ["Dormolin"]),
        ("DORMOLIN and noctazine", ["DORMOLIN", "noctazine"]),
        ("dormolins", ["dormolins"]),
        ("dormolinate, predormolin", []),
        ("herb X2, herb X-2, herb\u2011X2 and HERB  x2", ["herb X2", "herb X-2", "herb\u2011X2", "HERB  x2"]),
        ("DRM but not drm", ["DRM"]),
        ("sleep times and sleep-time", ["sleep times", "sleep-time"]),
        ("口服多眠灵10 mg", ["多眠灵"]),
        ("给予dormolin治疗", ["dormolin"]),
        ("awakenings", ["awakenings"]),
        ("nothing known", []),
    ],
)
def test_names_are_found_as_they_are_written(known: Vocabulary, text: str, found: list[str]) -> None:
    assert [text[each.start : each.end] for each in known.names().find(text)] == found


def test_the_longest_name_counts(known: Vocabulary) -> None:
    found = known.names().find("Dormolin users slept.")
    assert [each.id for each in found] == ["dormolin-users"]
    assert of_kind(found, "agents") == []
