"""A large evidence table that is the same every time: agents, classes, sources with texts, sentences and claims.

No two claims read alike but for the ids that they name: they differ in fields, directions, wording, people and remarks,
and no two sentences have the same words. Agents differ in how often they are written about, as in a real literature:
the first of them have thousands of claims, most a handful. A source has one text, in which its sentences stand one
after the other, every fifth source in Chinese as well. One claim in two hundred is a recommendation. A table half as
large has half the agents, classes and sources.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

OUTCOMES, POPULATIONS = 200, 20
CLAIMS_OF_A_SENTENCE = 3
RECOMMENDED = 200
RETRACTED = 97
"""One source in so many is retracted."""
_EFFECTS = ("increases", "decreases", "improves", "worsens", "no-effect", "prevents", "maintains", "treats", "causes")
_HEDGES = (
    ("asserted", "", ""),
    ("asserted", "", ""),
    ("suggested", "appeared to have", "似乎"),
    ("possible", "may have", "可能"),
    ("proposed", "should be tested for", "有待检验"),
)
_SETTINGS = ("Japan", "Norway", "nursing homes", "primary care", "a trial of 12 centres", "India", "day hospitals")
_WORDS = """
after among annual baseline before bone both centre change clinical cohort continued control daily density
diet dose double-blind during early effect enrolled every evidence exercise falls first follow-up fracture
frail further group half hip increased intake intervention larger last late longer loss low lumbar marker mean
measured men monthly months neck nearly new older oral other outpatients participants patients people placebo
points post-menopausal previous primary quarter randomised rate reduced remained reported risk sample second
serum several severe shorter significant site six smaller spine study subgroup supplement therapy third those
three total treated trial twelve twice two uncertain untreated usual vertebral weekly weeks while whole with
withdrawn without women year years younger
""".split()  # noqa: SIM905
_CHINESE = "随访 患者 治疗组 对照组 腰椎 髋部 骨密度 每周 两年后 显著 女性 骨折 老年".split()  # noqa: SIM905
_COMPARED = (("superior", "regimen"), ("inferior", "comparator"), ("no-difference", ""))
Item = TypeVar("Item")


class Sizes(NamedTuple):
    """How many records of each kind a table has, beside its sentences and claims."""

    agents: int
    classes: int
    sources: int


def sizes_of(claims: int) -> Sizes:
    """Return the sizes of the table of so many claims."""
    return Sizes(max(20, claims // 50), max(2, claims // 2_500), max(5, claims // 200))


class Said(NamedTuple):
    """A sentence: its id, how it is worded, and its passages by language."""

    id: str
    level: str
    cues: dict[str, str]
    passages: dict[str, str]


def write_table(folder: Path, claims: int) -> Path:
    """Write the table of so many claims as NDJSON, with the texts of its sources beside it, and return its path."""
    path = folder / f"table-{claims}.ndjson"
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    sentences = -(-claims // CLAIMS_OF_A_SENTENCE)
    sizes = sizes_of(claims)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_vocabulary(sizes))
        file.writelines(_source(source, claims) for source in range(sizes.sources))
        for source in range(sizes.sources):
            lines, text = _sentences(source, sentences, sizes)
            file.writelines(lines)
            (folder / _text_of(source, claims)).write_text(text, encoding="utf-8")
        file.writelines(_claims(claims, sentences, sizes))
    return path


def _line(record: str, /, **fields: Any) -> str:
    return json.dumps({"record": record, **fields}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _vocabulary(sizes: Sizes) -> Iterator[str]:
    for number in range(sizes.classes):
        names = {"en": f"class {number:03} agents", "zh": f"{number}类药物"}
        yield _line("agent", id=f"class-{number:03}", kind="class", names=names)
    for number in range(sizes.agents):
        yield _line(
            "agent",
            id=_agent(number),
            kind="drug",
            names={"en": f"agentol {number:05}", "zh": f"药物{number:05}"},
            synonyms={"en": [f"AG-X{number:05}"]},
            classes=[{"of": _class_of(number, sizes), "summary": "a member by its structure"}],
        )
    for number in range(OUTCOMES):
        yield _line(
            "outcome",
            id=f"outcome-{number:03}",
            names={"en": f"event {number:03}", "zh": f"事件{number:03}"},
            better="higher" if number % 2 else "lower",
            **({"domain": "harm"} if number % 20 == 19 else {}),
            **({"broader": [f"outcome-{number // 10 * 10:03}"]} if number % 10 else {}),
        )
    for number in range(POPULATIONS):
        names = {"en": f"population {number:02}", "zh": f"人群{number:02}"}
        yield _line("population", id=f"population-{number:02}", names=names)


def _source(source: int, claims: int) -> str:
    retracted = {"integrity": {"status": "retracted", "note": "by its journal"}} if _is_retracted(source) else {}
    return _line(
        "source",
        id=f"source-{source:04}",
        kind="randomised-trial",
        read_as="abstract",
        authors=f"Author{source} A, Writer B",
        title=f"A trial of treatments, number {source}",
        journal="Journal of Trials",
        year=1980 + source % 45,
        doi=f"10.1000/trial.{source}",
        text=_text_of(source, claims),
        **retracted,
    )


def _sentences(source: int, sentences: int, sizes: Sizes) -> tuple[list[str], str]:
    """Return the records of the sentences of a source, and its text."""
    lines, text, length = [], [], 0
    for said in _said_in(source, sentences, sizes):
        passages = {}
        for lang, words in said.passages.items():
            passages[lang] = {"start": length, "end": length + len(words), "text": words}
            text.append(words)
            length += len(words) + 1
        lines.append(_line("sentence", id=said.id, source=f"source-{source:04}", passages=passages))
    return lines, "\n".join(text) + "\n"


def _said_in(source: int, sentences: int, sizes: Sizes) -> Iterator[Said]:
    """Yield the sentences of a source, the same ones every time."""
    chance = Random(source)
    for number in range(sentences * source // sizes.sources, sentences * (source + 1) // sizes.sources):
        level, cue, chinese_cue = _any_of(_HEDGES, chance)
        agent = _agent_by(chance, sizes)
        opening, rest = _phrase(_WORDS, 4, 18, chance), _phrase(_WORDS, 3, 14, chance)
        words = f"{opening.capitalize()}, agentol {agent:05} {cue or 'has'} {rest}."
        passages, cues = {"en": words}, {"en": cue} if cue else {}
        if source % 5 == 0:
            passages["zh"] = f"{_phrase(_CHINESE, 5, 12, chance, '')}，药物{agent:05}{chinese_cue}。"
            if cue:
                cues["zh"] = chinese_cue
        yield Said(f"source-{source:04}/S{number}", level, cues, passages)


def _claims(claims: int, sentences: int, sizes: Sizes) -> Iterator[str]:
    number = 0
    for source in range(sizes.sources):
        chance = Random(-1 - source)
        earlier = None
        for said in _said_in(source, sentences, sizes):
            for _ in range(min(CLAIMS_OF_A_SENTENCE, claims - number)):
                yield _claim(number, said, earlier, source, sizes, chance)
                number += 1
            earlier = said


def _claim(number: int, said: Said, earlier: Said | None, source: int, sizes: Sizes, chance: Random) -> str:
    """Return the line of a claim on a sentence, and now and then on the one before it or on a summary."""
    fields: dict[str, Any] = {"id": f"s{number}", "kind": "efficacy"} | _treated(sizes, chance)
    own = set(fields["regimen"])
    other = [_agent(_agent_by(chance, sizes))]
    if number % RECOMMENDED == 0:
        fields |= {"kind": "recommendation", "direction": "recommended"}
        if number % (2 * RECOMMENDED) == 0 and own.isdisjoint(other):
            fields |= {"comparator": other, "direction": "preferred", "favours": "regimen"}
    elif _happens(0.3, chance) and own.isdisjoint(other):
        direction, favours = _any_of(_COMPARED, chance)
        fields |= {"kind": "comparison", "comparator": other, "outcome": _outcome(chance), "direction": direction}
        fields |= {"favours": favours} if favours else {}
    elif _happens(0.1, chance):
        fields |= {"kind": "usage", "direction": "used"}
    else:
        kind = "mechanism" if _happens(0.1, chance) else "efficacy"
        fields |= {"kind": kind, "outcome": _outcome(chance), "direction": _any_of(_EFFECTS, chance)}
    fields["hedge"] = {"level": said.level}
    if said.cues:
        fields["hedge"]["cues"] = {lang: [cue] for lang, cue in said.cues.items()}
    fields |= _people(chance)
    if _happens(0.2, chance):
        fields["setting"] = _any_of(_SETTINGS, chance)
    if not said.cues and _happens(0.04, chance):
        fields |= {"summary": _phrase(_WORDS, 6, 20, chance), "sources": [f"source-{source:04}"]}
    elif earlier is not None and _happens(0.1, chance):
        fields["sentences"] = [said.id, earlier.id]
    else:
        fields["sentences"] = [said.id]
    if _is_retracted(source):
        fields["rests_on_retracted"] = True
    fields["note"] = _phrase(_WORDS, 4, 12, chance)
    return _line("claim", **fields)


def _treated(sizes: Sizes, chance: Random) -> dict[str, Any]:
    """Return the fields that name a regimen: mostly one agent, else several, or a class of which some are named."""
    agents = [_agent_by(chance, sizes)]
    if _happens(0.003, chance):
        return {"regimen": [_class_of(agents[0], sizes)], "named": [_agent(agents[0])]}
    while _happens(0.15, chance):
        agents.append(_agent_by(chance, sizes))
    regimen = {"regimen": list(dict.fromkeys(map(_agent, agents)))}
    if len(regimen["regimen"]) == 1:
        return regimen
    return regimen | _any_of(({}, {"combination": "concurrent"}, {"combination": "sequential"}), chance)


def _people(chance: Random) -> dict[str, Any]:
    """Return the field that names a population, where one is named."""
    named, stressed = (f"population-{int(chance.random() * POPULATIONS):02}" for _ in range(2))
    if _happens(0.2, chance):
        return {}
    basis = "inherited" if _happens(0.3, chance) else "stated"
    stress = {"emphasis": stressed} if _happens(0.1, chance) else {}
    return {"population": {"id": named, "basis": basis} | stress}


def _agent_by(chance: Random, sizes: Sizes) -> int:
    """Return an agent by chance: how much is written falls with the number of the agent."""
    return min(sizes.agents - 1, int(sizes.agents * chance.random() ** 3))


def _agent(number: int) -> str:
    return f"agent-{number:05}"


def _class_of(agent: int, sizes: Sizes) -> str:
    return f"class-{agent % sizes.classes:03}"


def _outcome(chance: Random) -> str:
    return f"outcome-{int(chance.random() * OUTCOMES):03}"


def _text_of(source: int, claims: int) -> str:
    return f"sources/source-{source:04}-{claims}.txt"


def _is_retracted(source: int) -> bool:
    return source % RETRACTED == RETRACTED - 1


def _happens(share: float, chance: Random) -> bool:
    return chance.random() < share


def _any_of(items: Sequence[Item], chance: Random) -> Item:
    return items[int(chance.random() * len(items))]


def _phrase(words: Sequence[str], least: int, most: int, chance: Random, between: str = " ") -> str:
    return between.join(_any_of(words, chance) for _ in range(least + int(chance.random() * (most - least))))
