"""How tests ask: of a table held in memory, of the shipped one, and of the whole program in this process."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from typer.testing import CliRunner

from bonerx.evidence.files import Content, digest
from bonerx.evidence.read import read, read_contents
from bonerx.render import Options
from bonerx.render.json import render
from bonerx.store.build.compile import compile_in_memory
from bonerx.store.queries import Store
from bonerx.store.record_json import plain

Document = dict[str, Any]


class Ran(NamedTuple):
    """One run of the program: its exit code and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Document:
        """The one JSON document on stdout."""
        return dict(json.loads(self.out))

    @property
    def answer(self) -> Document:
        """The `answer` of the document."""
        return dict(self.document["answer"])


def run(*arguments: str | os.PathLike[str], stdin: str | None = None, **env: str) -> Ran:
    """Run the program in this process."""
    from bonerx.cli import app

    result = CliRunner().invoke(app, [os.fspath(argument) for argument in arguments], input=stdin, env=env or None)
    return Ran(result.exit_code, result.stdout, result.stderr)


def store_of(table: Mapping[str, Any]) -> Store:
    """Return the store of a table given as plain data, validated and proven like any other.

    The texts of its sources are made from its sentences, which stand in them where they say.
    """
    raw = json.dumps({"format": "bonerx-evidence/1", **table}).encode()
    evidence = read_contents([(Content("table.json", "table.json", raw, digest(raw)), "json")])
    texts: dict[str, str] = {}
    for sentence in evidence.table.sentences:
        for passage in sentence.passages.values():
            text = texts.get(sentence.source, "").ljust(passage.end)
            texts[sentence.source] = text[: passage.start] + passage.text + text[passage.end :]
    return compile_in_memory(replace(evidence, texts=texts))


def answer_of(store: Store, question: Any) -> Document:
    """Return the document that a script gets for a question, without what names the program."""
    document = json.loads("".join(render(question.answer(store), Options())))
    return {key: document[key] for key in ("status", "query", "answer", "claims", "sources", "caveats")}


def shipped_table() -> Document:
    """Return the shipped table as plain data, its files joined."""
    return dict(plain(read(["default"]).table))
