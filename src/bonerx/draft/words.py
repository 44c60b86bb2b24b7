"""The words that give a draft its direction, its hedge and its comparator, in English and Chinese: nothing but data.

Each entry is a regular expression. English ones are matched without regard to case, at the bounds of words.
"""

from types import MappingProxyType

from bonerx.model.kinds import Direction, HedgeLevel

COMPARING = MappingProxyType(
    {
        Direction.NO_DIFFERENCE: (
            r"no (?:statistically )?(?:significant )?differences?",
            r"(?:did|does|do) not (?:significantly )?differ",
            r"(?:was|were|is|are) not (?:statistically )?(?:significantly )?different",
            r"not (?:significantly )?different",
            "无(?:统计学)?(?:显著|明显)?(?:性)?差异",
            "没有(?:显著|明显)?(?:性)?差异",
            "差异无(?:统计学|显著)意义",
            "差异(?:不显著|无显著性)",
        ),
        Direction.INFERIOR: (
            r"(?:was|were|is|are|be|being) inferior",
            r"inferior to",
            r"less (?:\w+ )?(?:effective|efficacious|potent|beneficial)",
            r"worse than",
            "劣于",
            "不如",
            "不及",
        ),
        Direction.SUPERIOR: (
            r"superior(?: to)?",
            r"more (?:\w+ )?(?:effective|efficacious|potent|beneficial)",
            r"better than",
            r"outperform(?:s|ed)?",
            "优于",
            "更(?:加)?有效",
            "更好",
            "强于",
        ),
        Direction.SYNERGISTIC: (r"synergistic(?:ally)?", r"synergy", "协同"),
        Direction.ADDITIVE: (r"additive (?:effects?|benefits?)", r"additively", "相加作用", "叠加"),
        Direction.ANTAGONISTIC: (r"antagonistic (?:effects?|actions?)", r"antagoni[sz]e(?:s|d)?", "拮抗作用"),
        Direction.NOT_RECOMMENDED: (
            r"(?:is|are|be|was|were) not recommended",
            r"not (?:be )?recommended",
            r"should not be (?:used|given|prescribed)",
            r"should be avoided",
            "不推荐",
            "不建议",
            "不应使用",
        ),
        Direction.PREFERRED: (
            r"preferred",
            r"preferable",
            r"(?:should be|is|are) (?:initially |first )?chosen",
            r"first[- ](?:line|choice)",
            r"(?:drugs?|treatments?|agents?) of (?:first )?choice",
            "首选",
            "一线",
        ),
        Direction.RECOMMENDED: (r"recommended", r"recommend", "推荐", "建议使用"),
        Direction.EMPHASIZED: (r"should be emphasi[sz]ed", "应强调"),
    }
)
"""Words about a regimen as a whole, or against another: they stand without an outcome too, and before all others."""

USED = (
    r"(?:is|are|was|were) (?:\w+ly )?used",
    r"(?:is|are|was|were) (?:\w+ly )?prescribed",
    "(?:被)?(?:广泛)?用于",
    "应用于",
)
"""Words for use alone; they count where nothing else in the clause does."""

ACTING = MappingProxyType(
    {
        Direction.INCREASES: (
            r"increas(?:e|es|ed|ing)",
            r"rais(?:e|es|ed|ing)",
            r"elevat(?:e|es|ed|ing)",
            r"(?:significant )?gains? in",
            "增加",
            "提高",
            "升高",
            "上升",
        ),
        Direction.DECREASES: (
            r"decreas(?:e|es|ed|ing)",
            r"reduc(?:e|es|ed|ing|tions?)",
            r"lower(?:s|ed|ing)",
            r"diminish(?:es|ed|ing)?",
            r"declin(?:e|es|ed)",
            r"shorten(?:s|ed|ing)?",
            "降低",
            "减少",
            "下降",
            "减低",
            "缩短",
            "减轻",
        ),
        Direction.MAINTAINS: (
            r"maintain(?:s|ed|ing)?",
            r"sustain(?:s|ed|ing)?",
            r"preserv(?:e|es|ed|ing)",
            "维持",
            "保持",
        ),
        Direction.PREVENTS: (
            r"prevent(?:s|ed|ing)?",
            r"prevention of",
            r"protect(?:s|ed|ing)? against",
            "预防",
            "防止",
        ),
        Direction.CAUSES: (r"caus(?:e|es|ed|ing)", r"induc(?:e|es|ed|ing)", r"le(?:ads?|d) to", "导致", "引起", "诱发"),
        Direction.ENHANCES: (
            r"enhanc(?:e|es|ed|ing)",
            r"promot(?:e|es|ed|ing)",
            r"stimulat(?:e|es|ed|ing)",
            r"potentiat(?:e|es|ed|ing)",
            "增强",
            "促进",
        ),
        Direction.IMPROVES: (
            r"improv(?:e|es|ed|ing|ements?)",
            r"ameliorat(?:e|es|ed|ing)",
            r"alleviat(?:e|es|ed|ing)",
            r"reliev(?:e|es|ed|ing)",
            "改善",
            "缓解",
        ),
        Direction.WORSENS: (
            r"worsen(?:s|ed|ing)?",
            r"aggravat(?:e|es|ed|ing)",
            r"exacerbat(?:e|es|ed|ing)",
            r"impair(?:s|ed|ing)?",
            "加重",
            "恶化",
        ),
        Direction.NO_EFFECT: (
            r"(?:had|has|have|with) no (?:\w+ )?(?:effects?|influence|impact)",
            r"no (?:significant )?effects? on",
            r"(?:was|were|is|are) (?:not effective|ineffective)",
            r"(?:did|does|do) not affect",
            "无(?:明显|显著)?(?:影响|作用|效果)",
            "没有(?:明显|显著)?(?:影响|作用|效果)",
        ),
    }
)
"""Words for what happens to an outcome: a draft needs a known outcome beside them."""

