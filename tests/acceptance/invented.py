"""An evidence table of a disease that does not exist, in German and French, written as its curator would write it.

Northern itch (`nordjucken`) is treated with two classes of drugs, the lumixans and the dorfens, and with vitamin Q.
"""

import json
from pathlib import Path
from typing import Any

Record = dict[str, Any]

SENTENCES = {
    "abel-1998": {
        "A1": {
            "de": "Lumixane wie Talumix und Borlumix sind bei Nordjucken wirksamer als Dorfene.",
            "fr": "Les lumixanes, comme le talumix et le borlumix, sont plus efficaces que les dorfènes.",
        },
        "A2": {"de": "Talumix sollte bei Nordjucken vor Vitamin Q gegeben werden."},
        "A3": {"de": "Kadorfen scheint den nächtlichen Juckreiz stärker zu lindern als Midorfen."},
        "A4": {"de": "Zwischen Talumix und Borlumix fand sich beim Juckreiz kein Unterschied."},
        "A5": {"de": "Vitamin Q mit einem Lumixan könnte Kindern mit Nordjucken besser helfen als ein Lumixan."},
        "A6": {"de": "Bei Ratten war Velumix dem Kadorfen gegen den Juckreiz überlegen."},
        "A7": {"de": "Talumix und Vitamin Q wirkten bei Ratten vermutlich synergistisch auf die Rezeptorbindung."},
        "A8": {"de": "Quinoval linderte den Juckreiz besser als Kadorfen und erhöhte die Hautfeuchte."},
        "A9": {"de": "Vitamin Q erhält die Hautfeuchte, und es lindert den Juckreiz bei Nordjucken."},
        "A10": {"de": "Zuerst Kadorfen, dann Talumix wird für Kinder mit Nordjucken empfohlen."},
        "A11": {"de": "Borlumix ist das Mittel der ersten Wahl bei Nordjucken."},
        "A12": {"de": "Talumix verringert den Juckreiz."},
        "A13": {"de": "Talumix wird bei Nordjucken häufiger verwendet als Velumix."},
        "A14": {"de": "Talumix mit Vitamin Q war Talumix bei Ratten in der Hautfeuchte überlegen."},
    },
    "boehm-2001": {
        "B1": {"de": "Midorfen lindert den nächtlichen Juckreiz stärker als Kadorfen."},
        "B2": {"de": "Velumix hat Midorfen bei Erwachsenen mit Nordjucken übertroffen."},
    },
    "czerny-1985": {"C1": {"de": "Borlumix befeuchtet die Haut besser als Talumix."}},
}  # fmt: skip

