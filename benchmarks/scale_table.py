"""A large evidence table that is the same every time: agents, classes, sources with texts, sentences and claims.

Agents differ in how often they are written about, as in a real literature: the first of them have thousands of claims,
most a handful. A source has one text, in which its sentences stand one after the other, every fifth source in Chinese
as well. One claim in two hundred is a recommendation. A table half as large has half the agents, classes and sources.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

OUTCOMES, POPULATIONS = 200, 20
CLAIMS_OF_A_SENTENCE = 3
RECOMMENDED = 200
_MIX = 2_654_435_761
"""A large odd number; multiples of it, cut to a range, are spread as if by chance (Knuth's multiplicative hash)."""
_CHANGES = ("increases", "decreases", "improves", "worsens", "no-effect", "prevents")
_HEDGES = (
    ("asserted", "", "", ""),
    ("suggested", "appeared", "appeared to ", "似乎"),
    ("possible", "may", "may have ", "可能"),
)
_ADJECTIVES = ("fewer", "more", "lower", "higher", "similar", "slower")


class Sizes(NamedTuple):
    """How many records of each kind a table has, beside its sentences and claims."""

    agents: int
    classes: int
    sources: int


def sizes_of(claims: int) -> Sizes:
    """Return the sizes of the table of so many claims."""
    return Sizes(max(20, claims // 50), max(2, claims // 2_500), max(5, claims // 200))


class Words(NamedTuple):
    """What one sentence is about, shared by its claims."""

    agent: int
    other: int
    outcome: int
    population: int
    hedge: int


def write_table(folder: Path, claims: int) -> Path:
    """Write the table of so many claims as NDJSON, with the texts of its sources beside it, and return its path."""
    path = folder / f"table-{claims}.ndjson"
    texts = folder / "sources"
    texts.mkdir(parents=True, exist_ok=True)
    sentences = -(-claims // CLAIMS_OF_A_SENTENCE)
    sizes = sizes_of(claims)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_vocabulary(sizes))
        for source in range(sizes.sources):
            file.write(
                f'{{"record":"source","id":"source-{source:04}","kind":"randomised-trial","read_as":"abstract",'
                f'"authors":"Author{source} A, Writer B","title":"A trial of treatments, number {source}",'
                f'"journal":"Journal of Trials","year":{1980 + source % 45},"doi":"10.1000/trial.{source}",'
                f'"text":"sources/source-{source:04}-{claims}.txt"}}\n'
            )
        for source in range(sizes.sources):
            lines, text = _sentences(source, sentences, sizes)
            file.writelines(lines)
            (texts / f"source-{source:04}-{claims}.txt").write_text(text, encoding="utf-8")
        file.writelines(_claims(claims, sentences, sizes))
    return path


def _vocabulary(sizes: Sizes) -> Iterator[str]:
    for number in range(sizes.classes):
        yield (
            f'{{"record":"agent","id":"class-{number:03}","kind":"class",'
            f'"names":{{"en":"class {number:03} agents","zh":"{number}类药物"}}}}\n'
        )
    for number in range(sizes.agents):
        yield (
            f'{{"record":"agent","id":"agent-{number:05}","kind":"drug",'
            f'"names":{{"en":"agentol {number:05}","zh":"药物{number:05}"}},"synonyms":{{"en":["AG-X{number:05}"]}},'
            f'"classes":[{{"of":"class-{number % sizes.classes:03}","summary":"a member by its structure"}}]}}\n'
        )
    for number in range(OUTCOMES):
        better = "higher" if number % 2 else "lower"
        broader = f',"broader":["outcome-{number // 10 * 10:03}"]' if number % 10 else ""
        domain = ',"domain":"harm"' if number % 20 == 19 else ""
        yield (
            f'{{"record":"outcome","id":"outcome-{number:03}","names":{{"en":"event {number:03}",'
            f'"zh":"事件{number:03}"}},"better":"{better}"{domain}{broader}}}\n'
        )
    for number in range(POPULATIONS):
        yield (
            f'{{"record":"population","id":"population-{number:02}",'
            f'"names":{{"en":"population {number:02}","zh":"人群{number:02}"}}}}\n'
        )


def words_of(sentence: int, agents: int) -> Words:
    """Return what a sentence is about."""
    spread = sentence * _MIX % 2**32
    return Words(
        agent_at(spread / 2**32, agents),
        agent_at(spread * _MIX % 2**32 / 2**32, agents),
        spread // 7 % OUTCOMES,
        spread // 11 % POPULATIONS,
        spread // 13 % len(_HEDGES),
    )


def agent_at(share: float, agents: int) -> int:
    """Return the agent at a share of all that is written: density falls with the number of the agent."""
    return min(agents - 1, int(agents * share**3))


def _range(source: int, sentences: int, sources: int) -> range:
    """Return the numbers of the sentences of a source."""
    return range(sentences * source // sources, sentences * (source + 1) // sources)


def _sentences(source: int, sentences: int, sizes: Sizes) -> tuple[list[str], str]:
    lines, text, length = [], [], 0
    for number in _range(source, sentences, sizes.sources):
        about = words_of(number, sizes.agents)
        _, _, cue, chinese_cue = _HEDGES[about.hedge]
        adjective = _ADJECTIVES[number % len(_ADJECTIVES)]
        english = (
            f"Patients of group {number} given agentol {about.agent:05} {cue}{adjective} cases of "
            f"event {about.outcome:03} than those given agentol {about.other:05}."
        )
        passage = f'"en":{{"start":{length},"end":{length + len(english)},"text":"{english}"}}'
        text.append(english)
        length += len(english) + 1
        if source % 5 == 0:
            chinese = (
                f"给予药物{about.agent:05}的患者{chinese_cue}比药物{about.other:05}更少发生事件{about.outcome:03}。"
            )
            passage += f',"zh":{{"start":{length},"end":{length + len(chinese)},"text":"{chinese}"}}'
            text.append(chinese)
            length += len(chinese) + 1
        lines.append(
            f'{{"record":"sentence","id":"source-{source:04}/S{number}","source":"source-{source:04}",'
            f'"passages":{{{passage}}}}}\n'
        )
    return lines, "\n".join(text) + "\n"


def _claims(claims: int, sentences: int, sizes: Sizes) -> Iterator[str]:
    number = 0
    for source in range(sizes.sources):
        for sentence in _range(source, sentences, sizes.sources):
            about = words_of(sentence, sizes.agents)
            for part in range(CLAIMS_OF_A_SENTENCE):
                if number == claims:
                    return
                yield _claim(number, part, about, f"source-{source:04}/S{sentence}")
                number += 1


def _claim(number: int, part: int, about: Words, sentence: str) -> str:
    level, cue, _, _ = _HEDGES[about.hedge]
    hedge = f'{{"level":"{level}","cues":{{"en":["{cue}"]}}}}' if cue else f'{{"level":"{level}"}}'
    regimen = f'"regimen":["agent-{about.agent:05}"]'
    outcome = f'"outcome":"outcome-{about.outcome:03}",'
    against, favours = "", ""
    if number % RECOMMENDED == 0:
        kind, direction, outcome = "recommendation", "recommended", ""
        if number % (2 * RECOMMENDED) == 0 and about.other != about.agent:
            direction, against, favours = (
                "preferred",
                f'"comparator":["agent-{about.other:05}"],',
                '"favours":"regimen",',
            )
    elif part == 0 and about.other != about.agent:
        kind, direction = "comparison", "superior"
        against, favours = f'"comparator":["agent-{about.other:05}"],', '"favours":"regimen",'
    else:
        kind, direction = "efficacy", _CHANGES[(number + part) % len(_CHANGES)]
        if number % 10 == 5 and about.other != about.agent:
            regimen = f'"regimen":["agent-{about.agent:05}","agent-{about.other:05}"],"combination":"concurrent"'
    return (
        f'{{"record":"claim","id":"s{number}-agent-{about.agent:05}-outcome-{about.outcome:03}","kind":"{kind}",{regimen},{against}'
        f'{outcome}"direction":"{direction}",{favours}"hedge":{hedge},'
        f'"population":{{"id":"population-{about.population:02}","basis":"stated"}},"sentences":["{sentence}"]}}\n'
    )
