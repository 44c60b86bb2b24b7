"""What a network says in sentences: its headline, how trials differ, whether evidence agrees, what limits it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bonerx.number import RATIOS, estimate, number, p_value, percent
from bonerx.questions.caveats import READ
from bonerx.questions.network_choice import Asked, nothing_headline
from bonerx.questions.network_estimate import model_of, pair_of
from bonerx.questions.words import WARNED, counted, left_out, listed
from bonerx.synthesis.reasons import ARM_LEFT_OUT

Document = dict[str, Any]

CHANCE = 0.1
"""The p below which differences between trials, or of direct from indirect evidence, are told as more than chance:
these tests have little power."""

FLAGGED = "integrity concern"
_MOST_NAMED = 5


def effect(one: Mapping[str, Any], measure: str) -> str:
    """Return an estimate for a sentence: `RR 0.54 (0.44 to 0.66)`."""
    if one["value"] is None:
        return "not estimable"
    return f"{measure} {' '.join(estimate(one['value'], one['ci_low'], one['ci_high'], measure))}"


def headline(asked: Asked) -> str:
    """Return what the network says in two sentences, never surer than what it rests on."""
    document = asked.document
    if not document["nodes"]:
        return nothing_headline(asked.where) + without(document)
    size = f"{counted(len(document['studies']), 'trial')} {{}} {counted(len(document['nodes']), 'regimen')}"
    if not document["connected"]:
        parts = listed(_part_words(asked, part) for part in document["parts"])
        apart = f"fall into {len(document['parts'])} parts that no trial joins"
        return f"{_sentence(asked.where)}, {size.format('of')} {apart}: {parts}. {_links(asked)}{without(document)}"
    joined = f"{_sentence(asked.where)}, {size.format('join')} in one network"
    return f"{joined}; {_best(asked)}. {_sentence(differing(document))}; {agreeing(document)}.{without(document)}"


def without(document: Mapping[str, Any]) -> str:
    """Return the further sentences of a headline on trials and arms of means that give no effect, each with why."""
    found = [line for line in document["caveats"] if line.startswith(ARM_LEFT_OUT)]
    found += [named] if (named := left_out(document["excluded"])) else []
    return "".join(f" {_sentence(one)}." for one in found)


def _best(asked: Asked) -> str:
    """Return which regimens do better than the reference beyond doubt of the interval, then the highest P-score."""
    document = asked.document
    reference = document["reference"]
    surely = [name for name in surely_better(document) if name != reference]
    told = f"against {asked.regimen(reference)}, "
    if surely:
        named = [asked.regimen(name) for name in surely[:_MOST_NAMED]]
        rest = [f"{len(surely) - _MOST_NAMED} more"] if len(surely) > _MOST_NAMED else []
        told += f"intervals that exclude no effect favour {listed([*named, *rest])}"
    else:
        told += "no interval excludes no effect in favour of a regimen"
    first = document["ranking"][0]
    if first["regimen"] in surely[:1] or first["regimen"] == reference:
        return told
    row = pair_of(document, model_of(document), first["regimen"], reference)
    if row is None or row["value"] is None:
        return told
    score = f"the highest P-score ({number(first['p_score'])}) is that of {asked.regimen(first['regimen'])}"
    return f"{told}; {score}, with {effect(row, document['measure'])}"


def surely_better(document: Mapping[str, Any]) -> list[str]:
    """Return the regimens whose interval against the reference excludes no effect in their favour, by P-score."""
    better = document["better"]
    names = []
    for place in document["ranking"]:
        row = pair_of(document, model_of(document), place["regimen"], document["reference"])
        if row is None or includes_no_effect(row, document["measure"]):
            continue
        if (row["te"] > 0) == (better == "higher"):
            names.append(place["regimen"])
    return names


def includes_no_effect(one: Mapping[str, Any], measure: str) -> bool:
    """Return whether the interval of an estimate holds the value of no effect, or is not known."""
    null = 1.0 if measure in RATIOS else 0.0
    return one["ci_low"] is None or one["ci_high"] is None or one["ci_low"] <= null <= one["ci_high"]


def _part_words(asked: Asked, part: Mapping[str, Any]) -> str:
    named = [asked.regimen(name) for name in part["regimens"]]
    if len(named) > _MOST_NAMED:
        return f"{named[0]} with {len(named) - 1} others"
    return "(" + ", ".join(named) + ")"


def _links(asked: Asked) -> str:
    links = [f"{asked.regimen(one['a'])} against {asked.regimen(one['b'])}" for one in asked.document["missing_links"]]
    if len(links) > _MOST_NAMED:
        return f"A trial of {links[0]} would join the first two."
    return f"What would join them: a trial of {listed(links, 'or')}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def differing(part: Mapping[str, Any]) -> str:
    """Return how far the trials of a network, or of a part of one, differ, in words and numbers."""
    found, tau2 = part["heterogeneity"], part["random"]["tau2"]
    if part["random"]["tau2_method"] is None:
        return "the method takes all trials to have one effect in common"
    if not found["df"]:
        return "whether trials differ cannot be seen: no comparison has been made twice"
    numbers = [] if tau2 is None else [f"τ² {number(tau2) if tau2 else 0}"]
    numbers += [] if found["i2"] is None else [f"I² {percent(found['i2'])}"]
    numbers.append(f"Q {number(found['q'])} with {counted(found['df'], 'degree')} of freedom, {p_value(found['p'])}")
    if found["p"] is not None and found["p"] < CHANCE:
        words = "the trials differ by more than chance"
    elif tau2 == 0:
        words = "the trials differ no more than by chance"
    else:
        words = "the trials differ somewhat, as chance alone may bring about"
    return f"{words} ({', '.join(numbers)})"


def agreeing(part: Mapping[str, Any]) -> str:
    """Return whether direct and indirect evidence agree, in words and numbers."""
    found = part["heterogeneity"]
    if found["q_between"] is None and found["df"] is None:
        return "whether direct and indirect evidence agree is not tested by this method"
    if not found["df_between"]:
        return "nothing tests whether direct and indirect evidence agree"
    disagree = found["p_between"] is not None and found["p_between"] < CHANCE
    words = "direct and indirect evidence disagree" if disagree else "direct and indirect evidence do not disagree"
    return f"{words} (Q between designs {number(found['q_between'])}, {p_value(found['p_between'])})"


def caveats(asked: Asked) -> list[str]:
    """Return what limits a network's answer: what it rests on, what is indirect or sparse, what stays out."""
    document = asked.document
    lines = list(_resting_on(asked))
    pairs = document["splits"]
    indirect = sum(not split["k"] for split in pairs)
    if indirect:
        verb = "rests" if indirect == 1 else "rest"
        lines.append(f"{indirect} of {counted(len(pairs), 'pair')} {verb} on indirect evidence only")
        lines.append(_alike(document))
    lines += [line for line in document["caveats"] if not line.startswith("left out: ")]
    if document["connected"] and not document["heterogeneity"]["df_between"] and len(document["nodes"]) > 2:
        lines.append("no loop of independent trials: that direct and indirect evidence agree is assumed")
    if _joined_by_components(document):
        lines.append("the additive model joins the parts through the components they share, and through nothing else")
    if named := left_out(document["excluded"]):
        lines.append(named)
    if document["excluded"]:
        lines.append(f"{counted(len(document['excluded']), 'trial')} left out, each with its reason")
    flagged = [one["study"] for one in document["excluded"] if one["reason"].startswith(FLAGGED)]
    if flagged:
        lines.append(f"integrity concern, not counted: {', '.join(flagged)}; `--include-flagged` counts them")
    return lines