AGENTS: list[Record] = [
    {"id": "lumixane", "kind": "class", "names": {"de": "Lumixane"},
     "synonyms": {"de": ["Lumixan"], "fr": ["lumixanes"]}},
    {"id": "dorfene", "kind": "class", "names": {"de": "Dorfene", "fr": "dorfènes"}},
    {"id": "talumix", "kind": "drug", "names": {"de": "Talumix"}, "synonyms": {"fr": ["talumixe"]},
     "classes": [{"of": "lumixane", "sentence": "abel-1998/A1"}]},
    {"id": "borlumix", "kind": "drug", "names": {"de": "Borlumix"},
     "classes": [{"of": "lumixane", "sentence": "abel-1998/A1"}]},
    {"id": "velumix", "kind": "drug", "names": {"de": "Velumix"},
     "classes": [{"of": "lumixane", "summary": "Fachinformation."}]},
    {"id": "kadorfen", "kind": "drug", "names": {"de": "Kadorfen"},
     "classes": [{"of": "dorfene", "summary": "Fachinformation."}]},
    {"id": "midorfen", "kind": "drug", "names": {"de": "Midorfen"},
     "classes": [{"of": "dorfene", "summary": "Fachinformation."}]},
    {"id": "vitamin-q", "kind": "vitamin", "names": {"de": "Vitamin Q", "fr": "vitamine Q"}},
    {"id": "quinoval", "kind": "vitamin", "names": {"de": "Quinoval"}, "broader": "vitamin-q"},
]  # fmt: skip
OUTCOMES: list[Record] = [
    {"id": "juckreiz", "names": {"de": "Juckreiz", "fr": "démangeaisons"}, "better": "lower"},
    {"id": "nachtjuckreiz", "names": {"de": "nächtlicher Juckreiz"}, "better": "lower", "broader": ["juckreiz"]},
    {"id": "hautfeuchte", "names": {"de": "Hautfeuchte"}, "better": "higher"},
    {"id": "rezeptorbindung", "names": {"de": "Rezeptorbindung"}, "better": "higher", "domain": "mechanism"},
    {"id": "uebelkeit", "names": {"de": "Übelkeit"}, "better": "lower", "domain": "harm"},
]
POPULATIONS: list[Record] = [
    {"id": "nordjucken", "names": {"de": "Nordjucken"}},
    {"id": "nordjucken-kinder", "names": {"de": "Kinder mit Nordjucken"}, "broader": ["nordjucken"]},
    {"id": "nordjucken-erwachsene", "names": {"de": "Erwachsene mit Nordjucken"}, "broader": ["nordjucken"]},
    {"id": "ratten", "names": {"de": "Ratten"}, "species": "rat"},
]
SOURCES: list[Record] = [
    {"id": "abel-1998", "kind": "systematic-review", "read_as": "full-text", "authors": "Abel A, Zeh B", "year": 1998},
    {"id": "boehm-2001", "kind": "randomised-trial", "read_as": "abstract", "authors": "Böhm C", "year": 2001,
     "integrity": {"status": "concern", "note": "Zahlen nicht nachvollziehbar."}},
    {"id": "czerny-1985", "kind": "narrative-review", "read_as": "full-text", "authors": "Czerny D", "year": 1985,
     "integrity": {"status": "retracted", "note": "Erfundene Daten."}},
]  # fmt: skip


def claim(
    id_: str, kind: str, regimen: str, direction: str, on: str | None, *, against: str | None = None,
    favours: str | None = None, hedge: str = "asserted", cue: str | None = None, whom: str | None = "nordjucken",
    basis: str = "stated", **more: Any,
) -> Record:  # fmt: skip
    """Return a claim; `regimen` and `against` are ids joined by `+`, `cue` is in German, `whom` the population."""
    record: Record = {
        "id": id_, "kind": kind, "regimen": regimen.split("+"), "direction": direction,
        "hedge": {"level": hedge} | ({"cues": {"de": [cue]}} if cue else {}),
        "population": {"id": whom, "basis": basis} if whom else {"basis": "not-stated"},
    }  # fmt: skip
    record |= {"comparator": against.split("+")} if against else {}
    record |= {"favours": favours} if favours else {}
    record |= {"outcome": on} if on else {}
    return record | {key: value for key, value in more.items() if value is not None}


def quoted(label: str, **more: Any) -> Record:
    source = {"A": "abel-1998", "B": "boehm-2001", "C": "czerny-1985"}[label[0]]
    return {"sentences": [f"{source}/{label}"], **more}


