"""One bit of a store has changed: whatever is asked, the answer is the same as before, or there is none."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from asking import run
from program import HEAD, claim

from bonerx.cli.complete import ids_in
from bonerx.store.checksum import changed_pages, write_checksums
from bonerx.store.claim_queries import Selection, select
from bonerx.store.queries import DamagedStore, Store, open_store

TEXT = "Dormolin lengthens sleep more than placebo. Dormolin may lengthen sleep. It was well tolerated."
LONG = "With some words more, as an abstract has them, so that not all claims stand on one page of the store. " * 3
QUESTIONS = (
    ("show", "claim-77"),
    ("evidence", "dormolin", "--format", "ndjson"),
    ("evidence", "--text", "more than placebo", "--format", "plain"),
    ("compare", "dormolin", "placebo", "--json"),
    ("rank",),
)
SENTENCES = ("Dormolin lengthens sleep more than placebo.", "Dormolin may lengthen sleep.")
FLIPS = 300
LONG_OF = 10
COMMANDS_OF = 40
"""Every so many flips whole commands are asked, each of which starts anew."""


def write_table(folder: Path, claims: int) -> Path:
    """Write a table of claims on two sentences and of summaries."""
    (folder / "text.txt").write_text(TEXT)
    source = HEAD[-1] | {"text": "text.txt"}
    sentences = [
        {
            "record": "sentence", "id": f"author-2020/S{number}", "source": "author-2020",
            "passages": {"en": {"start": TEXT.index(text), "end": TEXT.index(text) + len(text), "text": text}},
        }
        for number, text in enumerate(SENTENCES)
    ]  # fmt: skip
    records = [*HEAD[:-1], source, *sentences]
    for number in range(claims):
        if number % 2:
            records.append(claim(number, setting=LONG))
        else:
            quoted = claim(number, setting=LONG, sentences=[f"author-2020/S{number // 2 % 2}"])
            records.append({name: value for name, value in quoted.items() if name not in ("summary", "sources")})
    path = folder / "table.ndjson"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.fixture(scope="module", params=[300, 7_000], ids=["small", "above 4 MiB"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("store")
    store = folder / "whole.db"
    ran = run("compile", write_table(folder, request.param), "-o", store)
    assert ran.code == 0, ran.err
    if request.param > 1_000:
        assert store.stat().st_size > 4 * 1024**2
    yield store
    store.unlink()


def asked(store: Path) -> dict[str, Any]:
    """Return what commands answer, and what completion offers."""
    found: dict[str, Any] = {" ".join(question): run(*question, "-e", store) for question in QUESTIONS}
    return found | {"completion": ids_in([str(store)], "agents")}


def read(store: Path, *, long: bool = True) -> dict[str, Any]:
    """Return what is read for those questions, the `long` ones too; an error in the place of what cannot be."""
    found: dict[str, Any] = {}
    queries: dict[str, Callable[[Store], object]] = {
        "statements": lambda opened: opened.statements(["dormolin"]),
        "claim": lambda opened: opened.claims(["claim-77"]),
        "listing": lambda opened: list(select(opened, Selection(agents=["dormolin"]), None, 0)),
        "words": lambda opened: list(select(opened, Selection(words=["more than placebo"]), None, 0)),
        "sentences": lambda opened: opened.sentences(["author-2020/S0", "author-2020/S1"]),
        "languages": lambda opened: opened.meta("languages"),
        "agents": lambda opened: opened.records("agents"),
    }
    for name, query in queries.items():
        if name in ("listing", "words", "statements") and not long:
            continue
        try:
            with closing(open_store(str(store), str(store))) as opened:
                found[name] = query(opened)
        except DamagedStore:
            found[name] = DamagedStore
    return found


def test_a_changed_bit_never_changes_an_answer(whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copy(whole, tmp_path / "evidence.db"))
    before, before_read = asked(store), read(store)
    assert DamagedStore not in before_read.values()
    chance = random.Random(4)
    refused = 0
    with store.open("r+b", buffering=0) as file:
        size = file.seek(0, 2)
        for number in range(FLIPS):
            at, bit = chance.randrange(size), 1 << chance.randrange(8)
            file.seek(at)
            (was,) = file.read(1)
            file.seek(at)
            file.write(bytes([was ^ bit]))
            for name, found in read(store, long=number % LONG_OF == 0).items():
                refused += found is DamagedStore
                assert found is DamagedStore or found == before_read[name], (name, at)
            if number % COMMANDS_OF == 0:
                assert run("check", store).code != 0, at
                for name, found in asked(store).items():
                    good = before[name]
                    if isinstance(found, list):
                        assert found in (good, []), at
                    else:
                        assert found.code == 3 or (found.code, found.out) == (good.code, good.out), (name, at)
                        assert "Traceback" not in found.err
            file.seek(at)
            file.write(bytes([was]))
    assert refused
    assert read(store) == before_read


def test_what_has_changed_is_named_by_page(whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copy(whole, tmp_path / "evidence.db"))
    raw = bytearray(store.read_bytes())
    raw[4096 * 2 + 17] ^= 1
    raw[4096 * 5 + 4095] ^= 128
    store.write_bytes(raw)
    assert changed_pages(str(store)) == [3, 6]


def test_two_pages_exchanged_are_two_that_have_changed(whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copy(whole, tmp_path / "evidence.db"))
    raw = bytearray(store.read_bytes())
    third, fourth = raw[8192:12288], raw[12288:16384]
    assert third != fourth
    raw[8192:12288], raw[12288:16384] = fourth, third
    store.write_bytes(raw)
    assert changed_pages(str(store)) == [3, 4]


def test_a_store_sealed_again_has_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copy(whole, tmp_path / "evidence.db"))
    write_checksums(str(store))
    assert store.read_bytes() == whole.read_bytes()
