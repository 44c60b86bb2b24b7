"""Which publications a table has: found by index just where going through all of them finds them."""

from hypothesis import given
from hypothesis import strategies as st

from bonerx.draft.abstract import Abstract
from bonerx.draft.sources import FreeIds, Publications, first_of, is_of
from bonerx.model.kinds import ReadAs, SourceKind
from bonerx.model.source import Source

SAID = st.fixed_dictionaries(
    {
        "doi": st.sampled_from([None, "10.1000/a", "10.1000/A", "10.1000/b"]),
        "pmid": st.sampled_from([None, "1", "2"]),
        "title": st.sampled_from([None, "Sleep", "Waking"]),
        "year": st.sampled_from([None, 2021]),
        "text": st.sampled_from(["", "Sleep is short.", "It is not."]),
    }
)


def same_publication(source: Source, abstract: Abstract) -> bool:
    pairs = ((source.doi, abstract.doi), (source.pmid, abstract.pmid))
    return any(one is not None and two is not None and one.casefold() == two.casefold() for one, two in pairs)


def is_it(source: Source, text: str, abstract: Abstract) -> bool:
    """The rule: one DOI, one PubMed number, one text; or one title and year, and no two DOIs or PubMed numbers."""
    if same_publication(source, abstract) or (abstract.text and text == abstract.text):
        return True
    titled = source.title is not None and (source.title, source.year) == (abstract.title, abstract.year)
    return titled and not (source.doi and abstract.doi) and not (source.pmid and abstract.pmid)


@given(st.lists(SAID, max_size=6), SAID)
def test_the_first_record_by_the_rule_is_found(held: list[dict[str, object]], sought: dict[str, object]) -> None:
    sources = []
    publications = Publications()
    for number, said in enumerate(held):
        text = said.pop("text")
        source = Source(id=f"s-{number}", kind=SourceKind.OTHER, read_as=ReadAs.ABSTRACT, **said)  # type: ignore[arg-type]
        sources.append((source, str(text)))
        publications.add(source, str(text) or None)
    abstract = Abstract(place="f", stem="f", **sought)  # type: ignore[arg-type]
    expected = next((source for source, text in sources if is_it(source, text, abstract)), None)
    assert publications.of(abstract) == expected
    assert publications.citing(abstract) == [source for source, _ in sources if same_publication(source, abstract)]


@given(taken=st.sets(st.sampled_from(["a", "a-2", "a-3", "a-5", "a-2-2", "b"])), bases=st.lists(st.sampled_from("ab")))
def test_an_id_is_the_base_with_the_least_free_number(taken: set[str], bases: list[str]) -> None:
    held = set(taken)
    ids = FreeIds(held.__contains__)
    for base in bases:
        free = next(
            name for number in range(1, 99) if (name := base if number == 1 else f"{base}-{number}") not in held
        )
        assert ids.free(base) == free
        held.add(free)


def test_ids_of_one_base_are_told_and_ordered_by_their_numbers() -> None:
    assert [name for name in ("a", "a-2", "a-10", "a-1", "a-02", "a-b", "ab", "b") if is_of("a", name)] == [
        "a",
        "a-2",
        "a-10",
    ]
    assert first_of("a", ["a-10", "a-9"]) == "a-9"
    assert first_of("a", ["a-2", "a"]) == "a"
