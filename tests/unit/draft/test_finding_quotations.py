"""Many quotations found in one text together: the same places as one by one, with work that grows with the text."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonerx.draft import offsets as module
from bonerx.draft.offsets import find_all


class Counted(str):
    """A text that counts how many of its characters were looked at."""

    seen = 0

    def find(self, sought: str, start: int = 0) -> int:  # type: ignore[override]
        self.seen += len(self) - start
        return str.find(self, sought, start)

    def startswith(self, sought: str, start: int) -> bool:  # type: ignore[override]
        self.seen += len(sought)
        return str.startswith(self, sought, start)

    def __getitem__(self, key: slice) -> str:  # type: ignore[override]
        found = str.__getitem__(self, key)
        self.seen += len(found)
        return found


def one_by_one(text: str, quotations: Sequence[str]) -> dict[str, list[int]]:
    return {each: [at for at in range(len(text)) if text.startswith(each, at)][: module.MOST] for each in quotations}


@settings(max_examples=200)
@given(
    text=st.text(st.sampled_from("ab "), max_size=300),
    spans=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=40),
    others=st.lists(st.text(st.sampled_from("ab c"), min_size=1, max_size=30), max_size=10),
)
def test_all_are_found_where_each_is_found_alone(text: str, spans: list[tuple[int, int]], others: list[str]) -> None:
    quotations = [each for start, length in spans if (each := text[start : start + length])] + others
    assert find_all(text, quotations) == one_by_one(text, quotations)


def sentences(count: int) -> tuple[Counted, list[str]]:
    listed = [f"{number} is the number of this sentence." for number in range(count)]
    return Counted(" ".join(listed)), listed


def periodic(count: int) -> tuple[Counted, list[str]]:
    return Counted("ab" * 10 * count), ["ab" * 20 + f"c{number}" for number in range(4)]


@pytest.mark.parametrize("shape", [sentences, periodic])
def test_twice_the_text_and_table_is_twice_the_work(shape: object) -> None:
    def seen(count: int) -> int:
        text, quotations = shape(count)  # type: ignore[operator]
        find_all(text, quotations)
        return int(text.seen)

    assert seen(2_000) < 2.2 * seen(1_000)


def test_of_a_quotation_that_stands_everywhere_the_first_places_are_told() -> None:
    text = "a" * 5_000
    assert find_all(text, ["a" * 20]) == {"a" * 20: list(range(module.MOST))}