CLAIMS: list[Record] = [
    claim("lumixane-wirksamer", "comparison", "lumixane", "superior", None, against="dorfene", favours="regimen",
          **quoted("A1", named=["talumix", "borlumix"])),
    claim("talumix-zuerst", "recommendation", "talumix", "preferred", None, against="vitamin-q", favours="regimen",
          cue="sollte", **quoted("A2")),
    claim("kadorfen-nachts", "comparison", "kadorfen", "superior", "nachtjuckreiz", against="midorfen",
          favours="regimen",
          hedge="suggested", cue="scheint", whom=None, **quoted("A3")),
    claim("kein-unterschied", "comparison", "talumix", "no-difference", "juckreiz", against="borlumix", whom=None,
          **quoted("A4")),
    claim("kinder-vitamin-q", "comparison", "vitamin-q+lumixane", "superior", "juckreiz", against="lumixane",
          favours="regimen",
          hedge="possible", cue="könnte", whom="nordjucken-kinder", **quoted("A5", combination="concurrent")),
    claim("ratten-velumix", "comparison", "velumix", "superior", "juckreiz", against="kadorfen", favours="regimen",
          whom="ratten", **quoted("A6", species="rat")),
    claim("ratten-synergie", "mechanism", "talumix+vitamin-q", "synergistic", "rezeptorbindung", hedge="suggested",
          cue="vermutlich", whom="ratten", **quoted("A7", species="rat", combination="concurrent")),
    claim("quinoval-juckreiz", "comparison", "quinoval", "superior", "juckreiz", against="kadorfen", favours="regimen",
          whom=None, **quoted("A8")),
    claim("quinoval-feuchte", "efficacy", "quinoval", "increases", "hautfeuchte", whom=None, **quoted("A8")),
    claim("vitamin-q-feuchte", "efficacy", "vitamin-q", "maintains", "hautfeuchte", basis="inherited", **quoted("A9")),
    claim("vitamin-q-juckreiz", "efficacy", "vitamin-q", "decreases", "juckreiz", **quoted("A9")),
    claim("nacheinander", "recommendation", "kadorfen+talumix", "recommended", None, whom="nordjucken-kinder",
          **quoted("A10", combination="sequential")),
    claim("borlumix-erste-wahl", "recommendation", "borlumix", "preferred", None, **quoted("A11")),
    claim("talumix-juckreiz", "efficacy", "talumix", "decreases", "juckreiz", whom=None, **quoted("A12")),
    claim("talumix-gebrauch", "usage", "talumix", "used", None, against="velumix", favours="regimen", **quoted("A13")),
    claim("ratten-zusatz", "comparison", "talumix+vitamin-q", "superior", "hautfeuchte", against="talumix",
          favours="regimen",
          whom="ratten", **quoted("A14", species="rat", combination="concurrent")),
    claim("midorfen-nachts", "comparison", "midorfen", "superior", "nachtjuckreiz", against="kadorfen",
          favours="regimen",
          whom=None, **quoted("B1")),
    claim("velumix-erwachsene", "comparison", "velumix", "superior", "juckreiz", against="midorfen", favours="regimen",
          whom="nordjucken-erwachsene", **quoted("B2")),
    claim("borlumix-feuchte", "comparison", "borlumix", "superior", "hautfeuchte", against="talumix", favours="regimen",
          whom=None, **quoted("C1", rests_on_retracted=True)),
    claim("velumix-uebelkeit", "efficacy", "velumix", "causes", "uebelkeit", hedge="suggested",
          summary="Velumix verursachte vermutlich Übelkeit.", sources=["abel-1998", "boehm-2001"]),
    claim("entwurf", "comparison", "kadorfen", "superior", None, against="talumix", favours="regimen",
          summary="Noch nicht geprüft.", sources=["abel-1998"], draft=True),
]  # fmt: skip


def table(**changed: list[Record]) -> Record:
    """Return the table as plain data without texts; `changed` replaces whole lists of records."""
    place = 0
    sentences = []
    for source, labels in SENTENCES.items():
        for label, passages in labels.items():
            there: Record = {}
            for lang, text in passages.items():
                there[lang] = {"start": place, "end": place + len(text), "text": text}
                place += len(text) + 1
            sentences.append({"id": f"{source}/{label}", "source": source, "passages": there})
        place = 0
    whole = {"agents": AGENTS, "outcomes": OUTCOMES, "populations": POPULATIONS, "sources": SOURCES}
    return {"format": "bonerx-evidence/1", **whole, "sentences": sentences, "claims": CLAIMS, **changed}


def written(folder: Path) -> Path:
    """Write the table with the texts of its sources, so that every quotation is proven, and return its path."""
    whole = table()
    sources = []
    for source in whole["sources"]:
        labels = SENTENCES[source["id"]].values()
        text = "".join(f"{words}\n" for passages in labels for words in passages.values())
        (folder / f"{source['id']}.txt").write_text(text, encoding="utf-8")
        sources.append({**source, "text": f"{source['id']}.txt"})
    path = folder / "nordjucken.json"
    path.write_text(json.dumps({**whole, "sources": sources}, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
