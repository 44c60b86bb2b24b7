"""What is related to what does not hang on the names or the order of the records in between."""

from itertools import permutations

import pytest
from asking import store_of

GROUND = {"summary": "known"}


@pytest.mark.parametrize("names", list(permutations(["aaa", "mmm", "zzz"])))
def test_a_member_by_any_way_is_a_member(names: tuple[str, str, str]) -> None:
    class_, form, upper = names
    agents = [
        {"id": class_, "kind": "class", "names": {"en": class_}, "classes": [{"of": upper, **GROUND}]},
        {"id": form, "kind": "vitamin", "names": {"en": form}, "classes": [{"of": upper, **GROUND}]},
        {"id": upper, "kind": "class", "names": {"en": upper}},
        {"id": "drug", "kind": "drug", "names": {"en": "drug"}, "broader": form, "classes": [{"of": class_, **GROUND}]},
    ]
    store = store_of({"agents": agents})
    assert store.kin("agents", "drug") == {"drug": "stated", class_: "by-class", upper: "by-class", form: "broader"}
    assert store.kin("agents", upper) == {upper: "stated", class_: "narrower", form: "narrower", "drug": "narrower"}
    assert store.members(upper) == sorted(["drug", form])


def test_a_sibling_is_no_kin() -> None:
    agents = [
        {"id": "class", "kind": "class", "names": {"en": "class"}},
        *({"id": id_, "kind": "drug", "names": {"en": id_}, "classes": [{"of": "class", **GROUND}]} for id_ in "ab"),
    ]
    assert store_of({"agents": agents}).kin("agents", "a") == {"a": "stated", "class": "by-class"}
