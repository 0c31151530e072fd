"""The language of a text, told cheaply: by script, then by the commonest words."""

import re
from functools import lru_cache

from kg.articles.chrome import vocabulary

SAMPLE = 3000
"""Characters looked at."""

_LETTERS = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{1,8})*")
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
}
_UKRAINIAN = re.compile("[іїєґ]")
_PERSIAN = re.compile("[پچژگ]")


@lru_cache(maxsize=1)
def _stopwords() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in vocabulary()["stopwords"].items()}


def sniff(text: str) -> str | None:
    """Return the BCP 47 code of the language of ``text``, or ``None`` where nothing tells.

    >>> sniff("The president met with the minister in Hanoi"), sniff("Chủ tịch nước tiếp Bộ trưởng và các đại biểu")
    ('en', 'vi')
    >>> sniff("越南国家主席会见外交部长"), sniff("Президент провел переговоры")
    ('zh', 'ru')
    """
    sample = text[:SAMPLE]
    if not sample.isascii():
        script = _by_script(sample)
        if script:
            return script
    words = [word.casefold() for word in _LETTERS.findall(sample)]
    hits = {language: sum(word in common for word in words) for language, common in _stopwords().items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= max(1, len(words) // 25) else None


def _by_script(sample: str) -> str | None:
    letters = sum(map(len, _LETTERS.findall(sample)))
    for language, script in _SCRIPTS.items():
        # Kana among Chinese characters is Japanese even where it is the lesser part.
        if len(script.findall(sample)) > letters * (0.15 if language == "ja" else 0.4):
            return _neighbour(language, sample)
    return None


def _neighbour(language: str, sample: str) -> str:
    if language == "ru" and _UKRAINIAN.search(sample):
        return "uk"
    return "fa" if language == "ar" and len(_PERSIAN.findall(sample)) > len(sample) // 100 else language


def language_of(text: str, stated: str | None = None) -> str:
    """Return the stated language's code unless the text belies it, else the one sniffed, else ``en``.

    >>> language_of("Talks were held", "en-US"), language_of("越南国家主席会见外交部长", "en")
    ('en', 'zh')
    """
    tag = stated and _TAG.fullmatch(stated.strip())
    code = tag.group().replace("_", "-").split("-")[0].lower() if tag else None
    # Many sites leave their template's "en" on pages in other languages; no English text does without "the".
    if code and (code != "en" or " the " in text[:SAMPLE]):
        return code
    return sniff(text) or code or "en"
