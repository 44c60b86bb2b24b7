"""Rename every record of the table and rewrite every word of its sentences: the same answers come out.

What is compared is the whole JSON document of each question, asked under the new names of the table so rewritten.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from asking import Document, run, shipped_table

from bonerx.model.regimen import IN_ORDER, agents_of

KINDS = ("agents", "outcomes", "populations", "sources", "claims", "studies", "published", "findings")
TEXT_KEYS = {"text", "summary", "note", "title", "authors", "journal", "setting", "cues", "names", "synonyms"}
KINDS_OF_WORDS = {
    "kind",
    "direction",
    "level",
    "basis",
    "stance",
    "status",
    "favours",
    "better",
    "domain",
    "combination",
    "measure",
    "read_as",
    "species",
    "verdict",
    "command",
    "record",
}
QUESTIONS = [
    ("compare", "alendronate", "vitamin-k2"),
    ("compare", "etidronate", "vitamin-k2"),
    ("compare", "alendronate", "risedronate"),
    ("compare", "etidronate", "alendronate", "--outcome", "femoral-neck-bmd"),
    ("compare", "etidronate+vitamin-k2", "etidronate", "--outcome", "vertebral-fracture"),
    ("compare", "alendronate+vitamin-k2", "alendronate"),
    ("compare", "menatetrenone", "bisphosphonates", "--population", "postmenopausal-osteoporosis"),
    ("combo", "risedronate", "vitamin-k2"),
    ("combo", "risedronate", "vitamin-k2", "--species", "any"),
    ("combo", "etidronate", "alendronate"),
    ("rank",),
    ("rank", "--population", "postmenopausal-osteoporosis"),
    ("evidence", "vitamin-k2"),
    ("evidence", "--outcome", "osteoporotic-fracture"),
    ("show", "alendronate"),
    ("show", "iwamoto-2003/S7"),
]


def turned(text: str) -> str:
    """Return a text in other words: every letter, digit and ideograph replaced by another, one to one."""
    return "".join(map(_turned, text))


def _turned(sign: str) -> str:
    if sign.isascii() and sign.isalpha():
        first = ord("a") if sign.islower() else ord("A")
        return chr(first + (ord(sign) - first + 13) % 26)
    if sign.isascii() and sign.isdigit():
        return str((int(sign) + 5) % 10)
    if "\u4e00" <= sign <= "\u9dff":
        return chr(0x4E00 + (ord(sign) - 0x4E00 + 9_973) % 0x5000)
    return sign


class Renaming:
    """New ids for all ids of a table, in another order of the alphabet than the old ones."""

    def __init__(self, table: Document) -> None:
        ids = sorted({record["id"] for kind in KINDS for record in table[kind]})
        self.ids = {old: f"z{len(ids) - at:03d}-q" for at, old in enumerate(ids)}
        self.labels = {
            sentence["id"]: f"{self.ids[sentence['source']]}/Z{at}" for at, sentence in enumerate(table["sentences"], 5)
        }

    def name(self, name: str) -> str:
        """Return the new id of an id, regimen or sentence; anything else as it is."""
        if name in self.labels or name in self.ids:
            return self.labels.get(name) or self.ids[name]
        agents = agents_of(name)
        if len(agents) > 1 and all(agent in self.ids for agent in agents):
            renamed = [self.ids[agent] for agent in agents]
            return IN_ORDER.join(renamed) if IN_ORDER in name else "+".join(sorted(renamed))
        return name

    def record(self, value: Any, key: str = "") -> Any:
        """Return a record with its ids renamed and its words turned."""
        if isinstance(value, dict):
            renamed = {}
            for name, inner in value.items():
                inside = key if key in TEXT_KEYS else name
                renamed[self.name(name)] = self.record(inner, inside)
            return renamed
        if isinstance(value, list):
            return [self.record(item, key) for item in value]
        if not isinstance(value, str):
            return value
        if key in KINDS_OF_WORDS:
            return value
        return turned(value) if key in TEXT_KEYS else self.name(value)


HEADER = "Aufgeschrieben, wie es gedruckt steht:\n\n"


@pytest.fixture(scope="module")
def table() -> Document:
    return shipped_table()


@pytest.fixture(scope="module")
def renaming(table: Document) -> Renaming:
    return Renaming(table)


@pytest.fixture(scope="module")
def rewritten(table: Document, renaming: Renaming, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the renamed table with its source's text, in which every sentence stands at another place."""
    folder = tmp_path_factory.mktemp("renamed")
    new: Document = {kind: records for kind, records in table.items() if kind not in (*KINDS, "sentences")}
    for kind in KINDS:
        new[kind] = [renaming.record(record) for record in table[kind]]
    for old, source in zip(table["sources"], new["sources"], strict=True):
        source.pop("text", None)
        if "text" in old:
            source["text"] = "rewritten.txt"
    text = HEADER
    new["sentences"] = []
    for sentence in table["sentences"]:
        passages = {}
        for lang, passage in sentence["passages"].items():
            words = turned(passage["text"])
            passages[lang] = {"start": len(text), "end": len(text) + len(words), "text": words}
            text += words + "\n"
        new["sentences"].append(
            {
                "id": renaming.labels[sentence["id"]],
                "source": renaming.ids[sentence["source"]],
                "passages": passages,
            }
        )
    (folder / "rewritten.txt").write_text(text, encoding="utf-8")
    path = folder / "table.json"
    path.write_text(json.dumps(new, ensure_ascii=False), encoding="utf-8")
    return path


