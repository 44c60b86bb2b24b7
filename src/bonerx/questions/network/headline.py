"""What a network says in sentences: its headline, how trials differ, whether evidence agrees, what limits it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bonerx.model.measure import Measure
from bonerx.number import counted, estimate, number, p_value, percent
from bonerx.questions.citations.caveats import READ
from bonerx.questions.citations.names import WARNED, left_out, listed
from bonerx.questions.network.options import Asked, nothing_headline
from bonerx.questions.network.stored import finder, model_of, pair_of
from bonerx.synthesis.effects.reasons import ARM_LEFT_OUT

Document = dict[str, Any]

CHANCE = 0.1
"""The p below which differences between trials, or of direct from indirect evidence, are told as more than chance:
these tests have little power."""

UNSAID = "which way is better is not said (`--better lower` or `--better higher`)"
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
    trials, regimens = counted(len(document["studies"]), "trial"), counted(len(document["nodes"]), "regimen")
    if not document["connected"]:
        parts = listed(_part_words(asked, part) for part in document["parts"])
        apart = f"fall into {len(document['parts'])} parts that no trial joins"
        told = f"{_sentence(asked.where)}, {trials} of {regimens} {apart}: {parts}"
        return f"{told}. {_joining(asked)}.{without(document)}"
    join = "joins" if len(document["studies"]) == 1 else "join"
    joined = f"{_sentence(asked.where)}, {trials} {join} {regimens} in one network"
    return f"{joined}; {_best(asked)}. {_sentence(differing(document))}; {agreeing(document)}.{without(document)}"


def without(document: Mapping[str, Any]) -> str:
    """Return the further sentences of a headline on trials and arms of means that give no effect, each with why."""
    found = [line for line in document["caveats"] if line.startswith(ARM_LEFT_OUT)]
    found += [named] if (named := left_out(document["excluded"])) else []
    return "".join(f" {_sentence(one)}." for one in found)


def _best(asked: Asked) -> str:
    """Return how every regimen stands against the reference, then the highest P-score where it is not told by that."""
    document = asked.document
    reference = document["reference"]
    stands = standing(document, next(iter(parts_of(document))))
    told = f"against {asked.regimen(reference)}, {standing_words(asked, stands)}"
    if document["ranking"] is None:
        return told
    first = document["ranking"][0]
    if first["regimen"] in stands.better[:1] or first["regimen"] == reference:
        return told
    row = pair_of(document, model_of(document), first["regimen"], reference)
    if row is None or row["value"] is None:
        return told
    score = f"the highest P-score ({number(first['p_score'])}) is that of {asked.regimen(first['regimen'])}"
    return f"{told}; {score}, with {effect(row, document['measure'])}"


class Standing(NamedTuple):
    """How the regimens of one connected part stand against its reference, by their intervals.

    Where it is known which way is better `better` and `worse` are those whose interval excludes no effect, else
    `higher` and `lower`; `unclear` are those whose interval includes it, `unknown` those without one.
    """

    reference: str
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    higher: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def standing(document: Mapping[str, Any], part: Mapping[str, Any]) -> Standing:
    """Return how the regimens of a part stand against its reference, in the order in which they are shown."""
    reference = reference_in(document, part)
    better, pairs = document["better"], finder(document, model_of(document))
    found: dict[str, list[str]] = {name: [] for name in Standing._fields[1:]}
    for name in in_order(part):
        row = None if name == reference else pairs(name, reference)
        if row is None:
            continue
        if row["ci_low"] is None or row["ci_high"] is None:
            found["unknown"].append(name)
        elif includes_no_effect(row, document["measure"]):
            found["unclear"].append(name)
        elif better is None:
            found["higher" if row["te"] > 0 else "lower"].append(name)
        else:
            found["better" if (row["te"] > 0) == (better == "higher") else "worse"].append(name)
    return Standing(reference, **{kind: tuple(names) for kind, names in found.items()})


def standing_words(asked: Asked, stands: Standing) -> str:
    """Return how regimens stand against the reference, the better, the worse and those not told apart each in words."""
    told = []
    if stands.better:
        favour = (
            "intervals that exclude no effect favour"
            if stands.better[1:]
            else "an interval that excludes no effect favours"
        )
        told.append(f"{favour} {_few(asked, stands.better)}")
    if stands.worse:
        told.append(worse_words(asked, stands))
    for names, way in ((stands.higher, "higher"), (stands.lower, "lower")):
        if names:
            exclude = "their intervals exclude no effect" if names[1:] else "its interval excludes no effect"
            told.append(f"{way} with {_few(asked, names)} ({exclude})")
    if not told:
        told.append("no interval excludes no effect")
    elif stands.unclear:
        told.append(f"{_intervals(asked, stands.unclear, 'includes', 'include')} no effect")
    if stands.unknown:
        told.append(f"the interval{'s' if stands.unknown[1:] else ''} of {_few(asked, stands.unknown)} cannot be shown")
    return "; ".join(told)


def worse_words(asked: Asked, stands: Standing) -> str:
    """Return the regimens whose interval excludes no effect in favour of the reference."""
    excluding = f"{_intervals(asked, stands.worse, 'excludes', 'exclude')} no effect"
    return f"{excluding}, in favour of {asked.regimen(stands.reference)}"


def _intervals(asked: Asked, names: Sequence[str], one: str, many: str) -> str:
    """Return the subject and verb of a sentence on intervals: `the intervals of x and y include`."""
    return f"the interval{'s' if names[1:] else ''} of {_few(asked, names)} {many if names[1:] else one}"


def _few(asked: Asked, names: Sequence[str]) -> str:
    """Return the first regimens by name and how many more there are."""
    rest = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    return listed([*(asked.regimen(name) for name in names[:_MOST_NAMED]), *rest])


def in_order(part: Mapping[str, Any]) -> list[str]:
    """Return the regimens of a part, surest to be better first, or by name where nothing is ranked."""
    return list(part["regimens"]) if part["ranking"] is None else [one["regimen"] for one in part["ranking"]]


def includes_no_effect(one: Mapping[str, Any], measure: str) -> bool:
    """Return whether the interval of an estimate holds the value of no effect, or is not known."""
    return Measure(measure).favours(one["ci_low"], one["ci_high"], None) in (None, "no-clear-difference")


def _part_words(asked: Asked, part: Mapping[str, Any]) -> str:
    named = [asked.regimen(name) for name in part["regimens"]]
    if len(named) > _MOST_NAMED:
        return f"{named[0]} with {len(named) - 1} others"
    return "(" + ", ".join(named) + ")"


def missing_links(asked: Asked) -> list[str]:
    """Return the comparisons that together would join the parts, one fewer than there are, of many only the first."""
    links = [f"{asked.regimen(one['a'])} against {asked.regimen(one['b'])}" for one in asked.document["missing_links"]]
    return links if len(links) <= _MOST_NAMED else [*links[:_MOST_NAMED], f"{len(links) - _MOST_NAMED} more"]


def _joining(asked: Asked) -> str:
    """Return which trials would join the parts of a network."""
    links, number = missing_links(asked), len(asked.document["missing_links"])
    if number == 1:
        return f"What would join them: a trial of {links[0]}"
    named = [f"of {link}" for link in links[:_MOST_NAMED]] + links[_MOST_NAMED:]
    return f"What would join them: {number} trials, {listed(named)}"


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
    lines = [*asked.remarks, *_resting_on(asked)]
    pairs = document["splits"]
    indirect = sum(not split["k"] for split in pairs)
    if indirect:
        verb = "rests" if indirect == 1 else "rest"
        lines.append(f"{indirect} of {counted(len(pairs), 'pair')} {verb} on indirect evidence only")
        lines.append(_alike(document))
    if document["nodes"] and document["ranking"] is None:
        lines.append(f"{UNSAID}: nothing is ranked")
    lines += [line for line in document["caveats"] if not line.startswith("left out: ")]
    if document["connected"] and not document["heterogeneity"]["df_between"] and len(document["nodes"]) > 2:
        lines.append("no loop of independent trials: that direct and indirect evidence agree is assumed")
    if _joined_by_components(document):
        lines.append("the additive model joins the parts through the components they share, and through nothing else")
    if named := left_out(document["excluded"]):
        lines.append(named)
    if document["excluded"]:
        each = "each with its reason" if document["excluded"][1:] else "with its reason"
        lines.append(f"{counted(len(document['excluded']), 'trial')} left out, {each}")
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
    yield f"rests on {trials}, {'its' if len(studies) == 1 else 'their'} numbers from {sources}: {manner}"
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
