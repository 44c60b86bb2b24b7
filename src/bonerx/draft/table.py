"""From publications to a table: what is new of them, put in beside what stands there, or a table begun with them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import wrap
from typing import Any

from bonerx.changing import alone, anew, demand, put
from bonerx.draft.abstract import Abstract, one_line
from bonerx.draft.claims import Draft, drafts, to_decide
from bonerx.draft.insert import Addition, insert
from bonerx.draft.mentions import of_kind
from bonerx.draft.sources import FreeIds, Publications, base_of, first_of, is_free, is_of, sentences_of, slug, source_of
from bonerx.draft.vocabulary import Vocabulary, needed, vocabulary
from bonerx.errors import InvalidEvidence, UsageError
from bonerx.evidence.documents.load import fetch, load
from bonerx.evidence.fault_list import FaultList
from bonerx.evidence.files import Content, TableFile, digest, text_path
from bonerx.evidence.origin import Evidence
from bonerx.evidence.read import read_contents
from bonerx.evidence.text import decode
from bonerx.evidence.validate import validate
from bonerx.model.kinds import Integrity
from bonerx.model.source import Sentence, Source
from bonerx.model.table import FORMAT, EvidenceTable

KINDS = ("agents", "outcomes", "sources", "sentences", "claims")
"""The kinds of record that drafting adds."""
NEW = Path(__file__).with_name("new_table.yaml")
"""What a new table begins as: what it is for, what to do next, and an empty list for every kind of record."""
_BOM = b"\xef\xbb\xbf"
_EMPTY = EvidenceTable(format=FORMAT)


@dataclass(slots=True)
class Drafted:
    """What came of drafting: records added, drafts, texts written, names found, and what a curator must know."""

    path: str
    created: bool
    added: dict[str, list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    copied: dict[str, int] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    sha256: str = ""

    @property
    def changed(self) -> bool:
        """Whether the table is new or has gained anything."""
        return self.created or any(self.added.values())


@dataclass(slots=True)
class _Work:
    """The table as it grows: what stands in it, what is known, and the sources, texts and sentences so far."""

    own: EvidenceTable
    known: Vocabulary
    lang: str | None
    sources: dict[str, Source]
    texts: dict[str, str]
    sentences: dict[str, list[Sentence]]
    publications: Publications
    elsewhere: Publications
    ids: FreeIds
    species: dict[str, str | None] = field(default_factory=dict)


def draft_table(abstracts: Sequence[Abstract], path: str, known: Evidence, lang: str | None) -> Drafted:
    """Write the drafts of publications into the table at `path`, new or not, and return what was added.

    Whatever stands in the table stays as it is, to the character, also what others write into it meanwhile. Raise
    InvalidEvidence where the table is not valid, UsageError where records cannot be put into its layout, Unreadable
    where a file cannot be read or written.
    """
    texts: list[str] = []
    with alone([path]):
        return anew(lambda: _drafted(abstracts, path, known, lang, texts))


def _drafted(abstracts: Sequence[Abstract], path: str, known: Evidence, lang: str | None, texts: list[str]) -> Drafted:
    """Do so once; what is written is added to `texts`. Raise Changed where another writes the table meanwhile."""
    raw, own = _standing(path)
    table = own.table
    words = vocabulary(table, known.table, known.texts)
    sources = {source.id: source for source in table.sources}
    work = _Work(
        own=table,
        known=words,
        lang=lang,
        sources=sources,
        texts=dict(own.texts),
        sentences=_grouped(table.sentences),
        publications=Publications(table.sources, own.texts.get),
        elsewhere=Publications(words.sources.values()),
        ids=FreeIds(lambda name: name in sources or name in words.sources),
    )
    result = Drafted(path, created=raw is None, texts=texts)
    for abstract in abstracts:
        _source(abstract, work, result)
    _drafts(work, result)
    _vocabulary(work, result)
    _write(raw, work, result)
    return result


def _standing(path: str) -> tuple[bytes | None, Evidence]:
    """Return the content of the table at `path` and what it holds, nothing where there is no file."""
    if not os.path.lexists(path):
        return None, Evidence(_EMPTY)
    content, form = fetch(TableFile(path, path))
    if form != "yaml":
        raise UsageError(f"`{path}` is not YAML", hint="drafts go into a table in YAML, where each has its comments")
    return content.raw, read_contents([(content, form)])


def _grouped(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(sentence.source, []).append(sentence)
    return found


def _source(abstract: Abstract, work: _Work, result: Drafted) -> None:
    """Add a publication's record, text and sentences, unless the table has them already."""
    source = work.publications.of(abstract)
    if source is None:
        elsewhere = work.elsewhere.citing(abstract)
        base = base_of(abstract)
        # An id that the known table gives to this very publication is free for it, and for no other one.
        its = [each.id for each in elsewhere if is_of(base, each.id) and each.id not in work.sources]
        source = source_of(abstract, first_of(base, [*its, work.ids.free(base)]), result.path)
        work.sources[source.id] = source
        work.publications.add(source, abstract.text)
        result.added["sources"].append(source)
        if abstract.text:
            work.texts[source.id] = abstract.text
        else:
            result.remarks.append(f"{abstract.place} has no abstract: `{source.id}` is a record without sentences")
        for each in elsewhere:
            also = f"`{source.id}` stands in the known table too, as `{each.id}`"
            result.remarks.append(
                f"{also}: tables that both have a publication can only be joined when they say the same"
            )
    else:
        _compare(abstract, source, work, result)
    work.species.setdefault(source.id, abstract.species)
    if source.id in work.texts and not work.sentences.get(source.id):
        sentences = sentences_of(source, work.texts[source.id], work.lang)
        work.sentences[source.id] = sentences
        result.added["sentences"] += sentences