def vocabulary(table: Document) -> dict[str, str]:
    """Return what stands for each name in a sentence of an answer: the id, which can be renamed."""
    words = {name: record["id"] for kind in ("agents", "outcomes", "populations") for record in table[kind]
             for name in [next(iter(record["names"].values()))]}  # fmt: skip
    words |= {record["id"]: record["id"] for kind in KINDS for record in table[kind]}
    return words


def bag(sentence: str, words: dict[str, str]) -> list[str]:
    """Return the words of a sentence of an answer in alphabetical order, names given by their ids."""
    for number, name in enumerate(sorted(words, key=len, reverse=True)):
        sentence = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", f"\x00{number}\x01", sentence, flags=re.IGNORECASE)
    names = sorted(words, key=len, reverse=True)
    sentence = re.sub(r"\x00(\d+)\x01", lambda found: f"<{words[names[int(found[1])]]}>", sentence)
    return sorted(re.findall(r"<[^>]*>|[\w-]+", sentence.casefold()))


PROSE = {"headline", "caveats", "derivation", "reason"}
PLACES = {"start", "end"}
EXAMPLES = {"missing_link"}
"""Where any of several would do, and the first by its name is given."""


def settled(value: Any, words: dict[str, str], key: str = "") -> Any:
    """Return a document without what a renaming may change: order by id, order of names in prose, and offsets."""
    if isinstance(value, dict):
        return {name: settled(inner, words, name) for name, inner in value.items() if name not in PLACES | EXAMPLES}
    if isinstance(value, list):
        return sorted((settled(item, words, key) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return bag(value, words) if key in PROSE and isinstance(value, str) else value


def expected(document: Document, renaming: Renaming, words: dict[str, str]) -> Any:
    """Return the settled document of the old table under the new names."""

    def renamed(value: Any, key: str = "") -> Any:
        if key in PROSE and isinstance(value, str):
            # Names and sources' short names are told apart from the program's own words by their ids.
            return sorted(
                f"<{renaming.name(word[1:-1])}>" if word.startswith("<") else word for word in bag(value, words)
            )
        if isinstance(value, dict):
            new = {}
            for name, inner in value.items():
                if name not in PLACES | EXAMPLES:
                    new[renaming.name(name)] = renamed(inner, key if key in TEXT_KEYS else name)
            return new
        if isinstance(value, list):
            items = [renamed(item, key) for item in value]
            return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
        if key == "sentence" and isinstance(value, str) and "/" not in value:
            return {old.split("/")[1]: new.split("/")[1] for old, new in renaming.labels.items()}[value]
        if not isinstance(value, str) or key in KINDS_OF_WORDS:
            return value
        return turned(value) if key in TEXT_KEYS else renaming.name(value)

    return renamed(document)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_same_answer_comes_out_renamed(
    question: tuple[str, ...], table: Document, renaming: Renaming, rewritten: Path
) -> None:
    old = run(*question, "--json")
    new = run(*(renaming.name(word) for word in question), "--json", "--evidence", rewritten)
    assert new.code == old.code, new.err
    old_words = {**vocabulary(table), **cited(old.document)}
    new_table = json.loads(rewritten.read_text(encoding="utf-8"))
    new_words = {**vocabulary(new_table), **cited(new.document)}
    old_document = {key: value for key, value in old.document.items() if key != "evidence"}
    new_document = {key: value for key, value in new.document.items() if key != "evidence"}
    assert settled(new_document, new_words) == expected(old_document, renaming, old_words)


def cited(document: Document) -> dict[str, str]:
    """Return the short names by which sentences of an answer cite its sources."""
    short = {}
    for source in document["sources"]:
        if source["authors"]:
            family = source["authors"].split(",")[0].split(";")[0].strip().rsplit(" ", 1)[0]
            short[f"{family} {source['year']}" if source["year"] else family] = source["id"]
    return short


def test_the_renaming_leaves_no_name_and_no_sentence_as_it_was(rewritten: Path, table: Document) -> None:
    text = rewritten.read_text(encoding="utf-8")
    new = json.loads(text)
    for kind in (*KINDS, "sentences"):
        assert {record["id"] for record in new[kind]}.isdisjoint(record["id"] for record in table[kind])
    for sentence in table["sentences"]:
        for passage in sentence["passages"].values():
            assert passage["text"] not in text


def test_a_choice_of_the_renamed_table_is_what_the_rules_say(renaming: Renaming, rewritten: Path) -> None:
    alendronate, vitamin_k2 = renaming.ids["alendronate"], renaming.ids["vitamin-k2"]
    answer = run("compare", vitamin_k2, alendronate, "--json", "--evidence", rewritten).answer
    assert answer["overall"]["verdict"] == "favours-b"
    assert answer["overall"]["favoured"] == alendronate
    assert run("compare", "alendronate", "vitamin-k2", "--evidence", rewritten).code == 2