def _joined_by_components(document: Mapping[str, Any]) -> bool:
    """Return whether the additive model estimates a pair of regimens that no chain of trials joins."""
    if document["components"] is None or document["connected"]:
        return False
    place = {name: number for number, part in enumerate(document["parts"]) for name in part["regimens"]}
    return any(row["te"] is not None and place[row["a"]] != place[row["b"]] for row in document["components"]["pairs"])


def _alike(document: Mapping[str, Any]) -> str:
    """Return what indirect evidence takes for granted, with the times that the trials lasted."""
    months = sorted({one["months"] for one in document["studies"].values() if one.get("months") is not None})
    times = f" (here {months[0]:g} to {months[-1]:g} months)" if len(months) > 1 else ""
    return f"indirect evidence takes the trials to be alike in people, doses and time{times}"


def _resting_on(asked: Asked) -> Iterator[str]:
    """Yield how many trials count, of which years, how their reports were read, and what is known against them."""
    studies = asked.document["studies"]
    if not studies or not asked.sources:
        return
    used = {source for one in studies.values() for source in one["sources"]}
    known = [source for id_, source in asked.sources.items() if id_ in used]
    read = Counter(READ[source["read_as"]] for source in known)
    manner = listed(f"{times} {how}" for how, times in read.items())
    trials, sources = counted(len(studies), "trial"), counted(len(known), "source")
    yield f"rests on {trials}, their numbers from {sources}: {manner}"
    for status in WARNED:
        named = [source["id"] for source in known if source.get("integrity", {}).get("status") == status]
        if named:
            yield f"integrity: {status} ({', '.join(named)})"


def parts_of(document: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the connected parts of a network, each with its own results; one that is connected is its own part."""
    if not document["nodes"]:
        return ()
    if document["connected"]:
        return ({"regimens": document["parts"][0], **document},)
    return tuple(document["parts"])


def reference_in(document: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    """Return the regimen that a part's estimates are shown against: the reference, else its best connected regimen."""
    if document["reference"] in part["regimens"]:
        return str(document["reference"])
    joined = Counter(name for edge in document["edges"] for name in (edge["a"], edge["b"]))
    studies = {node["regimen"]: node["studies"] for node in document["nodes"]}
    return str(min(part["regimens"], key=lambda name: (-joined[name], -studies[name], name)))
