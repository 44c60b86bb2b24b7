"""How things are called where a person reads: agents in the language asked for, sources by author and year."""

from typing import Any

import pytest
from asking import store_of
from small_table import VOCABULARY, asked, finds, says

from bonerx import Compare
from bonerx.errors import UsageError


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        pytest.param({"authors": "Doe J, Poe K", "year": 2001}, "Doe 2001", id="the first author without initials"),
        pytest.param({"authors": "Doe JM; Poe K", "year": 2001}, "Doe 2001", id="authors apart by semicolons"),
        pytest.param({"authors": "van der Berg AB", "year": 2001}, "van der Berg 2001", id="a name of several words"),
        pytest.param({"authors": "Doe J et al.", "year": 2001}, "Doe 2001", id="et al. is nobody's name"),
        pytest.param({"authors": "Study Group", "year": 2001}, "Study Group 2001", id="a group keeps its name"),
        pytest.param({"authors": "NICE", "year": 2001}, "NICE 2001", id="one word is no initial"),
        pytest.param({"authors": "Doe J"}, "Doe", id="an author without a year"),
        pytest.param({"year": 2001}, "s-one (2001)", id="no author: the id with its year"),
        pytest.param({"id": "s-2001", "year": 2001}, "s-2001", id="unless the id says it"),
        pytest.param({}, "s-one", id="neither author nor year"),
    ],
)
def test_a_source_is_cited_in_short(source: dict[str, Any], cited: str) -> None:
    record = {"id": "s-one", "kind": "other", "read_as": "abstract"} | source
    findings = [finds("f1", "contradicts", "c1", source=record["id"])]
    sources = [*VOCABULARY["sources"], record]
    document = asked(Compare("x", "y"), says("x treats"), findings=findings, sources=sources)
    assert document["answer"]["headline"].endswith(f"later evidence contradicts that x treats ({cited}).")


TWO_LANGUAGES = [
    {"id": "aa", "kind": "drug", "names": {"en": "Aspirin", "de": "Acetyl"}},
    {"id": "bb", "kind": "drug", "names": {"de": "Bärlauch"}},
    {"id": "cc", "kind": "drug", "names": {"en": "Cocoa"}},
]


@pytest.mark.parametrize(
    ("one", "other", "lang", "names"),
    [
        pytest.param("aa", "cc", None, "Aspirin or Cocoa", id="the first language of the table"),
        pytest.param("aa", "cc", "de", "Acetyl or Cocoa", id="another where there is a name in it"),
        pytest.param("aa", "bb", "en", "Aspirin or Bärlauch", id="else the name that there is"),
        pytest.param("aa", "cc", "DE", "Acetyl or Cocoa", id="a language in any case"),
        pytest.param("aa", "bb+cc", "en", "Aspirin or Bärlauch + Cocoa", id="a combination by all its names"),
        pytest.param("aa", "cc-then-bb", "en", "Aspirin or Cocoa, then Bärlauch", id="a sequence in its order"),
    ],
)
def test_what_is_given_is_named_in_the_language_asked_for(one: str, other: str, lang: str | None, names: str) -> None:
    document = asked(Compare(one, other, lang=lang), agents=TWO_LANGUAGES, outcomes=[], populations=[])
    assert document["answer"]["headline"] == f"Nothing is stated of {names}."


def test_a_language_that_the_table_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(UsageError) as raised:
        Compare("aa", "bb", lang="fr").answer(store_of({"agents": TWO_LANGUAGES}))
    assert raised.value.hint == "one of: en, de"
