"""The words that decide whether a full stop ends a sentence: data of the splitter, and nothing but data."""


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
