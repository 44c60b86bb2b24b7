"""What an answer rests on is said in words that fit their number."""

import pytest

from bonerx.questions.citations.caveats import resting_on

TRIAL = {"id": "a-1998", "kind": "randomised-trial", "read_as": "full-text", "year": 1998}
RATS = {"id": "b-2001", "kind": "animal-study", "read_as": "part", "year": 2001}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([TRIAL], "rests on 1 source: a randomised trial of 1998, read in full"),
        ([TRIAL, TRIAL | {"id": "c-1998"}], "rests on 2 sources: 2 randomised trials of 1998, read in full"),
        ([RATS], "rests on 1 source: an animal study of 2001, read in part"),
        ([RATS, RATS], "rests on 2 sources: 2 animal studies of 2001, read in part"),
    ],
)
def test_sources_of_one_kind_are_counted(sources: list[dict[str, object]], said: str) -> None:
    assert resting_on(sources) == [said]
