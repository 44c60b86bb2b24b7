"""The language of a sentence, by its script: only what the script tells, never a guess from words."""

import re

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_WORDLESS = {"zh", "ja", "ko"}
UNKNOWN = "und"
"""The code for a language that is not known."""


def language(text: str, wanted: str | None = None) -> str:
    """Return the language of a text: by its script, else `wanted`, else English for Latin letters."""
    if _KANA.search(text):
        return "ja"
    if len(_HANGUL.findall(text)) > 1:
        return "ko"
    # A Chinese sentence may name a drug in Latin letters, an English one cite a word in Chinese.
    han, latin = len(_HAN.findall(text)), len(re.findall(r"[A-Za-z\u00c0-\u024f]+", text))
    if han > latin:
        return "zh"
    if wanted is not None and wanted not in _WORDLESS:
        return wanted
    return "en" if _LATIN.search(text) else UNKNOWN
