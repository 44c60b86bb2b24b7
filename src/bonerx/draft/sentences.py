"""Where sentences begin and end, to the code point: a small splitter for abstracts in English, Chinese, or both.

It is small on purpose. pysbd, the well-kept splitter that starts fast, has had no release since 2021, must be told one
language for a whole text, and splits `“好。”他说` before the closing quotation mark. The rules here are these:

- A line break ends a sentence (`bonerx.draft.plain_text` joins wrapped lines first).
- `。！？；` and their like end one wherever they stand; `. ! ? …` where white space, Chinese text, or the figures of a
  citation and then a new sentence follow, unless the word before is an abbreviation, an initial or an enumerator.
- What closes with a sentence belongs to it: quotation marks, brackets, citations.
- Nothing ends inside a pair of brackets or quotation marks that closes on the same line.
- Headings of structured abstracts (`RESULTS:`, `【结果】`) stand between sentences, not in them.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEVER_LAST = _words(
    "e.g i.e eg ie vs v cf viz approx ca circa dr prof mr mrs ms st fig figs no nos nr eq eqs ref refs tab vol vols "
    "ed eds pp resp incl spp sp subsp ser sect suppl art al.s"
)
"""Abbreviations that something always follows: a full stop after them ends no sentence."""
BEFORE_NUMBER = _words("p pp chap jan feb mar apr jun jul aug sep sept oct nov dec")
"""Abbreviations that end no sentence when a number follows."""
SELDOM_LAST = _words("al etc inc ltd co corp jr sr ph.d m.d b.sc m.sc")
"""Abbreviations that end a sentence only where a new one clearly begins, and not before a bracket or a number."""
LETTERED = _words(
    "vitamin vitamins hepatitis influenza group groups arm arms type types class grade stage phase factor factors "
    "protein apolipoprotein cohort panel step part plan regimen series haemophilia hemophilia immunoglobulin "
    "cyclosporin cyclosporine interferon receptor coenzyme schedule site table figure appendix trial study hemoglobin "
    "haemoglobin troponin complex streptococcus chain score"
)
"""Words that a single capital letter belongs to: `vitamin D.` ends a sentence, `J. Smith` does not."""
OPENERS = _words(
    "a about above across after all although among an and another any are as at based because before between both but "
    "by compared conclusions conversely data despite details doses during each eighty evidence fifty finally first "
    "five four forty from fractures further furthermore given he hence here hip his how however i if in is it its "
    "less mean median men methods more moreover most neither nevertheless new nine ninety no none notably of on one "
    "only other our outcome outcomes overall participants patients people previous primary randomised randomized "
    "rates recently results secondary seven several she significantly similar similarly since six sixty some studies "
    "study subjects such ten that the their then there therefore these they this those three thus to together "
    "treatment trials twenty two under until using we were what when where whereas whether which while who why with "
    "within without women you"
)
"""Words that begin sentences, for the few abbreviations that may stand at the end of one or before a name."""
LABEL_WORDS = _words(
    "abstract aim aims analyses analysis approach background case clinical clinicaltrials.gov comparator conclusion "
    "conclusions context criteria data date dates description design designs discussion eligibility evidence exposure "
    "exposures extraction finding findings funding goal goals hypotheses hypothesis identifier identifiers "
    "implications importance interpretation intervention interventions introduction issue key level limitation "
    "limitations literature main material materials measure measurement measurements measures message messages method "
    "methodology methods motivation number objective objectives observations observation outcome outcomes overview "
    "participant participants patient patients perspective population practice primary problem procedure procedures "
    "protocol purpose purposes question questions rationale recommendation recommendations registration registry "
    "relevance research result results review search secondary selection setting settings significance source sources "
    "statement statistical strategy studies study subject subjects summary synthesis therapeutic trial trials"
)
"""The words that headings of structured abstracts are made of."""
LABEL_LINKS = _words("and or of the with for to in on by from as used")
"""Small words that stand between them."""
CHINESE_LABELS = _words(
    "目的 背景 研究背景 方法 材料与方法 资料与方法 对象与方法 研究方法 设计 研究设计 "
    "结果 研究结果 结论 讨论 摘要 意义 研究目的 对象 资料来源 数据来源 资料选择 "
    "主要结局 主要结果 局限性 注册号"
)
"""The headings of Chinese structured abstracts."""
CONTINUED = "，、；：,;:的地得之与和及或所而"
"""What follows a closing quotation mark when the Chinese sentence goes on."""


_LINE = re.compile("[^\n\r\u2028\u2029]+")
_STOP = re.compile(r"[。！？；｡]+|[.!?…]+")
_CLOSERS = "”’\"'»)]}）］】」』》〉"
_OPENERS = "“‘\"'«([{（［【「『《〈¿¡"
_PAIRS = dict(zip("([{（［【“「『《«", ")]}）］】”」』》»", strict=True))
_CLOSING = frozenset(_PAIRS.values())
_LONGEST_PAIR = 600
"""Code points after which an opened bracket or quotation mark is taken for a slip of the pen."""
_NEAR = 120
"""Code points before and behind a full stop that can tell what it means; no more are looked at."""
_BLANK = re.compile(r"\s*")
_CITATION = re.compile(r"(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)(?=\s+[^\W\d_]|\s*$)|\[\d[\d,;–\s-]*\](?=\s|$)")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IS_HAN = re.compile(f"[{_HAN}\u3000-\u303f\uff00-\uffef]")
_TOKEN = re.compile(r"\S+$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LABEL = re.compile(r"([A-Z][A-Za-z]*(?:[ ,/&()-]+[A-Za-z]+(?:\.gov)?){0,9}?)\s?(?::|\.(?=\s)|\s[-–](?=\s)|—)\s*")
_CHINESE = "|".join(sorted(CHINESE_LABELS))
_CHINESE_LABEL = re.compile(rf"[【\[［](?:{_CHINESE}|[A-Za-z /]+)[】\]］][:：]?\s*|(?:{_CHINESE})[:：]\s*")
_BRACKETED_LABEL = re.compile(r"[【\[［]([A-Za-z][A-Za-z ,/&]*)[】\]］][:：]?\s*")
_HAS_WORD = re.compile(r"[^\W_]")
_GLUED = re.compile(r"[A-Z][a-z]+[\s,]")


class Span(NamedTuple):
    """A stretch of a text: code points `start` to `end`, end exclusive."""

    start: int
    end: int


def split(text: str) -> list[Span]:
    """Return the sentences of a text in order, none overlapping; between them stand white space and headings only."""
    return [span for line in _LINE.finditer(text) for span in _sentences(line[0], line.start())]


def _sentences(line: str, offset: int) -> list[Span]:
    found: list[Span] = []
    start = _after_label(line, 0)
    closed = _enclosed(line)
    for end in _ends(line, closed):
        if end <= start:
            continue
        _add(found, line, offset, start, end)
        start = _after_label(line, end)
    _add(found, line, offset, start, len(line))
    return found


def _add(found: list[Span], line: str, offset: int, start: int, end: int) -> None:
    """Add the sentence between two places; what holds no word or figure belongs to the sentence before it."""
    piece = line[start:end]
    inner = piece.strip()
    if not inner:
        return
    begin = start + len(piece) - len(piece.lstrip())
    span = Span(offset + begin, offset + begin + len(inner))
    if _HAS_WORD.search(inner):
        found.append(span)
    elif found:
        found[-1] = Span(found[-1].start, span.end)


def _after_label(line: str, start: int) -> int:
    """Return where the sentence after any headings at `start` begins."""
    while True:
        place = _past_blanks(line, start)
        end = _label_end(line, place)
        if end is None:
            return place
        start = end


def _past_blanks(line: str, place: int) -> int:
    match = _BLANK.match(line, place)
    return place if match is None else match.end()


def _label_end(line: str, place: int) -> int | None:
    chinese = _CHINESE_LABEL.match(line, place)
    bracketed = _BRACKETED_LABEL.match(line, place, place + _NEAR)
    if bracketed is not None:
        return bracketed.end() if _is_label(bracketed[1]) else None
    if chinese is not None:
        return chinese.end()
    match = _LABEL.match(line, place, place + _NEAR)
    if match is None or not _is_label(match[1]):
        return None
    separator = line[match.end(1) : match.end()].strip()
    # `Methods. We` is a heading; `Results.` at the end of a line is all the sentence there is.
    return None if separator == "." and _past_blanks(line, match.end()) == len(line) else match.end()


def _is_label(text: str) -> bool:
    words = [word.casefold().strip(".") for word in re.split(r"[ ,/&()-]+", text) if word]
    return not LABEL_WORDS.isdisjoint(words) and (LABEL_WORDS | LABEL_LINKS).issuperset(words)


def _enclosed(line: str) -> list[Span]:
    """Return the insides of brackets and quotation marks that are closed within reach, straight quotes in pairs."""
    found: list[Span] = []
    stack: list[tuple[str, int]] = []
    awaited: Counter[str] = Counter()  # how many of the stack each closing character would close
    for place, character in enumerate(line):
        if character in _PAIRS:
            if len(stack) > 2 * _LONGEST_PAIR:
                stack = [each for each in stack if place - each[1] <= _LONGEST_PAIR]
                awaited = Counter(closing for closing, _ in stack)
            stack.append((_PAIRS[character], place))
            awaited[_PAIRS[character]] += 1
        elif character in _CLOSING and awaited[character]:
            closing, opened = stack.pop()
            awaited[closing] -= 1
            while closing != character:
                closing, opened = stack.pop()
                awaited[closing] -= 1
            if place - opened <= _LONGEST_PAIR:
                found.append(Span(opened + 1, place))
    straight = [place for place, character in enumerate(line) if character == '"']
    if len(straight) % 2 == 0:
        pairs = zip(straight[::2], straight[1::2], strict=True)
        found += [Span(first + 1, second) for first, second in pairs if second - first <= _LONGEST_PAIR]
    return sorted(found)


def _ends(line: str, closed: list[Span]) -> Iterator[int]:
    """Yield the end of every sentence but the last."""
    start = 0
    last = len(line.rstrip())
    for match in _STOP.finditer(line):
        place, stop = match.start(), match.end()
        if stop >= last:
            return
        near = closed[bisect_left(closed, (place - _LONGEST_PAIR, 0)) : bisect_right(closed, (place, len(line)))]
        inside = [span for span in near if span.start <= place < span.end]
        if any(line[stop : span.end].strip(_CLOSERS + " ") for span in inside):
            continue
        if any(line[span.start - 1] in "([{（［" for span in inside):
            # A full stop before a closing bracket ends a sentence only where the bracket opened with it.
            opened = min(span.start for span in inside)
            if _past_blanks(line, start) < opened - 1:
                continue
        end = _with_closers(line, stop)
        if match[0][0] in "。！？；｡":
            ended = end == stop or end == len(line) or line[end] not in CONTINUED
        else:
            end = _with_citation(line, place, stop, end)
            ended = end >= last or _ends_here(line, max(start, place - _NEAR), place, stop, end)
        if ended:
            yield end
            start = end


def _with_closers(line: str, stop: int) -> int:
    end = stop
    while end < len(line) and line[end] in _CLOSERS:
        if line[end] in "\"'" and end + 1 < len(line) and _HAS_WORD.match(line[end + 1]):
            break
        end += 1
    return end


def _with_citation(line: str, place: int, stop: int, end: int) -> int:
    """Return the end of a sentence with the figures of a citation that stand right behind its full stop."""
    before = _TOKEN.search(line[max(0, place - _NEAR) : place])
    word = before[0].rstrip(_CLOSERS) if before else ""
    if end > stop + 1 or not (re.search(r"[^\W\d_]{2}$", word) or line[place - 1 : place] in ")]%”"):
        return end
    if word.casefold().lstrip(_OPENERS) in NEVER_LAST | BEFORE_NUMBER:
        return end
    cited = _CITATION.match(line, end)
    return cited.end() if cited is not None else end


def _ends_here(line: str, start: int, place: int, stop: int, end: int) -> bool:
    """Return whether a full stop, mark or ellipsis at `place`, closed at `end`, ends what is read from `start` on."""
    following = line[end]
    before = _TOKEN.search(line[start:place])
    word = (before[0] if before else "").lstrip(_OPENERS)
    if not following.isspace():
        if _IS_HAN.match(following):
            open_ended = word.casefold() in NEVER_LAST or word[-1:].isdigit()
            return line[place:stop] in {".", "!", "?"} and following not in CONTINUED and not open_ended
        short = _WORD.fullmatch(word)
        glued = _GLUED.match(line, end) is not None and short is not None and word.islower() and len(word) > 3
        return glued and line[place:stop] == "." and word not in SELDOM_LAST
    begin = _past_blanks(line, end)
    rest = line[begin : begin + _NEAR]
    opened = rest[:1] in _OPENERS
    first = rest.lstrip(_OPENERS)[:1]
    if line[place:stop] != ".":
        return not first.islower()
    if first.islower() and not _odd_start(rest.lstrip(_OPENERS), word):
        return False
    return not _abbreviates(line[start:place], word, rest, opened=opened or first.isdigit())


def _odd_start(rest: str, word: str) -> bool:
    """Return whether a word in lower case can begin a sentence: `mRNA`, `p53`, `α-tocopherol`."""
    head = re.split(r"[\s,;:]", rest, maxsplit=1)[0]
    odd = any(each.isupper() or each.isdigit() for each in head[1:]) or "\u03b1" <= head[:1] <= "\u03c9"
    return odd and len(word) > 3 and word.isalpha()


def _abbreviates(before: str, word: str, rest: str, *, opened: bool) -> bool:
    """Return whether the full stop after `word` only shortens it; `opened`: a bracket or number follows."""
    folded = word.casefold()
    following = _WORD.match(rest.lstrip(_OPENERS))
    opener = following is not None and following[0].casefold() in OPENERS
    if folded in NEVER_LAST:
        # `no` is a word as well as an abbreviation of `number`.
        return not (folded in {"no", "v", "ed", "art"} and not rest[:1].isdigit())
    if folded in BEFORE_NUMBER and rest[:1].isdigit():
        return True
    if folded in SELDOM_LAST:
        return opened or not (opener or rest[:1].isupper())
    if _ACRONYM.fullmatch(word):
        return not (opener or (word.islower() and rest[:1].isupper()))
    if len(word) == 1 and word.isalpha() and word.isupper():
        return not _lettered(before, word) and not (opener and len(before.split()) > 1)
    return re.fullmatch(r"\(?\d{1,2}", word) is not None and not before[: -len(word)].strip(" " + _OPENERS)


def _lettered(before: str, letter: str) -> bool:
    """Return whether a capital letter is a name's last part (`vitamin D`) rather than an initial (`J. Smith`)."""
    words = before[: -len(letter)].split()
    return bool(words) and words[-1].casefold().strip(_OPENERS) in LETTERED