def _compare(abstract: Abstract, source: Source, work: _Work, result: Drafted) -> None:
    """Remark where a record that stands in the table says something else than the file; nothing in it is changed."""
    order = list(Integrity)
    if order.index(abstract.integrity.status) > order.index(source.integrity.status):
        note = f" ({abstract.integrity.note})" if abstract.integrity.note else ""
        said = f"{abstract.place} says {abstract.integrity.status.value}{note}"
        result.remarks.append(
            f"{said}, the table {source.integrity.status.value}: correct `integrity` of `{source.id}`"
        )
    if abstract.text and source.id not in work.texts:
        result.remarks.append(
            f"`{source.id}` has no `text` in the table, so that nothing could be drafted from {abstract.place}"
        )
    elif abstract.text and work.texts[source.id] != abstract.text:
        said = f"the abstract in {abstract.place} is not the text of `{source.id}`"
        result.remarks.append(f"{said}: the sentences of the table were drafted from, and it was left")


def _drafts(work: _Work, result: Drafted) -> None:
    """Draft claims from every sentence of the publications given that no person has read yet."""
    names = work.known.names()
    read = {sentence for claim in work.own.claims if not claim.draft for sentence in claim.sentences}
    own = {claim.id for claim in work.own.claims}
    ids = set(own)
    given = FreeIds(ids.__contains__)
    standing = {
        (sentence, frozenset(claim.regimen), claim.outcome) for claim in work.own.claims for sentence in claim.sentences
    }
    for name, species in work.species.items():
        retracted = work.sources[name].integrity.status is Integrity.RETRACTED
        for sentence in work.sentences.get(name, ()):
            mentions = names.find(next(iter(sentence.passages.values())).text)
            result.agents |= {each.id for each in of_kind(mentions, "agents")}
            result.outcomes |= {each.id for each in of_kind(mentions, "outcomes")}
            if sentence.id in read:
                continue
            for claim, word in drafts(sentence, names, work.known, species=species, retracted=retracted):
                told = claim.outcome or claim.direction.value
                base = slug("-".join([sentence.id, *claim.regimen, told]))[:180].strip("-")
                if base in own or (sentence.id, frozenset(claim.regimen), claim.outcome) in standing:
                    continue
                name = given.free(base)
                ids.add(name)
                result.drafts.append(Draft(replace(claim, id=name), word))


def _vocabulary(work: _Work, result: Drafted) -> None:
    """Take over what the drafts name and the table does not have, with the sources that it rests on."""

    def placeable(source: Source) -> bool:
        text = work.known.texts.get(source.id)
        return text is not None and source.text is not None and is_free(source.text, text, result.path)

    claims = [draft.claim for draft in result.drafts]
    wanted = needed(claims, work.known, work.own, result.added["sources"], placeable)
    for kind in ("agents", "outcomes", "sources", "sentences"):
        result.copied[kind] = len(getattr(wanted, kind))
        result.added[kind] = [*getattr(wanted, kind), *result.added[kind]]
    result.added["claims"] = list(claims)
    work.texts |= {source.id: work.known.texts[source.id] for source in wanted.sources}


def _write(raw: bytes | None, work: _Work, result: Drafted) -> None:
    """Write texts and table, once it is sure that the table holds what it held and what was added, and nothing else."""
    if not result.changed and raw is not None:
        result.sha256 = digest(raw)
        return
    text = NEW.read_text(encoding="utf-8") if raw is None else decode(raw)[0]
    comments = {draft.claim.id: _comment(draft) for draft in result.drafts}
    additions = {
        kind: [Addition(each, comments.get(each.id, ()) if kind == "claims" else ()) for each in result.added[kind]]
        for kind in KINDS
    }
    written = insert(text, additions).encode("utf-8")
    written = _BOM + written if raw is not None and raw.startswith(_BOM) else written
    _prove(written, work.own, result)
    demand(result.path, raw)
    for source in result.added["sources"]:
        if source.text is not None:
            place = text_path(result.path, source.text)
            if not os.path.lexists(place):
                put(place, work.texts[source.id].encode("utf-8"), None)
                result.texts.append(place)
    put(result.path, written, raw)
    result.sha256 = digest(written)


def _comment(draft: Draft) -> tuple[str, ...]:
    said = one_line(f"From the word `{draft.word}`. To decide: {'; '.join(to_decide(draft.claim))}.")
    return tuple(wrap(said, 96, break_long_words=False, break_on_hyphens=False, subsequent_indent="  "))


def _prove(written: bytes, own: EvidenceTable, result: Drafted) -> None:
    """Raise InvalidEvidence unless what is about to be written holds the old records and the new ones, as meant."""
    fault_list = FaultList()
    loaded = load(Content(result.path, result.path, written, digest(written)), "yaml", fault_list)
    found = None if loaded is None else validate(loaded, fault_list)
    fault_list.raise_any()
    grown: dict[str, Any] = {kind: (*getattr(own, kind), *result.added[kind]) for kind in KINDS}
    if found != replace(own, **grown):
        hint = "write its lists in block style, an item a line, without anchors; nothing was changed"
        raise InvalidEvidence(f"records cannot be put into `{result.path}` as it is laid out", hint=hint)
