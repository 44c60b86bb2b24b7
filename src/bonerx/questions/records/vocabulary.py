"""What does the table know: agents, outcomes, populations and sources, with their names and codes?"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.number import counted
from bonerx.page import Cell, Column, Listing, Section
from bonerx.questions.citations.claims import source_document
from bonerx.questions.citations.names import Words
from bonerx.store.queries import Store


class Vocabulary(NamedTuple):
    """The question for all records of one kind: `agents`, `outcomes`, `populations` or `sources`."""

    kind: str
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return every record of the kind in the order of the table."""
        words = Words(store, self.lang)
        records = store.records(self.kind)
        words.know(self.kind, records)
        items = [source_document(record) if self.kind == "sources" else record for record in records.values()]
        document = {
            "status": "answered" if items else "no-evidence",
            "query": {"command": self.kind},
            "answer": {"items": items, "count": len(items)},
            "claims": [],
            "sources": items if self.kind == "sources" else [],
            "caveats": [],
        }
        headline = f"{counted(len(items), self.kind.removesuffix('s'))}."

        def view() -> tuple[Section, ...]:
            columns, rows = (_sources if self.kind == "sources" else _terms)(words, self.kind, items)
            return (Listing(None, tuple(map(Column, columns)), rows),) if items else ()

        return Answer(document, self.kind.capitalize(), "", headline, view, lambda: _records(self.kind, items))


def _terms(words: Words, kind: str, items: list[dict[str, Any]]) -> tuple[tuple[str, ...], Iterator[tuple[Cell, ...]]]:
    columns = ("Id", "Name", "Also called", "Part of", "Codes")
    return columns, ((Cell(item["id"], "id"), *_term(words, kind, item)) for item in items)


def _term(words: Words, kind: str, item: dict[str, Any]) -> tuple[Cell, ...]:
    name = words.name(kind, item["id"])
    also = [other for other in words.all_names(kind, item["id"]) if other != name]
    parts = [membership["of"] for membership in item.get("classes", ())]
    broader = item.get("broader", ())
    parts += [broader] if isinstance(broader, str) else list(broader)
    codes = [f"{code['system']} {code['code']} ({code['match']})" for code in item.get("codes", ())]
    return (
        Cell(name),
        Cell(", ".join(dict.fromkeys(also)) or "–", "text" if also else "silent"),
        Cell(", ".join(parts) or "–", "id" if parts else "silent"),
        Cell("; ".join(codes) or "–", "text" if codes else "silent"),
    )


def _sources(words: Words, _: str, items: list[dict[str, Any]]) -> tuple[tuple[str, ...], Iterator[tuple[Cell, ...]]]:
    columns = ("Id", "Source", "Kind", "Read as", "DOI", "Integrity")
    return columns, (
        (
            Cell(item["id"], "id"),
            Cell(words.cite(item)),
            Cell(item["kind"].replace("-", " ")),
            Cell(item["read_as"].replace("-", " ")),
            Cell(item["doi"] or "–", "text" if item["doi"] else "silent"),
            Cell(item["integrity"]["status"], "integrity"),
        )
        for item in items
    )


def _records(kind: str, items: list[dict[str, Any]]) -> Records:
    if kind == "sources":
        fields = ("id", "kind", "read_as", "authors", "title", "journal", "year", "doi", "pmid", "registration")
        return Records(
            (*fields, "integrity"),
            ((*(item[field] for field in fields), item["integrity"]["status"]) for item in items),
        )
    languages = dict.fromkeys(lang for item in items for lang in item["names"])
    columns = ("id", *(f"name_{lang}" for lang in languages), "synonyms", "broader", "codes")
    return Records(columns, (_flat(item, list(languages)) for item in items))


def _flat(item: dict[str, Any], languages: list[str]) -> tuple[Any, ...]:
    synonyms = [name for some in item.get("synonyms", {}).values() for name in some]
    broader = item.get("broader", [])
    above = [membership["of"] for membership in item.get("classes", ())] + (
        [broader] if isinstance(broader, str) else list(broader)
    )
    codes = [f"{code['system']}:{code['code']}" for code in item.get("codes", ())]
    return (item["id"], *(item["names"].get(lang) for lang in languages), synonyms, above, codes)