DENIED = (
    r"(?:did|does|do|could|can) ?not (?:\w+ly )?$",
    r"fail(?:s|ed)? to (?:\w+ly )?$",
    r"(?:was|were|is|are|has been|have been) not (?:\w+ly )?$",
    r"no (?:statistically )?(?:significant )?$",
    r"without (?:any )?(?:significant )?$",
    "(?:未能|未|没有|并未|未见|不能|不)(?:明显|显著|见)?$",
)
"""What, right before a word of `ACTING`, says plainly that it did not happen."""
DOUBTFUL = (r"\b(?:not|never|neither|nor|hardly|without|no|lack of)\b[^,;]{0,25}$", "[不未无非没][^，；]{0,4}$")
"""What, near before a direction, makes its meaning a matter for a reader: nothing is drafted from it."""
NOT_ONLY = r"not (?:only|just|merely)\b[^,;]{0,40}$"
"""What looks like a denial and is none."""

HEDGES = MappingProxyType(
    {
        HedgeLevel.PROPOSED: (
            r"it (?:is|was|has been) (?:proposed|hypothesi[sz]ed)",
            r"we (?:propose|hypothesi[sz]e)",
            r"hypothesi[sz]ed?",
            r"proposed",
            "有人提出",
            "提出",
            "假设",
            "推测",
        ),
        HedgeLevel.POSSIBLE: (
            r"may(?: be)?",
            r"might(?: be)?",
            r"could(?: be)?",
            r"possibly",
            r"potentially",
            r"perhaps",
            "可能",
            "或许",
            "也许",
        ),
        HedgeLevel.SUGGESTED: (
            r"suggest(?:s|ed|ing)?",
            r"appear(?:s|ed)? to(?: be)?",
            r"seem(?:s|ed)? to(?: be)?",
            r"likely",
            r"probably",
            r"tend(?:s|ed)? to",
            r"trends? towards?",
            r"indicat(?:e|es|ed|ing) that",
            r"(?:some )?studies have shown",
            "一些研究表明",
            "研究表明",
            "提示",
            "表明",
            "似乎",
            "倾向于",
        ),
    }
)
"""Words that weaken a statement, the weakest level first."""

THAN = (
    r"rather than",
    r"than",
    r"versus",
    r"vs\.?",
    r"compared (?:with|to)",
    r"in comparison (?:with|to)",
    r"relative to",
    r"superior to",
    r"inferior to",
    r"as (?:effective|efficacious|potent) as",
    "而(?:非|不是)",
    "优于",
    "劣于",
    "不如",
    "不及",
    "强于",
)
"""Words right before the regimen that is compared with."""
THAN_BEFORE = (r"与(?P<with>.{1,40}?)(?:组)?相比", r"(?<!对)比(?:单独使用|单一使用|使用|单用)?", "较")
"""Chinese words that stand before the regimen compared with, ahead of the direction."""

CLAUSES = (
    r";",
    r",? (?:while|whereas|although|but|however|and that)\b",
    "；",
    "，而(?!非|不是)",
    ",而(?!非|不是)",
    "[，,]并且",
    "，但",
    ",但",
)
"""What parts the clauses of a sentence; an agent in one clause says nothing about an outcome in another."""
TOGETHER = (
    r"combin(?:ation|ations|ed|ing)",
    r"together with",
    r"in addition to",
    r"plus",
    r"co-?administ\w+",
    r"concurrent\w*",
    r"add(?:ed|ing|ition of)",
    "联合",
    "合用",
    "联用",
    "并用",
)
"""Words by which several agents are one regimen; without them each agent is drafted by itself."""
SUCH_AS = (r"such as", r"including", r"e\.g\.,?", r"for example", r"like", "如", "包括", "例如")
"""Words after which members of a class are named."""
PASSIVE = (r"(?:by|with|after|under|following|during)(?: \w+)?(?: \w+)? ?$",)
"""What before an agent that follows its direction word shows that the agent is what acted."""

SPECIES = MappingProxyType(
    {
        "rat": (r"rats?", "大鼠"),
        "mouse": (r"mice|mouse|murine", "小鼠"),
        "rabbit": (r"rabbits?", "家兔"),
        "dog": (r"dogs?|canine", "犬"),
        "sheep": (r"sheep|ewes?", "绵羊"),
        "pig": (r"pigs?|minipigs?|swine", "猪"),
        "monkey": (r"monkeys?|macaques?", "猴"),
    }
)
"""Words for animals, by the species that a claim names."""
