"""What does the table hold under one id: a claim, sentence, source, agent, outcome, study or finding, whole?"""

from typing import Any, NamedTuple

from bonerx.answer import Answer, Records
from bonerx.errors import UnknownName
from bonerx.model.name import as_id, cleaned, plain_hyphens
from bonerx.page import Cell, Facts, Section
from bonerx.questions.citations.caveats import resting_on
from bonerx.questions.citations.claims import Citations, claim_document, source_document
from bonerx.questions.citations.names import Words
from bonerx.questions.citations.quotes import quotes
from bonerx.questions.records.study_view import study_sections
from bonerx.store.queries import Store

KINDS = {
    "agents": "agent",
    "outcomes": "outcome",
    "populations": "population",
    "sources": "source",
    "studies": "study",
    "published": "published estimate",
    "findings": "finding",
}


class Show(NamedTuple):
    """The question for one record by its id, or by a name of an agent, outcome or population."""

    id: str
    lang: str | None = None

    def answer(self, store: Store) -> Answer:
        """Return the record whole; raise UnknownName where nothing has that id or name."""
        words = Words(store, self.lang)
        kind, id_, record = find(store, self.id)
        cited = Citations(store, words)
        cited.cite((claim, "stated") for claim in _claims(store, kind, id_))
        cited.settle()
        sources = cited.sources
        if kind == "source":
            sources = {id_: record}
        elif kind not in ("claim", "sentence"):
            sources = store.records("sources", [*record.get("sources", ()), *filter(None, [record.get("source")])])
        if kind == "claim":
            fields = claim_document(record, store.sentences(record.get("sentences", ())), words, "stated")
        elif kind == "source":
            # A study may go by the id of its publication: to show one is to show the other.
            study = store.record("studies", id_)
            fields = source_document(record) | {"text": record.get("text")} | ({"study": study} if study else {})
        else:
            fields = record
        document = {
            "status": "answered",
            "query": {"command": "show", "id": id_},
            "answer": {"record": kind, **fields},
            "claims": cited.claim_documents(),
            "sources": [source_document(source) for source in sources.values()],
            "caveats": resting_on(sources.values()),
        }
        names = record.get("names", {})
        named = (names.get(words.lang) if isinstance(names, dict) else names[0]) or record.get("title") or id_

        def view() -> tuple[Section, ...]:
            study = record if kind == "study" else fields.get("study") if kind == "source" else None
            trial = study_sections(words, study, sources) if study else []
            if kind == "study":
                return tuple(trial)
            apart = ("id", "study") if study else ("id",)
            facts = Facts(None, tuple(_flat("", {key: value for key, value in fields.items() if key not in apart})))
            return (facts, *trial, quotes(cited, words)) if cited.claims else (facts, *trial)

        def records() -> Records:
            return Records(("field", "value"), [(label, cell.value) for label, cell in _flat("", fields)])

        return Answer(document, id_, kind, str(named), view, records)


def find(store: Store, name: str) -> tuple[str, str, dict[str, Any]]:
    """Return the kind, id and record that `name` stands for: an id of anything, else a name; raise UnknownName."""
    found = _by_id(store, name)
    if found is not None:
        return found
    near: list[str] = [] if "/" in name else store.labelled(name)
    for kind in ("agents", "outcomes", "populations"):
        try:
            id_ = store.find(kind, name)
        except UnknownName as unknown:
            near += unknown.suggestions
            continue
        return KINDS[kind], id_, store.record(kind, id_) or {}
    source, slash, label = name.partition("/")
    for meant in (f"{as_id(source)}/{cleaned(plain_hyphens(label))}",) if slash else (cleaned(name), as_id(name)):
        found = _by_id(store, meant)
        if found is not None:
            return found
    raise UnknownName("id", name, tuple(dict.fromkeys([*near, *store.nearest_ids(name)]))[:5])


def _by_id(store: Store, id_: str) -> tuple[str, str, dict[str, Any]] | None:
    """Return the kind, id and record of an id, or of the label of a sentence that only one source has."""
    for claim_id, claim in store.claims([id_]).items():
        return "claim", claim_id, claim
    labels = [id_] if "/" in id_ else store.labelled(id_)
    for sentence_id, sentence in store.sentences(labels).items() if len(labels) == 1 else ():
        return "sentence", sentence_id, sentence
    for kind, singular in KINDS.items():
        record = store.record(kind, id_)
        if record is not None:
            return singular, id_, record
    return None


def _claims(store: Store, kind: str, id_: str) -> list[str]:
    if kind == "claim":
        return [id_]
    if kind == "sentence":
        return store.claims_on(id_)
    return []


def _flat(prefix: str, value: Any) -> list[tuple[str, Cell]]:
    """Return the fields of a record by their paths, lists of plain values in one."""
    if isinstance(value, dict):
        return [item for key, inner in value.items() for item in _flat(f"{prefix}.{key}" if prefix else key, inner)]
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return [item for at, inner in enumerate(value) for item in _flat(f"{prefix}[{at}]", inner)]
    if value is None or value == []:
        return []
    return [(prefix, Cell(", ".join(map(str, value)) if isinstance(value, list) else value))]
