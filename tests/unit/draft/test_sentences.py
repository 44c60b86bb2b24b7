"""Sentences of invented abstracts of every awkward kind; `¦` marks where one ends and the next begins."""

import pytest

from bonerx.draft.sentences import split

WHOLE = [
    "Bone grew.¦ It held.",
    "Bone grew!¦ Did it hold?¦ Yes.",
    "One sentence without a full stop",
    "Mean change was 3.2% (95% CI 1.1 to 5.3).¦ Nothing else changed.",
    "The P value was <.001.¦ The drug worked.",
    "The dose was .5 mg.¦ The drug worked.",
    "Drug A vs. placebo was studied.¦ It won.",
    "Drug A vs. Placebo was studied.",
    "Drug A v. drug B was studied.",
    "Smith et al. reported gains.¦ Others did not.",
    "This was shown by Smith et al. (2010) and others.",
    "This was shown by Smith et al. [12] in women.",
    "This was shown by Smith et al.¦ The women were old.",
    "Minerals, e.g. calcium, were given.",
    "Minerals (e.g., calcium) were given.",
    "The class, i.e. drugs A and B, was best.",
    "We thank J. Smith and A. B. Jones for help.",
    "J. Smith wrote this.¦ A. Jones read it.",
    "Growth of E. coli fell.¦ S. aureus grew.",
    "They were given vitamin D.¦ The controls were not.",
    "They were given vitamin D.¦ It helped.",
    "They had hepatitis B.¦ Patients were followed.",
    "The women were in group A.¦ Group B was larger.",
    "Women took 5 mg.¦ Men took 10 mg.",
    "Women took 0.5 mg. b.i.d. for a year.",
    "It was given b.i.d.¦ Patients improved.",
    "It was given i.v. over an hour.",
    "It was given i.v.¦ Patients improved.",
    "It was done in the U.S. Food was free.",
    "It was done in the U.S.¦ The women were old.",
    "Approx. 40 women took part.",
    "Women (approx. 40) took part.",
    "See Fig. 2 for this.¦ See Table 3 too.",
    "See Figs. 2 and 3.¦ They differ.",
    "Trial No. 3 was best.¦ No. 4 was not.",
    "Was it better?¦ No.¦ It was not.",
    "It was found on p. 12 of the report.",
    "It began in Jan. 2003 and ended in Dec. 2004.",
    "It ended in 2003.¦ Women were followed.",
    "It ended in 2003.¦ 40 women were followed.",
    "1. Drug A was given.¦ 2. Drug B was given.",
    "Drug A was used.1,2 ¦Patients improved.",
    "Drug A was used.3–5 ¦Patients improved.",
    "Drug A was used.[1] ¦Patients improved.",
    "Drug A was used [1,2].¦ Patients improved.",
    "Drug A was used (see refs. 1 and 2).¦ Patients improved.",
    "Drug A was used.¦ (Drug B was not.)¦ Patients improved.",
    "Drug A was used (it was cheap. It was safe.) in women.",
    "Drug A (trade name Abc. Ltd) was used.",
    "Women improved...¦ Men did not.",
    "Women improved... and men did not.",
    "Women improved…¦ Men did not.",
    'He said "It works."¦ The women agreed.',
    'He said "It works. It lasts." and left.',
    "He said “It works.”¦ The women agreed.",
    "“It works,” he said.¦ “It lasts.”",
    "Expression of mRNA rose.¦ p53 fell.",
    "Expression rose.¦ mRNA fell.",
    "The level rose.¦ α-Tocopherol fell.",
    "It was phase III.¦ Patients improved.",
    "Women (n = 12; mean age 67.3 yr.) improved.",
    "Values are mean ± s.d. unless stated.",
    "Data are at https://example.org/a.b?c=d.e for all.",
    "See doi:10.1000/xyz.123.¦ It is free.",
    "The trial is NCT00000000.¦ It is closed.",
    "The drug worked.¦The women improved.",
    "BMD rose (P < 0.05).¦ BMD fell (P = .04).",
    "The ratio was 1:3.5.¦ The odds were 2.0.",
    "Ph.D. students took part.",
    "Acme Inc. made it.¦ Acme Ltd.¦ The rest bought it.",
    "Calcium, zinc, etc. were given.¦ The dose was low.",
    "Calcium, zinc, etc.¦ The dose was low.",
    "维生素K2有效。¦双膦酸盐更有效！¦为什么？¦未知。",
    "维生素K2有效；¦双膦酸盐更有效。",
    "他说“有效。”¦然后离开。",
    "他说“有效。很有效。”¦然后离开。",
    "“有效。”的说法不对。",
    "剂量为0.5 mg/d（每日1次。口服）。¦疗程1年。",
    "剂量为3.5%。¦疗程1年。",
    "BMD增加3.2%.¦疗程1年。",
    "阿仑膦酸增加BMD (P<0.05)。¦安慰剂组没有变化。",
    "The drug worked.¦ 药物有效。¦The women improved.",
    "药物有效。¦ The women improved.",
    "药物有效……但不持久。¦结束。",
    "没有句号",
    "Line one\n¦Line two.",
    "Line one.\r\n¦Line two.",
    "\u00a0Blank starts count as gaps.¦\u2009They do.",
    "Women improved ( .¦ It closed nothing.",
    "A bracket ) closed nothing.¦ It opened nothing.",
]


@pytest.mark.parametrize("marked", WHOLE)
def test_a_text_is_split_where_it_is_marked(marked: str) -> None:
    text = marked.replace("¦", "")
    assert [text[start:end] for start, end in split(text)] == [piece.strip() for piece in marked.split("¦")]


HEADED = [
    ("BACKGROUND: Bones break. METHODS: We looked.", ["Bones break.", "We looked."]),
    ("Background: Bones break. Methods: We looked.", ["Bones break.", "We looked."]),
    ("Background and aims: Bones break.", ["Bones break."]),
    ("MATERIALS AND METHODS: We looked.", ["We looked."]),
    ("DESIGN, SETTING, AND PARTICIPANTS: Women took part.", ["Women took part."]),
    ("Main outcome measures—Fractures. Results—None.", ["Fractures.", "None."]),
    ("Methods. We looked. Results. We found.", ["We looked.", "We found."]),
    ("Results - We found. Conclusion - It works.", ["We found.", "It works."]),
    ("TRIAL REGISTRATION: ClinicalTrials.gov NCT00000000.", ["ClinicalTrials.gov NCT00000000."]),
    ("[Objective] We looked. [Results] We found.", ["We looked.", "We found."]),
    ("目的：观察疗效。方法：给药。", ["观察疗效。", "给药。"]),
    ("【目的】观察疗效。【结果】有效。", ["观察疗效。", "有效。"]),
    ("[目的] 观察疗效。[结果] 有效。", ["观察疗效。", "有效。"]),
    ("BMD: it rose.", ["BMD: it rose."]),
    ("One thing was clear: it rose.", ["One thing was clear: it rose."]),
    ("RESULTS:", []),
    ("Results.", ["Results."]),
    ("RESULTS: CONCLUSION: It works.", ["It works."]),
]


@pytest.mark.parametrize(("text", "pieces"), HEADED)
def test_a_heading_stands_between_sentences(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in split(text)] == pieces


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "。", "()", "\u3000"])
def test_a_text_without_a_word_has_no_sentence(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize("piece", [". ", "x.", "(", "(a. b) ", '"a. b" ', "1.", "abcd.Efg ", "(]", "药。"])
def test_a_hostile_text_is_split_in_time_that_grows_with_its_length(piece: str) -> None:
    assert len(split(piece * 5_000)) <= 5_001
